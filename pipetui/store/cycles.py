"""Reading and writing many rows without Python's search for reference cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

_YOUNG: Final = 2_000
"""New objects between two searches among them."""
_NEVER: Final = 2**30


class _Search:
    """The interpreter's own search, which several threads may want stopped at once.

    Where somebody is told of every search, as the app is to have its threads give way to keys, what has
    just been made is searched all the same, a few thousand objects at a time: that is quick.
    """

    def __init__(self) -> None:
        self._counting = Lock()
        self._stopped_by = 0
        self._usual = gc.get_threshold()

    def stop(self) -> None:
        """Nobody searches far until everybody who stopped it lets it go on."""
        with self._counting:
            if not self._stopped_by:
                self._usual = gc.get_threshold()
                gc.set_threshold(_YOUNG if gc.callbacks else 0, _NEVER, _NEVER)
            self._stopped_by += 1

    def go_on(self, *, stays: bool) -> None:
        """Search again, if nobody else wants it stopped."""
        with self._counting:
            self._stopped_by -= 1
            if stays:
                gc.freeze()
            if not self._stopped_by:
                gc.set_threshold(*self._usual)

    def spare(self) -> None:
        """Leave out what has been made so far, if somebody stopped the search."""
        if self._stopped_by:
            gc.freeze()


_SEARCH = _Search()


def spare_what_is_made() -> None:
    """Before something that must not wait: rows that are made while others go are many and are not counted.

    The interpreter searches after so many more new objects than gone ones. A thread that makes new rows of
    old ones never gets there, and the next to make a few objects would pay for all of its rows, with 0.2 s.
    """
    _SEARCH.spare()


@contextmanager
def without_cycle_search(*, stays: bool = False) -> Iterator[None]:
    """Rows by the hundred thousand hold no cycles; looking for some takes long and holds up keys.

    Args:
        stays: What was made is kept for long: it is not searched afterwards either.
    """
    _SEARCH.stop()
    try:
        yield
    finally:
        _SEARCH.go_on(stays=stays)
