"""Files and folders on one line each, as the choice of files lists them."""

from collections.abc import Collection, Sequence
from pathlib import Path

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from pipetui.app.board.cells import cut, pad, width_of
from pipetui.app.dialogs.listing import Entry
from pipetui.deals.clock import Clock
from pipetui.language import _, format

MARKED, UNMARKED = "✓", " "
_GAP = "  "


def entry_lines(
    entries: Sequence[Entry], clock: Clock, *, marked: Collection[Path], imported: Collection[str]
) -> list["EntryLine"]:
    """The lines of entries, size and date below each other; `imported` are names of files that were."""
    facts = [_facts(entry, clock) for entry in entries]
    dates = max((width_of(written) for _size, written in facts), default=0)
    known = [_("imported") if _is_known(entry, imported) else "" for entry in entries]
    wide = max(map(width_of, known), default=0)
    lines = []
    for entry, (size, written), told in zip(entries, facts, known, strict=True):
        right = f"{size:>9}{_GAP}{' ' * (dates - width_of(written))}{written}" if size else ""
        if wide and size:
            right += f"{_GAP}{pad(told, wide)}"
        lines.append(EntryLine(entry, right, is_marked=entry.path in marked, is_known=bool(told)))
    return lines


def _is_known(entry: Entry, imported: Collection[str]) -> bool:
    return not entry.is_folder and entry.path.name in imported


def _facts(entry: Entry, clock: Clock) -> tuple[str, str]:
    """Size and moment; nothing of a folder."""
    if entry.is_folder:
        return "", ""
    written = format.moment(clock.local(entry.written), clock.today()) if entry.written else ""
    return _size(entry.size), written


class EntryLine(Visual):
    """A file or folder on one line: mark, name, size, when it was written, whether it is known."""

    def __init__(self, entry: Entry, facts: str, *, is_marked: bool, is_known: bool) -> None:
        self._mark = MARKED if is_marked else UNMARKED
        self._name = entry.label
        self._style = "$muted" if entry.is_folder or is_known else ""
        self._facts = facts

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The line; a name that is too long loses its middle, so that its date stays."""
        room = width - 3 - width_of(self._facts)
        name = pad(cut_middle(self._name, room - 1), room)
        line = Content.assemble(
            Content.styled(f"{self._mark} ", "$good bold"),
            Content.styled(name, self._style) if self._style else name,
            Content.styled(f"{self._facts} ", "$muted"),
        )
        return line.render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's
        """What the whole line takes."""
        return width_of(self._name) + width_of(self._facts) + 4

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Textual's
        """One line, whatever the width."""
        return 1


def _size(size: int) -> str:
    if size >= 1_000_000:
        return _("%(n)s MB") % {"n": format.number(size / 1_000_000, 1)}
    return _("%(n)s kB") % {"n": format.number(max(1, size / 1000) if size else 0)}


def cut_left(text: str, width: int) -> str:
    """The end of a path that is too long, which tells more than its beginning."""
    if width_of(text) <= width:
        return text
    while text and width_of(text) > width - 1:
        text = text[1:]
    return f"…{text}"


def cut_middle(text: str, width: int) -> str:
    """A name without its middle: beginning and end tell exports apart."""
    if width_of(text) <= width:
        return text
    tail = cut_left(text, width // 2)
    return cut(text, width - width_of(tail)).removesuffix("…") + tail
