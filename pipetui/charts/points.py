"""What can be drawn of a series: finite points, no more than the eye can tell apart."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import ceil, floor, isfinite, log10
from typing import Final, NamedTuple

MOST: Final = 4_000
"""Points of a series that are handed to plotext; more lie in the same cells."""
_LARGEST: Final = 1e100
"""Beyond it differences and their scales overflow."""

_CLOSE: Final = 1e-9
"""Steps by which the end of an axis may miss a round number: 1.0 ÷ 0.2 is hardly 5."""

Point = tuple[float, float]


class Series(NamedTuple):
    """A line of a chart."""

    name: str
    points: Sequence[tuple[float, float | None]]
    """(x, y) in order of x; `None`, NaN and infinity are gaps."""
    mark: str = ""
    """A character for each point, and then they are not joined."""


def segments(points: Iterable[tuple[float, float | None]], most: int = MOST) -> list[list[Point]]:
    """The finite points, cut at the gaps and thinned out."""
    found: list[list[Point]] = []
    for drawable, its in groupby(points, key=_is_drawable):
        if drawable:
            found.append([(float(x), float(y)) for x, y in its if y is not None])
    whole = sum(map(len, found))
    if len(found) > most:
        found = found[:: len(found) // most + 1]
    return [thinned(its, max(2, most * len(its) // whole)) if whole > most else its for its in found]


def thinned(points: Sequence[Point], most: int) -> list[Point]:
    """At most about so many points: of each stretch the first, the lowest, the highest and the last."""
    if len(points) <= most:
        return list(points)
    stretch = max(1, -(-len(points) * 4 // most))
    found: list[Point] = []
    for begin in range(0, len(points), stretch):
        its = range(begin, min(begin + stretch, len(points)))
        low, high = min(its, key=lambda i: points[i][1]), max(its, key=lambda i: points[i][1])
        found += [points[index] for index in sorted({its[0], low, high, its[-1]})]
    return found


def limits(values: Iterable[float], floor: float | None = None) -> tuple[float, float]:
    """The lowest and the highest end of an axis, never the same.

    Args:
        values: finite; without any it goes from 0 to 1.
        floor: a value that is to be on the axis, usually 0.
    """
    every = list(values)
    if floor is not None:
        every.append(floor)
    if not every:
        return 0.0, 1.0
    low, high = min(every), max(every)
    if high - low <= abs(high) * 1e-9:
        margin = abs(high) / 2 or 1.0
        return low - (0.0 if low == floor else margin), high + margin
    return low, high


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers on an axis: multiples of 1, 2 or 5 times a power of ten, at most so many."""
    span = high - low
    if span <= 0 or most < 1:
        return [low]
    power = 10.0 ** int(log10(span / most) // 1)
    for factor in (1, 2, 5, 10, 20, 50):
        step = factor * power
        first = ceil(low / step - _CLOSE)
        count = floor(high / step + _CLOSE) - first + 1
        if count <= most:
            return [(first + n) * step for n in range(count)] or [low]
    return [low]


def with_room(places: Sequence[tuple[float, float]]) -> range:
    """The labels that find room beside one another: each one, each second one …, the last one among them.

    Args:
        places: from where to where each label goes, with the room it needs, in order.
    """
    count = len(places)
    for step in range(1, count + 1):
        found = range((count - 1) % step, count, step)
        if all(places[at][1] <= places[at + step][0] for at in found[:-1]):
            return found
    return range(0)


def _is_drawable(point: tuple[float, float | None]) -> bool:
    x, y = point
    return y is not None and isfinite(x) and isfinite(y) and abs(x) < _LARGEST and abs(y) < _LARGEST
