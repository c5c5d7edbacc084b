"""One call from files to the store: what the command line, the app's dialog and the sample data use."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipetui.deals.clock import Clock
from pipetui.exchange.importing.collecting import without_cycle_search
from pipetui.exchange.importing.exports import Options, Progress, Reading, read_exports
from pipetui.exchange.importing.report import ImportReport, write_rejects

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store

_READING: Final = 0.4
"""Share of an import's time that reading takes."""


def run_import(
    store: "Store",
    playbook: "Playbook",
    clock: Clock,
    files: Sequence[Path],
    *,
    by: str,
    source: str | None = None,
    preset: str = "auto",
    encoding: str | None = None,
    mapping: Mapping[str, str] | None = None,
    as_of: date | None = None,
    history: Sequence[Path] = (),
    currency: str | None = None,
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files into a store, in one transaction: everything or nothing.

    Args:
        store: where to.
        playbook: its stages and currency.
        clock: today, and the zone that moments are read in.
        files: the exports; "-" is standard input.
        by: who imports; undo takes back one's own.
        source: the source's name; else it is recognised.
        preset: a preset's name, or "auto".
        encoding: of all files; else it is recognised.
        mapping: field → column, "" leaves a field out; the rest is recognised.
        as_of: the day the exports were made; else by file name or time.
        history: stage histories of the deals.
        currency: of amounts that name none; else the playbook's.
        dry_run: tell what would happen and write nothing.
        rejects: where rows that could not be read are written, if there are any.
        progress: is told the share done, 0–1.

    Raises:
        Problem: a file cannot be read or holds no deals, or the store cannot be written.
    """
    reading = read_files(
        playbook,
        clock,
        files,
        preset=preset,
        encoding=encoding,
        mapping=mapping,
        as_of=as_of,
        history=history,
        currency=currency,
        progress=progress,
    )
    report = write_import(
        store, playbook, clock, reading, by=by, source=source, dry_run=dry_run, progress=progress
    )
    if rejects is not None and report.rejects:
        write_rejects(report, rejects)
    return report


def read_files(
    playbook: "Playbook",
    clock: Clock,
    files: Sequence[Path],
    *,
    preset: str = "auto",
    encoding: str | None = None,
    mapping: Mapping[str, str] | None = None,
    as_of: date | None = None,
    history: Sequence[Path] = (),
    currency: str | None = None,
    progress: Progress | None = None,
) -> Reading:
    """The first half of `run_import`: whatever is wrong with the files is said before a store is opened.

    Raises:
        Problem: a file cannot be read or holds no deals.
    """
    options = Options(
        preset=preset,
        encoding=encoding,
        mapping=mapping or {},
        as_of=as_of,
        currency=currency or playbook.currency,
    )
    with without_cycle_search():
        return read_exports(
            files, history, options=options, clock=clock, progress=_part(progress, 0.0, _READING)
        )


def write_import(
    store: "Store",
    playbook: "Playbook",
    clock: Clock,
    reading: Reading,
    *,
    by: str,
    source: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Write what was read, in one transaction and one step of undo.

    A dry run does the same and takes it back, so that its counts are those of the import.

    Raises:
        Problem: the store cannot be written.
    """
    from pipetui.exchange.importing import writing  # the database is imported now and not before

    with without_cycle_search():
        return writing.write(
            store,
            playbook,
            clock,
            reading,
            by=by,
            source=source,
            dry_run=dry_run,
            progress=_part(progress, _READING, 1.0),
        )


def plan_import(
    store: "Store",
    playbook: "Playbook",
    clock: Clock,
    reading: Reading,
    *,
    by: str,
    source: str | None = None,
) -> ImportReport:
    """What `write_import` would do: the same report, nothing written."""
    return write_import(store, playbook, clock, reading, by=by, source=source, dry_run=True)


def _part(progress: Progress | None, start: float, end: float) -> Progress | None:
    if progress is None:
        return None
    return lambda share: progress(start + share * (end - start))
