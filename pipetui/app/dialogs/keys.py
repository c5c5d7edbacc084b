"""The help: every key of a place, and what the signs mean."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from pipetui.app.commands import EVERYWHERE, of_place, written
from pipetui.app.keymap import keys_of
from pipetui.app.marks import letter, symbol, title
from pipetui.language import _
from pipetui.signals.flag import SEVERITIES, SEVERITY_TITLES


class KeysDialog(ModalScreen[None]):
    """All keys by group, then the signs on the cards."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,q,enter,ctrl+g", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]
    AUTO_FOCUS = ""

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
        for command in [*of_place(self._place), *of_place(EVERYWHERE)]:
            if command.group != group:
                group = command.group
                lines += (
                    [Content(""), Content.styled(_(group), "bold")]
                    if lines
                    else [Content.styled(_(group), "bold")]
                )
            keys = "  ".join(written(key) for key in keys_of(command, self._keymap))
            if command.id == "go.top":
                keys = "g g"
            lines.append(Content.assemble(Content.styled(f"  {keys:<16}", "$accent"), _(command.title)))
        lines += [Content(""), Content.styled(_("Signs on the cards"), "bold")]
        for flag, severity in SEVERITIES.items():
            sign = Content.styled(f"  {symbol(severity)}{letter(flag)}", f"$flag-{severity}")
            lines.append(Content.assemble(sign, " " * 13, f"{title(flag)} ({_(SEVERITY_TITLES[severity])})"))
        lines.append(
            Content.assemble(
                Content.styled("  C B U O", "$muted"), " " * 9, _("commit, best case, upside, omitted")
            )
        )
        lines += [Content(""), Content.styled(_("Filter"), "bold")]
        for example, meaning in self._examples():
            lines.append(Content.assemble(Content.styled(f"  {example:<26}", "$accent"), meaning))
        lines += [Content(""), Content.styled(_("esc closes this"), "$muted")]
        return Content("\n").join(lines)

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
