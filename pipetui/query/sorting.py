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
from pipetui.signals.risk import risk


class Known(NamedTuple):
    """What orders need to know beside the deals."""

    today: date
    flags: Mapping[int, tuple[Flag, ...]]
    """By deal id, the worst first."""
    rates: Rates | None = None
    """The playbook's conversion; without it amounts are compared as they are."""
    typical: float = 0.0
    """What an unpriced deal is taken for where risks are compared (`signals.risk.typical_amount`)."""


_NEVER: Final = date.max.toordinal() + 1
"""After every day."""

Key = Callable[[Deal], Any]


def _close(_known: Known) -> Key:
    """The nearest expected close first, an overdue one before it; unknown last."""

    def key(deal: Deal) -> int:
        day = deal.close_date if deal.status == "open" else deal.settled_on
        return _NEVER if day is None else day.toordinal()

    return key


def _size(known: Known) -> Key:
    """The largest amount first; unpriced counts as nothing."""
    rates = known.rates
    return lambda deal: -(comparable(deal, rates) or 0)


def _unpriced(_known: Known) -> Key:
    """Unpriced last."""
    return lambda deal: deal.amount is None


def _days(_known: Known) -> Key:
    """The longest in its stage first, unknown last."""
    return lambda deal: _NEVER if deal.stage_since is None else deal.stage_since.toordinal()


def _risk(known: Known) -> Key:
    """The greatest risk first (`signals.risk`); what is closed, or has no flag, last."""
    today, flags, typical, rates = known.today, known.flags, known.typical, known.rates
    return lambda deal: -risk(deal, its, today, typical, rates) if (its := flags.get(deal.id)) else 0.0


def _severity(known: Known) -> Key:
    """More severe flags first, then more warnings, then more notices."""
    flags = known.flags

    def key(deal: Deal) -> tuple[int, ...]:
        severities = [flag.severity for flag in flags.get(deal.id, ())]
        return tuple(-severities.count(severity) for severity in Severity)

    return key


def _nearness(known: Known) -> Key:
    """The close date nearest to today first, before or after; unknown last."""
    today = known.today
    return lambda deal: abs((deal.close_date - today).days) if deal.close_date else _NEVER


def _name(_known: Known) -> Key:
    """By name, then account, whatever the case and the accents."""
    return lambda deal: (fold(deal.name), fold(deal.account))


ORDERS: Final[dict[str, tuple[Callable[[Known], Key], ...]]] = {
    "close": (_close, _size),
    "amount": (_unpriced, _size),
    "days": (_days,),
    "risk": (_risk, _severity, _size, _nearness),
    "name": (_name,),
}
"""Order → its keys, the most telling first: what comes first has the smallest."""

TITLES: Final = {
    "close": N_("close date"),
    "amount": N_("amount"),
    "days": N_("days in stage"),
    "risk": N_("risk"),
    "name": N_("name"),
}
"""What an order is called; translate it where it is shown."""


def ordered(deals: Iterable[Deal], order: str, known: Known) -> list[Deal]:
    """The deals in one of `ORDERS`; equal ones by name, then by id.

    A stable sort a key, the least telling first: plain values compare twice as quickly as tuples.
    """
    found = sorted(deals, key=lambda deal: deal.id)
    found.sort(key=lambda deal: deal.name.casefold())
    for key in reversed(ORDERS[order]):
        found.sort(key=key(known))
    return found
