"""Which days are looked at, and which deals: the keys that change them."""

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.screen import Screen
from textual.widgets import Input

from pipetui.app.board.filtering import Filter
from pipetui.app.board.status import StatusRow
from pipetui.app.forecast import phrases
from pipetui.app.forecast.choosing import scopes
from pipetui.app.memory import Memory
from pipetui.app.trends import picking, telling
from pipetui.app.trends.choosing import Choosing
from pipetui.app.trends.narrowed import Band
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp


class Narrowing(Screen[None]):
    """A place of a window and of a part of the deals, both kept until another one is chosen."""

    app: "PipetuiApp"

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._choosing = Choosing(memory)
        self._filter = Filter()

    @abstractmethod
    def _work_out(self, pipeline: Pipeline) -> None:
        """Something else is looked at: for the place to show."""

    @abstractmethod
    def _tell(self) -> None:
        """Write down what is looked at."""

    def _choose(self, how: Callable[[Pipeline], None]) -> None:
        if (pipeline := self.app.pipeline) is not None:
            how(pipeline)
            self._work_out(pipeline)

    # Which days --------------------------------------------------------------------------------------

    def action_period(self, step: int) -> None:
        """The window a period earlier, or later."""
        self._choose(lambda pipeline: self._choosing.step(pipeline, step))

    def action_toggle_month(self) -> None:
        """Months for quarters, and back."""
        self._choose(lambda _pipeline: self._choosing.toggle())

    @work
    async def action_length(self) -> None:
        """How long the window is, or which period."""
        if (pipeline := self.app.pipeline) is not None:
            await self._ask_window(pipeline)

    async def _ask_window(self, pipeline: Pipeline) -> None:
        chosen = await self.app.push_screen_wait(picking.windows(self._choosing, pipeline))
        if chosen == picking.OTHER:
            now = self._choosing.wanted(pipeline).window
            chosen = await picking.ask_days(self.app, now.start, now.end, pipeline)
        if chosen is not None:
            window = chosen
            self._choose(lambda _pipeline: self._choosing.take_window(window))

    # Which deals -------------------------------------------------------------------------------------

    @work
    async def action_scope(self) -> None:
        """Everybody, a team, an owner."""
        if (pipeline := self.app.pipeline) is not None:
            await self._ask_scope(pipeline)

    async def _ask_scope(self, pipeline: Pipeline) -> None:
        scope = self._choosing.wanted(pipeline).scope
        chosen = await self.app.push_screen_wait(scopes(pipeline, scope, _("Whose deals")))
        if chosen is not None:
            self._choose(lambda _pipeline: self._choosing.take_scope(chosen))

    @work
    async def action_narrow(self) -> None:
        """Pick what the deals are narrowed down by, then the value."""
        if (pipeline := self.app.pipeline) is None:
            return
        choice = self._choosing.wanted(pipeline)
        days, whose = telling.named(choice.window, pipeline.today), phrases.scope(choice.scope)
        chosen = await self.app.push_screen_wait(picking.fields(self._choosing, pipeline, whose, days))
        if chosen == picking.ALL:
            self._clear_typed()
            self._choose(lambda _pipeline: self._choosing.to_everything())
        elif chosen == "scope":
            await self._ask_scope(pipeline)
        elif chosen == "window":
            await self._ask_window(pipeline)
        elif chosen == "band":
            await self._ask_band(pipeline)
        elif chosen is not None:
            await self._ask_value(chosen, pipeline)

    async def _ask_value(self, field: str, pipeline: Pipeline) -> None:
        now = self._choosing.narrowed
        chosen = await self.app.push_screen_wait(picking.values(field, now, pipeline))
        if chosen is not None:
            value = None if chosen == picking.ALL else chosen[1:]
            self._choose(lambda _pipeline: self._choosing.take(now.but(field, value)))

    async def _ask_band(self, pipeline: Pipeline) -> None:
        now = self._choosing.narrowed
        chosen = await self.app.push_screen_wait(picking.amounts(now, pipeline))
        band = None if chosen is None else Band.of(chosen)
        if chosen == picking.OTHER:
            band = await picking.ask_band(self.app, now.band, pipeline)
        if band is not None or chosen == picking.ALL:
            self._choose(lambda _pipeline: self._choosing.take(now._replace(band=band)))

    # The typed filter --------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type a filter."""
        self.query_one(StatusRow).input.focus()

    def action_clear(self) -> None:
        """Out of the filter box; no typed filter; then the window to today, everybody, all deals."""
        box = self.query_one(StatusRow).input
        if box.has_focus or box.value:
            self._clear_typed()
        elif not self._choosing.is_plain:
            self._choose(lambda _pipeline: self._choosing.to_everything())

    def _clear_typed(self) -> None:
        self.set_focus(None)
        self.query_one(StatusRow).input.value = ""

    def _take_up_filter(self) -> None:
        """What was typed before stands in the box."""
        self.query_one(StatusRow).input.value = self._choosing.typed
        self._read_filter(self._choosing.typed)

    def _renew_filter(self, pipeline: Pipeline) -> None:
        """Another day; or the first pipeline to read the filter by."""
        self._filter.renew(pipeline)
        if self._filter.query is None and self._choosing.typed:
            self._read_filter(self._choosing.typed)
        self._choosing.query = self._filter.query

    def _read_filter(self, text: str) -> None:
        row = self.query_one(StatusRow)
        self._filter.read(text, self.app.pipeline)
        self._choosing.take_typed(text, self._filter.query)
        row.input.set_class(bool(self._filter.problem), "-wrong")
        row.input.set_class(self._filter.query is not None, "-set")
        if self._filter.problem:
            row.say(self._filter.problem)
        else:
            self._tell()

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        before = self._filter.query
        self._read_filter(event.value)
        if self._filter.query is not before:
            self._choose(lambda _pipeline: None)
