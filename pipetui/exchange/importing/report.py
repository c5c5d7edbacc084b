"""What an import did, or would do, as a value: for the command line's JSON, its text, and the app."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipetui.deals.errors import Problem
from pipetui.exchange.importing.cells import Rejected
from pipetui.exchange.importing.matching import REJECTED, Match
from pipetui.language import _, ngettext

if TYPE_CHECKING:
    from pipetui.exchange.importing.comparing import Comparison
    from pipetui.exchange.importing.exports import Export
    from pipetui.exchange.importing.incoming import Incoming


@dataclass(slots=True)
class FileReport:
    """How one export was read."""

    name: str
    header: tuple[str, ...]
    delimiter: str
    encoding: str
    preset: str
    reason: str
    """Why that preset."""
    matches: dict[str, Match]
    """Field → column, with how it was found."""
    as_of: datetime
    as_of_reason: str
    rejected: Sequence[Rejected]


@dataclass(slots=True)
class ImportReport:
    """The result of an import. `rows` = new + changed + unchanged + skipped + rejected."""

    dry_run: bool = False
    sources: list[str] = field(default_factory=list)
    files: list[FileReport] = field(default_factory=list)
    batch: int | None = None
    """The newest batch written; `None` if nothing was."""
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    """Why → how many."""
    missing: int = 0
    back: int = 0
    conflicts: int = 0
    history_rows: int = 0
    quotas: int = 0
    """How many quotas were set; they are counted as rows, too."""
    events: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    """Field → how many deals changed in it."""
    warnings: list[str] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The source's name; several are separated by commas."""
        return ", ".join(self.sources)

    @property
    def rejects(self) -> list[Rejected]:
        """All rejected rows, file by file."""
        return [row for file in self.files for row in file.rejected]

    @property
    def rejected(self) -> int:
        """How many rows could not be read."""
        return sum(len(file.rejected) for file in self.files)

    def add(
        self, part: "Export", moment: datetime, incoming: "Incoming", found: "Comparison", *, is_older: bool
    ) -> None:
        """Add what one file brought."""
        candidates = part.candidates
        mapping = candidates.mapping
        self.files.append(
            FileReport(
                name=candidates.name,
                header=candidates.header,
                delimiter=candidates.delimiter,
                encoding=part.encoding,
                preset=mapping.preset.name,
                reason=mapping.reason,
                matches={name: mapping.matches[name] for name in mapping.columns()},
                as_of=moment,
                as_of_reason=part.as_of.reason,
                rejected=candidates.rejected,
            )
        )
        self.rows += candidates.rows
        self.new += len(found.new)
        self.changed += len(found.changed)
        self.unchanged += found.unchanged
        self.skipped.update(candidates.skipped)
        self.missing += len(found.missing)
        self.back += len(found.back)
        self.conflicts += len(found.disputes)
        self.changes.update(change.field for change in found.changes)
        self.warnings += candidates.warnings
        if is_older:
            self.warnings.append(
                _(
                    "%(file)s is older than the newest export of its source: it fills the history, and "
                    "what newer ones say stays."
                )
                % {"file": candidates.name}
            )
        if incoming.undated:
            self.warnings.append(
                ngettext(
                    "%(n)d closed deal has no close date and is left out of figures by period.",
                    "%(n)d closed deals have no close date and are left out of figures by period.",
                    incoming.undated,
                )
                % {"n": incoming.undated}
            )

    def summary(self) -> dict[str, Any]:
        """What the batch keeps of it; for rejected rows the headers that they stand under, in their order."""
        told = self.as_json()
        kept = {name: told[name] for name in told if name not in ("batch", "mapping", "rejects", "warnings")}
        if self.rejected:
            kept["rejected_from"] = [
                {"header": file.header, "delimiter": file.delimiter, "rows": len(file.rejected)}
                for file in self.files
                if file.rejected
            ]
        return kept

    def adds_up(self) -> bool:
        """Whether every row is accounted for exactly once."""
        read = self.new + self.changed + self.unchanged
        return self.rows == read + self.skipped.total() + self.rejected

    def as_json(self) -> dict[str, Any]:
        """The keys of the command line's contract."""
        mapping: dict[str, str] = {}
        for file in self.files:
            mapping.update({name: match.column for name, match in file.matches.items()})
        return {
            "source": self.source,
            "preset": ", ".join(dict.fromkeys(file.preset for file in self.files)),
            "batch": self.batch,
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "skipped": self.skipped.total(),
            "rejected": self.rejected,
            "missing": self.missing,
            "back": self.back,
            "conflicts": self.conflicts,
            "history_rows": self.history_rows,
            "events": self.events,
            "warnings": self.warnings,
            "mapping": mapping,
            "rejects": [
                {"line": row.line, "column": row.column, "value": row.value, "reason": row.reason}
                for row in self.rejects
            ],
        }


def write_rejects(report: ImportReport, path: Path) -> None:
    """Write the rejected rows, whole, with line, column, value and reason, to be mended and imported.

    Raises:
        Problem: the file cannot be written.
    """
    delimiter = report.files[0].delimiter if report.files else ","
    write_rejected([(file.header, file.rejected) for file in report.files], delimiter, path)


def write_rejected(
    files: Sequence[tuple[Sequence[str], Sequence[Rejected]]], delimiter: str, path: Path
) -> None:
    """Write rejected rows, each with those of its file under that file's header.

    Raises:
        Problem: the file cannot be written.
    """
    labels = [label for header, _rows in files for label in header if label and label not in REJECTED]
    columns = list(dict.fromkeys(labels))
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as target:
            writer = csv.writer(target, delimiter=delimiter)
            writer.writerow([*columns, *REJECTED])
            for header, rows in files:
                for row in rows:
                    cells = dict(zip(header, row.cells, strict=False))
                    told = (row.line, row.column, row.value, row.reason)
                    beyond = row.cells[len(header) :]
                    writer.writerow([*(cells.get(label, "") for label in columns), *told, *beyond])
    except OSError as error:
        raise Problem(
            _("The rejected rows cannot be written to %(file)s: %(reason)s.")
            % {"file": path, "reason": error.strerror or error}
        ) from None
