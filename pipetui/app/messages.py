"""What is told between the parts of the app, one typed message each."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from pipetui.app.session import Session
from pipetui.deals.deal import Deal, Stage

if TYPE_CHECKING:
    from pipetui.app.dialogs.dialog import Anchor
from pipetui.pipeline.pipeline import Pipeline


class Loaded(Message):
    """The store was read."""

    def __init__(self, session: Session, pipeline: Pipeline) -> None:
        super().__init__()
        self.session = session
        self.pipeline = pipeline


class Progress(Message):
    """Long work goes on."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said


class CanType(Message):
    """A dialog is there to be typed into, or none will come."""


class MoveWanted(Message):
    """Deals are to be moved to another stage: on, back, reopened, or closed."""

    def __init__(self, deal_ids: Sequence[int], where: Callable[[Deal], Stage | None]) -> None:
        super().__init__()
        self.deal_ids = deal_ids
        self.where = where
        """The stage, told when a deal's turn has come; `None` if there is none."""


class ChangeWanted(Message):
    """Something is to be asked about deals (`asking.QUESTIONS`) and changed."""

    def __init__(
        self, deal_ids: Sequence[int], what: str, at: "Callable[[], Anchor | None] | None" = None
    ) -> None:
        super().__init__()
        self.deal_ids = deal_ids
        self.what = what
        """Which question; behind a colon, about which part of a deal."""
        self.at = at
        """Tells where it stands on the screen, if it is to be edited there."""


class QualifyWanted(Message):
    """An item of a deal's qualification is known better or worse; `None` leaves level or text as it is."""

    def __init__(self, deal_id: int, item: str, level: int | None, text: str | None) -> None:
        super().__init__()
        self.deal_id = deal_id
        self.item = item
        self.level = level
        self.text = text


class Failed(Message):
    """Work ended in a problem that the user can do something about."""

    def __init__(self, problem: str, fatal: bool = False) -> None:
        super().__init__()
        self.problem = problem
        self.fatal = fatal
        """Whether there is nothing to show."""


class Step(NamedTuple):
    """Not a message but what a signal brings: something was written."""

    deal_ids: Sequence[int]
    returns: bool
    """Whether it was undone, or done again: one goes back to the deal instead of on to the next."""
