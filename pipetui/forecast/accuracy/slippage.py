"""What was due in a period and came to no end in it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from pipetui.deals.deal import Deal, Status
from pipetui.deals.money import Rates
from pipetui.forecast.periods import Period


class Slippage(NamedTuple):
    """Of one period that has ended."""

    due: int
    """How many were due at its start."""
    slipped: tuple[Deal, ...]
    """Those neither won nor lost at its end, as they stood at its start; the largest first, then unpriced."""
    due_amount: int
    """Minor units; unpriced deals are counted and add nothing."""
    slipped_amount: int

    @property
    def rate(self) -> float | None:
        """By count; `None` if nothing was due."""
        return len(self.slipped) / self.due if self.due else None

    @property
    def amount_rate(self) -> float | None:
        """By amount; `None` if nothing priced was due."""
        return self.slipped_amount / self.due_amount if self.due_amount else None


def slippage(
    period: Period,
    at_start: Iterable[Deal],
    settled: Mapping[int, tuple[Status, date | None]],
    rates: Rates,
) -> Slippage:
    """What slipped out of a period.

    Args:
        period: one that has ended.
        at_start: the deals as they stood on the morning of its first day. Missing ones and those in nurture
            were due to nobody; omitted ones were, since their date said so.
        settled: by deal id, status and closing day as they are known today; a deal that is not in it is open.
            One closed on an unknown day counts as closed in time.
        rates: the playbook's conversion.
    """
    due = [(deal, _worth(deal, rates)) for deal in at_start if deal.counts and deal.close_date in period]
    slipped = [(deal, worth) for deal, worth in due if not _is_settled(settled.get(deal.id), period)]
    slipped.sort(key=lambda its: (its[1] is None, -(its[1] or 0), its[0].id))
    return Slippage(
        len(due),
        tuple(deal for deal, _worth in slipped),
        sum(worth or 0 for _deal, worth in due),
        sum(worth or 0 for _deal, worth in slipped),
    )


def _is_settled(known: tuple[Status, date | None] | None, period: Period) -> bool:
    if known is None or known[0] == "open":
        return False
    return known[1] is None or known[1] <= period.end


def _worth(deal: Deal, rates: Rates) -> int | None:
    return None if deal.amount is None else rates.convert(deal.amount, deal.currency or rates.currency)
