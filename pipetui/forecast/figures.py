"""The figures of a forecast: totals by category against a quota, landing, gap and coverage."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.forecast.categories import Groups
from pipetui.forecast.totals import Totals, together, totals_of_all


class Coverage(NamedTuple):
    """Open pipeline of the period ÷ what is still to be won of the quota."""

    value: float | None
    """`None`: there is no quota, or nothing is left to be won."""
    is_met: bool
    """Whether the quota has been won already."""


class Cumulative(NamedTuple):
    """What is shown: closed ⊂ commit ⊂ best case ⊂ upside, in minor units."""

    closed: int
    commit: int
    best_case: int
    upside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A forecast. Amounts are minor units of the reporting currency; categories are exclusive and open."""

    won: Totals
    commit: Totals
    best_case: Totals
    upside: Totals
    unclassified: Totals
    omitted: Totals
    missing: Totals
    nurture: Totals
    undated: Totals
    stale: int
    """The amount of the open deals of the period that are stalled or idle."""
    quota: int | None

    @property
    def open(self) -> Totals:
        """Commit, best case, upside and unclassified."""
        return together([self.commit, self.best_case, self.upside, self.unclassified])

    @property
    def weighted(self) -> int:
        """Σ half-up(amount × p) over the open deals of the period; what is won is not in it."""
        return self.open.weighted

    @property
    def landing(self) -> int:
        """Won + open commit."""
        return self.won.amount + self.commit.amount

    @property
    def gap(self) -> int | None:
        """Landing − quota; below 0 is lacking."""
        return None if self.quota is None else self.landing - self.quota

    @property
    def cumulative(self) -> Cumulative:
        """The nested bars."""
        best_case = self.landing + self.best_case.amount
        return Cumulative(self.won.amount, self.landing, best_case, best_case + self.upside.amount)

    @property
    def coverage(self) -> Coverage:
        """With all open deals of the period."""
        return coverage(self.open.amount, self.won.amount, self.quota)

    @property
    def coverage_without_stale(self) -> Coverage:
        """With those only that are neither stalled nor idle."""
        return coverage(self.open.amount - self.stale, self.won.amount, self.quota)


def figures(
    groups: Groups,
    probability: Mapping[int, float],
    rates: Rates,
    *,
    quota: int | None = None,
    chances: Mapping[int, float] | None = None,
    stale: Iterable[int] = (),
) -> Figures:
    """The figures of the deals of a period.

    Args:
        groups: the deals (`categories.group`).
        probability: by stage id.
        rates: the playbook's conversion. What cannot be converted stands in `other_currencies` of its total.
        quota: minor units.
        chances: by deal id, the in-period probability (`probabilities`).
        stale: ids of deals with the flag `stalled` or `idle`.
    """
    dormant = frozenset(stale)

    def total(deals: Iterable[Deal]) -> Totals:
        return totals_of_all(deals, probability, rates, chances=chances or {})

    return Figures(
        **{name: total(its) for name, its in groups._asdict().items()},
        stale=total(deal for deal in groups.open if deal.id in dormant).amount,
        quota=quota,
    )


def coverage(open_amount: int, won: int, quota: int | None) -> Coverage:
    """Open ÷ (quota − won). A quota of 0 is met."""
    if quota is None:
        return Coverage(None, is_met=False)
    left = quota - won
    return Coverage(None, is_met=True) if left <= 0 else Coverage(open_amount / left, is_met=False)


def average(deals: Iterable[Deal], rates: Rates) -> int | None:
    """The mean amount of deals, half-up, in minor units; `None` without a priced one."""
    amounts = [
        minor
        for deal in deals
        if deal.amount is not None
        and (minor := rates.convert(deal.amount, deal.currency or rates.currency)) is not None
    ]
    return (2 * sum(amounts) + len(amounts)) // (2 * len(amounts)) if amounts else None


def deals_lacking(gap: int | None, average_deal: int | None) -> int | None:
    """How many deals of average size close a gap below 0, rounded up; 0 if nothing is lacking."""
    if gap is None or not average_deal or average_deal < 0:
        return 0 if gap is not None and gap >= 0 else None
    return -(min(gap, 0) // average_deal)
