"""Flags in a cell or two: a shape for the severity, a letter for the flag; colour is never alone."""

import sys

from pipetui.language import _, pgettext
from pipetui.signals.flag import ASCII_SYMBOLS, SYMBOLS, TITLES, Severity

_LETTERS = {
    "stalled": lambda: pgettext("letter of a flag", "S"),
    "overdue": lambda: pgettext("letter of a flag", "O"),
    "gate": lambda: pgettext("letter of a flag", "G"),
    "idle": lambda: pgettext("letter of a flag", "I"),
    "late_action": lambda: pgettext("letter of a flag", "L"),
    "no_next_step": lambda: pgettext("letter of a flag", "N"),
    "weak": lambda: pgettext("letter of a flag", "W"),
    "pushed": lambda: pgettext("letter of a flag", "P"),
    "over_age": lambda: pgettext("letter of a flag", "A"),
    "too_soon": lambda: pgettext("letter of a flag", "T"),
    "shrunk": lambda: pgettext("letter of a flag", "D"),
    "no_sponsor": lambda: pgettext("letter of a flag", "X"),
    "unpriced": lambda: pgettext("letter of a flag", "U"),
}


def symbol(severity: Severity) -> str:
    """The shape of a severity; a plain character where the terminal has no Unicode."""
    return (SYMBOLS if has_unicode() else ASCII_SYMBOLS)[severity]


def has_unicode() -> bool:
    """Whether the terminal can show more than plain characters."""
    return (getattr(sys.__stdout__, "encoding", None) or "ascii").lower().startswith("utf")


def letter(flag: str) -> str:
    """The letter of a flag in the language in use; no two flags share one."""
    return _LETTERS[flag]()


def title(flag: str) -> str:
    """What a flag is called."""
    return _(TITLES[flag])
