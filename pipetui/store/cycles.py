"""Reading and writing many rows without Python's search for reference cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class _Search:
    """The interpreter's own search, which several threads may want stopped at once."""

    def __init__(self) -> None:
        self._counting = Lock()
        self._stopped_by = 0
        self._was_on = False

    def stop(self) -> None:
        """Nobody searches until everybody who stopped it lets it go on."""
        with self._counting:
            if not self._stopped_by:
                self._was_on = gc.isenabled()
                gc.disable()
            self._stopped_by += 1

    def go_on(self, *, stays: bool) -> None:
        """Search again, if nobody else wants it stopped."""
        with self._counting:
            self._stopped_by -= 1
            if stays:
                gc.freeze()
            if not self._stopped_by and self._was_on:
                gc.enable()


_SEARCH = _Search()


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
