"""What each stage of the store asks of its deals, by the playbook and by the team's rhythm."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.deal import Stage
from pipetui.deals.qualification import ITEMS, level
from pipetui.deals.text import fold
from pipetui.playbook.profiles import titles
from pipetui.signals.rhythm import Pace, Rhythm

if TYPE_CHECKING:
    from pipetui.playbook import models
    from pipetui.playbook.models import Playbook

LEARNED_FACTOR: Final = 1.5
"""A deal is stalled at this many times the median time to leave its stage forward."""
SPONSOR: Final = ITEMS.index("sponsor")
FURTHER: Final = -1
"""In place of an index: an item that only a profile has."""

_Place = tuple[int, int, "models.Stage"]
"""Where the playbook has a stage: (pipeline, position in it, the stage)."""


class StageRule(NamedTuple):
    """What a stage asks of its deals."""

    name: str
    pipeline: str = ""
    fixed: int | None = None
    """The playbook's `stale_after_days`: 0 is never, `None` is learned."""
    learned: int | None = None
    """Days in stage from which a deal is stalled by the team's own rhythm; `None`: not enough history."""
    pace: Pace = Pace()
    """What the learned figures rest on."""
    stale_since: date | None = None
    """A deal whose clock stands at this day or before is stalled; `None`: never."""
    earliest: date | None = None
    """A close date before this day is sooner than nine of ten won deals made it; `None`: not enough wins."""
    required: tuple[tuple[int, str, str], ...] = ()
    """(index in `Deal.levels` or `FURTHER`, lowest digit allowed, item)."""
    titles: Mapping[str, str] | None = None
    """By item, what the pipeline's profile calls it, unless that is the standard one."""
    amount: bool = False
    """Whether an amount is asked for here, or was before."""
    sponsor: bool = False
    """Whether a sponsor is asked for here, or was before."""


def stage_rules(
    playbook: "Playbook", stages: Sequence[Stage], rhythm: Rhythm, today: date
) -> dict[int, StageRule]:
    """By stage id, what is asked on a day."""
    places = {stage.id: _place(playbook, stage) for stage in stages}
    priced = _from_here_on(playbook, stages, places, lambda stage: stage.requires_amount)
    sponsored = _from_here_on(playbook, stages, places, lambda stage: stage.requires.get("sponsor", 0) > 0)
    return {
        stage.id: _rule(
            stage,
            places[stage.id],
            rhythm.stages.get(stage.id, Pace()),
            playbook.limits.min_sample,
            today,
        )._replace(
            amount=stage.id in priced,
            sponsor=stage.id in sponsored,
            titles=titles(playbook, playbook.pipeline(stage.pipeline, stage.name)),
        )
        for stage in stages
    }


def below(levels: str, required: tuple[tuple[int, str, str], ...]) -> list[str]:
    """The items that are known less well than a stage requires."""
    return [
        item
        for index, lowest, item in required
        if (levels[index] if index >= 0 else str(level(levels, item))) < lowest
    ]


def days_before(day: date, days: int) -> date:
    """The day so many days earlier; the first of all days if that lies before it."""
    return day - timedelta(days) if days < day.toordinal() else date.min


def _days_after(day: date, days: int) -> date:
    return day + timedelta(days) if days < (date.max - day).days else date.max


def _place(playbook: "Playbook", stage: Stage) -> _Place | None:
    named = playbook.stage(stage.name, stage.pipeline)
    for number, pipeline in enumerate(playbook.pipelines):
        for index, candidate in enumerate(pipeline.stages):
            if candidate is named:
                return number, index, candidate
    return None


def _from_here_on(
    playbook: "Playbook",
    stages: Iterable[Stage],
    places: Mapping[int, _Place | None],
    asks: "Callable[[models.Stage], bool]",
) -> set[int]:
    """The ids of the stages from the first one of their pipeline on that asks for something.

    A stage that the playbook does not know goes by its position among those it knows.
    """
    first: dict[int, int] = {}
    for number, pipeline in enumerate(playbook.pipelines):
        for index, named in enumerate(pipeline.stages):
            if asks(named):
                first.setdefault(number, index)
    found = set[int]()
    lowest: dict[str, int] = {}
    stages = list(stages)
    for stage in stages:
        place = places[stage.id]
        if place is None or place[0] not in first or place[1] < first[place[0]]:
            continue
        found.add(stage.id)
        if stage.kind == "open":
            for name in ("", fold(stage.pipeline)):
                lowest[name] = min(stage.position, lowest.get(name, stage.position))
    for stage in stages:
        start = lowest.get(fold(stage.pipeline), lowest.get(""))
        if places[stage.id] is None and start is not None and stage.position >= start:
            found.add(stage.id)
    return found


def _rule(stage: Stage, place: _Place | None, pace: Pace, min_sample: int, today: date) -> StageRule:
    named = place[2] if place else None
    fixed = named.stale_after_days if named else None
    learned = None
    if pace.median is not None and pace.completed >= min_sample:
        # A median of 0 days would call every deal stalled on its first day.
        learned = max(1, ceil(LEARNED_FACTOR * pace.median))
    limit = learned if fixed is None else fixed
    earliest = None
    if pace.remaining is not None and pace.won >= min_sample:
        earliest = _days_after(today, ceil(pace.remaining))
    requires = named.requires if named else {}
    return StageRule(
        name=stage.name,
        pipeline=stage.pipeline,
        fixed=fixed,
        learned=learned,
        pace=pace,
        stale_since=days_before(today, limit) if limit else None,
        earliest=earliest,
        required=tuple(
            (ITEMS.index(item) if item in ITEMS else FURTHER, str(level), item)
            for item, level in requires.items()
            if level
        ),
    )
