"""Choose one of many by typing: owners, themes, orders, deals, commands."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pipetui.app.board.cells import cut, pad, width_of
from pipetui.app.dialogs.box import Box
from pipetui.app.dialogs.dialog import Anchor, Dialog
from pipetui.deals.text import fold
from pipetui.language import _

T = TypeVar("T")

SHOWN = 50
"""Most choices listed at once; typing finds the others."""
LABEL = 30
"""Cells that a label keeps whatever stands behind it, and at most those of a column of labels."""
IN_PLACE = 8
"""Choices in sight below a value that is edited in its place."""


class Choice(NamedTuple):
    """Something to choose. `label` comes from outside: it is never parsed as markup."""

    value: str
    label: str
    detail: str = ""
    """Stands behind the label, muted: a key, a count."""


class Line(Visual):
    """A choice in one line: a label that is too long ends in an ellipsis, the detail stays if it can."""

    def __init__(self, choice: Choice, labels: int = 0) -> None:
        """`labels` are the cells of all labels together, so that details stand below each other."""
        self._label = pad(choice.label, labels) if labels and choice.detail else choice.label
        self._detail = f"  {choice.detail}" if choice.detail else ""

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The line."""
        label = cut(self._label, max(width - width_of(self._detail), min(width_of(self._label), LABEL)))
        line = Content.assemble(label, Content.styled(cut(self._detail, width - width_of(label)), "$muted"))
        return line.render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's
        """What the whole label takes."""
        return width_of(self._label) + width_of(self._detail)

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Textual's
        """One line, whatever the width."""
        return 1


def narrowed(texts: Iterable[tuple[str, T]], words: Sequence[str]) -> list[T]:
    """At most `SHOWN` things whose folded text holds all words, those that begin with the first one first."""
    beginning: list[T] = []
    others: list[T] = []
    for text, thing in texts:
        for word in words:
            if word not in text:
                break
        else:
            (beginning if not words or text.startswith(words[0]) else others).append(thing)
            if len(beginning) == SHOWN:
                break
    return [*beginning, *others][:SHOWN]


class Pick(Dialog[str]):
    """A list that narrows as one types; the result is the value chosen. A short one needs no typing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
        # Where nothing is typed; else the box takes them.
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
        Binding("enter,space", "take", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        *,
        current: str | None = None,
        on_highlight: Callable[[str], None] | None = None,
        is_short: bool = False,
        in_columns: bool = False,
    ) -> None:
        """`is_short`: all choices are in sight; `in_columns`: details stand below each other."""
        keys = _("enter take it · esc never mind")
        if len(choices) != 1:
            keys = _("↑ ↓ choose · enter take it · esc never mind")
        super().__init__(title, keys)
        self.choices = choices
        self._current = current
        self._on_highlight = on_highlight
        self._is_short = is_short
        widest = max((width_of(choice.label) for choice in choices), default=0) if in_columns else 0
        self._labels = min(widest, LABEL)
        self._found: list[Choice] = []

    def compose_body(self) -> ComposeResult:
        """A line to type in and the list."""
        if self.place is not None:
            yield from self._compose_in_place(self.place)
            return
        if not self._is_short:
            yield Box(placeholder=_("type to narrow"))
        yield OptionList(markup=False)

    @property
    def keys_in_place(self) -> str:
        """How to choose, and to leave it."""
        return _("↑ ↓ choose · enter saves · esc leaves it as it was")

    @staticmethod
    def _compose_in_place(place: Anchor) -> ComposeResult:
        """The line where the value stands, the list below it."""
        with Horizontal(classes="line"):
            label = Static(cut(place.label, place.indent - 1), classes="label", markup=False)
            label.styles.width = place.indent
            yield label
            yield Box(placeholder=_("type to narrow"))
        options = OptionList(markup=False)
        options.styles.margin = (0, 0, 0, place.indent)
        options.styles.max_height = IN_PLACE
        yield options

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

    def found(self, words: Sequence[str]) -> list[Choice]:
        """The choices for the folded words typed, at most `SHOWN`; all without words."""
        return narrowed(((fold(choice.label), choice) for choice in self.choices), words)

    def _list(self, text: str) -> None:
        self._found = self.found(fold(text).split())
        options = self.query_one(OptionList)
        options.clear_options()
        if not self._found:
            options.add_option(Option(Content(_("Nothing here is called that.")), disabled=True))
            return
        options.add_options([Option(Line(choice, self._labels)) for choice in self._found])
        options.highlighted = 0

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
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        """End with the highlighted choice."""
        highlighted = self.query_one(OptionList).highlighted
        if self._found and highlighted is not None:
            self.dismiss(self._found[highlighted].value)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._found):
            self.dismiss(self._found[event.option_index].value)
