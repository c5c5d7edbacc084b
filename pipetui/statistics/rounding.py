"""Rounding as people do it."""

from decimal import Decimal
from functools import lru_cache


@lru_cache(maxsize=1024)
def _ratio(factor: float) -> tuple[int, int]:
    return Decimal(repr(factor)).as_integer_ratio()


def half_up(amount: int, factor: float) -> int:
    """`amount` × `factor`, rounded half away from zero: 61725 × 0.5 → 30863.

    The factor is taken as it is written (0.1 is one tenth), not as its binary neighbour, and nothing is lost.
    """
    over, under = _ratio(factor)
    doubled = 2 * abs(amount * over) + under
    rounded = doubled // (2 * under)
    return rounded if amount * over >= 0 else -rounded
