"""A column of the board: header and cards, drawn line by line, only what is in sight."""

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from pipetui.app.board.cards import CardPainter, Paint, height
from pipetui.app.board.cells import ends, pad, width_of
from pipetui.app.board.view import Column
from pipetui.app.marks import letter, symbol
from pipetui.language import _, format
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import Severity

HEADER = 3
"""Rows of a column's header: name, figures, rule."""


class StageColumn(Widget):
    """Shows one `Column` of the view; which one is set from outside and may change without a new layout."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "column--title", "column--figures", "column--rule", "column--current-rule", "column--thumb",
        "card--name", "card--text", "card--muted", "card--money", "card--late",
        "card--high", "card--medium", "card--low", "card--bar", "card--cursor",
    }  # fmt: skip

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

    class Dropped(Message):
        """A card was dragged and let go at a place of the screen."""

        def __init__(self, column: "StageColumn", deal_id: int, screen_x: int) -> None:
            super().__init__()
            self.column = column
            self.deal_id = deal_id
            self.screen_x = screen_x

        @property
        def control(self) -> "StageColumn":
            """The column it was taken from."""
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

    def __init__(self) -> None:
        super().__init__()
        self.column: Column | None = None
        self.is_current = False
        self.more_left = self.more_right = False
        self._state: Pipeline | None = None
        self._zoom = 3
        self._painter: CardPainter | None = None
        self._drag: int | None = None
        self._width = self._height = 0

    # What is shown -----------------------------------------------------------------------------------

    def show(
        self, pipeline: Pipeline, column: Column | None, *, current: bool, zoom: int, more: tuple[bool, bool]
    ) -> None:
        """Show a column of the view, or nothing."""
        if pipeline is not self._state or zoom != self._zoom:
            self._painter = None
        self._state, self._zoom = pipeline, zoom
        self.column, self.is_current = column, current
        self.more_left, self.more_right = more
        if column:
            column.scroll(self.page)
        self.refresh()

    def forget_paint(self) -> None:
        """Draw everything anew: the theme or the width has changed."""
        self._painter = None
        self.refresh()

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
        if self.column.scroll(self.page):
            self.refresh(Region(0, HEADER, self._width, self._height - HEADER))
        else:
            self.refresh(self.card_region(old), self.card_region(self.column.cursor))

    def set_current(self, current: bool) -> None:
        """Show or hide the cursor; repaints the rule and one card."""
        self.is_current = current
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
        self.forget_paint()

    def render_line(self, y: int) -> Strip:
        """One row of the column."""
        width = self._width
        column, pipeline = self.column, self._state
        if column is None or pipeline is None:
            return Strip.blank(width, self.rich_style)
        if y < HEADER:
            return self._header(column, pipeline, y, width)
        painter = self._painter or self._make_painter(pipeline)
        row, line = divmod(y - HEADER, height(self._zoom))
        index = column.offset + row
        if index < len(column.deals) and line < self._zoom:
            deal = column.deals[index]
            selected = self.is_current and index == column.cursor
            strip = painter.lines(deal, pipeline.flags_of(deal), selected)[line]
        elif not column.deals and y == HEADER + 1:
            strip = Strip([Segment(pad(" " + _("no deals"), width), self._style("column--figures"))], width)
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
        return Strip.join([strip.crop(0, width - 1), Strip([Segment("▕", self._style("column--thumb"))], 1)])

    def _header(self, column: Column, pipeline: Pipeline, y: int, width: int) -> Strip:
        totals = column.totals
        if y == 0:
            flagged = f"  {symbol(Severity.HIGH)}{totals.flagged}" if totals.flagged else ""
            left, right = ends(column.title, f"{format.number(totals.count)}{flagged}", width - 2)
            start = "‹" if self.more_left else " "
            end = "›" if self.more_right else " "
            return Strip([Segment(start + left + right + end, self._style("column--title"))], width)
        if y == 1:
            return Strip(
                [Segment(pad(" " + self._figures(column, pipeline), width), self._style("column--figures"))],
                width,
            )
        rule = ("━" if self.is_current else "─") * (width - 2)
        style = self._style("column--current-rule" if self.is_current else "column--rule")
        return Strip([Segment(f" {rule} ", style)], width)

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

    def _make_painter(self, pipeline: Pipeline) -> CardPainter:
        background = Style(bgcolor=self._style("card--cursor").bgcolor)
        extra = self.get_component_styles("card--cursor").text_style

        def paint(*, cursor: bool) -> Paint:
            def style(name: str) -> Style:
                plain = self._style(f"card--{name}")
                return plain + background + extra if cursor else plain

            return Paint(
                name=style("name"),
                text=style("text"),
                muted=style("muted"),
                money=style("money"),
                bar=style("bar"),
                late=style("late"),
                flags={severity: style(severity.value) for severity in Severity},
            )

        paints = (paint(cursor=False), paint(cursor=True))
        self._painter = CardPainter(self._width, self._zoom, pipeline.today, paints, self.rich_style)
        return self._painter

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name)

    # Mouse -------------------------------------------------------------------------------------------

    def _index_at(self, y: int) -> int | None:
        if self.column is None or y < HEADER:
            return None
        index = self.column.offset + (y - HEADER) // height(self._zoom)
        return index if index < len(self.column.deals) else None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A drag may begin."""
        index = self._index_at(event.y)
        if index is not None and self.column is not None:
            self._drag = self.column.deals[index].id  # by id: the column may change meanwhile
            self.capture_mouse()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """A drag ends over another column, or it was a click."""
        deal_id, self._drag = self._drag, None
        self.release_mouse()
        if deal_id is not None and not 0 <= event.x < self._width:
            self.post_message(self.Dropped(self, deal_id, event.screen_x))

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
