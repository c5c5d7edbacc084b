"""Panels that remember their lines: most of what stands beside a deal stands beside the next one, too."""

from textual.strip import Strip

from pipetui.app.forecast.panel import Panel
from pipetui.app.forecast.rows import BLANK, Build, Row

_KEPT = 500


class KeptPanel(Panel):
    """Paints a row once, wherever it stands; the one under the cursor anew."""

    def __init__(self, *, id: str | None = None, with_cursor: bool = True) -> None:
        super().__init__(id=id, with_cursor=with_cursor)
        self._strips: dict[tuple[Row, int], Strip] = {}

    def _line(self, at: int, y: int) -> Strip:
        if at == self._cursor:
            return super()._line(at, y)
        if not self._styles or len(self._strips) > _KEPT:  # another theme
            self._strips.clear()
        row = self.rows[at] if at < len(self.rows) else BLANK
        strip = self._strips.get((row, self._width))
        if strip is None:
            strip = self._strips[row, self._width] = super()._line(at, y)
        return super()._with_thumb(strip, y)

    def _with_thumb(self, strip: Strip, y: int) -> Strip:
        """Added to the line that is remembered without it."""
        del y
        return strip


class QueuePanel(KeptPanel):
    """The agenda. Its cursor is told by number: looking for a key would make every row."""

    def renew(self, build: Build, at: int) -> None:
        """Other rows, and where one is; painted once."""
        self._build = build
        self.rows = build(self._width - self._margin) if self._width > 1 else ()
        self._key, self._cursor = "", at
        self._paint()
