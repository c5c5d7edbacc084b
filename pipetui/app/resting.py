"""Hands that rest: what they will want next is made ready, so that the key only has to paint it."""

import asyncio
from collections.abc import Callable
from typing import Final

REST: Final = 0.1
"""Seconds without a key."""


class Rest:
    """Waits for hands that rest, anew after every key."""

    def __init__(self, prepare: Callable[[], None]) -> None:
        """`prepare` is called on the event loop: a few milliseconds of work at most."""
        self._prepare = prepare
        self._waiting: asyncio.TimerHandle | None = None

    def key(self) -> None:
        """A key was pressed, and answered."""
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = asyncio.get_running_loop().call_later(REST, self._prepare)

    def stop(self) -> None:
        """Nothing is wanted any more."""
        if self._waiting is not None:
            self._waiting.cancel()
