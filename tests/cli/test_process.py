"""The installed program as a process: what it imports, what a closed pipe and a signal do."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PIPETUI = [sys.executable, "-m", "pipetui"]
HEAVY = (
    "textual",
    "sqlmodel",
    "sqlalchemy",
    "pandas",
    "numpy",
    "pydantic",
    "plotext",
    "alembic",
    "babel",
    "rich",
)


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [*PIPETUI, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        **options,
    )


def imported_by(*arguments: str) -> set[str]:
    code = (
        "import sys, atexit\n"
        f"sys.argv = ['pipetui', *{arguments!r}]\n"
        "atexit.register(lambda: print(*sys.modules, sep='\\n', file=sys.stderr))\n"
        "from pipetui.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    modules = imported_by(*arguments)
    assert "typer" in modules
    assert modules.isdisjoint(HEAVY)


@pytest.mark.parametrize("arguments", [("board", "--help"), ("locate",)])
def test_a_light_command_imports_no_more_than_typer_does(arguments: tuple[str, ...]) -> None:
    assert imported_by(*arguments).isdisjoint(set(HEAVY) - {"pydantic"})  # typer reads option values with it


def test_the_board_reads_the_store_without_sqlalchemy(store_path: Path) -> None:
    run("--db", str(store_path), "board")  # the playbook's stages are in the store now
    modules = imported_by("--db", str(store_path), "board")
    assert modules.isdisjoint({"textual", "sqlmodel", "sqlalchemy", "pandas", "numpy", "alembic"})


def test_help_speaks_the_language(store_path: Path) -> None:
    english = run("--help").stdout
    assert run("--lang", "en", "--help").stdout == english


def test_json_of_a_process(store_path: Path) -> None:
    done = run("--db", str(store_path), "board", "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["currency"] == "EUR"


def test_what_the_terminal_cannot_write_stays_legible(store_path: Path) -> None:
    done = run("--db", str(store_path), "board", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert "Demo" in done.stdout


def test_json_loses_nothing_where_the_encoding_knows_less(store_path: Path) -> None:
    told = [
        run("--db", str(store_path), "board", "--json", env={**os.environ, "PYTHONIOENCODING": encoding})
        for encoding in ("ascii", "utf-8")
    ]
    ascii_, utf_8 = (json.loads(done.stdout) for done in told)
    assert ascii_ == utf_8
    assert not told[1].stdout.isascii(), "there is something to lose"


def test_a_closed_pipe_is_no_error(store_path: Path) -> None:
    with subprocess.Popen(
        [*PIPETUI, "--db", str(store_path), "board", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode in (0, 1)


@pytest.fixture
def heeds_ctrl_c() -> Iterator[None]:
    """What a shell starts in the background ignores ctrl+c, and so would everything started here."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_ctrl_c")
def test_ctrl_c_is_quiet(store_path: Path) -> None:
    with subprocess.Popen(
        [*PIPETUI, "--db", str(store_path), "undo"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "LOGNAME": "claire"},
    ) as process:
        assert process.stderr is not None
        assert process.stderr.read(5) == b"Undo "  # it asks, and waits
        process.send_signal(signal.SIGINT)
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode in (1, 130)


def test_opening_the_app_waits_neither_for_typer_nor_for_pydantic() -> None:
    code = (
        "import sys\n"
        "from pipetui.cli import main, opening\n"
        "main.on_terminal = opening.on_terminal = lambda: True\n"
        "main.run(lambda settings, demo, mouse: print(*sys.modules, sep='\\n'), [])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert set(done.stdout.split()).isdisjoint({*HEAVY, "typer", "click"})


@pytest.mark.parametrize(
    ("variables", "colours"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_are_for_terminals_that_want_them(
    store_path: Path, variables: dict[str, str], colours: bool
) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [*PIPETUI, "--db", str(store_path), "flags"],
        stdout=theirs,
        env={**os.environ, "TERM": "xterm-256color", **variables},
    ):
        os.close(theirs)
        text = b""
        try:
            while part := os.read(ours, 4096):
                text += part
        except OSError:  # Linux reports the end of a terminal so
            pass
        finally:
            os.close(ours)
    assert (b"\x1b[1m" in text) is colours
    assert b"Portail" in text


def test_the_demo_without_a_terminal_is_a_board_and_leaves_ones_own_store_alone(own_world: Path) -> None:
    done = run("demo")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.endswith("To open the app, run “pipetui demo” in a terminal.\n")
    assert "Qualification · " in done.stdout
    assert [path.name for path in (own_world / "data" / "pipetui").glob("*.db")] == ["demo.db"]


def test_import_then_board(tmp_path: Path) -> None:
    export = tmp_path / "deals.csv"
    export.write_text("Id,Name,Stage,Amount\n1,[/] a,Demo,617.25\n2,b,Demo,617.25\n", encoding="utf-8")
    store = ("--db", str(tmp_path / "x.db"))
    assert run(*store, "import", str(export)).returncode == 0
    said = json.loads(run(*store, "board", "--json").stdout)
    (demo,) = [stage for stage in said["stages"] if stage["stage"] == "Demo"]
    assert (demo["count"], demo["amount"], demo["weighted"]) == (2, 1234.5, 493.8)
