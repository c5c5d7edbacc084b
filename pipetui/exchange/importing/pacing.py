"""Telling how far an import is, at least once a second, whatever takes long."""

from collections.abc import Callable
from typing import Final

Progress = Callable[[float], None]
"""Called with the share done, 0–1."""
Tick = Callable[[], None]
"""Called now and then by work that cannot know how much of it there is."""

_STEP: Final = 0.05
"""Share of what is left of a part that a tick is worth: it never ends before the part does."""


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
    share = start

    def tick() -> None:
        nonlocal share
        share += _STEP * (end - share)
        progress(share)

    return tick
