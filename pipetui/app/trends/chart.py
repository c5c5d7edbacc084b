"""Lines of a chart in the colours of the theme; drawn again only when data, size or cursor are others."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from textual import events

from pipetui.app.board.cells import width_of
from pipetui.app.forecast.panel import Panel
from pipetui.app.forecast.rows import MUTED, Part, Row
from pipetui.app.kept import keeps_lines
from pipetui.app.marks import has_unicode
from pipetui.app.trends.shown import Lines
from pipetui.charts.lines import LEAST_HEIGHT, LEAST_WIDTH, MARKERS, line_chart
from pipetui.charts.points import Series, limits, segments

_COLOUR: Final = re.compile(r"\x1b\[([0-9;]*)m")
_CURSOR: Final = "$accent"


@keeps_lines
class Chart(Panel):
    """Axes and lines; a rule stands where the cursor is."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, with_cursor=False)
        self._lines: Lines | None = None
        self._x: float | None = None
        self._drawn = (0, 0)

    def draw(self, lines: Lines | None, x: float | None) -> None:
        """Other lines, or the cursor elsewhere on them."""
        self._lines, self._x = lines, x
        self._redraw()

    def on_resize(self, event: events.Resize) -> None:
        """Another height is another chart, too."""
        super().on_resize(event)
        if self._drawn != (event.size.width, event.size.height):
            self._redraw()

    def _redraw(self) -> None:
        size = self.size
        self._drawn = size.width, size.height
        rows = drawn(self._lines, self._x, size.width, size.height)
        self.show(lambda _width: rows)


def drawn(lines: Lines | None, x: float | None, width: int, height: int) -> list[Row]:
    """The rows of a chart; none without room or data."""
    if lines is None or width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return []
    legend = _legend(lines, width)
    series, styles = _with_cursor(lines, x)
    rows = line_chart(
        series,
        width=width - 1,
        height=height - len(legend),
        label=lines.label,
        marks=lines.marks,
        floor=lines.floor,
        plain=not has_unicode(),
        colors=tuple(range(1, len(styles) + 1)),
    )
    return [*(_row(row, tuple(styles)) for row in rows), *legend]


def _with_cursor(lines: Lines, x: float | None) -> tuple[list[Series], list[str]]:
    """The series and their styles; the cursor is a rule from top to bottom, below the others."""
    series, styles = list(lines.series), list(lines.styles)
    if x is None:
        return series, styles
    ends = [y for one in series for its in segments(one.points) for _x, y in its]
    low, high = limits(ends, lines.floor)
    sign = "┊" if has_unicode() else ":"
    steps = 60
    rule = [(x, low + (high - low) * at / steps) for at in range(steps + 1)]
    return [Series("", rule, sign), *series], [_CURSOR, *styles]


def _legend(lines: Lines, width: int) -> list[Row]:
    rows: list[list[Part]] = []
    room = 0
    for at, (name, style) in enumerate(zip(lines.legend, lines.styles, strict=False)):
        mark = lines.series[at].mark
        sign = mark or ("⠤⠤" if has_unicode() else MARKERS[at % len(MARKERS)])
        needed = width_of(name) + width_of(sign) + 1
        if not rows or room < needed:
            rows.append([Part("  ")])
            room = width - 2
        room -= needed + 3
        rows[-1] += [Part(sign, style), Part(f" {name}   ", MUTED)]
    return [Row(tuple(parts)) for parts in rows]


@lru_cache(maxsize=512)
def _row(text: str, styles: Sequence[str]) -> Row:
    """A row of plotext's: its colours are the places of the series."""
    parts: list[Part] = []
    style, at = MUTED, 0
    for match in _COLOUR.finditer(text):
        if match.start() > at:
            parts.append(Part(text[at : match.start()], style))
        at = match.end()
        code = match[1].rpartition(";")[2]
        style = styles[int(code) - 1] if match[1] not in ("", "0") and 0 < int(code) <= len(styles) else MUTED
    if at < len(text):
        parts.append(Part(text[at:], style))
    return Row(tuple(parts))
