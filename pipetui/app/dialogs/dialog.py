"""What all dialogs share."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

T = TypeVar("T")


class Dialog(ModalScreen[T | None]):
    """A box in the middle of the screen: a title, a body, a line of keys. Escape and ctrl+g leave it."""

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > #box {
        width: 72; max-width: 96%; height: auto; max-height: 92%;
        background: $panel; border: round $border; padding: 0 1;
    }
    Dialog .title { text-style: bold; height: auto; max-height: 2; text-overflow: ellipsis; }
    Dialog .body { height: auto; margin: 1 0 0 0; }
    Dialog .keys { color: $muted; text-style: $muted-text-style; margin: 1 0 0 0; height: auto; }
    Dialog Input, Dialog Input:focus {
        border: none; height: 1; padding: 0 1; background: $surface; margin: 1 0 0 0;
    }
    Dialog Input:focus { background: $card-cursor-background; text-style: $card-cursor-text-style; }
    Dialog OptionList, Dialog OptionList:focus {
        height: auto; border: none; background: transparent; padding: 0; margin: 1 0 0 0;
    }
    Dialog OptionList > .option-list--option-highlighted {
        background: $card-cursor-background; color: $block-cursor-foreground;
        text-style: $block-cursor-text-style;
    }
    Dialog .problem { color: $flag-high; height: auto; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g", "never_mind", show=False)]
    AUTO_FOCUS = "Input"

    def __init__(self, title: str, keys: str) -> None:
        super().__init__()
        self._title_text = title
        self._keys_text = keys

    def compose(self) -> ComposeResult:
        """The box around what the dialog adds."""
        with Vertical(id="box"):
            yield Static(Content(self._title_text), classes="title")
            yield from self.compose_body()
            yield Static(Content(self._keys_text), classes="keys")

    def compose_body(self) -> ComposeResult:
        """What is particular to a dialog."""
        yield from ()

    def action_never_mind(self) -> None:
        """Close without a result."""
        self.dismiss(None)
