"""What a sum of independent amounts comes to when each is had with a probability of its own, or not at all.

Source: Y. Hong, "On computing the distribution function for the Poisson binomial distribution", Computational
Statistics & Data Analysis 59 (2013); the weighted sum is found by the same recursion over the items, on
amounts instead of counts (H. H. Panjer, G. E. Willmot, "Insurance Risk Models", 1992).
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import ceil, erf, floor, gcd, log, sqrt
from typing import Final, NamedTuple

ONE_BY_ONE: Final = 500
"""Items whose steps are made; of more, those that spread the sum least are taken together as a normal."""
WORK: Final = 700_000
"""Items × cells: how finely amounts are told apart. 300 items get 2,333 cells, and 25 ms."""
_WIDTH: Final = 18
"""Standard deviations between the ends of what is not `_NOTHING`."""
_NOTHING: Final = 1e-18
"""Probabilities below are cut from the ends: 300 items lose less than 1e-12 in all."""
_ROUNDING: Final = 1e-12
"""Sums of floats that differ by less are the same to a quantile."""

Outcome = tuple[int, float]
"""An amount in minor units, which may be negative, and the probability (0–1) that it is had."""


class Distribution(NamedTuple):
    """The probabilities of the sum `base` + i × `unit`."""

    base: int
    """In minor units; less is impossible, or next to it."""
    unit: int
    """Minor units a cell: the amounts' common divisor, or else what they were rounded to."""
    survival: Sequence[float]
    """P(sum ≥ base + i × unit) for i = 0, 1, …; the first is 1, the last 0."""
    mean: float
    """Of the amounts as they are, not as they were rounded."""
    error: float
    """The standard deviation that rounding has added, in minor units; 0 is exact."""

    def at_least(self, amount: int) -> float:
        """P(sum ≥ amount); between two cells to which amounts were rounded it is interpolated."""
        return self._tail(amount - self.base)

    def quantile(self, q: float) -> int:
        """The first sum that is not exceeded with probability `q` (0–1)."""
        limit = 1 - q + _ROUNDING
        low, high = 0, len(self.survival) - 1  # P(sum ≤ i) is 1 − P(sum ≥ i + 1), and grows with i
        while low < high:
            middle = (low + high) // 2
            if self.survival[middle + 1] <= limit:
                high = middle
            else:
                low = middle + 1
        return self.base + low * self.unit

    def influence(self, outcome: Outcome, amount: int) -> float:
        """How much P(sum ≥ amount) differs between having one of the outcomes for certain, and not at all.

        The one is taken out of the sum again by running its step of the recursion backwards, from that end
        from which errors shrink. Only sums that are one amount apart are visited.
        """
        value, p = outcome
        if value == 0:
            return 0.0
        at = amount - self.base
        if value < 0:  # it was taken for certain, and to be had back: see `distribution`
            return self._without(at, -value, 1 - p) - self._without(at + value, -value, 1 - p)
        return self._without(at - value, value, p) - self._without(at, value, p)

    def _tail(self, at: int) -> float:
        """P(sum ≥ base + at)."""
        cell, beyond = divmod(at, self.unit)
        if cell < 0:
            return 1.0
        if cell >= len(self.survival) - 1:
            return 0.0
        if not beyond:
            return self.survival[cell]
        above = self.survival[cell + 1]
        if not self.error:
            return above
        return above + (self.survival[cell] - above) * (1 - beyond / self.unit)

    def _without(self, at: int, value: int, p: float) -> float:
        """P(the sum of all others ≥ base + at), where one value above 0 is had with probability `p`.

        With T for all and R for the others, T(x) = (1 − p) R(x) + p R(x − value).
        """
        likely, unlikely = max(p, 1 - p), min(p, 1 - p)
        ratio, end = unlikely / likely, len(self.survival) * self.unit
        # What lies so many steps away weighs ratio ** far: nothing.
        far = end if ratio > 0.99 else ceil(log(_ROUNDING) / log(ratio)) if ratio else 1
        if p <= 0.5:
            if at <= 0:
                return 1.0
            lowest = max((at - 1) % value + 1, at - far * value)
            rest, places = 1.0, range(lowest, at + 1, value)
        else:
            highest = at + value * (1 + min(far, max(0, end - at) // value))
            rest, places = 0.0, range(highest, at, -value)
        for place in places:
            rest = (self._tail(place) - unlikely * rest) / likely
        return min(1.0, max(0.0, rest))


def distribution(outcomes: Iterable[Outcome], certain: int = 0, cells: int | None = None) -> Distribution:
    """The distribution of `certain` plus the outcomes, which are independent.

    The unit is the amounts' greatest common divisor if the cells that are likely at all are then at most
    `cells`, and the result exact. Else there are so many, and an amount that lies between two multiples of
    their unit is shared out between these so that its mean stays: the higher with probability r, the lower
    with 1 − r. The mean of the sum is exact then, and its variance too large by Σ p r (1 − r) units², with
    300 amounts by less than 0.5 %. Of more than 500 the sum of those with the smallest variance is taken as
    a normal with its mean and variance.

    Args:
        outcomes: amounts and probabilities. To have −5 with p is to have −5 for certain, and 5 with 1 − p.
        certain: what is had in any case, in minor units.
        cells: how finely amounts are told apart, at most; `None`: `WORK` ÷ n.

    Raises:
        ValueError: a probability is not within 0–1.
    """
    found = list(outcomes)
    if any(not 0 <= p <= 1 for _amount, p in found):
        raise ValueError("a probability is not within 0 and 1")
    mean = certain + sum(amount * p for amount, p in found)
    base = certain + sum(amount for amount, p in found if amount < 0 or p == 1)
    base -= sum(amount for amount, p in found if amount < 0 and p == 0)
    uncertain = [(abs(amount), p if amount > 0 else 1 - p) for amount, p in found if amount and 0 < p < 1]
    uncertain.sort(key=_variance, reverse=True)
    large, small = uncertain[:ONE_BY_ONE], uncertain[ONE_BY_ONE:]
    width = min(sum(amount for amount, _p in uncertain), ceil(_WIDTH * sqrt(sum(map(_variance, uncertain)))))
    cells = cells or WORK // max(1, len(large))
    unit = gcd(*(amount for amount, _p in uncertain)) or 1
    if width > cells * unit:
        unit = -(-width // cells)
    first, mass = _mass(sorted(large), unit)
    shares = ((amount % unit / unit, p) for amount, p in large)
    error = unit * sqrt(sum(p * share * (1 - share) for share, p in shares))
    if small:
        begin, bell = _bell(small, unit)
        first, mass = first + begin, _sum(mass, bell)
    survival = list(accumulate(reversed(mass)))[::-1]
    return Distribution(base + first * unit, unit, [1.0, *survival[1:], 0.0], mean, error)


def _variance(outcome: Outcome) -> float:
    amount, p = outcome
    return amount * amount * p * (1 - p)


def _bell(outcomes: Sequence[Outcome], unit: int) -> tuple[int, list[float]]:
    """The normal with the mean and variance of a sum: its first cell, and the probabilities from there on."""
    mean = sum(amount * p for amount, p in outcomes) / unit
    deviation = sqrt(sum(map(_variance, outcomes))) / unit
    first, last = floor(mean - deviation * _WIDTH / 2), ceil(mean + deviation * _WIDTH / 2)
    below = [erf((cell - 0.5 - mean) / deviation / sqrt(2)) / 2 for cell in range(first, last + 2)]
    return first, [upper - lower for lower, upper in pairwise(below)]


def _sum(one: list[float], other: list[float]) -> list[float]:
    """The probabilities of the sum of two independent numbers of cells."""
    held, found = len(one), [0.0] * (len(one) + len(other) - 1)
    for place, p in enumerate(other):
        if p >= _NOTHING:
            found[place : place + held] = [
                known + p * x for known, x in zip(found[place : place + held], one, strict=True)
            ]
    return found


def _mass(outcomes: Iterable[Outcome], unit: int) -> tuple[int, list[float]]:
    """The first cell that matters, and the probabilities from there on. The small first: fewer cells."""
    first, mass = 0, [1.0]
    for amount, p in outcomes:
        size, beyond = divmod(amount, unit)
        share, q = beyond / unit, 1 - p
        without, one = mass + [0.0] * (size + 1), [0.0] * size + mass + [0.0]
        if beyond:
            lower, upper = p * (1 - share), p * share
            other = [0.0] * (size + 1) + mass
            mass = [x * q + y * lower + z * upper for x, y, z in zip(without, one, other, strict=True)]
        else:
            mass = [x * q + y * p for x, y in zip(without, one, strict=True)]
        while mass[-1] < _NOTHING:
            mass.pop()
        below = next(index for index, x in enumerate(mass) if x >= _NOTHING)
        if below:
            first, mass = first + below, mass[below:]
    return first, mass
