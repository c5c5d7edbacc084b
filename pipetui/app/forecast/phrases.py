"""How periods, scopes and figures are called, and short forms of amounts."""

import re

from pipetui.app.marks import has_unicode
from pipetui.forecast.pace import State
from pipetui.forecast.wording import scope_told as scope
from pipetui.language import _, format, ngettext, pgettext

__all__ = ["STATE_STYLES", "deals", "figure", "scope", "span", "state", "times"]

_NUMBER = re.compile(r"(\D*)(.*\d)(\D*)", re.DOTALL)


def state(its: State) -> str:
    """How what is won stands against what should be by now, with a shape of its own."""
    ways = {
        "ahead": ("↗", "+", _("ahead of the pace")),
        "on_track": ("→", "=", _("at the pace")),
        "behind": ("↘", "-", _("behind the pace")),
    }
    sign, plain, word = ways[its]
    return f"{sign if has_unicode() else plain} {word.upper()}"


STATE_STYLES = {"ahead": "$good", "on_track": "$primary", "behind": "$flag-high"}


def figure(key: str) -> str:
    """What a figure is called."""
    return {
        "won": lambda: pgettext("figure", "won"),
        "commit": lambda: _("commit"),
        "best_case": lambda: _("best case"),
        "upside": lambda: _("upside"),
        "unclassified": lambda: pgettext("figure", "unclassified"),
        "quota": lambda: _("quota"),
        "landing": lambda: _("landing"),
        "coverage": lambda: _("coverage"),
        "weighted": lambda: pgettext("figure", "weighted"),
        "omitted": lambda: pgettext("figure", "omitted"),
        "missing": lambda: pgettext("figure", "not in the export"),
        "nurture": lambda: pgettext("figure", "in nurture"),
        "undated": lambda: pgettext("figure", "without a close date"),
        "unpriced": lambda: pgettext("figure", "unpriced"),
    }[key]()


def deals(count: int) -> str:
    """A number of deals."""
    return ngettext("%(n)s deal", "%(n)s deals", count) % {"n": format.number(count)}


def span(low: int, high: int, currency: str) -> str:
    """From an amount to another, the unit once: "€498–622k", « 498–622 k€ »."""
    first, last = format.short_money(low, currency), format.short_money(high, currency)
    one, other = _NUMBER.fullmatch(first), _NUMBER.fullmatch(last)
    if one and other and one[1] == other[1] and one[3] == other[3]:
        return f"{one[1]}{one[2]}–{other[2]}{other[3]}"
    return f"{first} – {last}"


def times(value: float) -> str:
    """A coverage: "1.4×"."""
    return f"{format.number(value, 1)}×"
