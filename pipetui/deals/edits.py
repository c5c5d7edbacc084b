"""What somebody decides about a deal, as small frozen values. The store turns them into events."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipetui.deals.fields import Value


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
class Settle:
    """Decide a field that was set here and changed in the CRM since, with those it only makes sense with."""

    deal_id: int
    field: str
    keep: Literal["ours", "theirs"]


Edit = Move | Close | Change | AddNote | Settle
