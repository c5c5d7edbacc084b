"""What a page of figures consists of; every text is ready to be read, nothing in it is markup."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Mark = Literal["", "good", "high", "medium"]
"""Whether something is good, severe or a warning; it has a sign, too."""


class Line(NamedTuple):
    """A line of a chart."""

    name: str
    points: Sequence[tuple[float, float | None]]
    """(x, y) in order of x; `None` is a gap."""
    steps: bool = False
    """Whether it stays at a value until the next one."""


class Lines(NamedTuple):
    """A line chart, its y axis from 0."""

    told: str
    """What it shows, for those who do not see it."""
    lines: Sequence[Line]
    ticks: Sequence[tuple[float, str]]
    """(x, label) below the x axis."""
    label: Callable[[float], str]
    """A value of the y axis."""
    most: float | None = None
    """The upper end of the y axis; `None`: the largest value."""


class Bar(NamedTuple):
    """A bar that lies on its side; from 0, or floating."""

    name: str
    begin: float
    end: float
    told: str
    """Its value, as it stands at the end of the row."""
    kind: str = "commit"
    """The class that it is drawn with: won, commit, best_case, upside, bad."""


class Bars(NamedTuple):
    """Bars below one another, on one scale that holds 0."""

    told: str
    bars: Sequence[Bar]
    limit: tuple[float, str] | None = None
    """A value that is drawn across all of them, and what it is called."""


class Stack(NamedTuple):
    """A column of parts, one above the other."""

    name: str
    parts: Sequence[float]


class Stacks(NamedTuple):
    """Columns beside one another, each of the same parts."""

    told: str
    parts: Sequence[str]
    """What the parts are called."""
    stacks: Sequence[Stack]
    label: Callable[[float], str]


class Table(NamedTuple):
    """Rows below a header; all columns but the first hold numbers, unless they are named."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: frozenset[int] = frozenset()
    """The columns that hold text besides the first."""


class Card(NamedTuple):
    """A figure with its name, and what it is made of."""

    name: str
    figure: str
    mark: Mark = ""
    lines: Sequence[str] = ()
    rows: Sequence[tuple[str, str]] = ()


class Saying(NamedTuple):
    """A sentence, its evidence, what to try; the last two may be empty."""

    text: str
    evidence: str = ""
    attempt: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the page."""

    title: str
    sayings: Sequence[Saying] = ()
    texts: Sequence[str] = ()
    chart: Lines | Bars | Stacks | None = None
    table: Table | None = None
    notes: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page."""

    title: str
    lines: Sequence[str]
    """Period, scope, day."""
    answer: tuple[str, str, Mark, Mark] | None = None
    """The answer in a word, its number, and how good each of them is."""
    answer_lines: Sequence[str] = ()
    cards: Sequence[Card] = ()
    sections: Sequence[Section] = field(default_factory=tuple)
