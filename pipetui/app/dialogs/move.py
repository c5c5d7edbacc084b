"""Passing a gate: what the playbook still asks for, and the reason to go on without it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from pipetui.app.dialogs.box import Box
from pipetui.app.dialogs.dialog import Dialog
from pipetui.language import _, ngettext
from pipetui.language.builtin import shown

if TYPE_CHECKING:
    from pipetui.playbook.models import Criterion

LISTED = 8
"""Criteria that a dialog lists; it counts the others, so that its box stays on a small screen."""


class Unmet(NamedTuple):
    """What a deal lacks before it goes on, in words."""

    title: str
    facts: Sequence[str]
    """Criteria that the facts do not meet."""
    asked: Sequence[str]
    """Criteria that only people can tell."""

    @classmethod
    def of(cls, title: str, criteria: "Sequence[Criterion]") -> "Unmet":
        """The unmet criteria under a title that says what they keep the deal from."""
        return cls(
            title,
            [shown(criterion.text) for criterion in criteria if criterion.item or criterion.field],
            [shown(criterion.text) for criterion in criteria if not (criterion.item or criterion.field)],
        )


class GateDialog(Dialog[str]):
    """Lists the unmet exit criteria; the result is the reason to pass them."""

    def __init__(self, unmet: Unmet, *, typed: str = "", notice: str = "") -> None:
        super().__init__(
            unmet.title, _("enter move it all the same · esc leave it where it is"), notice=notice
        )
        self._unmet = unmet
        self._typed = typed

    def compose_body(self) -> ComposeResult:
        """The criteria, then the reason."""
        lines = [Content.assemble(Content.styled("✗ ", "$flag-high"), fact) for fact in self._unmet.facts]
        lines += [
            Content.assemble(Content.styled("? ", "$flag-medium"), asked) for asked in self._unmet.asked
        ]
        if rest := len(lines[LISTED:]):
            more = ngettext("… and %(n)d more", "… and %(n)d more", rest) % {"n": rest}
            lines[LISTED:] = [Content.styled(more, "$muted")]
        yield Static(Content("\n").join(lines), classes="body")
        yield Box(self._typed, placeholder=_("why it moves on nevertheless (kept with the deal)"))
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
