"""Which 8-bit encoding a text is in: by the labels it makes readable, else by the letters that it makes.

charset-normalizer was tried and takes French in Windows-1252 for Windows-1250.
"""

import re
from itertools import pairwise
from typing import Final, NamedTuple

from pipetui.exchange.importing.delimited import Knows

DEFAULT: Final = "cp1252"

_SIGNS: Final = "€£«»’‘“”„–—…°§·ºª№\xa0"
_WESTERN: Final = frozenset("àâäçéèêëîïôöùûüÿœæñáíóúãõßåøìòÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆÑÁÍÓÚÃÕÅØ" + _SIGNS)
_POLISH: Final = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ" + _SIGNS)
_RUSSIAN: Final = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁ" + _SIGNS)
_CANDIDATES: Final = (
    (DEFAULT, _WESTERN),
    ("cp1250", _POLISH),
    ("iso8859-2", _POLISH),
    ("cp1251", _RUSSIAN),
    ("koi8-r", _RUSSIAN),
    ("cp866", _RUSSIAN),
    ("mac-roman", _WESTERN),
    ("cp850", _WESTERN),
)
"""In order of preference: Windows' own first."""

_HIGH_LINE: Final = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_CELLS: Final = re.compile(r'[;,\t|"\r\n]+')
_LINES: Final = 400
_SURE: Final = 0.9
"""Share of the letters that must be those of the language for the guess to be told no more."""


class Guess(NamedTuple):
    """The likeliest encoding of a text."""

    encoding: str
    sure: bool
    example: str
    """A cell as it reads, with letters beyond ASCII."""


def guess(data: bytes, knows: Knows) -> Guess:
    """The likeliest of the usual 8-bit encodings of Western, Polish and Russian text."""
    lines = [match[0] for match, _number in zip(_HIGH_LINE.finditer(data), range(_LINES), strict=False)]
    sample = b"\n".join(lines)
    best, best_score, best_text = DEFAULT, (-1, -2.0), ""
    for encoding, letters in _CANDIDATES:
        text = sample.decode(encoding, "replace")
        score = _labels(text, knows), _naturalness(text, letters)
        if score > best_score:
            best, best_score, best_text = encoding, score, text
    cells = (cell.strip() for cell in _CELLS.split(best_text))
    example = next((cell for cell in cells if any(char.isalpha() and char > "\x7f" for char in cell)), "")
    return Guess(best, best == DEFAULT and (best_score[0] > 0 or best_score[1] >= _SURE), example)


def _labels(text: str, knows: Knows) -> int:
    """How many known column labels the text holds that only this encoding shows."""
    head = "\n".join(text.split("\n")[:30])
    return sum(not cell.isascii() and knows(cell.strip()) for cell in _CELLS.split(head))


def _naturalness(text: str, letters: frozenset[str]) -> float:
    """How much the letters beyond ASCII are those of a language and stand where they may, -1 to 1."""
    high = total = 0.0
    for before, char in pairwise(f" {text}"):
        if char.isascii():
            continue
        total += 1
        if char not in letters or (char.isupper() and before.islower()):
            high -= 1
        else:
            high += 1
    return high / total if total else 0.0
