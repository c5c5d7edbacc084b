"""Between what and what a period will end, and which deals decide it."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.statistics.poisson_binomial import distribution
from pipetui.statistics.simulation import RUNS, simulate

LARGEST: Final = 100
"""Deals of which it is asked how much they decide."""
_DRAWS: Final = 3_000_000
"""Deals × runs of a simulation: about a second."""


class Range(NamedTuple):
    """The simulated end of a period, what is won included, in minor units.

    Independent deals (`exact`) make it narrower than it is: a bad quarter is bad for many deals at once.
    """

    p10: int
    p50: int
    p90: int
    mean: float
    p_quota: float | None
    """P(≥ quota); `None` without a quota."""
    exact: bool
    """Exact for independent deals; else drawn at random with correlation and slip."""
    error: float = 0.0
    """Exact: the standard deviation that rounding to cells has added, in minor units (`poisson_binomial`)."""
    decisive: tuple[tuple[int, float], ...] = ()
    """Exact: (deal id, P(≥ quota) if it is won − P(≥ quota) if it is not), the most first."""
    runs: int = 0
    """How often it was drawn; 0: it is exact."""
    doubt: "Doubt | None" = None
    """What it was drawn with."""


class Doubt(NamedTuple):
    """What is switched on beside the deals' own probabilities."""

    correlation: float = 0.0
    """ρ of how well deals go, 0 ≤ ρ < 1 (`statistics.simulation`)."""
    slip: float = 0.0
    """The share of deals that slip although they are won later."""
    seed: int = 0


ASSUMED: Final = Doubt(correlation=0.2, slip=0.15, seed=1)
"""What is taken where nobody says otherwise: deals go somewhat well or badly together, one in seven is late.

Nothing of it is learned; it is told with the figures. The correlation is that between the latent variables of
two deals, of the order that banks take for loans of one class (Basel Committee on Banking Supervision, "An
Explanatory Note on the Basel II IRB Risk Weight Functions", 2005: 0.12–0.24).
"""


def exact(
    deals: Iterable[Deal],
    chances: Mapping[int, float],
    rates: Rates,
    *,
    won: int = 0,
    quota: int | None = None,
) -> Range:
    """The range of independent deals: exact, and 300 of them take about 20 ms.

    Args:
        deals: the open ones of the period (`categories.Groups.open`); unpriced ones and those in a currency
            without a rate cannot be in it.
        chances: by deal id, the in-period probability; every deal has one.
        rates: the playbook's conversion.
        won: minor units.
        quota: minor units.
    """
    priced = _priced(deals, rates)
    outcomes = [(amount, chances[deal_id]) for deal_id, amount in priced]
    found = distribution(outcomes, won)
    p_quota, decisive = None, []
    if quota is not None:
        p_quota = found.at_least(quota)
        # The larger a deal, the more it moves; nobody asks for more than a few.
        largest = sorted(priced, key=lambda its: (-abs(its[1]), its[0]))[:LARGEST]
        moved = [(deal_id, found.influence((amount, chances[deal_id]), quota)) for deal_id, amount in largest]
        decisive = sorted((it for it in moved if abs(it[1]) > 1e-9), key=lambda it: (-abs(it[1]), it[0]))
    p10, p50, p90 = (found.quantile(q) for q in (0.1, 0.5, 0.9))
    return Range(p10, p50, p90, found.mean, p_quota, exact=True, error=found.error, decisive=tuple(decisive))


def simulated(
    deals: Iterable[Deal],
    chances: Mapping[int, float],
    rates: Rates,
    doubt: Doubt,
    *,
    won: int = 0,
    quota: int | None = None,
    dated: Iterable[int] = (),
) -> Range:
    """The range with correlation and slip switched on: 10,000 runs, of more than 300 deals fewer (2,000).

    Args:
        deals: as for `exact`.
        chances: as for `exact`.
        rates: as for `exact`.
        doubt: what is switched on, and the seed: the same gives the same.
        won: minor units.
        quota: minor units.
        dated: ids of deals whose probability is already that of being won within the period, as one learned
            from past periods is. They slip no more, or it would be counted twice.
    """
    in_time = frozenset(dated)
    outcomes = [
        (amount, chances[deal_id], 0.0 if deal_id in in_time else doubt.slip)
        for deal_id, amount in _priced(deals, rates)
    ]
    runs = max(RUNS // 5, min(RUNS, _DRAWS // max(1, len(outcomes))))
    found = simulate(outcomes, won, correlation=doubt.correlation, seed=doubt.seed, runs=runs)
    p10, p50, p90 = (found.quantile(q) for q in (0.1, 0.5, 0.9))
    p_quota = None if quota is None else found.at_least(quota)
    return Range(p10, p50, p90, found.mean, p_quota, exact=False, runs=runs, doubt=doubt)


def _priced(deals: Iterable[Deal], rates: Rates) -> list[tuple[int, int]]:
    """(deal id, minor units of the reporting currency)."""
    return [
        (deal.id, minor)
        for deal in deals
        if deal.amount is not None
        and (minor := rates.convert(deal.amount, deal.currency or rates.currency)) is not None
    ]
