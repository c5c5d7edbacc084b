"""In which order a call goes through its deals, and how much time each part gets."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final, Literal, NamedTuple

from pipetui.deals.category import Category
from pipetui.forecast.calls.entry import CallEntry

Part = Literal[
    "last_call", "changes", "commit", "best_case", "upside", "unclassified", "waiting", "number", "freeze"
]
PARTS: Final[tuple[Part, ...]] = (
    *("last_call", "changes", "commit", "best_case", "upside", "unclassified", "waiting", "number", "freeze"),
)
SECONDS_A_DEAL: Final = 90
FIXED: Final[Mapping[Part, float]] = {"last_call": 0.1, "changes": 0.15, "number": 0.1, "freeze": 0.05}
"""The share of the meeting that belongs to the parts without a queue."""

_PART_OF: Final[Mapping[Category | None, Part]] = {
    Category.COMMIT: "commit",
    Category.BEST_CASE: "best_case",
    Category.UPSIDE: "upside",
    None: "unclassified",
}


class Turn(NamedTuple):
    """A deal whose turn comes."""

    part: Part
    deal_id: int


def queue(entries: Iterable[CallEntry], waiting: Collection[int] = ()) -> tuple[Turn, ...]:
    """The open deals in the order of the call: commit, best case, upside, not yet classified.

    Within a part the largest come first, then the unpriced; of the same amount what closes first. What waits
    comes at the end, in the same order. Omitted deals are out until somebody jumps to them. Made once when a
    call begins: a deal that is classified keeps its turn, or the queue would change under the cursor.

    Args:
        entries: the deals of the period.
        waiting: ids of those to come back to later.
    """
    its = [entry for entry in entries if entry.state == "open" and entry.category in _PART_OF]
    its.sort(key=lambda entry: (_PARTS_IN_ORDER[_PART_OF[entry.category]], *_weight(entry)))
    later = frozenset(waiting)
    first = [Turn(_PART_OF[entry.category], entry.deal_id) for entry in its if entry.deal_id not in later]
    return (*first, *(Turn("waiting", entry.deal_id) for entry in its if entry.deal_id in later))


def put_off(turns: Iterable[Turn], deal_id: int) -> tuple[Turn, ...]:
    """The queue after a deal was told to wait: at the end, behind those that wait already."""
    its = tuple(turns)
    kept = tuple(turn for turn in its if turn.deal_id != deal_id)
    return (*kept, Turn("waiting", deal_id)) if len(kept) < len(its) else its


def budget(turns: Iterable[Turn], minutes: int, seconds_a_deal: int = SECONDS_A_DEAL) -> dict[Part, int]:
    """Seconds for each part of the meeting, in the order of the agenda.

    The parts without a queue get their share (10 % last call, 15 % changes, 10 % the number, 5 % freeze).
    Each deal gets its 90 seconds while there are enough, and the meeting ends earlier; else all get less.
    """
    whole = minutes * 60
    deals: dict[Part, int] = {}
    for turn in turns:
        deals[turn.part] = deals.get(turn.part, 0) + 1
    for_deals = whole * (1 - sum(FIXED.values()))
    each = min(float(seconds_a_deal), for_deals / max(1, sum(deals.values())))
    return {
        part: round(whole * FIXED[part] if part in FIXED else each * deals[part])
        for part in PARTS
        if part in FIXED or part in deals
    }


_PARTS_IN_ORDER: Final = {part: place for place, part in enumerate(PARTS)}


def _weight(entry: CallEntry) -> tuple[bool, int, bool, int, int]:
    day = entry.close_date
    return (
        *(entry.worth is None, -(entry.worth or 0)),
        *(day is None, day.toordinal() if day else 0, entry.deal_id),
    )
