"""A tile: lines that are all under the cursor, or none of them."""

from collections.abc import Callable, Sequence

from textual import events
from textual.strip import Strip

from pipetui.app.forecast.panel import Panel
from pipetui.app.forecast.rows import Row

Fill = Callable[[int, int], Sequence[Row]]
"""The rows for a width and a height in cells."""


class TileBox(Panel):
    """Shows one thing to be acted on; the cursor is on the whole of it."""

    def __init__(self, key: str) -> None:
        super().__init__(id=key)
        self.key = key
        self._fill: Fill = lambda _width, _height: ()
        self._is_here = False

    def fill(self, fill: Fill, *, is_here: bool) -> None:
        """Other lines, under the cursor or not."""
        self._fill, self._is_here = fill, is_here
        self.show(lambda width: self._fill(width, self._height)[: self._height])

    def put_cursor(self, *, is_here: bool) -> None:
        """The cursor comes, or leaves."""
        if is_here != self._is_here:
            self._is_here = is_here
            self._paint()

    def on_resize(self, event: events.Resize) -> None:
        """Another size is other lines."""
        self._width, self._height = 0, event.size.height  # so that they are made anew for the height alone
        super().on_resize(event)

    def _line(self, at: int, y: int) -> Strip:
        self._cursor = at if self._is_here else None
        return super()._line(at, y)

    def _scroll(self) -> None:
        """Nothing scrolls: what does not fit is not shown."""
        self._cursor, self._offset = None, 0
