"""Threads at work give way to hands: while a key is answered, whoever reads or writes the store waits.

The interpreter gives busy threads turns of equal length, so that a key takes twice its time while an import
runs. Whoever makes many objects is interrupted by the search for garbage now and then, wherever he is, and
the search lets itself be watched: that is where he waits.
"""

import gc
from collections.abc import Mapping
from threading import get_ident
from time import monotonic, sleep
from typing import Final

from pipetui.store.cycles import spare_what_is_made

WAIT: Final = 0.12
"""Seconds that a key is given: opening a dialog takes half of that."""
TURN: Final = 0.05
"""Seconds of work between two waits, so that a key held down stops nobody."""
_NAP: Final = 0.005


class Courtesy:
    """Of one event loop, made in its thread: the other threads give way."""

    def __init__(self) -> None:
        self._hands = get_ident()
        self._until = 0.0

    def start(self) -> None:
        """From now on."""
        gc.callbacks.append(self._interrupted)

    def stop(self) -> None:
        """No more; also where it never began."""
        if self._interrupted in gc.callbacks:
            gc.callbacks.remove(self._interrupted)

    def key(self) -> None:
        """A key was pressed."""
        spare_what_is_made()
        if (now := monotonic()) > self._until + TURN:
            self._until = now + WAIT

    def give_way(self) -> None:
        """Wait while a key is answered, unless it is the loop itself that is at work."""
        if get_ident() != self._hands:
            while monotonic() < self._until:
                sleep(_NAP)

    def _interrupted(self, phase: str, _told: Mapping[str, int]) -> None:
        if phase == "start":
            self.give_way()
