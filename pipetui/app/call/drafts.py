"""Half-typed answers: kept at every keystroke, so that a line that drops, or a kill, loses no word."""

import asyncio
import json
from threading import Lock
from typing import Any, NamedTuple

from textual.screen import Screen
from textual.widgets import Input

from pipetui.app.dialogs.form import Answer
from pipetui.app.memory import Memory

_KEY = "call_draft"


class Draft(NamedTuple):
    """What was being answered."""

    what: str
    """ "classify:commit", "note", "ask:amount", "number", …"""
    deal_id: int
    side: str
    typed: Answer


class Drafts:
    """The draft of the dialog that stands over a call. No key waits for it: it is written in a thread."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._lock = Lock()
        self._is_saving = self._is_dirty = False

    def kept(self) -> Draft | None:
        """What was being answered when the app ended."""
        try:
            plain: Any = json.loads(self._memory.text(_KEY, ""))
            what, deal_id, side, typed = plain
            return Draft(str(what), int(deal_id), str(side), tuple(map(str, typed)))
        except (ValueError, TypeError):
            return None

    def follow(self, screen: Screen[Any], what: str, deal_id: int, side: str) -> None:
        """Keep what is typed into a dialog from now on. What stands there again is typed on, not over."""
        boxes = [box for box in screen.query(Input) if (box.id or "").startswith("line-")]
        if self._memory.text(_KEY, ""):
            for box in boxes:
                box.select_on_focus = False
                box.cursor_position = len(box.value)
        for box in boxes:
            screen.watch(
                box,
                "value",
                lambda: self._keep(what, deal_id, side, [its.value for its in boxes]),
                init=False,
            )

    def drop(self) -> None:
        """It was answered, or left."""
        if self._memory.text(_KEY, ""):
            self._note("")

    def _keep(self, what: str, deal_id: int, side: str, typed: list[str]) -> None:
        self._note(json.dumps([what, deal_id, side, typed], ensure_ascii=False))

    def _note(self, text: str) -> None:
        self._memory.note(**{_KEY: text})
        with self._lock:
            self._is_dirty = True
            if self._is_saving:
                return
            self._is_saving = True
        asyncio.get_running_loop().run_in_executor(None, self._save)

    def _save(self) -> None:
        while True:
            with self._lock:
                self._is_saving = self._is_dirty
                if not self._is_dirty:
                    return
                self._is_dirty = False
            self._memory.save()
