"""A field that the CRM has otherwise, on one line: deal, field, one side's value, the other's."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from pipetui.app.importing.changed_rows import WIDE
from pipetui.app.importing.rows import Cell, line_of


class SidesHeading(NamedTuple):
    """What stands in which column."""

    texts: Sequence[str]
    can_rest: bool = False

    def paint(self, width: int) -> Content:
        """The heads of the columns."""
        return _line(self.texts, ("bold",) * 4, width)


def sides_line(name: str, field: str, one: str, other: str, width: int) -> Content:
    """Deal and field, then a value of each side."""
    return _line((name, field, one, other), ("bold", "$muted", "", ""), width)


def _line(texts: Sequence[str], styles: Sequence[str], width: int) -> Content:
    named, what = (24, 17) if width < WIDE else (36, 22)
    wides = (named, what, (width - named - what - 6) // 2, 0)
    return line_of([Cell(*its) for its in zip(texts, wides, styles, strict=True)], width)
