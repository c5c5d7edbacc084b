"""Fiscal periods as people write them: "T4 2026", "2026-Q4", "oct. 2026", "FY26"."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.deals.text import fold
from pipetui.exchange.importing.dates import parse_day, parse_month
from pipetui.forecast.periods import month, quarter

Kind = Literal["month", "quarter"]

_YEAR: Final = r"(?:fy|exercice|annee|year)?\s?'?(?P<year>20\d\d|\d\d)"
_QUARTERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:q|t|quarter|qtr|trim|trimestre)[\s.]*(?P<n>[1-4])[\s/.\-_,]*{_YEAR}",
        rf"{_YEAR}[\s/.\-_]*(?:q|t|quarter|trimestre)\s?(?P<n>[1-4])",
        rf"(?P<n>[1-4])\s?(?:st|nd|rd|th|er|ere|eme|e)?\s?(?:q|t|quarter|trim\.?|trimestre)[\s/.\-_]*{_YEAR}",
    )
)
_WHOLE_YEAR: Final = re.compile(r"(?:fy|exercice|annee|year|fiscal year)?\s?(20\d\d)|fy\s?'?(\d\d)")
_NUMBER: Final = re.compile(r"(?:q|t|trim\.?|trimestre|quarter)?\s?([1-4])")
_CLOCK: Final = Clock()
"""Never asked: a day without a zone is the same everywhere."""


class Dated(NamedTuple):
    """A period that is named by a day in it."""

    day: date
    kind: Kind | None = None
    """`None`: nobody can tell."""


def period_name(text: str) -> str | None:
    """The name of the fiscal period that a text means, with its year; `None` if it means none."""
    folded = " ".join(fold(text).replace("’", "'").split())
    for pattern in _QUARTERS:
        if match := pattern.fullmatch(folded):
            return f"{_year(match['year'])}-Q{match['n']}"
    if match := _WHOLE_YEAR.fullmatch(folded):
        return _year(match[1] or match[2])
    if day := parse_month(text.strip()):
        return month(day).name
    return None


def in_year(text: str, year: str, kind: Literal["quarter", "month"]) -> str | None:
    """The period that a text means whose year stands elsewhere: "T4", "4", "octobre", "10"."""
    named = period_name(year) or ""
    if len(named) != 4:
        return None
    folded = fold(text).strip()
    if kind == "quarter":
        match = _NUMBER.fullmatch(folded)
        return f"{named}-Q{match[1]}" if match else None
    if folded.isdigit():
        return f"{named}-{int(folded):02}" if 1 <= int(folded) <= 12 else None
    day = parse_month(f"{text.strip()} {named}")
    return month(day).name if day else None


def day_of(text: str) -> date | None:
    """The day behind a text such as 2026-10-01 or 01/10/2026 00:00, day first; `None` if it is none."""
    day = parse_day(text.strip(), "dmy", _CLOCK) if any(map(str.isdigit, text)) else None
    return day if isinstance(day, date) and day.year >= 2000 else None


def dated(days: Iterable[date]) -> Kind | None:
    """Whether days name months or quarters: all of them three months or more apart are quarters."""
    months = sorted({12 * day.year + day.month for day in days})
    gaps = {later - earlier for earlier, later in pairwise(months)}
    if not gaps:
        return None
    return "quarter" if all(gap % 3 == 0 for gap in gaps) else "month"


def of_day(day: date, kind: Kind, fiscal_year_start: int) -> str:
    """The name of the period of a kind that a day lies in."""
    return (month(day) if kind == "month" else quarter(day, fiscal_year_start)).name


def _year(text: str) -> str:
    return text if len(text) == 4 else f"20{text}"
