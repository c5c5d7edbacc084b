"""Cleanup as a place of the app: the queue, the deal one is at, what can be decided about it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Middle
from textual.timer import Timer
from textual.widgets import Static

from pipetui.app.acting import ActsOnDeals
from pipetui.app.board.status import StatusRow
from pipetui.app.cleanup import evidence, telling
from pipetui.app.cleanup.choosing import SHOWN, Decisions
from pipetui.app.cleanup.listing import QueueList
from pipetui.app.cleanup.narrowing import Narrowing
from pipetui.app.cleanup.reading import Counted, NotesRead, Opened, TrendRead, count, read_notes, read_trend
from pipetui.app.commands import CLEANUP, bindings
from pipetui.app.frame.footer import Footer
from pipetui.app.frame.header import Header
from pipetui.app.kept import keeps_lines
from pipetui.app.memory import Memory
from pipetui.app.messages import CanType, Step
from pipetui.app.sheet import Paragraph, Sheet
from pipetui.cleanup.queue import EMPTY, MISSING, find
from pipetui.deals.deal import Deal
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.cleanup.summary import SummaryScreen
    from pipetui.signals.trend import Week
    from pipetui.store.reading import Story

BESIDE = 110
"""From this width on the queue and the decisions stand beside the deal."""
MORE_BESIDE = 170
"""From this width on facts and history do, too."""
REST = 0.12
"""Seconds that one stays at a deal before its notes are read."""


@keeps_lines
class Body(Horizontal):
    """The queue, the deal, the decisions."""


@keeps_lines
class CleanupPlace(ActsOnDeals, Narrowing):
    """One flagged deal after the other."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CLEANUP)
    PLACE = CLEANUP
    AUTO_FOCUS = ""
    CSS_PATH = "cleanup.tcss"

    app: "PipetuiApp"

    def __init__(self, store: str, memory: Memory) -> None:
        super().__init__(memory)
        self._store = store
        self._queue = EMPTY
        self._current: int | None = None
        self._next: int | None = None
        """Where to go on to once the deal one is at has been decided about, though it stays in the queue."""
        self._ahead: tuple[int, Pipeline, list[Paragraph]] | None = None
        """What will be said of the next deal."""
        self._story: Story | None = None
        self._resting: Timer | None = None
        self._counted: Counted | None = None
        self._trend: Sequence[Week] | None = None
        """The hygiene of the last weeks; `None`: not asked for yet."""
        self._summary: SummaryScreen | None = None

    # Building ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Frame, queue, deal, decisions."""
        yield Header(CLEANUP, self._store, self.app.session.today)
        yield StatusRow()
        with Body(id="body"):
            yield QueueList()
            yield Sheet(id="deal")
            yield Sheet(id="beside")
            yield Decisions()
        with Middle(id="nothing"):
            yield Static("")
        yield Footer(CLEANUP, elsewhere=SHOWN)

    def on_mount(self) -> None:
        """Take up the cleanup that was begun."""
        self._arrange()
        self.query_one(StatusRow).input.value = self._round.filter
        self._filter.read(self._round.filter, self.app.pipeline)
        self.app.pipeline_changed.subscribe(self, self._changed)
        self.app.stepped.subscribe(self, self._stepped)
        self.app.session.workers.add(self.work_out)
        pipeline = self.app.pipeline
        if pipeline is not None:
            self._round.take_up(pipeline)
            self._current = self._round.deal_id or None
            self._open(pipeline)

    def on_unmount(self) -> None:
        """Nobody looks at the queue any more."""
        self.app.session.workers.discard(self.work_out)

    def _open(self, pipeline: Pipeline) -> None:
        """Show the queue when it is worked out; keys wait until there is a deal to decide about."""
        self.app.ahead.hold()

        def job() -> None:
            try:
                self.work_out(pipeline)
            finally:
                self.post_message(Opened())

        self.app.run_job(job)

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        event.stop()
        if self.app.pipeline is not None:
            self._show_queue(self.app.pipeline)
        self.app.post_message(CanType())

    def on_resize(self) -> None:
        """Beside each other, or one above the other."""
        self._arrange()

    def _arrange(self) -> None:
        width, self._ahead = self.app.size.width, None
        self.set_class(width < BESIDE, "-narrow")
        self.set_class(width >= MORE_BESIDE, "-wide")
        self.query_one(StatusRow).set_class(width < BESIDE, "-narrow")
        self.query_one(Decisions).set_class(width < BESIDE, "-below")
        self._show_deal()

    @property
    def habits(self) -> dict[str, str | int]:
        """What is worth remembering until the next start."""
        return self._round.noted

    # What is shown -----------------------------------------------------------------------------------

    @property
    def current(self) -> Deal | None:
        """The deal one is at."""
        pipeline = self.app.pipeline
        return pipeline.deals.get(self._current) if pipeline and self._current is not None else None

    @property
    def concerned(self) -> Sequence[int]:
        """The deal one is at."""
        return [] if self._current is None or self._current not in self._queue else [self._current]

    def _changed(self, pipeline: Pipeline) -> None:
        """Something was written: another queue."""
        self.query_one(Header).set_today(pipeline.today)
        self._filter.renew(pipeline)
        self._show_queue(pipeline)

    def _show_queue(self, pipeline: Pipeline) -> None:
        before, self._queue = self._queue, self._find_queue(pipeline)
        self._next = self._ahead = None
        if self._current is None or self._current not in self._queue:
            here = self._current
            onward = None if here is None else before.after(here, self._queue)
            self._current = onward if onward is not None else next(iter(self._queue.ids), None)
        elif before.why(self._current) != self._queue.why(self._current):
            self._next = before.after(self._current, self._queue)
        self._show()
        self._count(pipeline)

    def _stepped(self, step: Step) -> None:
        """Somebody here has decided: on to the next deal; or taken it back: back to that one."""
        if not step.returns:
            if self._next is not None and self._current in step.deal_ids:
                self._go_to(self._next)
        elif step.deal_ids:
            if self._summary is not None and self._summary.is_current:
                self._summary.dismiss()
            self.find(step.deal_ids[0], widen=True)

    def find(self, deal_id: int, *, widen: bool) -> bool:
        """Go to a deal, if it is in the queue; with `widen` also if a filter hides it."""
        pipeline = self.app.pipeline
        if pipeline is not None and widen and deal_id not in self._queue and deal_id in find(pipeline):
            self._want(owner=None, flag=None, text="")
        if deal_id not in self._queue:
            return False
        self._go_to(deal_id)
        return True

    def _go_to(self, deal_id: int) -> None:
        if deal_id != self._current:
            self._current, self._next = deal_id, None
            self._show()

    def _show(self) -> None:
        """The queue and the deal one is at."""
        pipeline = self.app.pipeline
        if pipeline is None:
            return
        self._round.deal_id = self._current
        nothing = not len(self._queue)
        if nothing != self.has_class("-nothing"):
            self.set_class(nothing, "-nothing")
        if nothing:
            self._show_nothing()
        self.query_one(QueueList).show(self._queue, self._current, pipeline.currency)
        if self._story is not None and self._shown_story != self._current:
            self._story = None
        self._show_deal()
        self._rest()

    def _show_deal(self) -> None:
        pipeline, deal = self.app.pipeline, self.current
        if pipeline is None or deal is None or deal.id not in self._queue:
            return
        self.query_one("#deal", Sheet).show(self._said_of(deal, pipeline, self._story), deal.id)
        if self.has_class("-wide"):
            self.query_one("#beside", Sheet).show(evidence.beside(deal, pipeline, self._story), deal.id)
        self.query_one(Decisions).show(deal, pipeline, self._queue.why(deal.id))

    def _said_of(self, deal: Deal, pipeline: Pipeline, story: "Story | None") -> list[Paragraph]:
        if story is None and self._ahead is not None:
            its, of, said = self._ahead
            if its == deal.id and of is pipeline:
                return said
        roomy = not self.has_class("-narrow")
        return evidence.about(deal, pipeline, self._queue.why(deal.id), story, with_fixes=roomy)

    def _prepare_next(self, pipeline: Pipeline) -> None:
        """Work out and wrap what is said of the next deal, while somebody reads this one."""
        place = self._queue.place(self._current) if self._current is not None else None
        onward = self._queue.ids[place + 1 : place + 2] if place is not None else ()
        deal = pipeline.deals.get(onward[0]) if onward else None
        if deal is not None:
            said = self._said_of(deal, pipeline, None)
            self._ahead = deal.id, pipeline, said
            self.query_one("#deal", Sheet).wrap_ahead(said)

    def _show_nothing(self) -> None:
        said = telling.nothing(self._counted.progress if self._counted else None, is_part=self._is_part)
        self.query_one("#nothing Static", Static).update(said)

    # What is read besides ----------------------------------------------------------------------------

    def _rest(self) -> None:
        """Who stays at a deal is shown its notes."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._read)

    def _read(self) -> None:
        if self._current is not None and self.app.pipeline is not None:
            read_notes(self, self._current)
            self._prepare_next(self.app.pipeline)

    @on(NotesRead)
    def _notes_read(self, event: NotesRead) -> None:
        event.stop()
        if event.deal_id == self._current:
            self._story, self._shown_story = event.story, event.deal_id
            self._show_deal()

    _shown_story: int | None = None

    def _count(self, pipeline: Pipeline) -> None:
        count(self, pipeline, self._round, None if self._is_part else self._queue)

    @on(Counted)
    def _show_progress(self, event: Counted) -> None:
        event.stop()
        if event.pipeline is not self.app.pipeline:
            return
        if self._trend is None:
            self._trend = ()
            read_trend(self, event.pipeline)
        before, self._counted = self._counted, event
        self._round.is_done(not event.progress.left)
        self._tell()
        if not len(self._queue):
            self._show_nothing()
            if not event.progress.left and before is not None and before.progress.left and event.decisions:
                self.action_summary()

    @on(TrendRead)
    def _trend_read(self, event: TrendRead) -> None:
        event.stop()
        self._trend = event.weeks

    def _tell(self) -> None:
        """The row above: how far one is, and which part is shown."""
        pipeline = self.app.pipeline
        if pipeline is not None and self._counted is not None:
            parts = telling.progress(self._counted.progress, pipeline.currency, self._wanted)
            self.query_one(StatusRow).show(parts)

    # Going through the queue -------------------------------------------------------------------------

    def action_go(self, step: int) -> None:
        """The next or previous deal."""
        self._to(step)

    def action_page(self, pages: int) -> None:
        """A screen of deals further."""
        self._to(pages * max(1, self.query_one(QueueList).page - 1))

    def _to(self, step: int) -> None:
        ids, place = self._queue.ids, self._queue.place(self._current or 0)
        if ids and place is not None:
            self._go_to(ids[max(0, min(len(ids) - 1, place + step))])

    def action_ends(self, end: int) -> None:
        """The first or the last deal."""
        if ids := self._queue.ids:
            self._go_to(ids[end])

    def action_group(self, step: int) -> None:
        """The first deal of the next group, or of the one before."""
        groups = [group for group in self._queue.groups if group.deals]
        here = self.current
        at = next((n for n, group in enumerate(groups) if here in group.deals), None)
        if at is not None:
            self._go_to(groups[(at + step) % len(groups)].deals[0].id)

    def action_later(self) -> None:
        """Put the deal off to the end of the queue."""
        pipeline, here = self.app.pipeline, self._current
        if pipeline is None or here is None or here not in self._queue:
            return
        onward = self._queue.after(here, self._queue)
        self._round.put_off(here)
        self._current = onward
        self._show_queue(pipeline)

    def action_toggle_queue(self) -> None:
        """On a small screen the queue in the deal's place."""
        self.toggle_class("-listed")

    def action_scroll_panel(self, steps: int) -> None:
        """Read on in the evidence."""
        self.query_one("#deal", Sheet).scroll_on(steps)

    @on(QueueList.Picked)
    def _picked(self, event: QueueList.Picked) -> None:
        event.stop()
        self._go_to(event.deal_id)
        if event.chain == 2:
            self.action_open_deal()

    @on(QueueList.Wheeled)
    def _wheeled(self, event: QueueList.Wheeled) -> None:
        event.stop()
        self._to(event.step)

    def action_open_deal(self) -> None:
        """The deal view."""
        if (deal := self.current) is not None:
            self.app.open_deal(deal, list(self._queue.ids))

    @property
    def to_open(self) -> tuple[int, list[int]] | None:
        """The deal that enter would open, and among which."""
        return (self.current.id, list(self._queue.ids)) if self.current else None

    # Decisions ---------------------------------------------------------------------------------------

    def action_keep(self) -> None:
        """Keep the deal: with a dated next step, or as still open where no export holds it."""
        is_missing = self._queue.why(self._current or 0) == MISSING
        self.action_ask("still_open" if is_missing else "keep")

    def action_move_deal(self, step: int) -> None:
        """A stage on or back; what is typed meanwhile is the next deal's."""
        if self.concerned:
            self.app.ahead.hold()
        super().action_move_deal(step)

    # The end -----------------------------------------------------------------------------------------

    def action_summary(self) -> None:
        """What was decided, what each owner has to do, and what the CRM does not say yet."""
        from pipetui.app.cleanup.summary import SummaryScreen

        if (counted := self._counted) is not None and self.is_current:
            self._summary = SummaryScreen(counted, self._trend or ())
            self.app.push_screen(self._summary, self._left_summary)

    def _left_summary(self, begins: bool | None) -> None:
        pipeline = self.app.pipeline
        if begins and pipeline is not None:
            self._round.begin(pipeline)
            self._current = None
            self._show_queue(pipeline)
