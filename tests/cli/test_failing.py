from pathlib import Path

import pytest

from pipetui.cli import board
from tests.cli.conftest import Cli


def test_what_nobody_foresaw_is_a_sentence_and_a_log(
    cli: Cli, own_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("by \x1b]0;x\x07 zero")

    monkeypatch.setattr(board, "show", broken)
    result = cli("board")
    log = own_world / "state" / "pipetui" / "pipetui.log"
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "ZeroDivisionError: by ]0;x zero" in result.stderr
    assert str(log) in result.stderr
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_it_is_told_even_if_there_is_nowhere_to_log(
    cli: Cli, own_world: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_world / "state" / "pipetui").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(board, "show", lambda *_arguments, **_options: 1 / 0)
    result = cli("board")
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.stderr


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b"\x00\x01 this is no database" * 100),
        lambda path: path.write_text("id,name\n1,x\n", encoding="utf-8"),
    ],
    ids=["folder", "binary", "csv"],
)
@pytest.mark.parametrize("command", ["board", "flags", "log", "undo"])
def test_what_is_no_store_is_one_sentence_and_stays_as_it_is(
    cli: Cli, tmp_path: Path, make: object, command: str
) -> None:
    path = tmp_path / "wrong.db"
    make(path)  # type: ignore[operator]
    before = None if path.is_dir() else path.read_bytes()
    result = cli("--db", str(path), command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "wrong.db" in result.stderr
    assert before is None or path.read_bytes() == before
