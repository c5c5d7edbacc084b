"""Times of what is worked out."""

import subprocess
import sys
from random import Random
from time import perf_counter

from benchmarks.bars import Samples
from benchmarks.world import World
from pipetui.statistics.poisson_binomial import distribution

DEALS = 300
_TRENDS = """
import resource, sqlite3
from time import perf_counter
from pipetui.app.trends.working import Work
from pipetui.cli.context import Globals
from pipetui.pipeline.looking import look
from pipetui.pipeline.trends import Choice
from pipetui.trends.spans import trailing
from benchmarks.world import TODAY
settings = Globals.resolve(db={db!r}, today=TODAY)
with settings.store() as store:
    pipeline, told = look(store, settings.playbook, TODAY), []
    started = perf_counter()
    work = Work(1, pipeline, Choice(trailing(TODAY)), None, None)
    work.do(store, told.append, lambda: "diagnosis", lambda number: True)
    trends = perf_counter() - started
assert len(told) == 10
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
import pandas
started = perf_counter()
events = pandas.read_sql("SELECT * FROM deal_event", sqlite3.connect({db!r}))
print(trends, memory, perf_counter() - started)
"""
"""All trends of a store, as the app works them out: how long (s), peak memory (KiB); pandas' reading (s)."""


def measure(world: World, samples: Samples, turn: int) -> None:
    """The exact distribution of so many deals, and what is read off it; amounts to the cent."""
    del world
    dice = Random(turn)
    deals = [(dice.randrange(300_000, 12_000_000), dice.random()) for _ in range(DEALS)]
    for _ in range(5):
        started = perf_counter()
        found = distribution(deals)
        for q in (0.1, 0.5, 0.9):
            found.quantile(q)
        found.at_least(round(found.mean))
        samples["distribution"].append((perf_counter() - started) * 1e3)


def measure_trends(world: World, samples: Samples, turn: int) -> None:
    """All trends of 100,000 deals, beside the time in which pandas reads their 600,000 events."""
    del turn
    told = subprocess.run(
        [sys.executable, "-c", _TRENDS.format(db=str(world.large))],
        env=world.environment,
        check=True,
        text=True,
        capture_output=True,
    ).stdout.split()
    samples["all trends"].append(float(told[0]) * 1e3)
    samples["trends memory"].append(float(told[1]) / 1024)
    samples["events by pandas"].append(float(told[2]) * 1e3)
