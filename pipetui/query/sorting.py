"""The orders that deals can be put in."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final

from pipetui.language import N_
from pipetui.query.prepared import Prepared
from pipetui.signals.flag import Severity

Key = Callable[[Prepared, date], Any]


def _close(row: Prepared, _today: date) -> Any:
    """The nearest expected close first, an overdue one before it; unknown last."""
    day = row.deal.close_date if row.deal.status == "open" else row.deal.settled_on
    return (day is None, day or date.min, -(row.amount or 0))


def _amount(row: Prepared, _today: date) -> Any:
    """The largest first, unpriced last."""
    return (row.amount is None, -(row.amount or 0))


def _days(row: Prepared, _today: date) -> Any:
    """The longest in its stage first, unknown last."""
    since = row.deal.stage_since
    return (since is None, since or date.min)


def _risk(row: Prepared, today: date) -> Any:
    """The worst first: more severe flags, then more warnings, then more notices; among equals the larger
    amount, then the close date nearest to today, before or after.
    """
    severities = [flag.severity for flag in row.flags]
    close = row.deal.close_date
    distance = abs((close - today).days) if close else date.max.toordinal()
    return (*(-severities.count(severity) for severity in Severity), -(row.amount or 0), distance)


def _name(row: Prepared, _today: date) -> Any:
    """By name, then account, whatever the case and the accents."""
    return row.text


ORDERS: Final[dict[str, Key]] = {
    "close": _close,
    "amount": _amount,
    "days": _days,
    "risk": _risk,
    "name": _name,
}
"""Order → its key: what comes first has the smallest."""

TITLES: Final = {
    "close": N_("close date"),
    "amount": N_("amount"),
    "days": N_("days in stage"),
    "risk": N_("risk"),
    "name": N_("name"),
}
"""What an order is called; translate it where it is shown."""


def ordered(rows: Iterable[Prepared], order: str, today: date) -> list[Prepared]:
    """The rows in one of `ORDERS`; equal ones by name, then by id."""
    key = ORDERS[order]
    return sorted(rows, key=lambda row: (key(row, today), row.text, row.deal.id))
