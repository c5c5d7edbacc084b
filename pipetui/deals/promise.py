"""What somebody undertook to do for a deal to move on."""

from datetime import date
from typing import Literal, NamedTuple

PromiseKind = Literal["commitment", "action"]
"""The buyer's, or one of ours."""
PromiseState = Literal["open", "kept", "broken", "dropped"]
"""An action that is done is kept; what was written by mistake is dropped."""


class Promise(NamedTuple):
    """A buyer's commitment or an action of ours."""

    thread: int
    """What it is known by, whatever becomes of it."""
    deal_id: int | None
    """`None`: an action that concerns no single deal."""
    kind: PromiseKind
    who: str
    what: str
    due: date | None
    state: PromiseState

    def is_late(self, today: date) -> bool:
        """Whether it should have been kept by now."""
        return self.state == "open" and self.due is not None and self.due < today
