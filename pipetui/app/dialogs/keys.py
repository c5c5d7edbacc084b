"""The help: every key of a place, and what the signs mean."""

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from pipetui.app.board.cards import MORE
from pipetui.app.board.cells import width_of
from pipetui.app.commands import BOARD, DEAL, EVERYWHERE, Command, of_place, written
from pipetui.app.dialogs.dialog import STYLES
from pipetui.app.keymap import keys_of
from pipetui.app.marks import letter, symbol, title
from pipetui.app.sheet import BLANK, Paragraph, Sheet, lines_of
from pipetui.deals.category import LETTERS
from pipetui.language import _
from pipetui.signals.flag import SEVERITIES, SEVERITY_TITLES

WIDTH: Final = 78
"""Cells of the box at most."""
_FRAME: Final = 4
"""Cells of its border and padding."""


class KeysDialog(ModalScreen[None]):
    """All keys by group; where cards are, what their signs mean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q,enter,ctrl+g", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space,J", "scroll(10)", show=False),
        Binding("pageup,K", "scroll(-10)", show=False),
    ]
    AUTO_FOCUS = ""
    CSS_PATH = STYLES

    def __init__(self, place: str, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._place = place
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """One text in a box."""
        with Vertical():
            yield Sheet()

    def on_mount(self) -> None:
        """Fill the box."""
        self._fit()

    def on_resize(self) -> None:
        """As high as the text, if there is room."""
        self._fit()

    def _fit(self) -> None:
        width, height = self.app.size
        paragraphs, sheet = self._paragraphs(), self.query_one(Sheet)
        lines = lines_of(paragraphs, min(WIDTH, width) - _FRAME)
        sheet.styles.height = min(lines, height - 2)
        sheet.show(paragraphs)

    def _paragraphs(self) -> list[Paragraph]:
        found: list[Paragraph] = []
        group = ""
        commands = [*of_place(self._place), *of_place(EVERYWHERE)]
        keys = {command.id: self._keys(command) for command in commands}
        wide = max(map(width_of, keys.values()))
        for command in commands:
            if command.group != group:
                group = command.group
                found += [*([BLANK] if found else []), _heading(_(group))]
            found.append(_line(keys[command.id], "$accent", wide, _(command.title)))
        if self._place in (BOARD, DEAL):
            found += self._of_cards(wide)
        return [*found, BLANK, Paragraph(Content.styled(_("esc closes this"), "$muted"))]

    def _of_cards(self, wide: int) -> list[Paragraph]:
        """What the signs mean, and what a filter can hold."""
        lines = [BLANK, _heading(_("Signs on the cards"))]
        for flag, severity in SEVERITIES.items():
            meaning = f"{title(flag)} ({_(SEVERITY_TITLES[severity])})"
            lines.append(_line(f"{symbol(severity)}{letter(flag)}", f"$flag-{severity}", wide, meaning))
        lines.append(_line(MORE, "$muted", wide, _("more flags than there is room for")))
        categories = _("commit, best case, upside, omitted")
        lines.append(_line(" ".join(LETTERS.values()), "$muted", wide, categories))
        lines += [BLANK, _heading(_("Filter"))]
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
        self.query_one(Sheet).scroll_lines(lines)


def _heading(text: str) -> Paragraph:
    return Paragraph(Content.styled(text, "bold"))


def _line(sign: str, style: str, wide: int, meaning: str) -> Paragraph:
    """A sign in a column of so many cells, and what it means."""
    return Paragraph(Content(meaning), wide + 4, lead=Content.assemble("  ", Content.styled(sign, style)))
