"""What is said in a call, written at once and durably, without reading the store again."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipetui.app.session import Session
    from pipetui.deals.edits import Edit
    from pipetui.store.writing import Applied


class Written(NamedTuple):
    """What was written, when and by whom."""

    applied: "Applied"
    at: datetime
    by: str


def write(session: "Session", edits: "Sequence[Edit]", because: str = "") -> Written:
    """Write edits as one step that can be undone; in a thread.

    Raises:
        Problem: such as `Stale`: somebody else was quicker.
    """
    from pipetui.store import writing

    launch = session.launch
    at, by = launch.clock.now(), launch.user
    applied = writing.apply(session.store, edits, by=by, at=at, playbook=launch.playbook, because=because)
    return Written(applied, at, by)
