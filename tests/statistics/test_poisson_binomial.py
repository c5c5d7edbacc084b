from itertools import product
from math import prod, sqrt
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pipetui.statistics.poisson_binomial import distribution

VECTOR = [(50, 0.9), (30, 0.5), (20, 0.5), (100, 0.2)]
PROBABILITIES = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.5, 1.0]))


def enumerated(outcomes: list[tuple[int, float]], certain: int = 0) -> dict[int, float]:
    """Every way it can come, one by one."""
    found: dict[int, float] = {}
    for had in product((False, True), repeat=len(outcomes)):
        total = certain + sum(amount for (amount, _p), it in zip(outcomes, had, strict=True) if it)
        chance = prod(p if it else 1 - p for (_amount, p), it in zip(outcomes, had, strict=True))
        found[total] = found.get(total, 0.0) + chance
    return found


def at_least(exact: dict[int, float], amount: int) -> float:
    return sum(chance for total, chance in exact.items() if total >= amount)


def test_golden_vector() -> None:
    found = distribution(VECTOR)
    assert found.mean == pytest.approx(90)
    assert [found.quantile(q) for q in (0.1, 0.5, 0.9)] == [50, 80, 170]
    assert found.at_least(100) == pytest.approx(0.38, abs=1e-12)
    assert found.error == 0


def test_the_vector_in_cents_above_what_is_won() -> None:
    found = distribution([(amount * 100, p) for amount, p in VECTOR], certain=7_00)
    assert [found.quantile(q) for q in (0.1, 0.5, 0.9)] == [57_00, 87_00, 177_00]
    assert found.at_least(107_00) == pytest.approx(0.38)
    assert found.at_least(107_01) < 0.38 < found.at_least(80_00)


def test_nothing_open_is_what_is_won() -> None:
    found = distribution([], certain=500)
    assert (found.quantile(0.1), found.quantile(0.9), found.mean) == (500, 500, 500)
    assert (found.at_least(500), found.at_least(501)) == (1.0, 0.0)


def test_probabilities_0_and_1_are_values() -> None:
    found = distribution([(10, 0.0), (20, 1.0), (5, 0.0)])
    assert (found.quantile(0.1), found.quantile(0.9)) == (20, 20)
    assert (found.at_least(20), found.at_least(21)) == (1.0, 0.0)


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        distribution([(10, p)])


@given(st.lists(st.tuples(st.integers(-50, 200), PROBABILITIES), max_size=8), st.integers(-100, 400))
def test_equals_counting_every_way(outcomes: list[tuple[int, float]], amount: int) -> None:
    found, exact = distribution(outcomes, certain=30), enumerated(outcomes, certain=30)
    assert found.at_least(amount) == pytest.approx(at_least(exact, amount), abs=1e-9)
    assert found.mean == pytest.approx(sum(total * chance for total, chance in exact.items()), abs=1e-9)
    for q in (0.1, 0.5, 0.9):
        reached = found.quantile(q)
        assert sum(chance for total, chance in exact.items() if total <= reached) >= q - 1e-9
        assert sum(chance for total, chance in exact.items() if total < reached) < q + 1e-9


@given(st.lists(PROBABILITIES, min_size=1, max_size=60), st.integers(1, 10_000_000))
def test_equals_scipy_where_all_amounts_are_the_same(chances: list[float], amount: int) -> None:
    found = distribution([(amount, p) for p in chances])
    oracle = stats.poisson_binom(chances)
    for count in range(len(chances) + 1):
        assert found.at_least(count * amount) == pytest.approx(float(oracle.sf(count - 1)), abs=1e-9)


@given(st.lists(st.tuples(st.integers(1, 60), PROBABILITIES), min_size=1, max_size=30))
def test_equals_numpys_convolution(outcomes: list[tuple[int, float]]) -> None:
    import numpy as np

    mass = np.ones(1)
    for amount, p in outcomes:
        mass = np.convolve(mass, [1 - p, *[0.0] * (amount - 1), p])
    found = distribution(outcomes)
    for total in range(len(mass) + 1):
        assert found.at_least(total) == pytest.approx(float(mass[total:].sum()), abs=1e-9)


