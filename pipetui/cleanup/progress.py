"""How far a cleanup is, and what it has done to the pipeline."""

from collections.abc import Sequence
from typing import NamedTuple

from pipetui.cleanup.decisions import Decision
from pipetui.cleanup.queue import Queue, worth
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.hygiene import hygiene


class Progress(NamedTuple):
    """Where a cleanup stands."""

    done: int
    """Deals decided about that are not in the queue any more."""
    left: int
    """Deals in the queue, whoever owns them."""
    before: float | None
    """The hygiene (0–1, `signals.hygiene`) when it began; `None` without deals."""
    now: float | None
    removed: int
    """Deals taken out of the pipeline: lost, or in nurture."""
    removed_amount: int
    """Theirs, in minor units of the reporting currency."""

    @property
    def of(self) -> int:
        """All there was to do."""
        return self.done + self.left


def hygiene_of(pipeline: Pipeline) -> float | None:
    """The share of the open deals that are in order, 0–1."""
    return hygiene(
        pipeline.deals.values(), pipeline.flags, pipeline.context, pipeline.playbook.conversion
    ).score


def progress(
    pipeline: Pipeline, queue: Queue, decisions: Sequence[Decision], before: float | None
) -> Progress:
    """Where a cleanup stands.

    Args:
        pipeline: what is known now.
        queue: all of it, not a part.
        decisions: what was decided since it began.
        before: the hygiene then.
    """
    removed = [
        pipeline.deals[decision.deal_id]
        for decision in decisions
        if decision.is_removal and decision.deal_id in pipeline.deals
    ]
    return Progress(
        done=sum(decision.deal_id not in queue for decision in decisions),
        left=len(queue),
        before=before,
        now=hygiene_of(pipeline),
        removed=len(removed),
        removed_amount=worth(pipeline, removed),
    )
