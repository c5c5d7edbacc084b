"""The pipeline as a command looks at it: deals with their flags, filtered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipetui.cli.context import Globals
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.money import Rates
from pipetui.forecast.totals import Totals, probabilities, totals
from pipetui.query.parsing import parse
from pipetui.query.prepared import Prepared, prepare
from pipetui.query.sorting import ordered
from pipetui.signals.context import Context, build, learn, needs_history
from pipetui.signals.flag import Flag
from pipetui.signals.hygiene import Hygiene, hygiene
from pipetui.signals.notices import notices
from pipetui.signals.rules import flags_by_deal

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Store


@dataclass(frozen=True)
class Pipeline:
    """Everything that the store holds, and what the filter lets through, the riskiest first."""

    today: date
    playbook: "Playbook"
    stages: Sequence[Stage]
    """Open ones first, in the order of the board, then won and lost."""
    context: Context
    flags: Mapping[int, tuple[Flag, ...]]
    probability: Mapping[int, float]
    rows: Sequence[Prepared]
    all: int
    """How many deals there are without the filter."""

    @property
    def rates(self) -> Rates:
        """Into the reporting currency."""
        return self.playbook.conversion

    @property
    def deals(self) -> list[Deal]:
        """The deals found."""
        return [row.deal for row in self.rows]

    @property
    def missing(self) -> list[Deal]:
        """The deals found that the newest export of their source does not hold."""
        return [deal for deal in self.deals if deal.status == "open" and deal.missing_since is not None]

    @property
    def nurture(self) -> list[Deal]:
        """The deals found that are put aside until a day."""
        return [deal for deal in self.deals if deal.in_nurture and deal.missing_since is None]

    def in_stage(self, stage: Stage) -> list[Deal]:
        """The deals found in a stage that are part of its figures."""
        return [
            deal
            for deal in self.deals
            if deal.stage_id == stage.id and (deal.counts or deal.status != "open")
        ]

    def totals(self, deals: Sequence[Deal]) -> Totals:
        """What some deals amount to."""
        return totals(deals, self.probability, self.rates, self.flags)

    def hygiene(self) -> Hygiene:
        """How clean the deals found are."""
        return hygiene(self.deals, self.flags, self.context)

    def notices(self) -> list[str]:
        """What the flags cannot tell, and why."""
        return notices(self.context, self.deals)


def look(settings: Globals, store: "Store", expression: str | None = None) -> Pipeline:
    """Read the store and apply a filter expression.

    Raises:
        Problem: the store or the playbook cannot be read, or the expression is not understood.
    """
    from pipetui.store.reading import read_board
    from pipetui.store.stages import sync_stages
    from pipetui.store.visits import stage_visits

    today, playbook = settings.clock.today(), settings.playbook
    query = parse(expression or "", today, playbook.fiscal_year_start)
    sync_stages(store, playbook)
    snapshot = read_board(store)
    deals = [deal if deal.team else deal._replace(team=playbook.team(deal.owner)) for deal in snapshot.deals]
    stages = sorted(snapshot.stages, key=_board_order)
    learned = learn(stage_visits(store, today)) if needs_history(playbook, stages) else {}
    mapped = {name: source.mapped for name, source in snapshot.sources.items()}
    context = build(playbook, stages, mapped, learned, today)
    flags = flags_by_deal(deals, context)
    rows = prepare(deals, stages, flags, playbook.conversion)
    return Pipeline(
        today=today,
        playbook=playbook,
        stages=stages,
        context=context,
        flags=flags,
        probability=probabilities(stages, playbook),
        rows=ordered(query.select(rows), "risk", today),
        all=len(rows),
    )


def _board_order(stage: Stage) -> tuple[int, str, int, int]:
    return (("open", "won", "lost").index(stage.kind), stage.pipeline, stage.position, stage.id)
