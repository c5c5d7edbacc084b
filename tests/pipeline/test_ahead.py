"""Reading ahead forks, which wants a process of one thread: each test starts its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipetui.cli.main import run

LOOKING = """
import sys
from datetime import date
from pipetui.__main__ import _look
from pipetui.cli.context import Globals
from pipetui.pipeline.ahead import read_ahead
from pipetui.pipeline.looking import look

settings = Globals.resolve(db=sys.argv[1], today=date(2026, 11, 22))
ahead = read_ahead(lambda: _look(settings))
assert ahead is not None
taken = ahead.take()
"""
EQUAL = """
here = look(settings.store(), settings.playbook, date(2026, 11, 22))
assert taken is not None and len(taken.deals) == 3
for part in ("revision", "today", "deals", "stages", "context", "flags", "probability", "playbook"):
    assert getattr(taken, part) == getattr(here, part), part
deal = next(iter(taken.deals.values()))
assert type(deal).__name__ == "Deal" and deal.counts
assert taken.totals(taken.deals.values()) == here.totals(here.deals.values())
"""
NOTHING = """
assert taken is None
"""
LEARNED = """
from pipetui.pipeline.keeping import keep
from pipetui.pipeline.learning import learn

store = settings.store()
assert taken is not None and taken.learned is None
learned = learn(store, settings.playbook, date(2026, 11, 22))
keep(store.path, learned)
taken = read_ahead(lambda: _look(settings)).take()
assert taken.is_learned and taken.learned == learned
"""


def python(script: str, store: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LOOKING + script, str(store)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def imported(folder: Path) -> Path:
    export = folder / "deals.csv"
    rows = (
        "Opportunity Name,Stage,Amount,Close Date",
        "A,Demo,100,2026-12-01",
        "B,Demo,,2026-01-01",
        "C,Proposal,5,",
    )
    export.write_text("\n".join(rows), encoding="utf-8")
    store = folder / "deals.db"
    with pytest.raises(SystemExit) as end:
        run(lambda *_args, **_options: None, ["--db", str(store), "import", str(export)])
    assert not end.value.code
    return store


def test_what_was_read_ahead_is_what_would_be_read(tmp_path: Path) -> None:
    done = python(EQUAL, imported(tmp_path))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


def test_what_was_learned_before_is_known_to_who_reads_ahead(tmp_path: Path) -> None:
    done = python(LEARNED, imported(tmp_path))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    store = tmp_path / "none.db"
    done = python(NOTHING, store)
    assert (done.returncode, done.stderr) == (0, "")
    assert not store.exists()


def test_a_store_that_cannot_be_read_is_left_to_who_can_say_so(tmp_path: Path) -> None:
    store = tmp_path / "deals.db"
    store.write_bytes(b"no store at all")
    done = python(NOTHING, store)
    assert (done.returncode, done.stderr) == (0, "")
    assert store.read_bytes() == b"no store at all"


def test_a_look_that_fails_ends_its_process_quietly(tmp_path: Path) -> None:
    failing = "assert read_ahead(lambda: 1 / 0).take() is None\n"
    done = python(failing, tmp_path / "none.db")
    assert (done.returncode, done.stderr) == (0, "")
