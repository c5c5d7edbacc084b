"""A page of text that scrolls without being laid out anew: lines are wrapped once, then only shown."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual, visualize

from pipetui.app.bare import Bare
from pipetui.app.board.cells import cut, width_of
from pipetui.app.kept import keeps_lines
from pipetui.language import _

WIDEST = 88
"""Cells of a line: a longer one is hard to read."""
_TELLING = ("", "$muted", "bold $primary", "$flag-high", "$flag-medium", "$good")
"""Styles that tell a theme from another one."""
_HELD = re.compile(r"(?<=\d) (?=[^\W\d_])|(?<==) | (?==)")
"""Spaces at which no line ends: between a number and its unit or month, around an equals sign."""
_GLUE = "\u2007"
_KEPT = 1_000
"""Paragraphs that are kept wrapped: most of what is said of one deal is said of others, too."""


class Paragraph(NamedTuple):
    """Text that is wrapped, all of its lines indented."""

    text: Content
    indent: int = 0
    right: str = ""
    """What stands at the end of its line; such a text is cut instead of wrapped."""
    lead: Content = Content("")
    """What stands in the indent of its first line: a label, a day, a sign."""


BLANK = Paragraph(Content(""))


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of at most `width` cells, broken between words where that can be.

    All lines of one that is indented are.
    """
    lines: list[str] = []
    for whole in text.split("\n"):
        line = whole.lstrip(" ")
        indent = " " * (len(whole) - len(line))
        if indent and len(indent) <= width // 2:
            lines += [indent + part for part in wrapped(line, width - len(indent))]
            continue
        begun = ""
        for word in (word.replace(_GLUE, " ") for word in _HELD.sub(_GLUE, line).split(" ")):
            longer = f"{begun} {word}" if begun else word
            if width_of(longer) <= width:
                begun = longer
                continue
            if begun:
                lines.append(begun)
            begun = word
            while width_of(begun) > width:
                end = 1  # at least one character a line, so that it comes to an end
                while width_of(begun[: end + 1]) <= width:
                    end += 1
                lines.append(begun[:end])
                begun = begun[end:]
        lines.append(begun)
    return lines


def lines_of(paragraphs: Iterable[Paragraph], width: int) -> int:
    """How many lines a sheet of a width shows of them."""
    return sum(1 if its.right else len(wrapped(its.text.plain, _room(width, its))) for its in paragraphs)


