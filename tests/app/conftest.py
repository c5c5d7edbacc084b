from pathlib import Path

import pytest

from .exports import WEEK_1, WEEK_2, export
from .making import firm


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """The path of a store that holds `making.FIRM`."""
    return firm(tmp_path)


@pytest.fixture
def exports(own_world: Path) -> Path:
    """A folder with two weekly exports."""
    folder = own_world / "home" / "exports"
    folder.mkdir()
    export(folder / "deals-2026-11-12.csv", WEEK_1)
    export(folder / "deals-2026-11-19.csv", WEEK_2)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The path of a store that is not there yet."""
    return tmp_path / "deals.db"
