"""Points as a table: a name, a bar where there is one, figures; as many columns as there is room for."""

from collections.abc import Sequence
from math import isfinite
from typing import Final, Literal, NamedTuple

from pipetui.app.board.cells import cut, width_of
from pipetui.app.forecast.rows import MUTED, LazyRows, Part, Row, left, right
from pipetui.app.marks import has_unicode

Look = Literal["good", "main", "second", "warn", "bad", "worst", "faint"]
LOOKS: Final[dict[Look, tuple[str, str, str]]] = {
    "good": ("█", "#", "$good"),
    "main": ("█", "#", "$primary"),
    "second": ("▓", "=", "$primary"),
    "warn": ("▒", "-", "$flag-medium"),
    "bad": ("▒", "x", "$flag-high"),
    "worst": ("█", "X", "$flag-high"),
    "faint": ("░", ".", "$muted"),
}
"""Each by its density, and only then by its colour."""
_GAP: Final = 2
_LEAST_BAR: Final = 8
_NAME, _LONG = 32, 60
"""Cells of the longest name, beside bars and without them."""
_SHORT, _LEAST_NAME = 28, 18
"""Cells that a name keeps before the names of columns are shortened, and before columns go."""
_HEAD: Final = 7
"""Cells that the name of a column keeps."""
_WIDEST_BAR: Final = 90
_MANY: Final = 120
"""Lines beyond which they are made when they come into sight."""


class Stroke(NamedTuple):
    """A part of a bar."""

    begin: float
    end: float
    look: Look = "main"


