"""How good the forecast calls were: the figures of the forecast's own screen, each with its deals."""

from collections.abc import Callable, Sequence

from pipetui.app.calls import measuring
from pipetui.app.calls.accuracy import measure
from pipetui.app.calls.measuring import Measured
from pipetui.app.forecast.rows import Row
from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Said, Shown, Spot, View
from pipetui.app.trends.telling import NOTHING, findings, warns
from pipetui.forecast.accuracy.horizons import Horizon
from pipetui.forecast.periods import Period, month, quarter
from pipetui.forecast.wording import period_told
from pipetui.language import _, format, labelled
from pipetui.pipeline.outlook_people import in_scope

RULES = ("sandbagging",)


def accuracy(facts: Facts) -> View:
    """Numbers against what came, commits by rep, ranges, slippage."""
    start = facts.pipeline.playbook.fiscal_year_start
    like = month(facts.today) if facts.trends.choice.by == "month" else quarter(facts.today, start)
    its = measure(facts.store, facts.pipeline, like, facts.trends.choice.scope)
    off = its.held.accuracy[Horizon.START].wape
    cuts = [_numbers(facts, its), _commits(facts, its), _ranges(facts, its), _slipped(facts, its)]
    if facts.trends.choice.which is not None:
        note = _("Forecasts are everybody’s, a team’s or an owner’s: other filters do not hold here.")
        cuts = [cut._replace(says=(Said(note, "$muted"), *cut.says)) for cut in cuts]
    return View("accuracy", NOTHING if off is None else format.percent(off), cuts, warns(facts, RULES))


def _called(facts: Facts) -> Callable[[str], str]:
    return lambda name: period_told(Period.parse(name, facts.pipeline.playbook.fiscal_year_start))


def _won_in(facts: Facts, its: Measured, name: str) -> tuple[int, ...]:
    period = Period.parse(name, facts.pipeline.playbook.fiscal_year_start)
    deals = in_scope(facts.pipeline.deals.values(), its.held.scope)
    return tuple(deal.id for deal in deals if deal.status == "won" and deal.settled_on in period)


def _numbers(facts: Facts, its: Measured) -> Shown:
    called, at = _called(facts), its.held.accuracy[Horizon.START]

    def rows(width: int) -> Sequence[Row]:
        return measuring.numbers(its, width, called)

    names = sorted({hit.period for one in its.held.accuracy.values() for hit in one.hits})
    figure, n = NOTHING, measuring.few_periods(at.n)
    if at.wape is not None and at.bias is not None:
        figure = _("off by %(wape)s, bias %(bias)s") % {
            "wape": format.percent(at.wape),
            "bias": format.percent(at.bias, signed=True),
        }
        n = _("forecasts at the start of the period, n = %(n)d") % {"n": at.n}
    return Shown(
        "numbers",
        _("numbers against what was won"),
        figure,
        n=n,
        says=() if names else (Said(_("A call that is frozen at the start of each period fills this.")),),
        rows=rows if names else lambda _width: (),
        spots=tuple(
            Spot(f"won:{name}", labelled(_("won"), called(name)), _won_in(facts, its, name)) for name in names
        ),
    )


def _commits(facts: Facts, its: Measured) -> Shown:
    scope = facts.trends.choice.scope
    owners = {deal.owner for deal in in_scope(facts.pipeline.deals.values(), scope)}
    found = [(owner, one) for owner, one in its.held.conversions.items() if owner in owners]
    spots = []
    for owner, one in found:
        ids = dict.fromkeys(miss.entry.deal_id for miss in one.misses)
        ids.update(dict.fromkeys(win.deal_id for win in one.outside))
        name = _("commits not won, and wins from outside: %(owner)s") % {"owner": owner or _("Nobody")}
        spots.append(Spot(f"owner:{owner}", name, tuple(ids)))
    won, n = sum(one.won for _owner, one in found), sum(one.n for _owner, one in found)
    figure = _("%(won)d of %(n)d commits won") % {"won": won, "n": n} if n else ""
    return Shown(
        "commits",
        _("commits by rep"),
        figure,
        says=findings(facts, RULES),
        rows=lambda width: measuring.commits(found, width),
        spots=tuple(spots),
    )


def _ranges(facts: Facts, its: Measured) -> Shown:
    called, rate = _called(facts), its.held.calibration.rate
    return Shown(
        "ranges",
        _("was it inside P10–P90?"),
        "" if rate is None else format.percent(rate),
        rows=lambda width: measuring.ranges(its, width, called),
        spots=tuple(
            Spot(
                f"range:{period.name}",
                labelled(_("won"), called(period.name)),
                _won_in(facts, its, period.name),
            )
            for period in its.held.ranges
        ),
    )


def _slipped(facts: Facts, its: Measured) -> Shown:
    called = _called(facts)
    spots = tuple(
        Spot(
            f"slip:{period.name}",
            _("slipped out of %(period)s") % {"period": called(period.name)},
            tuple(deal.id for deal in one.slipped),
        )
        for period, one in its.slippage.items()
    )
    due = sum(one.due for one in its.slippage.values())
    slipped = sum(len(one.slipped) for one in its.slippage.values())
    figure = NOTHING
    if due >= measuring.ENOUGH_DUE:
        figure = _("%(share)s slipped") % {"share": format.percent(slipped / due)}
    return Shown(
        "slipped",
        _("what slipped out of the periods"),
        figure,
        n=_("%(n)d of %(of)d") % {"n": slipped, "of": due} if due else "",
        says=(Said(_("Due when the period began, neither won nor lost when it ended."), "$muted"),),
        rows=lambda width: measuring.slipped(its, width, called),
        spots=spots,
        at=spots[-1].key if spots else "",
    )
