"""Toasts: one at a time, above the board, short enough to leave every card in sight."""

from collections import deque
from typing import TYPE_CHECKING, Literal, NamedTuple

from textual.timer import Timer
from textual.widgets._toast import ToastHolder

from pipetui.app.board.cells import cut
from pipetui.language import _

if TYPE_CHECKING:
    from textual.app import App

Severity = Literal["information", "warning", "error"]

ROWS = 3
"""Rows that a toast may take: above the cards there are five."""
_LEAST_SECONDS, _MOST_SECONDS = 4.0, 12.0
_READ_A_SECOND = 15
"""Characters that somebody reads in a second who does something else."""


class _Said(NamedTuple):
    text: str
    severity: Severity
    can_wait: bool


class Sayings:
    """What is said of an action stands at once, instead of the one before; what can wait comes after it."""

    def __init__(self, app: "App[None]") -> None:
        self._app = app
        self._waiting: deque[_Said] = deque()
        self._standing: _Said | None = None
        self._timer: Timer | None = None

    def now(self, text: str, severity: Severity) -> None:
        """Say what has just happened."""
        if self._standing is not None and self._standing.can_wait:
            self._waiting.appendleft(self._standing)  # it was not read to its end
        self._show(_Said(text, severity, can_wait=False))

    def later(self, text: str, severity: Severity) -> None:
        """Say something when nothing else is being said."""
        self._waiting.append(_Said(text, severity, can_wait=True))
        if self._standing is None:
            self._next()

    def take_back(self, text: str) -> None:
        """Take away what holds no longer, if it still stands."""
        if self._standing is not None and self._standing.text == text:
            if self._timer is not None:
                self._timer.stop()
            self.make_room()
            self._next()

    def make_room(self) -> None:
        """Take away the toast that stands, before the next one does."""
        if not self._app.screen_stack:
            return  # the app is closing
        self._app.clear_notifications()
        for place in self._app.screen.query(
            ToastHolder
        ):  # Textual leaves the row of a toast taken away early
            place.remove()

    def _next(self) -> None:
        self._standing = None
        if self._waiting:
            self._show(self._waiting.popleft())

    def _show(self, said: _Said) -> None:
        text = cut(said.text, ROWS * max(20, self._app.size.width - 8))
        seconds = min(_MOST_SECONDS, max(_LEAST_SECONDS, len(text) / _READ_A_SECOND))
        if self._timer is not None:
            self._timer.stop()
        self._standing = said
        self._app.notify(text, severity=said.severity, timeout=seconds, markup=False)
        self._timer = self._app.set_timer(seconds, self._next)


def unexpected(error: Exception) -> str:
    """What is said of a mistake of ours, which is kept in the log."""
    from pipetui.store.journal import note

    said = _("Something went wrong that should not have. Nothing was changed.")
    path = note(error)
    return said if path is None else said + " " + _("Details are in “%(path)s”.") % {"path": path}
