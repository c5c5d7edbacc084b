"""The forecast call as a screen: one deal at a time, one key a decision, the totals beside it."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.timer import Timer

from pipetui.app.call import content, pages, totals
from pipetui.app.call.asking import Asking
from pipetui.app.call.banner import Banner
from pipetui.app.call.clocks import Clocks
from pipetui.app.call.desk import Desk
from pipetui.app.call.drafts import Draft, Drafts
from pipetui.app.call.panels import KeptPanel, QueuePanel
from pipetui.app.call.queue import QueueRows
from pipetui.app.call.reading import (
    Background,
    Learned,
    OddsFound,
    Renewed,
    StoryRead,
    read_background,
)
from pipetui.app.call.speaking import Speaks
from pipetui.app.commands import CALL, FORECAST, bindings
from pipetui.app.forecast.panel import Panel
from pipetui.app.frame.footer import Footer
from pipetui.app.kept import keeps_lines
from pipetui.app.memory import Memory
from pipetui.app.messages import Loaded, Step
from pipetui.app.resting import Rest
from pipetui.app.sheet import Sheet
from pipetui.forecast.calls.odds import Odds
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.pipeline.outlook_past import Taught
    from pipetui.store.reading import Story

BESIDE = 110
"""Columns from which on agenda and totals stand beside the deal."""
WIDE = 170
"""Columns from which on qualification and history do, too."""
REST = 0.12
"""Seconds that one stays at a deal before its notes are read."""


@keeps_lines
class Body(Horizontal):
    """The agenda, the deal, the totals."""


@keeps_lines
class CallScreen(Speaks, Screen[None]):
    """A call that goes on. Whatever is said is in the store before the next key is heard."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CALL)
    PLACE = CALL
    AUTO_FOCUS = ""
    CSS_PATH = ["../forecast/forecast.tcss", "call.tcss"]  # noqa: RUF012 - Textual's own way

    app: "PipetuiApp"

    def __init__(
        self,
        background: Background,
        memory: Memory,
        minutes: int,
        *,
        seconds: int = 0,
        draft: Draft | None = None,
    ) -> None:
        super().__init__()
        self.desk = Desk(background, "manager" if memory.text("call_side", "rep") == "manager" else "rep")
        self.clocks = Clocks(minutes, seconds)
        self.drafts = Drafts(memory)
        self._memory = memory
        self._draft = draft
        """What is to be asked first: it was half answered when the app ended."""
        self.asking = Asking(self)
        self.banner = Banner()
        self.odds: Odds | None = None
        self._staked = -1
        """The version of the stakes that the range was asked for."""
        self._taught: Taught | None = None
        self._story: tuple[int, Story] | None = None
        self._rows: QueueRows | None = None
        self._writing = 0
        self._reads = 0
        """Counts what was read and written: what was read before something was written is older than that."""
        self._resting: Timer | None = None
        self._odds_wanted = Rest(self._find_odds)  # who classifies fast is not held up by the range

    # Building ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Banner, agenda, deal, totals, footer."""
        yield self.banner
        with Body(id="body"):
            yield QueuePanel(id="queue")
            yield Sheet(id="deal")
            yield Sheet(id="beside")
            yield KeptPanel(id="totals", with_cursor=False)
        yield KeptPanel(id="lines", with_cursor=False)
        yield Footer(CALL)

    def on_mount(self) -> None:
        """Take up the call, learn what the past teaches."""
        self.app.pipeline_changed.subscribe(self, self._changed)
        self.app.stepped.subscribe(self, self._stepped)
        self.set_interval(1.0, self.tick)
        self._arrange()
        self._learn()
        if self._draft is not None:
            self.asking.resume(self._draft)

    def on_resize(self) -> None:
        """Beside each other, or the deal alone."""
        self._arrange()

    def _arrange(self) -> None:
        width = self.app.size.width
        self.set_class(width < BESIDE, "-narrow")
        self.set_class(width >= WIDE, "-wide")
        self.show()

    @property
    def habits(self) -> dict[str, str | int]:
        """Where one is, kept for the next start."""
        stop, clocks = self.desk.stop, self.clocks
        return {
            "call": self.desk.background.call.id,
            "call_deal": stop.deal_id,
            "call_part": stop.part,
            "call_side": self.desk.side,
            "call_minutes": clocks.minutes,
            "call_seconds": clocks.seconds // 15 * 15,
        }

    # What is shown -----------------------------------------------------------------------------------

    def show(self, *, writing: int = 0) -> None:
        """Everything as the call stands; `writing` is a deal whose classification is on its way."""
        if not self.is_mounted:
            return
        self._show_queue(writing)
        self._show_deal()
        self._show_totals()

    def _show_queue(self, writing: int = 0) -> None:
        self._writing = writing
        desk = self.desk
        self.banner.show(desk, self.clocks)
        if self._rows is None or not self._rows.is_current:
            self._rows = QueueRows(desk)
        self._rows.writing = writing
        self.query_one(QueuePanel).renew(self._rows.build, self._rows.row_of[desk.at])

    def _show_deal(self) -> None:
        self._memory.note(place=FORECAST, **self.habits)  # saved with what is half typed
        desk, stop = self.desk, self.desk.stop
        deal = desk.deal
        sheet = self.query_one("#deal", Sheet)
        if deal is None:
            sheet.show(pages.page(desk, stop.part, self.odds, self.clocks.minutes), stop)
            self.query_one("#beside", Sheet).show([], stop)
            return
        story = self._story[1] if self._story and self._story[0] == deal.id else None
        sheet.show(content.about(desk, deal, story), stop)
        if self.has_class("-wide"):
            self.query_one("#beside", Sheet).show(content.beside(desk, deal, story), stop)
        self._rest()

    def _show_totals(self) -> None:
        desk, odds, learning = self.desk, self.odds, self._taught is None
        if self.has_class("-narrow"):
            self.query_one("#lines", Panel).show(lambda width: totals.lines(desk, odds, width))
        else:
            self.query_one("#totals", Panel).show(
                lambda width: totals.panel(desk, odds, width, learning=learning)
            )

    def tick(self) -> None:
        """A second has gone by."""
        self.clocks.tick()
        if self.is_current:
            self.banner.show(self.desk, self.clocks)

    # What is read besides ----------------------------------------------------------------------------

    def _changed(self, pipeline: Pipeline) -> None:
        """The store was written to; what was written here is known."""
        if pipeline is not self.desk.pipeline:
            self.read(pipeline)

    def read(self, pipeline: Pipeline) -> None:
        """The call as the store holds it, with a pipeline that is at least as new."""
        self._reads += 1
        number, session, call_id = self._reads, self.app.session, self.desk.background.call.id
        self.app.run_job(
            lambda: self.post_message(Renewed(number, read_background(session.store, pipeline, call_id)))
        )

    @on(Renewed)
    def _renew(self, event: Renewed) -> None:
        event.stop()
        if event.number != self._reads:  # something was written since
            if self._writing == 0 and self.app.pipeline is not None and event.background is not None:
                self.read(self.app.pipeline)
            return
        if event.background is None:
            self.app.say(_("This forecast call is not there any more: its beginning was undone."), "warning")
            self.action_leave()
            return
        self.desk.renew(event.background)
        self._find_odds()
        self.show(writing=self._writing)

    @property
    def taught(self) -> "Taught | None":
        """What past periods teach of this one, once it is known."""
        return self._taught

    def _learn(self) -> None:
        """What past periods teach of this one; no classification changes it."""
        session, desk = self.app.session, self.desk
        pipeline, period = desk.pipeline, desk.background.period

        def job() -> None:
            from pipetui.pipeline.outlook_past import teach

            self.post_message(Learned(teach(session.store, pipeline, period)))

        self.app.run_job(job)

    @on(Learned)
    def _learned(self, event: Learned) -> None:
        event.stop()
        self._taught = event.taught
        self._find_odds()

    def _find_odds(self) -> None:
        """The range, if it hangs on something else than before."""
        taught, desk = self._taught, self.desk
        if taught is None or desk.stakes_version == self._staked or not self.is_running:
            return
        version = self._staked = desk.stakes_version
        work_out, known = desk.odds_from(taught), self.odds

        def job() -> None:
            chances, found = work_out()
            odds = known if known is not None and known.stakes == found else Odds(found)
            self.post_message(OddsFound(version, chances, odds))

        self.app.run_job(job)

    @on(OddsFound)
    def _odds_found(self, event: OddsFound) -> None:
        event.stop()
        if event.version != self._staked:  # asked for anew since
            return
        self.desk.chances = event.chances
        self.odds = event.odds
        self._show_totals()
        if self.desk.deal is None:
            self._show_deal()

    def _rest(self) -> None:
        """Who stays at a deal is shown its notes."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._read_story)

    def _read_story(self) -> None:
        """The notes; the next deal is wrapped meanwhile, so that the key that leads there only paints it."""
        session, desk = self.app.session, self.desk
        deal_id = desk.stop.deal_id
        if (coming := desk.coming) is not None:
            self.query_one("#deal", Sheet).wrap_ahead(content.about(desk, coming, None))
        if deal_id and (self._story is None or self._story[0] != deal_id):
            self.app.run_job(lambda: self.post_message(StoryRead(deal_id, session.story(deal_id))))

    @on(StoryRead)
    def _story_read(self, event: StoryRead) -> None:
        event.stop()
        if event.deal_id == self.desk.stop.deal_id:
            self._story = event.deal_id, event.story
            self._show_deal()

    # What was written --------------------------------------------------------------------------------

    def written(self) -> None:
        """Something was written here: the app knows it at once, the places below when one leaves."""
        self._reads += 1
        self.app.pipeline = self.desk.pipeline
        self._odds_wanted.key()

    def ticked(self, deal_id: int) -> None:
        """What was said of a deal is in the store; who is at another one by now sees that stand still."""
        if deal_id == self.deal_id or self._rows is None:
            self.show()
            return
        self._show_queue()
        self._show_totals()

    def _tell(self) -> None:
        """The board and the figures below, worked out in a thread."""
        app, session, pipeline = self.app, self.app.session, self.app.pipeline
        if pipeline is None:
            return

        def job() -> None:
            session.work_out(pipeline)
            app.post_message(Loaded(session, pipeline))  # the call may have been left meanwhile

        app.run_job(job)

    def _stepped(self, step: Step) -> None:
        """Undone, or done again: back to that deal."""
        if step.returns and step.deal_ids:
            self.find(step.deal_ids[0], widen=True)

    def find(self, deal_id: int, *, widen: bool) -> bool:
        """Go to a deal, if it is in the call."""
        del widen
        if not self.desk.go_to(deal_id):
            return False
        self.turned()
        return True

    @property
    def deal_id(self) -> int:
        """The deal one is at; 0 on a page."""
        return self.desk.stop.deal_id

    # Going through the agenda ------------------------------------------------------------------------

    def turned(self, *, writing: int = 0) -> None:
        """One is elsewhere."""
        self.clocks.next_deal()
        self._story = None
        self.show(writing=writing)

    def action_turn(self, step: int) -> None:
        """The next deal, or the one before."""
        self.desk.go(step)
        self.turned()

    def action_part(self, step: int) -> None:
        """The next part of the agenda, or the one before."""
        self.desk.go_to_part(step)
        self.turned()

    def action_ends(self, end: int) -> None:
        """The beginning or the end."""
        self.desk.at = 0 if end == 0 else len(self.desk.stops) - 1
        self.turned()

    def action_scroll(self, steps: int) -> None:
        """Read on."""
        self.query_one("#deal", Sheet).scroll_on(steps)

    def action_toggle_queue(self) -> None:
        """On a small screen the agenda in the deal's place."""
        self.toggle_class("-listed")

    @on(Panel.Picked)
    def _picked(self, event: Panel.Picked) -> None:
        event.stop()
        at = self._rows.stop_of(event.at) if self._rows else None
        if at is not None:
            self.desk.at = at
            self.turned()
            if event.chain == 2:
                self.action_enter()

    @on(Panel.Wheeled)
    def _wheeled(self, event: Panel.Wheeled) -> None:
        event.stop()
        self.action_turn(event.step)

    # Leaving -----------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Back to the figures; the call goes on where it was left."""
        if self.has_class("-listed"):
            self.remove_class("-listed")
            return
        self.dismiss()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Left on purpose: the next start does not lead back here. The places below are told."""
        self._memory.note(**{**self.habits, "call": 0})
        self._tell()
        return super().dismiss(result)
