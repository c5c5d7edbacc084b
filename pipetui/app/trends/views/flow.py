"""What became of the open pipeline between two days: a waterfall that balances to the cent."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Said, Shown, Spot, View
from pipetui.app.trends.table import Line, Look, Stroke, Table
from pipetui.app.trends.telling import NOTHING, days
from pipetui.forecast.periods import Period, quarter
from pipetui.language import _, format, labelled, ngettext, pgettext
from pipetui.pipeline.flowing import flow_between
from pipetui.pipeline.trends_past import FLOWS
from pipetui.trends.flow import BARS, EXITS, Flow
from pipetui.trends.wording import bar

CHOSEN: Final = "chosen"
_LOOKS: Final[dict[str, Look]] = {"won": "good", "other": "faint"}


class Between(NamedTuple):
    """Two days, and which close dates are looked at."""

    since: date
    until: date
    period: Period | None = None


def flow(facts: Facts, chosen: Between | None = None) -> View:
    """What was chosen, the last week and month, the quarter so far, what happened since the last call."""
    cuts = [] if chosen is None else [shown(facts, CHOSEN, _("between the days chosen"), chosen)]
    cuts += [shown(facts, cut, named, between) for cut, named, between in _usual(facts)]
    its = cuts[-len(_usual(facts))]
    return View("flow", its.figure, cuts)


def _usual(facts: Facts) -> list[tuple[str, str, Between]]:
    today = facts.today
    week, month = FLOWS
    now = quarter(today, facts.pipeline.playbook.fiscal_year_start)
    found = [
        ("week", _("the last 7 days"), Between(today - timedelta(days=week), today)),
        ("month", _("the last 30 days"), Between(today - timedelta(days=month), today)),
        (
            "quarter",
            _("%(period)s so far, of what closes in it") % {"period": format.period(now.name)},
            Between(now.start - timedelta(days=1), today, now),
        ),
    ]
    last = max(facts.read.frozen, key=lambda its: its.frozen_at, default=None)
    if last is not None and last.frozen_at.date() < today:
        named = _("since the call of %(day)s, of what closes in %(period)s") % {
            "day": format.short_date(last.frozen_at.date(), today),
            "period": format.period(last.period.name),
        }
        found.append(("call", named, Between(last.frozen_at.date(), today, last.period)))
    return found


def shown(facts: Facts, cut: str, named: str, between: Between) -> Shown:
    """The flow between two days. Not on the event loop."""
    choice, today = facts.trends.choice, facts.today
    its = flow_between(
        facts.store,
        facts.pipeline,
        between.since,
        between.until,
        period=between.period,
        which=None if choice.is_everything else choice.has,
        past=facts.read.past,
    )
    currency = facts.currency
    change = its.end - its.start
    told = _("%(start)s open at the start, %(end)s at the end") % {
        "start": format.short_money(its.start, currency),
        "end": format.short_money(its.end, currency),
    }
    known = facts.read.past.known_from
    says = list(_says(its))
    if known is not None and between.since < known:
        note = _("The pipeline is known since %(day)s: what was open before is not in the start.")
        says.insert(0, Said(note % {"day": format.short_date(known, today)}, "$flag-medium"))
    return Shown(
        cut,
        labelled(days(between.since, between.until, today), named),
        NOTHING
        if not (its.start_deals or its.end_deals or its.parts)
        else format.short_money(change, currency, signed=True),
        n=told,
        says=tuple(says),
        rows=_table(its, facts).rows,
        spots=tuple(_spots(its)),
        at="new",
    )


def _table(its: Flow, facts: Facts) -> Table:
    currency, level = facts.currency, its.start
    start = Line(
        "start",
        pgettext("flow", "start"),
        (format.money(its.start, currency), format.number(len(its.start_deals))),
        (Stroke(0, its.start, "second"),),
    )
    lines = [start]
    for name in BARS:
        amount = its.amount(name) * (-1 if name in EXITS else 1)
        look = _LOOKS.get(name, "bad" if name in EXITS else "main")
        cells = (format.money(amount, currency, signed=True), format.number(len(its.deals(name))))
        lines.append(Line(name, bar(name), cells, (Stroke(level, level + amount, look),)))
        level += amount
    cells = format.money(its.end, currency), format.number(len(its.end_deals))
    lines.append(Line("end", pgettext("flow", "end"), cells, (Stroke(0, its.end, "second"),)))
    return Table(("", _("deals")), lines)


def _spots(its: Flow) -> list[Spot]:
    found = [Spot("start", pgettext("flow", "start"), its.start_deals)]
    for name in BARS:
        amounts: dict[int, int] = {}
        for part in its.parts:
            if part.bar == name:
                amount = -part.amount if name in EXITS else part.amount
                amounts[part.deal_id] = amounts.get(part.deal_id, 0) + amount
        found.append(Spot(name, bar(name), tuple(amounts), amounts=amounts))
    return [*found, Spot("end", pgettext("flow", "end"), its.end_deals)]


def _says(its: Flow) -> list[Said]:
    said = []
    before, after = its.unpriced
    if before or after:
        told = ngettext(
            "Unpriced, and in no bar: %(before)d deal at the start, %(after)d at the end.",
            "Unpriced, and in no bar: %(before)d deals at the start, %(after)d at the end.",
            before,
        )
        said.append(Said(told % {"before": before, "after": after}, "$muted"))
    for currency, (n, minor) in sorted(its.other_currencies.items()):
        told = ngettext(
            "Without a rate, and in no bar: %(n)d deal worth %(amount)s.",
            "Without a rate, and in no bar: %(n)d deals worth %(amount)s.",
            n,
        )
        said.append(Said(told % {"n": n, "amount": format.money(minor, currency)}, "$muted"))
    return said
