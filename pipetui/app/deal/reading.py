"""The history of a deal, read off the event loop."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from pipetui.app.deal.rows import Section

if TYPE_CHECKING:
    from pipetui.store.conflicts import Conflict
    from pipetui.store.reading import Story


class StoryRead(Message):
    """The history of a deal was read."""

    def __init__(self, deal_id: int, story: "Story", conflicts: "Sequence[Conflict]" = ()) -> None:
        super().__init__()
        self.deal_id = deal_id
        self.story = story
        self.conflicts = conflicts
        """Where people here and the CRM disagree."""


class Next(NamedTuple):
    """The next deal, before one goes on to it."""

    known: StoryRead
    columns: Sequence[Sequence[Section]]
    """What will be said of it."""
