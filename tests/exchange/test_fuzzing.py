"""Whatever the bytes are, they end in an import whose counts add up or in one sentence."""

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.exchange.importing.run import read_files
from pipetui.playbook.loading import load
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


@settings(max_examples=300)
@given(st.sampled_from(SEEDS), st.integers(0, 2**32))
def test_spoiled_files_end_in_candidates_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, name: str, number: int
) -> None:
    path = tmp_path_factory.mktemp("spoiled") / Path(name).name
    path.write_bytes(spoiled(seed(name), random.Random(number)))
    said = "read"
    try:
        reading = read_files(load(None), Clock(fixed=TODAY), [path])
    except Problem as problem:
        said = str(problem)
    else:
        for export in reading.exports:
            found = export.candidates
            assert found.rows == len(found.keys) + found.skipped.total() + len(found.rejected)
    assert said
    assert "\n" not in said
