"""Files → exports ready to be compared with the store: read, mapped, gathered. Nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.exchange.importing import historic, kinds, presets, quotas
from pipetui.exchange.importing.candidates import Candidates, gather
from pipetui.exchange.importing.files import Piece, pieces_of, read_bytes
from pipetui.exchange.importing.history import History
from pipetui.exchange.importing.joining import join
from pipetui.exchange.importing.mapping import Mapping, map_columns, signature
from pipetui.exchange.importing.matching import REJECTED
from pipetui.exchange.importing.moments import AsOf, as_of
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.pacing import Progress, Tick, part, still, ticking
from pipetui.exchange.importing.quotas import QuotaTable
from pipetui.exchange.importing.reading import Table, parse_tables
from pipetui.exchange.importing.remembering import read_history
from pipetui.exchange.importing.wide import read_wide, stage_told

if TYPE_CHECKING:
    from pipetui.exchange.importing.sources import Memory

__all__ = ["Export", "Progress", "Reading", "read_exports"]


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
    quotas: list[QuotaTable] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    """What was left out of folders, archives and workbooks."""
    fingerprint: str = ""
    """What the files are known by when they come again; see `again.fingerprint`."""


class _Found(NamedTuple):
    """A table and where it comes from."""

    table: Table
    moment: AsOf
    loose: bool
    """Whether nobody named it, so that it may be something else than deals."""
    tick: Tick


class _Deals(NamedTuple):
    """A table of deals, its columns known."""

    table: Table
    mapping: Mapping
    moment: AsOf


class _Other(NamedTuple):
    """A table that holds no deals, and why not."""

    table: Table
    problem: Problem
    loose: bool
    """Whether others came with it, which may hold the deals."""


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
    fingerprint: str = "",
    progress: Progress | None = None,
) -> Reading:
    """Read all files of an import; a stage history among several tables is taken as one, quotas as quotas.

    What is no export of deals is told and left out where others are.

    Args:
        files: paths; folders and archives stand for what is in them, "-" for standard input.
        options: how to read them.
        currency: of amounts that name none.
        clock: reads moments.
        memory: how the columns of sources were read before.
        fingerprint: what the files are known by.
        progress: is told the share done.

    Raises:
        Problem: a file cannot be read or holds no deals.
    """
    pieces = pieces_of(files)
    reading = Reading(options.source, warnings=pieces.warnings, fingerprint=fingerprint)
    context = _Context(options, currency, clock, memory)
    left_out: list[Problem] = []
    deals: list[_Deals] = []
    others: list[_Other] = []
    for table, moment, loose, tick in _read_pieces(pieces.found, context, left_out, part(progress, 0.0, 0.6)):
        try:
            if its_quotas := _quotas(table, options, loose=loose):
                reading.quotas.append(QuotaTable(table, its_quotas, moment, options))
            elif (loose or len(pieces.found) > 1) and kinds.is_history(table):
                reading.histories.append(read_history(table, clock, tick))
            else:
                deals.append(_Deals(table, _map(table, context), moment))
        except Problem as problem:
            others.append(_Other(table, problem, loose or len(pieces.found) > 1))
    used: set[int] = set()
    lists = [other.table for other in others]
    reading_deals = part(progress, 0.6, 1.0)
    for number, its in enumerate(deals, 1):
        tick = ticking(reading_deals, (number - 1) / len(deals), number / len(deals))
        joined = join(its.table, its.mapping, lists, tick)
        used |= joined.used
        reading.exports.append(_export(joined.table, joined.mapping, its.moment, context, tick))
        if wide := read_wide(joined.table, joined.mapping, clock):
            reading.histories.append(wide)
        if reading_deals:
            reading_deals(number / len(deals))
    unused = [other for number, other in enumerate(others) if number not in used]
    _refuse(unused, left_out, reading, has_deals=bool(deals))
    reading.warnings.extend([*map(str, left_out), *(_beside(other.problem) for other in unused)])
    for path in options.history:
        for table in _tables(read_bytes(path), path.name, options):
            reading.histories.append(read_history(table, clock))
    return reading


def _refuse(
    others: Sequence[_Other], left_out: Sequence[Problem], reading: Reading, *, has_deals: bool
) -> None:
    """Refuse files that hold neither deals nor quotas, unless others do."""
    for other in others:
        if not (other.loose and (has_deals or reading.quotas)):
            raise other.problem
    if not has_deals and (reading.histories or not reading.quotas):
        raise left_out[0] if left_out else Problem(kinds.only_history(reading.histories[0].name))


def _beside(problem: Problem) -> str:
    return problem.beside if isinstance(problem, kinds.OtherList) else str(problem)


def _read_pieces(
    pieces: Sequence[Piece], context: _Context, left_out: list[Problem], progress: Progress | None
) -> Iterator[_Found]:
    """The tables of all files, one by one; what cannot be read of a folder is added to `left_out`."""
    options = context.options
    for number, piece in enumerate(pieces, 1):
        tick = ticking(progress, (number - 1) / len(pieces), number / len(pieces))
        try:
            tables = _tables(piece.read(), piece.name, options, tick)
        except Problem as problem:
            if not piece.contained:
                raise
            left_out.append(problem)
            continue
        for table in tables:
            moment = as_of(piece, table.titles, options.as_of, context.clock)
            yield _Found(table, moment, loose=piece.contained or len(tables) > 1, tick=tick)
        if progress:
            progress(number / len(pieces))


def _tables(data: bytes, name: str, options: Options, tick: Tick = still) -> list[Table]:
    return parse_tables(data, name, knows=_knows, encoding=options.encoding, sheet=options.sheet, tick=tick)


def _quotas(table: Table, options: Options, *, loose: bool) -> quotas.QuotaColumns | None:
    """How a table of quotas is read; `None` if it is none, or somebody says which columns a deal's are."""
    is_told = bool(options.mapping) or options.preset != "auto"
    return None if is_told else quotas.recognise(table, loose=loose)


def _map(table: Table, context: _Context) -> Mapping:
    options, memory = context.options, context.memory
    remembered = memory.mapping(options.source, signature(table)) if memory else {}
    mapping = map_columns(
        table, preset=options.preset, given=options.mapping, remembered=remembered, clock=context.clock
    )
    kinds.require_deals(table, mapping)
    return mapping


def _export(table: Table, mapping: Mapping, moment: AsOf, context: _Context, tick: Tick) -> Export:
    is_whole = REJECTED[0] not in table.header
    candidates = gather(
        table, mapping, clock=context.clock, currency=context.currency, options=context.options, tick=tick
    )
    return Export(candidates, moment, signature(table), table.encoding, is_whole)


def _knows(cell: str) -> bool:
    return presets.is_label(cell) or historic.is_label(cell) or stage_told(cell) is not None
