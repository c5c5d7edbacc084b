"""Rows of lists: headings, sentences, and cells in columns."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from pipetui.app.board.cells import cut, pad, width_of


class Heading(NamedTuple):
    """A line above others."""

    text: str
    can_rest: bool = False

    def paint(self, width: int) -> Content:
        """The text, bold."""
        return Content.styled(cut(self.text, width), "bold")


class Sentence(NamedTuple):
    """A text that may be longer than its line; the detail below the list has all of it."""

    text: str
    sign: str = ""
    style: str = ""
    """Of the sign."""
    can_rest: bool = True

    @property
    def detail(self) -> str:
        """All of it."""
        return self.text

    def paint(self, width: int) -> Content:
        """Sign and text."""
        sign = f"{self.sign} " if self.sign else ""
        return Content.assemble(Content.styled(sign, self.style), cut(self.text, width - width_of(sign)))


BLANK = Heading("")


class Cell(NamedTuple):
    """A text in a column."""

    text: str
    width: int
    style: str = ""
    right: bool = False


def line_of(cells: Sequence[Cell], width: int, gap: int = 2) -> Content:
    """Cells side by side, each cut or padded to its width; the last one takes what is left."""
    parts: list[Content | str] = []
    room = width
    for number, cell in enumerate(cells):
        wide = room if number == len(cells) - 1 else min(cell.width, room)
        if wide <= 0:
            break
        text = cut(cell.text, wide)
        filled = " " * (wide - width_of(text)) + text if cell.right else pad(text, wide)
        parts.append(Content.styled(filled, cell.style) if cell.style else filled)
        room -= wide + gap
        if room > 0:
            parts.append(" " * gap)
    return Content.assemble(*parts)
