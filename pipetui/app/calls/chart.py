"""Numbers as columns of block characters, with a mark each and a line across: a chart in the terminal."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from pipetui.app.board.cells import width_of
from pipetui.app.forecast.rows import MUTED, Part, Row, right
from pipetui.app.marks import has_unicode

_EIGHTHS: Final = " ▁▂▃▄▅▆▇█"
WIDEST: Final = 9
"""Cells of the widest column."""


class Point(NamedTuple):
    """One column. Amounts in minor units."""

    label: str
    bar: int
    mark: int | None = None


def spark(values: Sequence[int], most: int | None) -> str:
    """A line in one row, from nothing to `most`, which is a full block; without Unicode tenths of it."""
    top = most or max(values, default=0)
    if top <= 0:
        return ""
    if has_unicode():
        return "".join(_EIGHTHS[max(1, min(8, (8 * value + top // 2) // top))] for value in values)
    return "".join(str(max(0, min(9, 10 * value // top))) for value in values)


def columns(
    points: Sequence[Point], line: int | None, width: int, height: int, told: Callable[[int], str]
) -> list[Row]:
    """The rows of a chart: columns from 0, the marks on them, a line across at some amount.

    Args:
        points: from left to right; what does not fit is left out at the left.
        line: the amount of the line, `None` for none.
        width: cells, scale included.
        height: rows, labels included.
        told: an amount as it stands on the scale.
    """
    amounts = [max(point.bar, point.mark or 0) for point in points]
    most = max([*amounts, line or 0])
    rows = height - 1
    if most <= 0 or not points or rows < 2:
        return []
    scale = max(width_of(told(amount)) for amount in {most, line or 0}) + 2
    room = width - scale - 2
    size = max(1, min(WIDEST, room // len(points) - 1))
    points = points[-max(1, room // (size + 1)) :]
    levels = 8 * rows

    def level(amount: int) -> int:
        return max(0, min(levels, (2 * amount * levels + most) // (2 * most)))

    across = None if line is None else _row_of(level(line), rows)
    found = []
    for row in range(rows - 1, -1, -1):
        amount = line if line is not None and row == across else most if row == rows - 1 else None
        if row == 0 and amount is None:
            amount = 0
        scaled = "" if amount is None else told(amount)
        parts = [right(scaled, scale - 1, MUTED), Part(" ")]
        for point in points:
            parts += _cell(point, row, rows, level, size, is_line=row == across)
        found.append(Row(tuple(parts)))
    return [*found, _labels(points, scale, size)]


def _row_of(level: int, rows: int) -> int:
    """The row that a level lies in, from below."""
    return min(rows - 1, max(0, (level - 1) // 8))


def _cell(
    point: Point, row: int, rows: int, level: Callable[[int], int], size: int, *, is_line: bool
) -> list[Part]:
    """What of a column stands in a row, and the gap behind it."""
    filled = max(0, min(8, level(point.bar) - 8 * row))
    block = _EIGHTHS[filled] if has_unicode() else "#" if filled >= 4 else " "
    rule = ("┄" if has_unicode() else "-") if is_line else " "
    gap = Part(rule, "$accent" if is_line else "")
    if point.mark is not None and _row_of(level(point.mark), rows) == row:
        mark = "●" if has_unicode() else "o"
        before = (size - 1) // 2
        text = block if block != " " else rule
        style = "$primary" if block != " " else "$accent"
        return [
            Part(text * before, style, keeps=True),
            Part(mark, "bold", keeps=True),
            Part(text * (size - before - 1), style, keeps=True),
            gap,
        ]
    if block == " ":
        return [Part(rule * size, "$accent" if is_line else "", keeps=True), gap]
    return [Part(block * size, "$primary", keeps=True), gap]


def _labels(points: Sequence[Point], scale: int, size: int) -> Row:
    """As many labels as there is room for, each below its column, the last one always."""
    width = len(points) * (size + 1)
    cells = [" "] * width
    free = width
    for at in range(len(points) - 1, -1, -1):
        label = points[at].label
        begin = at * (size + 1)
        begin = max(0, min(begin, width - width_of(label)))
        if begin + width_of(label) <= free:
            cells[begin : begin + len(label)] = label
            free = begin - 2
    return Row((Part(" " * scale), Part("".join(cells), MUTED)))
