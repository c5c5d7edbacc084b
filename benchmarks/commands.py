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
    samples["import"].append(_run([*world.command, "--db", str(imported), "import", str(world.rows)], world))
    for path in world.folder.glob("*-*.db*"):
        path.unlink()


def _copy(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        header = next(rows)
        connection = sqlite3.connect(target)
        connection.execute(f"CREATE TABLE deal ({', '.join(f'c{at} TEXT' for at in range(len(header)))})")
        connection.executemany(f"INSERT INTO deal VALUES ({', '.join('?' * len(header))})", rows)
        connection.commit()
        connection.close()


def _run(command: list[str], world: World) -> float:
    """How long a command takes, ms."""
    started = perf_counter()
    subprocess.run(command, env=world.environment, stdout=subprocess.DEVNULL, check=True)
    return (perf_counter() - started) * 1e3
