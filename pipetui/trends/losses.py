"""Where deals were lost, why, and what was not known of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipetui.deals.deal import Stage
from pipetui.deals.qualification import ITEMS
from pipetui.deals.text import fold
from pipetui.trends.closings import Closing


class Reason(NamedTuple):
    """Why deals were lost, as people wrote it most."""

    text: str
    """ "" where nobody said why."""
    deals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StageLosses:
    """What was lost in one stage."""

    stage: Stage | None
    """`None`: nobody knows in which."""
    count: int
    amount: int
    """Minor units of the reporting currency."""
    reasons: tuple[Reason, ...]
    """The commonest first."""
    unknown: Mapping[str, int]
    """By item, of how many deals nothing was known at the loss; of those only whose source tells."""
    told: int
    """Deals whose qualification is told at all."""
    deals: tuple[int, ...]


def losses(
    closed: Iterable[Closing],
    died_in: Mapping[int, int],
    stages: Sequence[Stage],
    tells: Iterable[str],
) -> list[StageLosses]:
    """The lost deals among some closings by stage, in the order of the board; empty stages are left out.

    Args:
        closed: won ones are left out.
        died_in: by deal id, the open stage in which it was lost.
        stages: in the order of the board.
        tells: the sources that tell how well a deal is qualified.
    """
    known = frozenset(tells)
    parts: dict[int | None, list[Closing]] = {}
    by_id = {stage.id: stage for stage in stages}
    for closing in closed:
        if not closing.won:
            stage_id = died_in.get(closing.deal.id)
            parts.setdefault(stage_id if stage_id in by_id else None, []).append(closing)
    order: list[int | None] = [*(stage.id for stage in stages), None]
    return [_of(by_id.get(id_) if id_ else None, parts[id_], known) for id_ in order if id_ in parts]


def reasons(closed: Iterable[Closing]) -> tuple[Reason, ...]:
    """Why the lost deals among some closings were lost, the commonest first, what nobody said at the end."""
    written: dict[str, list[Closing]] = {}
    for closing in closed:
        if not closing.won:
            written.setdefault(fold(closing.deal.close_reason), []).append(closing)
    order = sorted(written, key=lambda text: (not text, -len(written[text]), text))
    return tuple(
        Reason(written[text][0].deal.close_reason, tuple(its.deal.id for its in written[text]))
        for text in order
    )


def _of(stage: Stage | None, lost: Sequence[Closing], tells: frozenset[str]) -> StageLosses:
    told = [
        closing
        for closing in lost
        if closing.deal.source in tells or "levels" in closing.deal.set_here or not closing.deal.source
    ]
    return StageLosses(
        stage,
        len(lost),
        sum(closing.worth or 0 for closing in lost),
        reasons(lost),
        {
            item: sum(closing.deal.levels[index] == "0" for closing in told)
            for index, item in enumerate(ITEMS)
            if item != "next_step"
        },
        len(told),
        tuple(closing.deal.id for closing in lost),
    )
