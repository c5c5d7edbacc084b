"""What goes wrong with files, each as one clear sentence."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipetui.deals.errors import Problem
from pipetui.store import engine, undoing
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.store.making import NOON, bring, new_store, rows

NOBODY = 65534


@contextmanager
def without_privileges() -> Iterator[None]:
    """As somebody to whom permissions apply: the super-user of a container is above them."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder in which everybody may do everything, down from the root."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def sentence(caught: pytest.ExceptionInfo[Problem]) -> str:
    text = str(caught.value)
    assert "\n" not in text
    assert text[-1] in ".:"
    return text


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        Store.open(tmp_path)
    assert "is a folder" in sentence(caught)
    assert str(tmp_path) in sentence(caught)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Problem) as caught:
        Store.open(tmp_path / "file" / "pipetui.db")
    assert f"folder “{tmp_path / 'file'}” cannot be made" in sentence(caught)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        Store.open(tmp_path / ("x" * 300))
    assert "File name too long" in sentence(caught)


@pytest.mark.parametrize("location", ["postgresql://host/db", "sqlite://", "sqlite:///:memory:", "", "a\0b"])
def test_no_file_at_all(location: str) -> None:
    with pytest.raises(Problem) as caught:
        Store.open(location)
    assert "cannot be a store" in sentence(caught)


@pytest.mark.parametrize(
    "content", [b"Deal;Amount\n" * 99, bytes(range(256)) * 20, b"x"], ids=["csv", "binary", "short"]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "deals.csv"
    path.write_bytes(content)
    with pytest.raises(Problem) as caught:
        Store.open(path)
    assert "is not a pipetui store" in sentence(caught)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "contacts.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE contact (name)")
    before = path.read_bytes()
    with pytest.raises(Problem) as caught:
        Store.open(path)
    assert "is not a pipetui store" in sentence(caught)
    assert path.read_bytes() == before


def test_a_device(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        Store.open("/dev/null")
    assert "is not a pipetui store" in sentence(caught)


def test_a_damaged_store(store: Store) -> None:
    bring(store, *[{"description": "x" * 500}] * 100)
    store.close()
    content = bytearray(store.path.read_bytes())
    content[4096:] = os.urandom(1) * (len(content) - 4096)
    store.path.write_bytes(content)
    with pytest.raises(Problem) as caught, Store.open(store.path) as opened:
        read_board(opened)
    assert "is damaged" in sentence(caught)


def test_a_store_from_the_future(store: Store) -> None:
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'zz99'")
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(Problem) as caught:
        Store.open(store.path)
    assert "made by a newer pipetui" in sentence(caught)
    assert store.path.read_bytes() == before


def test_a_store_that_somebody_else_is_writing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(store, {})
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
    with closing(store.connect()) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Problem) as caught:
            undoing.undo(store, by="claire", at=NOON)
        assert len(read_board(store).deals) == 1, "readers do not wait for writers"
        other.execute("ROLLBACK")
    assert "in use by another program" in sentence(caught)
    undoing.undo(store, by="claire", at=NOON)


def test_a_full_disk_while_writing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(store, {})
    pages = rows(store, "PRAGMA page_count")[0]["page_count"]
    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS, f"PRAGMA max_page_count={pages}"))
    with pytest.raises(Problem) as caught:
        bring(store, *[{"description": "x" * 2000}] * 200)
    assert "is full" in sentence(caught)
    monkeypatch.undo()
    assert len(read_board(store).deals) == 1
    assert len(rows(store, "SELECT * FROM batch")) == 1
    bring(store, {})


def test_a_full_disk_at_first_use_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PRAGMAS", (*engine.PRAGMAS, "PRAGMA max_page_count=4"))
    with pytest.raises(Problem) as caught:
        Store.open(tmp_path / "new.db")
    assert "is full" in sentence(caught)
    assert list(tmp_path.iterdir()) == []


def test_no_permission_to_make_the_file(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with without_privileges(), pytest.raises(Problem) as caught:
        Store.open(open_folder / "pipetui.db")
    assert "No permission" in sentence(caught)


def test_no_permission_to_make_the_folder(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with without_privileges(), pytest.raises(Problem) as caught:
        Store.open(open_folder / "deep" / "pipetui.db")
    assert "cannot be made (Permission denied)" in sentence(caught)


@pytest.mark.parametrize("mode", [0, 0o200])
def test_no_permission_to_read_it(open_folder: Path, mode: int) -> None:
    path = open_folder / "pipetui.db"
    new_store(path).close()
    path.chmod(mode)
    with without_privileges(), pytest.raises(Problem) as caught:
        Store.open(path)
    assert "No permission" in sentence(caught)


def test_a_store_that_may_only_be_read(open_folder: Path) -> None:
    path = open_folder / "pipetui.db"
    with new_store(path) as store:
        bring(store, {})
    path.chmod(0o444)
    before = path.read_bytes()
    with without_privileges(), Store.open(path) as store:
        assert len(read_board(store).deals) == 1
        with pytest.raises(Problem) as caught:
            undoing.undo(store, by="claire", at=NOON)
    assert "is read-only" in sentence(caught)
    assert path.read_bytes() == before


def test_a_name_that_would_write_on_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b]0;x\x07\udcff\nname"
    path.mkdir()
    with pytest.raises(Problem) as caught:
        Store.open(path)
    assert "\x1b" not in sentence(caught)
    sentence(caught).encode()


def test_what_is_nobodys_fault_but_ours_is_not_dressed_up(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), store.reading() as run:
        run("SELECT * FROM nowhere", {})


def test_half_a_batch_is_no_batch(store: Store) -> None:
    def interrupted() -> None:
        with store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM stage")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(read_board(store).stages) == 5
