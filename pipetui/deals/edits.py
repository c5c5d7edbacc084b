"""What somebody decides about a deal, as small frozen values. The store turns them into events."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipetui.deals.category import Category
from pipetui.deals.fields import Value
from pipetui.deals.promise import PromiseKind, PromiseState
from pipetui.deals.said import Said


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


@dataclass(frozen=True, slots=True)
class Classify:
    """Put an open deal into a category in a forecast call: the rep's own, or the manager's over it.

    `None` takes the side's category away; a manager who agrees with the rep has none. `said` replaces all
    that was said of the deal in this call, `None` leaves it. The deal counts as reached, and waits no more.
    """

    deal_id: int
    version: int
    call_id: int
    seen: int
    """The id of the line on which it was decided (`store.calls.Line`); 0: nothing was said so far."""
    side: Literal["rep", "manager"]
    category: Category | None
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Say:
    """Write down what is said of a deal in a call, or that it waits; `None` leaves it as it is."""

    deal_id: int
    call_id: int
    seen: int
    """As for `Classify`."""
    said: Said | None = None
    waiting: bool | None = None
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class SetQuota:
    """Set the quota of an owner, of a team, or with neither of everybody, in minor units.

    `None` lets the playbook's hold again, if it has one.
    """

    period: str
    amount: int | None
    owner: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class BeginCall:
    """Begin a forecast call on a period; one of the same scope that is not frozen yet is resumed instead."""

    period: str
    owner: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class SetNumber:
    """Write down the manager's own number, in minor units, and the risks."""

    call_id: int
    seen: int
    """The id of what stood there (`store.calls.Call.number_id`); 0: nothing."""
    number: int | None
    risks: str = ""


@dataclass(frozen=True, slots=True)
class Freeze:
    """Keep a call as it is, for good."""

    call_id: int
    snapshot: str
    """JSON: `forecast.calls.snapshot.Snapshot.plain`."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """Go on with a frozen call; what was frozen stays, and the next freeze is another revision."""

    call_id: int
    revision: int
    """The one that is reopened."""


Decision = Move | Close | Change | Nurture | Qualify | Accept | Raise | Classify
"""What rests on the deal as somebody saw it."""
OfDeal = Decision | AddNote | Undertake | Settle | Say
"""What concerns a deal."""
Apart = SetQuota | BeginCall | SetNumber | Freeze | Reopen
"""What concerns no single deal."""
Edit = OfDeal | Apart
