"""Fiscal periods: the days between which something is counted."""

import re
from datetime import date, timedelta
from typing import NamedTuple, Self

_NAME = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.IGNORECASE)


class Period(NamedTuple):
    """A year, quarter or month."""

    name: str
    """"2026", "2026-Q4" (fiscal, the year named by its end) or "2026-11" (a calendar month)."""
    start: date
    end: date
    """Its last day."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    @property
    def days(self) -> int:
        """How many it has."""
        return (self.end - self.start).days + 1

    @classmethod
    def parse(cls, name: str, fiscal_year_start: int = 1) -> Self:
        """The period of a name; `ValueError` if it is none.

        Args:
            name: "2026", "2026-Q4" or "2026-11".
            fiscal_year_start: the month (1–12) in which the fiscal year begins.
        """
        match = _NAME.fullmatch(name.strip())
        if match is None or match[1] in ("0000", "0001", "9999"):
            raise ValueError(f"no period: {name!r}")
        year = int(match[1])
        if match[3]:
            return cls(name.strip(), *_months(year, int(match[3]), 1))
        # A fiscal year that does not begin in January is named by the calendar year it ends in.
        first_year = year if fiscal_year_start == 1 else year - 1
        if match[2]:
            return cls(
                f"{match[1]}-Q{match[2]}",
                *_months(first_year, fiscal_year_start + 3 * (int(match[2]) - 1), 3),
            )
        return cls(match[1], *_months(first_year, fiscal_year_start, 12))


def quarter(day: date, fiscal_year_start: int = 1) -> Period:
    """The fiscal quarter that a day lies in."""
    months = (day.month - fiscal_year_start) % 12
    year = day.year if fiscal_year_start == 1 or day.month < fiscal_year_start else day.year + 1
    return Period.parse(f"{year:04}-Q{months // 3 + 1}", fiscal_year_start)


def month(day: date) -> Period:
    """The calendar month that a day lies in."""
    return Period.parse(f"{day.year:04}-{day.month:02}")


def period_of(day: date, like: Period, fiscal_year_start: int = 1) -> Period:
    """The month, quarter or year that a day lies in, whichever another period is."""
    match = _NAME.fullmatch(like.name)
    if match and match[3]:
        return month(day)
    its = quarter(day, fiscal_year_start)
    return its if match and match[2] else Period.parse(its.name[:4], fiscal_year_start)


def before(period: Period, fiscal_year_start: int = 1) -> Period:
    """The month, quarter or year before one."""
    return period_of(period.start - timedelta(days=1), period, fiscal_year_start)


def after(period: Period, fiscal_year_start: int = 1) -> Period:
    """The month, quarter or year after one."""
    return period_of(period.end + timedelta(days=1), period, fiscal_year_start)


def parts(period: Period, fiscal_year_start: int = 1) -> tuple[Period, ...]:
    """The quarters of a year, the months of a quarter; a month has none."""
    match = _NAME.fullmatch(period.name)
    if match and match[3]:
        return ()
    smaller = month if match and match[2] else (lambda day: quarter(day, fiscal_year_start))
    found = [smaller(period.start)]
    while found[-1].end < period.end:
        found.append(smaller(found[-1].end + timedelta(days=1)))
    return tuple(found)


def matching_day(today: date, period: Period, past: Period) -> date:
    """The day of a past period that is as far from its end as today is from the end of another.

    A day of the one stays a day of the other: with 91 of 92 days left, 90 are left of 90. Before the period
    begins it is as many days before the past one began; after it has ended, its last day.
    """
    if today < period.start:
        return past.start - (period.start - today)
    return max(past.start, past.end - max(period.end - today, timedelta(0)))


def _months(year: int, first: int, length: int) -> tuple[date, date]:
    """First and last day of some months; `first` may lie beyond December."""
    return _first_day(year, first), _first_day(year, first + length) - timedelta(days=1)


def _first_day(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
