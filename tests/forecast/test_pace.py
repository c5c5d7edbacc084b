from datetime import date
from fractions import Fraction

import pytest

from pipetui.forecast.pace import Share, expected_share, pace
from pipetui.forecast.periods import Period

Q4 = Period.parse("2026-Q4")
TODAY = date(2026, 11, 22)
HALF = Share(Fraction(1, 2), "elapsed", 0)
EARLY_AND_LATE = [
    *[(date(2026, 8, 22), 30), (date(2026, 8, 23), 70)],  # 39 days before the end, and the day after
    *[(date(2026, 4, 1), 10), (date(2026, 6, 30), 40)],
    *[(date(2026, 2, 20), 20), (date(2026, 2, 21), 30)],  # the 20th of February is its matching day
    *[(date(2025, 11, 1), 100), (date(2025, 12, 31), 100)],
]


def test_own_share_from_four_periods_on() -> None:
    found = expected_share(EARLY_AND_LATE, Q4, TODAY)
    assert found == (Fraction(30 + 10 + 20 + 100, 400), "own", 4)


def test_the_present_period_and_what_comes_is_no_past() -> None:
    with_now = [*EARLY_AND_LATE, (TODAY, 999), (date(2027, 2, 1), 999)]
    assert expected_share(with_now, Q4, TODAY) == expected_share(EARLY_AND_LATE, Q4, TODAY)


def test_with_three_periods_time_elapsed_is_the_measure() -> None:
    found = expected_share(EARLY_AND_LATE[:6], Q4, TODAY)
    assert found == (Fraction(31 + 22, 92), "elapsed", 3)
    assert expected_share([], Q4, TODAY) == (Fraction(53, 92), "elapsed", 0)


def test_periods_that_are_not_wholly_known_are_left_out() -> None:
    found = expected_share(EARLY_AND_LATE, Q4, TODAY, known_since=date(2025, 10, 20))
    assert (found.source, found.periods) == ("elapsed", 3)


def test_a_period_without_wins_is_none_and_ends_nothing() -> None:
    older = [(day.replace(year=day.year - 1), amount) for day, amount in EARLY_AND_LATE[2:]]
    found = expected_share(EARLY_AND_LATE[:2] + older, Q4, TODAY)
    assert (found.source, found.periods) == ("own", 4)


@pytest.mark.parametrize(
    ("today", "share"),
    [(Q4.start, Fraction(1, 92)), (Q4.end, Fraction(1)), (date(2026, 9, 1), 0), (date(2027, 5, 1), 1)],
)
def test_time_elapsed(today: date, share: Fraction) -> None:
    assert expected_share([], Q4, today).value == share


@pytest.mark.parametrize(
    ("won", "state"),
    [(474, "behind"), (475, "on_track"), (500, "on_track"), (525, "on_track"), (526, "ahead"), (0, "behind")],
)
def test_bars(won: int, state: str) -> None:
    found = pace(won, 1000, HALF)
    assert found is not None
    assert (found.state, found.ratio, found.expected) == (state, won / 500, 500)
    assert found.share is HALF


def test_nothing_expected_yet() -> None:
    nothing = Share(Fraction(0), "own", 5)
    assert [pace(won, 1000, nothing) for won in (0, 1)] == [
        ("on_track", None, 0, nothing),
        ("ahead", None, 0, nothing),
    ]


@pytest.mark.parametrize("quota", [None, 0])
def test_without_a_quota_there_is_no_pace(quota: int | None) -> None:
    assert pace(5, quota, HALF) is None
