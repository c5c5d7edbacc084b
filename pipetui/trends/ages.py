"""How old the open deals are."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.trends.closings import worth

BOUNDS: Final = (90, 180, 366)
"""The first day of each bucket but the first: < 90, 90–179, 180–365, > 365."""


class _Buckets(dict[date, int]):
    """Day of creation → bucket: many deals were created on the same days."""

    def __init__(self, today: int, bounds: Sequence[int]) -> None:
        super().__init__()
        self._today = today
        self._bounds = bounds

    def __missing__(self, created: date) -> int:
        bucket = self[created] = bisect_right(self._bounds, self._today - created.toordinal())
        return bucket


@dataclass(frozen=True, slots=True)
class Bucket:
    """Deals of an age."""

    count: int
    amount: int
    """Minor units of the reporting currency."""
    deals: tuple[int, ...]
    """Their ids."""


@dataclass(frozen=True, slots=True)
class Ages:
    """The open deals that counted at the end of a day."""

    day: date
    buckets: tuple[Bucket, ...]
    """One more than `BOUNDS`, the youngest first."""
    unknown: int
    """Deals whose creation is unknown; in no bucket."""

    @property
    def count(self) -> int:
        """Deals of a known age."""
        return sum(bucket.count for bucket in self.buckets)

    def older(self, first: int = 1) -> float | None:
        """The share of deals from a bucket on, 0–1; `None` without deals."""
        whole = self.count
        return sum(bucket.count for bucket in self.buckets[first:]) / whole if whole else None


def ages(day: date, deals: Iterable[Deal], rates: Rates, bounds: Sequence[int] = BOUNDS) -> Ages:
    """Sort deals, as they stood at the end of a day, by their age on it."""
    ids: list[list[int]] = [[] for _ in range(len(bounds) + 1)]
    amounts = [0] * (len(bounds) + 1)
    unknown = 0
    buckets = _Buckets(day.toordinal(), bounds)
    for deal in deals:
        if not deal.counts:
            continue
        created, amount = deal.created, deal.amount
        if created is None:
            unknown += 1
            continue
        bucket = buckets[created]
        ids[bucket].append(deal.id)
        if amount is not None:
            amounts[bucket] += amount if deal.currency == rates.currency else worth(deal, rates) or 0
    return Ages(
        day,
        tuple(Bucket(len(its), amount, tuple(its)) for its, amount in zip(ids, amounts, strict=True)),
        unknown,
    )
