"""One line to write."""

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from pipetui.app.dialogs.box import Box
from pipetui.app.dialogs.dialog import Dialog
from pipetui.deals.text import clean
from pipetui.language import _


class WriteDialog(Dialog[str]):
    """A line to write; `refused` says what is wrong with it, "" if nothing is. An empty line is no answer."""

    def __init__(self, title: str, text: str = "", refused: Callable[[str], str] = lambda _text: "") -> None:
        super().__init__(title, _("enter take it · esc never mind"))
        self._text = text
        self._refused = refused

    def compose_body(self) -> ComposeResult:
        """The line."""
        yield Box(self._text)
        yield Static("", classes="problem", markup=False)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        text = clean(event.value)
        if problem := self._refused(text):
            self.query_one(".problem", Static).update(problem)
        elif text:
            self.dismiss(text)
