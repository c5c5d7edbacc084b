"""The content of a file → tables of text: header, rows and their lines. Knows nothing about deals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.exchange.importing.decoding import decode
from pipetui.exchange.importing.delimited import HEADER_WITHIN, Knows, check_size, records, sep_line, sniff
from pipetui.exchange.importing.pacing import Tick, paced, still
from pipetui.exchange.importing.workbook import is_workbook, read_sheets
from pipetui.language import _

SHEET = "workbook"
"""What stands for the encoding of a table that was no text."""


@dataclass(frozen=True, slots=True)
class Table:
    """An export as text. Every row is as long as the header."""

    name: str
    header: tuple[str, ...]
    """Cleaned; unique, a second "Value" is "Value (2)"; a column without a label is ""."""
    rows: list[list[str]]
    lines: list[int]
    """The line of the file on which each row begins, from 1."""
    encoding: str
    delimiter: str
    titles: tuple[str, ...] = ()
    """The cells above the header."""
    misshapen: list[tuple[int, list[str]]] = field(default_factory=list)
    """Rows with more cells than the header has columns, and their lines."""
    warnings: list[str] = field(default_factory=list)


def parse_tables(
    data: bytes,
    name: str,
    *,
    knows: Knows,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    tick: Tick = still,
) -> list[Table]:
    """The tables in the content of a file: one of a text, one a sheet of a workbook.

    Raises:
        Problem: no text or workbook, not in that encoding, no header, or beyond the limits.
    """
    if not is_workbook(data):
        return [parse(data, name, knows=knows, encoding=encoding, delimiter=delimiter, tick=tick)]
    sheets = [found for found in read_sheets(data, name, sheet) if any(map(any, found.rows))]
    if not sheets:
        raise Problem(_("%(file)s is empty: export the deals again.") % {"file": name})
    tables = []
    for found in sheets:
        called = name if len(sheets) == 1 else f"{name} › {found.name}"
        lines = range(1, len(found.rows) + 1)
        check_size(found.rows, lines, called)
        tables.append(_arrange(found.rows, lines, called, knows, encoding=SHEET, delimiter=",", tick=tick))
    return tables


def parse(
    data: bytes,
    name: str,
    *,
    knows: Knows,
    encoding: str | None = None,
    delimiter: str | None = None,
    tick: Tick = still,
) -> Table:
    """The table in the bytes of a CSV file.

    Raises:
        Problem: no text, not in that encoding, no header, or beyond the limits.
    """
    decoded = decode(data, name, encoding, knows=knows, tick=tick)
    text, told = sep_line(decoded.text)
    delimiter = delimiter or told or sniff(text, knows)
    rows, lines = records(text, delimiter, name, tick)
    tick()
    if told:
        lines = [line + 1 for line in lines]
    table = _arrange(rows, lines, name, knows, encoding=decoded.encoding, delimiter=delimiter, tick=tick)
    if decoded.warning:
        table.warnings.append(decoded.warning)
    return table


def _arrange(
    rows: list[list[str]],
    lines: Sequence[int],
    name: str,
    knows: Knows,
    *,
    encoding: str,
    delimiter: str,
    tick: Tick,
) -> Table:
    """Header and rows of a grid of cells.

    The header is the row, among the first thirty, with the most labels that `knows` recognises; what stands
    above it is a title. Blank rows and repetitions of the header are left out.
    """
    kept = [index for index, row in enumerate(paced(rows, tick)) if any(row) and "".join(row).strip()]
    if not kept:
        raise Problem(_("%(file)s is empty: export the deals again.") % {"file": name})
    top = _header_index(rows, kept, knows)
    raw_header = rows[top]
    titles = tuple(clean(cell) for index in kept if index < top for cell in rows[index] if cell.strip())
    table = Table(name, _unique([clean(cell) for cell in raw_header]), [], [], encoding, delimiter, titles)
    first = next((index for index, label in enumerate(table.header) if label), 0)
    label = raw_header[first].strip()
    below = [index for index in kept if index > top]
    repeats = [
        index
        for index in paced(below, tick)
        if len(row := rows[index]) > first and row[first].strip() == label and _repeats(row, raw_header)
    ]
    if repeats:
        out = {*repeats, *_group_titles(rows, repeats)}
        below = [index for index in below if index not in out]
    width = len(table.header)
    table.rows.extend(rows[index] for index in paced(below, tick) if len(rows[index]) == width)
    if len(table.rows) == len(below):
        table.lines.extend(lines[index] for index in below)
    else:
        table.rows.clear()
        _fit(table, [(lines[index], rows[index]) for index in below])
    return table


def _group_titles(rows: list[list[str]], repeats: list[int]) -> Iterator[int]:
    """Single cells between a blank row and a repeated header: what monday.com calls the deals below it."""
    for index in repeats:
        above, before = rows[index - 1], rows[index - 2]
        if sum(map(bool, map(str.strip, above))) == 1 and not any(map(str.strip, before)):
            yield index - 1


def _repeats(row: list[str], header: list[str]) -> bool:
    """Whether a row is the header again, perhaps with other blanks."""
    return [clean(cell) for cell in row if cell.strip()] == [clean(cell) for cell in header if cell.strip()]


def _fit(table: Table, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Fill short rows, cut off blank cells, and keep rows with more cells than the header has apart."""
    width = len(table.header)
    for line, row in rows:
        if any(cell.strip() for cell in row[width:]):
            table.misshapen.append((line, row))
        else:
            table.rows.append((row + [""] * (width - len(row)))[:width])
            table.lines.append(line)


def _header_index(rows: list[list[str]], kept: list[int], knows: Knows) -> int:
    best, best_labels = kept[0], 1
    for index in kept[:HEADER_WITHIN]:
        labels = sum(map(knows, rows[index]))
        if labels > best_labels:
            best, best_labels = index, labels
    if best_labels == 1:
        # No label is known: the first row that is as wide as the table is.
        width = max(sum(map(bool, rows[index])) for index in kept[:HEADER_WITHIN])
        best = next(index for index in kept if sum(map(bool, rows[index])) * 2 > width)
    return best


def _unique(header: list[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    unique = []
    taken = set(header)
    for label in header:
        seen[label] += 1
        name = label
        if label and seen[label] > 1:
            while name in taken:
                name = f"{label} ({seen[label]})"
                seen[label] += name in taken
            taken.add(name)
        unique.append(name)
    return tuple(unique)
