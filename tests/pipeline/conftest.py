from collections.abc import Iterator
from pathlib import Path

import pytest

from pipetui.store.engine import Store
from tests.store.making import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the stages of `tests.store.making.PLAYBOOK`."""
    with new_store(tmp_path / "pipetui.db") as opened:
        yield opened
