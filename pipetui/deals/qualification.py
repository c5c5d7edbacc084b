"""What must be known about a deal, and how well it is known.

`Deal.levels` is seven digits, one for each of `ITEMS`; the items that only a profile of the playbook has
(MEDDPICC's metrics) follow by their ids, as far as something is known of them:
"2100000 competition=1 metrics=2". What is there of a profile that nobody uses any more stays there.
"""

import re
from collections.abc import Sequence
from typing import Final

ITEMS: Final = ("need", "decision_makers", "budget", "timeline", "risk", "next_step", "sponsor")
"""The qualification items, in the order of their digits in `Deal.levels`."""

UNKNOWN, STATED, CONFIRMED, EVIDENCED = range(4)
"""0 unknown, 1 stated by us, 2 confirmed by the buyer, 3 evidenced by something the buyer did."""

NOTHING_KNOWN: Final = "0" * len(ITEMS)

ID: Final = r"^[a-z][a-z0-9_]{0,39}$"
"""What the id of an item of a profile looks like."""

_PLACES: Final = {item: place for place, item in enumerate(ITEMS)}


def level(levels: str, item: str) -> int:
    """The level of one item."""
    place = _PLACES.get(item)
    if place is None:
        mark = f" {item}="
        at = levels.find(mark)
        return UNKNOWN if at < 0 else int(levels[at + len(mark)])
    return int(levels[place])


def with_level(levels: str, item: str, value: int) -> str:
    """`levels` with one item set; `ValueError` outside 0–3, or for what can be no item."""
    if not UNKNOWN <= value <= EVIDENCED:
        raise ValueError(f"level {value} of {item} is not 0–3")
    place = _PLACES.get(item)
    if place is not None:
        return f"{levels[:place]}{value}{levels[place + 1 :]}"
    if not re.match(ID, item):
        raise ValueError(f"{item!r} is no item")
    digits, *others = levels.split(" ")
    kept = [other for other in others if not other.startswith(f"{item}=")]
    if value != UNKNOWN:
        kept.append(f"{item}={value}")
    return " ".join((digits, *sorted(kept)))


def levels_by_item(levels: str) -> dict[str, int]:
    """The level of each of `ITEMS`, then of every other item of which something is known."""
    digits, *others = levels.split(" ")
    known = dict(zip(ITEMS, map(int, digits), strict=True))
    return known | {item: int(value) for item, _is, value in (other.partition("=") for other in others)}


def score(levels: str, items: Sequence[str] = ITEMS) -> float:
    """Qualification score, 0–1: Σ levels ÷ (3 × items)."""
    return sum(level(levels, item) for item in items) / (EVIDENCED * len(items))
