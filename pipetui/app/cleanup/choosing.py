"""The decisions and their keys: beside the deal where there is room, else in two rows below it."""

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

from pipetui.app.board.cells import width_of
from pipetui.app.board.targets import beside
from pipetui.app.commands import COMMANDS
from pipetui.app.flow import Flow
from pipetui.app.kept import keeps_lines
from pipetui.app.keymap import key_of
from pipetui.cleanup.queue import MISSING
from pipetui.deals.deal import Deal
from pipetui.language import N_, _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

_LABELS: Final = {
    "deal.next_step": N_("next step"),
    "deal.date": N_("re-date"),
    "deal.lost": N_("lost"),
    "deal.nurture": N_("nurture"),
    "deal.back": N_("a stage back"),
    "deal.rest": N_("let a flag rest"),
    "cleanup.keep": N_("keep, dated"),
    "deal.qualify": N_("qualify"),
    "deal.won": N_("won"),
}
_BELOW: Final = {"deal.back": N_("a stage back"), "deal.rest": N_("rest"), "cleanup.keep": N_("keep")}
"""Shorter ones, for two rows."""
_OF_MISSING: Final = {
    "deal.won": N_("won"),
    "deal.lost": N_("lost"),
    "cleanup.keep": N_("still open"),
    "deal.nurture": N_("nurture"),
    "deal.date": N_("re-date"),
}
SHOWN: Final = frozenset({*_LABELS, *_OF_MISSING, "deal.forward", "deal.amount"})
"""The ids of the commands that stand here, or settle little, and need not stand in the footer."""


@keeps_lines
class Decisions(Widget):
    """What can be decided about a deal."""

    COMPONENT_CLASSES = {"decisions--key"}  # noqa: RUF012 - Textual's own way

    app: "PipetuiApp"

    def __init__(self) -> None:
        super().__init__()
        self._choices: list[tuple[str, str]] = []

    def show(self, deal: Deal | None, pipeline: Pipeline, why: str) -> None:
        """Those of another deal."""
        choices = [] if deal is None else list(self._of(deal, pipeline, why))
        if choices != self._choices:
            self._choices = choices
            self.refresh()

    def _of(self, deal: Deal, pipeline: Pipeline, why: str) -> list[tuple[str, str]]:
        below = self.has_class("-below")
        labels = _OF_MISSING if why == MISSING else {**_LABELS, **(_BELOW if below else {})}
        known = {command.id: command for command in COMMANDS}
        found = []
        for id_, label in labels.items():
            if id_ != "deal.back" or beside(pipeline, deal, -1) is not None:
                found.append((key_of(known[id_], self.app.keymap_in_use), _(label)))
        return found

    def render(self) -> Content | Flow:
        """A line each, or as many a line as fit."""
        key = self.get_visual_style("decisions--key")
        wide = max((width_of(name) for name, _label in self._choices), default=0)
        if self.has_class("-below"):
            return Flow(
                Content.assemble(Content.styled(name, key), f" {label}") for name, label in self._choices
            )
        lines = [Content.styled(_("Decide"), "bold $primary")] if self._choices else []
        lines += [
            Content.assemble(Content.styled(name + " " * (wide - width_of(name)), key), f"  {label}")
            for name, label in self._choices
        ]
        return Content("\n").join(lines)
