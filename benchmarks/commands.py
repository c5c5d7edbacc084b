"""Times of commands without a screen."""

import csv
import sqlite3
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.bars import Samples
from benchmarks.world import World

_HEAVY = ("textual", "sqlmodel", "sqlalchemy", "pandas", "numpy", "plotext", "alembic")


def measure_help(world: World, samples: Samples, turn: int) -> None:
    """`--help` beside an interpreter that does nothing, and which heavy modules it imports."""
    for _ in range(3):
        samples["pass"].append(_run([sys.executable, "-c", "pass"], world))
        samples["help"].append(_run([*world.command, "--help"], world))
    if turn == 0:
        listing = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "pipetui", "--help"],
            env=world.environment,
            capture_output=True,
            check=True,
            text=True,
        ).stderr
        names = {line.rpartition("|")[2].strip() for line in listing.splitlines()}
        samples["help modules"].append(float(len(names & set(_HEAVY))))


def measure_import(world: World, samples: Samples, turn: int) -> None:
    """100,000 new rows, beside the plainest way to get them into SQLite."""
    plain, imported = world.folder / f"plain-{turn}.db", world.folder / f"imported-{turn}.db"
    started = perf_counter()
    _copy(world.rows, plain)
    samples["csv to sqlite3"].append((perf_counter() - started) * 1e3)
    command = [*world.command, "--db", str(imported), "import", str(world.rows)]
    samples["import"].append(_run(command, world))
    samples["import again"].append(_run(command, world))
    _tidy(world)


def measure_history(world: World, samples: Samples, turn: int) -> None:
    """100,000 deals with 400,000 rows of their history, beside the plainest way into SQLite; its memory."""
    plain, imported = world.folder / f"plain-{turn}.db", world.folder / f"told-{turn}.db"
    started = perf_counter()
    _copy(world.rows, plain)
    _copy(world.history, plain)
    samples["histories to sqlite3"].append((perf_counter() - started) * 1e3)
    code = _MEASURED.format(db=str(imported), files=[str(world.rows), str(world.history)])
    started = perf_counter()
    told = subprocess.run(
        [sys.executable, "-c", code], env=world.environment, check=True, text=True, capture_output=True
    ).stdout.split()
    samples["history"].append((perf_counter() - started) * 1e3)
    samples["history memory"].append(float(told[-2]) / 1024)
    samples["history silence"].append(float(told[-1]) * 1e3)
    _tidy(world)


_MEASURED = """
import resource
from pathlib import Path
from time import perf_counter
from pipetui.deals.clock import Clock
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.loading import load
from pipetui.store.engine import Store
told = [perf_counter()]
with Store.open({db!r}) as store:
    run_import(store, load(None), Clock(), [Path(file) for file in {files!r}], by="benchmark",
        progress=lambda share: told.append(perf_counter()))
told.append(perf_counter())
silence = max(later - earlier for earlier, later in zip(told, told[1:]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, silence)
"""
"""An import that tells its peak memory (KiB) and the longest time between two reports of progress (s)."""


def _tidy(world: World) -> None:
    for path in world.folder.glob("*-*.db*"):
        path.unlink()


def _copy(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        header = next(rows)
        connection = sqlite3.connect(target)
        columns = ", ".join(f"c{at} TEXT" for at in range(len(header)))
        connection.execute(f"CREATE TABLE {source.stem} ({columns})")
        connection.executemany(f"INSERT INTO {source.stem} VALUES ({', '.join('?' * len(header))})", rows)
        connection.commit()
        connection.close()


def _run(command: list[str], world: World) -> float:
    """How long a command takes, ms."""
    started = perf_counter()
    subprocess.run(command, env=world.environment, stdout=subprocess.DEVNULL, check=True)
    return (perf_counter() - started) * 1e3
