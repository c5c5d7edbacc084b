import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from pipetui.statistics.survival import kaplan_meier

VECTOR = [(5, True), (8, True), (12, True), (20, False), (25, True), (30, False)]


def test_golden_vector() -> None:
    curve = kaplan_meier(VECTOR)
    assert curve.times[:3] == (5, 8, 12)
    assert curve.share[:3] == pytest.approx((0.8333, 0.6667, 0.5), abs=5e-5)
    assert curve.median == 12
    assert (curve.completed, curve.censored) == (4, 2)


def test_median_not_reached() -> None:
    assert kaplan_meier([(5, True), (9, False), (9, False)]).median is None


def test_nothing_to_learn_from() -> None:
    curve = kaplan_meier([])
    assert (curve.median, curve.times, curve.completed) == (None, (), 0)


def test_censored_on_the_day_of_an_event_is_still_at_risk() -> None:
    # At day 4 all three are at risk: S = 2/3, although two of them were censored on that very day.
    assert kaplan_meier([(4, True), (4, False), (4, False)]).share == pytest.approx((2 / 3,))


@pytest.mark.parametrize(("q", "first"), [(0.1, 5), (0.5, 12), (0.9, None)])
def test_quantiles_are_the_first_crossing(q: float, first: int | None) -> None:
    assert kaplan_meier(VECTOR).quantile(q) == first


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60))
def test_equals_scipy(durations: list[tuple[int, bool]]) -> None:
    ended = [days for days, completed in durations if completed]
    censored = [days for days, completed in durations if not completed]
    if not ended:
        assert kaplan_meier(durations).times == ()
        return
    oracle = ecdf(CensoredData(uncensored=ended, right=censored)).sf
    expected = dict(zip(oracle.quantiles, oracle.probabilities, strict=True))
    curve = kaplan_meier(durations)
    assert curve.share == pytest.approx([expected[time] for time in curve.times])
    assert set(curve.times) == set(ended)
