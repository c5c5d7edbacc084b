"""How the period is likely to end as the call stands, and what a single deal changes about that."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pipetui.deals.category import Category
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import FrozenRange
from pipetui.forecast.periods import Period
from pipetui.statistics.poisson_binomial import Distribution, Outcome, distribution

AT_ONCE: Final = 400
"""Deals whose effect is worked out beforehand, the largest first; that of others when it is asked for."""

Stake = tuple[int, int, float]
"""A deal's id, its amount in minor units of the reporting currency, its in-period probability (0–1)."""


class Stakes(NamedTuple):
    """What the end of a period hangs on. Two that are the same have the same odds."""

    won: int
    """Minor units."""
    quota: int | None
    open: tuple[Stake, ...]
    """The open deals of the period that are priced and not omitted."""

    @property
    def outcomes(self) -> dict[int, Outcome]:
        """By deal id."""
        return {deal_id: (worth, p) for deal_id, worth, p in self.open}


class Odds:
    """The exact range of independent deals, which makes it too narrow, and what each deal adds to it.

    P(≥ quota) without a deal is that of all others: as if it were lost.
    """

    def __init__(self, stakes: Stakes) -> None:
        self.stakes = stakes
        self._outcomes = stakes.outcomes
        self._found: Distribution = distribution(self._outcomes.values(), stakes.won)
        quota = stakes.quota
        p10, p50, p90 = (self._found.quantile(q) for q in (0.1, 0.5, 0.9))
        self.range = FrozenRange(p10, p50, p90, None if quota is None else self._found.at_least(quota))
        self._without: dict[int, float] = {}
        for deal_id, _worth, _p in sorted(stakes.open, key=lambda its: -abs(its[1]))[:AT_ONCE]:
            self.without(deal_id)

    def without(self, deal_id: int) -> float | None:
        """P(≥ quota) without a deal; `None` if there is no quota, or the deal is not in the range."""
        outcome, quota, p_quota = self._outcomes.get(deal_id), self.stakes.quota, self.range.p_quota
        if outcome is None or quota is None or p_quota is None:
            return None
        if deal_id not in self._without:
            moved = outcome[1] * self._found.influence(outcome, quota)
            self._without[deal_id] = min(1.0, max(0.0, p_quota - moved))
        return self._without[deal_id]


def stakes(
    entries: Iterable[CallEntry], chances: Mapping[int, float], period: Period, quota: int | None
) -> Stakes:
    """What the entries of a call put at stake.

    Args:
        entries: whatever their state and close date; those without a chance are left out.
        chances: by deal id, the in-period probability.
        period: the one of the call.
        quota: minor units.
    """
    won, found = 0, []
    for entry in entries:
        if entry.worth is None or entry.close_date not in period:
            continue
        if entry.state == "won":
            won += entry.worth
        elif entry.state == "open" and entry.category is not Category.OMITTED and entry.deal_id in chances:
            found.append((entry.deal_id, entry.worth, chances[entry.deal_id]))
    return Stakes(won, quota, tuple(found))
