"""A store that one may not write to can be printed; what would write says so in one sentence."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipetui.cli.commands import build
from pipetui.store.engine import Store

NOBODY = 65534


@pytest.fixture(params=["file", "folder", "both"])
def lent(store_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Somebody else's store, and one is nobody."""
    world = Path(tempfile.mkdtemp(dir="/tmp"))
    world.chmod(0o777)
    home = world / "home"
    home.mkdir()
    home.chmod(0o777)
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home))
    folder = world / "store"
    folder.mkdir()
    Store.open(store_path).close()
    path = folder / "pipe.db"
    shutil.copyfile(store_path, path)
    path.chmod(0o666 if request.param == "folder" else 0o444)
    folder.chmod(0o777 if request.param == "file" else 0o555)
    (home / "deals.csv").write_text("Deal name,Stage,Amount\nA,Demo,1\n")
    # Whoever is nobody may not read every folder that Python loads its modules from: load them now.
    assert run(world / "own.db", "import", str(home / "deals.csv")).exit_code == 0
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    yield path
    os.seteuid(os.getuid())
    folder.chmod(0o777)
    shutil.rmtree(world)


def run(path: Path, *arguments: str) -> Result:
    def open_app(*_args: object, **_more: object) -> None:
        raise AssertionError("there is no terminal to open it on")

    return CliRunner().invoke(build(open_app), ["--db", str(path), *arguments])


@pytest.mark.parametrize(
    "arguments", [["board"], ["board", "--json"], ["flags"], ["flags", "--json"], ["log"], []]
)
def test_it_is_printed_and_left_as_it_is(lent: Path, arguments: list[str]) -> None:
    before = lent.read_bytes()
    result = run(lent, *arguments)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    assert "Portail" in result.stdout or arguments == ["log"]
    assert lent.read_bytes() == before
    assert [path.name for path in lent.parent.iterdir()] == [lent.name]


def test_stages_that_the_store_lacks_stand_on_the_board_all_the_same(lent: Path) -> None:
    stages = [stage["stage"] for stage in json.loads(run(lent, "board", "--json").stdout)["stages"]]
    assert "Negotiation" in stages  # the playbook's, of which the store has never heard


def test_what_would_write_is_refused_in_one_sentence(lent: Path) -> None:
    export = lent.parent.parent / "home" / "deals.csv"
    for arguments in (["undo", "--yes"], ["import", str(export)]):
        before = lent.read_bytes()
        result = run(lent, *arguments)
        assert result.exit_code == 1
        assert "is read-only" in result.stderr or "nothing of yours" in result.stderr
        assert result.stderr.count("\n") == 1
        assert lent.read_bytes() == before


@pytest.mark.parametrize("arguments", [["board"], ["flags", "--json"]])
def test_printing_writes_nothing_to_a_store_of_ones_own(store_path: Path, arguments: list[str]) -> None:
    """Although the playbook names stages that the store lacks."""
    before = store_path.read_bytes(), store_path.stat().st_mtime_ns
    assert run(store_path, *arguments).exit_code == 0
    assert (store_path.read_bytes(), store_path.stat().st_mtime_ns) == before
