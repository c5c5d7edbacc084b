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
        """The row."""
        width = self.size.width
        places = [command for command in COMMANDS if command.id.startswith("place.")]
        parts = [Content.styled(" pipetui ", self.get_visual_style("header--app"))]
        for place in places:
            is_open = place.id == f"place.{self._place}"
            style = self.get_visual_style("header--place") if is_open else ""
            parts.append(Content.styled(f" {key_of(place, self.app.keymap_in_use)} {_(place.title)} ", style))
        left = Content.assemble(*parts)
        day = format.long_date(self._today, short=True) + " "
        room = width - left.cell_length - width_of(day) - 3
        store = cut(self._store, room)
        filling = max(1, width - left.cell_length - width_of(day) - width_of(store) - 2)
        return Content.assemble(left, "  ", store, " " * filling, day)


def store_name(location: str) -> str:
    """What the header calls a store: its file's or database's name, never a password of its URL."""
    if "://" not in location:
        return clean(Path(location).name)
    return clean(urlsplit(location).path.rpartition("/")[2] or urlsplit(location).hostname or "")
