"""Win rate, cycle and average deal over time: by the day of closing, and by cohort of creation."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipetui.app.marks import has_unicode
from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Lines, Said, Shown, Spot, View
from pipetui.app.trends.table import Line, Stroke, Table
from pipetui.app.trends.telling import NOTHING, findings, named, short_rate, warns, was
from pipetui.charts.points import Series
from pipetui.language import _, format, labelled, ngettext, pgettext
from pipetui.pipeline.trends_told import in_part
from pipetui.trends.closings import within
from pipetui.trends.spans import Span
from pipetui.trends.winning import COHORT_DAYS, Cohort, Results
from pipetui.trends.wording import refusal

RULES = ("cycle",)


class _Measure(NamedTuple):
    """A figure of what was closed in some days."""

    cut: str
    named: str
    value: Callable[[Results], float | None]
    written: Callable[[float], str]
    n: Callable[[Results], str]
    """How many cases, or why there is no figure."""


def results(facts: Facts) -> View:
    """Win rate, cycle, average deal, cohorts, owners."""
    rate = facts.trends.results.win_rate.value
    cuts = [_over_time(facts, measure) for measure in _measures(facts)]
    cuts += [_cohorts(facts), _owners(facts)]
    short = NOTHING if rate is None else format.percent(rate)
    return View("results", short, cuts, warns(facts, RULES))


def _measures(facts: Facts) -> list[_Measure]:
    enough, currency = facts.trends.enough, facts.currency

    def won_of(its: Results) -> str:
        told = _("%(won)d of %(n)d") % {"won": its.won, "n": its.win_rate.n}
        return refusal(its.win_rate, enough) or told

    return [
        _Measure("rate", _("win rate"), lambda its: its.win_rate.value, format.percent, won_of),
        _Measure(
            "cycle",
            _("cycle, creation to win (median)"),
            lambda its: its.won_cycle.median,
            lambda value: format.days(round(value)),
            lambda its: f"n = {format.number(its.won_cycle.n)}",
        ),
        _Measure(
            "average",
            _("average deal won"),
            lambda its: its.average.mean,
            lambda value: format.short_money(round(value), currency),
            lambda its: f"n = {format.number(its.average.n)}",
        ),
    ]


def _over_time(facts: Facts, its: _Measure) -> Shown:
    trends = facts.trends
    value, then = its.value(trends.results), its.value(trends.results_before)
    periods = trends.by_period
    now = [(float(at), its.value(part)) for at, (_span, part) in enumerate(periods)]
    before = its.n(trends.results_before) if then is None else its.written(then)
    return Shown(
        its.cut,
        its.named,
        NOTHING if value is None else its.written(value),
        n=its.n(trends.results),
        before=was(before),
        says=(*_says(facts, its.cut), *_in_part(facts)),
        lines=_lines(facts, now, its),
        rows=_table(facts).rows,
        spots=tuple(
            Spot(
                str(span.start),
                _("closed in %(period)s") % {"period": named(span, facts.today)},
                _closed(facts, span),
                float(at),
            )
            for at, (span, _part) in enumerate(periods)
        ),
        at=str(periods[-1][0].start) if periods else "",
    )


def _closed(facts: Facts, span: Span) -> tuple[int, ...]:
    return tuple(its.deal.id for its in within(facts.trends.closings, span))


def _lines(facts: Facts, now: Sequence[tuple[float, float | None]], its: _Measure) -> Lines | None:
    """The periods of the window, and those of the window before as far as they lie below each other."""
    if sum(value is not None for _x, value in now) < 2:
        return None
    marks = tuple(
        (float(at), named(span, facts.today)) for at, (span, _part) in enumerate(facts.trends.by_period)
    )
    series, styles = [Series(_("in the window"), now)], ["$primary"]
    old = facts.earlier.by_period[-len(now) :]
    first = len(now) - len(old)
    past = [(float(first + at), its.value(part)) for at, (_span, part) in enumerate(old)]
    if sum(value is not None for _x, value in past) > 1:
        series.append(Series(_("the window before"), past, "○" if has_unicode() else "o"))
        styles.append("$accent")
    legend = tuple(one.name for one in series) if len(series) > 1 else ()
    return Lines(tuple(series), tuple(styles), its.written, marks, legend=legend)


def _in_part(facts: Facts) -> tuple[Said, ...]:
    """Which periods the window cuts: they are no less than the others, only shorter."""
    cut = in_part(facts.trends)
    return (Said(labelled(_("Only in part"), cut), "$muted"),) if cut else ()


def _says(facts: Facts, cut: str) -> list[Said]:
    its, currency = facts.trends.results, facts.currency
    if cut == "rate":
        told = _("%(won)s won worth %(amount)s, %(lost)s lost worth %(lost_amount)s.") % {
            "won": format.number(its.won),
            "amount": format.short_money(its.won_amount, currency),
            "lost": format.number(its.lost),
            "lost_amount": format.short_money(its.lost_amount, currency),
        }
        return [Said(told)]
    if cut == "average" and its.average.median is not None:
        return [Said(_("Median %(amount)s.") % {"amount": format.short_money(its.average.median, currency)})]
    if cut != "cycle":
        return []
    said = list(findings(facts, RULES))
    if its.won_cycle.p75 is not None and its.lost_cycle.median is not None:
        told = _("Three of four wins take up to %(p75)s; a loss takes %(lost)s (n = %(n)d).") % {
            "p75": format.days(round(its.won_cycle.p75)),
            "lost": format.days(round(its.lost_cycle.median)),
            "n": its.lost_cycle.n,
        }
        said.append(Said(told))
    left_out = its.won_cycle.left_out + its.lost_cycle.left_out
    if left_out:
        told = ngettext(
            "%(n)d deal was closed before it was created and has no cycle.",
            "%(n)d deals were closed before they were created and have no cycle.",
            left_out,
        )
        said.append(Said(told % {"n": left_out}, "$muted"))
    return said


def _cells(part: Results, facts: Facts) -> tuple[str, ...]:
    mean, days = part.average.mean, part.won_cycle.median
    return (
        short_rate(part.win_rate, facts.trends.enough),
        format.number(part.won),
        format.number(part.lost),
        format.short_money(part.won_amount, facts.currency),
        NOTHING if days is None else format.days(round(days)),
        NOTHING if mean is None else format.short_money(mean, facts.currency),
    )


def _heads() -> tuple[str, ...]:
    return (
        _("win rate"),
        pgettext("deals", "won"),
        pgettext("deals", "lost"),
        _("amount won"),
        _("cycle"),
        _("average"),
    )


def _short_heads() -> tuple[str, ...]:
    return (_("rate"), *_heads()[1:3], _("amount"), *_heads()[4:])


def _table(facts: Facts) -> Table:
    lines = [
        Line(str(span.start), named(span, facts.today), _cells(part, facts))
        for span, part in facts.trends.by_period
    ]
    return Table(_heads(), lines, short_heads=_short_heads())


def _cohorts(facts: Facts) -> Shown:
    trends, enough = facts.trends, facts.trends.enough
    points = [(float(at), its.won.value) for at, its in enumerate(trends.cohorts)]
    lines, spots = [], []
    for at, its in enumerate(trends.cohorts):
        cells = (
            _("too young") if its.won.reason == "unresolved" else short_rate(its.won, enough),
            format.number(its.created),
            format.number(its.won.hits),
        )
        bar = (Stroke(0, its.won.hits, "good"), Stroke(its.won.hits, its.created, "faint"))
        lines.append(Line(str(its.span.start), named(its.span, facts.today), cells, bar))
        created = tuple(deal.id for deal in trends.deals if deal.created in its.span)
        name = _("created in %(period)s") % {"period": named(its.span, facts.today)}
        spots.append(Spot(str(its.span.start), name, created, float(at)))
    known = [its for its in trends.cohorts if its.won.value is not None]
    figure = NOTHING if not known else format.percent(known[-1].won.value or 0.0)
    n, before = "", ""
    if known:
        before = _cohort_before(facts, known)
        n = _("won within %(days)d days, of %(n)s created in %(period)s") % {
            "days": COHORT_DAYS,
            "n": format.number(known[-1].created),
            "period": named(known[-1].span, facts.today),
        }
    note = _("Only cohorts that are %(days)d days old have a rate: the others may still win.")
    marks = tuple((float(at), named(its.span, facts.today)) for at, its in enumerate(trends.cohorts))
    drawn = sum(value is not None for _x, value in points) > 1
    return Shown(
        "cohorts",
        _("win rate by cohort of creation"),
        figure,
        n=n,
        before=before,
        says=(Said(note % {"days": COHORT_DAYS}, "$muted"), *_in_part(facts)),
        lines=Lines((Series(_("rate"), points),), ("$primary",), format.percent, marks) if drawn else None,
        rows=Table((_("win rate"), pgettext("deals", "created"), pgettext("deals", "won")), lines).rows,
        spots=tuple(spots),
        at=spots[-1].key if spots else "",
    )


def _cohort_before(facts: Facts, known: Sequence[Cohort]) -> str:
    """The rate of the cohort before the newest that has one; in the window before, if need be."""
    earlier = known[:-1] or [its for its in facts.earlier.cohorts if its.won.value is not None]
    if not earlier:
        return ""
    its = earlier[-1]
    return labelled(named(its.span, facts.today), format.percent(its.won.value or 0.0))


def _owners(facts: Facts) -> Shown:
    """What everybody closed, the most won first."""
    its = sorted(facts.trends.by_owner, key=lambda part: -part.results.won_amount)
    before = {part.name: part.results for part in facts.earlier.by_owner}
    lines = [
        Line(
            f"={part.name}",
            part.name or _("Nobody"),
            _with_before(_cells(part.results, facts), before.get(part.name)),
            (
                Stroke(0, part.results.won, "good"),
                Stroke(part.results.won, part.results.won + part.results.lost, "bad"),
            ),
        )
        for part in its
    ]
    whole, then = facts.trends.results, facts.trends.results_before.win_rate
    return Shown(
        "owners",
        _("by owner"),
        NOTHING if whole.win_rate.value is None else format.percent(whole.win_rate.value),
        n=refusal(whole.win_rate, facts.trends.enough) or f"n = {format.number(whole.win_rate.n)}",
        before=was(refusal(then, facts.trends.enough) or format.percent(then.value or 0.0)),
        rows=Table(
            _between(_heads()),
            lines,
            (("good", pgettext("deals", "won")), ("bad", pgettext("deals", "lost"))),
            short_heads=_between(_short_heads()),
        ).rows,
        spots=tuple(Spot(f"={part.name}", part.name or _("Nobody"), part.deals) for part in its),
    )


def _with_before(cells: tuple[str, ...], before: Results | None) -> tuple[str, ...]:
    """The cells with the win rate of the window before."""
    known = None if before is None else before.win_rate.value
    return (cells[0], NOTHING if known is None else format.percent(known), *cells[1:])


def _between(heads: tuple[str, ...]) -> tuple[str, ...]:
    return (heads[0], pgettext("rate", "before"), *heads[1:])
