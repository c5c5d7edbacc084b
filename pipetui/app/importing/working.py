"""Waiting for a job that takes its time: how far it is, and a way out."""

from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Middle
from textual.content import Content
from textual.widgets import Static

from pipetui.app.commands import WORKING, bindings
from pipetui.app.importing.step import Step
from pipetui.app.importing.stopping import Handle
from pipetui.language import _, format

WIDE = 40
_EVERY = 0.2
"""Seconds between two looks at the progress."""


class Working(Step[None], can_focus=True):
    """A bar that fills; escape stops the job."""

    PLACE = WORKING
    BINDINGS: ClassVar[list[BindingType]] = bindings(WORKING)

    def __init__(self, title: str, said: str, handle: Handle, at: int) -> None:
        super().__init__(title, at)
        self._said = said
        self._handle = handle
        self._begun = monotonic()
        self._bar = Static("", id="progress")

    def compose_body(self) -> ComposeResult:
        """What is done, how far it is."""
        with Middle():
            yield self._bar

    def on_mount(self) -> None:
        """Look at the progress now and then."""
        self.focus()
        self._look()
        self.set_interval(_EVERY, self._look)

    def _look(self) -> None:
        if not self._bar.is_attached:  # it is being taken away
            return
        share = self._handle.share
        full = round(share * WIDE)
        stopping = _("Stopping; nothing is kept …") if self._handle.is_stopped else ""
        said = self._handle.said or stopping or self._said
        passed = monotonic() - self._begun
        self._bar.update(
            Content("\n").join(
                [
                    Content(said),
                    Content(""),
                    Content.assemble(
                        Content.styled("█" * full, "$accent"),
                        Content.styled("░" * (WIDE - full), "$muted"),
                        f"  {format.percent(share)}",
                        # Something moves, whatever takes long.
                        Content.styled("  " + _("%(n)d s") % {"n": passed}, "$muted"),
                    ),
                ]
            )
        )

    def action_back(self) -> None:
        """Stop the job; what it had begun is taken back."""
        self._handle.stop()
        self._look()
        super().action_back()
