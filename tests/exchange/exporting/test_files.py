import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipetui.deals.errors import Problem
from pipetui.exchange.exporting.files import write_file


def test_a_new_file_is_made_as_the_umask_says(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_file(tmp_path / "a.csv", b"new")
    finally:
        os.umask(old)
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_file(path, b"new")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"new", 0o600)


def test_what_stands_there_stays_until_all_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def full(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match=r"a\.csv” cannot be written: No space left on device\."):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_file(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_a_device_is_written_to() -> None:
    write_file(Path("/dev/null"), b"new")
    assert not Path("/dev/null").is_file()


def test_the_store_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "pipe.db").write_bytes(b"store")
    (tmp_path / "link").symlink_to(tmp_path / "pipe.db")
    with pytest.raises(Problem, match="is the store itself"):
        write_file(tmp_path / "link", b"new", never=tmp_path / "pipe.db")
    assert (tmp_path / "pipe.db").read_bytes() == b"store"


@pytest.mark.parametrize(
    ("name", "reason"),
    [(".", "is a folder: name a file in it"), ("none/a.csv", "cannot be written: No such file")],
)
def test_what_cannot_be_written_is_one_sentence(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(Problem, match=reason):
        write_file(tmp_path / name, b"new")


def test_parts_are_put_together_and_a_failure_between_them_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_file(path, (part for part in (b"a", b"b")))
    assert path.read_bytes() == b"ab"

    def broken() -> Iterator[bytes]:
        yield b"c"
        raise Problem("no more")

    with pytest.raises(Problem, match="no more"):
        write_file(path, broken())
    assert path.read_bytes() == b"ab"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
