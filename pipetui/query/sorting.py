"""The orders that deals can be put in."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.deals.text import fold
from pipetui.language import N_
from pipetui.query.prepared import comparable
from pipetui.signals.flag import Flag, Severity

_NEVER: Final = date.max.toordinal() + 1


class Known(NamedTuple):
    """What orders need to know beside the deals."""

    today: date
    flags: Mapping[int, tuple[Flag, ...]]
    """By deal id, the worst first."""
    rates: Rates | None = None
    """The playbook's conversion; without it amounts are compared as they are."""

    def size(self, deal: Deal) -> float:
        """The amount in comparable units, the larger the smaller; 0 is unpriced."""
        return -(comparable(deal, self.rates) or 0)


Key = tuple[Any, ...]


def _day(day: date | None) -> int:
    """A number for a day, quicker to compare; the unknown one after all others."""
    return _NEVER if day is None else day.toordinal()


def _close(deal: Deal, known: Known) -> Key:
    """The nearest expected close first, an overdue one before it; unknown last."""
    day = deal.close_date if deal.status == "open" else deal.settled_on
    return (_day(day), known.size(deal))


def _amount(deal: Deal, known: Known) -> Key:
    """The largest first, unpriced last."""
    return (deal.amount is None, known.size(deal))


def _days(deal: Deal, _known: Known) -> Key:
    """The longest in its stage first, unknown last."""
    return (_day(deal.stage_since),)


def _risk(deal: Deal, known: Known) -> Key:
    """The worst first: more severe flags, then more warnings, then more notices; among equals the larger
    amount, then the close date nearest to today, before or after.
    """
    severities = [flag.severity for flag in known.flags.get(deal.id, ())]
    distance = abs((deal.close_date - known.today).days) if deal.close_date else _NEVER
    return (*(-severities.count(severity) for severity in Severity), known.size(deal), distance)


def _name(deal: Deal, _known: Known) -> Key:
    """By name, then account, whatever the case and the accents."""
    return (fold(deal.name), fold(deal.account))


ORDERS: Final[dict[str, Callable[[Deal, Known], Key]]] = {
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


def ordered(deals: Iterable[Deal], order: str, known: Known) -> list[Deal]:
    """The deals in one of `ORDERS`; equal ones by name, then by id."""
    key = ORDERS[order]
    return sorted(deals, key=lambda deal: (*key(deal, known), deal.name.casefold(), deal.id))
