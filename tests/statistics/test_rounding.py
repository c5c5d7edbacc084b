from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.statistics.rounding import half_up


def test_each_deal_is_rounded_before_summing() -> None:
    assert half_up(61725, 0.5) + half_up(61725, 0.5) == 61726  # 617.25 × 50 % twice is 617.26


@pytest.mark.parametrize(
    ("amount", "factor", "rounded"),
    [
        (5, 0.1, 1),  # 0.5
        (15, 0.1, 2),
        (25, 0.1, 3),  # round() gives 2
        (4, 0.1, 0),
        (-5, 0.1, -1),
        (-15, 0.1, -2),
        (105, 1.1, 116),  # 115.5; the binary 1.1 × 105 is a little more, 1.15 × 100 a little less
        (100, 1.15, 115),
        (10**15, 0.075, 75 * 10**12),
        (7, 0.0, 0),
        (0, 0.5, 0),
        (123, 1.0, 123),
    ],
)
def test_half_goes_away_from_zero(amount: int, factor: float, rounded: int) -> None:
    assert half_up(amount, factor) == rounded


@given(st.integers(-(10**15), 10**15), st.floats(0, 10, allow_nan=False))
def test_equals_decimal_arithmetic(amount: int, factor: float) -> None:
    exact = Decimal(repr(factor))
    digits = Decimal(amount).normalize().as_tuple()
    if len(exact.as_tuple().digits) + len(digits.digits) < 28:
        assert half_up(amount, factor) == int((amount * exact).quantize(Decimal(1), ROUND_HALF_UP))
