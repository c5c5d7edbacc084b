"""What a team's own history teaches: how long deals stay in a stage, take to be won, and still need."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from pipetui.statistics.quantiles import quantile
from pipetui.statistics.survival import kaplan_meier


class Pace(NamedTuple):
    """How long deals take in a stage, in days."""

    completed: int = 0
    """How many left it forward; one that still stands there, went back or was lost there is censored."""
    median: int | None = None
    """The first day by which half have left it forward (Kaplan–Meier); `None`: not reached."""
    nine_of_ten: int | None = None
    """The first day by which nine of ten have; `None`: not reached."""
    won: int = 0
    """How many won deals are known to have entered it first on a certain day."""
    remaining: float | None = None
    """P10 (type 7) of the days from there to the win: nine of ten won deals needed at least as many."""


class Rhythm(NamedTuple):
    """The learned figures with their samples; whether a sample is large enough is for the rules to say."""

    stages: Mapping[int, Pace]
    """By stage id."""
    won: int = 0
    """How many won deals have a known cycle. Won before created is none."""
    cycle: float | None = None
    """P90 (type 7) of the days from creation to the win."""


class Won(NamedTuple):
    """A deal that was won."""

    deal_id: int
    created: date | None
    on: date
    """The day it belongs to."""


def learn(visits: Iterable[tuple[int, int, int, str | None, int, bool]], won: Iterable[Won]) -> Rhythm:
    """The rhythm behind all stays of all deals and all wins.

    The stays of a deal in one stage are summed; it has completed the stage if it left the last of them
    forward.

    Args:
        visits: (deal id, stage id, days, how it left: "forward" or else, first day as an ordinal, whether it
            came to that stage for the first time), each deal's in order of time.
        won: the deals that are won.
    """
    wins = {win.deal_id: win for win in won}
    won_on = {deal_id: win.on.toordinal() for deal_id, win in wins.items()}
    stays: dict[int, dict[int, tuple[int, bool]]] = {}
    remaining: dict[int, list[int]] = {}
    for deal_id, stage_id, days, left, since, first in visits:
        of_stage = stays.get(stage_id)
        if of_stage is None:
            of_stage = stays[stage_id] = {}
        before = 0 if first else of_stage.get(deal_id, (0, False))[0]
        of_stage[deal_id] = (before + days, left == "forward")
        if first and deal_id in won_on and won_on[deal_id] >= since:
            remaining.setdefault(stage_id, []).append(won_on[deal_id] - since)
    cycles = [
        (win.on - win.created).days
        for win in wins.values()
        if win.created is not None and win.created <= win.on
    ]
    return Rhythm(
        stages={
            stage_id: _pace(of_stage.values(), remaining.get(stage_id, []))
            for stage_id, of_stage in stays.items()
        },
        won=len(cycles),
        cycle=quantile(cycles, 0.9) if cycles else None,
    )


def _pace(stays: Iterable[tuple[int, bool]], remaining: list[int]) -> Pace:
    curve = kaplan_meier(stays)
    return Pace(
        completed=curve.completed,
        median=curve.median,
        nine_of_ten=curve.quantile(0.9),
        won=len(remaining),
        remaining=quantile(remaining, 0.1) if remaining else None,
    )
