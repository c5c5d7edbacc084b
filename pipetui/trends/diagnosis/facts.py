"""What the rules look at, and what they answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from pipetui.trends.ages import Ages
from pipetui.trends.conversion import Conversion
from pipetui.trends.creation import Pace
from pipetui.trends.spans import Span
from pipetui.trends.winning import Cycle, Results

Value = str | int | float | date | None

Kind = Literal["resolved", "closed", "cycles", "created", "open", "commits"]
"""What there is too little of."""


class Covered(NamedTuple):
    """A coming period against its quota. Amounts are minor units of the reporting currency."""

    period: Span
    quota: int | None
    won: int
    open: int
    coverage: float | None
    """Open ÷ (quota − won); `None` without a quota, or if it is won already."""
    without_stale: float | None
    deals: tuple[int, ...]
    """Ids of the open deals."""


class Standing(NamedTuple):
    """A period that is going on."""

    period: Span
    won: int
    expected: int
    """What should be won by today; both in minor units."""
    on_plan: bool


class Facts(NamedTuple):
    """Everything that is known, of one scope on one day."""

    today: date
    enough: int
    """Fewer cases are thin data."""
    results: Results
    """Of the window."""
    conversion: Sequence[Conversion]
    """Of the window, pipeline by pipeline in the order of the stages."""
    conversion_before: Mapping[int, Conversion]
    """By stage id, of the window before."""
    demos: frozenset[int]
    """The stages in which something is shown to the buyer."""
    undecided: Mapping[int, tuple[int, int]]
    """By stage id, of how many deals lost there no decision maker was known, and of how many that is told."""
    cycles: Sequence[Cycle]
    """Of the wins of windows that follow one another, the newest last."""
    creation: Pace | None
    created: tuple[int, int]
    """Deals created in the last 13 weeks, and in the same weeks a year before."""
    ages: Sequence[Ages]
    """At the ends of months, then now."""
    going_on: Sequence[Standing]
    """The month and the quarter, where they have a quota."""
    coverage: Sequence[Covered]
    """The next periods."""
    commits: Mapping[str, tuple[int, int]]
    """By owner, (won, all) of the commits of frozen calls on periods that have ended."""


class Finding(NamedTuple):
    """What a rule has found."""

    rule: str
    excess: float
    """How far beyond the rule's limit, 0–1; the ranking goes by it."""
    values: Mapping[str, Value]
    """The evidence; amounts in minor units, shares 0–1."""
    deals: tuple[int, ...] = ()
    """Ids of the deals that it is about, if they are known."""


class Thin(NamedTuple):
    """There is too little to look at."""

    kind: Kind
    n: int
    of: int


Answer = Finding | Thin | None
