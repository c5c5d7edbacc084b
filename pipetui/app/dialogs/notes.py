"""A short note, in a line; a long one in the user's own editor."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from pipetui.app.dialogs.form import FormDialog, Line
from pipetui.app.flow import SEPARATOR
from pipetui.deals.errors import Problem
from pipetui.language import _


class NoteForm(FormDialog):
    """One line; ctrl+o goes on with it outside of the app, where it may become several."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+o", "write_outside", show=False)]

    def __init__(self, title: str, lines: Sequence[Line], *, notice: str = "") -> None:
        super().__init__(title, lines, notice=notice)
        self._keys_text += SEPARATOR + _("ctrl+o in your editor")

    def action_write_outside(self) -> None:
        """Go on in the user's editor; what is saved there is the note."""
        from pipetui.app.outside import write_on

        try:
            text = write_on(self.app, self.query_one(Input).value)
        except Problem as problem:
            self._complain(str(problem))
            return
        if text:
            self.dismiss((text,))
