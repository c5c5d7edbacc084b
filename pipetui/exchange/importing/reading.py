"""A file → a table of text: delimiter, header, rows and their lines. Knows nothing about deals."""

import csv
import io
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.exchange.importing.decoding import decode
from pipetui.language import _

MAX_BYTES = 512 * 1024 * 1024
MAX_CELL = 1_000_000
"""Longest cell, in characters."""
MAX_COLUMNS = 2_000
MAX_ROWS = 2_000_000
HEADER_WITHIN = 30
"""The header is looked for among this many rows with content."""
STDIN = Path("-")

_DELIMITERS = ",;\t|"
_SAMPLE = 65_536

Knows = Callable[[str], bool]
"""Whether a cell is a column label that some preset knows."""


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
    misshapen: list[tuple[int, list[str]]] = field(default_factory=list)
    """Rows with more cells than the header has columns, and their lines."""
    warnings: list[str] = field(default_factory=list)


def read_bytes(path: Path) -> bytes:
    """The content of a file, or of standard input for "-".

    Raises:
        Problem: it cannot be read, is empty or too large.
    """
    name = file_name(path)
    try:
        if path == STDIN:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            if path.is_dir():
                raise Problem(_("%(file)s is a folder: name the CSV file in it.") % {"file": path})
            if path.stat().st_size > MAX_BYTES:
                raise Problem(_too_large(name))
            data = path.read_bytes()
    except FileNotFoundError:
        raise Problem(_("There is no file %(file)s: check the path.") % {"file": path}) from None
    except PermissionError:
        raise Problem(
            _("You are not allowed to read %(file)s: check its permissions.") % {"file": path}
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Problem(_("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": reason}) from None
    if len(data) > MAX_BYTES:
        raise Problem(_too_large(name))
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Problem(_("%(file)s is empty: export the deals again.") % {"file": name})
    return data


def file_name(path: Path) -> str:
    """How a file is called in messages."""
    return _("the standard input") if path == STDIN else clean(path.name)


def parse(
    data: bytes, name: str, *, knows: Knows, encoding: str | None = None, delimiter: str | None = None
) -> Table:
    """The table in the bytes of a CSV file.

    The header is the row, among the first thirty, with the most labels that `knows` recognises; what stands
    above it is a title. Blank rows and repetitions of the header are left out.

    Raises:
        Problem: no text, not in that encoding, no header, or beyond the limits.
    """
    decoded = decode(data, name, encoding)
    text, told = _sep_line(decoded.text)
    delimiter = delimiter or told or _sniff(text, knows)
    rows, lines = _records(text, delimiter, name)
    if told:
        lines = [line + 1 for line in lines]
    kept = [index for index, row in enumerate(rows) if any(row) and "".join(row).strip()]
    if not kept:
        raise Problem(_("%(file)s is empty: export the deals again.") % {"file": name})
    top = _header_index(rows, kept, knows)
    header = _unique([clean(cell) for cell in rows[top]])
    width = len(header)
    raw_header = rows[top]
    table = Table(name, header, [], [], decoded.encoding, delimiter)
    if decoded.warning:
        table.warnings.append(decoded.warning)
    below = [index for index in kept if index > top and rows[index] != raw_header]
    table.rows.extend(rows[index] for index in below if len(rows[index]) == width)
    if len(table.rows) == len(below):
        table.lines.extend(lines[index] for index in below)
    else:
        table.rows.clear()
        _fit(table, [(lines[index], rows[index]) for index in below])
    return table


def _fit(table: Table, rows: Sequence[tuple[int, list[str]]]) -> None:
    """Fill short rows, cut off blank cells, and keep rows with more cells than the header has apart."""
    width = len(table.header)
    for line, row in rows:
        if any(cell.strip() for cell in row[width:]):
            table.misshapen.append((line, row))
        else:
            table.rows.append((row + [""] * (width - len(row)))[:width])
            table.lines.append(line)


def _too_large(name: str) -> str:
    return _("%(file)s is larger than %(limit)d MB, the most that can be imported: split the export.") % {
        "file": name,
        "limit": MAX_BYTES // 1024 // 1024,
    }


def _sep_line(text: str) -> tuple[str, str | None]:
    """Excel's first line `sep=;`, taken off, and the delimiter that it names."""
    start = text[:8].lower()
    if start.startswith(("sep=", '"sep=')):
        end = min((at for at in (text.find("\n"), text.find("\r")) if at >= 0), default=len(text))
        named = text[:end].strip().strip('"')[4:]
        if len(named) == 1 or named == "\\t":
            skip = 2 if text[end : end + 2] == "\r\n" else 1
            return text[end + skip :], "\t" if named == "\\t" else named
    return text, None


def _sniff(text: str, knows: Knows) -> str:
    """The delimiter under which a row reads as known labels; else the one that cuts the rows most evenly."""
    sample = text[:_SAMPLE]
    best, best_score = ",", (0, 0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            rows = [
                row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if any(row)
            ]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows[:200] if len(row) > 1)
        if not widths:
            continue
        width, times = widths.most_common(1)[0]
        wide = (row for row in rows[:HEADER_WITHIN] if len(row) < MAX_COLUMNS)
        labels = max((sum(map(knows, row)) for row in wide), default=0)
        score = (labels, times / min(len(rows), 200), width)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(text: str, delimiter: str, name: str) -> tuple[list[list[str]], Sequence[int]]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error:
        raise Problem(
            _(
                "Line %(line)d of %(file)s holds a cell of more than %(limit)d characters: is a quote never"
                " closed?"
            )
            % {"line": _starts(text, delimiter, len(rows) + 1)[-1], "file": name, "limit": MAX_CELL}
        ) from None
    # Where no cell holds a line break, rows are lines.
    starts: Sequence[int] = range(1, len(rows) + 1)
    if reader.line_num != len(rows):
        starts = _starts(text, delimiter, len(rows))
    if max(map(len, rows), default=0) > MAX_COLUMNS:
        line = next(start for start, row in zip(starts, rows, strict=True) if len(row) > MAX_COLUMNS)
        raise Problem(
            _("Line %(line)d of %(file)s has more than %(limit)d columns: this is no export of deals.")
            % {"line": line, "file": name, "limit": MAX_COLUMNS}
        )
    if len(rows) > MAX_ROWS:
        raise Problem(
            _("%(file)s has more than %(limit)d rows, the most that can be imported: split the export.")
            % {"file": name, "limit": MAX_ROWS}
        )
    if rows and reader.line_num > starts[-1] and _is_unclosed(text, starts[-1] - 1, delimiter):
        raise Problem(
            _("The quote opened on line %(line)d of %(file)s is never closed: mend it and import again.")
            % {"line": starts[-1], "file": name}
        )
    return rows, starts


def _starts(text: str, delimiter: str, rows: int) -> list[int]:
    """The lines on which that many rows begin, from 1."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    starts: list[int] = []
    while len(starts) < rows:
        starts.append(reader.line_num + 1)
        if len(starts) < rows:
            next(reader)
    return starts


def _is_unclosed(text: str, skip: int, delimiter: str) -> bool:
    """Whether the last record, which begins after `skip` lines, ends inside quotes."""
    lines = io.StringIO(text, newline="")
    for _line in range(skip):
        lines.readline()
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


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
