from itertools import product
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from pipetui.statistics.poisson_binomial import distribution
from pipetui.statistics.simulation import simulate

VECTOR = [(50, 0.9), (30, 0.5), (20, 0.5), (100, 0.2)]


def alike(outcomes: list[tuple[int, float]], late: float = 0.0) -> list[tuple[int, float, float]]:
    return [(amount, p, late) for amount, p in outcomes]


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    one = simulate(alike(VECTOR), correlation=0.3, seed=7, runs=500)
    assert one == simulate(alike(VECTOR), correlation=0.3, seed=7, runs=500)
    assert one != simulate(alike(VECTOR), correlation=0.3, seed=8, runs=500)
    assert len(one.sums) == 500


def test_without_correlation_it_is_the_exact_distribution() -> None:
    found, exact = simulate(alike(VECTOR), certain=1000), distribution(VECTOR, certain=1000)
    for amount in range(1000, 1210, 10):
        assert found.at_least(amount) == pytest.approx(exact.at_least(amount), abs=0.02)
    assert [found.quantile(q) for q in (0.1, 0.5, 0.9)] == [1050, 1080, 1170]


@pytest.mark.parametrize("correlation", [0.1, 0.5, 0.9])
def test_each_keeps_its_own_probability(correlation: float) -> None:
    found = simulate(alike([(1, 0.3)]), correlation=correlation, runs=20_000)
    assert found.at_least(1) == pytest.approx(0.3, abs=0.01)


@given(st.floats(0.05, 0.9), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
@settings(max_examples=10)
def test_two_are_had_together_as_the_bivariate_normal_says(rho: float, one: float, other: float) -> None:
    found = simulate([(1, one, 0.0), (1, other, 0.0)], correlation=rho, runs=20_000)
    both = stats.multivariate_normal([0, 0], [[1, rho], [rho, 1]]).cdf(
        [stats.norm.ppf(one), stats.norm.ppf(other)]
    )
    assert found.at_least(2) == pytest.approx(float(both), abs=0.015)


def test_correlation_widens_the_band() -> None:
    deals = alike([(10, 0.5)] * 40)
    alone, together = simulate(deals), simulate(deals, correlation=0.3)
    assert together.quantile(0.9) - together.quantile(0.1) > 2 * (alone.quantile(0.9) - alone.quantile(0.1))
    assert together.mean == pytest.approx(200, rel=0.02)


def test_late_ones_are_not_had() -> None:
    assert simulate(alike([(10, 1.0)] * 5, late=1.0)).quantile(1.0) == 0
    assert simulate(alike([(10, 1.0)], late=0.25)).at_least(10) == pytest.approx(0.75, abs=0.02)


def test_in_a_bad_period_fewer_are_won_and_more_are_late() -> None:
    # Going well and being in time share the factor, so both together are likelier than their product.
    rho, well, late = 0.5, 0.5, 0.5
    both = stats.multivariate_normal([0, 0], [[1, rho], [rho, 1]]).cdf([0, 0])
    assert simulate([(1, well, late)], correlation=rho, runs=20_000).at_least(1) == pytest.approx(
        float(both), abs=0.015
    )


def test_certain_and_impossible_stay_so() -> None:
    found = simulate([(10, 1.0, 0.0), (5, 0.0, 0.0)], correlation=0.9, runs=300)
    assert set(found.sums) == {10}


def test_nothing_open_is_what_is_won() -> None:
    assert set(simulate([], certain=70, runs=10).sums) == {70}


def test_quantiles_are_the_first_crossing() -> None:
    found = simulate([(1, 0.0, 0.0)], runs=4)._replace(sums=[1, 2, 3, 4])
    assert [found.quantile(q) for q in (0.0, 0.25, 0.26, 0.5, 1.0)] == [1, 1, 2, 2, 4]
    assert found.at_least(3) == 0.5


@pytest.mark.parametrize(
    ("outcome", "correlation"),
    [((1, 1.5, 0.0), 0.0), ((1, 0.5, -0.1), 0.0), ((1, 0.5, 0.0), 1.0), ((1, 0.5, 0.0), -0.1)],
)
def test_what_makes_no_sense_is_refused(outcome: tuple[int, float, float], correlation: float) -> None:
    with pytest.raises(ValueError, match=r"probability|correlation"):
        simulate([outcome], correlation=correlation)


def test_equals_the_conditional_mixture() -> None:
    # By hand: average over the factor of the independent distributions.
    rho, deals = 0.4, [(30, 0.6), (20, 0.5), (50, 0.3)]
    expected = 0.0
    points = 2000
    for point in range(points):
        z = stats.norm.ppf((point + 0.5) / points)
        given_z = [stats.norm.cdf((stats.norm.ppf(p) + sqrt(rho) * z) / sqrt(1 - rho)) for _, p in deals]
        for had in product((0, 1), repeat=3):
            if sum(amount * it for (amount, _), it in zip(deals, had, strict=True)) >= 50:
                chance = 1.0
                for p, it in zip(given_z, had, strict=True):
                    chance *= p if it else 1 - p
                expected += chance / points
    found = simulate(alike(deals), correlation=rho, runs=20_000)
    assert found.at_least(50) == pytest.approx(expected, abs=0.01)
