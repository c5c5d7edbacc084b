"""Rows that could not be read: into a file beside the export, from an import or from the store."""

import json
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from pipetui.exchange.importing.report import ImportReport
    from pipetui.store.engine import Store

LISTED: Final = 200
"""Rejected rows of a past import that are read to be listed."""


class KeptReject(NamedTuple):
    """A rejected row as the store keeps it."""

    line: int
    column: str
    value: str
    reason: str


class Leftover(NamedTuple):
    """Rejected rows that can be written into a folder."""

    folder: Path
    into: Callable[[Path], None]

    def write(self) -> Path:
        """Write them into a new file; where it is. `Problem` if that cannot be."""
        path = self.folder / "rejects.csv"
        number = 1
        while path.exists():  # somebody may be mending it
            number += 1
            path = self.folder / f"rejects-{number}.csv"
        self.into(path)
        return path


def of_report(report: "ImportReport", folder: Path) -> Leftover | None:
    """The rejected rows of an import; `None` if there are none."""

    def into(path: Path) -> None:
        from pipetui.exchange.importing.report import write_rejects

        write_rejects(report, path)

    return Leftover(folder, into) if report.rejected else None


def of_past(store: "Store", batch_id: int, summary: Mapping[str, Any], folder: Path) -> Leftover | None:
    """The rejected rows of a past import; `None` if there are none, or their headers were not kept."""
    files = summary.get("rejected_from")
    if not isinstance(files, list):
        return None

    def into(path: Path) -> None:
        from pipetui.exchange.importing.cells import Rejected
        from pipetui.exchange.importing.report import write_rejected

        with store.reading() as run:
            kept = run(
                'SELECT line, "column", value, reason, row FROM rejected_row WHERE batch_id = :batch '
                "ORDER BY id",
                {"batch": batch_id},
            )
        rows = (
            Rejected(line, column, value, reason, json.loads(cells))
            for line, column, value, reason, cells in kept
        )
        of_files = [(file["header"], list(islice(rows, file["rows"]))) for file in files]
        write_rejected(of_files, files[0]["delimiter"], path)

    return Leftover(folder, into)


def read_rejects(store: "Store", batch_id: int) -> list[KeptReject]:
    """The first rejected rows of a past import. `Problem` if the store cannot be read."""
    with store.reading() as run:
        rows = run(
            'SELECT line, "column", value, reason FROM rejected_row WHERE batch_id = :batch '
            "ORDER BY id LIMIT :most",
            {"batch": batch_id, "most": LISTED},
        )
    return [KeptReject(*row) for row in rows]
