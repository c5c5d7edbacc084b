"""From the store to a `Pipeline`."""

from datetime import date
from typing import TYPE_CHECKING

from pipetui.deals.deal import Deal, Stage
from pipetui.forecast.periods import quarter
from pipetui.forecast.totals import probabilities
from pipetui.pipeline.learning import Learned, brought_up_to_date
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.context import Quarter, build
from pipetui.signals.rules import flags_by_deal
from pipetui.store.reading import read_board
from pipetui.store.stages import in_line

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store


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
    stages = sorted(in_line(snapshot.stages, playbook), key=_board_order)
    deals = [resumed(deal, today) for deal in with_teams(snapshot.deals, playbook)]
    mapped = {name: source.mapped for name, source in snapshot.sources.items()}
    learned = brought_up_to_date(store, learned, playbook, stages, today)
    period = Quarter(*quarter(today, playbook.fiscal_year_start))
    context = build(playbook, stages, mapped, learned.history if learned else None, today, quarter=period)
    flags = flags_by_deal(deals, context)
    return Pipeline(
        revision=snapshot.revision,
        today=today,
        playbook=playbook,
        deals={deal.id: deal for deal in deals},
        stages={stage.id: stage for stage in stages},
        context=context,
        flags=flags,
        probability=probabilities(stages, playbook),
        learned=learned,
    )


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
