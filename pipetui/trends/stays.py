"""How long deals stay in a stage."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from pipetui.deals.deal import Stage
from pipetui.statistics.survival import Survival, kaplan_meier
from pipetui.trends.spans import Span


class Stay(NamedTuple):
    """The time that deals spent in one stage."""

    stage: Stage
    curve: Survival
    """The share still there after so many days; a deal that is still there is censored."""
    here: tuple[tuple[int, int], ...]
    """(days, deal id) of the deals that are still there: the marks on the curve, longest first."""

    @property
    def median(self) -> int | None:
        """First day by which half have left; `None`: not reached."""
        return self.curve.median

    @property
    def nine_of_ten(self) -> int | None:
        """First day by which nine of ten have left; `None`: not reached."""
        return self.curve.quantile(0.9)


def stays(
    visits: Iterable[tuple[int, int, int, str | None, int, bool]],
    stages: Sequence[Stage],
    window: Span,
    among: Collection[int] | None = None,
) -> list[Stay]:
    """Stage by stage, the days of those deals that came to it for the first time in the window.

    The stays of a deal in one stage are summed. It has completed the stage if it has left it, forward, back,
    won or lost; whoever is still there is censored. (What makes a deal stalled asks for leaving it forward.)

    Args:
        visits: (deal id, stage id, days, how it left, first day, first time there), in order of time.
        stages: in the order of the board; those that are not open are left out.
        window: the days of the first entry.
        among: ids of deals; others are left out.
    """
    start, end = window.start.toordinal(), window.end.toordinal()
    days: dict[int, dict[int, tuple[int, bool]]] = {stage.id: {} for stage in stages if stage.kind == "open"}
    for deal_id, stage_id, length, left, since, first in visits:
        of_stage = days.get(stage_id)
        if of_stage is None or (among is not None and deal_id not in among):
            continue
        before = of_stage.get(deal_id)
        if before is not None:
            of_stage[deal_id] = before[0] + length, left is not None
        elif first and start <= since <= end:
            of_stage[deal_id] = length, left is not None
    found = []
    for stage in stages:
        if stage.id in days:
            its = days[stage.id]
            here = sorted(((n, deal_id) for deal_id, (n, done) in its.items() if not done), reverse=True)
            found.append(Stay(stage, kaplan_meier(its.values()), tuple(here)))
    return found
