"""An import killed at any moment leaves the store as it was before it, or as it is after it."""

import random
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from pipetui.store.engine import Store
from tests.exchange.histories import effective, present
from tests.exchange.test_orders import WEEKLY, bring_in, check

MOMENTS = 6
IMPORTING = """
import os, signal, sys, threading
from pathlib import Path
from tests.exchange.test_orders import bring_in
from pipetui.exchange.importing import writing
from pipetui.store.engine import Store
seconds = float(sys.argv[3])
with Store.open(Path(sys.argv[1])) as store:
    threading.Timer(seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()
    bring_in(store, Path(sys.argv[2]))
    os._exit(0)
"""
"""Imports a file, and is killed some seconds after it began."""


def told(path: Path) -> tuple[object, object, int]:
    """What a store knows, and how many batches it has."""
    with Store.open(path) as store:
        check(store)
        with store.reading() as run:
            ((batches,),) = run("SELECT count(*) FROM batch", {})
        return present(store), effective(store), batches


def test_a_killed_import_is_whole_or_nothing(tmp_path: Path) -> None:
    dice = random.Random(7)
    start, end = tmp_path / "start.db", tmp_path / "end.db"
    with Store.open(start) as store:
        bring_in(store, WEEKLY[0])
    shutil.copy(start, end)
    with Store.open(end) as store:
        began = perf_counter()
        bring_in(store, WEEKLY[1])
        duration = perf_counter() - began
    before, after = told(start), told(end)
    killed = 0
    for number in range(MOMENTS):
        path = tmp_path / f"killed-{number}.db"
        shutil.copy(start, path)
        command = [
            sys.executable,
            "-c",
            IMPORTING,
            str(path),
            str(WEEKLY[1]),
            str(dice.uniform(0.0, duration)),
        ]
        killed += subprocess.run(command, check=False).returncode == -9
        found = told(path)
        assert found in (before, after)
        if found == before:
            with Store.open(path) as store:
                bring_in(store, WEEKLY[1])
            assert told(path) == after
    assert killed
