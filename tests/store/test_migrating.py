import shutil
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from pipetui.deals.errors import Problem
from pipetui.store import engine, migrating
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from pipetui.store.schema import HEAD
from tests.store.making import bring, rows

NEXT = f"""
import sqlalchemy as sa
from alembic import op
revision = "next"
down_revision = "{HEAD}"
def upgrade():
    with op.batch_alter_table("stage") as stage:
        stage.add_column(sa.Column("colour", sa.Text, nullable=False, server_default="red"))
        stage.drop_constraint("uq_stage_pipeline_id_folded")
    {{more}}
"""


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pipetui after this one: it has a migration more. The value is that migration's file."""
    scripts = tmp_path / "migrations"
    with_path = files("pipetui.store").joinpath("migrations")
    shutil.copytree(str(with_path), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    script = scripts / "versions" / "next.py"
    script.write_text(NEXT.format(more=""))
    monkeypatch.setattr(migrating, "SCRIPTS", str(scripts))
    monkeypatch.setattr(engine, "HEAD", "next")
    return script


def test_an_older_store_is_brought_up_to_date_with_a_backup(store: Store, next_version: Path) -> None:
    bring(store, {}, {})
    store.close()
    with Store.open(store.path) as opened:
        assert [row["colour"] for row in rows(opened, "SELECT colour FROM stage")] == ["red"] * 5
        assert len(read_board(opened).deals) == 2, "tables that refer to the changed one keep their rows"
        assert rows(opened, "SELECT version_num FROM alembic_version") == [{"version_num": "next"}]
    backup = store.path.with_name(f"pipetui.db.before-{HEAD}-was-migrated")
    assert backup.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("SELECT count(*) FROM deal").fetchone() == (2,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)


@pytest.mark.parametrize(
    "mistake",
    ['raise RuntimeError("in the middle")', 'op.execute("UPDATE deal SET stage_id = 99")'],
    ids=["fails", "breaks references"],
)
def test_a_migration_that_fails_changes_nothing(store: Store, next_version: Path, mistake: str) -> None:
    bring(store, {})
    next_version.write_text(NEXT.format(more=mistake))
    with pytest.raises(RuntimeError):
        Store.open(store.path)
    assert rows(store, "SELECT version_num FROM alembic_version") == [{"version_num": HEAD}]
    assert "colour" not in rows(store, "SELECT * FROM stage")[0]
    assert len(read_board(store).deals) == 1


def test_without_a_backup_nothing_is_migrated(
    store: Store, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.path.with_name(f"pipetui.db.before-{HEAD}-was-migrated").mkdir()
    with pytest.raises(Problem, match="cannot be opened"):
        Store.open(store.path)
    assert rows(store, "SELECT version_num FROM alembic_version") == [{"version_num": HEAD}]


def test_a_store_of_the_next_version_is_refused_by_this_one(
    store: Store, next_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(store.path).close()
    monkeypatch.undo()
    with pytest.raises(Problem, match="newer pipetui"):
        Store.open(store.path)
