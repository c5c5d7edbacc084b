"""Which period is looked at, and whose deals: the keys that change it."""

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen

from pipetui.app.forecast.choosing import Choosing, scopes
from pipetui.app.memory import Memory
from pipetui.language import N_, _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


class Scoped(Screen[None]):
    """A place of one period, and of everybody, a team or an owner."""

    app: "PipetuiApp"
    ASKS = N_("Whose forecast")
    """The title of the question whose."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._choosing = Choosing(memory)

    @abstractmethod
    def _work_out(self, pipeline: Pipeline) -> None:
        """Something else is looked at: for the place to show."""

    def action_period(self, step: int) -> None:
        """The next period, or the one before."""
        self._choose(lambda pipeline: self._choosing.step(pipeline, step))

    def action_toggle_month(self) -> None:
        """Months for quarters, and back."""
        self._choose(self._choosing.toggle)

    def action_now(self) -> None:
        """The current period, everybody."""
        self._choose(lambda _pipeline: self._choosing.to_now())

    def _choose(self, how: Callable[[Pipeline], None]) -> None:
        if (pipeline := self.app.pipeline) is not None:
            how(pipeline)
            self._work_out(pipeline)

    def action_scope(self) -> None:
        """Everybody, a team, an owner."""
        self.app.ahead.hold()
        self._ask_scope()

    @work
    async def _ask_scope(self) -> None:
        chosen, pipeline = None, self.app.pipeline
        if pipeline is not None:
            scope = self._choosing.wanted(pipeline).scope
            chosen = await self.app.push_screen_wait(scopes(pipeline, scope, _(self.ASKS)))
        if chosen is not None:
            self._choose(lambda _pipeline: self._choosing.take(chosen))
