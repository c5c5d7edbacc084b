"""Text from outside in Markdown."""

import re
from typing import Final

_SPACES: Final = re.compile(r"[^\S\u00a0\u202f]+")
"""Those that may break; the others stand in numbers and before colons."""
_MARKS: Final = re.compile(r"([\\`*_\[\]<>#|~]|&(?=#?\w+;))")


def escaped(text: str) -> str:
    """Text on one line, as Markdown shows it unchanged."""
    return _MARKS.sub(r"\\\1", _SPACES.sub(" ", text).strip())
