"""Forecast as a place of the app: a period's figures, and what they are made of."""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from pipetui.app.commands import COMMANDS, FORECAST, bindings
from pipetui.app.forecast import deals, phrases, table, telling
from pipetui.app.forecast.behind import Look
from pipetui.app.forecast.panel import Panel
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row, left
from pipetui.app.forecast.scoped import Scoped
from pipetui.app.forecast.working import Last, Work, Worked
from pipetui.app.frame.footer import Footer
from pipetui.app.frame.header import Header
from pipetui.app.kept import keeps_lines
from pipetui.app.keymap import key_of
from pipetui.app.memory import Memory
from pipetui.app.messages import CanType
from pipetui.forecast.ranges import ASSUMED
from pipetui.language import _, format
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.forecast.listing import DealsScreen
    from pipetui.pipeline.outlook_past import Taught

STYLES = Path(__file__).with_name("forecast.tcss")
ROOMY = (110, 34)
"""Columns and rows from which on table and deals stand below the figures."""
WIDE = 170
"""Columns from which on there is more of everything."""
QUOTA = next(command for command in COMMANDS if command.id == "forecast.quota")
PANELS = ("figures", "beside", "table")
"""In the order in which the cursor goes through them."""
PATIENCE: Final = 5.0
"""Seconds that a question about figures waits for them."""


@keeps_lines
class Body(Horizontal):
    """Two panels beside each other."""