class Line(NamedTuple):
    """A row of the table."""

    key: str
    name: str
    cells: tuple[str, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    mark: float | None = None
    """Where a rule crosses its bar."""
    style: str = ""


class _Columns(NamedTuple):
    name: int
    cells: tuple[int, ...]
    bar: int
    heads: tuple[str, ...]


class Table(NamedTuple):
    """What is told of each point; the most telling figures first, a narrow screen has no room for more."""

    heads: tuple[str, ...]
    lines: Sequence[Line]
    legend: tuple[tuple[Look, str], ...] = ()
    title: str = ""
    """What the names are."""
    short_heads: tuple[str, ...] = ()
    """The same as `heads` for a narrow screen."""
    texts: frozenset[int] = frozenset()
    """The columns that hold no numbers."""

    def rows(self, width: int) -> Sequence[Row]:
        """The rows for a width in cells."""
        if not self.lines:
            return ()
        columns = self._columns(width)
        low, high = self._ends()
        legend = self._legend(width) if columns.bar else []
        top = [*legend, self._head(columns)]
        if len(self.lines) <= _MANY:  # what columns hold stays in sight only above rows that are all there
            return [*top, *(self._row(line, columns, low, high) for line in self.lines)]

        def make(at: int) -> Row:
            return top[at] if at < len(top) else self._row(self.lines[at - len(top)], columns, low, high)

        return LazyRows(len(top) + len(self.lines), make)

    def _columns(self, width: int) -> _Columns:
        width -= 2  # a blank before, and what tells that there is more behind
        sample = [*self.lines[:200], *self.lines[-1:]]
        name = max(width_of(self.title), *(width_of(line.name) for line in sample)) + 1
        widest = [
            max((width_of(line.cells[at]) for line in sample if at < len(line.cells)), default=1)
            for at in range(len(self.heads))
        ]
        bar = _LEAST_BAR + _GAP if any(line.strokes for line in sample) else 0
        name = min(name, _NAME if bar else _LONG)
        for heads in (self.heads, self.short_heads or self.heads):
            sizes = [_GAP + max(width_of(head), cell) for head, cell in zip(heads, widest, strict=True)]
            if min(name, _SHORT) + sum(sizes) + bar <= width:
                break
        else:  # a name of a column gives way before the column
            sizes = _squeezed(sizes, widest, width - bar - min(name, _SHORT))
        name = min(name, max(_LEAST_NAME, width - bar - sum(sizes)))
        while len(sizes) > 1 and name + sum(sizes) + bar > width:
            sizes.pop()
        name = max(_LEAST_BAR, min(name, width - bar - sum(sizes)))
        room = width - name - sum(sizes) - _GAP
        return _Columns(name, tuple(sizes), min(_WIDEST_BAR, room) if bar else 0, heads)

    def _ends(self) -> tuple[float, float]:
        ends = [end for line in self.lines for stroke in line.strokes for end in stroke[:2] if isfinite(end)]
        marks = [line.mark for line in self.lines if line.mark is not None and isfinite(line.mark)]
        return min([0.0, *ends, *marks]), max([0.0, *ends, *marks])

    def _legend(self, width: int) -> list[Row]:
        rows: list[list[Part]] = []
        room = 0
        for look, text in self.legend:
            full, plain, style = LOOKS[look]
            if not rows or room < width_of(text) + 3:
                rows.append([Part(" ")])
                room = width - 2
            room -= width_of(text) + 6
            rows[-1].append(Part((full if has_unicode() else plain) * 2, style, keeps=True))
            rows[-1].append(Part(f" {text}   ", MUTED))
        return [Row(tuple(parts)) for parts in rows]

    def _head(self, columns: _Columns) -> Row:
        parts = [left(f" {self.title}" if self.title else "", columns.name + 1, MUTED)]
        for at, (text, size) in enumerate(zip(columns.heads, columns.cells, strict=False)):
            parts.append(self._cell(at, cut(text, size - 1), size, MUTED))
        return Row(tuple(parts), stays=True)

    def _cell(self, at: int, text: str, size: int, style: str) -> Part:
        return left(f"{'':{_GAP}}{text}", size, style) if at in self.texts else right(text, size, style)

    def _row(self, line: Line, columns: _Columns, low: float, high: float) -> Row:
        parts = [left(f" {line.name}", columns.name + 1, line.style)]
        for at, size in enumerate(columns.cells):
            text = line.cells[at] if at < len(line.cells) else ""
            parts.append(self._cell(at, text, size, line.style or ("bold" if at == 0 else "")))
        if columns.bar:
            parts.append(Part(" " * (_GAP - 1)))
            parts += _bar(line, columns.bar, low, high)
            parts.append(Part("  ", keeps=True))  # turned round, it would look like a bar
        return Row(tuple(parts), line.key)


def _squeezed(sizes: Sequence[int], widest: Sequence[int], room: int) -> list[int]:
    """The columns with shorter names, the longest first, as far as that helps."""
    found = list(sizes)
    least = [_GAP + max(_HEAD, cell) for cell in widest]
    while sum(found) > room:
        spare = [at for at, size in enumerate(found) if size > least[at]]
        if not spare:
            break
        found[max(spare, key=lambda at: found[at])] -= 1
    return found


def _bar(line: Line, room: int, low: float, high: float) -> list[Part]:
    """The strokes on a scale that all lines share; whatever is there has a cell at least."""
    span = (high - low) or 1.0
    cells = [(" ", "")] * room

    def cell(value: float) -> int:
        return max(0, min(room, round(room * ((value - low) / span))))

    before, drawn = 0.0, 0
    for begin, end, look in line.strokes:
        if not (isfinite(begin) and isfinite(end)) or begin == end:
            continue
        first, last = sorted((cell(begin), cell(end)))
        if begin == before and drawn < room:  # the part before keeps its cell, however small it is
            first, last = max(first, drawn), max(last, drawn)
        if first == last:
            first, last = (first, first + 1) if first < room else (room - 1, room)
        full, plain, style = LOOKS[look]
        cells[first:last] = [(full if has_unicode() else plain, style)] * (last - first)
        before, drawn = end, last
    if line.mark is not None and isfinite(line.mark):
        cells[min(room - 1, cell(line.mark))] = ("│" if has_unicode() else "|", "$accent bold")
    parts: list[Part] = []
    for sign, style in cells:
        if parts and parts[-1].style == style:
            parts[-1] = Part(parts[-1].text + sign, style, keeps=True)
        else:
            parts.append(Part(sign, style, keeps=True))
    return parts
