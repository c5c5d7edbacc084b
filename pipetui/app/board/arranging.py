"""From the pipeline, a filter and an order to the columns of the board."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from pipetui.app.board.view import BoardView, Column
from pipetui.deals.deal import Deal, Stage
from pipetui.forecast.periods import quarter
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.forecast.totals import Totals
    from pipetui.query.parsing import Query


class Wanted(NamedTuple):
    """What the board is asked to show."""

    query: "Query | None" = None
    owner: str | None = None
    order: str = "close"
    closed: bool = False
    """Whether the columns of won and lost deals are open."""


class Arranged(NamedTuple):
    """The board's columns, what is folded away, and the totals of what is shown."""

    view: BoardView
    won: "Totals"
    lost: "Totals"
    open: "Totals"
    of: int
    """How many open deals there are without filter and owner."""
    missing: int
    nurture: int


def arrange(pipeline: Pipeline, wanted: Wanted, found: Iterable[Deal]) -> Arranged:
    """The board for what is wanted.

    Args:
        pipeline: what the app knows.
        wanted: owner, closed columns.
        found: the deals that the filter finds, in the order wanted.
    """
    from pipetui.forecast.totals import together

    period = quarter(pipeline.today, pipeline.playbook.fiscal_year_start)
    by_stage: dict[int, list[Deal]] = {stage: [] for stage in pipeline.stages}
    missing = nurture = 0
    for deal in found:
        if wanted.owner is not None and deal.owner != wanted.owner:
            continue
        if deal.status != "open":
            if deal.settled_on in period:
                by_stage[deal.stage_id].append(deal)
        elif deal.counts:
            by_stage[deal.stage_id].append(deal)
        elif deal.missing_since is not None:
            missing += 1
        else:
            nurture += 1
    columns = [
        Column(stage, shown(stage.name), by_stage[stage.id], pipeline.totals(by_stage[stage.id]))
        for stage in shown_stages(pipeline)
    ]
    closed = [column for column in columns if column.stage.kind != "open"]
    opened = [column for column in columns if column.stage.kind == "open"]
    return Arranged(
        view=BoardView(columns if wanted.closed else opened),
        won=together(column.totals for column in closed if column.stage.kind == "won"),
        lost=together(column.totals for column in closed if column.stage.kind == "lost"),
        open=together(column.totals for column in opened),
        of=pipeline.counted,
        missing=missing,
        nurture=nurture,
    )


def shown_stages(pipeline: Pipeline) -> list[Stage]:
    """Open stages in order, then won, then lost.

    Under the built-in playbook, an import that brings a process of its own leaves the built-in stages that it
    never uses out of sight.
    """
    stages = list(pipeline.stages.values())
    used = pipeline.used_stages
    foreign = any(
        stage.id in used
        and stage.kind == "open"
        and pipeline.playbook.stage(stage.name, stage.pipeline) is None
        for stage in stages
    )
    if pipeline.playbook.builtin and foreign:
        return [stage for stage in stages if stage.id in used]
    return stages
