"""What the keys do to the deals that one has before one, on the board as in the deal view."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

from pipetui.app.messages import ChangeWanted, MoveWanted
from pipetui.deals.deal import Deal, Stage

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.dialogs.dialog import Anchor


class ActsOnDeals(MessagePump):
    """A place with deals that its keys act on."""

    app: "PipetuiApp"

    @property
    def concerned(self) -> Sequence[int]:
        """The ids of the deals that a key acts on; a place names its own."""
        return ()

    def action_ask(self, what: str) -> None:
        """Ask for another amount, date, owner … of the deals."""
        if self.concerned:
            self.want(what)

    def want(self, what: str, at: "Callable[[], Anchor | None] | None" = None) -> None:
        """Ask something of the deals, on the line that `at` tells; keys wait until it is there."""
        self.app.ahead.hold()
        self.post_message(ChangeWanted(self.concerned, what, at))

    def action_move_deal(self, step: int) -> None:
        """A stage on or back; beyond the last open stage it is won."""
        from pipetui.app.board.targets import beside

        self.move(lambda deal: beside(self.app.pipeline, deal, step) if self.app.pipeline else None)

    def action_close_deal(self, kind: str) -> None:
        """Won or lost."""
        from pipetui.app.board.targets import closed_stage

        if self.concerned:
            self.app.ahead.hold()
        self.move(lambda deal: closed_stage(self.app.pipeline, deal, kind) if self.app.pipeline else None)

    def move(self, where: Callable[[Deal], Stage | None]) -> None:
        """Move the deals to where each of them goes."""
        if self.concerned:
            self.post_message(MoveWanted(self.concerned, where))
