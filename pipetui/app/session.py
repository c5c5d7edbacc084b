"""The store as the app uses it. All of it may take its time: it runs in workers, not on the event loop."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pipetui.deals.clock import Clock
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.deals.edits import Edit
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store
    from pipetui.store.reading import Story
    from pipetui.store.undoing import Undone
    from pipetui.store.writing import Applied


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
    deal_ids: frozenset[int]
    because: str = ""


class Session:
    """One person's work on one store."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self._store: Store | None = None

    @property
    def today(self) -> date:
        """Today's calendar day."""
        return self.launch.clock.today()

    @property
    def store(self) -> "Store":
        """The store; opening it may fail with a `Problem`."""
        if self._store is None:
            self._store = self.launch.store()
        return self._store

    def load(self) -> Pipeline:
        """Everything, read anew."""
        from pipetui.pipeline.looking import look

        return look(self.store, self.launch.playbook, self.today)

    def is_stale(self, pipeline: Pipeline) -> bool:
        """Whether somebody has written to the store since a pipeline was read."""
        from pipetui.store import reading

        return reading.revision(self.store) != pipeline.revision

    def apply(self, edits: "Sequence[Edit]", because: str = "") -> Outcome:
        """Write edits as one step that can be undone."""
        from pipetui.store import writing

        applied: Applied = writing.apply(
            self.store,
            edits,
            by=self.launch.user,
            at=self.launch.clock.now(),
            playbook=self.launch.playbook,
            because=because,
        )
        return Outcome(self.load(), frozenset(applied.deal_ids))

    def undo(self) -> Outcome:
        """Take back one's own last step."""
        from pipetui.store import undoing

        undone: Undone = undoing.undo(self.store, by=self.launch.user, at=self.launch.clock.now())
        return Outcome(self.load(), frozenset(undone.deal_ids), undone.because)

    def redo(self) -> Outcome:
        """Do again what was undone last."""
        from pipetui.store import undoing

        redone: Undone = undoing.redo(self.store, by=self.launch.user, at=self.launch.clock.now())
        return Outcome(self.load(), frozenset(redone.deal_ids), redone.because)

    def story(self, deal_id: int) -> "Story":
        """The history, notes and texts of one deal."""
        from pipetui.store import reading

        return reading.read_story(self.store, deal_id)

    def import_file(self, path: Path) -> Outcome:
        """Import an export of a CRM as one step that can be undone."""
        from pipetui.exchange.importing.run import run_import

        report = run_import(self.store, self.launch.playbook, self.launch.clock, [path], by=self.launch.user)
        said = _("%(source)s: %(new)d new, %(changed)d changed, %(rejected)d rejected · ctrl+z undoes") % {
            "source": report.source,
            "new": report.new,
            "changed": report.changed,
            "rejected": report.rejected,
        }
        return Outcome(self.load(), frozenset(), said)
