"""The slow parts of an import: reading, rehearsing, writing. They run in threads and know no screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.app.importing.differences import Differences, Rehearsal, read_differences
from pipetui.app.importing.questions import Probe, Question, open_questions, probe
from pipetui.app.importing.rejects import KeptReject, read_rejects
from pipetui.app.importing.stopping import Handle
from pipetui.deals.errors import Problem
from pipetui.exchange.importing.candidates import QUALIFICATION, TEXTS
from pipetui.exchange.importing.exports import Export, Reading
from pipetui.exchange.importing.options import Options
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.app.session import Session
    from pipetui.deals.fields import Value
    from pipetui.exchange.importing.exports import Progress
    from pipetui.exchange.importing.files import Piece
    from pipetui.exchange.importing.report import ImportReport
    from pipetui.pipeline.pipeline import Pipeline

_READ: Final = 0.4
"""Where reading ends in the progress that the engine tells of an import (`run.read_files`)."""
_WRITTEN: Final = 0.7
"""Share of an import's second half after which only what is shown is read anew."""
KNOWN: Final = 200
"""Imports whose files are known in the choice of files."""
PROBED: Final = 20
"""Files whose cells are looked at again; a year of weekly exports is told by fewer."""
LARGE: Final = 1_000_000
"""Bytes of files that are not read in the twinkling of an eye."""


@dataclass(frozen=True)
class Draft:
    """Files that were read, and how."""

    paths: tuple[Path, ...]
    options: Options
    reading: Reading
    probes: Mapping[str, Probe]
    """File → its raw cells."""
    source: str
    """The source they are taken for."""
    is_new_source: bool

    @property
    def is_of_quotas(self) -> bool:
        """Whether they hold quotas and no deals, so that there is nothing to compare."""
        return not self.reading.exports

    @property
    def export(self) -> Export:
        """The export that stands for all: the largest one."""
        return max(self.reading.exports, key=lambda export: len(export.candidates.keys))

    @property
    def probe(self) -> Probe | None:
        """The raw cells of that export."""
        return self.probes.get(self.export.candidates.name)

    def samples(self, label: str) -> str:
        """The first different values of a column of the largest export."""
        return self.probe.samples(label) if self.probe and label in self.probe.header else ""

    @property
    def questions(self) -> list[Question]:
        """What is to be asked before the import."""
        options = self.options
        return open_questions(
            list(self.probes.values()),
            dates_told=options.dates is not None,
            decimal_told=options.decimal is not None,
        )

    @property
    def is_familiar(self) -> bool:
        """Whether it is read as last time, so that nobody need look at it again."""
        hows = {
            match.how
            for export in self.reading.exports
            for match in export.candidates.mapping.matches.values()
        }
        return not self.is_new_source and "remembered" in hows and "guess" not in hows and not self.questions

    @property
    def warnings(self) -> list[str]:
        """What was told while reading."""
        return [
            *self.reading.warnings,
            *(warning for export in self.reading.exports for warning in export.candidates.warnings),
        ]


class Plan(NamedTuple):
    """What an import would do, or did."""

    report: "ImportReport"
    differences: Differences


class Imported(NamedTuple):
    """What an import did, and the store after it."""

    plan: Plan
    pipeline: "Pipeline"


def takes_long(paths: Sequence[Path]) -> bool:
    """Whether reading files takes its time, by their size."""
    sizes = (file.stat().st_size for path in paths for file in (path, *path.glob("*")) if file.is_file())
    try:
        return sum(sizes) > LARGE
    except OSError:
        return False  # whoever reads them says why they cannot be read


def read(session: "Session", paths: Sequence[Path], options: Options, handle: Handle) -> Draft:
    """Read files; nothing is written. `Problem` if they hold no deals, `StoppedError` if stopped."""
    from pipetui.exchange.importing.files import pieces_of
    from pipetui.exchange.importing.run import read_files
    from pipetui.exchange.importing.sources import identify, known_sources, recall

    launch = session.launch
    with session.store.reading() as run:
        memory, known = recall(run), known_sources(run)
    reading = read_files(
        launch.playbook, launch.clock, paths, options, memory=memory, progress=_scaled(handle, 0.0, _READ)
    )
    if not reading.exports:
        return Draft(tuple(paths), options, reading, {}, "", is_new_source=False)
    names = {source.name for source in known}
    of_piece = {piece.name: piece for piece in pieces_of(paths).found}
    probes: dict[str, Probe] = {}
    for export in reading.exports[:PROBED]:
        handle(handle.share)
        if piece := _piece(of_piece, export.candidates.name):
            probes[export.candidates.name] = probe(piece, export, launch.clock)
    largest = max(reading.exports, key=lambda export: len(export.candidates.keys))
    source = identify(
        known,
        wanted=options.source,
        preset=largest.candidates.mapping.preset.name,
        signature=largest.signature,
        keys=largest.candidates.keys,
    ).name
    return Draft(tuple(paths), options, reading, probes, source, is_new_source=source not in names)


