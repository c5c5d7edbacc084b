"""Dates as people type them into a dialog."""

import re
from datetime import date, timedelta

_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?")
_BACK = re.compile(r"[-−](\d{1,4})")


def read_date(text: str, today: date) -> date | None:
    """ "2026-11-30", "30/11", "30/11/26", "-2" for two days ago, "" for today; `None` if it is none of these.

    Without a year it is the nearest such day in the past, because it is asked of things that have happened.
    """
    text = text.strip()
    if not text:
        return today
    try:
        if match := _BACK.fullmatch(text):
            return today - timedelta(days=int(match[1]))
        if match := _NUMBERS.fullmatch(text):
            return _numbers(int(match[1]), int(match[2]), match[3], today)
        return date.fromisoformat(text)
    except (ValueError, OverflowError):
        return None


def _numbers(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    read = date(today.year, month, day)
    return read if read <= today else date(today.year - 1, month, day)
