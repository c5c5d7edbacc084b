"""Choosing files by keyboard: the newest exports first, then folders, then where one was lately."""

import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pipetui.app.board.cells import pad, width_of
from pipetui.app.dialogs.dialog import Dialog
from pipetui.app.dialogs.entries import cut_left, entry_lines
from pipetui.app.dialogs.listing import (
    Entry,
    Listing,
    completed,
    existing,
    first_folder,
    is_folder,
    is_path,
    look_at,
    read_folder,
    shown,
    typed,
)
from pipetui.deals.text import fold
from pipetui.language import _, ngettext

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

SHOWN = 200
"""Entries listed at once; typing finds the others."""


class Places(NamedTuple):
    """Where to begin, and where one was lately."""

    folder: Path | None
    """`None` the first time: where exports mostly are is found out."""
    folders: Sequence[Path] = ()
    files: Sequence[Path] = ()


class Listed(Message):
    """A folder was read."""

    def __init__(self, number: int, listing: Listing, lately: list[Entry], imported: Collection[str]) -> None:
        super().__init__()
        self.number = number
        self.listing = listing
        self.lately = lately
        self.imported = imported


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

    def __init__(
        self,
        places: Places,
        *,
        again: Sequence[Path] = (),
        notice: str = "",
        imported: Callable[[], Collection[str]] = tuple,
    ) -> None:
        """`again` are files that were chosen before; `imported` tells the names of those known already."""
        super().__init__(
            _("Import an export of your CRM"),
            _("enter import · space mark · tab complete · ctrl+u folder above · esc never mind"),
            notice=notice,
        )
        self._places = places
        self._folder = places.folder or Path.home()
        self._again = again
        self._what_is_imported = imported
        self._imported: Collection[str] = ()
        self._entries: list[Entry] = []
        self._lately: list[Entry] = []
        self._found: list[Entry] = []
        self._rows: list[int] = []
        """The lines of the list that the entries found stand on."""
        self._marked: dict[Path, None] = dict.fromkeys(again if len(again) > 1 else ())
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
        self._go(self._places.folder)

    def _go(self, folder: Path | None, done_with: str | None = None) -> None:
        """Read a folder; what is not there any more gives way to the one above it."""
        self._asked += 1
        self._done_with = self.query_one(Input).value if done_with is None else done_with
        number, places = self._asked, self._places

        def job() -> None:
            wanted = folder or first_folder()
            there = next((path for path in (wanted, *wanted.parents) if is_folder(path)), wanted)
            listing = read_folder(there)
            mine = {entry.path for entry in listing.entries}
            lately = [path for path in (*places.files, *places.folders) if path not in mine and path != there]
            found = [entry for path in lately if (entry := look_at(path))]
            self.post_message(Listed(number, listing, found, self._what_is_imported()))

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
            self._folder, self._lately, self._imported = listing.folder, event.lately, event.imported
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
        self._find_again()
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
        folder = cut_left(shown(self._folder), room - width_of(counted) - 2)
        where.update(Content(pad(folder, room - width_of(counted)) + counted))

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._complain("")
        self._typed(event.value)

    def _typed(self, text: str) -> None:
        """Go into a folder whose path is typed to its end, narrow the list by anything else."""
        path = typed(text, self._folder)
        if path is not None and text.rstrip().endswith(os.sep) and is_folder(path):
            self._go(path, text)  # quick hands have typed on meanwhile
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
        lines = entry_lines(
            [*self._found, *lately],
            self.app.session.launch.clock,
            marked=self._marked,
            imported=self._imported,
        )
        shown_ = [Option(line) for line in lines[: len(self._found)]]
        if not any(not entry.is_folder for entry in self._found) and not words:
            shown_.insert(0, Option(Content.styled(_nothing(), "$muted"), disabled=True))
        elif not self._found and not lately:
            said = _("Nothing here is called that.")
            shown_.append(Option(Content.styled(said, "$muted"), disabled=True))
        if lately:
            shown_.append(Option(Content.styled(_("Lately"), "bold"), disabled=True))
            shown_ += [Option(line) for line in lines[len(self._found) :]]
        self._found += lately
        options.add_options(shown_)
        self._rows = [at for at, option in enumerate(shown_) if not option.disabled]
        options.highlighted = self._rows[0] if self._rows else None

    def _find_again(self) -> None:
        """The cursor to the file that was chosen before, once."""
        again, self._again = self._again, ()
        for at, entry in enumerate(self._found):
            if again and entry.path == again[0]:
                self.query_one(OptionList).highlighted = self._rows[at]

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
            box.value, problem = completed(box.value, self._folder)
            box.cursor_position = len(box.value)
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
        elif is_folder(path):
            self._go(path)
        else:
            self.dismiss((path,))

    def _complain(self, problem: str) -> None:
        self.query_one(".problem", Static).update(problem)


def _nothing() -> str:
    return _("No exports here: no %(endings)s file.") % {"endings": ", ".join(("CSV", "TSV", "XLSX", "ZIP"))}
