"""Files → exports ready to be compared with the store: read, mapped, gathered. Nothing is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.exchange.importing import history as histories
from pipetui.exchange.importing import kinds, presets
from pipetui.exchange.importing.candidates import Candidates, gather
from pipetui.exchange.importing.files import Piece, pieces_of, read_bytes
from pipetui.exchange.importing.history import History, read_history
from pipetui.exchange.importing.mapping import REJECTED, map_columns, signature
from pipetui.exchange.importing.moments import AsOf, as_of
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.reading import Table, parse_tables

if TYPE_CHECKING:
    from pipetui.exchange.importing.sources import Memory

Progress = Callable[[float], None]
"""Called with the share done, 0–1."""


@dataclass(frozen=True, slots=True)
class Export:
    """One table of deals."""

    candidates: Candidates
    as_of: AsOf
    signature: str
    encoding: str
    is_whole: bool
    """Whether a deal that is not in it is missing: not so for rejected rows that come back mended."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the files of one import hold."""

    source: str | None
    """The source's name as asked for; `None`: to be recognised."""
    exports: list[Export] = field(default_factory=list)
    histories: list[History] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    """What was left out of folders, archives and workbooks."""


class _Found(NamedTuple):
    """A table and where it comes from."""

    table: Table
    moment: AsOf
    loose: bool
    """Whether nobody named it, so that it may be something else than deals."""


class _Context(NamedTuple):
    """What all files of an import are read with."""

    options: Options
    currency: str
    clock: Clock
    memory: "Memory | None"


def read_exports(
    files: Sequence[Path],
    options: Options,
    *,
    currency: str,
    clock: Clock,
    memory: "Memory | None" = None,
    progress: Progress | None = None,
) -> Reading:
    """Read all files of an import; a stage history among several tables is taken as one.

    What is no export of deals in a folder, an archive or a workbook is told and left out where others are.

    Args:
        files: paths; folders and archives stand for what is in them, "-" for standard input.
        options: how to read them.
        currency: of amounts that name none.
        clock: reads moments.
        memory: how the columns of sources were read before.
        progress: is told the share done.

    Raises:
        Problem: a file cannot be read or holds no deals.
    """
    pieces = pieces_of(files)
    reading = Reading(options.source, warnings=pieces.warnings)
    context = _Context(options, currency, clock, memory)
    left_out: list[Problem] = []
    found = _read_pieces(pieces.found, context, left_out, part(progress, 0.0, 0.6))
    for number, (table, moment, loose) in enumerate(found, 1):
        try:
            if len(found) > 1 and kinds.is_history(table):
                reading.histories.append(read_history(table, clock))
            else:
                reading.exports.append(_export(table, moment, context))
        except Problem as problem:
            if not loose:
                raise
            left_out.append(problem)
        if progress:
            progress(0.6 + 0.4 * number / len(found))
    if not reading.exports:
        raise left_out[0] if left_out else Problem(kinds.only_history(found[0].table))
    reading.warnings.extend(map(str, left_out))
    for path in options.history:
        for table in _tables(read_bytes(path), path.name, options):
            reading.histories.append(read_history(table, clock))
    return reading


def part(progress: Progress | None, start: float, end: float) -> Progress | None:
    """Tells the progress of a part of the work."""
    if progress is None:
        return None
    return lambda share: progress(start + share * (end - start))


def _read_pieces(
    pieces: Sequence[Piece], context: _Context, left_out: list[Problem], progress: Progress | None
) -> list[_Found]:
    """The tables of all files; what cannot be read of a folder or an archive is added to `left_out`."""
    found: list[_Found] = []
    options = context.options
    for number, piece in enumerate(pieces, 1):
        try:
            tables = _tables(piece.read(), piece.name, options)
        except Problem as problem:
            if not piece.contained:
                raise
            left_out.append(problem)
            continue
        for table in tables:
            moment = as_of(piece, table.titles, options.as_of, context.clock)
            found.append(_Found(table, moment, loose=piece.contained or len(tables) > 1))
        if progress:
            progress(number / len(pieces))
    return found


def _tables(data: bytes, name: str, options: Options) -> list[Table]:
    return parse_tables(data, name, knows=_knows, encoding=options.encoding, sheet=options.sheet)


def _export(table: Table, moment: AsOf, context: _Context) -> Export:
    options, memory, clock = context.options, context.memory, context.clock
    known_by = signature(table)
    remembered = memory.mapping(options.source, known_by) if memory else {}
    mapping = map_columns(
        table, preset=options.preset, given=options.mapping, remembered=remembered, clock=clock
    )
    kinds.require_deals(table, mapping)
    is_whole = REJECTED[0] not in table.header
    candidates = gather(table, mapping, clock=clock, currency=context.currency, options=options)
    return Export(candidates, moment, known_by, table.encoding, is_whole)


def _knows(cell: str) -> bool:
    return presets.is_label(cell) or histories.is_label(cell)
