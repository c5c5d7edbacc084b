"""What a forecast call looks like. After a change that is meant: `--snapshot-update`, then look."""

import os
from pathlib import Path

import pytest

from pipetui import language
from pipetui.app.start import make_app

from .forecasting import start
from .making import SMALL, USUAL
from .test_snapshots import Keys, played

PICTURES = os.environ.get("TEXTUAL_SNAPSHOT_TEMPDIR", "")
BEGIN: Keys = [["4"], ["c"], ["enter"], ["t"], ["space"]]
SCREENS: dict[str, Keys] = {
    "deal": BEGIN,
    "why": [*BEGIN, ["c"]],
    "number": [*BEGIN, ["G"], ["backspace"]],
}


@pytest.fixture(autouse=True)
def where_pictures_go(own_world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plugin's own variable, which the tests' own world takes away with the others of Textual."""
    monkeypatch.setenv("TEXTUAL_SNAPSHOT_TEMPDIR", PICTURES)


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("size", [SMALL, USUAL], ids=["80x24", "120x40"])
@pytest.mark.parametrize("screen", SCREENS)
def test_screens(  # type: ignore[no-untyped-def]
    snap_compare, deals: Path, screen: str, size: tuple[int, int], lang: str
) -> None:
    language.use(lang)
    begun = start(deals)
    assert snap_compare(make_app(begun), terminal_size=size, run_before=played(begun, SCREENS[screen]))
