"""A note, whole."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from pipetui.app.deal.markdown import paragraphs
from pipetui.app.dialogs.dialog import Dialog
from pipetui.app.sheet import Sheet
from pipetui.language import _


class NoteDialog(Dialog[None]):
    """Reads a note that is too long for its row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "read(1)", show=False),
        Binding("k,up", "read(-1)", show=False),
        Binding("space,pagedown,J", "turn(1)", show=False),
        Binding("pageup,K", "turn(-1)", show=False),
        Binding("enter", "never_mind", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title, _("↑ ↓ read on · esc back"))
        self._text = text

    def compose_body(self) -> ComposeResult:
        """The note, line by line."""
        yield Sheet(id="note")

    def on_mount(self) -> None:
        """Show it."""
        self.query_one("#note", Sheet).show(paragraphs(self._text))

    def action_read(self, lines: int) -> None:
        """Read on."""
        self.query_one("#note", Sheet).scroll_lines(lines)

    def action_turn(self, pages: int) -> None:
        """Read on by half of what is in sight."""
        self.query_one("#note", Sheet).scroll_on(pages)
