"""What is loaded when: the way to the first paint and to `--help` is short."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pipetui.pipeline.looking import look
from pipetui.playbook.loading import load
from pipetui.store.engine import Store
from tests.house.sources import MODULES, PROJECT

HEAVY = {"pandas", "numpy", "plotext", "alembic", "openpyxl", "scipy"}
"""Never on the way to the first paint."""
DATABASE = {"sqlmodel", "sqlalchemy", "pydantic", "babel", "typer"}
"""Not before the first paint either: the frame does not wait for the store or the playbook."""
TODAY = date(2026, 11, 22)
INNER = ("deals", "statistics", "signals", "query", "forecast", "trends", "charts", "language")
"""Rooms that need no library to be read."""
BUILD_AND_TOOLS = {"pipetui.language.compiling", "pipetui.language.extracting"}


def loaded_by(code: str) -> set[str]:
    """The packages outside the standard library that some code loads in a fresh interpreter."""
    script = f"import sys\nbefore = set(sys.modules)\n{code}\nprint('LOADED', *(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=PROJECT, check=False
    )
    assert done.returncode == 0, done.stderr
    names = {name.split(".")[0] for name in done.stdout.split("LOADED", 1)[1].split()}
    ours = {name for name in names if name == "pipetui" or name.startswith("_sysconfigdata_")}
    return names - sys.stdlib_module_names - ours


def test_the_inner_rooms_load_the_standard_library_only() -> None:
    modules = [
        name
        for name in MODULES
        if any(f"{name}.".startswith(f"pipetui.{room}.") for room in INNER) and name not in BUILD_AND_TOOLS
    ]
    assert len(modules) > 15
    assert loaded_by("\n".join(f"import {name}" for name in modules)) == set()


def test_french_needs_no_babel() -> None:
    """Where the catalogue has been compiled, as every installation does."""
    assert "babel" not in loaded_by("import pipetui.language.catalogue, pipetui.language.format")


@pytest.mark.parametrize("module", ["pipetui.app.start", "pipetui.app.app"])
def test_the_app_opens_without_what_the_first_paint_does_not_need(module: str) -> None:
    loaded = loaded_by(f"import {module}")
    assert "textual" in loaded
    assert not loaded & (HEAVY | DATABASE)


def test_reading_a_store_of_ours_needs_no_sqlalchemy() -> None:
    assert not loaded_by("import pipetui.store.reading") & (HEAVY | DATABASE)


def test_the_first_cards_need_neither_validation_nor_a_database_library(tmp_path: Path) -> None:
    """In a store that was looked at before: the first time, the playbook's stages are written into it."""
    path = tmp_path / "pipeline.db"
    with Store.open(path) as store:
        look(store, load(None), TODAY)
    code = "\n".join(
        [
            "from datetime import date",
            "import pipetui.app.start",
            "from pipetui.pipeline.looking import look",
            "from pipetui.playbook.loading import load",
            "from pipetui.store.engine import Store",
            f"with Store.open({str(path)!r}) as store:",
            f"    assert look(store, load(None), date.fromisoformat('{TODAY}')).stages",
        ]
    )
    assert not loaded_by(code) & (HEAVY | DATABASE)


def test_help_loads_no_screen_and_no_database() -> None:
    code = "\n".join(
        [
            "import sys, contextlib, io",
            "sys.argv = ['pipetui', '--help']",
            "from pipetui.__main__ import main",
            "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()) as out: main()",
            "assert 'import' in out.getvalue()",
        ]
    )
    assert not loaded_by(code) & (HEAVY | DATABASE - {"typer"} | {"textual"})
