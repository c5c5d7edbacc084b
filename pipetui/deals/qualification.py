"""What must be known about a deal, and how well it is known."""

from typing import Final

ITEMS: Final = ("need", "decision_makers", "budget", "timeline", "risk", "next_step", "sponsor")
"""The qualification items, in the order of their digits in `Deal.levels`."""

UNKNOWN, STATED, CONFIRMED, EVIDENCED = range(4)
"""0 unknown, 1 stated by us, 2 confirmed by the buyer, 3 evidenced by something the buyer did."""

NOTHING_KNOWN: Final = "0" * len(ITEMS)


def level(levels: str, item: str) -> int:
    """The level of one item."""
    return int(levels[ITEMS.index(item)])


def with_level(levels: str, item: str, value: int) -> str:
    """`levels` with one item set; `ValueError` outside 0–3."""
    if not UNKNOWN <= value <= EVIDENCED:
        raise ValueError(f"level {value} of {item} is not 0–3")
    index = ITEMS.index(item)
    return f"{levels[:index]}{value}{levels[index + 1 :]}"


def score(levels: str) -> float:
    """Qualification score, 0–1: Σ levels ÷ (3 × items)."""
    return sum(map(int, levels)) / (EVIDENCED * len(ITEMS))
