"""Choosing files by keyboard: the newest exports first, then folders, then where one was lately."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pipetui.app.board.cells import cut, pad, width_of
from pipetui.app.dialogs.dialog import Dialog
from pipetui.app.dialogs.listing import (
    Entry,
    Listing,
    existing,
    is_path,
    look_at,
    read_folder,
    shown,
    typed,
)
from pipetui.deals.clock import Clock
from pipetui.deals.text import fold
from pipetui.language import _, format, ngettext

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

SHOWN = 200
"""Entries listed at once; typing finds the others."""
MARKED, UNMARKED = "✓", " "


class Places(NamedTuple):
    """Where to begin, and where one was lately."""

    folder: Path
    folders: Sequence[Path] = ()
    files: Sequence[Path] = ()


class Listed(Message):
    """A folder was read."""

    def __init__(self, number: int, listing: Listing, lately: list[Entry]) -> None:
        super().__init__()
        self.number = number
        self.listing = listing
        self.lately = lately


class _Box(Input):
    """The line to type in, which leaves the space bar to the dialog."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether it takes a key before the dialog does."""
        return key != "space" and super().check_consume_key(key, character)


class FilePicker(Dialog[tuple[Path, ...]]):
    """Lists a folder; enter goes into a folder or takes a file, space marks several, a path may be typed.

    Once something is marked, enter takes that, wherever the cursor is; tab still goes into a folder.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
        # The box would take these.
        Binding("ctrl+u", "parent", show=False, priority=True),
        Binding("space", "mark", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]

    app: "PipetuiApp"

    def __init__(self, places: Places, *, notice: str = "") -> None:
        super().__init__(
            _("Import an export of your CRM"),
            _("enter import · space mark · tab complete · ctrl+u folder above · esc never mind"),
            notice=notice,
        )
        self._places = places
        self._folder = places.folder
        self._entries: list[Entry] = []
        self._lately: list[Entry] = []
        self._found: list[Entry] = []
        self._rows: list[int] = []
        """The lines of the list that the entries found stand on."""
        self._marked: dict[Path, None] = {}
        self._asked = self._read = 0
        """How many folders were asked for, and the number of the one that is listed."""
        self._done_with = ""
        """What was typed when the folder was asked for; what is typed after it is about the folder."""
        self._is_wanted = False
        """Whether enter was pressed before the folder was read."""

    def compose_body(self) -> ComposeResult:
        """Where one is, a line to type in, the list."""
        yield Static("", id="folder", markup=False)
        yield _Box(placeholder=_("type to narrow, or a path"))
        yield OptionList(markup=False)
        yield Static("", classes="problem", markup=False)

    def on_mount(self) -> None:
        """The folder's files."""
        self.query_one(OptionList).can_focus = False
        self._go(self._folder)

    def _go(self, folder: Path) -> None:
        """Read a folder; what is not there any more gives way to the one above it."""
        self._asked += 1
        self._done_with = self.query_one(Input).value
        number, places = self._asked, self._places

        def job() -> None:
            there = next((path for path in (folder, *folder.parents) if _is_folder(path)), folder)
            listing = read_folder(there)
            mine = {entry.path for entry in listing.entries}
            lately = [path for path in (*places.files, *places.folders) if path not in mine and path != there]
            self.post_message(Listed(number, listing, [entry for path in lately if (entry := look_at(path))]))

        self.app.run_job(job)

    @on(Listed)
    def _listed(self, event: Listed) -> None:
        event.stop()
        if event.number != self._asked:
            return  # one has gone on meanwhile
        self._read = event.number
        listing = event.listing
        self._complain(listing.problem)
        if not listing.problem or not self._entries:
            self._folder, self._lately = listing.folder, event.lately
            above = [Entry(listing.folder.parent, "../", is_folder=True)]
            self._entries = [*listing.entries, *(above if listing.folder.parent != listing.folder else ())]
            with self.prevent(Input.Changed):
                box = self.query_one(Input)
                box.value = box.value.removeprefix(self._done_with)
        self._say_where()
        text = self.query_one(Input).value
        if listing.problem:
            self._list(text)
        else:
            self._typed(text)
        if self._is_wanted:
            self._is_wanted = False
            self._take()

    def _say_where(self) -> None:
        marked = len(self._marked)
        exports = sum(not entry.is_folder for entry in self._entries)
        counted = (
            ngettext("%(n)d marked", "%(n)d marked", marked) % {"n": marked}
            if marked
            else ngettext("%(n)d export", "%(n)d exports", exports) % {"n": exports}
        )
        where = self.query_one("#folder", Static)
        room = max(20, where.size.width or 80)
        folder = _cut_left(shown(self._folder), room - width_of(counted) - 2)
        where.update(Content(pad(folder, room - width_of(counted)) + counted))

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._complain("")
        self._typed(event.value)

    def _typed(self, text: str) -> None:
        """Go into a folder whose path is typed to its end, narrow the list by anything else."""
        path = typed(text, self._folder)
        if path is not None and text.rstrip().endswith(os.sep) and _is_folder(path):
            self._go(path)
        else:
            self._list(text)

    def _list(self, text: str) -> None:
        words = fold(text).split() if not is_path(text) else []
        hidden = text.startswith(".")
        self._found = [
            entry
            for entry in self._entries
            if all(word in fold(entry.label) for word in words)
            and (hidden or not entry.path.name.startswith(".") or entry.label == "../")
        ][:SHOWN]
        lately = [entry for entry in self._lately if all(word in fold(entry.label) for word in words)]
        options = self.query_one(OptionList)
        options.clear_options()
        clock = self.app.session.launch.clock
        shown_ = [
            Option(EntryLine(entry, clock, is_marked=entry.path in self._marked)) for entry in self._found
        ]
        if not any(not entry.is_folder for entry in self._found) and not words:
            shown_.insert(0, Option(Content.styled(_nothing(), "$muted"), disabled=True))
        if lately:
            shown_.append(Option(Content.styled(_("Lately"), "bold"), disabled=True))
            shown_ += [
                Option(EntryLine(entry, clock, is_marked=entry.path in self._marked)) for entry in lately
            ]
        self._found += lately
        options.add_options(shown_)
        self._rows = [at for at, option in enumerate(shown_) if not option.disabled]
        options.highlighted = self._rows[0] if self._rows else None

    @property
    def _at(self) -> int:
        """The place of the highlighted entry among those found; -1 for none."""
        highlighted = self.query_one(OptionList).highlighted
        return self._rows.index(highlighted) if highlighted in self._rows else -1

    def action_move(self, step: int) -> None:
        """Another entry."""
        if self._found:
            at = max(0, min(len(self._found) - 1, self._at + step))
            self.query_one(OptionList).highlighted = self._rows[at]

    def action_parent(self) -> None:
        """The folder above."""
        self._go(self._folder.parent)

    def action_mark(self) -> None:
        """Mark the entry for a common import, or no more; in a path a space is a space."""
        box = self.query_one(Input)
        if is_path(box.value):
            box.insert_text_at_cursor(" ")
            return
        at = self._at
        if at < 0 or self._found[at].label == "../":
            return
        path = self._found[at].path
        if path in self._marked:
            del self._marked[path]
        else:
            self._marked[path] = None
        self._list(box.value)
        self.query_one(OptionList).highlighted = self._rows[at]
        self.action_move(1)
        self._say_where()

    def action_complete(self) -> None:
        """Complete the path as far as it is clear, or go into the highlighted folder."""
        box = self.query_one(Input)
        if is_path(box.value):
            completed, problem = _completed(box.value, self._folder)
            box.value = completed
            box.cursor_position = len(completed)
            self._complain(problem)
        elif self._at >= 0 and self._found[self._at].is_folder:
            self._go(self._found[self._at].path)
        elif self._at >= 0:
            box.value = self._found[self._at].path.name
            box.cursor_position = len(box.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    def _take(self) -> None:
        """Take what is typed, else what is marked, else what is highlighted."""
        text = self.query_one(Input).value
        path = existing(text, self._folder)
        if path is not None:
            self._choose(path)
        elif is_path(text.strip().strip("'\"")):
            self._complain(_("There is no such file."))
        elif self._read < self._asked:
            self._is_wanted = True
        elif self._at < 0:
            self._complain(_("There is no such file."))
        else:
            self._choose(self._found[self._at].path)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if event.option_index in self._rows:
            self._choose(self._found[self._rows.index(event.option_index)].path)

    def _choose(self, path: Path) -> None:
        if self._marked:
            self.dismiss(tuple(self._marked))
        elif _is_folder(path):
            self._go(path)
        else:
            self.dismiss((path,))

    def _complain(self, problem: str) -> None:
        self.query_one(".problem", Static).update(problem)


class EntryLine(Visual):
    """A file or folder on one line: mark, name, size, when it was written."""

    def __init__(self, entry: Entry, clock: Clock, *, is_marked: bool) -> None:
        self._mark = MARKED if is_marked else UNMARKED
        self._name = entry.label
        self._is_folder = entry.is_folder
        self._facts = ""
        if not entry.is_folder:
            written = format.moment(clock.local(entry.written), clock.today()) if entry.written else ""
            self._facts = f"{_size(entry.size):>10}  {pad(written, 18)}"

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The line; a name that is too long loses its middle, so that its date stays."""
        room = width - 2 - width_of(self._facts)
        name = pad(_cut_middle(self._name, room - 1), room)
        line = Content.assemble(
            Content.styled(f"{self._mark} ", "$good bold"),
            Content.styled(name, "$muted") if self._is_folder else name,
            Content.styled(self._facts, "$muted"),
        )
        return line.render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's
        """What the whole line takes."""
        return width_of(self._name) + width_of(self._facts) + 3

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Textual's
        """One line, whatever the width."""
        return 1


def _nothing() -> str:
    return _("No exports here: no %(endings)s file.") % {"endings": ", ".join(("CSV", "TSV", "XLSX", "ZIP"))}


def _size(size: int) -> str:
    if size >= 1_000_000:
        return _("%(n)s MB") % {"n": format.number(size / 1_000_000, 1)}
    return _("%(n)s kB") % {"n": format.number(max(1, size / 1000) if size else 0)}


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _cut_left(text: str, width: int) -> str:
    """The end of a path that is too long, which tells more than its beginning."""
    if width_of(text) <= width:
        return text
    while text and width_of(text) > width - 1:
        text = text[1:]
    return f"…{text}"


def _cut_middle(text: str, width: int) -> str:
    """A name without its middle: beginning and end tell exports apart."""
    if width_of(text) <= width:
        return text
    tail = _cut_left(text, width // 2)
    return cut(text, width - width_of(tail)).removesuffix("…") + tail


def _completed(text: str, folder: Path) -> tuple[str, str]:
    """A path as far as only one thing can be meant, and what is wrong with it."""
    head, slash, beginning = text.rpartition(os.sep)
    if not slash:  # "~"
        return (text + os.sep, "") if typed(text, folder) else (text, _("There is no such file."))
    parent = typed(head + slash, folder)
    if parent is None or not _is_folder(parent):
        return text, _("There is no such file.")
    listing = read_folder(parent)
    if listing.problem:
        return text, listing.problem
    names = [
        entry.path.name + (os.sep if entry.is_folder else "")
        for entry in listing.entries
        if entry.path.name.casefold().startswith(beginning.casefold())
    ]
    if not names:
        return text, _("There is no such file.")
    return f"{head}{slash}{_common(names)}", ""


def _common(names: Sequence[str]) -> str:
    """What all names begin with."""
    first, last = min(names), max(names)
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), None)
    return first[: min(len(first), len(last)) if same is None else same]
