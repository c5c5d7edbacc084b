"""What the playbook asks before a deal leaves its stage."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pipetui.deals import deal as deals
from pipetui.deals import qualification
from pipetui.deals.deal import Deal
from pipetui.deals.text import is_placeholder

if TYPE_CHECKING:
    from pipetui.playbook.models import Criterion, Playbook, Stage
    from pipetui.playbook.rules import FactField


def is_met(criterion: "Criterion", deal: Deal) -> bool | None:
    """Whether the deal's facts meet a criterion; `None` if only people can tell."""
    if criterion.item is not None:
        return qualification.level(deal.levels, criterion.item) >= criterion.level
    if criterion.field is not None:
        return _has(deal, criterion.field)
    return None


def unmet(stage: "Stage | None", deal: Deal) -> "list[Criterion]":
    """The exit criteria of its stage that the deal's facts do not meet, and those to tick by hand."""
    return [criterion for criterion in stage.exit if not is_met(criterion, deal)] if stage else []


def in_the_way(
    playbook: "Playbook", stages: "Iterable[deals.Stage]", deal: Deal, target: "deals.Stage"
) -> "tuple[Criterion, ...]":
    """What stands between a deal and a stage of the store: unmet exit criteria of its stage and the skipped.

    Winning passes every open stage from the deal's own on, wherever the won stage stands. A move back, into
    another pipeline or out of a closed stage asks nothing, and losing neither.
    """
    stages = list(stages)
    here = next((stage for stage in stages if stage.id == deal.stage_id), None)
    if here is None or here.kind != "open" or target.kind == "lost":
        return ()
    is_won = target.kind == "won"
    if not is_won and here.pipeline != target.pipeline:
        return ()
    found: dict[str, Criterion] = {}
    for stage in stages:
        is_ahead = (
            stage.pipeline == here.pipeline and stage.kind == "open" and stage.position >= here.position
        )
        if is_ahead and (is_won or stage.position < target.position):
            for criterion in unmet(playbook.stage(stage.name, stage.pipeline), deal):
                found.setdefault(criterion.text, criterion)
    return tuple(found.values())


def _has(deal: Deal, field: "FactField") -> bool:
    value = getattr(deal, field)
    return not is_placeholder(value) if isinstance(value, str) else value is not None
