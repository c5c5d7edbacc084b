"""One call from files to the store: what the command line, the app's dialog and the sample data use."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipetui.deals.clock import Clock
from pipetui.exchange.importing.again import fingerprint
from pipetui.exchange.importing.exports import Reading, read_exports
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.pacing import Progress, part
from pipetui.exchange.importing.report import ImportReport, write_rejects
from pipetui.store.cycles import without_cycle_search

if TYPE_CHECKING:
    from pipetui.exchange.importing.sources import Memory
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store

_READING: Final = 0.4
"""Share of an import's time that reading takes."""


def run_import(
    store: "Store",
    playbook: "Playbook",
    clock: Clock,
    files: Sequence[Path],
    options: Options | None = None,
    *,
    by: str,
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files into a store, in one transaction: everything or nothing.

    Args:
        store: where to.
        playbook: its stages and currency.
        clock: today, and the zone that moments are read in.
        files: the exports; folders and archives stand for what is in them, "-" is standard input.
        options: how to read them; by default everything is recognised.
        by: who imports; undo takes back one's own.
        dry_run: tell what would happen and write nothing.
        rejects: where rows that could not be read are written, if there are any.
        progress: is told the share done, 0–1.

    Raises:
        Problem: a file cannot be read or holds no deals, or the store cannot be written.
    """
    from pipetui.exchange.importing.sources import recall

    with store.reading() as run:
        memory = recall(run)
    with without_cycle_search(stays=True):
        reading = read_files(playbook, clock, files, options, memory=memory, progress=progress)
        report = write_import(store, playbook, clock, reading, by=by, dry_run=dry_run, progress=progress)
    if rejects is not None and report.rejects:
        write_rejects(report, rejects)
    return report


def read_files(
    playbook: "Playbook",
    clock: Clock,
    files: Sequence[Path],
    options: Options | None = None,
    *,
    memory: "Memory | None" = None,
    progress: Progress | None = None,
) -> Reading:
    """The first half of `run_import`: whatever is wrong with the files is said before a store is written.

    `memory` is how the store's sources were read before, from `sources.recall`.

    Raises:
        Problem: a file cannot be read or holds no deals.
    """
    options = options or Options()
    with without_cycle_search(stays=True):
        return read_exports(
            files,
            options,
            currency=options.currency or playbook.currency,
            clock=clock,
            memory=memory,
            fingerprint=fingerprint(files, options, playbook, clock),
            progress=part(progress, 0.0, _READING),
        )


def write_import(
    store: "Store",
    playbook: "Playbook",
    clock: Clock,
    reading: Reading,
    *,
    by: str,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Write what was read, in one transaction and one step of undo.

    A dry run does the same and takes it back, so that its counts are those of the import.

    Raises:
        Problem: the store cannot be written.
    """
    from pipetui.exchange.importing import writing  # the database is imported now and not before

    writes = part(progress, _READING, 1.0)
    if writes:
        writes(0.0)
    with without_cycle_search(stays=True):
        return writing.write(
            store,
            playbook,
            clock,
            reading,
            by=by,
            dry_run=dry_run,
            progress=writes,
        )


def plan_import(
    store: "Store", playbook: "Playbook", clock: Clock, reading: Reading, *, by: str
) -> ImportReport:
    """What `write_import` would do: the same report, nothing written."""
    return write_import(store, playbook, clock, reading, by=by, dry_run=True)
