"""What an export needs to know of the pipeline that its deals are part of."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from pipetui.deals.deal import Deal, Stage
from pipetui.signals.context import Context
from pipetui.signals.flag import Flag


class View(Protocol):
    """A pipeline as it stands on a day. The room that looks at one stands beside this one, and gives it."""

    @property
    def revision(self) -> int:
        """The store's newest batch: grows with everything that is changed."""
        ...

    @property
    def today(self) -> date:
        """The day."""
        ...

    @property
    def currency(self) -> str:
        """The reporting currency; of amounts that have none."""
        ...

    @property
    def stages(self) -> Mapping[int, Stage]:
        """By id."""
        ...

    @property
    def context(self) -> Context:
        """What flags are explained by."""
        ...

    def flags_of(self, deal: Deal) -> tuple[Flag, ...]:
        """The flags of a deal, the worst first."""
        ...
