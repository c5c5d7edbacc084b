from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.forecast.periods import Period, after, before, matching_day, month, parts, period_of, quarter


@pytest.mark.parametrize(
    ("name", "fiscal_year_start", "start", "end"),
    [
        ("2026-Q4", 1, date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-q1", 1, date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q1", 4, date(2025, 4, 1), date(2025, 6, 30)),  # the year is named by its end
        ("2026-Q4", 4, date(2026, 1, 1), date(2026, 3, 31)),
        ("2027-Q1", 12, date(2026, 12, 1), date(2027, 2, 28)),
        ("2024-Q1", 12, date(2023, 12, 1), date(2024, 2, 29)),
        ("2026-11", 4, date(2026, 11, 1), date(2026, 11, 30)),
        ("2026", 1, date(2026, 1, 1), date(2026, 12, 31)),
        ("2026", 7, date(2025, 7, 1), date(2026, 6, 30)),
    ],
)
def test_names(name: str, fiscal_year_start: int, start: date, end: date) -> None:
    assert Period.parse(name, fiscal_year_start)[1:] == (start, end)


@pytest.mark.parametrize(
    "name", ["", "Q4", "2026-Q5", "2026-13", "2026-00", "26-Q1", "2026-1", "2026-Q4-1", "0001"]
)
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no period"):
        Period.parse(name)


def test_quarter_of_a_day() -> None:
    assert quarter(date(2026, 11, 22)).name == "2026-Q4"
    assert quarter(date(2026, 11, 22), 4).name == "2027-Q3"
    assert quarter(date(2026, 3, 31), 4).name == "2026-Q4"
    assert month(date(2026, 2, 3)) == Period("2026-02", date(2026, 2, 1), date(2026, 2, 28))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12))
def test_every_day_lies_in_its_quarter_and_the_next_day_in_the_same_or_the_next(
    day: date, start: int
) -> None:
    mine, next_one = quarter(day, start), quarter(day + timedelta(days=1), start)
    assert day in mine
    assert mine == next_one or next_one.start == mine.end + timedelta(days=1)
    assert mine.start.day == 1
    assert (mine.start.month - start) % 3 == 0


@pytest.mark.parametrize(
    ("name", "fiscal_year_start", "one_before", "one_after"),
    [
        ("2026-Q4", 1, "2026-Q3", "2027-Q1"),
        ("2026-Q1", 4, "2025-Q4", "2026-Q2"),
        ("2026-01", 4, "2025-12", "2026-02"),
        ("2026", 7, "2025", "2027"),
    ],
)
def test_neighbours(name: str, fiscal_year_start: int, one_before: str, one_after: str) -> None:
    period = Period.parse(name, fiscal_year_start)
    assert before(period, fiscal_year_start) == Period.parse(one_before, fiscal_year_start)
    assert after(period, fiscal_year_start) == Period.parse(one_after, fiscal_year_start)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 12), st.sampled_from(["M", "Q", "Y"]))
def test_neighbours_touch_and_parts_fill(day: date, start: int, kind: str) -> None:
    like = Period.parse({"M": "2026-11", "Q": "2026-Q4", "Y": "2026"}[kind], start)
    period = period_of(day, like, start)
    assert day in period
    assert before(period, start).end + timedelta(days=1) == period.start
    assert after(before(period, start), start) == period
    inside = parts(period, start)
    assert len(inside) == {"M": 0, "Q": 3, "Y": 4}[kind]
    if inside:
        assert (inside[0].start, inside[-1].end) == (period.start, period.end)
        assert sum(part.days for part in inside) == period.days


@pytest.mark.parametrize(
    ("today", "matching"),
    [
        (date(2026, 12, 31), date(2026, 9, 30)),
        (date(2026, 11, 22), date(2026, 8, 22)),  # 39 days left
        (date(2026, 10, 1), date(2026, 7, 1)),  # both have 92 days
        (date(2026, 9, 21), date(2026, 6, 21)),  # ten days before it begins
        (date(2027, 1, 9), date(2026, 9, 30)),  # over
    ],
)
def test_matching_days(today: date, matching: date) -> None:
    assert matching_day(today, Period.parse("2026-Q4"), Period.parse("2026-Q3")) == matching


def test_a_shorter_period_matches_from_its_first_day_on() -> None:
    # The 1st of October has 91 days to go, the first quarter of 2026 has 90 in all.
    assert matching_day(date(2026, 10, 1), Period.parse("2026-Q4"), Period.parse("2026-Q1")) == date(
        2026, 1, 1
    )
