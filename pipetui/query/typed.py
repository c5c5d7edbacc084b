"""Amounts and days as people type them, English or French, whatever the language in use."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from pipetui.deals.money import Money, to_minor
from pipetui.deals.text import fold
from pipetui.forecast.periods import quarter

_SIGNS: Final = {"€": "EUR", "$": "USD", "£": "GBP"}
_TIMES: Final = {"": 0, "k": 3, "m": 6, "mio": 6, "bn": 9, "md": 9}
_AMOUNT: Final = re.compile(r"([A-Z]{3}|[€$£])?([\d.,' ]*\d)(k|m|mio|bn|md)?([A-Z]{3}|[€$£])?", re.IGNORECASE)
_MOST: Final = 10**15
"""Major units that no deal is worth: more is a slip of the hand, and would not fit into the store."""


def read_amount(text: str, currency: str) -> Money | None:
    """ "250k", "1,2 M€", "12 500,50", "$12,500", "USD 1200" → money; `None` if it is none of these.

    A comma or point followed by exactly three digits groups thousands, unless a k or an M follows.
    """
    bare = re.sub(r"\s+", "", text)
    match = _AMOUNT.fullmatch(bare)
    if match is None:
        return None
    before, digits, times, after = match.groups()
    if before and after:
        return None
    named = (before or after or "").upper()
    number = _number(digits, grouped=not times)
    if number is None:
        return None
    value = number.scaleb(_TIMES[(times or "").lower()])
    unit = _SIGNS.get(named, named) or currency
    return Money(to_minor(value, unit), unit) if value < _MOST else None


def _number(text: str, *, grouped: bool) -> Decimal | None:
    text = text.replace("'", "")
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return Decimal(text)
    decimal = marks[-1]
    if len(set(marks)) == 1:
        parts = text.split(decimal)
        is_grouped = parts[0].lstrip("0") == parts[0] != "" and all(len(part) == 3 for part in parts[1:])
        if len(marks) > 1 or (grouped and is_grouped):
            return Decimal("".join(parts)) if is_grouped else None
    whole, _mark, fraction = text.rpartition(decimal)
    groups = re.split(r"[.,]", whole)
    if any(len(group) != 3 for group in groups[1:]) or not fraction:
        return None
    return Decimal(f"{''.join(groups) or 0}.{fraction}")


_WEEKDAYS: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_NAMED: Final = {
    **dict.fromkeys(("today", "auj", "aujourd'hui"), 0),
    **dict.fromkeys(("tomorrow", "tom", "demain", "dem"), 1),
    **dict.fromkeys(("yesterday", "hier"), -1),
}
_UNITS: Final = {
    **dict.fromkeys(("", "d", "day", "days", "j", "jour", "jours"), "day"),
    **dict.fromkeys(("w", "week", "weeks", "s", "sem", "semaine", "semaines"), "week"),
    **dict.fromkeys(("m", "month", "months", "mois"), "month"),
    **dict.fromkeys(("y", "year", "years", "a", "an", "ans"), "year"),
}
_MONTH_WORDS: Final = frozenset({"month", "mois", "de mois", "du mois", "of month"})
_QUARTER_WORDS: Final = frozenset({"quarter", "trimestre", "de trimestre", "du trimestre", "of quarter"})
_YEAR_WORDS: Final = frozenset({"year", "annee", "d'annee", "de l'annee", "of year"})

_STEP: Final = re.compile(r"(?:(\+|-|in |dans )\s*)(\d{1,4})\s*([a-z]*)")
_NUMBERS: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?")
_DAY_MONTH: Final = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\.?[ -]*([a-z]+)\.?,?(?: +(\d{4}))?")
_MONTH_DAY: Final = re.compile(r"([a-z]+)\.? *(\d{1,2})(?:st|nd|rd|th)?,?(?: +(\d{4}))?")
_PART: Final = re.compile(r"(end|fin|eo|mid|mi)[ -]*(?:of |de |d')?([a-z' ]+?)\.?(?: +(\d{4}))?")


def read_day(text: str, today: date, *, past: bool = False, fiscal_year_start: int = 1) -> date | None:
    """ "2026-11-30", "30/11", "30 nov", "fri", "+2w", "-3", "tomorrow", "fin nov", "end of quarter" → a day.

    Args:
        text: what was typed; accents, case and surrounding space do not count.
        today: the day it is typed on.
        past: whether it is asked of something that has happened: what names no year, or only a weekday, is
            the nearest such day up to today instead of from today on.
        fiscal_year_start: the month in which the fiscal year begins, for the end of a quarter.

    Returns:
        The day, or `None` if it is none of these.
    """
    typed = fold(text)
    if typed in _NAMED:
        return _shifted(today, _NAMED[typed])
    try:
        return (
            _step(typed, today)
            or _weekday(typed, today, past=past)
            or _numbers(typed, today, past=past)
            or _named_month(typed, today, past=past)
            or _part(typed, today, past=past, start=fiscal_year_start)
            or date.fromisoformat(typed)
        )
    except (ValueError, OverflowError):
        return None


def _step(text: str, today: date) -> date | None:
    match = _STEP.fullmatch(text.replace("−", "-"))
    unit = _UNITS.get(match[3]) if match else None
    if match is None or unit is None:
        return None
    count = int(match[2]) * (-1 if match[1] == "-" else 1)
    if unit in ("day", "week"):
        return _shifted(today, count * (7 if unit == "week" else 1))
    month = today.month - 1 + count * (12 if unit == "year" else 1)
    year, month = today.year + month // 12, month % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))


def _shifted(today: date, days: int) -> date:
    return today + timedelta(days=days)


def _which(text: str, names: Sequence[str], count: int) -> int | None:
    """The one name that text of at least three letters begins, as its index in a language."""
    if len(text) < 3:
        return None
    found = {index % count for index, name in enumerate(names) if name.startswith(text)}
    exact = {index % count for index, name in enumerate(names) if name == text}
    found = exact or found
    return found.pop() if len(found) == 1 else None


def _weekday(text: str, today: date, *, past: bool) -> date | None:
    wanted = _which(text.rstrip("."), _WEEKDAYS, 7)
    if wanted is None:
        return None
    ahead = (wanted - today.weekday()) % 7
    return _shifted(today, -(-ahead % 7) if past else ahead or 7)


def _numbers(text: str, today: date, *, past: bool) -> date | None:
    match = _NUMBERS.fullmatch(text)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    if month > 12:
        day, month = month, day
    return _dated(day, month, match[3], today, past=past)


def _named_month(text: str, today: date, *, past: bool) -> date | None:
    for pattern, day_first in ((_DAY_MONTH, True), (_MONTH_DAY, False)):
        if match := pattern.fullmatch(text):
            day, name = (match[1], match[2]) if day_first else (match[2], match[1])
            month = _which(name, _MONTHS, 12)
            if month is not None:
                return _dated(int(day), month + 1, match[3], today, past=past)
    return None


def _dated(day: int, month: int, year: str | None, today: date, *, past: bool) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for years in range(5):  # as long as it may take until there is a 29 February again
        try:
            read = date(today.year + (-years if past else years), month, day)
        except ValueError:
            continue
        if read <= today if past else read >= today:
            return read
    raise ValueError(f"no such day: {day}/{month}")


def _part(text: str, today: date, *, past: bool, start: int) -> date | None:
    """The end or the middle of a month, the end of a quarter or year; a month alone means its end."""
    match = _PART.fullmatch(text)
    which, name, year = match.groups() if match else ("end", text.rstrip("."), None)
    middle = which in ("mid", "mi")
    name = {"m": "month", "q": "quarter", "y": "year"}.get(name, name) if which == "eo" else name
    if match and name in _MONTH_WORDS:
        return date(today.year, today.month, 15 if middle else monthrange(today.year, today.month)[1])
    if match and not middle and name in _QUARTER_WORDS:
        return quarter(today, start).end
    if match and not middle and name in _YEAR_WORDS:
        return date(today.year, 12, 31)
    month = _which(name, _MONTHS, 12)
    if month is None:
        return None
    years = int(year) if year else today.year
    day = date(years, month + 1, 15 if middle else monthrange(years, month + 1)[1])
    if year is None and past != (day < today) and day != today:
        years += -1 if past else 1
        day = date(years, month + 1, 15 if middle else monthrange(years, month + 1)[1])
    return day
