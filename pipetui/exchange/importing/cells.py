"""The cells of an export by field, and the rows in which one of them cannot be read."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingType
from functools import cached_property
from typing import Any, Final, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.deals.text import clean
from pipetui.exchange.importing import words
from pipetui.exchange.importing.mapping import Mapping
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.pacing import Tick, paced, still
from pipetui.exchange.importing.reading import Table
from pipetui.exchange.neutral import restored
from pipetui.language import quoted


class Rejected(NamedTuple):
    """A row that could not be read, whole."""

    line: int
    column: str
    value: str
    reason: str
    cells: Sequence[str]


class Unreadable:
    """What a cell's text could not be read as."""


UNREADABLE: Final = Unreadable()


class Cells:
    """The mapped columns of one export, as text."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        *,
        clock: Clock,
        currency: str,
        options: Options,
        tick: Tick = still,
    ) -> None:
        """`currency` stands where neither cell nor column names one; `tick` is told of every column."""
        self.table = table
        self.mapping = mapping
        self.clock = clock
        self.currency = currency
        self.options = options
        self._tick = tick
        self.size = len(table.rows)
        self.rejected: dict[int, Rejected] = {}
        """Row index → the first thing in it that could not be read."""
        self.warnings: list[str] = []

    def cells(self, name: str) -> Sequence[str] | None:
        """The raw texts of a field's column; `None` if it has none."""
        self._tick()
        match = self.mapping.matches.get(name)
        if match is None:
            return None
        return self._columns[match.position] if self.table.rows else ()

    @cached_property
    def _columns(self) -> list[tuple[str, ...]]:
        # One by one: `zip` would do all of it in one go, and a key of the app would wait for that.
        rows = self.table.rows
        columns = []
        for at in range(len(rows[0])):
            self._tick()
            columns.append(tuple([row[at] for row in rows]))
        if self.mapping.preset.is_own:
            return [tuple(map(restored, column)) for column in columns]
        return columns

    def text(self, name: str, read: Callable[[str], str] = clean) -> list[str] | None:
        """Cleaned texts; a spreadsheet's "#N/A" is empty."""
        cells = self.cells(name)
        if cells is None:
            return None
        if self.mapping.preset.is_own:
            return [read(cell) for cell in paced(cells, self._tick)]
        distinct = set(cells)
        if len(distinct) > len(cells) // 2:
            return ["" if _is_null(cell) else read(cell) for cell in paced(cells, self._tick)]
        memo = {cell: "" if _is_null(cell) else read(cell) for cell in paced(distinct, self._tick)}
        return [memo[cell] for cell in cells]

    def column(self, name: str) -> str:
        """A field's column, as the file calls it."""
        return self.mapping.matches[name].column

    def _checked(self, name: str, cells: Sequence[str], memo: dict[str, Any], what: str) -> list[Any]:
        self._reject(name, cells, memo, what)
        return [None if (value := memo[cell]) is UNREADABLE else value for cell in cells]

    def _reject(self, name: str, cells: Sequence[str], memo: MappingType[str, Any], what: str) -> None:
        bad = {cell for cell, value in memo.items() if value is UNREADABLE}
        if not bad:
            return
        column, rows, lines = self.column(name), self.table.rows, self.table.lines
        for index, cell in enumerate(cells):
            if cell in bad and index not in self.rejected:
                value = clean(cell)
                reason = f"{quoted(clean(value, 60))} {what}"
                self.rejected[index] = Rejected(lines[index], column, value, reason, rows[index])


def _is_null(cell: str) -> bool:
    return cell.startswith(("#", "(", "<", "\\", "-")) and words.is_null(cell)
