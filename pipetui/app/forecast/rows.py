"""Lines of a panel: parts in their styles, and what the cursor finds on them."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, overload

from pipetui.app.board.cells import cut, width_of


class Part(NamedTuple):
    """Text in one style."""

    text: str
    style: str = ""
    keeps: bool = False
    """Whether it is not turned round where the cursor does that with its row: a bar would be none."""


class Row(NamedTuple):
    """A line."""

    parts: tuple[Part, ...] = ()
    key: str = ""
    """What the cursor is on there; "" where it does not stop."""
    stays: bool = False
    """Whether it stays in sight above what follows it: what columns hold."""


BLANK = Row()
Build = Callable[[int], Sequence[Row]]
"""The rows for a width in cells."""
MUTED = ".panel--muted"
"""What stands back, in every theme: a style of the panel's own."""


def left(text: str, width: int, style: str = "") -> Part:
    """Text at the left of so many cells."""
    text = cut(text, width)
    return Part(text + " " * (width - width_of(text)), style)


def right(text: str, width: int, style: str = "") -> Part:
    """Text at the right of so many cells."""
    text = cut(text, width)
    return Part(" " * (width - width_of(text)) + text, style)


def heading(text: str) -> Row:
    """What the rows below it are."""
    return Row((Part(" " + text, "bold"),))


class LazyRows(Sequence[Row]):
    """Rows that are made when they come into sight, once."""

    def __init__(self, count: int, make: Callable[[int], Row]) -> None:
        self._count = count
        self._make = make
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...

    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(self._count))]
        if not -self._count <= at < self._count:
            raise IndexError(at)
        at %= self._count
        if at not in self._made:
            self._made[at] = self._make(at)
        return self._made[at]

    def __iter__(self) -> Iterator[Row]:
        return (self[n] for n in range(self._count))
