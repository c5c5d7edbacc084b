"""What a cleanup reads besides the queue, in threads: how far one is, a deal's notes, the last weeks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from pipetui.app.cleanup.round import Round
from pipetui.cleanup.decisions import Decision, read_decisions
from pipetui.cleanup.progress import Progress, progress
from pipetui.cleanup.queue import Queue, find
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.cleanup.place import CleanupPlace
    from pipetui.exchange.exporting.differing import Carry
    from pipetui.signals.trend import Week
    from pipetui.store.reading import Story


class Opened(Message):
    """The queue is worked out for the first time."""


class Counted(Message):
    """It is known how far one is."""

    def __init__(
        self, pipeline: Pipeline, progress: Progress, decisions: list[Decision], carries: "list[Carry]"
    ) -> None:
        super().__init__()
        self.pipeline = pipeline
        self.progress = progress
        self.decisions = decisions
        self.carries = carries
        """What the CRM does not say yet."""


class NotesRead(Message):
    """The notes and the history of a deal were read."""

    def __init__(self, deal_id: int, story: "Story") -> None:
        super().__init__()
        self.deal_id = deal_id
        self.story = story


class TrendRead(Message):
    """The hygiene of the last weeks is known."""

    def __init__(self, weeks: "Sequence[Week]") -> None:
        super().__init__()
        self.weeks = weeks


def count(place: "CleanupPlace", pipeline: Pipeline, its: Round, queue: Queue | None) -> None:
    """Find out how far a cleanup is; `queue` is all of it, if that is at hand."""
    session, since, before = place.app.session, its.since, its.before

    def job() -> None:
        decisions = read_decisions(session.store, since, session.launch.user)
        found = progress(pipeline, find(pipeline) if queue is None else queue, decisions, before)
        place.post_message(Counted(pipeline, found, decisions, session.to_carry(pipeline)))

    place.app.run_job(job)


def read_notes(place: "CleanupPlace", deal_id: int) -> None:
    """Read what was written and done about a deal."""
    session = place.app.session
    place.app.run_job(lambda: place.post_message(NotesRead(deal_id, session.story(deal_id))))


def read_trend(place: "CleanupPlace", pipeline: Pipeline) -> None:
    """Replay the last weeks."""
    session = place.app.session

    def job() -> None:
        from pipetui.pipeline.trend import hygiene_by_week

        place.post_message(TrendRead(hygiene_by_week(session.store, pipeline)))

    place.app.run_job(job)
