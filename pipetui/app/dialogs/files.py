"""Choosing a file by keyboard: folders first, then the newest exports."""

from pathlib import Path
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pipetui.app.dialogs.dialog import Dialog
from pipetui.deals.text import clean, fold
from pipetui.language import _, format

ENDINGS = (".csv", ".tsv", ".txt")
SHOWN = 200


class _Entry(NamedTuple):
    path: Path
    label: str
    is_folder: bool


class FilePicker(Dialog[Path]):
    """Lists a folder; enter goes into a folder or takes a file, a path may be typed or pasted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("ctrl+u", "parent", show=False, priority=True),  # the box would take it
    ]

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("Import an export of your CRM"),
            _("↑ ↓ choose · enter take it · ctrl+u folder above · a path may be pasted · esc never mind"),
        )
        self._folder = folder if folder.is_dir() else Path.home()
        self._found: list[_Entry] = []
        self._entries: list[_Entry] = []

    def compose_body(self) -> ComposeResult:
        """Where one is, a line to type in, the list."""
        yield Static("", id="folder", markup=False)
        yield Input(placeholder=_("type to narrow, or paste a path"))
        yield OptionList(markup=False)
        yield Static("", classes="problem", markup=False)

    def on_mount(self) -> None:
        """The folder's files."""
        self.query_one(OptionList).can_focus = False
        self._go(self._folder)

    def _go(self, folder: Path) -> None:
        problem = self.query_one(".problem", Static)
        try:
            entries = [self._entry(path) for path in folder.iterdir() if not path.name.startswith(".")]
        except OSError:
            problem.update(_("This folder cannot be read."))
            return
        problem.update("")
        self._folder = folder
        kept = [entry for entry in entries if entry is not None]
        self._entries = [_Entry(folder.parent, "..", is_folder=True), *sorted(kept, key=self._order)]
        self.query_one("#folder", Static).update(clean(str(folder)))
        self.query_one(Input).value = ""
        self._list("")

    @staticmethod
    def _entry(path: Path) -> _Entry | None:
        try:
            if path.is_dir():
                return _Entry(path, f"{clean(path.name)}/", is_folder=True)
            if path.suffix.lower() in ENDINGS:
                size = _("%(n)s kB") % {"n": format.number(path.stat().st_size / 1024)}
                return _Entry(path, f"{clean(path.name)}   {size}", is_folder=False)
        except OSError:
            return None
        return None

    @staticmethod
    def _order(entry: _Entry) -> tuple[int, float, str]:
        if entry.is_folder:
            return (1, 0.0, entry.label.casefold())
        return (0, -entry.path.stat().st_mtime, entry.label.casefold())

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        self._list(event.value)

    def _list(self, text: str) -> None:
        wanted = fold(text)
        self._found = [entry for entry in self._entries if wanted in fold(entry.label)][:SHOWN]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            [
                Option(Content.styled(e.label, "$muted") if e.is_folder else Content(e.label))
                for e in self._found
            ]
        )
        if self._found:
            options.highlighted = 1 if not wanted and len(self._found) > 1 else 0

    def action_move(self, step: int) -> None:
        """Another entry."""
        options = self.query_one(OptionList)
        if self._found:
            options.highlighted = max(0, min(len(self._found) - 1, (options.highlighted or 0) + step))

    def action_parent(self) -> None:
        """The folder above."""
        self._go(self._folder.parent)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        typed = _existing(event.value)
        if typed is not None:
            self._choose(typed, typed.is_dir())
            return
        highlighted = self.query_one(OptionList).highlighted
        if self._found and highlighted is not None:
            self._choose(self._found[highlighted].path, self._found[highlighted].is_folder)
        else:
            self.query_one(".problem", Static).update(_("There is no such file."))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        entry = self._found[event.option_index]
        self._choose(entry.path, entry.is_folder)

    def _choose(self, path: Path, is_folder: bool) -> None:
        if is_folder:
            self._go(path)
        else:
            self.dismiss(path)


def _existing(text: str) -> Path | None:
    """The file or folder of a typed or pasted path; `None` if it is none."""
    try:
        path = Path(text.strip().strip("'\"")).expanduser()
        return path if text.strip() and path.is_absolute() and path.exists() else None
    except (OSError, RuntimeError, ValueError):  # a name too long, "~nobody", a NUL
        return None
