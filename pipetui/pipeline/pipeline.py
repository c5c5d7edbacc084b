"""What both faces show: everything known at one moment, never changed afterwards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from pipetui.deals.deal import Deal, Stage

if TYPE_CHECKING:
    from pipetui.forecast.totals import Totals
    from pipetui.pipeline.learning import Learned
    from pipetui.playbook.models import Playbook, Profile
    from pipetui.playbook.models import Stage as PlaybookStage
    from pipetui.query.prepared import Prepared
    from pipetui.query.sorting import Known
    from pipetui.signals.context import Context
    from pipetui.signals.flag import Flag


@dataclass(frozen=True, eq=False)
class Pipeline:
    """Deals, stages and flags; what only a filter or an order needs is worked out when one asks for it."""

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
    learned: "Learned | None" = None
    """What was known of the past when the flags were raised; `None`: nothing yet."""

    @property
    def is_learned(self) -> bool:
        """Whether the flags rest on everything that has happened up to now."""
        return self.learned is not None and self.learned.is_of(self.revision, self.today)

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.playbook.currency

    @cached_property
    def rows(self) -> "Mapping[int, Prepared]":
        """Every deal by id, ready to be filtered. The first time takes 5 µs a deal."""
        from pipetui.query.prepared import prepare

        stages = list(self.stages.values())
        rows = prepare(self.deals.values(), stages, self.flags, self.playbook.conversion)
        return dict(zip(self.deals, rows, strict=True))

    @cached_property
    def known(self) -> "Known":
        """What deals are put in order by."""
        from pipetui.query.sorting import Known
        from pipetui.signals.risk import typical_amount

        rates = self.playbook.conversion
        return Known(self.today, self.flags, rates, typical_amount(self.deals.values(), rates))

    @cached_property
    def counted(self) -> int:
        """How many open deals are part of totals."""
        return sum(deal.counts for deal in self.deals.values())

    @cached_property
    def used_stages(self) -> frozenset[int]:
        """The ids of the stages that any deal stands in."""
        return frozenset(deal.stage_id for deal in self.deals.values())

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

    def profile_of(self, stage_id: int) -> "Profile":
        """By which items the deals of a stage are qualified."""
        from pipetui.playbook.profiles import profile_of

        stage = self.stages[stage_id]
        return profile_of(self.playbook, self.playbook.pipeline(stage.pipeline, stage.name))
