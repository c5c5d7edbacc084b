from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.forecast.periods import Period, month, quarter


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
