"""How clean a pipeline is."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipetui.deals.deal import Deal
from pipetui.signals.context import Context
from pipetui.signals.flag import Flag, Severity


class Hygiene(NamedTuple):
    """How many of the deals that count are in order."""

    score: float | None
    """0–1: the share with every required item at its level, a next step dated after today and no severe
    flag; `None` without deals."""
    open: int
    flagged: int
    """Deals with any flag."""


def hygiene(deals: Iterable[Deal], flags: Mapping[int, tuple[Flag, ...]], context: Context) -> Hygiene:
    """The hygiene of the deals that count among those given."""
    counted = [deal for deal in deals if deal.counts]
    flagged = sum(deal.id in flags for deal in counted)
    clean = sum(_is_clean(deal, flags.get(deal.id, ()), context) for deal in counted)
    return Hygiene(clean / len(counted) if counted else None, len(counted), flagged)


def _is_clean(deal: Deal, flags: tuple[Flag, ...], context: Context) -> bool:
    if deal.next_step_date is None or deal.next_step_date <= context.today:
        return False
    if any(flag.severity is Severity.HIGH for flag in flags):
        return False
    required = context.stages[deal.stage_id].required
    return all(deal.levels[index] >= lowest for index, lowest, _item in required)
