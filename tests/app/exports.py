"""Two weekly exports of a small firm, and how somebody picks one."""

import csv
from collections.abc import Sequence
from pathlib import Path

from .making import Seat

HEADER = (
    "Opportunity ID",
    "Opportunity Name",
    "Account Name",
    "Stage",
    "Amount",
    "Close Date",
    "Opportunity Owner",
)
WEEK_1 = (
    ("006A", "Portail [/] fournisseurs", "Nordimat", "Discovery", "46000", "2026-11-30", "Claire Dubois"),
    ("006B", "Audit", "Groupe Vauban", "Proposal", "12000", "2026-12-20", "Marc Petit"),
    ("006C", "Migration", "Cofilux", "Demo", "8000", "2026-12-04", "Marc Petit"),
    ("006D", "Badgeuse", "Transalp", "Demo", "7000", "2026-12-04", "Marc Petit"),
)
WEEK_2 = (
    ("006A", "Portail [/] fournisseurs", "Nordimat", "Demo", "46000", "2026-12-31", "Claire Dubois"),
    ("006B", "Audit", "Groupe Vauban", "Proposal", "15000", "2026-12-20", "Marc Petit"),
    ("006C", "Migration", "Cofilux", "Demo", "8000", "2026-12-04", "Marc Petit"),
    ("006E", "Tour B", "Sogemar", "Discovery", "30000", "2027-01-15", "Claire Dubois"),
)


def export(path: Path, lines: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    return path


async def pick(someone: Seat, path: Path) -> None:
    """Open the import and paste a path."""
    await someone.press("i")
    await someone.paste(str(path))
    await someone.press("enter")


async def first_week(someone: Seat, exports: Path) -> None:
    """Import the first export and go back to the board."""
    await pick(someone, exports / "deals-2026-11-12.csv")
    await someone.press("enter")
    await someone.press("enter")
    await someone.press("escape")
