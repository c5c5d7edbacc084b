"""What a filter finds in the pipeline."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipetui.deals.deal import Deal, Stage
from pipetui.pipeline.learning import learn
from pipetui.pipeline.looking import look
from pipetui.pipeline.pipeline import Pipeline
from pipetui.query.parsing import parse
from pipetui.query.sorting import ordered
from pipetui.signals.hygiene import Hygiene, by_owner, hygiene, hygiene_by
from pipetui.signals.notices import notices

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.store.engine import Store


@dataclass(frozen=True)
class Found:
    """The deals that a filter found, the riskiest first, and the pipeline they are part of."""

    pipeline: Pipeline
    deals: Sequence[Deal]

    @property
    def counted(self) -> list[Deal]:
        """The open deals that are part of figures."""
        return [deal for deal in self.deals if deal.counts]

    @property
    def missing(self) -> list[Deal]:
        """The open deals that the newest export of their source does not hold."""
        return [deal for deal in self.deals if deal.status == "open" and deal.missing_since is not None]

    @property
    def nurture(self) -> list[Deal]:
        """The deals that are put aside until a day."""
        return [deal for deal in self.deals if deal.in_nurture and deal.missing_since is None]

    def in_stage(self, stage: Stage) -> list[Deal]:
        """The deals of a stage that are part of its figures."""
        return [
            deal
            for deal in self.deals
            if deal.stage_id == stage.id and (deal.counts or deal.status != "open")
        ]

    def hygiene(self) -> Hygiene:
        """How clean they are."""
        pipeline = self.pipeline
        return hygiene(self.deals, pipeline.flags, pipeline.context, pipeline.playbook.conversion)

    def hygiene_by_owner(self) -> dict[str, Hygiene]:
        """How clean each owner's are, by name; "" is nobody's."""
        pipeline = self.pipeline
        rates = pipeline.playbook.conversion
        return hygiene_by(by_owner, self.deals, pipeline.flags, pipeline.context, rates)

    def notices(self) -> list[str]:
        """What the flags cannot tell, and why."""
        return notices(self.pipeline.context, self.deals)


def find(settings: "Globals", store: "Store", expression: str | None = None) -> Found:
    """Read the store and apply a filter expression.

    Raises:
        Problem: the store or the playbook cannot be read, or the expression is not understood.
    """
    today, playbook = settings.clock.today(), settings.playbook
    query = parse(expression or "", today, playbook.fiscal_year_start)
    pipeline = look(store, playbook, today, learn(store, playbook, today))
    found = [row.deal for row in query.select(pipeline.rows.values())]
    return Found(pipeline, ordered(found, "risk", pipeline.known))
