"""The dashboard is worked out in a thread, step by step: what needs no event is there at once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, Self
from weakref import WeakKeyDictionary

from textual.message import Message

from pipetui.app.forecast.choosing import Wanted
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.session import Session
    from pipetui.forecast.calls.snapshot import Snapshot
    from pipetui.pipeline.dashboard import Dashboard
    from pipetui.pipeline.dashboard_tiles import Tile
    from pipetui.pipeline.dashboard_told import Saying
    from pipetui.pipeline.outlook_past import Taught
    from pipetui.pipeline.trends_past import Past


class View(NamedTuple):
    """A dashboard and its words: with thousands of deals even these take their time."""

    found: "Dashboard"
    tiles: "tuple[Tile, ...]"
    sayings: "tuple[Saying, ...]"
    is_whole: bool
    """Whether nothing of it is still to be read."""

    @classmethod
    def of(cls, found: "Dashboard", *, is_whole: bool) -> Self:
        """The words of a dashboard."""
        from pipetui.pipeline.dashboard_tiles import tiles
        from pipetui.pipeline.dashboard_told import sayings

        return cls(found, tuple(tiles(found)), tuple(sayings(found)), is_whole)


class Worked(Message):
    """A step was worked out."""

    def __init__(self, number: int, view: View) -> None:
        super().__init__()
        self.number = number
        """Which question it answers."""
        self.view = view


Views = dict[Wanted, View]

_VIEWS: "WeakKeyDictionary[Session, Views]" = WeakKeyDictionary()


def views_of(session: "Session") -> Views:
    """The newest looks at a session's store: shown until there are newer ones, so that nothing jumps."""
    return _VIEWS.setdefault(session, {})


@dataclass(eq=False)
class Known:
    """What was read of the past; replaced by the thread that has read it anew."""

    past: "Past | None" = None
    frozen: "tuple[Snapshot, ...]" = ()
    taught: "dict[str, Taught]" = field(default_factory=dict)
    """By period."""


class Work(NamedTuple):
    """What is to be worked out."""

    number: int
    """Which question it is."""
    pipeline: Pipeline
    wanted: Wanted
    session: "Session"
    views: Views
    known: Known

    def do(
        self,
        tell: Callable[[Worked], object],
        is_wanted: Callable[[], bool],
        can_type: Callable[[], object],
    ) -> None:
        """Tell step by step.

        Args:
            tell: takes the answers.
            is_wanted: whether anybody still waits for this one.
            can_type: called when there are figures, or none will come.

        Raises:
            Problem: the store cannot be read.
        """
        from pipetui.pipeline.dashboard import begin, read

        store, pipeline, wanted = self.session.store, self.pipeline, self.wanted
        try:
            found = self._as_before(begin(pipeline, *wanted, read(store, pipeline, *wanted)))
            self._tell(found, tell)
        finally:
            can_type()
        steps = (self._with_past, self._with_range, self._with_weeks)
        for step in steps:
            if not is_wanted():
                return
            found = step(found)
            self._tell(found, tell, is_whole=step == steps[-1])

    def _tell(self, found: "Dashboard", tell: Callable[[Worked], object], *, is_whole: bool = False) -> None:
        view = View.of(found, is_whole=is_whole)
        for wanted, old in list(self.views.items()):  # a store that was read before need not stay in memory
            if old.found.pipeline is not self.pipeline:
                self.views.pop(wanted, None)
        self.views[self.wanted] = view
        tell(Worked(self.number, view))

    def _as_before(self, found: "Dashboard") -> "Dashboard":
        """What is yet to be read again stays as it was."""
        view = self.views.get(self.wanted)
        if view is None:
            return found
        before = view.found
        outlook, chances, range_ = found.outlook, before.outlook.chances, before.outlook.range
        if range_ is not None:
            known = {deal.id for deal in outlook.groups.open} & chances.keys()
            decisive = tuple(pair for pair in range_.decisive if pair[0] in known)
            outlook = replace(outlook, range=range_._replace(decisive=decisive), chances=chances)
        return replace(
            found,
            outlook=outlook,
            movement=before.movement,
            diagnosis=before.diagnosis,
            weeks=before.weeks,
        )

    def _with_past(self, found: "Dashboard") -> "Dashboard":
        from pipetui.pipeline.dashboard import with_past
        from pipetui.pipeline.trends_past import read_past
        from pipetui.store.calls import read_frozen

        store, known, past = self.session.store, self.known, self.known.past
        if past is None or not past.is_of(self.pipeline):
            past = read_past(store, self.pipeline)
            known.past, known.frozen = past, tuple(its.snapshot for its in read_frozen(store))
        return with_past(found, store, past, known.frozen)

    def _with_range(self, found: "Dashboard") -> "Dashboard":
        from pipetui.pipeline.dashboard import with_chances
        from pipetui.pipeline.outlook_past import teach

        period, known = self.wanted.period, self.known
        taught = known.taught.get(period.name)
        if taught is None or not taught.is_of(period, self.pipeline.today):
            taught = known.taught[period.name] = teach(self.session.store, self.pipeline, period)
        return with_chances(found, taught)

    def _with_weeks(self, found: "Dashboard") -> "Dashboard":
        from pipetui.pipeline.dashboard import with_weeks

        return with_weeks(found, self.session.store)
