"""How long deals stay in a stage."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
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


class Stayed(NamedTuple):
    """The time that a deal spent in a stage, over all its returns."""

    deal_id: int
    since: int
    """The day (`date.toordinal`) on which it came there for the first time."""
    days: int
    done: bool
    """Whether it has left, forward, back, won or lost; who is still there is censored."""


def summed(
    visits: Iterable[tuple[int, int, int, str | None, int, bool]], among: Collection[int] | None = None
) -> dict[int, list[Stayed]]:
    """By stage id, the stays of each deal that is known to have come there for the first time.

    Args:
        visits: (deal id, stage id, days, how it left, first day, first time there), in order of time.
        among: ids of deals; others are left out.
    """
    found: defaultdict[int, dict[int, tuple[int, int, int, bool]]] = defaultdict(dict)
    for deal_id, stage_id, days, left, since, first in visits:
        if among is not None and deal_id not in among:
            continue
        of_stage = found[stage_id]
        before = of_stage.get(deal_id)
        if before is not None:
            of_stage[deal_id] = deal_id, before[1], before[2] + days, left is not None
        elif first:
            of_stage[deal_id] = deal_id, since, days, left is not None
    return {stage_id: list(map(Stayed._make, its.values())) for stage_id, its in found.items()}


def stays(stayed: Mapping[int, Sequence[Stayed]], stages: Sequence[Stage], window: Span) -> list[Stay]:
    """Stage by stage, the days of those deals that came to it for the first time in the window.

    (What makes a deal stalled asks for leaving it forward; here every way of leaving completes a stay.)

    Args:
        stayed: by stage id (`summed`).
        stages: in the order of the board; those that are not open are left out.
        window: the days of the first entry.
    """
    start, end = window.start.toordinal(), window.end.toordinal()
    found = []
    for stage in stages:
        if stage.kind == "open":
            its = [one for one in stayed.get(stage.id, ()) if start <= one.since <= end]
            here = sorted(((one.days, one.deal_id) for one in its if not one.done), reverse=True)
            found.append(Stay(stage, kaplan_meier((one.days, one.done) for one in its), tuple(here)))
    return found
