"""Texts in a row, such as keys or counts: a line ends between two of them and not within one."""

from collections.abc import Iterable

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from pipetui.app.sheet import wrapped

SEPARATOR = " · "


def _broken(part: Content, width: int) -> list[Content]:
    """The lines of a text. Textual itself would also break it at no-break spaces, before a French »."""
    lines, begin = [], 0
    for line in wrapped(part.plain, width):
        lines.append(part[begin : begin + len(line)])
        begin += len(line)
        begin += part.plain[begin : begin + 1] in (" ", "\n")
    return lines


class Flow(Visual):
    """Texts with a dot between them. One that is longer than a line is wrapped within."""

    def __init__(self, parts: Iterable[Content]) -> None:
        self._parts = [part for part in parts if part]

    @classmethod
    def of(cls, text: str, style: str = "") -> "Flow":
        """A text with such dots in it."""
        return cls(Content.styled(part, style) for part in text.split(SEPARATOR))

    def _flowing(self, width: int) -> Content:
        lines: list[Content] = []
        for part in self._parts:
            longer = Content.assemble(lines[-1], SEPARATOR, part) if lines else part
            if longer.cell_length <= width:
                lines[-1:] = [longer]
            else:
                lines += _broken(part, width)
        return Content("\n").join(lines)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines."""
        return self._flowing(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's
        """What all of it takes on one line."""
        return Content(SEPARATOR).join(self._parts).cell_length

    def get_height(self, rules: RulesMap, width: int) -> int:
        """How many lines it takes."""
        return self._flowing(width).get_height(rules, width)
