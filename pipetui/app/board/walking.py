"""The cursor's way over the board: from card to card, from column to column."""

from abc import abstractmethod

from textual.screen import Screen
from textual.timer import Timer

from pipetui.app.board.columns import Columns
from pipetui.app.board.view import BoardView


class Walking(Screen[None]):
    """A screen with columns of cards and a cursor on one of them."""

    def __init__(self) -> None:
        super().__init__()
        self._view = BoardView()
        self._g_timer: Timer | None = None

    @property
    def _columns(self) -> Columns:
        return self.query_one(Columns)

    @abstractmethod
    def _show_columns(self) -> None:
        """Other columns are in sight, or other cards in them: for the place to show."""

    @abstractmethod
    def _follow(self) -> None:
        """The cursor stands on another card: for the place to follow."""

    def action_go(self, across: int, down: int) -> None:
        """To the next card or column."""
        if down and (column := self._view.column):
            self._to(column.cursor + down)
        elif across:
            self._to_column(self._view.current + across)

    def _to(self, index: int) -> None:
        column, widget = self._view.column, self._columns.current(self._view)
        if column and widget:
            old = column.cursor
            if column.to(index):
                widget.cursor_moved(old)
                self._follow()

    def _to_column(self, number: int) -> None:
        view = self._view
        number = max(0, min(number, len(view.columns) - 1))
        if number == view.current or not view.columns:
            return
        before = self._columns.current(self._view)
        view.current = number
        if view.scroll(len(self._columns.widgets)):
            self._show_columns()
        else:
            if before:
                before.set_current(False)
            if after := self._columns.current(self._view):
                after.set_current(True)
        self._follow()

    def action_page(self, pages: int) -> None:
        """A window of cards further."""
        if (column := self._view.column) and (widget := self._columns.current(self._view)):
            self._to(column.cursor + pages * widget.page)

    def action_top(self) -> None:
        """The first card, on the second `g`."""
        if self._g_timer is None:
            self._g_timer = self.set_timer(1.0, self._forget_g)
        else:
            self._forget_g()
            self._to(0)

    def _forget_g(self) -> None:
        if self._g_timer is not None:
            self._g_timer.stop()
            self._g_timer = None

    def action_bottom(self) -> None:
        """The last card."""
        if column := self._view.column:
            self._to(len(column.deals) - 1)

    def action_first_column(self) -> None:
        """The first column."""
        self._to_column(0)

    def action_last_column(self) -> None:
        """The last column."""
        self._to_column(len(self._view.columns) - 1)
