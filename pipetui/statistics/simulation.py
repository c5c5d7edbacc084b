"""What a sum of amounts comes to when they go well or badly together, and may come too late.

All depend on one common factor, "how the period goes", in a one-factor Gaussian copula.

Source: O. Vasicek, "The Distribution of Loan Portfolio Value", Risk 15 (2002); D. X. Li, "On Default
Correlation: A Copula Function Approach", Journal of Fixed Income 9 (2000). The factor is drawn in strata
(P. Glasserman, "Monte Carlo Methods in Financial Engineering", 2003, section 4.3).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import compress
from math import ceil, sqrt
from operator import gt
from typing import Final, NamedTuple

RUNS: Final = 10_000
STRATA: Final = 200
"""Different values of the common factor; the runs are shared out evenly among them."""


class Simulated(NamedTuple):
    """What came out, run by run."""

    sums: Sequence[int]
    """In ascending order, minor units."""

    @property
    def mean(self) -> float:
        """Of all runs."""
        return sum(self.sums) / len(self.sums)

    def at_least(self, amount: int) -> float:
        """The share of runs with that sum or more."""
        return 1 - bisect_left(self.sums, amount) / len(self.sums)

    def quantile(self, q: float) -> int:
        """The first sum that a share `q` (0–1) of the runs does not exceed."""
        return self.sums[max(0, ceil(q * len(self.sums) - 1e-9) - 1)]


def simulate(
    outcomes: Iterable[tuple[int, float, float]],
    certain: int = 0,
    *,
    correlation: float = 0.0,
    seed: int = 0,
    runs: int = RUNS,
) -> Simulated:
    """Draw the sum of `certain` and the outcomes many times; the same seed gives the same result.

    An outcome is had if it goes well and is not late. Given the factor z, a chance p of going well becomes
    Φ((Φ⁻¹(p) + √ρ z) ÷ √(1 − ρ)), which is p on average; lateness takes −z: in a bad period fewer are won and
    more are late. Two outcomes of the same ρ correlate by ρ in their latent normal variables.

    Args:
        outcomes: amount in minor units, probability of going well, probability of being late all the same.
        certain: what is had in any case, in minor units.
        correlation: ρ, 0 ≤ ρ < 1; 0: independent of each other.
        seed: of the random numbers.
        runs: how many sums; 10,000 runs of 300 outcomes take about 0.3 s.

    Raises:
        ValueError: a probability or the correlation is outside its bounds.
    """
    from random import Random

    found = [outcome for outcome in outcomes if outcome[0]]
    if not 0 <= correlation < 1:
        raise ValueError("a correlation is at least 0 and below 1")
    if any(not (0 <= well <= 1 and 0 <= late <= 1) for _amount, well, late in found):
        raise ValueError("a probability is not within 0 and 1")
    amounts = [amount for amount, _well, _late in found]
    draw = Random(seed).random
    strata = STRATA if correlation else 1
    sums = []
    for stratum in range(min(strata, runs)):
        chances = _given(found, correlation, (stratum + draw()) / strata)
        for _run in range(stratum, runs, strata):
            drawn = [draw() for _ in amounts]
            sums.append(certain + sum(compress(amounts, map(gt, chances, drawn))))
    return Simulated(sorted(sums))


def _given(outcomes: Sequence[tuple[int, float, float]], correlation: float, place: float) -> Sequence[float]:
    """The chance of each to be had when the common factor stands at a quantile (0–1)."""
    from statistics import NormalDist

    if not correlation:
        return [well * (1 - late) for _amount, well, late in outcomes]
    normal = NormalDist()
    shift, spread = (
        sqrt(correlation) * normal.inv_cdf(min(max(place, 1e-12), 1 - 1e-12)),
        sqrt(1 - correlation),
    )

    def moved(chance: float, by: float) -> float:
        # What is certain or impossible stays so, however the period goes.
        return normal.cdf((normal.inv_cdf(chance) + by) / spread) if 0 < chance < 1 else chance

    return [moved(well, shift) * (1 - moved(late, -shift)) for _amount, well, late in outcomes]
