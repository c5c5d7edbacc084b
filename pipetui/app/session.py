"""The store as the app uses it. All of it may take its time: it runs in workers, not on the event loop."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pipetui.deals.clock import Clock
from pipetui.pipeline.ahead import Ahead
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.deals.edits import Edit
    from pipetui.exchange.exporting.differing import Carry
    from pipetui.pipeline.learning import Learned
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store
    from pipetui.store.reading import BatchRecord, Story


UNDO_LOOKS_BACK = 50
"""Batches among which one's own last step is looked for, to ask before an import is taken back."""


class Launch(Protocol):
    """What the app is started with: the settings in force, and how to get at store and playbook."""

    @property
    def clock(self) -> Clock:
        """The team's clock."""

    @property
    def user(self) -> str:
        """Whose edits these are."""

    @property
    def location(self) -> str:
        """Path or URL of the store."""

    @property
    def playbook(self) -> "Playbook":
        """The playbook in force; reading it may fail with a `Problem`."""

    def store(self) -> "Store":
        """The store, opened; made at first use. May fail with a `Problem`."""


class Outcome(NamedTuple):
    """What an edit, an undo or a redo led to."""

    pipeline: Pipeline
    deal_ids: tuple[int, ...]
    because: str = ""
    """Of a step that was undone or done again: what the audit says of it."""


class Session:
    """One person's work on one store."""

    def __init__(self, launch: Launch, ahead: Ahead | None = None) -> None:
        self.launch = launch
        self._ahead = ahead
        self._store: Store | None = None
        self._opening = Lock()
        self.is_alone = False
        """Whether somebody at work on the store wants nobody else to read it."""
        self._learned: Learned | None = None
        """What the store's past has taught so far."""
        self._looked: Pipeline | None = None
        """The store when it was read last, with what is learned by now."""
        self._version = 0
        self.workers: set[Callable[[Pipeline], object]] = set()
        """What is to be worked out of a pipeline before it is shown, while the event loop goes on."""
        self.last_forecast: object = None
        """What Forecast showed last: who comes back sees it at once, if nothing was written meanwhile."""

    @property
    def today(self) -> date:
        """Today's calendar day."""
        return self.launch.clock.today()

    @property
    def store(self) -> "Store":
        """The store; opening it may fail with a `Problem`."""
        with self._opening:
            if self._store is None:
                self._store = self.launch.store()
            return self._store

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Whoever looks for changes of the store waits until this is done: it reads them itself."""
        self.is_alone = True
        try:
            yield
        finally:
            self.is_alone = False

    def load(self) -> Pipeline:
        """Everything as it is now; the first time by whoever began with it before."""
        pipeline = self._looked = self._read()
        self.work_out(pipeline)
        return pipeline

    def work_out(self, pipeline: Pipeline) -> None:
        """All that is wanted of a pipeline that is about to be shown."""
        for work in tuple(self.workers):
            work(pipeline)

    def _read(self) -> Pipeline:
        ahead, self._ahead = self._ahead, None
        if ahead is not None and (pipeline := ahead.take()) is not None:
            self._learned = pipeline.learned
            # Its playbook came through a pipe: it is an equal one, and would pass for another one.
            return replace(pipeline, playbook=self.launch.playbook)
        from pipetui.pipeline.keeping import recall
        from pipetui.pipeline.looking import look, look_again

        store, playbook, today = self.store, self.launch.playbook, self.today
        if (before := self._looked) is not None:
            again = look_again(store, before, playbook, today, self._learned)
            if again is not None:
                return again
        if self._learned is None:
            self._learned = recall(store.path)
        return look(store, playbook, today, self._learned)

    def learn(self) -> Pipeline:
        """Everything, judged with all that the store's past teaches; keeps that for the next start."""
        from pipetui.pipeline.keeping import keep
        from pipetui.pipeline.learning import learn

        store = self.store
        self._learned = learn(store, self.launch.playbook, self.today)
        keep(store.path, self._learned)
        return self.load()

    def make_ready(self, pipeline: Pipeline) -> None:
        """Open and work out what is wanted soon, but not for the first cards: the watch, the filter."""
        self.is_touched()
        _ = pipeline.rows

    def is_touched(self) -> bool:
        """Whether the store was written to since this was asked last; cheap enough for the event loop."""
        version, self._version = self._version, self.store.data_version()
        return version != self._version

    def is_stale(self, pipeline: Pipeline) -> bool:
        """Whether a pipeline is of yesterday, or somebody has written to the store since it was read."""
        from pipetui.store import reading

        return pipeline.today != self.today or reading.revision(self.store) != pipeline.revision

    def apply(self, edits: "Sequence[Edit]", because: str = "") -> Outcome:
        """Write edits as one step that can be undone, and why."""
        from pipetui.store import writing

        launch = self.launch
        applied = writing.apply(
            self.store,
            edits,
            by=launch.user,
            at=launch.clock.now(),
            playbook=launch.playbook,
            because=because,
        )
        return Outcome(self.load(), applied.deal_ids)

    def import_to_undo(self) -> "BatchRecord | None":
        """The import that undo would take back next; `None` if it is an edit, or nothing."""
        from pipetui.store import reading

        for record in reading.read_batches(self.store, UNDO_LOOKS_BACK):
            if record.by == self.launch.user and record.kind in ("edit", "import") and not record.undone:
                return record if record.kind == "import" else None
        return None

    def undo(self) -> Outcome:
        """Take back one's own last step."""
        from pipetui.store import undoing

        undone = undoing.undo(self.store, by=self.launch.user, at=self.launch.clock.now())
        return Outcome(self.load(), undone.deal_ids, undone.because)

    def redo(self) -> Outcome:
        """Do again what was undone last."""
        from pipetui.store import undoing

        redone = undoing.redo(self.store, by=self.launch.user, at=self.launch.clock.now())
        return Outcome(self.load(), redone.deal_ids, redone.because)

    def to_carry(self, pipeline: Pipeline) -> "list[Carry]":
        """What was set here and the CRM does not say yet, by owner."""
        from pipetui.exchange.exporting.differing import changes_to_carry

        with self.store.reading() as run:
            return changes_to_carry(run, pipeline, pipeline.deals.values())

    def story(self, deal_id: int) -> "Story":
        """The history, notes and texts of one deal."""
        from pipetui.store import reading

        return reading.read_story(self.store, deal_id)
