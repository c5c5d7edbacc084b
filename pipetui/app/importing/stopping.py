"""How far a job in a thread is, and the wish that it stops."""

from collections.abc import Callable
from threading import Event


class StoppedError(Exception):
    """The job was stopped: whatever it had begun to write is taken back."""


class Handle:
    """The progress of one job: called by its thread, read and stopped by the screen."""

    def __init__(self, give_way: Callable[[], None] = lambda: None) -> None:
        """`give_way` lets somebody go first who is in a hurry."""
        self.share = 0.0
        """The share done, 0–1."""
        self.said = ""
        """What is done now; "" for what it began with."""
        self._wanted = Event()
        self._give_way = give_way

    def __call__(self, share: float) -> None:
        """Tell the share done. Raises `StoppedError` where the job is not wanted any more."""
        if self._wanted.is_set():
            raise StoppedError
        self._give_way()
        self.share = max(self.share, min(1.0, share))

    def stop(self) -> None:
        """Stop the job where it next tells how far it is."""
        self._wanted.set()

    @property
    def is_stopped(self) -> bool:
        """Whether it is not wanted any more."""
        return self._wanted.is_set()
