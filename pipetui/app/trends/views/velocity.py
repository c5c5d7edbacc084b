"""Velocity over time, its four levers, and which of them moved it."""

from collections.abc import Callable
from typing import Final

from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Lines, Said, Shown, Spot, View
from pipetui.app.trends.table import Line, Table
from pipetui.app.trends.telling import NOTHING
from pipetui.charts.points import Series
from pipetui.language import _, format, labelled
from pipetui.pipeline.trends import Point
from pipetui.trends.velocity import LEVERS, Lever, Velocity
from pipetui.trends.wording import lever, undefined

CUTS: Final[tuple[Lever | None, ...]] = (None, *LEVERS)


def velocity(facts: Facts) -> View:
    """Today's, and at the ends of the last months."""
    its = facts.now.velocity
    short = NOTHING if its.value is None else format.short_money(round(its.value), facts.currency)
    return View("velocity", short, [_cut(facts, cut) for cut in CUTS])


def _cut(facts: Facts, cut: Lever | None) -> Shown:
    currency, its, points = facts.currency, facts.now.velocity, facts.now.points

    def written(value: float) -> str:
        return _written(cut, value, currency)

    values = [(float(point.day.toordinal()), _value(point.velocity, cut)) for point in points]
    now = _value(its, cut)
    figure = NOTHING if now is None else written(now)
    if cut is None and now is not None:
        figure = _("%(value)s a day") % {"value": figure}
    first = next((point for point in points if _value(point.velocity, cut) is not None), None)
    before = ""
    is_same = not facts.now.is_judged_by_moves or cut not in (None, "n")
    if first is not None and now is not None and first.day < facts.today and is_same:
        then = _value(first.velocity, cut)
        before = _("%(figure)s on %(day)s") % {
            "figure": written(then or 0.0),
            "day": format.short_date(first.day, facts.today),
        }
    drawn = sum(value is not None for _x, value in values) > 1
    return Shown(
        cut or "value",
        "" if cut is None else lever(cut),
        figure,
        n=_levers(its, currency) if cut is None else "",
        before=before,
        says=tuple(_says(facts)) if cut is None else tuple(_note(facts, cut, written)),
        lines=_lines(facts, values, written) if drawn else None,
        rows=_table(facts).rows,
        spots=tuple(_spot(point, facts) for point in points),
        at=str(points[-1].day) if points else "",
    )


def _value(its: Velocity, cut: Lever | None) -> float | None:
    return its.value if cut is None else its.lever(cut)


def _written(cut: Lever | None, value: float, currency: str) -> str:
    if cut == "win_rate":
        return format.percent(value)
    if cut == "n":
        return format.number(value)
    if cut == "cycle_days":
        return format.days(round(value))
    return format.short_money(round(value), currency)


def _levers(its: Velocity, currency: str) -> str:
    if its.win_rate is None or its.average_won is None or its.cycle_days is None:
        return ""
    return _("= %(n)d deals × %(rate)s win rate × %(average)s ÷ %(days)s days") % {
        "n": its.n,
        "rate": format.percent(its.win_rate),
        "average": format.short_money(its.average_won, currency),
        "days": format.number(its.cycle_days),
    }


def _says(facts: Facts) -> list[Said]:
    trends = facts.now
    said = []
    if (why := undefined(trends.velocity, trends.enough)) is not None:
        said.append(Said(labelled(_("No velocity"), why)))
    if trends.steps:
        said += _steps(facts)
    elif not trends.points:
        said.append(Said(_("The curve begins with the first month end after the first export.")))
    return [*said, *_note(facts, None, lambda value: _written(None, value, facts.currency))]


def _note(facts: Facts, cut: Lever | None, written: Callable[[float], str]) -> list[Said]:
    """Why the end of the curve is another figure than the one above it."""
    trends = facts.now
    if cut not in (None, "n") or not (trends.is_judged_by_moves and trends.points):
        return []
    note = _(
        "The curve counts all open deals that are not stalled: how they were qualified is not known. "
        "By it today is at %(value)s."
    )
    now = _value(trends.points[-1].velocity, cut)
    return [Said(note % {"value": NOTHING if now is None else written(now)}, "$muted")]


def _steps(facts: Facts) -> list[Said]:
    """The change, and what each lever added to it; they sum to it."""
    steps, currency = facts.now.steps, facts.currency
    first = next(point for point in facts.now.points if point.velocity.value is not None)
    whole = sum(step.amount for step in steps)
    since = _("%(change)s a day since %(day)s") % {
        "change": format.short_money(round(whole), currency, signed=True),
        "day": format.short_date(first.day, facts.today),
    }
    parts = [
        f"{lever(step.lever)} {format.short_money(round(step.amount), currency, signed=True)}"
        for step in steps
    ]
    said = [Said(labelled(since, " · ".join(parts)))]
    most = max(steps, key=lambda step: abs(step.amount))
    if round(most.amount):
        moved = _("What moved it most: %(lever)s.") % {"lever": lever(most.lever)}
        said.append(Said(moved, "bold"))
    return said


def _lines(facts: Facts, values: list[tuple[float, float | None]], written: Callable[[float], str]) -> Lines:
    marks = tuple(
        (float(point.day.toordinal()), format.short_date(point.day, point.day))  # without its year
        for point in facts.now.points
    )
    return Lines((Series(_("velocity"), values),), ("$primary",), written, marks)


def _spot(point: Point, facts: Facts) -> Spot:
    day = format.short_date(point.day, facts.today)
    name = _("open and moving on %(day)s") % {"day": day}
    return Spot(str(point.day), name, point.deals, float(point.day.toordinal()))


def _table(facts: Facts) -> Table:
    currency, today = facts.currency, facts.today
    lines = [
        Line(
            str(point.day),
            format.short_date(point.day, today),
            tuple(
                NOTHING if value is None else _written(cut, value, currency)
                for cut in CUTS
                for value in [_value(point.velocity, cut)]
            ),
        )
        for point in facts.now.points
    ]
    heads = (_("a day"), *(lever(name) for name in LEVERS))
    short = (_("a day"), _("deals"), _("rate"), _("average"), _("cycle"))
    return Table(heads, lines, short_heads=short)
