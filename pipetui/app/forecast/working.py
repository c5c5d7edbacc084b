"""A period is worked out in a thread: its figures at once, its range when the past is known."""

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.message import Message

from pipetui.app.forecast.behind import Look
from pipetui.app.forecast.choosing import Wanted
from pipetui.forecast.ranges import Doubt
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.pipeline.outlook_past import Taught
    from pipetui.store.engine import Store

PAINT: Final = 0.25
"""Seconds that painting the figures is given before the past is read."""


class Worked(Message):
    """A period was worked out: its figures, or its range, too."""

    def __init__(self, number: int, look: Look, taught: "Taught | None" = None) -> None:
        super().__init__()
        self.number = number
        """Which question it answers."""
        self.look = look
        self.taught = taught
        """What past periods teach, if that was asked for."""


class Last(NamedTuple):
    """What was worked out last, range and all."""

    wanted: Wanted
    doubt: Doubt | None
    worked: Worked

    def answers(self, pipeline: Pipeline, wanted: Wanted, doubt: Doubt | None) -> bool:
        """Whether it is what is asked for now, of the very same deals."""
        return self.worked.look.pipeline is pipeline and (self.wanted, self.doubt) == (wanted, doubt)


class Work(NamedTuple):
    """What is to be worked out."""

    number: int
    """Which question it is."""
    pipeline: Pipeline
    wanted: Wanted
    key: str
    """The figure under the cursor: its deals are sorted here, not on the event loop."""
    known: "Taught | None"
    """What past periods teach, if that is known; the figures then come with their range."""
    doubt: Doubt | None

    def do(
        self,
        store: "Store",
        tell: Callable[[Worked], object],
        can_type: Callable[[], object],
        painted: Event,
    ) -> None:
        """Tell the figures, then the range, too.

        Args:
            store: where quotas, calls and the past are.
            tell: takes the answers.
            can_type: called when there are figures, or none will come.
            painted: set once the figures are on the screen: they would take twice as long while the past is
                read.

        Raises:
            Problem: the store cannot be read.
        """
        from pipetui.pipeline.outlook import begin, with_range
        from pipetui.pipeline.outlook_past import teach

        taught = self.known
        try:
            outlook = begin(store, self.pipeline, *self.wanted)
            if taught is None:
                tell(self._worked(Look(self.pipeline, outlook)))
        finally:
            can_type()
        if taught is None:
            painted.wait(PAINT)
            taught = teach(store, self.pipeline, self.wanted.period)
        ranged = with_range(outlook, self.pipeline, taught, self.doubt)
        tell(self._worked(Look(self.pipeline, ranged), taught))

    def _worked(self, look: Look, taught: "Taught | None" = None) -> Worked:
        look.behind(self.key)
        return Worked(self.number, look, taught)