def _room(width: int, paragraph: Paragraph) -> int:
    return min(width, WIDEST) - paragraph.indent - 1


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow each other: the first one and how many there are."""
    for _offset, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        its = [row for _place, row in run]
        yield its[0], len(its)


@keeps_lines
class Sheet(Bare):
    """Paragraphs, from a line on. Only lines that change are painted, and sent."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paragraphs: Sequence[Paragraph] = ()
        self._about: object = None
        self._lines: list[Strip] = []
        self._tops: list[int] = []
        """The line that each paragraph begins at."""
        self._shown: list[Strip] = []
        self._offset = 0
        self._width = self._height = 0
        self._wrapped: dict[tuple[object, ...], list[Strip]] = {}
        self._styles: dict[str, Style] = {}
        self._told: tuple[Style, ...] = ()

    def show(self, paragraphs: Sequence[Paragraph], about: object = None) -> None:
        """Other text; of something else it is read from its beginning."""
        self._paragraphs = paragraphs
        if about != self._about:
            self._about, self._offset = about, 0
        self._wrap()

    def wrap_ahead(self, paragraphs: Sequence[Paragraph]) -> None:
        """Wrap what will be shown soon."""
        if self._width > 1:
            for paragraph in paragraphs:
                self._wrapped_one(paragraph)

    def scroll_lines(self, lines: int) -> None:
        """Read on, or back."""
        self._offset += lines
        self._paint()

    def scroll_on(self, steps: int) -> None:
        """Read on by half of what is in sight."""
        self.scroll_lines(steps * max(1, self._height // 2))

    def on_resize(self, event: events.Resize) -> None:
        """Wrap anew."""
        self._width, self._height = event.size
        self._forget()

    def notify_style_update(self) -> None:
        """Another theme. Textual tells so whenever a screen comes back, too, and then nothing is another."""
        super().notify_style_update()
        told = tuple(self._look_up(style) for style in _TELLING)
        if told != self._told:
            self._told = told
            self.call_next(self._forget)  # when all styles are the new ones

    def _forget(self) -> None:
        self._wrapped.clear()
        self._styles.clear()
        self._shown = []
        self._wrap()
        self.refresh()

    # Wrapping ----------------------------------------------------------------------------------------

    def _wrap(self) -> None:
        if len(self._wrapped) > _KEPT:
            self._wrapped.clear()
        self._lines, self._tops = [], []
        if self._width > 1:
            for paragraph in self._paragraphs:
                self._tops.append(len(self._lines))
                self._lines += self._wrapped_one(paragraph)
        self._paint()

    def _wrapped_one(self, paragraph: Paragraph) -> list[Strip]:
        text, lead = paragraph.text, paragraph.lead
        key = (
            *(text.plain, tuple(text.spans), paragraph.indent, paragraph.right),
            *(lead.plain, tuple(lead.spans)),
        )
        lines = self._wrapped.get(key)
        if lines is None:
            lines = self._wrap_one(paragraph)
            if lead and lines:
                lines[0] = self._led(lead, paragraph.indent, lines[0])
            self._wrapped[key] = lines
        return lines

    def _led(self, lead: Content, indent: int, line: Strip) -> Strip:
        """A line with something in its indent."""
        room = indent - 1
        if lead.cell_length > room:
            lead = Content.styled(cut(lead.plain, room), str(lead.spans[0].style) if lead.spans else "")
        parts = self._parts(lead, room) or [Segment(lead.plain, self._style(""))]
        filling = Segment(" " * (indent - lead.cell_length), self._style(""))
        return Strip([*parts, filling, *line.crop(indent, self._width)], self._width).simplify()

    def _wrap_one(self, paragraph: Paragraph) -> list[Strip]:
        text, indent = paragraph.text, paragraph.indent
        room = _room(self._width, paragraph)
        if room < 2:
            return []
        if paragraph.right:
            space = room - width_of(paragraph.right) - 2
            name = cut(text.plain, space)
            filled = name + " " * (space - width_of(name) + 2)
            style = self._style(str(text.spans[0].style) if text.spans else "")
            rest = self._line(paragraph.right, self._style(""), self._width - width_of(filled))
            return [Strip([Segment(filled, style), *rest], self._width)]
        spans = text.spans
        if not spans or (len(spans) == 1 and spans[0] == (0, len(text.plain), spans[0].style)):
            plain = self._style(str(spans[0].style) if spans else "")
            return [self._line(" " * indent + line, plain) for line in wrapped(text.plain, room)]
        if (parts := self._parts(text, room)) is not None:
            left = self._width - indent - text.cell_length
            ends = Segment(" " * indent, self._style("")), Segment(" " * left, self._style(""))
            return [Strip([ends[0], *parts, ends[1]], self._width).simplify()]
        blank = self._style("")
        lines = self._broken(text, room)
        if lines is None:
            lines = Visual.to_strips(self, visualize(self, text), room, None, self.visual_style)
        return [
            Strip([Segment(" " * indent, blank), *line]).extend_cell_length(self._width, blank).simplify()
            for line in lines
        ]

    def _broken(self, text: Content, room: int) -> Sequence[Iterable[Segment]] | None:
        """A text in several styles in lines that end where those of other texts do; `None` for odd ones."""
        found, at = [], 0
        for line in wrapped(text.plain, room):
            begin = text.plain.find(line, at)
            parts = self._parts(text[begin : begin + len(line)], room) if begin >= 0 else None
            if parts is None:
                return None
            found.append(parts)
            at = begin + len(line)
        return found

    def _parts(self, text: Content, room: int) -> list[Segment] | None:
        """A text in several styles that fits on one line; `None` for others, which Textual wraps."""
        plain, at = text.plain, 0
        if "\n" in plain or text.cell_length > room:
            return None
        parts: list[Segment] = []
        for start, end, style in sorted(text.spans, key=lambda span: span.start):
            if start < at or not isinstance(style, str):
                return None
            parts += [
                Segment(plain[at:start], self._style("")),
                Segment(plain[start:end], self._style(style)),
            ]
            at = end
        return [*parts, Segment(plain[at:], self._style(""))]

    def _line(self, text: str, style: Style, width: int | None = None) -> Strip:
        """A line in one style up to its end: fewer bytes to send."""
        width = self._width if width is None else width
        return Strip([Segment(text + " " * (width - width_of(text)), style)], width)

    def _style(self, style: str) -> Style:
        """What a style is in this theme; asked of Textual once, since that takes its time."""
        found = self._styles.get(style)
        if found is None:
            found = self._styles[style] = self._look_up(style)
        return found

    def _look_up(self, style: str) -> Style:
        strips = Visual.to_strips(self, visualize(self, Content.styled("x", style)), 1, 1, self.visual_style)
        return next(iter(strips[0])).style or Style.null()

    # Painting ----------------------------------------------------------------------------------------

    def _paint(self) -> None:
        """Paint the lines that differ from those that stand there."""
        shown = self._in_sight()
        if missing := self._height - len(shown):
            shown += [self._line("", self._style(""))] * missing
        changed = [y for y, (new, old) in enumerate(zip(shown, self._shown, strict=False)) if new != old]
        if len(shown) != len(self._shown):
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, self._width, rows) for y, rows in _runs(changed)))
        self._shown = shown

    def _in_sight(self) -> list[Strip]:
        """The lines from where one reads; that there are more is said in the last one."""
        last = max(0, len(self._lines) - self._height)
        self._offset = max(0, min(self._offset, last))
        shown = self._lines[self._offset : self._offset + self._height]
        if self._offset < last and shown:
            shown[-1] = self._line(_("↓ more: J"), self._style("$muted"))
        return shown

    def render_line(self, y: int) -> Strip:
        """One line."""
        return self._shown[y] if y < len(self._shown) else Strip.blank(self._width, self.rich_style)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Read on."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Read back."""
        event.stop()
        self.scroll_lines(-3)
