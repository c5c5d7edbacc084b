"""Where one is in a store, kept soon after it changes: a line that drops, or a kill, costs half a second."""

import asyncio
from typing import TYPE_CHECKING

from pipetui.app.memory import Memory

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

SECONDS = 0.25
"""How often it is looked where one is; it is written when it is the same as the time before."""
_AT_MOST = 4
"""Looks after which it is written although the hands do not rest."""


class Resume:
    """Where one is in one store, and how. No key waits for it: it looks by itself, writes in a thread."""

    def __init__(self, app: "PipetuiApp", memory: Memory) -> None:
        self._app = app
        self.memory = memory
        """What is remembered of the store; the places note in it what is theirs."""
        self._kept = self._seen = self._now()
        self._restless = 0
        self._timer = app.set_interval(SECONDS, self.look)

    def look(self) -> None:
        """Keep where one is once the hands rest."""
        now = self._now()
        if now == self._kept:
            return
        if now == self._seen or self._restless >= _AT_MOST:
            self._kept, self._restless = now, 0
            self.memory.note(**now)
            asyncio.get_running_loop().run_in_executor(None, self.memory.save)
        else:
            self._restless += 1
        self._seen = now

    def note(self) -> None:
        """Take it down before one leaves a place for another one; it is written with what comes."""
        self.memory.note(**self._now())

    def keep(self) -> None:
        """Keep it at once, at the end."""
        self.memory.remember(**self._now())

    def leave(self) -> None:
        """Go to another store."""
        self._timer.stop()
        self.keep()

    def _now(self) -> dict[str, str | int]:
        board, place = self._app.board, self._app.place
        habits: dict[str, str | int] = {**board.habits, "place": place}
        opened = board.current.id if board.current else None
        for screen in self._app.screen_stack[1:]:
            habits |= getattr(screen, "habits", {})
            opened = getattr(screen, "deal_id", opened)
        return habits if opened is None else {**habits, "deal": opened}
