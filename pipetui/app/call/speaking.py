"""What the keys of a call say: of the deal, of the number, of the clocks."""

from typing import TYPE_CHECKING

from textual.message_pump import MessagePump

from pipetui.app.call.asking import Asking
from pipetui.app.call.banner import Banner
from pipetui.app.call.clocks import Clocks
from pipetui.app.call.desk import Desk
from pipetui.deals.category import Category
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


class Speaks(MessagePump):
    """The part of a call's screen that something is said in."""

    app: "PipetuiApp"
    desk: Desk
    clocks: Clocks
    asking: Asking
    banner: Banner

    def show(self, *, writing: int = 0) -> None:
        """Everything as the call stands."""

    def action_turn(self, step: int) -> None:
        """The next deal, or the one before."""

    def action_classify(self, category: str) -> None:
        """A category for the deal: one key if nothing is wrong, else the reason first."""
        self.asking.classify(Category(category))

    def action_reason(self) -> None:
        """The reason or the condition anew."""
        self.asking.reason()

    def action_note(self) -> None:
        """What was answered."""
        self.asking.note()

    def action_ask(self, what: str) -> None:
        """Another date, amount, next step."""
        self.asking.ask(what)

    def action_jump(self) -> None:
        """To any deal of the period, by typing."""
        self.asking.jump()

    def action_wait(self) -> None:
        """Come back to it at the end."""
        self.asking.wait()

    def action_side(self) -> None:
        """The manager's call instead of the rep's, and back."""
        desk = self.desk
        desk.side = "manager" if desk.side == "rep" else "rep"
        said = _("The manager’s call: what differs from the rep’s wants a reason.")
        self.app.say(said if desk.side == "manager" else _("The rep’s own call."))
        self.show()

    def action_timer(self) -> None:
        """Stop the clocks, or let them run."""
        self.clocks.toggle()
        self.banner.show(self.desk, self.clocks)

    def action_enter(self) -> None:
        """The deal view; on the last pages the number, freezing, and the minutes of what was frozen."""
        desk = self.desk
        deal, part = desk.deal, desk.stop.part
        if deal is not None:
            self.app.open_deal(deal, desk.deal_ids)
        elif part == "number":
            self.asking.number()
        elif part == "freeze" and desk.background.call.is_frozen:
            self.asking.minutes()
        elif part == "freeze":
            self.asking.freeze()
        else:
            self.action_turn(1)

    def action_reopen(self) -> None:
        """Go on with a frozen call."""
        self.asking.reopen()
