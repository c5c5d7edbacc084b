"""Forecast categories and which of the three values is in force."""

from enum import StrEnum


class Category(StrEnum):
    """How a deal counts in the forecast; a deal without one is *unclassified*."""

    COMMIT = "commit"
    BEST_CASE = "best_case"
    UPSIDE = "upside"
    OMITTED = "omitted"


LETTERS = {Category.COMMIT: "c", Category.BEST_CASE: "b", Category.UPSIDE: "u", Category.OMITTED: "o"}
"""One letter a category, for cards and lists; the same in every language. Small, as the keys that set them:
the letters of flags are capitals."""
