"""The flags that rest on what happened to this deal, and to all of them, around their thresholds."""

import pytest

from pipetui.deals.deal import Deal
from pipetui.signals.context import Context
from pipetui.signals.history import Step
from pipetui.signals.rhythm import Pace
from pipetui.signals.rules import flags_of
from tests.signals.making import context, days, deal, past, playbook


def raised(flag: str, one: Deal, known: Context) -> bool:
    return flag in [found.name for found in flags_of(one, known)]


@pytest.mark.parametrize(("pushes", "expected"), [(0, False), (1, False), (2, True), (5, True)])
def test_pushed_from_the_push_limit_on(pushes: int, expected: bool) -> None:
    assert raised("pushed", deal(push_count=pushes), context()) is expected


def test_the_push_limit_is_the_playbooks() -> None:
    strict, patient = playbook(limits={"push_limit": 1}), playbook(limits={"push_limit": 3})
    assert raised("pushed", deal(push_count=1), context(strict))
    assert not raised("pushed", deal(push_count=2), context(patient))


@pytest.mark.parametrize(
    ("cycle", "age", "expected"),
    [
        (90.0, 89, False),
        (90.0, 90, False),  # as old as nine of ten won ones
        (90.0, 91, True),
        (90.4, 90, False),
        (90.4, 91, True),
        (0.0, 0, False),
        (0.0, 1, True),
        (90.0, None, False),  # nobody knows when it was created
        (90.0, -3, False),
    ],
)
def test_over_age_beyond_the_p90_of_the_won_deals_cycle(
    cycle: float, age: int | None, expected: bool
) -> None:
    one = deal(created=None if age is None else days(-age))
    assert raised("over_age", one, context(history=past(won=20, cycle=cycle))) is expected


def test_over_age_is_silent_on_nineteen_wins() -> None:
    assert not raised("over_age", deal(created=days(-900)), context(history=past(won=19, cycle=9.0)))
    assert not raised("over_age", deal(created=days(-900)), context())


@pytest.mark.parametrize(
    ("needed", "left", "expected"),
    [
        (10.0, 9, True),
        (10.0, 10, False),  # as many as nine of ten needed
        (10.0, 11, False),
        (9.2, 9, True),
        (9.2, 10, False),
        (10.0, 0, True),
        (10.0, -1, False),  # overdue, and nothing else
        (0.0, 0, False),
        (10.0, None, False),
    ],
)
def test_too_soon_below_the_p10_of_the_time_that_won_deals_still_needed(
    needed: float, left: int | None, expected: bool
) -> None:
    one = deal(close_date=None if left is None else days(left))
    learned = past(paces={2: Pace(won=20, remaining=needed)})
    assert raised("too_soon", one, context(history=learned)) is expected


def test_too_soon_is_silent_on_nineteen_wins_and_in_other_stages() -> None:
    soon = deal(close_date=days(1))
    assert not raised("too_soon", soon, context(history=past(paces={2: Pace(won=19, remaining=50.0)})))
    assert not raised("too_soon", soon, context(history=past(paces={1: Pace(won=99, remaining=50.0)})))


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([(-10, 100_00)], 80_01, False),
        ([(-10, 100_00)], 80_00, True),  # a fifth is gone
        ([(-10, 100_00)], 79_99, True),
        ([(-30, 100_00)], 50_00, True),  # in force until thirty days ago
        ([(-31, 100_00)], 50_00, False),
        ([(-31, 100_00), (-3, 60_00)], 50_00, False),  # 60 to 50 is a sixth
        ([(-20, 50_00), (-3, 100_00)], 60_00, True),
        ([(-20, 100_00), (-3, 40_00)], 90_00, False),  # it has come back
        ([(-10, 100_00)], None, False),  # unpriced, which is another flag
        ([(-10, 0)], 0, False),
        ([], 50_00, False),
    ],
)
def test_shrunk_by_a_fifth_of_the_highest_amount_of_thirty_days(
    before: list[tuple[int, int]], now: int | None, expected: bool
) -> None:
    steps = {1: tuple(Step(days(until), amount) for until, amount in before)}
    assert raised("shrunk", deal(amount=now), context(history=past(steps=steps))) is expected
