"""Dates as people type them into a dialog, and as they read them before they press enter."""

import re
from datetime import date, timedelta

from pipetui.app import words
from pipetui.language import _, format, pgettext

_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?")
_BACK = re.compile(r"[-−](\d{1,4})")
_LONG_AGO = 365
"""Days after which a date that has passed is more likely a slip of the hand."""


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


def in_words(day: date, today: date) -> str:
    """A day as it is read back: "Friday 20 Nov · 2 d ago", "Sunday 30 Nov 2025 · 357 d ago"."""
    absolute = format.long_date(day) if day.year == today.year else words.full_date(day)
    behind = (today - day).days
    if behind > format.NEAR_DAYS:
        relative = pgettext("short", "%(n)d d ago") % {"n": behind}
    elif behind < -format.NEAR_DAYS:
        relative = pgettext("short", "in %(n)d d") % {"n": -behind}
    else:
        relative = format.ago(day, today)
    return f"{absolute} · {relative}"


def doubt(day: date, today: date, created: date | None) -> str:
    """What makes a closing date look like a slip; "" for nothing. The CRM's own date may be the wrong one."""
    if created is not None and day < created:
        return _("The deal was created later, on %(day)s.") % {"day": words.full_date(created)}
    if (today - day).days > _LONG_AGO:
        return _("That is more than a year ago.")
    return ""


def _numbers(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    read = date(today.year, month, day)
    return read if read <= today else date(today.year - 1, month, day)
