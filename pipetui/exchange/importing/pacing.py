"""Telling how far an import is, at least once a second, whatever takes long."""

from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import Final, TypeVar

T = TypeVar("T")

Progress = Callable[[float], None]
"""Called with the share done, 0–1."""
Tick = Callable[[], None]
"""Called now and then by work that cannot know how much of it there is."""

_STEP: Final = 0.05
"""Share of what is left of a part that a tick is worth: it never ends before the part does."""
_TIME: Final = 0.05
"""Seconds that have to pass before another tick is worth something."""
_OFTEN: Final = 5_000
"""Values between two ticks."""


def still() -> None:
    """A tick that nobody hears."""


def part(progress: Progress | None, start: float, end: float) -> Progress | None:
    """Tells the progress of a part of the work."""
    if progress is None:
        return None
    return lambda share: progress(start + share * (end - start))


def ticking(progress: Progress | None, start: float = 0.0, end: float = 1.0) -> Tick:
    """Lets ticks move the progress through a part of the work, ever more slowly."""
    if progress is None:
        return still
    share, moved = start, 0.0

    def tick() -> None:
        nonlocal share, moved
        if (now := monotonic()) >= moved + _TIME:
            share, moved = share + _STEP * (end - share), now
        progress(share)

    return tick


def paced(values: Iterable[T], tick: Tick) -> Iterator[T]:
    """The values, with a tick now and then."""
    for at, value in enumerate(values):
        if not at % _OFTEN:
            tick()
        yield value
