"""What was learned is found again at the next start, if it still is of this store."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from pipetui.pipeline.keeping import keep, recall
from pipetui.pipeline.learning import Learned
from pipetui.store.engine import Store
from tests.pipeline.making import learned, looked
from tests.pipeline.test_learning import fallen, won_deals
from tests.store.making import NOON, report


def kept(store: Store) -> Learned:
    won_deals(store, [30] * 20)
    id_ = fallen(store, 3)
    report(store, id_, "close_date", None, NOON.date(), at=NOON - timedelta(days=9))
    for day in (1, 2):
        old, new = NOON.date() + timedelta(day - 1), NOON.date() + timedelta(day)
        report(store, id_, "close_date", old, new, at=NOON - timedelta(days=9 - day))
    found = learned(store)
    assert found.history.steps
    assert found.history.pushes
    keep(store.path, found)
    return found


def file_in(world: Path) -> Path:
    (file,) = (world / "cache").rglob("learned-*.json")
    return file


def test_it_comes_back_as_it_was(store: Store) -> None:
    known = kept(store)
    assert recall(store.path) == known
    assert looked(store, recall(store.path)).is_learned


def test_only_its_owner_may_read_it(store: Store, own_world: Path) -> None:
    kept(store)
    assert file_in(own_world).stat().st_mode & 0o777 == 0o600


def test_another_store_has_another(store: Store, tmp_path: Path) -> None:
    kept(store)
    assert recall(tmp_path / "other.db") is None


@pytest.mark.parametrize(
    "spoilt",
    ["", "[]", "{}", "null", "\x00", '{"form": 0}', '{"form": 1, "store": 1}', "[" * 100_000],
)
def test_a_spoilt_file_is_none(store: Store, own_world: Path, spoilt: str) -> None:
    kept(store)
    file_in(own_world).write_text(spoilt)
    assert recall(store.path) is None


@pytest.mark.parametrize(
    "change",
    [
        {"store": "/another"},
        {"form": 99},
        {"today": "never"},
        {"paces": {"2": [1]}, "steps": 5},
        {"pushes": {"1": [[1, 2]]}},
        {"steps": {"1": [[10**30, 2]]}},
        {"stages": 3},
        {"won": "many"},
        {"cycle": "long"},
        {"paces": {"2": ["a", "b"]}},
    ],
)
def test_a_file_of_another_form_is_none(store: Store, own_world: Path, change: dict[str, object]) -> None:
    kept(store)
    file = file_in(own_world)
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    assert recall(store.path) is None


def test_a_folder_that_cannot_be_written_bothers_nobody(
    store: Store, own_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_world / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(own_world / "file"))
    keep(store.path, learned(store))
    assert recall(store.path) is None
