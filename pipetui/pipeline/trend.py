"""The hygiene of the last weeks, from the store's history."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from pipetui.deals.deal import Deal
from pipetui.forecast.periods import quarter
from pipetui.pipeline.looking import resumed, with_teams
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.context import Context, Quarter, build
from pipetui.signals.hygiene import Group
from pipetui.signals.trend import WEEKS, Week, week, week_ends
from pipetui.store.past import open_deals_on

if TYPE_CHECKING:
    from pipetui.store.engine import Store


def hygiene_by_week(
    store: "Store", pipeline: Pipeline, weeks: int = WEEKS, among: Collection[int] | None = None
) -> tuple[Week, ...]:
    """The hygiene at the end of each of the last weeks, oldest first.

    Deals are judged as they stood and by their age on that day, but by the playbook, the learned thresholds
    and the teams of today: a trend shows what became of the deals, not of the yardstick. A deal counts from
    the first export on that showed it. Takes about a second for 10,000 deals, so not on the event loop.

    Args:
        store: where the history is.
        pipeline: the same store as it is now.
        weeks: how many.
        among: ids of deals; others are left out.

    Raises:
        Problem: the store cannot be read.
    """
    found = _open_deals(store, pipeline, weeks)
    return tuple(
        _week(day, [deal for deal in deals if among is None or deal.id in among], pipeline)
        for day, deals in found.items()
    )


def hygiene_by_week_and(
    group: Group, store: "Store", pipeline: Pipeline, weeks: int = WEEKS
) -> dict[str, tuple[Week, ...]]:
    """`hygiene_by_week` of every owner, team or pipeline (`signals.hygiene.by_owner` …), by name.

    A deal is part of what it was part of on that day. A week in which a group had no deals has no score.
    """
    found = {day: _parts(group, deals) for day, deals in _open_deals(store, pipeline, weeks).items()}
    names = sorted(
        {name for parts in found.values() for name in parts}, key=lambda name: (name.casefold(), name)
    )
    return {
        name: tuple(_week(day, parts.get(name, ()), pipeline) for day, parts in found.items())
        for name in names
    }


def _open_deals(store: "Store", pipeline: Pipeline, weeks: int) -> dict[date, list[Deal]]:
    return {
        day: [resumed(deal, day) for deal in with_teams(deals, pipeline.playbook)]
        for day, deals in open_deals_on(store, pipeline.deals, week_ends(pipeline.today, weeks)).items()
    }


def _parts(group: Group, deals: Iterable[Deal]) -> dict[str, list[Deal]]:
    parts: dict[str, list[Deal]] = {}
    for deal in deals:
        if deal.counts:
            parts.setdefault(group(deal), []).append(deal)
    return parts


def _week(day: date, deals: Iterable[Deal], pipeline: Pipeline) -> Week:
    return week(day, deals, context_on(day, pipeline), pipeline.playbook.conversion)


def context_on(day: date, pipeline: Pipeline) -> Context:
    """What the rules know, as if it were another day."""
    playbook = pipeline.playbook
    return build(
        playbook,
        list(pipeline.stages.values()),
        {name: facts.mapped for name, facts in pipeline.context.sources.items() if name},
        pipeline.learned.history if pipeline.learned else None,
        day,
        quarter=Quarter(*quarter(day, playbook.fiscal_year_start)),
    )
