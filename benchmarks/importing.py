"""Keys pressed while the app imports 100,000 rows with 400,000 rows of their history."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import chdir
from time import perf_counter

from benchmarks.bars import Samples
from benchmarks.world import World
from tests.terminal.harness import Terminal, terminal

_CORNER = "╮".encode()
"""A dialog is painted."""
_PATIENCE = 4.0
"""Seconds after which a key counts as not answered."""
_BETWEEN = 0.15
"""Seconds between two keys."""


def measure(world: World, samples: Samples, turn: int) -> None:
    """From choosing the files to the list of what changed: the help is opened and closed all the while."""
    folder = world.folder / "exports"
    if not folder.exists():
        folder.mkdir()
        for path in (world.rows, world.history):
            shutil.copyfile(path, folder / path.name)
    command = [*world.command, "--db", str(world.folder / f"keys-{turn}.db")]
    with chdir(folder), terminal(command, env=world.environment) as screen:
        screen.wait_until(_shows("sample data"), "the welcome", quiet=1)
        screen.send("i")
        screen.wait_until(_shows("history.csv"), "the files", quiet=0.5)
        screen.send("space")
        screen.pump(1, quiet=0.2)
        screen.send("space")
        screen.pump(1, quiet=0.2)
        screen.send("enter")
        for step in ("enter compare", "enter import", "enter open"):
            while step not in screen.text:
                samples["import key"].append(_help(screen))
            screen.send("enter")
    for path in world.folder.glob("keys-*.db*"):
        path.unlink()


def _shows(words: str) -> Callable[[Sequence[str]], bool]:
    return lambda lines: any(words in line for line in lines)


def _help(screen: Terminal) -> float:
    """Milliseconds until the help stands there; it is closed again."""
    before = len(screen.chunks)
    at = screen.send("?")
    while perf_counter() < at + _PATIENCE:
        screen.pump(0.01)
        for chunk in screen.chunks[before:]:
            if _CORNER in chunk.data:
                screen.pump(0.1)
                screen.send("escape")
                screen.pump(0.3, quiet=_BETWEEN)
                screen.pump(_BETWEEN)
                return (chunk.at - at) * 1e3
    raise AssertionError(f"“?” was not answered:\n{screen.text}")
