"""The first row: the app, its places, the store, the day."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from textual.content import Content
from textual.widget import Widget

from pipetui.app.board.cells import cut, width_of
from pipetui.app.commands import COMMANDS
from pipetui.app.kept import keeps_lines
from pipetui.app.keymap import key_of
from pipetui.deals.text import clean
from pipetui.language import _, format

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

_STORE = 8
"""Cells that the name of the store keeps."""


@keeps_lines
class Header(Widget):
    """One row: which places there are and which is open, what store it is, what day."""

    DEFAULT_CSS = """
    Header { height: 1; width: 1fr; color: $muted; text-style: $muted-text-style; }
    """
    COMPONENT_CLASSES = {"header--app", "header--place"}  # noqa: RUF012 - Textual's own way

    app: "PipetuiApp"

    def __init__(self, place: str, store: str, today: date) -> None:
        super().__init__()
        self._place = place
        self._store = store
        self._today = today

    def set_store(self, store: str) -> None:
        """Name another store."""
        self._store = store
        self.refresh()

    def set_today(self, today: date) -> None:
        """Another day."""
        if today != self._today:
            self._today = today
            self.refresh()

    def render(self) -> Content:
        """The row; where it is narrow without the app, then with the name of the open place only."""
        width = self.size.width
        day = format.long_date(self._today, short=True) + " "
        store = min(width_of(self._store), _STORE) + 3
        for app, named in ((True, True), (False, True), (True, False)):
            left = self._places(app=app, named=named)
            if left.cell_length + width_of(day) + store <= width:
                break
        shown = cut(self._store, width - left.cell_length - width_of(day) - 3)
        filling = max(1, width - left.cell_length - width_of(day) - width_of(shown) - 2)
        return Content.assemble(left, "  ", shown, " " * filling, day)

    def _places(self, *, app: bool, named: bool) -> Content:
        parts = [Content.styled(" pipetui ", self.get_visual_style("header--app"))] if app else []
        for place in [command for command in COMMANDS if command.id.startswith("place.")]:
            is_open = place.id == f"place.{self._place}"
            style = self.get_visual_style("header--place") if is_open else ""
            name = f" {_(place.title)}" if named or is_open else ""
            parts.append(Content.styled(f" {key_of(place, self.app.keymap_in_use)}{name} ", style))
        return Content.assemble(*parts)


def store_name(location: str) -> str:
    """What the header calls a store: its file's or database's name, never a password of its URL."""
    if "://" not in location:
        return clean(Path(location).name)
    return clean(urlsplit(location).path.rpartition("/")[2] or urlsplit(location).hostname or "")
