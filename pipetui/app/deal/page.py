"""A column of the deal view: sections of rows, one of them under the cursor. Painted line by line."""

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from pipetui.app.board.cells import cut, width_of
from pipetui.app.deal.rows import Key, Row, Section, flowing
from pipetui.app.dialogs.dialog import Anchor
from pipetui.app.kept import keeps_lines
from pipetui.app.sheet import Paragraph, Sheet

BAR = "▌"
THUMB = "▕"


@keeps_lines
class Page(Sheet):
    """Sections of a deal. The row under the cursor has a bar and is raised, all of its lines."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"page--cursor", "page--bar", "page--thumb"}  # noqa: RUF012 - Textual's own way

    class Picked(Message):
        """A row was clicked."""

        def __init__(self, page: "Page", key: Key, chain: int) -> None:
            super().__init__()
            self.page = page
            self.key = key
            self.chain = chain

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._sections: Sequence[Section] = ()
        self._rows: list[Row] = []
        self._starts: list[int] = []
        """The paragraph that each row begins with."""
        self._headed: dict[int, Section] = {}
        """Row → the section that it is the heading of."""
        self._places: dict[Key, int] = {}
        """Key → row."""
        self._cursor: Key | None = None
        self._lifted = 0
        """Lines below the end that may be in sight, so that something fits below a row."""

    # What it holds -----------------------------------------------------------------------------------

    def hold(self, sections: Sequence[Section], about: object) -> None:
        """Other sections; of another deal they are read from the beginning."""
        self._sections = sections
        found = flowing(sections)
        self._rows = [its for _section, its in found]
        self._headed = {at: section for at, (section, _row) in enumerate(found) if section is not None}
        self._places = {its.key: at for at, its in enumerate(self._rows) if its.key is not None}
        paragraphs: list[Paragraph] = []
        self._starts = []
        for its in self._rows:
            self._starts.append(len(paragraphs))
            paragraphs += its.paragraphs
        self.show(paragraphs, about)

    @property
    def keys(self) -> list[Key]:
        """What the cursor can stand on, from top to bottom."""
        return list(self._places)

    @property
    def cursor(self) -> Key | None:
        """Where the cursor stands; `None` while it is in another column."""
        return self._cursor

    def row(self, key: Key) -> Row | None:
        """The row of a key."""
        at = self._places.get(key)
        return None if at is None else self._rows[at]

    @property
    def firsts(self) -> list[Key]:
        """The first key of each section that has one."""
        return [
            keys[0] for section in self._sections if (keys := [its.key for its in section.rows if its.key])
        ]

    # The cursor --------------------------------------------------------------------------------------

    def point(self, key: Key | None, *, follow: bool = True) -> None:
        """Set the cursor on a row, bring it into sight; `None`: it went to another column."""
        self._cursor = key
        if follow:
            self._follow()
        self._paint()

    def _follow(self) -> None:
        if self._cursor is None or self._cursor not in self._places or not self._tops:
            return
        top, bottom = self._span(self._cursor)
        at = self._places[self._cursor]
        if at <= 1 or self._cursor == next(iter(self._places)):
            top = 0  # with the heading
        elif at - 1 in self._headed:
            top -= 1
        if self._cursor == next(reversed(self._places)):
            bottom = len(self._lines)
        bottom = min(bottom, top + self._height)
        self._offset = min(top, max(bottom - self._height, self._offset))

    def _span(self, key: Key) -> tuple[int, int]:
        """The lines of a row: the first one, and the one after the last."""
        at = self._places[key]
        end = at + 1
        top = self._tops[self._starts[at]]
        return top, self._tops[self._starts[end]] if end < len(self._starts) else len(self._lines)

    def turn(self, pages: int) -> None:
        """A page on, or back, with the cursor on the first row then in sight; at the end on the last one."""
        before = self._offset
        self._offset += pages * max(1, self._height - 2)
        self._settle()
        if self._cursor is not None and self._places:
            if before == self._offset:
                self._cursor = self.keys[-1 if pages > 0 else 0]
            else:
                self._cursor = next(
                    (key for key in self._places if self._span(key)[0] >= self._offset), self.keys[-1]
                )
        self._paint()

    def nearest(self, y: int) -> Key | None:
        """The row closest to a line on the screen."""
        line = y + self._offset
        found = None
        for key in self._places:
            if found is None or self._span(key)[0] <= line:
                found = key
        return found

    @property
    def cursor_y(self) -> int:
        """The line of the page on which the row under the cursor begins."""
        return self._span(self._cursor)[0] - self._offset if self._cursor in self._places else 0

    def line_of(self, key: Key) -> Anchor | None:
        """Where the row of a key stands on the screen, to be edited there; `None` if it is gone."""
        its = self.row(key)
        if its is None or not self._tops:
            return None
        region = self.content_region
        y = region.y + self._span(key)[0] - self._offset
        return Anchor(region.x + 1, y, region.width - 1, its.label, its.indent)

    def lift(self, key: Key, lines: int) -> None:
        """Have so many lines below the first one of a row in sight, and be it blank ones."""
        top = self._span(key)[0]
        self._lifted = max(0, min(top, top + lines + 1 - self._height) - self._last)
        self._offset = max(self._offset, min(top, top + lines + 1 - self._height))
        self._paint()

    def lower(self) -> None:
        """No blank lines below the end any more."""
        if self._lifted:
            self._lifted = 0
            self._paint()

    # Painting ----------------------------------------------------------------------------------------

    def _wrap(self) -> None:
        super()._wrap()
        if self._cursor is not None:
            self._follow()
            self._paint()

    @property
    def _last(self) -> int:
        return max(0, len(self._lines) - self._height)

    def _settle(self) -> None:
        self._offset = max(0, min(self._offset, self._last + self._lifted))

    def _in_sight(self) -> list[Strip]:
        self._settle()
        offset = self._offset
        shown = self._lines[offset : offset + self._height]
        if self._cursor is not None and self._cursor in self._places and self._tops:
            top, bottom = self._span(self._cursor)
            for y in range(max(0, top - offset), min(len(shown), bottom - offset)):
                shown[y] = self._raised(shown[y])
            self._hint(shown)
        self._thumb(shown)
        return shown

    def _hint(self, shown: list[Strip]) -> None:
        """What the keys do in the section of the cursor, behind its heading."""
        at = self._places[self._cursor] if self._cursor else 0
        heads = [row for row in self._headed if row < at]
        if not heads or not (hint := self._headed[heads[-1]].hint):
            return
        y = self._tops[self._starts[heads[-1]]] - self._offset
        if 0 <= y < len(shown):
            begun = width_of(shown[y].text.rstrip())
            text = cut(f"   {hint}", self._width - begun - 1)
            rest = self._line(text, self._style("$muted"), self._width - begun)
            shown[y] = Strip.join([shown[y].crop(0, begun), rest])

    def _raised(self, strip: Strip) -> Strip:
        name = "page--cursor"
        extra = self._style_of(name, "extra", lambda: self.get_component_styles(name).text_style)
        bar = self._style_of("page--bar", "", lambda: self.get_component_rich_style("page--bar"))
        background = self._style_of(
            name, "background", lambda: Style(bgcolor=self.get_component_rich_style(name).bgcolor)
        )

        def raised(style: Style | None) -> Style:
            if extra.reverse:  # colours would become blocks of colour behind the text
                return Style(bold=style.bold if style else None) + extra
            return (style or Style.null()) + background + extra

        parts = [Segment(part.text, raised(part.style)) for part in strip.crop(1, self._width - 1)]
        return Strip([Segment(BAR, raised(bar)), *parts, *strip.crop(self._width - 1)], self._width)

    def _style_of(self, name: str, what: str, asked: Callable[[], Style]) -> Style:
        key = f"{name} {what}"
        if key not in self._styles:
            self._styles[key] = asked()
        return self._styles[key]

    def _thumb(self, shown: list[Strip]) -> None:
        total, height = len(self._lines), self._height
        if total <= height or height < 2:
            return
        long = max(1, height * height // total)
        top = (height - long) * min(self._offset, self._last) // max(1, self._last)
        style = self._style_of("page--thumb", "", lambda: self.get_component_rich_style("page--thumb"))
        for y in range(top, min(len(shown), top + long)):
            shown[y] = Strip.join([shown[y].crop(0, self._width - 1), Strip([Segment(THUMB, style)], 1)])

    # Mouse -------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Go to a row; twice edits it."""
        line = event.y + self._offset
        for key in self._places:
            top, bottom = self._span(key)
            if top <= line < bottom:
                self.post_message(self.Picked(self, key, event.chain))