@given(
    st.lists(st.tuples(st.integers(-20, 60), PROBABILITIES), min_size=1, max_size=8), st.integers(-50, 250)
)
def test_influence_is_the_difference_between_having_a_deal_and_not(
    outcomes: list[tuple[int, float]], amount: int
) -> None:
    found = distribution(outcomes)
    for index, outcome in enumerate(outcomes):
        others = enumerated(outcomes[:index] + outcomes[index + 1 :])
        expected = at_least(others, amount - outcome[0]) - at_least(others, amount)
        assert found.influence(outcome, amount) == pytest.approx(expected, abs=1e-9)


def test_influence_of_the_vector() -> None:
    # Others than the 100: 50 · .9, 30 · .5, 20 · .5; they reach 100 alone with .9 × .5 × .5 = .225.
    assert distribution(VECTOR).influence((100, 0.2), 100) == pytest.approx(1 - 0.225)


def many(seed: int = 3) -> list[tuple[int, float]]:
    random = Random(seed)
    return [(int(random.lognormvariate(14, 1)) + 1, random.random()) for _ in range(300)]


def test_rounded_amounts_stay_within_the_error_that_is_told() -> None:
    outcomes = many()
    found = distribution(outcomes)
    mean = sum(amount * p for amount, p in outcomes)
    spread = sqrt(sum(amount**2 * p * (1 - p) for amount, p in outcomes))
    assert found.mean == pytest.approx(mean)
    assert found.unit > 1
    assert 0 < found.error < 0.05 * spread
    # A sum of 300 is nearly normal, so that its quantiles are known well enough from mean and spread.
    for q in (0.1, 0.5, 0.9):
        assert found.quantile(q) == pytest.approx(mean + stats.norm.ppf(q) * spread, abs=0.1 * spread)
    finer = distribution(outcomes, cells=40_000)
    for q in (0.1, 0.5, 0.9):
        assert abs(found.quantile(q) - finer.quantile(q)) <= 2 * found.unit
    assert found.at_least(int(mean)) == pytest.approx(finer.at_least(int(mean)), abs=5e-3)


def test_amounts_alike_are_not_all_rounded_the_same_way() -> None:
    # 300 times 1,000.01: rounded to the nearest cell, every one of them would be off by as much.
    outcomes = [(100_001, 0.5)] * 299 + [(100_002, 0.5)]
    found, oracle = distribution(outcomes), stats.binom(300, 0.5)
    assert found.unit > 1
    for q in (0.1, 0.5, 0.9):
        assert found.quantile(q) == pytest.approx(100_001 * oracle.ppf(q), rel=2e-3)


def test_influence_where_amounts_were_rounded() -> None:
    outcomes = [(int(amount), p) for amount, p in many()[:60]]
    found, finer = distribution(outcomes, cells=1500), distribution(outcomes, cells=100_000)
    assert found.unit > finer.unit
    for outcome in outcomes:
        expected = finer.influence(outcome, int(found.mean))
        assert found.influence(outcome, int(found.mean)) == pytest.approx(expected, abs=0.01)


def test_thousands_of_small_deals_beside_a_large_one() -> None:
    random = Random(5)
    chances = [random.random() for _ in range(3000)]
    small = stats.poisson_binom(chances)
    found = distribution([(1000, p) for p in chances] + [(60_000, 0.4)])
    mean, deviation = float(small.mean()), float(small.std())
    for count in range(int(mean - 3 * deviation), int(mean + 60 + 3 * deviation), 7):
        expected = 0.6 * float(small.sf(count - 1)) + 0.4 * float(small.sf(count - 61))
        assert found.at_least(count * 1000) == pytest.approx(expected, abs=1e-3)
    expected = float(small.sf(1449)) - float(small.sf(1509))
    assert found.influence((60_000, 0.4), 1_510_000) == pytest.approx(expected, abs=1e-3)


def test_300_deals_take_no_time() -> None:
    outcomes = many()
    taken = []
    for _ in range(5):
        begin = process_time()
        distribution(outcomes)
        taken.append(process_time() - begin)
    assert min(taken) < 0.05
