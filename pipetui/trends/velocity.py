"""Velocity: what the pipeline can yield a day, its four levers, and which of them moved it."""

from collections.abc import Sequence
from math import log
from typing import Final, Literal, NamedTuple

from pipetui.trends.closings import Closing
from pipetui.trends.rate import ENOUGH, Refusal
from pipetui.trends.winning import Results, results

LEAST_WON: Final = 5
"""With fewer wins velocity is undefined."""

Lever = Literal["n", "win_rate", "average_won", "cycle_days"]
LEVERS: Final[tuple[Lever, ...]] = ("n", "win_rate", "average_won", "cycle_days")

Why = Refusal | Literal["few_won", "no_value", "no_cycle"]


class Velocity(NamedTuple):
    """N × win rate × mean won value ÷ median cycle."""

    value: float | None
    """Minor units a day; `None` if it is undefined."""
    n: int
    """Open deals that are qualified and not stale."""
    win_rate: float | None
    average_won: int | None
    """Minor units."""
    cycle_days: float | None
    closed: int
    """Won and lost deals of the window."""
    won: int
    reason: Why | None = None
    """Few: too few were closed for a win rate; few_won: fewer than `LEAST_WON`; no_value: nothing won was
    priced; no_cycle: the median is unknown or 0."""

    def lever(self, name: Lever) -> float | None:
        """One of the four."""
        its: float | None = getattr(self, name)
        return its


def velocity(n: int, closed: Sequence[Closing], enough: int = ENOUGH) -> Velocity:
    """The velocity of n deals, by what was closed in one window."""
    return velocity_of(n, results(closed, enough))


def velocity_of(n: int, its: Results) -> Velocity:
    """The velocity of n deals by the results of one window."""
    share, mean, days = its.win_rate.value, its.average.mean, its.won_cycle.median
    value: float | None = None
    why: Why | None = None
    if its.won < LEAST_WON:
        why = "few_won"
    elif share is None:
        why = its.win_rate.reason
    elif mean is None:
        why = "no_value"
    elif not days:
        why = "no_cycle"
    else:
        value = n * share * mean / days
    return Velocity(value, n, share, mean, days, its.won + its.lost, its.won, why)


class Step(NamedTuple):
    """What a lever added to the change of a velocity."""

    lever: Lever
    amount: float
    """Minor units a day; below 0 it slowed the pipeline."""


def decomposed(old: Velocity, new: Velocity) -> tuple[Step, ...]:
    """The change between two velocities, lever by lever; the steps add up to it. Empty if one is undefined.

    Each lever gets L × ln(new ÷ old) with L = Δ ÷ ln(V₁ ÷ V₀), the cycle with its sign turned; no order of
    the levers is preferred. If a lever comes from or goes to 0, those that do share the whole change.

    Source: B. W. Ang, "The LMDI approach to decomposition analysis", Energy Policy 33 (2005).
    """
    if old.value is None or new.value is None:
        return ()
    change = new.value - old.value
    if old.value <= 0 or new.value <= 0:
        moved = [name for name in LEVERS if (old.lever(name) or 0) <= 0 or (new.lever(name) or 0) <= 0]
        return tuple(Step(name, change / len(moved) if name in moved else 0.0) for name in LEVERS)
    ratio = log(new.value / old.value)
    weight = change / ratio if abs(ratio) > 1e-12 else new.value
    steps = []
    for name in LEVERS:
        begin, end = old.lever(name), new.lever(name)
        assert begin is not None and end is not None  # noqa: PT018 - both velocities are defined
        sign = -1 if name == "cycle_days" else 1
        steps.append(Step(name, sign * weight * log(end / begin)))
    return tuple(steps)
