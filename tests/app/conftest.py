from pathlib import Path

import pytest

from .making import firm


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """The path of a store that holds `making.FIRM`."""
    return firm(tmp_path)
