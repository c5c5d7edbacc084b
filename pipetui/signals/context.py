"""What the rules know besides the deal: made once, then only looked up."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from math import floor
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.deal import Stage
from pipetui.deals.qualification import ITEMS
from pipetui.signals.history import NOTHING, History
from pipetui.signals.stages import StageRule, days_before, stage_rules

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook

QUALIFICATION_COLUMNS: Final = frozenset(ITEMS) - {"next_step"}
"""The columns of an export that tell how well a deal is qualified; a next step is there for its own sake."""
IDLE_SILENCE: Final = 30
"""Days for which a dated action in the future can silence `idle`."""

_EVERYTHING: Final = frozenset(
    {"next_step", "next_step_date", "last_activity", "close_date", "amount", "created"}
)


class SourceFacts(NamedTuple):
    """What the export of a source can tell."""

    mapped: frozenset[str]
    """The fields it has a column for."""
    next_step_date: bool
    next_steps: bool
    """A next step, its date, or both."""
    qualification: bool
    amount: bool
    close_date: bool
    sponsor: bool

    @classmethod
    def of(cls, mapped: Collection[str]) -> "SourceFacts":
        """The facts of a source that maps these fields."""
        fields = frozenset(mapped)
        return cls(
            mapped=fields,
            next_step_date="next_step_date" in fields,
            next_steps="next_step" in fields or "next_step_date" in fields,
            qualification=not QUALIFICATION_COLUMNS.isdisjoint(fields),
            amount="amount" in fields,
            close_date="close_date" in fields,
            sponsor="sponsor" in fields,
        )


MADE_HERE: Final = SourceFacts.of(_EVERYTHING | QUALIFICATION_COLUMNS)
"""A deal that was made in pipetui can be told everything."""


class Quarter(NamedTuple):
    """The fiscal quarter that today lies in."""

    name: str
    """"2026-Q4"."""
    start: date
    end: date
    """Its last day."""


class Context(NamedTuple):
    """Everything that `flags_of` looks up."""

    today: date
    stages: Mapping[int, StageRule]
    sources: Mapping[str, SourceFacts]
    """By name; a deal's source is one of them, or "" if it was made here."""
    idle_days: int
    idle_since: date
    """A deal without activity since this day or before is idle."""
    silent_since: date
    """One without activity since this day or before is idle whatever is planned."""
    push_limit: int
    old_since: date | None
    """A deal created on this day or before is older than nine of ten won ones became; `None`: too few won."""
    quarter: Quarter
    currency: str
    """Of amounts that name none."""
    history: History
    is_learned: bool
    """Whether the history was read; else nothing can be said about samples that are too small."""
    min_sample: int


def build(
    playbook: "Playbook",
    stages: Sequence[Stage],
    mapped: Mapping[str, Collection[str]],
    history: History | None,
    today: date,
    *,
    quarter: Quarter,
) -> Context:
    """The context of one look at the pipeline.

    Args:
        playbook: the thresholds and what each stage requires.
        stages: the stages of the store.
        mapped: by source, the fields that its export has a column for.
        history: what was learned from the events; `None`: nothing yet.
        today: the day to judge by.
        quarter: the fiscal quarter it lies in.
    """
    limits = playbook.limits
    learned = history or NOTHING
    cycle = learned.rhythm.cycle if learned.rhythm.won >= limits.min_sample else None
    sources = {name: SourceFacts.of(fields) for name, fields in mapped.items()}
    sources[""] = MADE_HERE
    return Context(
        today=today,
        stages=stage_rules(playbook, stages, learned.rhythm, today),
        sources=sources,
        idle_days=limits.idle_days,
        idle_since=days_before(today, limits.idle_days),
        silent_since=days_before(today, limits.idle_days + IDLE_SILENCE),
        push_limit=limits.push_limit,
        old_since=None if cycle is None else days_before(today, floor(cycle) + 1),
        quarter=quarter,
        currency=playbook.currency,
        history=learned,
        is_learned=history is not None,
        min_sample=limits.min_sample,
    )
