"""A form at the foot of the screen: what is asked about stays in sight above it."""

from collections.abc import Sequence

from textual.widgets import Input

from pipetui.app.dialogs.form import FormDialog, Line
from pipetui.app.dialogs.notes import NoteForm


class AnchoredForm(FormDialog):
    """Lines to fill in, below the deal they are about."""

    def __init__(self, title: str, lines: Sequence[Line], *, notice: str = "", at: int = 0) -> None:
        """`at` is the line to begin with."""
        super().__init__(title, lines, notice=notice)
        self._at = at

    def on_mount(self) -> None:
        """Begin at the first line that wants something."""
        self.query_one(f"#line-{self._at}", Input).focus()


class AnchoredNote(AnchoredForm, NoteForm):
    """One line of them; ctrl+o goes on with it outside of the app."""
