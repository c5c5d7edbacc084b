"""What is said of a query that was not understood: the problem first, short enough for a row of the board."""

from collections.abc import Iterable, Sequence
from typing import Final

from pipetui.deals.text import clean, fold
from pipetui.language import N_, _, current
from pipetui.language.builtin import shown
from pipetui.query import words

LONGEST = 24
"""Characters of somebody's word that are repeated: the rest of the sentence must be read, too."""
_ALIKE: Final = 0.65
"""From which likeness on (0–1, difflib's ratio) a known word is offered for an unknown one."""
_EXAMPLES: Final = ("Demo", "Proposal")

_WANTED: Final = {
    "owner": N_("an owner, or a part of the name"),
    "account": N_("an account, or a part of its name"),
    "name": N_("a part of the deal's name"),
    "team": N_("a team"),
    "source": N_("a source, such as hubspot"),
    "segment": N_("a segment"),
    "amount": N_("an amount, such as 20k or 1.2m"),
    "age": N_("a number of days, such as 30"),
    "days": N_("a number of days, such as 30"),
}


def unknown(word: str, known: Iterable[words.Words], *, hint: str = "") -> str:
    """A word that means nothing here, with the closest that does, else with all of them."""
    known = list(known)
    if near := _nearest(word, _words(known)):
        return _("“%(word)s” is not known; do you mean “%(near)s”?") % {"word": _short(word), "near": near}
    said = _("“%(word)s” is not known; known are %(known)s.") % {
        "word": _short(word),
        "known": ", ".join(its.told for its in known),
    }
    return f"{said} {hint}" if hint else said


def unknown_key(name: str) -> str:
    """A word before a colon or a comparison that is no filter."""
    return unknown(name, words.KEYS.values(), hint=_("Text goes in quotes."))


def unfinished(field: str, typed: str, operator: str, stages: Sequence[str]) -> str:
    """A filter that nothing follows yet.

    Args:
        field: the filter.
        typed: the filter and its operator as they were typed.
        operator: the operator alone.
        stages: the names of the stages there are, for examples.
    """
    if field == "stage":
        names = ", ".join(clean(shown(name), LONGEST) for name in (stages or _EXAMPLES)[:3])
        what = _("a stage, such as %(names)s") % {"names": names}
    elif field in words.CHOICES:
        what = _("one of %(known)s") % {"known": words.told(words.CHOICES[field])}
    elif field == "close":
        spans = operator in (":", "=", ":=")
        what = _("30d, 2026-12-31, overdue, month or quarter") if spans else _("a day: 30d, 2w or 2026-12-31")
    else:
        what = _(_WANTED[field])
    return _("“%(typed)s” wants %(what)s.") % {"typed": clean(typed), "what": what}


def not_compared(name: str) -> str:
    """A comparison of what has no order."""
    return _("“%(name)s” cannot be compared; write “%(name)s:”.") % {"name": name}


def no_amount(value: str) -> str:
    """What should be an amount is none."""
    return _("“%(value)s” is no amount; write 20000, 20k or 1.2m.") % {"value": _short(value)}


def no_number_of_days(value: str) -> str:
    """What should be a number of days is none."""
    return _("“%(value)s” is no number of days; write 30.") % {"value": _short(value)}


def no_day(value: str) -> str:
    """What should be a day or a span is none."""
    if near := _nearest(value, [name for names in words.CLOSES.values() for name in names]):
        return _("“%(word)s” is not known; do you mean “%(near)s”?") % {"word": _short(value), "near": near}
    return _("“%(value)s” is no day; write 30d, 2w, 2026-12-31, overdue, month, quarter or none.") % {
        "value": _short(value)
    }


def _words(known: Iterable[words.Words]) -> list[str]:
    """The words that may be offered: to who reads French also English ones, which CRMs and examples use."""
    spoken = (its.all if current() == "fr" else its.english for its in known)
    return [word for group in spoken for word in group]


def _nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like another one, as it can be typed; "" if none does."""
    from difflib import get_close_matches

    written = {fold(name): name.replace(" ", "_") for name in known}
    near = get_close_matches(fold(word), written, n=1, cutoff=_ALIKE)
    return written[near[0]] if near else ""


def _short(word: str) -> str:
    shown_word = clean(word)
    return shown_word if len(shown_word) <= LONGEST else shown_word[: LONGEST - 1].rstrip() + "…"
