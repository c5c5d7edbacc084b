"""What the rules know besides the deal: made once, then only looked up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.deal import Stage
from pipetui.deals.qualification import ITEMS
from pipetui.deals.text import fold
from pipetui.statistics.survival import Survival, kaplan_meier

if TYPE_CHECKING:
    from pipetui.playbook import models
    from pipetui.playbook.models import Playbook

QUALIFICATION_COLUMNS: Final = frozenset(ITEMS) - {"next_step"}
"""The columns of an export that tell how well a deal is qualified; a next step is there for its own sake."""
IDLE_SILENCE: Final = 30
"""Days for which a dated action in the future can silence `idle`."""
LEARNED_FACTOR: Final = 1.5
"""A deal is stalled at this many times the median time to leave its stage forward."""

_EVERYTHING: Final = frozenset({"next_step", "next_step_date", "last_activity", "close_date", "amount"})


class SourceFacts(NamedTuple):
    """What the export of a source can tell."""

    mapped: frozenset[str]
    """The fields it has a column for."""
    next_step_date: bool
    next_steps: bool
    """A next step, its date, or both."""
    qualification: bool
    amount: bool

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
        )


MADE_HERE: Final = SourceFacts.of(_EVERYTHING | QUALIFICATION_COLUMNS)
"""A deal that was made in pipetui can be told everything."""


class StageRule(NamedTuple):
    """What a stage asks of its deals."""

    name: str
    fixed: int | None = None
    """The playbook's `stale_after_days`: 0 is never, `None` is learned."""
    learned: int | None = None
    """Days in stage from which a deal is stalled by the team's own rhythm; `None`: not enough history."""
    median: int | None = None
    """Median days to leave the stage forward, where `learned` rests on it."""
    completed: int = 0
    """How many deals left the stage forward."""
    stale_since: date | None = None
    """A deal whose clock stands at this day or before is stalled; `None`: never."""
    required: tuple[tuple[int, str, str], ...] = ()
    """(index in `Deal.levels`, lowest digit allowed, item)."""
    amount: bool = False


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
    min_sample: int


def learn(visits: Iterable[tuple[int, int, int, str | None]]) -> dict[int, Survival]:
    """The time it takes to leave each stage forward, by stage id, from all stays of all deals.

    The stays of a deal in one stage are summed; it has completed the stage if it left the last of them
    forward. One that is still there, went back or was lost there is censored.

    Args:
        visits: (deal id, stage id, days, how it left: "forward" or else), each deal's in order of time.
    """
    stays: dict[int, dict[int, tuple[int, bool]]] = {}
    for deal_id, stage_id, days, left in visits:
        of_stage = stays.setdefault(stage_id, {})
        before, _forward = of_stage.get(deal_id, (0, False))
        of_stage[deal_id] = (before + days, left == "forward")
    return {stage_id: kaplan_meier(of_stage.values()) for stage_id, of_stage in stays.items()}


def needs_history(playbook: "Playbook", stages: Iterable[Stage]) -> bool:
    """Whether any open stage has no fixed number of days, so that the team's own rhythm is worth learning."""
    for stage in stages:
        named = playbook.stage(stage.name, stage.pipeline)
        if stage.kind == "open" and (named is None or named.stale_after_days is None):
            return True
    return False


def build(
    playbook: "Playbook",
    stages: Sequence[Stage],
    mapped: Mapping[str, Collection[str]],
    learned: Mapping[int, Survival],
    today: date,
) -> Context:
    """The context of one look at the pipeline.

    Args:
        playbook: the thresholds and what each stage requires.
        stages: the stages of the store.
        mapped: by source, the fields that its export has a column for.
        learned: by stage id, the time to leave it forward (`learn`).
        today: the day to judge by.
    """
    places = {stage.id: _place(playbook, stage) for stage in stages}
    priced_from = _priced_from(playbook)
    from_amount = _amount_positions(stages, places, priced_from)
    rules = {}
    for stage in stages:
        survival, place = learned.get(stage.id), places[stage.id]
        if place is None:
            first = from_amount.get(fold(stage.pipeline), from_amount.get(""))
            amount = first is not None and stage.position >= first
            rules[stage.id] = _rule(stage, None, survival, playbook, today, amount=amount)
        else:
            pipeline, index, named = place
            first = priced_from.get(pipeline)
            amount = first is not None and index >= first
            rules[stage.id] = _rule(stage, named, survival, playbook, today, amount=amount)
    sources = {name: SourceFacts.of(fields) for name, fields in mapped.items()}
    sources[""] = MADE_HERE
    idle_days = playbook.limits.idle_days
    return Context(
        today=today,
        stages=rules,
        sources=sources,
        idle_days=idle_days,
        idle_since=_days_before(today, idle_days),
        silent_since=_days_before(today, idle_days + IDLE_SILENCE),
        min_sample=playbook.limits.min_sample,
    )


def _days_before(day: date, days: int) -> date:
    """The day so many days earlier; the first of all days if that lies before it."""
    return day - timedelta(days) if days < day.toordinal() else date.min


def _place(playbook: "Playbook", stage: Stage) -> "tuple[int, int, models.Stage] | None":
    """Where the playbook has a stage of the store: (pipeline, position in it, the stage)."""
    named = playbook.stage(stage.name, stage.pipeline)
    for number, pipeline in enumerate(playbook.pipelines):
        for index, candidate in enumerate(pipeline.stages):
            if candidate is named:
                return number, index, candidate
    return None


def _priced_from(playbook: "Playbook") -> dict[int, int]:
    """By pipeline of the playbook, the position of its first stage that requires an amount."""
    first: dict[int, int] = {}
    for number, pipeline in enumerate(playbook.pipelines):
        for index, stage in enumerate(pipeline.stages):
            if stage.requires_amount:
                first.setdefault(number, index)
    return first


def _amount_positions(
    stages: Sequence[Stage],
    places: "Mapping[int, tuple[int, int, models.Stage] | None]",
    priced_from: Mapping[int, int],
) -> dict[str, int]:
    """By the store's pipeline (and "" for any), the lowest position of an open stage that wants an amount."""
    lowest: dict[str, int] = {}
    for stage in stages:
        place = places[stage.id]
        first = priced_from.get(place[0]) if place else None
        if stage.kind != "open" or place is None or first is None or place[1] < first:
            continue
        for pipeline in ("", fold(stage.pipeline)):
            lowest[pipeline] = min(stage.position, lowest.get(pipeline, stage.position))
    return lowest


def _rule(
    stage: Stage,
    named: "models.Stage | None",
    survival: Survival | None,
    playbook: "Playbook",
    today: date,
    *,
    amount: bool,
) -> StageRule:
    enough = survival is not None and survival.completed >= playbook.limits.min_sample
    median = survival.median if survival is not None and enough else None
    fixed = named.stale_after_days if named else None
    # A median of 0 days would call every deal stalled on its first day.
    learned = None if median is None else max(1, ceil(LEARNED_FACTOR * median))
    limit = learned if fixed is None else fixed
    requires = named.requires if named else {}
    return StageRule(
        name=stage.name,
        fixed=fixed,
        learned=learned,
        median=median,
        completed=survival.completed if survival else 0,
        stale_since=_days_before(today, limit) if limit else None,
        required=tuple((ITEMS.index(item), str(level), item) for item, level in requires.items() if level),
        amount=amount,
    )
