"""A list under a cursor: keys and mouse move it alike, whatever it is a list of."""

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen

from pipetui.app.forecast.panel import Panel

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


class ListedScreen(Screen[None]):
    """A screen around a `Panel` of the id “list”."""

    AUTO_FOCUS = ""

    app: "PipetuiApp"

    @abstractmethod
    def point_at(self, at: int) -> None:
        """The cursor on a line of the list."""

    @abstractmethod
    def action_go(self, step: int) -> None:
        """The next or previous line that the cursor can be on."""

    @abstractmethod
    def action_open(self) -> None:
        """What the line is about."""

    def action_page(self, pages: int) -> None:
        """A screen further."""
        self.action_go(pages * max(1, self.query_one("#list", Panel).page - 1))

    @on(Panel.Picked)
    def _picked(self, event: Panel.Picked) -> None:
        event.stop()
        self.point_at(event.at)
        if event.chain == 2:
            self.action_open()

    @on(Panel.Wheeled)
    def _wheeled(self, event: Panel.Wheeled) -> None:
        event.stop()
        self.action_go(event.step)

    def action_back(self) -> None:
        """Back to where one was."""
        self.dismiss()
