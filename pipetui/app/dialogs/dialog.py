"""What all dialogs share."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pipetui.app.flow import Flow
from pipetui.app.messages import CanType

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

T = TypeVar("T")

STYLES = Path(__file__).with_name("dialogs.tcss")
"""Of all dialogs; read with the first of them, not on the way to the first paint."""


class Dialog(ModalScreen[T | None]):
    """A box in the middle of the screen: a title, a body, a line of keys. Escape and ctrl+g leave it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g", "never_mind", show=False)]
    AUTO_FOCUS = "Input"
    CSS_PATH = STYLES

    app: "PipetuiApp"
    holds = False
    """Whether something is written upon the answer, and `CanType` posted thereafter."""

    def __init__(self, title: str, keys: str, *, notice: str = "") -> None:
        super().__init__()
        self._title_text = title
        self._keys_text = keys
        self._notice = notice
        """Why the dialog is there once more: what went wrong with its last answer."""
        self.set_class(bool(notice), "-again")

    def compose(self) -> ComposeResult:
        """The box around what the dialog adds."""
        with Vertical(id="box"):
            yield Static(Content(self._title_text), classes="title")
            if self._notice:
                yield Static(Content(self._notice), classes="notice")
            yield from self.compose_body()
            yield Static(Flow.of(self._keys_text), classes="keys")

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
