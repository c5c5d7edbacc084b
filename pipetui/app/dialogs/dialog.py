"""What all dialogs share."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pipetui.app.flow import Flow
from pipetui.app.messages import CanType
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

T = TypeVar("T")

STYLES = Path(__file__).with_name("dialogs.tcss")
"""Of all dialogs; read with the first of them, not on the way to the first paint."""


class Anchor(NamedTuple):
    """Where a value stands on the screen, to be edited on that very line."""

    x: int
    y: int
    width: int
    """Cells of the line, label included."""
    label: str
    indent: int
    """The cell of the line that the value begins at."""


class Dialog(ModalScreen[T | None]):
    """A box in the middle of the screen: a title, a body, a line of keys. Escape and ctrl+g leave it.

    Where it `stands_at` a line it has neither frame nor title: that is the line that it edits.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g", "never_mind", show=False)]
    AUTO_FOCUS = "Input"
    CSS_PATH = STYLES

    app: "PipetuiApp"
    holds = False
    """Whether something is written upon the answer, and `CanType` posted thereafter."""
    stands_at: Callable[[], Anchor | None] = staticmethod(lambda: None)
    """Tells where it stands, when it is opened; in the middle, if that is nowhere."""

    def __init__(self, title: str, keys: str, *, notice: str = "") -> None:
        super().__init__()
        self._title_text = title
        self._keys_text = keys
        self._notice = notice
        """Why the dialog is there once more: what went wrong with its last answer."""
        self.set_class(bool(notice), "-again")
        self.place: Anchor | None = None
        """Where it stands; `None`: in the middle."""

    def compose(self) -> ComposeResult:
        """The box around what the dialog adds."""
        self.place = self.stands_at()
        self.set_class(self.place is not None, "-in-place")
        notice = Static(Content(self._notice), classes="notice")
        with Vertical(id="box") as box:
            if self.place is None:
                yield Static(Content(self._title_text), classes="title")
                if self._notice:
                    yield notice
            else:
                self._stand(box, self.place)
            yield from self.compose_body()
            if self.place is None:
                yield Static(Flow.of(self._keys_text), classes="keys")
            elif self._notice:
                yield notice
        if self.place is not None:
            yield Static(Flow.of(self.keys_in_place), classes="keys")

    @property
    def keys_in_place(self) -> str:
        """The line of keys, where the dialog stands on a line."""
        return _("enter saves · esc leaves it as it was")

    @staticmethod
    def _stand(box: Vertical, place: Anchor) -> None:
        box.styles.offset = (place.x, place.y)
        box.styles.width = place.width

    def on_resize(self) -> None:
        """The line may stand elsewhere now."""
        if self.place is not None:
            self.call_after_refresh(self._stand_again)

    def _stand_again(self) -> None:
        if (place := self.stands_at()) is not None and place != self.place:
            self.place = place
            self._stand(self.query_one("#box", Vertical), place)

    def compose_body(self) -> ComposeResult:
        """What is particular to a dialog."""
        yield from ()

    def on_screen_resume(self) -> None:
        """What was typed ahead may come, once Textual has done its part of this: the focus."""
        self.call_next(self.post_message, CanType())

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """End with an answer. What is typed from then on waits for what it leads to, if that is long."""
        if self.holds and result is not None:
            self.app.ahead.hold()
        return super().dismiss(result)

    def action_never_mind(self) -> None:
        """Close without a result."""
        self.dismiss(None)
