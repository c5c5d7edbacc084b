"""Forecast categories and which of the three values is in force."""

from enum import StrEnum


class Category(StrEnum):
    """How a deal counts in the forecast; a deal without one is *unclassified*."""

    COMMIT = "commit"
    BEST_CASE = "best_case"
    UPSIDE = "upside"
    OMITTED = "omitted"


LETTERS = {Category.COMMIT: "C", Category.BEST_CASE: "B", Category.UPSIDE: "U", Category.OMITTED: "O"}
"""One letter a category, for cards and lists; the same in every language."""
