"""Velocity and which lever moved it."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.trends.velocity import LEVERS, Velocity, decomposed, velocity
from tests.trends.making import closed

NUMBERS = st.floats(min_value=1e-3, max_value=1e9, allow_nan=False)


def of(n: float, rate: float, mean: float, days: float) -> Velocity:
    return Velocity(n * rate * mean / days, n, rate, mean, days, 100, 50)  # type: ignore[arg-type]


def test_the_definitions_vector() -> None:
    its = velocity(40, closed(won=10, lost=30, amount=25_000_00, cycle=90))
    assert its.value == pytest.approx(2_777_78, abs=0.5)
    assert (its.n, its.win_rate, its.average_won, its.cycle_days) == (40, 0.25, 25_000_00, 90)


@pytest.mark.parametrize(
    ("won", "lost", "options", "why"),
    [
        (4, 40, {}, "few_won"),
        (6, 6, {}, "few"),
        (10, 10, {"cycle": 0}, "no_cycle"),
        (10, 10, {"cycle": -3}, "no_cycle"),
        (10, 10, {"amount": None}, "no_value"),
        (0, 0, {}, "few_won"),
    ],
)
def test_it_is_undefined_and_says_why(won: int, lost: int, options: dict[str, int], why: str) -> None:
    its = velocity(40, closed(won, lost, **options))
    assert its.value is None
    assert its.reason == why


def test_the_thing_that_doubled_did_it() -> None:
    steps = {step.lever: step.amount for step in decomposed(of(10, 0.25, 100, 50), of(10, 0.5, 100, 50))}
    assert steps == pytest.approx({"n": 0, "win_rate": 5, "average_won": 0, "cycle_days": 0})


def test_a_longer_cycle_slows() -> None:
    steps = {step.lever: step.amount for step in decomposed(of(10, 0.5, 100, 50), of(10, 0.5, 100, 100))}
    assert steps["cycle_days"] == pytest.approx(-5)


def test_levers_that_turn_against_one_another_at_the_same_velocity() -> None:
    steps = {step.lever: step.amount for step in decomposed(of(10, 0.5, 100, 50), of(20, 0.25, 100, 50))}
    assert steps["n"] == pytest.approx(-steps["win_rate"])
    assert steps["n"] > 0


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS), st.tuples(NUMBERS, NUMBERS, NUMBERS, NUMBERS))
def test_the_steps_sum_to_the_change(
    old: tuple[float, float, float, float], new: tuple[float, float, float, float]
) -> None:
    before, after = of(*old), of(*new)
    assert before.value is not None
    assert after.value is not None
    whole = sum(step.amount for step in decomposed(before, after))
    assert isclose(
        whole, after.value - before.value, rel_tol=1e-6, abs_tol=1e-6 * max(before.value, after.value)
    )


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_pipeline_that_was_empty(n: float, rate: float, mean: float) -> None:
    before, after = of(0, rate, mean, 30), of(n, rate, mean, 30)
    steps = decomposed(before, after)
    assert [step.lever for step in steps if step.amount] == ["n"]
    assert sum(step.amount for step in steps) == after.value
    assert sum(step.amount for step in decomposed(after, before)) == -(after.value or 0)


def test_nothing_is_decomposed_that_is_undefined() -> None:
    undefined = velocity(40, closed(1, 1))
    assert decomposed(undefined, of(1, 1, 1, 1)) == ()
    assert len(decomposed(of(1, 1, 1, 1), of(1, 1, 1, 1))) == len(LEVERS)
