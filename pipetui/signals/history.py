"""What the rules know of the past: the team's rhythm, and of single deals what their rows do not tell."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from pipetui.signals.rhythm import Rhythm

WINDOW: Final = 30
"""Days within which an amount has to fall to be told."""


class Step(NamedTuple):
    """An amount that was in force, in minor units of the deal's present currency."""

    until: date
    """The day it gave way to another."""
    amount: int


class Push(NamedTuple):
    """A close date that was moved later."""

    on: date
    old: date
    new: date


class History(NamedTuple):
    """Everything that is learned from events."""

    rhythm: Rhythm
    steps: Mapping[int, tuple[Step, ...]]
    """By open deal whose amount has changed in the last 30 days, the amounts it had before, oldest first."""
    pushes: Mapping[int, tuple[Push, ...]]
    """By open deal that was pushed at least as often as the push limit, its pushes, oldest first."""


NOTHING: Final = History(Rhythm({}), {}, {})
"""Nothing is learned yet."""
