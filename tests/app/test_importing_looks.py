"""What the import looks like; how to renew the pictures is said in `test_snapshots`."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from pipetui.app.start import make_app

from .exports import WEEK_1, WEEK_2, export
from .making import Start, fill
from .test_snapshots import SIZES, Keys, played, where_pictures_go  # noqa: F401 - a fixture

BOTH_WAYS = (("Audit", "Demo", "12,500", "03/04/2026"), ("Portail [/]", "Proposal", "7,250", "05/06/2026"))
AFTER: dict[str, Keys] = {
    "files": [],
    "marked": [["space"]],
    "reading": [["enter"]],
    "column": [["enter"], ["down"] * 4, ["space"]],
    "comparison": [["enter"], ["enter"]],
    "changes": [["enter"], ["enter"], ["enter"]],
}


@pytest.fixture
def aged(own_world: Path, tmp_path: Path) -> Path:
    """An empty store, and exports of always the same age."""
    fill(tmp_path / "deals.db", ())
    folder = own_world / "home" / "exports"
    folder.mkdir()
    export(folder / "deals-2026-11-12.csv", WEEK_1)
    export(
        folder / "deals-2026-11-19.csv",
        [*WEEK_2, ("006X", "Bad [/]", "Acme", "Demo", "a lot", "", "Marc Petit")],
    )
    export(folder / "both-ways.csv", BOTH_WAYS, ("Deal name", "Stage", "Amount", "Close date"))
    for day, name in ((17, "both-ways.csv"), (12, "deals-2026-11-12.csv"), (19, "deals-2026-11-19.csv")):
        seconds = datetime(2026, 11, day, 8, 30).timestamp()
        os.utime(folder / name, (seconds, seconds))
    return tmp_path / "deals.db"


@SIZES
@pytest.mark.parametrize("step", AFTER)
def test_steps(snap_compare, aged: Path, step: str, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    start = Start(str(aged))
    keys: Keys = [["i"], [*"~/exports/"], *AFTER[step]]
    assert snap_compare(make_app(start), terminal_size=size, run_before=played(start, keys))


@SIZES
def test_past_imports(snap_compare, deals: Path, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    start = Start(str(deals))
    assert snap_compare(make_app(start), terminal_size=size, run_before=played(start, [["I"]]))


@SIZES
def test_changes_to_carry_back(snap_compare, deals: Path, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    start = Start(str(deals))
    keys: Keys = [["a"], ["ctrl+u", *"250k"], ["enter"], ["B"]]
    assert snap_compare(make_app(start), terminal_size=size, run_before=played(start, keys))


@SIZES
def test_questions(snap_compare, aged: Path, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    start = Start(str(aged))
    keys: Keys = [["i"], [*"~/exports/"], [*"both"], ["enter"], ["enter"]]
    assert snap_compare(make_app(start), terminal_size=size, run_before=played(start, keys))
