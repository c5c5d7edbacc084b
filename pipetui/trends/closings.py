"""The deals that were won and lost, each with its day, its worth and its cycle."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.trends.spans import Span


class Closing(NamedTuple):
    """The end of a deal."""

    deal: Deal
    on: date
    """The day it belongs to."""
    won: bool
    worth: int | None
    """Minor units of the reporting currency; `None`: unpriced, or there is no rate."""
    cycle: int | None
    """Days since its creation, below 0 if it was closed before; `None`: its creation is unknown."""


def closings(deals: Iterable[Deal], rates: Rates, today: date) -> list[Closing]:
    """What was closed by the end of a day, oldest first; deals closed on an unknown day are left out."""
    found = []
    for deal in deals:
        if deal.status == "open":
            continue
        on = deal.closed_on or deal.close_date
        if on is not None and on <= today:
            cycle = None if deal.created is None else on.toordinal() - deal.created.toordinal()
            found.append(Closing(deal, on, deal.status == "won", worth(deal, rates), cycle))
    found.sort(key=attrgetter("on"))
    return found


def within(sorted_closings: Sequence[Closing], span: Span) -> Sequence[Closing]:
    """Those of some days; they must be in order of their days."""
    first = bisect_left(sorted_closings, span.start, key=attrgetter("on"))
    return sorted_closings[first : bisect_right(sorted_closings, span.end, key=attrgetter("on"))]


def worths(deals: Iterable[Deal], rates: Rates) -> list[int | None]:
    """`worth` of each of many deals, nearly all of which have the reporting currency."""
    currency = rates.currency
    return [deal.amount if deal.currency == currency else worth(deal, rates) for deal in deals]


def worth(deal: Deal, rates: Rates) -> int | None:
    """The amount in minor units of the reporting currency; `None` if it is unpriced or there is no rate."""
    if deal.amount is None or not deal.currency or deal.currency == rates.currency:
        return deal.amount
    return rates.convert(deal.amount, deal.currency)
