"""Rows that could not be read: into a file beside the export, or from the store."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from pipetui.exchange.importing.report import ImportReport
    from pipetui.store.engine import Store

LISTED: Final = 200


class KeptReject(NamedTuple):
    """A rejected row as the store keeps it."""

    line: int
    column: str
    value: str
    reason: str


def write_beside(report: "ImportReport", folder: Path) -> Path:
    """Write the rejected rows into a new file of a folder. `Problem` if that cannot be."""
    from pipetui.exchange.importing.report import write_rejects

    path = folder / "rejects.csv"
    number = 1
    while path.exists():  # somebody may be mending it
        number += 1
        path = folder / f"rejects-{number}.csv"
    write_rejects(report, path)
    return path


def read_rejects(store: "Store", batch_id: int) -> list[KeptReject]:
    """The first rejected rows of a past import. `Problem` if the store cannot be read."""
    with store.reading() as run:
        rows = run(
            'SELECT line, "column", value, reason FROM rejected_row WHERE batch_id = :batch '
            "ORDER BY id LIMIT :most",
            {"batch": batch_id, "most": LISTED},
        )
    return [KeptReject(*row) for row in rows]
