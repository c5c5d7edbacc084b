"""The cursor of the deal view: over its rows, from section to section, from column to column."""

from abc import abstractmethod

from textual import on
from textual.screen import Screen

from pipetui.app.deal.page import Page
from pipetui.app.deal.rows import Key


class Pointing(Screen[int]):
    """A screen with up to three columns of rows and a cursor on one of them."""

    def __init__(self) -> None:
        super().__init__()
        self._cursor: Key | None = None
        self._columns = 0
        self._pages = [Page(id="first"), Page(id="second"), Page(id="third")]

    @abstractmethod
    def action_edit(self) -> None:
        """What a double click does on a row."""

    @property
    def _shown_pages(self) -> list[Page]:
        return self._pages[: self._columns]

    @property
    def _page(self) -> Page:
        """The column that the cursor stands in."""
        found = (page for page in self._shown_pages if self._cursor in page.keys)
        return next(found, self._pages[0])

    def _point(self, key: Key | None) -> None:
        """The cursor to a row; to what stands in its place, if it is gone."""
        pages = self._shown_pages
        if not any(key in page.keys for page in pages):
            key = self._instead(key)
        self._cursor = key
        for page in pages:
            page.point(key if key in page.keys else None)

    def _instead(self, key: Key | None) -> Key | None:
        """The first row of the section that a row was in, or of all."""
        keys = [its for page in self._shown_pages for its in page.keys]
        same = [its for its in keys if key is not None and its[0] == key[0]]
        return next(iter(same or keys), None)

    def action_go(self, step: int) -> None:
        """The next or previous row of the column."""
        keys = self._page.keys
        if self._cursor in keys:
            at = keys.index(self._cursor)
            self._point(keys[max(0, min(len(keys) - 1, at + step))])

    def action_side(self, step: int) -> None:
        """The column beside, at the same height."""
        pages = self._shown_pages
        here = self._page
        at = pages.index(here) + step
        if 0 <= at < len(pages) and (key := pages[at].nearest(here.cursor_y)) is not None:
            self._point(key)

    def action_section(self, step: int) -> None:
        """The next section, or the one before; the other column after the last one."""
        firsts = [key for page in self._shown_pages for key in page.firsts]
        keys = [key for page in self._shown_pages for key in page.keys]
        if not firsts or self._cursor not in keys:
            return
        here = keys.index(self._cursor)
        at = max((n for n, key in enumerate(firsts) if keys.index(key) <= here), default=0)
        self._point(firsts[(at + step) % len(firsts)])

    def action_ends(self, end: int) -> None:
        """The first or the last row of the column."""
        if keys := self._page.keys:
            self._point(keys[end])

    def action_page(self, pages: int) -> None:
        """All columns a page on, or back."""
        for page in self._shown_pages:
            page.turn(pages)
        self._cursor = self._page_cursor

    @property
    def _page_cursor(self) -> Key | None:
        return next((page.cursor for page in self._shown_pages if page.cursor is not None), None)

    @on(Page.Picked)
    def _picked(self, event: Page.Picked) -> None:
        event.stop()
        self._point(event.key)
        if event.chain > 1:
            self.action_edit()
