"""What a user may say about files to import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipetui.exchange.importing.amounts import Mark
from pipetui.exchange.importing.dates import Order


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the files of one import are to be read and where they belong; what is left out is recognised."""

    source: str | None = None
    """The source's name."""
    preset: str = "auto"
    encoding: str | None = None
    sheet: str | None = None
    """The sheet of a workbook; by default every visible one that holds deals."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field → column; "" leaves a field out."""
    dates: Order | None = None
    """How dates are read that a column leaves open, such as 03/04/2026."""
    decimal: Mark | None = None
    """How numbers are read that a column leaves open, such as 12,500."""
    as_of: date | None = None
    """The day the exports were made; else by title, file name or time."""
    history: Sequence[Path] = ()
    """Stage histories of the deals."""
    currency: str | None = None
    """Where neither a cell nor a column names one; else the playbook's."""
