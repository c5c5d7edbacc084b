"""The queue, line by line: what is wrong as a heading, below it the deals. Only what is in sight is drawn."""

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from pipetui.app.bare import Bare
from pipetui.app.board.cells import cut, ends, pad, width_of
from pipetui.app.kept import keeps_lines
from pipetui.app.marks import symbol, title
from pipetui.cleanup.queue import EMPTY, LATER, MISSING, Group, Queue
from pipetui.deals.deal import Deal
from pipetui.language import _, format
from pipetui.signals.flag import SEVERITIES

BAR = "▌"
THUMB = "▕"
ROOMY = 60
"""Cells from which on account and owner stand behind a name."""
Row = Group | Deal | None
"""A heading, a deal, or a blank line."""


def heading(what: str) -> str:
    """What is wrong with a group of deals, with the sign of how bad that is."""
    if what == MISSING:
        return _("? not in the export")
    if what == LATER:
        return _("… later")
    return f"{symbol(SEVERITIES[what])} {title(what)}"


@keeps_lines
class QueueList(Bare):
    """Shows a `Queue` and where one is in it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {  # noqa: RUF012 - Textual's own way
        "queue--deal", "queue--amount", "queue--figures", "queue--cursor", "queue--bar", "queue--thumb",
        "queue--high", "queue--medium", "queue--low", "queue--other",
    }  # fmt: skip

    class Picked(Message):
        """A deal was clicked."""

        def __init__(self, deal_id: int, chain: int) -> None:
            super().__init__()
            self.deal_id = deal_id
            self.chain = chain

    class Wheeled(Message):
        """The wheel was turned over the list, by so many deals."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._row_of: dict[int, int] = {}
        self._queue = EMPTY
        self._currency = ""
        self._cursor: int | None = None
        self._offset = 0
        self._width = self._height = 0
        self._styles: dict[str, Style] = {}
        self._painted: dict[int, Strip] = {}
        """Deal id → its line without the cursor; a window that moves by a line shows most of them again."""

    def show(self, queue: Queue, deal_id: int | None, currency: str) -> None:
        """Another queue, or the same one with the cursor at another deal."""
        if queue is not self._queue or currency != self._currency:
            self._queue, self._currency = queue, currency
            self._painted.clear()
            self._rows = []
            for group in queue.groups:
                self._rows += [None, group] if self._rows else [group]
                self._rows += group.deals
            self._row_of = {row.id: at for at, row in enumerate(self._rows) if isinstance(row, Deal)}
            self._cursor = self._row(deal_id)
            self._scroll()
            self.refresh()
            return
        before, self._cursor = self._cursor, self._row(deal_id)
        if before == self._cursor:
            return
        if self._scroll():
            self.refresh()
        else:
            rows = [row for row in (before, self._cursor) if row is not None]
            self.refresh(*(Region(0, row - self._offset, self._width, 1) for row in rows))

    def _row(self, deal_id: int | None) -> int | None:
        return None if deal_id is None else self._row_of.get(deal_id)

    @property
    def page(self) -> int:
        """Lines in sight."""
        return max(1, self._height)

    def _scroll(self) -> bool:
        """Bring the cursor into sight, with the heading above a first deal; whether the window moved.

        After a leap it stands in the upper part, with what follows in sight.
        """
        row, page = self._cursor or 0, self.page
        top = row - 1 if row and isinstance(self._rows[row - 1], Group) else row
        offset = min(top, max(row - page + 1, self._offset))
        if abs(offset - self._offset) > 2:
            offset = top - page // 4
        offset = max(0, min(offset, len(self._rows) - page))
        moved, self._offset = offset != self._offset, offset
        return moved

    # Drawing -----------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """More or fewer lines."""
        self._width, self._height = event.size
        self._painted.clear()
        self._scroll()
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme."""
        self._styles.clear()
        self._painted.clear()
        super().notify_style_update()

    def _style(self, name: str, *, cursor: bool = False) -> Style:
        key = f"{name} cursor" if cursor else name
        style = self._styles.get(key)
        if style is None:
            style = self.get_component_rich_style(f"queue--{name}")
            if cursor:
                extra = self.get_component_styles("queue--cursor").text_style
                background = Style(bgcolor=self.get_component_rich_style("queue--cursor").bgcolor)
                style = Style(bold=style.bold) + extra if extra.reverse else style + background + extra
            self._styles[key] = style
        return style

    def render_line(self, y: int) -> Strip:
        """One row."""
        at, width = self._offset + y, self._width
        row = self._rows[at] if at < len(self._rows) else None
        if width < 4 or row is None:
            strip = Strip([Segment(" " * width, self._style("deal"))], max(0, width))
        elif isinstance(row, Group):
            strip = self._heading(row, width)
        else:
            strip = self._deal(row, width, cursor=True) if at == self._cursor else self._plain(row, width)
        return self._with_thumb(strip, y)

    def _heading(self, group: Group, width: int) -> Strip:
        name = SEVERITIES[group.what].value if group.what in SEVERITIES else "other"
        amount = format.short_money(group.amount, self._currency)
        figures = f"{format.number(len(group.deals))} · {amount}  "
        text = cut(f" {heading(group.what)}", width - width_of(figures) - 1)
        filling = " " * (width - width_of(text) - width_of(figures))
        return Strip(
            [Segment(text + filling, self._style(name)), Segment(figures, self._style("figures"))], width
        )

    def _plain(self, deal: Deal, width: int) -> Strip:
        strip = self._painted.get(deal.id)
        if strip is None:
            strip = self._painted[deal.id] = self._deal(deal, width, cursor=False)
        return strip

    def _deal(self, deal: Deal, width: int, *, cursor: bool) -> Strip:
        amount = "" if deal.amount is None else format.short_money(deal.amount, deal.currency)
        room = width - 4
        who = " · ".join(part for part in (deal.account, deal.owner) if part) if width >= ROOMY else ""
        name, amount = ends(cut(deal.name, room * 2 // 3) if who else deal.name, amount, room, gap=2)
        if who:
            begun = f"{name.rstrip()}  "
            who = pad(who, max(0, width_of(name) - width_of(begun) - 2)) + "  "
            name = begun
        parts = [
            Segment(BAR if cursor else " ", self._style("bar" if cursor else "deal", cursor=cursor)),
            Segment(f" {name}", self._style("deal", cursor=cursor)),
            *([Segment(who, self._style("figures", cursor=cursor))] if who else []),
            Segment(f"{amount}  ", self._style("amount", cursor=cursor)),
        ]
        return Strip(parts, width)

    def _with_thumb(self, strip: Strip, y: int) -> Strip:
        total, page = len(self._rows), self.page
        if total <= page or page < 2:
            return strip
        long = max(1, page * page // total)
        top = (page - long) * self._offset // max(1, total - page)
        if not top <= y < top + long:
            return strip
        width = self._width
        return Strip.join([strip.crop(0, width - 1), Strip([Segment(THUMB, self._style("thumb"))], 1)])

    # Mouse -------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Go to a deal; twice opens it."""
        at = self._offset + event.y
        row = self._rows[at] if at < len(self._rows) else None
        if isinstance(row, Deal):
            self.post_message(self.Picked(row.id, event.chain))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The next deal."""
        event.stop()
        self.post_message(self.Wheeled(1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The deal before."""
        event.stop()
        self.post_message(self.Wheeled(-1))