def rehearse(session: "Session", draft: Draft, handle: Handle) -> Plan:
    """What the import would do: it is done and taken back. `Problem`, `StoppedError`."""
    from pipetui.exchange.importing.run import write_import

    launch = session.launch
    store = Rehearsal(session.store)
    report = write_import(
        store,
        launch.playbook,
        launch.clock,
        draft.reading,
        by=launch.user,
        dry_run=True,
        progress=_scaled(handle, _READ, 1.0),
    )
    return Plan(report, store.differences)


def write(session: "Session", draft: Draft, handle: Handle) -> Imported:
    """Import for good, as one step of undo. `Problem`; `StoppedError` leaves the store as it was."""
    from pipetui.exchange.importing.run import write_import

    launch = session.launch
    report = write_import(
        session.store,
        launch.playbook,
        launch.clock,
        draft.reading,
        by=launch.user,
        progress=_scaled(handle, _READ, 1.0, _WRITTEN),
    )
    # From here on it is done: nobody can stop it any more.
    handle.share, handle.said = _WRITTEN, _("Imported; showing the deals as they are now …")
    differences = Differences()
    if report.batch is not None:
        with session.store.reading() as run:
            differences = read_differences(run, report.batch)
    return Imported(Plan(report, differences), session.load())


def look_back(session: "Session", batch_id: int) -> tuple[Differences, list[KeptReject]]:
    """What a past import brought, and what could not be read. `Problem` if the store cannot be read."""
    with session.store.reading() as run:
        differences = read_differences(run, batch_id)
    return differences, read_rejects(session.store, batch_id)


def is_undone(session: "Session", batch_id: int) -> bool:
    """Whether an import was taken back. `Problem` if the store cannot be read."""
    with session.store.reading() as run:
        ((undone_by,),) = run("SELECT undone_by FROM batch WHERE id = :batch", {"batch": batch_id})
    return undone_by is not None


def imported_files(session: "Session") -> frozenset[str]:
    """The names of the files that were imported and not undone, as far as the last imports tell."""
    try:
        with session.store.reading() as run:
            told = run(
                "SELECT because FROM batch WHERE kind = 'import' AND undone_by IS NULL "
                "ORDER BY id DESC LIMIT :most",
                {"most": KNOWN},
            )
    except Problem:
        return frozenset()  # it is said elsewhere that the store cannot be read
    return frozenset(name for (names,) in told for name in names.split(", "))


def values_of(export: Export, name: str, index: int) -> "tuple[Value, str]":
    """What a field of the mapping is in a deal of an export, as it will be read, and its currency."""
    candidates, values = export.candidates, export.candidates.values
    stage = candidates.stages[candidates.stage_of[index]]
    currency = str(values["currency"][index]) if "currency" in values else ""
    told: Value = None
    if name == "id":
        told = candidates.external_ids[index]
    elif name == "stage":
        told = stage.name
    elif name == "pipeline":
        told = stage.pipeline
    elif name == "status":
        told = candidates.statuses[index]
    elif name == "closed":
        told = candidates.closed[index] if candidates.closed else None
    elif name == "team":
        told = candidates.teams[index] if candidates.teams else None
    elif name in QUALIFICATION:
        told = candidates.answers[name][index] if name in candidates.answers else None
    else:
        target = TEXTS.get(name, {"category": "crm_category"}.get(name, name))
        told = values[target][index] if target in values else None
    return told, currency


def remembered(text: str, options: Options) -> Options:
    """Options with what was answered when the same kind of export was read before."""
    about, _sep, told = text.partition(" ")
    if options.dates is None and about in ("dmy", "mdy"):
        options = replace(options, dates="dmy" if about == "dmy" else "mdy")
    if options.decimal is None and told in (".", ","):
        options = replace(options, decimal="," if told == "," else ".")
    return options


def to_remember(options: Options) -> str:
    """What `remembered` understands."""
    return f"{options.dates or '-'} {options.decimal or '-'}"


def _piece(of_piece: "Mapping[str, Piece]", name: str) -> "Piece | None":
    """The file that an export was read from: a sheet of a workbook is called after both."""
    return of_piece.get(name) or of_piece.get(name.rpartition(" › ")[0])


def _scaled(handle: Handle, start: float, end: float, most: float = 1.0) -> "Progress":
    """Takes the shares that the engine tells of a whole import for those of one half of it."""
    return lambda share: handle(most * (share - start) / (end - start))
