"""What a session knows of the store's past: what was kept, and after it has learned, everything."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from pipetui.app.session import Session
from pipetui.deals.clock import Clock
from pipetui.deals.edits import Change
from pipetui.pipeline.keeping import recall
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from tests.pipeline.making import flags
from tests.pipeline.test_learning import fallen, won_deals
from tests.store.making import PLAYBOOK, new_store


class Launch(NamedTuple):
    path: Path
    clock: Clock = Clock(fixed=date(2026, 11, 22))
    user: str = "claire"
    playbook: Playbook = PLAYBOOK

    @property
    def location(self) -> str:
        return str(self.path)

    def store(self) -> Store:
        return Store.open(self.path)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "deals.db"
    with new_store(path) as store:
        won_deals(store, [30] * 20)
        fallen(store, 3)
        yield path


SHRUNK = 21


def test_the_first_look_waits_for_nothing_and_the_second_knows_it_all(path: Path) -> None:
    session = Session(Launch(path))
    first = session.load()
    assert not first.is_learned
    assert "shrunk" not in flags(first, SHRUNK)
    second = session.learn()
    assert second.is_learned
    assert "shrunk" in flags(second, SHRUNK)


def test_the_next_session_begins_with_what_was_learned(path: Path) -> None:
    Session(Launch(path)).learn()
    first = Session(Launch(path)).load()
    assert first.is_learned
    assert "shrunk" in flags(first, SHRUNK)


def test_an_edit_forgets_nothing(path: Path) -> None:
    session = Session(Launch(path))
    deal = session.learn().deals[SHRUNK]
    after = session.apply([Change(SHRUNK, deal.version, "next_step", "call")]).pipeline
    assert "shrunk" in flags(after, SHRUNK)
    assert not after.is_learned
    assert session.learn().is_learned
    with Store.open(path) as store:
        known = recall(store.path)
    assert known is not None
    assert known.revision == session.load().revision
