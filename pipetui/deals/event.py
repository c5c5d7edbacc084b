"""The append-only history of a deal: what changed, when, from what to what."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, NamedTuple

from pipetui.deals.fields import ARCHIVED, CREATED, Value, decode, decode_state

Origin = Literal["export", "history", "person"]
"""Where an event comes from: the comparison of exports, a history file, somebody in pipetui."""


class Event(NamedTuple):
    """One change of one field at one moment (naive wall time of the team)."""

    id: int
    deal_id: int
    at: datetime
    field: str
    old: str | None
    new: str | None
    origin: Origin
    batch_id: int


class Clocks(NamedTuple):
    """What the deal's row keeps of its history, so that a first paint need not read it."""

    stage_entered_at: datetime | None
    last_move_at: datetime | None
    push_count: int


def replay(events: Iterable[Event]) -> dict[str, Value]:
    """The state after the effective events of one deal, in order of (at, id); unknown fields are left out."""
    state: dict[str, Value] = {}
    for event in sorted(events, key=lambda event: (event.at, event.id)):
        if event.field == CREATED:
            # What came before is known from a history only; what is true on that day, the export says whole.
            state = decode_state(event.new or "{}")
        elif event.field != ARCHIVED:
            state[event.field] = decode(event.field, event.new)
    return {field: value for field, value in state.items() if value is not None}


def is_push(old: date | None, new: date | None) -> bool:
    """Whether a change of the expected close date moved it later."""
    return old is not None and new is not None and new > old


def is_move(field: str, old: Value, new: Value) -> bool:
    """A move is a stage change, an amount change or a close date brought forward; a push is not one."""
    if field == "close_date":
        return isinstance(old, date) and isinstance(new, date) and new < old
    return field in ("stage_id", "amount")


def clocks(events: Iterable[Event]) -> Clocks:
    """When the deal entered its stage, moved last, and how often it was pushed, from its effective events.

    Where no event tells, the export's own last stage change stands in; creation and last-modified never do.
    """
    entered: datetime | None = None
    moved: datetime | None = None
    reported: date | None = None
    pushes = 0
    for event in sorted(events, key=lambda event: (event.at, event.id)):
        if event.field == CREATED:
            if '"last_stage_change"' in (event.new or ""):  # most exports have none, and decoding costs
                change = decode_state(event.new or "{}").get("last_stage_change")
                reported = change if isinstance(change, date) else reported
            continue
        if event.field == "last_stage_change":
            change = decode(event.field, event.new)
            reported = change if isinstance(change, date) else None
            continue
        if event.field not in ("stage_id", "amount", "close_date"):
            continue
        old, new = decode(event.field, event.old), decode(event.field, event.new)
        if event.field == "stage_id":
            entered = event.at
        if is_move(event.field, old, new):
            moved = event.at
        elif event.field == "close_date" and isinstance(old, date) and isinstance(new, date):
            pushes += is_push(old, new)
    if reported is not None:
        midnight = datetime.combine(reported, datetime.min.time())
        entered = entered or midnight
        moved = moved or midnight
    return Clocks(entered, moved, pushes)
