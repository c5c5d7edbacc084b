"""What somebody decides about a deal, as small frozen values. The store turns them into events."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipetui.deals.fields import Value
from pipetui.deals.promise import PromiseKind, PromiseState


@dataclass(frozen=True, slots=True)
class Move:
    """Move an open deal to another open stage; `reason` passes unmet exit criteria."""

    deal_id: int
    version: int
    stage_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Close:
    """Win or lose a deal on a day that is not in the future, into a stage of kind won or lost.

    `reason` is why the buyer said yes or no; `despite` passes unmet exit criteria when it is won.
    """

    deal_id: int
    version: int
    stage_id: int
    on: date
    reason: str = ""
    despite: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Set one field of a deal to a value; `None` makes it unknown."""

    deal_id: int
    version: int
    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class AddNote:
    """Write a note on a deal."""

    deal_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Qualify:
    """Say how well an item of the qualification is known, and what is known; `None` leaves it as it is."""

    deal_id: int
    version: int
    item: str
    level: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Accept:
    """Let flags rest until a day (a snooze) or for a reason; they come back when the deal's facts change."""

    deal_id: int
    version: int
    flags: tuple[str, ...]
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Raise:
    """Let flags show again that were settled."""

    deal_id: int
    version: int
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nurture:
    """Put an open deal aside until a day to come."""

    deal_id: int
    version: int
    until: date


@dataclass(frozen=True, slots=True)
class Undertake:
    """Write down what somebody undertook, or what became of it (`thread`)."""

    deal_id: int
    kind: PromiseKind
    what: str
    who: str = ""
    due: date | None = None
    state: PromiseState = "open"
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    """Decide a field that was set here and changed in the CRM since, with those it only makes sense with."""

    deal_id: int
    field: str
    keep: Literal["ours", "theirs"]


Decision = Move | Close | Change | Nurture | Qualify | Accept | Raise
"""What rests on the deal as somebody saw it."""
Edit = Decision | AddNote | Undertake | Settle
