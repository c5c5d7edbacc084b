"""The columns in sight, side by side: never more widgets than there is room for."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from pipetui.app.board.column import StageColumn
from pipetui.app.board.palette import COMPONENTS, Palette
from pipetui.app.board.view import BoardView
from pipetui.app.kept import keeps_lines
from pipetui.pipeline.pipeline import Pipeline

LEAST_WIDTH = 22
"""Cells that a column needs to be read well. The most it takes stands in the style sheet."""


def fitting(room: int) -> int:
    """How many columns find room in so many cells; at least one."""
    return max(1, room // LEAST_WIDTH)


@keeps_lines
class Columns(Horizontal):
    """A window on the board's columns. Going sideways gives the widgets other columns, it moves none."""

    COMPONENT_CLASSES = COMPONENTS

    class Dropped(Message):
        """A card was dragged from its column onto another one."""

        def __init__(self, deal_id: int, onto: StageColumn) -> None:
            super().__init__()
            self.deal_id = deal_id
            self.onto = onto

    def __init__(self, count: int) -> None:
        super().__init__()
        self._pressed: StageColumn.Pressed | None = None
        self._palette = Palette(self)
        self._painted: tuple[Pipeline, int] | None = None
        self.widgets = [StageColumn(self._palette) for _number in range(count)]

    def compose(self) -> ComposeResult:
        """Empty columns, which the first data will fill."""
        yield from self.widgets

    def fit(self, count: int) -> None:
        """Have so many widgets."""
        if count > len(self.widgets):
            new = [StageColumn(self._palette) for _number in range(count - len(self.widgets))]
            self.widgets += new
            self.mount_all(new)
        for widget in self.widgets[count:]:
            widget.remove()
        del self.widgets[count:]

    def show(self, pipeline: Pipeline, view: BoardView, zoom: int) -> None:
        """Show the part of the view that its current column is in."""
        if self._painted is None or self._painted[0] is not pipeline or self._painted[1] != zoom:
            self._palette.forget_cards()
            self._painted = (pipeline, zoom)
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
                marked=view.marked,
                more=(place == 0 and view.first > 0, more_right),
            )

    def current(self, view: BoardView) -> StageColumn | None:
        """The widget of the current column."""
        place = view.current - view.first
        return self.widgets[place] if 0 <= place < len(self.widgets) else None

    def number(self, view: BoardView, widget: StageColumn) -> int:
        """Which column of the view a widget shows."""
        return view.first + self.widgets.index(widget)

    @on(StageColumn.Pressed)
    def _take(self, event: StageColumn.Pressed) -> None:
        event.stop()
        self._pressed = event

    @on(StageColumn.LetGo)
    def _drop(self, event: StageColumn.LetGo) -> None:
        event.stop()
        pressed, self._pressed = self._pressed, None
        if pressed and pressed.deal_id is not None and pressed.column is not event.column:
            self.post_message(self.Dropped(pressed.deal_id, event.column))

    def on_resize(self) -> None:
        """Other widths, other cards."""
        self._palette.forget_cards()

    def forget_paint(self) -> None:
        """Draw everything anew: another theme."""
        self._palette.forget()
        for widget in self.widgets:
            widget.refresh()
