"""What a view shows once it is worked out: nothing in it has to be computed when it is painted."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple

from pipetui.app.forecast.rows import Build
from pipetui.charts.points import Series

ViewName = Literal[
    "diagnosis",
    "velocity",
    "conversion",
    "stays",
    "results",
    "flow",
    "ages",
    "ahead",
    "losses",
    "accuracy",
]


class Spot(NamedTuple):
    """A point or a bar: where the cursor stops."""

    key: str
    name: str
    """What its deals are."""
    deals: tuple[int, ...] = ()
    """Their ids."""
    x: float | None = None
    """Where it lies on the chart."""
    amounts: Mapping[int, int] | None = None
    """By id, what each of them adds, in minor units, where that is not its amount."""


class Said(NamedTuple):
    """A sentence, or a few."""

    text: str
    style: str = ""
    lead: str = ""
    """A sign before it."""


class Lines(NamedTuple):
    """A chart of lines."""

    series: tuple[Series, ...]
    styles: tuple[str, ...]
    """A theme's style for each."""
    label: Callable[[float], str]
    """Writes a value of the y axis."""
    marks: tuple[tuple[float, str], ...]
    """(x, text) below the x axis."""
    floor: float | None = 0.0
    legend: tuple[str, ...] = ()
    """What each series is; nothing where there is one only."""


class Shown(NamedTuple):
    """One cut of a view."""

    cut: str
    """Which one."""
    named: str
    """What it is called."""
    figure: str
    n: str = ""
    """How many cases the figure rests on, or why there is none."""
    before: str = ""
    """The same in the window before."""
    says: tuple[Said, ...] = ()
    lines: Lines | None = None
    rows: Build = lambda _width: ()
    """The points as a table, their keys those of `spots`."""
    spots: tuple[Spot, ...] = ()
    at: str = ""
    """The key that the cursor is on at first; "": the first one."""

    def spot(self, key: str) -> Spot | None:
        """The spot of a key, else the one that the cursor is on at first; `None` without any."""
        wanted = next((spot for spot in self.spots if spot.key == key), None)
        return wanted or next((spot for spot in self.spots if spot.key == self.at), None) or self.first

    @property
    def first(self) -> Spot | None:
        """The first spot."""
        return self.spots[0] if self.spots else None


class View(NamedTuple):
    """A view as it was worked out."""

    name: ViewName
    short: str
    """Its figure, for the list of views."""
    cuts: Sequence[Shown]
    warns: bool = False
    """Whether the diagnosis has found something in it."""

    def cut(self, wanted: str) -> Shown | None:
        """The cut of a name, else the first one."""
        return next((its for its in self.cuts if its.cut == wanted), self.cuts[0] if self.cuts else None)
