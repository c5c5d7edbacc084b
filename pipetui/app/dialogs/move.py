"""Passing a gate: what the stage still asks for, and the reason to go on without it."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from pipetui.app.dialogs.dialog import Dialog
from pipetui.language import _


class GateDialog(Dialog[str]):
    """Lists the unmet exit criteria; the result is the reason to pass them."""

    def __init__(self, deal: str, stage: str, met_by_facts: Sequence[str], to_ask: Sequence[str]) -> None:
        title = _("%(deal)s is not ready to leave %(stage)s") % {"deal": deal, "stage": stage}
        super().__init__(title, _("enter move it all the same · esc leave it where it is"))
        self._missing = met_by_facts
        self._to_ask = to_ask

    def compose_body(self) -> ComposeResult:
        """The criteria, then the reason."""
        lines: list[Content] = [
            Content.assemble(Content.styled("✗ ", "$flag-high"), criterion) for criterion in self._missing
        ]
        lines += [
            Content.assemble(Content.styled("? ", "$flag-medium"), criterion) for criterion in self._to_ask
        ]
        yield Static(Content("\n").join(lines), classes="body")
        yield Input(placeholder=_("why it moves on nevertheless (kept with the deal)"))
        yield Static("", classes="problem", markup=False)

    @on(Input.Submitted)
    def _decide(self, event: Input.Submitted) -> None:
        event.stop()
        if reason := event.value.strip():
            self.dismiss(reason)
        else:
            self.query_one(".problem", Static).update(
                _("A few words are needed: they will be read next week.")
            )
