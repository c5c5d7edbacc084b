"""A field's column, and how it was found."""

from typing import Literal, NamedTuple

How = Literal["map", "remembered", "preset", "label", "guess"]


class Match(NamedTuple):
    """A field's column."""

    position: int
    column: str
    score: float
    """1 for a given or known label, less for a guess."""
    how: How
