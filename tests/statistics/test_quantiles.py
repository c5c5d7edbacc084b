import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.statistics.quantiles import quantile


@pytest.mark.parametrize(
    ("values", "q", "expected"),
    [
        ([7], 0.9, 7),
        ([1, 2], 0.5, 1.5),
        ([4, 1, 3, 2], 0.5, 2.5),
        ([1, 2, 3, 4, 5], 0.9, 4.6),
        ([1, 2, 3], 0, 1),
        ([1, 2, 3], 1, 3),
    ],
)
def test_by_hand(values: list[float], q: float, expected: float) -> None:
    assert quantile(values, q) == pytest.approx(expected)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60), st.floats(0, 1))
def test_is_numpys_linear_one(values: list[int], q: float) -> None:
    assert quantile(values, q) == pytest.approx(float(np.quantile(values, q, method="linear")))


def test_of_nothing_there_is_none() -> None:
    with pytest.raises(ValueError, match="no values"):
        quantile([], 0.5)
