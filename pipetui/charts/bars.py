"""Bars that lie on their sides, drawn cell by cell."""

from collections.abc import Sequence
from math import isfinite
from typing import Final, NamedTuple

_LARGEST: Final = 1e100
"""Beyond it differences overflow."""
_EIGHTHS: Final = " ▏▎▍▌▋▊▉"


def bar(value: float, most: float, room: int, *, plain: bool = False) -> str:
    """A bar of a value where the longest takes all the room; nothing for what cannot be drawn.

    Args:
        value: its length; below 0 it is drawn as 0.
        most: the value of the longest bar.
        room: cells.
        plain: whether the terminal has no Unicode: whole cells then.
    """
    if not (isfinite(value) and isfinite(most)) or most <= 0 or value <= 0 or room < 1:
        return ""
    eighths = round(8 * room * min(1.0, value / most))
    if plain:
        return "#" * max(1, (eighths + 4) // 8)
    whole, rest = divmod(max(1, eighths), 8)
    return "█" * whole + (_EIGHTHS[rest] if rest else "")


class Slab(NamedTuple):
    """A bar that floats between two values."""

    begin: float
    end: float


def waterfall(slabs: Sequence[Slab], room: int, *, plain: bool = False) -> list[str]:
    """One row a slab, all on the same scale, which holds 0; in no fewer than one cell each.

    Args:
        slabs: from where to where; in either direction.
        room: cells.
        plain: whether the terminal has no Unicode.
    """
    fill = "#" if plain else "█"
    known = [value for slab in slabs if _is_drawable(slab) for value in slab]
    low, high = min([0.0, *known]), max([0.0, *known])
    span = (high - low) or 1.0
    rows = []
    for slab in slabs:
        if not _is_drawable(slab) or room < 1:
            rows.append("")
            continue
        first, last = sorted((slab.begin, slab.end))
        begin = min(room - 1, int(room * ((first - low) / span)))
        end = max(begin + 1, min(room, round(room * ((last - low) / span))))
        rows.append(" " * begin + fill * (end - begin) if first != last else "")
    return rows


def _is_drawable(slab: Slab) -> bool:
    return all(isfinite(value) and abs(value) < _LARGEST for value in slab)
