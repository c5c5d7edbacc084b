"""What both faces show: everything known at one moment, never changed afterwards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pipetui.deals.deal import Deal, Stage

if TYPE_CHECKING:
    from pipetui.forecast.totals import Totals
    from pipetui.playbook.models import Playbook
    from pipetui.playbook.models import Stage as PlaybookStage
    from pipetui.query.prepared import Prepared
    from pipetui.signals.context import Context
    from pipetui.signals.flag import Flag


class Pipeline(NamedTuple):
    """Deals, stages, flags, and everything prepared for filtering and sorting."""

    revision: int
    """The store's newest batch; another number later on means that somebody has changed something."""
    today: date
    playbook: "Playbook"
    deals: Mapping[int, Deal]
    """By id, open and closed."""
    stages: Mapping[int, Stage]
    """By id, in the order of the board: open ones, then won, then lost."""
    context: "Context"
    flags: "Mapping[int, tuple[Flag, ...]]"
    """By deal id, the worst first; deals without a flag are not in it."""
    probability: Mapping[int, float]
    """By stage id, the probability (0–1) that a deal in it is won."""
    rows: "Sequence[Prepared]"
    """Every deal, ready to be filtered and sorted."""

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.playbook.currency

    def flags_of(self, deal: Deal) -> "tuple[Flag, ...]":
        """The flags of a deal, the worst first."""
        return self.flags.get(deal.id, ())

    def totals(self, deals: Iterable[Deal]) -> "Totals":
        """What some deals amount to, in the reporting currency."""
        from pipetui.forecast.totals import totals

        return totals(deals, self.probability, self.playbook.conversion, self.flags)

    def described(self, stage_id: int) -> "PlaybookStage | None":
        """What the playbook says of a stage, if it knows it."""
        stage = self.stages[stage_id]
        return self.playbook.stage(stage.name, stage.pipeline)
