"""From the store to a `Pipeline`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from pipetui.deals.deal import Deal, Stage
from pipetui.forecast.periods import quarter
from pipetui.forecast.totals import probabilities
from pipetui.pipeline.learning import Learned, brought_up_to_date
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.context import Context, Quarter, build
from pipetui.signals.rules import flags_by_deal
from pipetui.store.reading import SourceFacts, changed_since, read_board, read_some, read_sources
from pipetui.store.rows import read_stages
from pipetui.store.stages import in_line

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store

SOME: Final = 500
"""Touched deals from which on all are read anew."""


def look(store: "Store", playbook: "Playbook", today: date, learned: Learned | None = None) -> Pipeline:
    """Read the store and judge it by a playbook on a day. Nothing is written, whatever the playbook has anew.

    Args:
        store: where the deals are.
        playbook: what they are judged by.
        today: the day.
        learned: what is known of the past (`learning.learn`), which need not be the newest. Without it those
            flags are silent that rest on it.

    Raises:
        Problem: the store cannot be read.
    """
    snapshot = read_board(store)
    stages = _in_line(snapshot.stages, playbook)
    deals = _as_of(snapshot.deals, playbook, today)
    learned = brought_up_to_date(store, learned, playbook, stages, today)
    context = _context(playbook, today, stages, snapshot.sources, learned)
    return Pipeline(
        revision=snapshot.revision,
        today=today,
        playbook=playbook,
        deals={deal.id: deal for deal in deals},
        stages={stage.id: stage for stage in stages},
        context=context,
        flags=flags_by_deal(deals, context),
        probability=probabilities(stages, playbook),
        learned=learned,
    )


def look_again(
    store: "Store", before: Pipeline, playbook: "Playbook", today: date, learned: Learned | None
) -> Pipeline | None:
    """`look`, where only some deals were touched since: the others are not read again, and judged again only
    where the past has taught something else.

    Args:
        store: where the deals are.
        before: an earlier look at it.
        playbook: what they are judged by.
        today: the day.
        learned: what is known of the past.

    Returns:
        `None` if more than some deals has changed: the playbook, the day, stages, sources.

    Raises:
        Problem: the store cannot be read.
    """
    if before.playbook is not playbook or before.today != today:
        return None
    changes = changed_since(store, before.revision)
    if changes.imported or len(changes.deal_ids) > SOME:
        return None
    with store.reading() as run:
        stages = _in_line(read_stages(run), playbook)
    learned = brought_up_to_date(store, learned, playbook, stages, today)
    context = _context(playbook, today, stages, read_sources(store), learned)
    if context.sources != before.context.sources or {stage.id: stage for stage in stages} != before.stages:
        return None
    deals = {**before.deals}
    for deal_id in changes.deal_ids:
        deals.pop(deal_id, None)
    fresh = _as_of(read_some(store, changes.deal_ids), playbook, today)
    deals.update((deal.id, deal) for deal in fresh)
    past, was = context.history, before.context.history
    if past.rhythm is was.rhythm and context._replace(history=was) == before.context:
        flags = {**before.flags}
        for deal_id in changes.deal_ids:
            flags.pop(deal_id, None)
        flags.update(flags_by_deal(fresh, context))
    else:
        flags = dict(flags_by_deal(deals.values(), context))
    return replace(
        before, revision=changes.revision, deals=deals, flags=flags, context=context, learned=learned
    )


def _in_line(stages: Iterable[Stage], playbook: "Playbook") -> list[Stage]:
    return sorted(in_line(stages, playbook), key=_board_order)


def _as_of(deals: list[Deal], playbook: "Playbook", today: date) -> list[Deal]:
    return [resumed(deal, today) for deal in with_teams(deals, playbook)]


def _context(
    playbook: "Playbook",
    today: date,
    stages: Sequence[Stage],
    sources: Mapping[str, SourceFacts],
    learned: Learned | None,
) -> Context:
    mapped = {name: source.mapped for name, source in sources.items()}
    period = Quarter(*quarter(today, playbook.fiscal_year_start))
    return build(playbook, stages, mapped, learned.history if learned else None, today, quarter=period)


def resumed(deal: Deal, today: date) -> Deal:
    """A deal whose time in nurture is over counts again."""
    is_over = deal.resume_on is not None and deal.resume_on <= today
    return deal._replace(resume_on=None) if is_over else deal


def with_teams(deals: list[Deal], playbook: "Playbook") -> list[Deal]:
    """Deals of owners whose team no export told are given the playbook's."""
    teams = {owner: playbook.team(owner) for owner in {deal.owner for deal in deals if not deal.team}}
    if not any(teams.values()):
        return deals
    return [deal if deal.team else deal._replace(team=teams[deal.owner]) for deal in deals]


_SIDES = {"open": 0, "won": 1, "lost": 2}


def _board_order(stage: Stage) -> tuple[int, str, int, int]:
    return (_SIDES[stage.kind], stage.pipeline, stage.position, stage.id)
