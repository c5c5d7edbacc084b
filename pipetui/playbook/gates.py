"""What the playbook asks before a deal leaves its stage."""

from typing import TYPE_CHECKING

from pipetui.deals import qualification
from pipetui.deals.deal import Deal
from pipetui.deals.text import is_placeholder

if TYPE_CHECKING:
    from pipetui.playbook.models import Criterion, Stage
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


def _has(deal: Deal, field: "FactField") -> bool:
    value = getattr(deal, field)
    return not is_placeholder(value) if isinstance(value, str) else value is not None
