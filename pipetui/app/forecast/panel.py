"""A panel of lines with a cursor. Only lines that change are painted, and sent."""

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.visual import Visual, visualize

from pipetui.app.bare import Bare
from pipetui.app.board.cells import width_of
from pipetui.app.forecast.rows import BLANK, Build, LazyRows, Row
from pipetui.app.kept import keeps_lines

BAR = "▌"
THUMB = "▕"


@keeps_lines
class Panel(Bare):
    """Shows rows from one on; the row under the cursor has a bar and another background."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"panel--cursor", "panel--bar", "panel--thumb", "panel--muted"}  # noqa: RUF012 - Textual's own way

    class Picked(Message):
        """A row was clicked."""

        def __init__(self, panel: "Panel", at: int, chain: int) -> None:
            super().__init__()
            self.panel = panel
            self.at = at
            self.chain = chain

    class Wheeled(Message):
        """The wheel was turned over the panel, by so many rows."""

        def __init__(self, panel: "Panel", step: int) -> None:
            super().__init__()
            self.panel = panel
            self.step = step

    def __init__(self, *, id: str | None = None, with_cursor: bool = True) -> None:
        """`with_cursor`: the first cell of each row is its bar's."""
        super().__init__(id=id)
        self._margin = int(with_cursor)
        self._build: Build = lambda _width: ()
        self.rows: Sequence[Row] = ()
        self._key = ""
        """Of the row that the cursor is to be on, once there is one; "" where it is told by its number."""
        self._cursor: int | None = None
        self._offset = 0
        self._width = self._height = 0
        self._styles: dict[str, Style] = {}
        self._shown: list[Strip] = []
        self._theme = ""

    def show(self, build: Build, key: str | None = None) -> None:
        """Other rows; the cursor on the one of a key, if it is here."""
        self._build = build
        self.rows = build(self._width - self._margin) if self._width > 1 else ()
        if key is not None:
            self._to(key)
        self._paint()

    def point(self, key: str | None) -> None:
        """The cursor on another row, or on none."""
        self._to(key)
        self._paint()

    def point_at(self, at: int | None) -> None:
        """The cursor on a row by its number."""
        self._key, self._cursor = "", at
        self._paint()

    def _to(self, key: str | None) -> None:
        self._key = key or ""
        self._cursor = next((at for at, row in enumerate(self.rows) if row.key == key), None) if key else None

    @property
    def page(self) -> int:
        """Rows in sight."""
        return max(1, self._height)

    # Drawing -----------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Another width is other rows."""
        before, (self._width, self._height) = self._width, event.size
        self._shown = []
        if before != self._width:
            self.rows = self._build(self._width - self._margin) if self._width > 1 else ()
            if self._key:
                self._to(self._key)
        self._paint()
        self.refresh()

    def notify_style_update(self) -> None:
        """Another theme. Textual tells so whenever a screen comes back, too, and then nothing is another."""
        super().notify_style_update()
        if self._theme != self.app.theme:
            self._theme = self.app.theme
            self._styles.clear()
            self._shown = []
            self._paint()
            self.refresh()

    def _paint(self) -> None:
        if self._width < 2 or not self.is_attached:
            return
        self._scroll()
        self._offset = max(0, min(self._offset, len(self.rows) - self._height))
        shown = [self._line(self._offset + y, y) for y in range(self._height)]
        if (staying := self._staying()) is not None and shown:
            shown[0] = self._line(staying, 0)
        if len(shown) != len(self._shown):
            self.refresh()
        else:
            changed = [y for y, pair in enumerate(zip(shown, self._shown, strict=True)) if pair[0] != pair[1]]
            if changed:
                self.refresh(*(Region(0, y, self._width, 1) for y in changed))
        self._shown = shown

    def _scroll(self) -> None:
        """Bring the cursor into sight; of the first row that it can be on, what stands above, too."""
        at = self._cursor
        if at is None:
            self._offset = 0
            return
        top = at
        while top and at - top < min(2, self._height - 1) and not self.rows[top - 1].key:
            top -= 1
        self._offset = min(top, max(at - self._height + 1, self._offset))
        if at == self._offset and self._staying() is not None:
            self._offset -= 1  # not below the row that stays

    def _staying(self) -> int | None:
        """The row that stands on top although it is further up; only a panel with few rows has one."""
        if not self._offset or isinstance(self.rows, LazyRows):
            return None
        return next((at for at in range(self._offset - 1, -1, -1) if self.rows[at].stays), None)

    def _line(self, at: int, y: int) -> Strip:
        row = self.rows[at] if at < len(self.rows) else BLANK
        here = at == self._cursor
        bar = Segment(BAR if here else " ", self._style(".panel--bar" if here else "", here=here))
        segments, room = [bar] * self._margin, self._width - self._margin
        reverses = here and bool(self.get_component_styles("panel--cursor").text_style.reverse)
        for text, style, keeps in row.parts:
            segments.append(Segment(text, self._style(style, here=here and not (keeps and reverses))))
            room -= width_of(text)
        segments.append(Segment(" " * max(0, room), self._style("", here=here)))
        strip = Strip(segments).adjust_cell_length(self._width, self._style("")).simplify()
        return self._with_thumb(strip, y)

    def _with_thumb(self, strip: Strip, y: int) -> Strip:
        total, page = len(self.rows), self._height
        if total <= page or page < 2:
            return strip
        long = max(1, page * page // total)
        top = (page - long) * self._offset // max(1, total - page)
        if not top <= y < top + long:
            return strip
        return Strip.join(
            [strip.crop(0, self._width - 1), Strip([Segment(THUMB, self._style(".panel--thumb"))], 1)]
        )

    def _style(self, name: str, *, here: bool = False) -> Style:
        """What a style is in this theme, under the cursor or not; a component's begins with a full stop."""
        key = f"{name}|{here}"
        found = self._styles.get(key)
        if found is None:
            if name.startswith("."):
                found = self.get_component_rich_style(name[1:])
            else:
                content = visualize(self, Content.styled("x", name))
                strips = Visual.to_strips(self, content, 1, 1, self.visual_style)
                found = next(iter(strips[0])).style or Style.null()
            if here:
                cursor = self.get_component_rich_style("panel--cursor")
                extra = self.get_component_styles("panel--cursor").text_style
                background = Style(bgcolor=cursor.bgcolor)
                found = Style(bold=found.bold) + extra if extra.reverse else found + background + extra
            self._styles[key] = found
        return found

    def render_line(self, y: int) -> Strip:
        """One line."""
        return self._shown[y] if y < len(self._shown) else Strip.blank(self._width, self.rich_style)

    # Mouse -------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Go to a row; twice opens it."""
        at = self._offset + event.y
        if at < len(self.rows) and self.rows[at].key:
            self.post_message(self.Picked(self, at, event.chain))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Further down."""
        event.stop()
        self.post_message(self.Wheeled(self, 1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Further up."""
        event.stop()
        self.post_message(self.Wheeled(self, -1))
