"""What the app knows of the store at one moment: read and judged off the event loop, then never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipetui.deals.deal import Deal, Stage
from pipetui.query.prepared import Prepared
from pipetui.signals.context import Context
from pipetui.signals.flag import Flag

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.reading import Snapshot


@dataclass(frozen=True, slots=True)
class State:
    """Deals, stages, flags, and everything prepared for filtering and sorting."""

    today: date
    currency: str
    """The reporting currency."""
    playbook: "Playbook"
    snapshot: "Snapshot"
    deals: Mapping[int, Deal]
    stages: Mapping[int, Stage]
    context: Context
    flags: Mapping[int, tuple[Flag, ...]]
    flagged: frozenset[int]
    """The ids of the deals with a flag."""
    prepared: Sequence[Prepared]
    """In the order of the store, one a deal."""
    probability: Mapping[int, float]
    """By stage id, the probability that a deal in it is won."""
    notices: Sequence[str]
    """Which flags are silent for want of a column."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show yet."""
        return not self.deals
