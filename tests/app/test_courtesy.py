"""Threads at work give way to hands."""

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipetui.app import courtesy
from pipetui.app.courtesy import TURN, WAIT, Courtesy
from pipetui.store.cycles import without_cycle_search


class Time:
    """A clock that only naps move."""

    def __init__(self) -> None:
        self.now = 100.0
        self.napped = 0.0

    def nap(self, seconds: float) -> None:
        self.now += seconds
        self.napped += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time()
    monkeypatch.setattr(courtesy, "WAIT", WAIT)
    monkeypatch.setattr(courtesy, "monotonic", lambda: time.now)
    monkeypatch.setattr(courtesy, "sleep", time.nap)
    return time


@pytest.fixture
def worker() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def test_a_thread_waits_while_a_key_is_answered(time: Time, worker: ThreadPoolExecutor) -> None:
    ours = Courtesy()
    worker.submit(ours.give_way).result()
    assert time.napped == 0
    ours.key()
    worker.submit(ours.give_way).result()
    assert time.napped == pytest.approx(WAIT, abs=0.01)


def test_a_key_does_not_pay_for_what_a_job_has_made(monkeypatch: pytest.MonkeyPatch) -> None:
    spared: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: spared.append(True))
    Courtesy().key()
    assert not spared, "nothing is going on: what is thrown away is looked for as ever"
    with without_cycle_search():
        Courtesy().key()
    assert spared


def test_the_loop_itself_never_waits(time: Time) -> None:
    ours = Courtesy()
    ours.key()
    ours.give_way()
    assert time.napped == 0


def test_a_key_held_down_leaves_the_thread_its_turns(time: Time, worker: ThreadPoolExecutor) -> None:
    ours = Courtesy()
    worked = 0.0
    for _repeat in range(100):  # a key every 30 ms; the thread works a millisecond between two looks
        ours.key()
        until = time.now + 0.03
        while time.now < until:
            worker.submit(ours.give_way).result()
            time.now += 0.001
            worked += 0.001
    assert worked > (worked + time.napped) * TURN / (TURN + WAIT) * 0.8


def _make(many: int) -> list[list[int]]:
    return [[number] for number in range(many)]


def test_making_objects_is_where_it_waits(time: Time, worker: ThreadPoolExecutor) -> None:
    ours = Courtesy()
    ours.start()
    try:
        ours.key()
        assert gc.isenabled()
        worker.submit(_make, 100_000).result()
    finally:
        ours.stop()
    assert time.napped == pytest.approx(WAIT, abs=0.01)
    time.now += 1
    ours.key()
    worker.submit(_make, 100_000).result()
    assert time.napped == pytest.approx(WAIT, abs=0.01), "it has stopped"
