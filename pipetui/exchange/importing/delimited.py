"""Text → rows of cells: delimiter, quotes, and the lines on which rows begin."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from pipetui.deals.errors import Problem
from pipetui.exchange.importing.pacing import Tick, still
from pipetui.language import _

MAX_CELL: Final = 1_000_000
"""Longest cell, in characters."""
MAX_COLUMNS: Final = 2_000
MAX_ROWS: Final = 2_000_000
HEADER_WITHIN: Final = 30
"""The header is looked for among this many rows with content."""

DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 65_536
_AT_ONCE: Final = 500
"""Rows read between two reports of progress."""
_PIECE: Final = 1 << 20
"""Characters made lines of at once."""

Knows = Callable[[str], bool]
"""Whether a cell is a column label that some preset knows."""


def sep_line(text: str) -> tuple[str, str | None]:
    """Excel's first line `sep=;`, taken off, and the delimiter that it names."""
    start = text[:8].lower()
    if start.startswith(("sep=", '"sep=')):
        end = min((at for at in (text.find("\n"), text.find("\r")) if at >= 0), default=len(text))
        named = text[:end].strip(' "')[4:]
        if len(named) == 1 or named == "\\t":
            skip = 2 if text[end : end + 2] == "\r\n" else 1
            return text[end + skip :], "\t" if named == "\\t" else named
    return text, None


def sniff(text: str, knows: Knows) -> str:
    """The delimiter under which a row reads as known labels; else the one that cuts the rows most evenly."""
    sample = text[:_SAMPLE]
    best, best_score = ",", (0, 0.0, 0)
    for delimiter in DELIMITERS:
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


def records(
    text: str, delimiter: str, name: str, tick: Tick = still
) -> tuple[list[list[str]], Sequence[int]]:
    """The rows and the line on which each begins, from 1.

    Raises:
        Problem: beyond the limits, or a quote that is never closed.
    """
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(_lines(text), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        more = True
        while more:
            size = len(rows)
            rows.extend(islice(reader, _AT_ONCE))
            more = len(rows) > size
            tick()
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
    check_size(rows, starts, name)
    if rows and reader.line_num > starts[-1] and _is_unclosed(text, starts[-1] - 1, delimiter):
        raise Problem(
            _("The quote opened on line %(line)d of %(file)s is never closed: mend it and import again.")
            % {"line": starts[-1], "file": name}
        )
    return rows, starts


def check_size(rows: Sequence[Sequence[str]], starts: Sequence[int], name: str) -> None:
    """Refuse tables that are no export of deals by their size alone.

    Raises:
        Problem: more columns or rows than the limits.
    """
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


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, as the csv module wants them.

    Of a piece of the text at a time: making a file of all of it at once takes so long that keys have to wait.
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield from io.StringIO(text[start:end], newline="")
        start = end


def _starts(text: str, delimiter: str, rows: int) -> list[int]:
    """The lines on which that many rows begin, from 1."""
    reader = csv.reader(_lines(text), delimiter=delimiter)
    starts: list[int] = []
    while len(starts) < rows:
        starts.append(reader.line_num + 1)
        if len(starts) < rows:
            next(reader)
    return starts


def _is_unclosed(text: str, skip: int, delimiter: str) -> bool:
    """Whether the last record, which begins after `skip` lines, ends inside quotes."""
    try:
        list(csv.reader(islice(_lines(text), skip, None), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
