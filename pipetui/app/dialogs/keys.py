"""The help: every key of a place, and what the signs mean."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pipetui.app.board.cards import MORE
from pipetui.app.board.cells import width_of
from pipetui.app.commands import BOARD, DEAL, EVERYWHERE, Command, of_place, written
from pipetui.app.dialogs.dialog import STYLES
from pipetui.app.keymap import keys_of
from pipetui.app.marks import letter, symbol, title
from pipetui.deals.category import LETTERS
from pipetui.language import _
from pipetui.signals.flag import SEVERITIES, SEVERITY_TITLES


class KeysDialog(ModalScreen[None]):
    """All keys by group; where cards are, what their signs mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q,enter,ctrl+g", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]
    AUTO_FOCUS = ""
    CSS_PATH = STYLES

    def __init__(self, place: str, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._place = place
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll(can_focus=False):
            yield Static(self._text())

    def _text(self) -> Content:
        lines: list[Content] = []
        group = ""
        commands = [*of_place(self._place), *of_place(EVERYWHERE)]
        keys = {command.id: self._keys(command) for command in commands}
        wide = max(map(width_of, keys.values()))
        for command in commands:
            if command.group != group:
                group = command.group
                lines += (
                    [Content(""), Content.styled(_(group), "bold")]
                    if lines
                    else [Content.styled(_(group), "bold")]
                )
            lines.append(_line(keys[command.id], "$accent", wide, _(command.title)))
        if self._place in (BOARD, DEAL):
            lines += self._of_cards(wide)
        lines += [Content(""), Content.styled(_("esc closes this"), "$muted")]
        return Content("\n").join(lines)

    def _of_cards(self, wide: int) -> list[Content]:
        """What the signs mean, and what a filter can hold."""
        lines = [Content(""), Content.styled(_("Signs on the cards"), "bold")]
        for flag, severity in SEVERITIES.items():
            meaning = f"{title(flag)} ({_(SEVERITY_TITLES[severity])})"
            lines.append(_line(f"{symbol(severity)}{letter(flag)}", f"$flag-{severity}", wide, meaning))
        lines.append(_line(MORE, "$muted", wide, _("more flags than there is room for")))
        categories = _("commit, best case, upside, omitted")
        lines.append(_line(" ".join(LETTERS.values()), "$muted", wide, categories))
        lines += [Content(""), Content.styled(_("Filter"), "bold")]
        examples = self._examples()
        wide = max(width_of(example) for example, _meaning in examples)
        lines += [_line(example, "$accent", wide, meaning) for example, meaning in examples]
        return lines

    def _keys(self, command: Command) -> str:
        if command.id == "go.top":
            return "g g"
        return "  ".join(written(key) for key in keys_of(command, self._keymap))

    @staticmethod
    def _examples() -> list[tuple[str, str]]:
        return [
            ("vauban", _("name, account or owner contains it; accents and case do not matter")),
            ("-vauban", _("… does not contain it")),
            (_("owner:claire"), _("one owner; also account: stage: team: source: segment:")),
            (_("stage:demo,proposal"), _("one of several")),
            (_("amount>20k close<30d"), _("larger than 20,000, closing within 30 days")),
            (_("flag:stalled cat:commit"), _("stalled commits; flag:any for all flagged ones")),
        ]

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _line(sign: str, style: str, wide: int, meaning: str) -> Content:
    """A sign in a column of so many cells, and what it means."""
    gap = " " * (wide - width_of(sign) + 2)
    return Content.assemble("  ", Content.styled(sign, style), gap, meaning)
