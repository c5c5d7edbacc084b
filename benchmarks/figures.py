"""Times of what is worked out."""

from random import Random
from time import perf_counter

from benchmarks.bars import Samples
from benchmarks.world import World
from pipetui.statistics.poisson_binomial import distribution

DEALS = 300


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
