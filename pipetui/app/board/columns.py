"""The columns in sight, side by side: never more widgets than there is room for."""

from textual.app import ComposeResult
from textual.containers import Horizontal

from pipetui.app.board.column import StageColumn
from pipetui.app.board.view import BoardView
from pipetui.pipeline.pipeline import Pipeline

LEAST_WIDTH = 22
"""Cells that a column needs to be read well. The most it takes stands in the style sheet."""


def fitting(room: int) -> int:
    """How many columns find room in so many cells; at least one."""
    return max(1, room // LEAST_WIDTH)


class Columns(Horizontal):
    """A window on the board's columns. Going sideways gives the widgets other columns, it moves none."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.widgets = [StageColumn() for _number in range(count)]

    def compose(self) -> ComposeResult:
        """Empty columns, which the first data will fill."""
        yield from self.widgets

    def fit(self, count: int) -> None:
        """Have so many widgets."""
        if count > len(self.widgets):
            new = [StageColumn() for _number in range(count - len(self.widgets))]
            self.widgets += new
            self.mount_all(new)
        for widget in self.widgets[count:]:
            widget.remove()
        del self.widgets[count:]

    def show(self, pipeline: Pipeline, view: BoardView, zoom: int) -> None:
        """Show the part of the view that its current column is in."""
        count = len(self.widgets)
        view.scroll(count)
        for place, widget in enumerate(self.widgets):
            number = view.first + place
            column = view.columns[number] if number < len(view.columns) else None
            more_right = place == count - 1 and number + 1 < len(view.columns)
            widget.show(
                pipeline,
                column,
                current=number == view.current,
                zoom=zoom,
                more=(place == 0 and view.first > 0, more_right),
            )

    def current(self, view: BoardView) -> StageColumn | None:
        """The widget of the current column."""
        place = view.current - view.first
        return self.widgets[place] if 0 <= place < len(self.widgets) else None

    def number(self, view: BoardView, widget: StageColumn) -> int:
        """Which column of the view a widget shows."""
        return view.first + self.widgets.index(widget)

    def at(self, screen_x: int) -> StageColumn | None:
        """The widget at a place of the screen."""
        return next((w for w in self.widgets if w.region.x <= screen_x < w.region.right), None)

    def forget_paint(self) -> None:
        """Draw everything anew: another theme."""
        for widget in self.widgets:
            widget.forget_paint()
