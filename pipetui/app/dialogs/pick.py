"""Choose one of many by typing: owners, themes, orders, deals, commands."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from pipetui.app.dialogs.dialog import Dialog
from pipetui.deals.text import fold
from pipetui.language import _

SHOWN = 50
"""Most choices listed at once; typing finds the others."""


class Choice(NamedTuple):
    """Something to choose. `label` comes from outside: it is never parsed as markup."""

    value: str
    label: str
    detail: str = ""
    """Stands at the right, muted: a key, a count."""


class Pick(Dialog[str]):
    """A list that narrows as one types; the result is the value chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        current: str | None = None,
        on_highlight: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(title, _("↑ ↓ choose · enter take it · esc never mind"))
        self._choices = [(fold(choice.label), choice) for choice in choices]
        self._current = current
        self._on_highlight = on_highlight
        self._found: list[Choice] = []

    def compose_body(self) -> ComposeResult:
        """A line to type in and the list."""
        yield Input(placeholder=_("type to narrow"))
        yield OptionList(markup=False)

    def on_mount(self) -> None:
        """All choices, the current one highlighted."""
        self.query_one(OptionList).can_focus = False
        self._list("")
        for index, choice in enumerate(self._found):
            if choice.value == self._current:
                self.query_one(OptionList).highlighted = index

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._list(event.value)

    def _list(self, text: str) -> None:
        words = fold(text).split()
        found = [choice for folded, choice in self._choices if all(word in folded for word in words)]
        if words:
            found.sort(key=lambda choice: not fold(choice.label).startswith(words[0]))
        self._found = found[:SHOWN]
        options = self.query_one(OptionList)
        options.clear_options()
        if not self._found:
            options.add_option(Option(Content(_("Nothing here is called that.")), disabled=True))
            return
        options.add_options([Option(self._prompt(choice)) for choice in self._found])
        options.highlighted = 0

    def _prompt(self, choice: Choice) -> Content:
        if not choice.detail:
            return Content(choice.label)
        return Content.assemble(choice.label, "  ", Content.styled(choice.detail, "$muted"))

    def action_move(self, step: int) -> None:
        """Highlight another choice."""
        options = self.query_one(OptionList)
        if self._found:
            options.highlighted = max(0, min(len(self._found) - 1, (options.highlighted or 0) + step))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if self._on_highlight and event.option_index < len(self._found):
            self._on_highlight(self._found[event.option_index].value)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        highlighted = self.query_one(OptionList).highlighted
        if self._found and highlighted is not None:
            self.dismiss(self._found[highlighted].value)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._found):
            self.dismiss(self._found[event.option_index].value)
