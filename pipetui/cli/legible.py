"""What an encoding does not know is written with what it knows: "Démo" as "Demo" and not as "D?mo"."""

import codecs
from typing import Final

NAME: Final = "legible"
"""Of the error handler, for `reconfigure(errors=...)`."""
_SIGNS: Final = {
    **dict.fromkeys("\u00a0\u202f\u2009", " "),
    **dict.fromkeys("‐–—−─━╌┄", "-"),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("“”«»", '"'),
    **dict.fromkeys("·│┃┊▕▏▎", "|"),
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
    **dict.fromkeys("●•", "*"),
    **dict.fromkeys("█▓▒░", "#"),
    "€": "E",
    "£": "L",
    "…": "~",
    "×": "x",
    "÷": "/",
    "→": ">",
    "▌": ">",
    "▊": "|",
    "↑": "^",
    "↓": "v",
    "←": "<",
    "▲": "!",
    "✓": "+",
    "œ": "o",
}
"""Each as wide as what it stands for, so that columns stay columns."""


def register() -> None:
    """Make the handler known to this process."""
    codecs.register_error(NAME, _stand_in)


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_legible, error.object[error.start : error.end])), error.end


def _legible(char: str) -> str:
    """One character; "?" where nothing comes near."""
    from unicodedata import combining, normalize

    if char in _SIGNS:
        return _SIGNS[char]
    if combining(char):
        return ""
    plain = normalize("NFKD", char)[0]
    return plain if plain.isascii() else "?"
