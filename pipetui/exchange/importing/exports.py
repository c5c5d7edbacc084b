"""Files → exports ready to be compared with the store: read, mapped, gathered. Nothing is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipetui.deals.clock import Clock
from pipetui.exchange.importing import history as histories
from pipetui.exchange.importing import kinds, presets
from pipetui.exchange.importing.candidates import Candidates, gather
from pipetui.exchange.importing.history import History, read_history
from pipetui.exchange.importing.mapping import REJECTED, map_columns, signature
from pipetui.exchange.importing.moments import AsOf, as_of
from pipetui.exchange.importing.reading import Table, file_name, parse, read_bytes

Progress = Callable[[float], None]
"""Called with the share done, 0–1."""


@dataclass(frozen=True, slots=True)
class Export:
    """One file of deals."""

    candidates: Candidates
    as_of: AsOf
    signature: str
    encoding: str
    is_whole: bool
    """Whether a deal that is not in it is missing: not so for rejected rows that come back mended."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the files of one import hold."""

    exports: list[Export]
    histories: list[History]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How files are to be read."""

    preset: str = "auto"
    encoding: str | None = None
    delimiter: str | None = None
    mapping: Mapping[str, str]
    """Field → column; "" leaves a field out."""
    as_of: date | None = None
    currency: str
    """Where neither a cell nor a column names one."""


def read_table(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Table:
    """A file as a table of text, before anything is known of its columns.

    Raises:
        Problem: missing, unreadable, empty, binary, beyond the limits, or not in that encoding.
    """
    return parse(read_bytes(path), file_name(path), knows=_knows, encoding=encoding, delimiter=delimiter)


def read_exports(
    files: Sequence[Path],
    history: Sequence[Path],
    *,
    options: Options,
    clock: Clock,
    progress: Progress | None = None,
) -> Reading:
    """Read all files of an import; a stage history among several files is taken as one.

    Raises:
        Problem: a file cannot be read or holds no deals.
    """
    reading = Reading([], [])
    for number, path in enumerate(files):
        table = read_table(path, encoding=options.encoding, delimiter=options.delimiter)
        if progress:
            progress((number + 0.4) / len(files))
        if len(files) > 1 and kinds.is_history(table):
            reading.histories.append(read_history(table, clock))
            continue
        reading.exports.append(_export(table, as_of(path, options.as_of, clock), options, clock))
        if progress:
            progress((number + 1) / len(files))
    for path in history:
        reading.histories.append(read_history(read_table(path, encoding=options.encoding), clock))
    return reading


def _export(table: Table, moment: AsOf, options: Options, clock: Clock) -> Export:
    mapping = map_columns(table, preset=options.preset, given=options.mapping, clock=clock)
    kinds.require_deals(table, mapping)
    is_whole = REJECTED[0] not in table.header
    known_by = signature(table)
    candidates = gather(table, mapping, clock=clock, currency=options.currency)
    return Export(candidates, moment, known_by, table.encoding, is_whole)


def _knows(cell: str) -> bool:
    return presets.is_label(cell) or histories.is_label(cell)