@keeps_lines
class ForecastPlace(Scoped):
    """Where a period stands."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(FORECAST)
    PLACE = FORECAST
    AUTO_FOCUS = ""
    CSS_PATH = STYLES

    def __init__(self, store: str, memory: Memory) -> None:
        super().__init__(memory)
        self._store = store
        self._doubts = bool(memory.number("forecast_doubt", 0))
        """Whether the range is simulated, with slip and correlation."""
        self._asked = 0
        """Counts what was asked for: an answer to something before is thrown away."""
        self._answered = asyncio.Event()
        """Whether the figures that are shown are those of the period and scope last asked for."""
        self._painted = threading.Event()
        """Whether they are on the screen."""
        self._look: Look | None = None
        self._taught: dict[str, Taught] = {}
        """By period, what past ones taught of it; no edit of an open deal changes it."""
        self._key = "won"
        """The figure the cursor is on."""
        self._deals: DealsScreen | None = None
        self._listed = ""
        """The figure whose deals are beside the table."""

    # Building ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Frame, answer, figures, table."""
        yield Header(FORECAST, self._store, self.app.session.today)
        yield Panel(id="answer", with_cursor=False)
        with Body(id="upper"):
            yield Panel(id="figures")
            yield Panel(id="beside")
        with Body(id="lower"):
            yield Panel(id="table")
            yield Panel(id="deals")
        yield Footer(FORECAST)

    def on_mount(self) -> None:
        """Work out the period."""
        self._arrange()
        self.app.pipeline_changed.subscribe(self, self._changed)
        if self.app.pipeline is not None:
            self._work_out(self.app.pipeline)

    def on_resize(self) -> None:
        """More beside each other, or all below each other."""
        self._arrange()
        self._show()

    def _arrange(self) -> None:
        width, height = self.app.size
        self.set_class(width >= ROOMY[0] and height >= ROOMY[1], "-roomy")
        self.set_class(width >= WIDE and height >= ROOMY[1], "-wide")

    @property
    def habits(self) -> dict[str, str | int]:
        """What is worth remembering until the next start."""
        return {**self._choosing.habits, "forecast_doubt": int(self._doubts)}

    # Working it out ----------------------------------------------------------------------------------

    def _changed(self, pipeline: Pipeline) -> None:
        """Something was written: other figures."""
        self.query_one(Header).set_today(pipeline.today)
        self._work_out(pipeline)

    def _work_out(self, pipeline: Pipeline) -> None:
        """The figures at once, the range when it is known; both in a thread."""
        self._asked += 1
        self._answered.clear()
        number, wanted = self._asked, self._choosing.wanted(pipeline)
        doubt, session = ASSUMED if self._doubts else None, self.app.session
        last = session.last_forecast
        if isinstance(last, Last) and last.answers(pipeline, wanted, doubt):
            self._take(last.worked)
            self.app.post_message(CanType())
            return
        known = self._taught.get(wanted.period.name)
        if known is not None and not known.is_of(wanted.period, pipeline.today):
            known = None
        work = Work(number, pipeline, wanted, self._key, known, doubt)
        self._painted = painted = threading.Event()

        def can_type() -> None:
            if number == 1:  # keys wait until there are figures (`Places.go`)
                self.app.post_message(CanType())

        def tell(worked: Worked) -> None:
            if worked.taught is not None:
                session.last_forecast = Last(wanted, doubt, worked)
            self.post_message(worked)

        self.app.run_job(lambda: work.do(session.store, tell, can_type, painted))

    @on(Worked)
    def _show_worked(self, event: Worked) -> None:
        event.stop()
        self._take(event, is_wanted=event.number == self._asked)
        self.call_after_refresh(self._painted.set)

    def _take(self, worked: Worked, *, is_wanted: bool = True) -> None:
        """Show it; what it teaches is kept although nobody wants these figures any more."""
        if worked.taught is not None:
            self._taught[worked.taught.period.name] = worked.taught
        if not is_wanted:
            return
        self._look = worked.look
        self._answered.set()
        self._show()
        if self._deals is not None and self._deals.is_attached:
            self._deals.renew(worked.look)

    # What is shown -----------------------------------------------------------------------------------

    def _panel(self, name: str) -> Panel:
        return self.query_one(f"#{name}", Panel)

    def _show(self) -> None:
        look = self._look
        if look is None or not self.is_mounted:
            return
        outlook, pipeline = look.outlook, look.pipeline
        roomy, height = self.has_class("-roomy"), self.app.size.height
        key = key_of(QUOTA, self.app.keymap_in_use)

        def answer(width: int) -> list[Row]:
            return [
                telling.title(outlook, pipeline, width),
                *telling.answer(outlook, pipeline, width, height, key),
            ]

        def figures(width: int) -> list[Row]:
            rows = telling.figures(outlook, pipeline, width)
            if not roomy:
                beside = telling.beside(look, width)
                rows += [BLANK, *beside, BLANK] if beside else [BLANK]
                rows += table.table(outlook, pipeline, width)
            return rows

        self._panel("answer").show(answer)
        self._panel("figures").show(figures, self._key)
        if roomy:
            wide = self.has_class("-wide")
            self._panel("beside").show(lambda width: telling.beside(look, width, roomy=wide), self._key)
            self._panel("table").show(lambda width: table.table(outlook, pipeline, width), self._key)
        self._listed = ""
        self._list()

    def _list(self) -> None:
        """The deals behind the figure under the cursor, where there is room for them."""
        look, key = self._look, self._key
        if look is None or not self.has_class("-roomy") or key == self._listed:
            return
        self._listed = key
        found = look.behind(key)

        def build(width: int) -> list[Row]:
            amount = format.short_money(found.totals.amount, look.pipeline.currency)
            said = f"{phrases.deals(len(found.deals))} · {amount}"
            head = Row((left(f" {found.title}", max(0, width - len(said) - 1), "bold"), Part(said, MUTED)))
            room = max(0, self._panel("deals").size.height - 1)
            return [
                head,
                *deals.rows(found.deals[:room], look.pipeline, look.outlook, width, with_keys=False),
            ]

        self._panel("deals").show(build)

    # The cursor --------------------------------------------------------------------------------------

    @property
    def _keys(self) -> list[str]:
        """All figures, in the order of the cursor."""
        panels = PANELS if self.has_class("-roomy") else PANELS[:1]
        return [row.key for name in panels for row in self._panel(name).rows if row.key]

    def action_go(self, step: int) -> None:
        """The next or previous figure."""
        keys = self._keys
        if self._key in keys:
            self._to(keys[max(0, min(len(keys) - 1, keys.index(self._key) + step))])
        elif keys:
            self._to(keys[0])

    def _to(self, key: str) -> None:
        self._key = key
        for name in PANELS:
            self._panel(name).point(key)
        self._list()

    def action_page(self, pages: int) -> None:
        """A screen further."""
        self.action_go(pages * max(1, self._panel("figures").page // 2))

    def action_ends(self, end: int) -> None:
        """The first or the last figure."""
        if keys := self._keys:
            self._to(keys[end])

    def action_section(self, step: int) -> None:
        """The first figure of the next part, or of the one before."""
        starts: list[str] = []
        panels = PANELS if self.has_class("-roomy") else PANELS[:1]
        for name in panels:
            before = BLANK
            for row in self._panel(name).rows:
                if row.key and not before.key:
                    starts.append(row.key)
                before = row
        keys = self._keys
        if not starts or self._key not in keys:
            return
        here = keys.index(self._key)
        at = max((n for n, key in enumerate(starts) if keys.index(key) <= here), default=0)
        self._to(starts[(at + step) % len(starts)])

    @on(Panel.Picked)
    def _picked(self, event: Panel.Picked) -> None:
        event.stop()
        self._to(event.panel.rows[event.at].key)
        if event.chain == 2:
            self.action_open_figure()

    @on(Panel.Wheeled)
    def _wheeled(self, event: Panel.Wheeled) -> None:
        event.stop()
        self.action_go(event.step)

    # Another period, another scope -------------------------------------------------------------------

    def action_quota(self) -> None:
        """Set the quota: of the team or owner that the cursor is on, else of whom the forecast is."""
        if self._look is not None:
            self.app.ahead.hold()
            self._ask_quota()

    @work
    async def _ask_quota(self) -> None:
        from pipetui.app.forecast.quota import ask_quota

        try:
            with suppress(TimeoutError):  # it is said elsewhere why there are none
                await asyncio.wait_for(self._answered.wait(), PATIENCE)
            if self._look is not None:
                await ask_quota(self.app, self._look.outlook, self._key)
        finally:
            self.app.post_message(CanType())

    def action_doubt(self) -> None:
        """Deals go well or badly together, and slip: switched on, or off again."""
        self._doubts = not self._doubts
        if (pipeline := self.app.pipeline) is not None:
            self._work_out(pipeline)

    # The calls held ----------------------------------------------------------------------------------

    @work
    async def action_call(self) -> None:
        """Begin the forecast call of the period and the scope, or go on with it."""
        from pipetui.app.call.starting import start

        if (pipeline := self.app.pipeline) is None:
            return
        self.app.ahead.hold()
        try:
            await start(self.app, *self._choosing.wanted(pipeline))
        finally:
            self.app.post_message(CanType())

    def action_calls(self) -> None:
        """The calls held on the period."""
        from pipetui.app.calls.overview import open_calls

        if (pipeline := self.app.pipeline) is not None:
            open_calls(self.app, *self._choosing.wanted(pipeline))

    def action_accuracy(self) -> None:
        """How good the forecasts of such periods were."""
        from pipetui.app.calls.accuracy import open_accuracy

        if (pipeline := self.app.pipeline) is not None:
            open_accuracy(self.app, *self._choosing.wanted(pipeline))

    # The deals behind a figure -----------------------------------------------------------------------

    def action_open_figure(self, *, why: bool = False) -> None:
        """The deals behind the figure; a single deal opens itself, a call, too."""
        from pipetui.app.forecast.listing import DealsScreen

        look, key = self._look, self._key
        if look is None or not self.is_current:
            return
        if (call := look.call_of(key)) is not None:
            from pipetui.app.calls.past import open_past

            open_past(self.app, call.id)
            return
        found = look.behind(key)
        if key.startswith("deal:"):
            if found.deals:
                self.app.open_deal(found.deals[0], [deal.id for deal in found.deals])
        elif found.deals:
            self._deals = DealsScreen(look, key, why=why)
            self.app.push_screen(self._deals)
        else:
            self.app.say(_("No deal is behind this figure."))

    def action_why(self) -> None:
        """Where the probability of the deal comes from, or those of the deals behind the figure."""
        look, key = self._look, self._key
        if look is not None and key.startswith("deal:"):
            self.app.say(look.why(int(key.removeprefix("deal:"))))
        else:
            self.action_open_figure(why=True)
