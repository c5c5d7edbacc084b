"""What the dashboard and the trends look like. After a change that is meant: `--snapshot-update`."""

from pathlib import Path

import pytest

from pipetui.app.start import make_app

from .a_year import year_in
from .test_snapshots import SIZES, Keys, played, where_pictures_go

__all__ = ["where_pictures_go"]

SCREENS: dict[str, Keys] = {
    "dashboard": [["1"]],
    "diagnosis": [["6"]],
    "velocity": [["6", "j"]],
    "conversion": [["6", "j", "j"]],
    "stays": [["6", *"jjj"], ["space", "space", "space"]],
    "win rate": [["6", *"jjjj"]],
    "flow": [["6", *"jjjjj"], ["space"]],
    "age": [["6", *"jjjjjj"]],
    "coverage": [["6", *"jjjjjjj"]],
    "creation": [["6", *"jjjjjjj"], ["space"]],
    "losses": [["6", *"jjjjjjjj"]],
    "accuracy": [["6", *"jjjjjjjjj"]],
    "which": [["6", "j", "j", "f"]],
    "nothing": [["6", "j", "j", "slash"], [*"owner:zz"], ["enter"]],
}


@SIZES
@pytest.mark.parametrize("screen", SCREENS)
def test_screens(snap_compare, tmp_path: Path, screen: str, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    start = year_in(tmp_path)
    assert snap_compare(make_app(start), terminal_size=size, run_before=played(start, SCREENS[screen]))
