"""A list of any length, one row a line: ten thousand differences cost no more than those in sight."""

from collections.abc import Sequence
from itertools import chain
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual, visualize

BAR = "▌"


class Row(Protocol):
    """Something that stands on one line."""

    @property
    def can_rest(self) -> bool:
        """Whether the cursor stops at it; it passes headings over."""

    def paint(self, width: int) -> Content:
        """The line, in at most so many cells."""


class Lines(ScrollView, can_focus=True):
    """Rows, one of which the cursor is at: it has a bar at its left and a raised background, both."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "go(1)", show=False),
        Binding("up,k", "go(-1)", show=False),
        Binding("pagedown,ctrl+d", "page(1)", show=False),
        Binding("pageup,ctrl+u", "page(-1)", show=False),
        Binding("home,g", "ends(0)", show=False),
        Binding("end,G", "ends(-1)", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", "lines--bar"}

    class Moved(Message):
        """The cursor is at another row."""

    class Chosen(Message):
        """The row under the cursor was clicked."""

    def __init__(self, rows: Sequence[Row] = (), cursor: int = 0) -> None:
        super().__init__()
        self._rows = rows
        self._cursor = self._nearest(cursor, 1)

    def show(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """Other rows."""
        self._rows = rows
        self._cursor = self._nearest(cursor, 1)
        self._fit()
        self._look()
        self.refresh()
        self.post_message(self.Moved())

    @property
    def cursor(self) -> int:
        """The index of the row that the cursor is at."""
        return self._cursor

    @property
    def current(self) -> Row | None:
        """The row that the cursor is at; `None` if it can rest at none."""
        row = self._rows[self._cursor] if self._cursor < len(self._rows) else None
        return row if row is not None and row.can_rest else None

    def on_mount(self) -> None:
        """The size of what can be scrolled."""
        self._fit()

    def on_resize(self) -> None:
        """Rows are painted to the width."""
        self._fit()
        self._look()

    def _fit(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))

    def render_line(self, y: int) -> Strip:
        """One row."""
        index, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        style = self.visual_style
        if index >= len(self._rows) or width < 2:
            return Strip.blank(width, style.rich_style)
        row = self._rows[index]
        line = Content.assemble(" ", row.paint(width - 1))
        if index == self._cursor and row.can_rest:
            style = self.get_visual_style("lines--cursor")
            bar = Content.styled(BAR, self.get_visual_style("lines--bar", partial=True))
            line = Content.assemble(bar, line[1:])
        visual = visualize(self, line.truncate(width, ellipsis=True))
        strips = Visual.to_strips(self, visual, width, 1, style, pad=True)
        return strips[0] if strips else Strip.blank(width, style.rich_style)

    def action_go(self, step: int) -> None:
        """The next or previous row that one can rest at."""
        self._put(self._nearest(self._cursor + step, step))

    def action_page(self, pages: int) -> None:
        """A screen on or back."""
        step = pages * max(1, self.scrollable_content_region.height - 1)
        self._put(self._nearest(self._cursor + step, pages))

    def action_ends(self, end: int) -> None:
        """The first or last row."""
        self._put(self._nearest(len(self._rows) - 1 if end else 0, -1 if end else 1))

    def on_click(self, event: Click) -> None:
        """Go there; a click on the row one is at chooses it."""
        index = self.scroll_offset.y + event.y
        if 0 <= index < len(self._rows) and self._rows[index].can_rest:
            if index == self._cursor:
                self.post_message(self.Chosen())
            else:
                self._put(index)

    def go_to(self, index: int) -> None:
        """Put the cursor on the first row after a heading, which is brought to the top."""
        self._put(self._nearest(index, 1))
        height = max(1, self.scrollable_content_region.height)
        top = 0 if index == 0 else min(index, max(0, len(self._rows) - height))
        if self._cursor < top + height:
            self.scroll_to(y=top, animate=False, immediate=True)

    def _nearest(self, index: int, step: int) -> int:
        """The row from an index on, in the direction of the step, that one can rest at; else before it."""
        if not self._rows:
            return 0
        index = max(0, min(index, len(self._rows) - 1))
        way = 1 if step > 0 else -1
        onward = range(index, len(self._rows) if way > 0 else -1, way)
        backward = range(index, -1 if way > 0 else len(self._rows), -way)
        return next((at for at in chain(onward, backward) if self._rows[at].can_rest), 0)

    def _put(self, index: int) -> None:
        if index == self._cursor:
            self._look()
            return
        self._cursor = index
        self._look()
        self.refresh()
        self.post_message(self.Moved())

    def _look(self) -> None:
        """Bring the cursor into sight, with the headings above the first row."""
        first = next((at for at, row in enumerate(self._rows) if row.can_rest), 0)
        top = 0 if self._cursor <= first else self._cursor
        height = max(1, self.scrollable_content_region.height)
        offset = self.scroll_offset.y
        wanted = min(max(self._cursor - height + 1, min(offset, top)), max(0, len(self._rows) - 1))
        if wanted != offset:
            self.scroll_to(y=wanted, animate=False, immediate=True)
