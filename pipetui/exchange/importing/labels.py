"""Column labels, and what they are compared by: "StageName" and "Deal - Stage name" are alike."""

import re
from functools import lru_cache

from pipetui.deals.text import fold

_PREFIX = re.compile(r"^(?:deal|affaire|opportunity|opportunite)\s+-\s+|^property\s+", re.IGNORECASE)
_CUSTOM = re.compile(r"(?<=\w)_{1,2}c$")
_NOT_WORD = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_FILLERS = frozenset(
    ["de", "du", "des", "d", "la", "le", "les", "l", "of", "the", "a", "an", "en", "et", "and"]
)


@lru_cache(maxsize=8192)
def key(header: str) -> str:
    """What a label is looked up by: its letters and digits, without a CRM's prefix or suffix."""
    return _NOT_WORD.sub("", _bare(header))


@lru_cache(maxsize=8192)
def words(header: str) -> frozenset[str]:
    """The words of a label, without fillers; camel case and underscores separate words."""
    parts = _NOT_WORD.split(_bare(_CAMEL.sub(" ", header)))
    return frozenset(part for part in parts if part) - _FILLERS


def _bare(header: str) -> str:
    return _PREFIX.sub("", fold(_CUSTOM.sub("", header.strip())))
