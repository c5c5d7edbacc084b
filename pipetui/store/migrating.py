"""Bringing an older store up to date, with a backup before. Importing this module costs alembic's import."""

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from pipetui.store import failures
from pipetui.store.engine import Store

SCRIPTS = "pipetui.store:migrations"


def migrate(store: Store) -> None:
    """Run the missing migrations in one transaction; whatever fails, the store stays as it was.

    Raises:
        Problem: if the store is newer than this pipetui, or there is no room for a backup.
    """
    config = _config()
    with closing(store.connect()) as connection:
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        try:
            ScriptDirectory.from_config(config).get_revision(version)
        except CommandError:
            raise failures.newer(store.path) from None
        try:
            back_up(connection, store.path.with_name(f"{store.path.name}.before-{version}-was-migrated"))
        except OSError as error:
            raise failures.file_problem(error, store.path) from error
    _upgrade(store, config)


def back_up(connection: sqlite3.Connection, target: Path) -> None:
    """A whole copy of an open store, readable only by its owner. Raises `sqlite3.Error` and `OSError`."""
    partial = target.with_name(f"{target.name}.part")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    with closing(sqlite3.connect(partial)) as copy:
        connection.backup(copy)
    partial.replace(target)


def script() -> str:
    """The SQL that makes all tables at once: what the migrations amount to on an empty store."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.db")
        store.path.touch()
        _upgrade(store, _config())
        with store.reading() as run:
            rows = run("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid", {})
    return ";\n".join(sql for (sql,) in rows) + "\n"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    return config


def _upgrade(store: Store, config: Config) -> None:
    with store.engine.connect() as connection:
        # Changing a table copies it; with foreign keys on, that would delete what refers to it.
        raw = connection.connection.cursor()
        raw.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"the migration broke references: {broken[:5]}")


if __name__ == "__main__":
    sys.stdout.write(script())
