"""Whatever the bytes are, they end in an import whose counts add up or in one sentence."""

import random
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.loading import load
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.exchange.conftest import TODAY
from tests.exchange.test_real_files import DATA, DEALS

SEEDS = [*DEALS, *(f"made/unseen/{path.name}" for path in sorted((DATA / "made" / "unseen").iterdir()))]
SPOILING = [
    b"",
    b"\0",
    b'"',
    b";",
    b",",
    b"\r",
    b"\n",
    b"\xff",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
    b"=1+1",
    b"9" * 400,
]


@cache
def seed(name: str) -> bytes:
    return (DATA / name).read_bytes()[:6_000]


def spoiled(data: bytes, dice: random.Random) -> bytes:
    for _times in range(dice.randint(1, 6)):
        at, to = sorted(dice.randrange(len(data) + 1) for _side in range(2))
        match dice.randrange(4):
            case 0:
                data = data[:at] + dice.choice(SPOILING) + data[at:]
            case 1:
                data = data[:at] + data[min(to, at + 40) :]
            case 2:
                data = data[:to] + data[at:]
            case _:
                data = data[:at] + bytes(dice.randrange(256) for _byte in range(3)) + data[at + 3 :]
    return data


@cache
def empty() -> bytes:
    """A store without deals."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        with Store.open(path) as store, store.writing():
            pass
        return path.read_bytes()


def bring(folder: Path, name: str, number: int) -> bool:
    """Import a spoiled file; whether it could be."""
    path, target = folder / Path(name).name, folder / "pipe.db"
    path.write_bytes(spoiled(seed(name), random.Random(number)))
    target.write_bytes(empty())
    with Store.open(target) as store:
        report, said = None, "read"
        try:
            report = run_import(store, load(None), Clock(fixed=TODAY), [path], by="claire")
        except Problem as problem:
            said = str(problem)
        deals = len(read_board(store).deals)
    assert said
    assert "\n" not in said
    if report is None:
        assert deals == 0
        return False
    assert report.adds_up()
    assert deals == report.new
    assert report.rows == report.new + report.skipped.total() + report.rejected
    return True


@settings(max_examples=150)
@given(st.sampled_from(SEEDS), st.integers(0, 2**32))
def test_spoiled_files_end_in_a_whole_import_or_a_sentence(name: str, number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bring(Path(folder), name, number)
