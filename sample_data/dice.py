"""Chance, the same on every Python: only `random.Random(str).random()` is used, which never changes."""

import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws that depend on the key alone, so that one deal's story does not move another's."""

    def __init__(self, *key: object) -> None:
        self._random = random.Random("/".join(map(str, key))).random

    def chance(self, share: float) -> bool:
        """True in `share` (0–1) of all cases."""
        return self._random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, things: Sequence[T]) -> T:
        """One of them, all alike."""
        return things[int(self._random() * len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, by weight."""
        left = self._random() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return thing

    def spread(self, median: float, sigma: float) -> float:
        """Lognormal around `median`; the normal is a sum of twelve draws, near enough to the bell."""
        return median * math.exp(sigma * (sum(self._random() for _ in range(12)) - 6))
