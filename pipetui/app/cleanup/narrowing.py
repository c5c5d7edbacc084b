"""Which part of the queue is shown: by a filter, of one owner, with one flag."""

from abc import abstractmethod
from typing import TYPE_CHECKING, NamedTuple

from textual import on, work
from textual.screen import Screen
from textual.widgets import Input

from pipetui.app.board.filtering import Filter
from pipetui.app.board.status import StatusRow
from pipetui.app.cleanup import telling
from pipetui.app.cleanup.round import Round
from pipetui.app.memory import Memory
from pipetui.cleanup.queue import Queue, Wanted, find
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


class Sought(NamedTuple):
    """A queue that was worked out before it is shown, and what for."""

    pipeline: Pipeline
    wanted: Wanted
    later: list[int]
    queue: Queue


class Narrowing(Screen[None]):
    """A screen with a queue, and a box to filter it with."""

    app: "PipetuiApp"

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._round = Round(memory)
        self._filter = Filter()
        self._sought: Sought | None = None

    @property
    def _wanted(self) -> Wanted:
        return Wanted(self._round.owner, self._round.flag, self._filter.query)

    @property
    def _is_part(self) -> bool:
        return self._wanted != Wanted()

    @abstractmethod
    def _show_queue(self, pipeline: Pipeline) -> None:
        """Another part is wanted: for the place to show."""

    def work_out(self, pipeline: Pipeline) -> None:
        """Have the queue ready. May run in a thread: what is wanted meanwhile is found when it is shown."""
        wanted, later = self._wanted, self._round.later
        self._sought = Sought(pipeline, wanted, later, find(pipeline, wanted, later))

    def _find_queue(self, pipeline: Pipeline) -> Queue:
        wanted, later = self._wanted, self._round.later
        if (sought := self._sought) is not None and sought[:3] == (pipeline, wanted, later):
            return sought.queue
        return find(pipeline, wanted, later)

    def action_filter(self) -> None:
        """Type a filter."""
        self.query_one(StatusRow).input.focus()

    def action_clear_filter(self) -> None:
        """Out of the filter box, back from the list; all of the queue."""
        if self.query_one(StatusRow).input.has_focus:
            self.set_focus(None)
        elif self.has_class("-listed"):
            self.remove_class("-listed")
            return
        self._want(owner=None, flag=None, text="")

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        row, before = self.query_one(StatusRow), self._filter.query
        self._filter.read(event.value, self.app.pipeline)
        query, problem = self._filter.query, self._filter.problem
        row.input.set_class(bool(problem), "-wrong")
        row.input.set_class(query is not None, "-set")
        if problem:
            row.say(problem)
        elif query is not before:
            self._want(text=event.value)

    def _want(self, **changes: str | None) -> None:
        wanted = {"owner": self._round.owner, "flag": self._round.flag, "text": self._round.filter, **changes}
        self._round.want(wanted["owner"], wanted["flag"], wanted["text"] or "")
        box = self.query_one(StatusRow).input
        if box.value != (wanted["text"] or ""):
            box.value = wanted["text"] or ""
            self._filter.read(box.value, self.app.pipeline)
        if self.app.pipeline is not None:
            self._show_queue(self.app.pipeline)

    @work
    async def action_owner(self) -> None:
        """Choose an owner."""
        from pipetui.app.dialogs.choices import ALL, owners

        if self.app.pipeline is None:
            return
        chosen = await self.app.push_screen_wait(owners(self.app.pipeline, self._round.owner))
        if chosen is not None:
            self._want(owner=None if chosen == ALL else chosen[1:])

    @work
    async def action_flag(self) -> None:
        """Choose a flag."""
        if self.app.pipeline is None:
            return
        chosen = await self.app.push_screen_wait(telling.flags(self.app.pipeline, self._round.flag))
        if chosen is not None:
            self._want(flag=chosen or None)
