import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.store.making import bring, new_store, rows


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_first_use_makes_the_file_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "pipetui.db"
    with Store.open(path) as store:
        bring(new_store(path), {})
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert read_board(store).deals
    beside = {other.name: stat.S_IMODE(other.stat().st_mode) for other in path.parent.iterdir()}
    assert set(beside.values()) == {0o600}


@pytest.mark.usefixtures("durable")
def test_every_connection_keeps_its_promises(store: Store) -> None:
    connection = store.connect()
    assert pragma(connection, "journal_mode") == "wal"
    assert pragma(connection, "foreign_keys") == 1
    assert pragma(connection, "synchronous") == 2, "FULL"
    assert pragma(connection, "busy_timeout") == 5000
    connection.close()
    with store.writing() as written:
        assert written.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert written.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_reading_cannot_write(store: Store) -> None:
    with pytest.raises(Exception, match="read-only"), store.reading() as run:
        run("DELETE FROM stage", {})
    assert len(read_board(store).stages) == 5


def test_a_url_names_the_same_store_as_its_path(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    with Store.open(f"sqlite:///{path}") as store:
        bring(new_store(path), {})
        assert store.path == path
        assert store.url == f"sqlite:///{path}"
        assert len(read_board(store).deals) == 1


@pytest.mark.parametrize("name", ["50%20?mode=ro#x.db", "é ü.db", "a&b=c.db", "'quoted\".db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with Store.open(tmp_path / name) as store:
        bring(new_store(store.path), {})
        assert len(read_board(store).deals) == 1
    assert (tmp_path / name).stat().st_size > 0


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with Store.open(path) as store:
        assert read_board(store).deals == []


def test_a_home_is_expanded(own_world: Path) -> None:
    with Store.open("~/mine.db") as store:
        assert store.path == own_world / "home" / "mine.db"


def test_opening_again_changes_nothing(store: Store) -> None:
    bring(store, {}, {})
    store.close()
    before = store.path.read_bytes()
    with Store.open(store.path) as again:
        assert len(read_board(again).deals) == 2
    assert store.path.read_bytes() == before


def test_several_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    program = (
        "import sys; from pipetui.store.engine import Store; from tests.store.making import new_store\n"
        "new_store(sys.argv[1]).close()"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", program, str(path)], stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    errors = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, errors
    with Store.open(path) as store:
        assert len(rows(store, "SELECT * FROM stage")) == 5
        assert len(rows(store, "SELECT * FROM alembic_version")) == 1


def test_the_first_paint_needs_no_heavy_library(store: Store) -> None:
    bring(store, {})
    program = (
        "import sys\n"
        "from pipetui.store import engine, paths, reading, stages, visits\n"
        "from datetime import date\n"
        "store = engine.Store.open(sys.argv[1])\n"
        "assert len(reading.read_board(store).deals) == 1\n"
        "reading.read_story(store, 1); reading.read_batches(store)\n"
        "visits.stage_visits(store, date(2026, 11, 22))\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'alembic', 'pandas', 'textual'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(store.path)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0, done.stderr


def test_making_a_store_needs_no_alembic(tmp_path: Path) -> None:
    program = (
        "import sys; from pipetui.store.engine import Store; Store.open(sys.argv[1]).close()\n"
        "assert not {'alembic', 'sqlalchemy'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "new.db")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_writing_by_others_is_noticed(store: Store) -> None:
    before = store.data_version()
    assert store.data_version() == before
    with Store.open(store.path) as other:
        bring(other, {})
    assert store.data_version() != before
