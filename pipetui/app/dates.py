"""Dates that were typed into a dialog, as people read them before they press enter."""

from datetime import date

from pipetui.app import words
from pipetui.language import _, format, pgettext

_LONG_AGO = 365
"""Days after which a date that has passed is more likely a slip of the hand."""


def in_words(day: date, today: date) -> str:
    """A day as it is read back: "Friday 20 Nov · 2 d ago", "Sunday 30 Nov 2025 · 357 d ago"."""
    absolute = format.long_date(day) if day.year == today.year else words.full_date(day)
    behind = (today - day).days
    if behind > format.NEAR_DAYS:
        relative = pgettext("short", "%(n)d\u00a0d ago") % {"n": behind}
    elif behind < -format.NEAR_DAYS:
        relative = pgettext("short", "in %(n)d\u00a0d") % {"n": -behind}
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
