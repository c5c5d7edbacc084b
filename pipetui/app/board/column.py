"""A column of the board: header and cards, drawn line by line, only what is in sight."""

from collections.abc import Set

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pipetui.app.board.cards import height
from pipetui.app.board.cells import ends, pad, width_of
from pipetui.app.board.palette import Palette
from pipetui.app.board.view import Column
from pipetui.app.kept import keeps_lines
from pipetui.app.marks import letter, symbol
from pipetui.language import _, format
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import Severity

HEADER = 3
"""Rows of a column's header: name, figures, rule."""


@keeps_lines
class StageColumn(Widget):
    """Shows one `Column` of the view; which one is set from outside and may change without a new layout."""

    ALLOW_SELECT = False  # a drag moves a card

    class Clicked(Message):
        """A card was clicked (`index`), or the header or the empty space (`None`)."""

        def __init__(self, column: "StageColumn", index: int | None, chain: int) -> None:
            super().__init__()
            self.column = column
            self.index = index
            self.chain = chain

        @property
        def control(self) -> "StageColumn":
            """The column."""
            return self.column

    class Pressed(Message):
        """The mouse button went down on a card (`deal_id`), or beside one (`None`): a drag may begin."""

        def __init__(self, column: "StageColumn", deal_id: int | None) -> None:
            super().__init__()
            self.column = column
            self.deal_id = deal_id

        @property
        def control(self) -> "StageColumn":
            """The column."""
            return self.column

    class LetGo(Message):
        """The mouse button came up over the column, wherever it went down."""

        def __init__(self, column: "StageColumn") -> None:
            super().__init__()
            self.column = column

        @property
        def control(self) -> "StageColumn":
            """The column."""
            return self.column

    class Scrolled(Message):
        """The wheel was turned over the column, by so many cards."""

        def __init__(self, column: "StageColumn", step: int) -> None:
            super().__init__()
            self.column = column
            self.step = step

        @property
        def control(self) -> "StageColumn":
            """The column."""
            return self.column

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self.column: Column | None = None
        self.is_current = False
        self.more_left = self.more_right = False
        self._state: Pipeline | None = None
        self._seen: tuple[object, ...] | None = None
        self._marked: Set[int] = frozenset()
        self._zoom = 3
        self._width = self._height = 0

    # What is shown -----------------------------------------------------------------------------------

    def show(
        self,
        pipeline: Pipeline,
        column: Column | None,
        *,
        current: bool,
        zoom: int,
        marked: Set[int],
        more: tuple[bool, bool],
    ) -> None:
        """Show a column of the view, or nothing."""
        self._marked = marked
        is_other = pipeline is not self._state  # to compare them would be to compare every deal
        self._state, self._zoom = pipeline, zoom
        self.column, self.is_current = column, current
        self.more_left, self.more_right = more
        if column:
            column.scroll(self.page)
        seen = self._in_sight()
        if is_other or seen != self._seen:  # what a filter leaves as it was need not be sent again
            self._seen = seen
            self.refresh()

    def _in_sight(self) -> tuple[object, ...]:
        """Everything that can be seen of the column, but for colours and size."""
        column = self.column
        if column is None:
            return ()
        return (
            *(self._zoom, self.is_current, self.more_left, self.more_right),
            *(column.title, column.totals, len(column.deals), column.cursor, column.offset),
            *(shown := column.deals[column.offset : column.offset + self.page]),
            *(deal.id in self._marked for deal in shown),
        )

    @property
    def page(self) -> int:
        """Whole cards that fit."""
        return max(1, (self._height - HEADER + (self._zoom > 1)) // height(self._zoom))

    def card_region(self, index: int) -> Region:
        """Where a card stands in the widget, without the blank row below it."""
        assert self.column is not None
        top = HEADER + (index - self.column.offset) * height(self._zoom)
        return Region(0, top, self._width, self._zoom)

    def cursor_moved(self, old: int) -> None:
        """Repaint after the cursor left card `old`: two cards, or the column if it had to scroll."""
        if self.column is None:
            return
        self._seen = None
        if self.column.scroll(self.page):
            self.refresh(Region(0, HEADER, self._width, self._height - HEADER))
        else:
            self.refresh(self.card_region(old), self.card_region(self.column.cursor))

    def set_current(self, current: bool) -> None:
        """Show or hide the cursor; repaints the rule and one card."""
        self.is_current, self._seen = current, None
        if self.column is not None:
            rule = Region(0, HEADER - 1, self._width, 1)
            self.refresh(rule, *([self.card_region(self.column.cursor)] if self.column.deals else []))

    # Drawing -----------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Another width, other cards."""
        # Kept, because asking Textual for the size costs more than drawing a line.
        self._width, self._height = event.size
        if self.column:
            self.column.scroll(self.page)
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Rows of the column as they were painted: it has no box that Textual would have to put around each.

        So a card keeps its strips, and with them what Textual has worked out to send them.
        """
        background, filters = self.background_colors[1], self.get_line_filters()
        strips = [self.render_line(y) for y in crop.line_range]
        for line_filter in filters:
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if any(strip.cell_length != crop.width for strip in strips):  # resized, but not told so yet
            strips = [strip.crop_extend(crop.x, crop.right, self.rich_style) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One row of the column."""
        width = self._width
        column, pipeline = self.column, self._state
        if column is None or pipeline is None:
            return self._palette.blank(width)
        if y < HEADER:
            return self._header(column, pipeline, y, width)
        painter = self._palette.painter(width, self._zoom, pipeline.today)
        row, line = divmod(y - HEADER, height(self._zoom))
        index = column.offset + row
        if index < len(column.deals) and line < self._zoom:
            deal = column.deals[index]
            selected = self.is_current and index == column.cursor
            flags, marked = pipeline.flags_of(deal), deal.id in self._marked
            strip = painter.lines(deal, flags, selected=selected, marked=marked)[line]
        elif not column.deals and y == HEADER + 1:
            strip = Strip(
                [Segment(pad(" " + _("no deals"), width), self._palette.style("column--figures"))], width
            )
        else:
            strip = painter.blank
        return self._with_thumb(strip, column, y, width)

    def _with_thumb(self, strip: Strip, column: Column, y: int, width: int) -> Strip:
        """The scroll thumb in the last cell, only where the column is longer than its window."""
        rows = self._height - HEADER
        total = len(column.deals)
        if total <= self.page or rows < 2:
            return strip
        long = max(1, rows * self.page // total)
        top = (rows - long) * column.offset // max(1, total - self.page)
        if not top <= y - HEADER < top + long:
            return strip
        return Strip.join(
            [strip.crop(0, width - 1), Strip([Segment("▕", self._palette.style("column--thumb"))], 1)]
        )

    def _header(self, column: Column, pipeline: Pipeline, y: int, width: int) -> Strip:
        totals = column.totals
        if y == 0:
            flagged = f" {symbol(Severity.HIGH)}{totals.flagged}" if totals.flagged else ""
            left, right = ends(column.title, f"{format.number(totals.count)}{flagged}", width - 2)
            start = "‹" if self.more_left else " "
            end = "›" if self.more_right else " "
            return self._line(start + left + right + end, "column--title")
        if y == 1:
            return self._line(" " + self._figures(column, pipeline), "column--figures")
        rule = ("━" if self.is_current else "─") * (width - 2)
        return self._line(f" {rule}", "column--current-rule" if self.is_current else "column--rule")

    def _line(self, text: str, component: str) -> Strip:
        return Strip([Segment(pad(text, self._width), self._palette.style(component))], self._width)

    def _figures(self, column: Column, pipeline: Pipeline) -> str:
        totals = column.totals
        text = format.short_money(totals.amount, pipeline.currency)
        if column.stage.kind == "open":
            weighted = format.short_money(totals.weighted, pipeline.currency)
            text = self._with(text, _("wtd %(amount)s") % {"amount": weighted})
        if totals.unpriced:
            mark = f"{symbol(Severity.LOW)}{letter('unpriced')}{totals.unpriced}"
            text = self._with(text, _("%(n)d unpriced") % {"n": totals.unpriced}, mark)
        if totals.other_currencies:
            text = self._with(text, "+ " + ", ".join(sorted(totals.other_currencies)), "+")
        return text

    def _with(self, text: str, *more: str) -> str:
        """The text with the first of some ways to say more that fits."""
        for part in more:
            if width_of(text) + width_of(part) + 2 <= self._width - 2:
                return f"{text}  {part}"
        return text

    # Mouse -------------------------------------------------------------------------------------------

    def _index_at(self, y: int) -> int | None:
        if self.column is None or y < HEADER:
            return None
        index = self.column.offset + (y - HEADER) // height(self._zoom)
        return index if index < len(self.column.deals) else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A drag may begin. The mouse is not captured: a whole drag may arrive before this is handled."""
        index = self._index_at(event.y)
        deal = self.column.deals[index] if self.column and index is not None else None
        self.post_message(self.Pressed(self, deal.id if deal else None))

    def on_mouse_up(self) -> None:
        """A drag may end here."""
        self.post_message(self.LetGo(self))

    def on_click(self, event: events.Click) -> None:
        """A card is chosen; twice opens it."""
        self.post_message(self.Clicked(self, self._index_at(event.y), event.chain))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the window of this column."""
        event.stop()
        self.post_message(self.Scrolled(self, 1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the window of this column."""
        event.stop()
        self.post_message(self.Scrolled(self, -1))
