"""Dates: formats, the column's vote, zones."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.clock import Clock
from pipetui.exchange.importing import dates

PARIS = Clock(ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-05", date(2026, 11, 5)),
        ("2026/11/5", date(2026, 11, 5)),
        ("2026-11-05 14:30", date(2026, 11, 5)),
        ("2026-02-23T08:55:00.000Z", date(2026, 2, 23)),
        ("2017-08-04T23:09:27.000+0000", date(2017, 8, 5)),
        ("15/11/2026", date(2026, 11, 15)),
        ("11/15/2026", date(2026, 11, 15)),
        ("02/23/26 08:55 PM", date(2026, 2, 23)),
        ("05.11.2026", date(2026, 11, 5)),
        ("5-11-26", date(2026, 11, 5)),
        ("15 Apr, 2021 00:02:00", date(2021, 4, 15)),
        ("Apr 15, 2021", date(2021, 4, 15)),
        ("3 janvier 2026", date(2026, 1, 3)),
        ("mardi 3 févr. 2026", date(2026, 2, 3)),
        ("1er août 2026", date(2026, 8, 1)),
        ("3 de enero de 2026", date(2026, 1, 3)),
        ("3. Dezember 2026", date(2026, 12, 3)),
        ("3 января 2026 г.", date(2026, 1, 3)),
        ("пн, 15 нояб. 2026", date(2026, 11, 15)),
        ("3 października 2026", date(2026, 10, 3)),
        ("10 paź 2026", date(2026, 10, 10)),
        ("3 giugno 2026", date(2026, 6, 3)),
        ("3 de março de 2026", date(2026, 3, 3)),
        ("05.11.2026 14.30", date(2026, 11, 5)),
        ("05/11/2026 02:30 p. m.", date(2026, 11, 5)),
        ("15-Nov-26", date(2026, 11, 15)),
        ("20261105", date(2026, 11, 5)),
        ("45631", date(2024, 12, 5)),
        ("45631,75", date(2024, 12, 5)),
        ("1583971200000", date(2020, 3, 12)),
    ],
)
def test_formats(text: str, day: date) -> None:
    assert dates.parse_day(text, "dmy", PARIS) == day


def test_the_order_decides_what_reads_both_ways() -> None:
    assert dates.parse_day("03/04/2026", "dmy", PARIS) == date(2026, 4, 3)
    assert dates.parse_day("03/04/2026", "mdy", PARIS) == date(2026, 3, 4)
    assert dates.parse_day("12/31/2026", "dmy", PARIS) == date(2026, 12, 31)


def test_times_are_wall_time_of_the_team() -> None:
    assert dates.parse_moment("2026-07-01T23:30:00Z", "dmy", PARIS) == datetime(2026, 7, 2, 1, 30)
    assert dates.parse_moment("2026-07-01 23:30", "dmy", PARIS) == datetime(2026, 7, 1, 23, 30)
    assert dates.parse_moment("02/23/26 12:05 AM", "mdy", PARIS) == datetime(2026, 2, 23, 0, 5)
    assert dates.parse_moment("2026-07-01 10:00 GMT+3", "mdy", PARIS) == datetime(2026, 7, 1, 9, 0)
    assert dates.parse_moment("01.07.2026 14.30", "dmy", PARIS) == datetime(2026, 7, 1, 14, 30)
    assert dates.parse_moment("2026-07-01T10:00:00-05:00", "mdy", PARIS) == datetime(2026, 7, 1, 17, 0)


@pytest.mark.parametrize("text", ["0000-00-00", "9999-12-31 23:59:59", "9999-12-31"])
def test_a_date_that_means_never_is_nothing(text: str) -> None:
    assert dates.parse_day(text, "dmy", PARIS) is dates.NOTHING


@pytest.mark.parametrize(
    "text", ["soon", "2026-13-01", "2026-02-30", "31/31/2026", "Q4 2026", "12", "1/2", "25:61", "1800-01-01"]
)
def test_no_date(text: str) -> None:
    assert dates.parse_day(text, "dmy", PARIS) is None


def test_votes() -> None:
    assert dates.vote(["03/04/2026", "15/04/2026"]).order == "dmy"
    assert dates.vote(["03/04/2026", "04/15/2026"]).order == "mdy"
    undecided = dates.vote(["03/04/2026", "05/05/2026", "2026-01-31"])
    assert (undecided.order, undecided.either, undecided.example) == (None, 1, "03/04/2026")


DAY = st.dates(date(1971, 1, 1), date(2069, 12, 31))


@given(DAY, st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y", "%d %b %Y", "%Y%m%d", "%d-%m-%Y 09:30"]))
def test_a_written_day_is_read_back(day: date, form: str) -> None:
    assert dates.parse_day(day.strftime(form), "dmy", PARIS) == day


@given(DAY)
def test_month_first_is_read_back(day: date) -> None:
    assert dates.parse_day(day.strftime("%m/%d/%Y"), "mdy", PARIS) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text: str) -> None:
    found = dates.parse_day(text, "mdy", PARIS)
    assert found is None or found is dates.NOTHING or isinstance(found, date)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Q4 2026", date(2026, 12, 31)),
        ("2026-Q1", date(2026, 3, 31)),
        ("T2 2027", date(2027, 6, 30)),
        ("Nov 2026", date(2026, 11, 30)),
        ("févr. 2028", date(2028, 2, 29)),
        ("ноябрь 2026 г.", date(2026, 11, 30)),
        ("listopad 2026", date(2026, 11, 30)),
        ("nov-26", date(2026, 11, 30)),
        ("11/2026", date(2026, 11, 30)),
        ("2026-11", date(2026, 11, 30)),
        ("13/2026", None),
        ("soon", None),
        ("2026", None),
        ("Q5 2026", None),
    ],
)
def test_a_month_or_quarter_ends_with_its_last_day(text: str, day: date | None) -> None:
    assert dates.parse_month(text) == day


@given(st.text(max_size=20))
def test_any_text_is_a_month_or_none(text: str) -> None:
    found = dates.parse_month(text)
    assert found is None or isinstance(found, date)
