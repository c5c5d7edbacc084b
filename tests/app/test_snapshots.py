"""What the app looks like. After a change that is meant: `pytest tests/app --snapshot-update`, then look."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pipetui import language
from pipetui.app.start import make_app

from .making import SMALL, USUAL, Seat, Start

Keys = list[list[str]]
SIZES = pytest.mark.parametrize("size", [SMALL, USUAL], ids=["80x24", "120x40"])
SCREENS: dict[str, Keys] = {
    "board": [["l", "l"]],
    "panel": [["l", "l", "space"]],
    "deal": [["l", "l", "enter"]],
    "help": [["question_mark"]],
    "gate": [["l", "l", "L"]],
    "lost": [["x", "down"]],
    "palette": [["ctrl+p"], ["p", "o", "r", "t"]],
}


PICTURES = os.environ.get("TEXTUAL_SNAPSHOT_TEMPDIR", "")


@pytest.fixture(autouse=True)
def where_pictures_go(own_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugin's own variable, which the tests' own world takes away with the others of Textual."""
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", PICTURES)


def played(start: Start, keys: Keys) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Load the board, press the keys; the cursors of boxes do not blink, because a picture has no time."""

    async def play(pilot: Pilot[None]) -> None:
        from textual.widgets import Input

        someone = Seat(pilot.app, pilot)  # type: ignore[arg-type]
        await someone.settle()
        for row in keys:
            await someone.press(*row)
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False
        await someone.settle()
        start.close()

    return play


@SIZES
@pytest.mark.parametrize("screen", SCREENS)
def test_screens(snap_compare, deals: Path, screen: str, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    start = Start(str(deals))
    assert snap_compare(make_app(start), terminal_size=size, run_before=played(start, SCREENS[screen]))


@SIZES
def test_welcome(snap_compare, tmp_path: Path, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    start = Start(str(tmp_path / "deals.db"))
    assert snap_compare(make_app(start), terminal_size=size, run_before=played(start, []))


def test_in_french(snap_compare, deals: Path) -> None:  # type: ignore[no-untyped-def]
    language.use("fr")
    start = Start(str(deals))
    assert snap_compare(make_app(start), terminal_size=USUAL, run_before=played(start, [["l", "l", "space"]]))
