"""What must agree about the schema: SQLModel's tables, the migrations, the script for new stores."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import pipetui.store
from pipetui.store import migrating
from pipetui.store.engine import Store
from pipetui.store.schema import HEAD
from pipetui.store.tables import Deal
from tests.store.making import rows


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", migrating.SCRIPTS)
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_script_for_new_stores_is_what_the_migrations_amount_to() -> None:
    shipped = Path(pipetui.store.__file__).with_name("schema.sql").read_text(encoding="utf-8")
    assert shipped == migrating.script(), "run: python -m pipetui.store.migrating > pipetui/store/schema.sql"


def test_a_new_store_is_what_the_tables_say(tmp_path: Path) -> None:
    assert Deal.metadata is SQLModel.metadata
    with Store.open(tmp_path / "new.db") as store, store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        assert context.get_current_revision() == HEAD


def test_a_new_store_is_the_same_file_whoever_makes_it(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.db") as store:
        made = rows(store, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    assert [row["name"] for row in made if row["type"] == "table"] == sorted(
        [*SQLModel.metadata.tables, "alembic_version"]
    )
