"""The past calls of a period: their numbers as a line in one row, the newest ones to be opened."""

from pipetui.app.board.cells import width_of
from pipetui.app.calls.chart import spark
from pipetui.app.calls.telling import number_of
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row, left, right
from pipetui.language import _, format
from pipetui.pipeline.outlook import Outlook
from pipetui.pipeline.pipeline import Pipeline

NEWEST = 3
"""Calls that have a row of their own; all others are in the line, and behind a key."""
_AMOUNT = 9


def rows(outlook: Outlook, pipeline: Pipeline, width: int) -> list[Row]:
    """The calls of the period, the newest first; nothing if none was frozen."""
    calls, quota = outlook.calls, outlook.figures.quota
    if not calls:
        return []
    title = " " + _("Previous calls") + "  "
    against = (
        "" if quota is None else _("of %(quota)s") % {"quota": format.short_money(quota, pipeline.currency)}
    )
    room = max(1, width - width_of(title) - width_of(against) - 4)
    line = spark([number_of(its) for its in calls][-room:], quota)
    found = [Row((Part(title, "bold"), Part(line, "$primary"), Part(f" {against}", MUTED)))]
    for its in list(reversed(calls))[:NEWEST]:
        number = number_of(its)
        before = calls[calls.index(its) - 1] if calls.index(its) else None
        since = (
            ""
            if before is None
            else format.short_money(number - number_of(before), its.currency, signed=True)
        )
        when = f" {format.moment(its.frozen_at, pipeline.today)}"
        parts = (
            left(when, width - 1 - _AMOUNT - 9, MUTED),
            right(format.short_money(number, its.currency), _AMOUNT, "$money"),
            right(since, 9, MUTED),
        )
        found.append(Row(parts, f"call:{its.id}"))
    return [*found, BLANK]
