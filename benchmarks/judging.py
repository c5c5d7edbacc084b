"""Times of what is judged between two keys, and of what is learned from the past."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from benchmarks.bars import Samples
from benchmarks.world import TODAY, World
from pipetui.pipeline.learning import learn
from pipetui.pipeline.looking import look
from pipetui.pipeline.pipeline import Pipeline
from pipetui.playbook.loading import load
from pipetui.query.parsing import parse
from pipetui.signals.rules import flags_by_deal
from pipetui.store.engine import Store

FILTERS = ("d", "portail 12", "owner:petit amount>20k flag:st", "-compte close<30d")


def measure(world: World, samples: Samples, turn: int) -> None:
    """Flags, sums and filters of 10,000 deals, and the rhythm of their stages."""
    del turn
    pipeline = _looked(world.store, samples, "learned")
    deals = list(pipeline.deals.values())
    rows = list(pipeline.rows.values())
    for _ in range(3):
        _time(samples, "flags", lambda: flags_by_deal(deals, pipeline.context))
        _time(samples, "sums", lambda: pipeline.totals(deals))
        for text in FILTERS:
            _time(samples, "filtered", partial(parse(text, TODAY).select, rows))


def measure_large(world: World, samples: Samples, turn: int) -> None:
    """What 100,000 deals with 600,000 events teach."""
    del turn
    _looked(world.large, samples, "learned large")


def _looked(path: Path, samples: Samples, figure: str) -> Pipeline:
    playbook = load(None)
    with Store.open(path) as store:
        for _ in range(3):
            _time(samples, figure, lambda: learn(store, playbook, TODAY))
        return look(store, playbook, TODAY, learn(store, playbook, TODAY))


def _time(samples: Samples, figure: str, work: Callable[[], object]) -> None:
    started = perf_counter()
    work()
    samples[figure].append((perf_counter() - started) * 1e3)
