"""The board as a place of the app: columns, cursor, filter, panel, and what the keys do to a deal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from pipetui.app.acting import ActsOnDeals
from pipetui.app.board.arranging import Arranged, Wanted
from pipetui.app.board.cards import ZOOMS
from pipetui.app.board.closed import ClosedStub
from pipetui.app.board.column import StageColumn
from pipetui.app.board.columns import Columns, fitting
from pipetui.app.board.filtering import Filter
from pipetui.app.board.panel import EvidencePanel
from pipetui.app.board.search import Arranger
from pipetui.app.board.status import StatusRow, summary
from pipetui.app.board.view import BoardView
from pipetui.app.board.walking import Walking
from pipetui.app.commands import BOARD, bindings
from pipetui.app.frame.footer import Footer
from pipetui.app.frame.header import Header
from pipetui.app.kept import keeps_lines
from pipetui.app.messages import MoveWanted
from pipetui.deals.deal import Deal
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline
from pipetui.query.sorting import ORDERS

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

STUB_WIDTH = 7
PANEL_WIDTH = 46
PANEL_BESIDE = 110
"""From this width on the evidence stands beside the board instead of over it."""
PANEL_OPEN = 170
"""From this width on it stands there from the start."""


@keeps_lines
class Middle(Horizontal):
    """Columns, what is folded away, and the panel."""


@keeps_lines
class BoardPlace(ActsOnDeals, Walking):
    """The kanban board."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(BOARD)
    PLACE = BOARD
    AUTO_FOCUS = ""

    app: "PipetuiApp"

    class Opened(Message):
        """A deal is to be opened in the deal view."""

        def __init__(self, deal: Deal, among: list[int]) -> None:
            super().__init__()
            self.deal = deal
            self.among = among
            """The ids of the column it stands in, for going to the next one."""

    def __init__(self, store: str, order: str, zoom: int) -> None:
        super().__init__()
        self._store = store
        self._wanted = Wanted(order=order if order in ORDERS else "close")
        self._arrangement: Arranged | None = None
        self._zoom = zoom if zoom in ZOOMS else 3
        self._panel: bool | None = None  # until somebody decides, the room does
        self._filter = Filter()
        self._arranger = Arranger()

    # Building ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Frame, board, panel; as the room is already, so that nothing is laid out twice at the start."""
        width = self.app.size.width
        panel = EvidencePanel()
        panel.set_class(width >= PANEL_OPEN, "-shown")
        panel.set_class(width < PANEL_BESIDE, "-over")
        status = StatusRow()
        status.set_class(width < PANEL_BESIDE, "-narrow")
        room = width - STUB_WIDTH - (PANEL_WIDTH if width >= PANEL_OPEN else 0)
        yield Header("board", self._store, self.app.session.today)
        yield status
        with Middle(id="middle"):
            yield Columns(fitting(room))
            yield ClosedStub()
            yield panel
        yield Static("", id="message", markup=False)
        yield Footer(BOARD)

    def on_screen_resume(self) -> None:
        """Let the app go on once the frame is painted, which Textual does in its own part of this."""
        self.call_next(self.app.begin)

    @property
    def pipeline(self) -> Pipeline | None:
        """What the app knows; `None` until it is loaded."""
        return self.app.pipeline

    @property
    def store_name(self) -> str:
        """What the header calls the store."""
        return self._store

    @property
    def habits(self) -> dict[str, str | int]:
        """What is worth remembering until the next start."""
        return {"order": self._wanted.order, "zoom": self._zoom}

    @property
    def current(self) -> Deal | None:
        """The deal under the cursor."""
        return self._view.deal

    def use_store(self, name: str) -> None:
        """Name another store in the header and forget the old one's cursor and filter."""
        self._store = name
        self._view = BoardView()
        self._wanted = Wanted(order=self._wanted.order)
        self._filter = Filter()
        self._set_filter("")
        self.query_one(Header).set_store(name)
        self.show_message(_("Opening …"))

    def show_message(self, text: str) -> None:
        """Say something where the board would stand; "" shows the board again."""
        message = self.query_one("#message", Static)
        if text or message.display:
            message.update(text)
            self.query_one("#middle").display = not text
            message.display = bool(text)

    def on_resize(self) -> None:
        """More or fewer columns, the panel beside or over them."""
        beside = self.size.width >= PANEL_BESIDE
        self._evidence.set_class(not beside, "-over")
        self.query_one(StatusRow).set_class(not beside, "-narrow")
        if self._panel is None:
            self._evidence.set_class(self.size.width >= PANEL_OPEN, "-shown")
        self._fit()
        self._follow()

    @property
    def _evidence(self) -> EvidencePanel:
        return self.query_one(EvidencePanel)

    def _fit(self) -> None:
        """As many columns as there is room for beside what else is open."""
        room = self.size.width - (STUB_WIDTH if self.query_one(ClosedStub).display else 0)
        if self._evidence.has_class("-shown") and not self._evidence.has_class("-over"):
            room -= PANEL_WIDTH
        self._columns.fit(min(fitting(room), len(self._view.columns) or fitting(room)))
        self._show_columns()

    # What is shown -----------------------------------------------------------------------------------

    def work_out(self, pipeline: Pipeline) -> None:
        """Work out, in a thread, what `load` is going to show."""
        self._arranger.work_out(pipeline, self._wanted)

    def load(self, pipeline: Pipeline) -> None:
        """Show a pipeline of the store; cursor and filter stay where they are."""
        self.show_message("")
        self.query_one(Header).set_today(pipeline.today)
        self._filter.renew(pipeline)
        self._wanted = self._wanted._replace(query=self._filter.query)
        self._arrange(pipeline)

    def _arrange(self, pipeline: Pipeline) -> None:
        arranged = self._arranger.arrange(pipeline, self._wanted)
        arranged.view.inherit(self._view)
        is_filtered = self._wanted.query is not None or self._wanted.owner is not None
        if is_filtered and arranged.view.column and not arranged.view.column.deals:
            arranged.view.to_first_deal()
        self._view = arranged.view
        self.query_one(ClosedStub).show(None if self._wanted.closed else arranged)
        self._arrangement = arranged
        self._show_totals()
        self._fit()
        self._follow()

    def _show_totals(self) -> None:
        if self._arrangement is not None and self.pipeline is not None:
            totals = summary(self._arrangement, self.pipeline, self._wanted)
            self.query_one(StatusRow).show(totals)

    def _show_columns(self) -> None:
        if self.pipeline is not None:
            self._columns.show(self.pipeline, self._view, self._zoom)

    def _follow(self) -> None:
        """The panel follows the cursor, if it is open."""
        if self._evidence.has_class("-shown") and self.pipeline is not None:
            self._evidence.show(self.current, self.pipeline)

    def find(self, deal_id: int, *, widen: bool) -> bool:
        """Put the cursor on a deal; whether it is on the board.

        With `widen` a filter that hides it is dropped, and closed columns are opened for it.
        """
        pipeline = self.pipeline
        if pipeline is None or deal_id not in pipeline.deals:
            return False
        if not self._view.find(deal_id):
            wider = self._wanted._replace(query=None, owner=None)
            if pipeline.deals[deal_id].status != "open":
                wider = wider._replace(closed=True)
            if not widen or not self._arranger.arrange(pipeline, wider).view.find(deal_id):
                return False
            self._wanted = wider
            self._filter = Filter()
            self._set_filter("")
            self._arrange(pipeline)
            self._view.find(deal_id)
        self._show_columns()
        self._follow()
        return True

    # The mouse ---------------------------------------------------------------------------------------

    @on(StageColumn.Clicked)
    def _clicked(self, event: StageColumn.Clicked) -> None:
        self._to_column(self._columns.number(self._view, event.column))
        if event.index is not None:
            self._to(event.index)
            if event.chain == 2:
                self.action_open_deal()

    @on(StageColumn.Scrolled)
    def _wheeled(self, event: StageColumn.Scrolled) -> None:
        column = event.column.column
        if column is not None:
            self._to_column(self._columns.number(self._view, event.column))
            self._to(column.cursor + event.step)

    @on(Columns.Dropped)
    def _dropped(self, event: Columns.Dropped) -> None:
        if event.onto.column:
            target = event.onto.column.stage
            self.post_message(MoveWanted([event.deal_id], lambda _deal: target))

    # What the board shows ----------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type a filter."""
        self.query_one(StatusRow).input.focus()

    def action_clear_filter(self) -> None:
        """No marks; then no filter, no owner, and out of the filter box."""
        if self._view.marked and not self.query_one(StatusRow).input.has_focus:
            self._view.marked = set()
            self._arrange_marks()
            return
        if self.query_one(StatusRow).input.has_focus:
            self.set_focus(None)
        if self._wanted.owner is not None:
            self._want(owner=None)
        self._set_filter("")

    def _set_filter(self, text: str) -> None:
        self.query_one(StatusRow).input.value = text

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        row, before = self.query_one(StatusRow), self._filter.query
        self._filter.read(event.value, self.pipeline)
        query, problem = self._filter.query, self._filter.problem
        row.input.set_class(bool(problem), "-wrong")
        row.input.set_class(query is not None, "-set")
        if not problem or query is not before:
            self._want(query=query)
        if problem:
            row.say(problem)

    def _want(self, **changes: object) -> None:
        self._wanted = self._wanted._replace(**changes)  # type: ignore[arg-type]
        if self.pipeline is not None:
            self._arrange(self.pipeline)

    @work
    async def action_sort(self) -> None:
        """Choose an order."""
        from pipetui.app.dialogs.choices import orders

        chosen = await self.app.push_screen_wait(orders(self._wanted.order))
        if chosen is not None:
            self._want(order=chosen)

    @work
    async def action_owner(self) -> None:
        """Choose an owner."""
        from pipetui.app.dialogs.choices import ALL, owners

        if self.pipeline is None:
            return
        chosen = await self.app.push_screen_wait(owners(self.pipeline, self._wanted.owner))
        if chosen is not None:
            self._want(owner=None if chosen == ALL else chosen[1:])

    def action_zoom(self) -> None:
        """The next size of cards."""
        self._zoom = ZOOMS[(ZOOMS.index(self._zoom) + 1) % len(ZOOMS)]
        self._show_columns()

    def action_toggle_closed(self) -> None:
        """Open or fold away won and lost."""
        self._want(closed=not self._wanted.closed)

    def action_toggle_panel(self) -> None:
        """Show or hide the evidence."""
        self._panel = not self._evidence.has_class("-shown")
        self._evidence.set_class(self._panel, "-shown")
        self._fit()
        self._follow()

    def action_scroll_panel(self, steps: int) -> None:
        """Read on in the evidence."""
        self._evidence.scroll_on(steps)

    def forget_paint(self) -> None:
        """Draw the cards anew: another theme."""
        self._columns.forget_paint()

    # The deal under the cursor -----------------------------------------------------------------------

    def action_open_deal(self) -> None:
        """The deal view."""
        if self.current:
            self.post_message(self.Opened(self.current, self.neighbours))

    @property
    def to_open(self) -> tuple[int, list[int]] | None:
        """The deal that enter would open, and among which."""
        return (self.current.id, self.neighbours) if self.current else None

    @property
    def concerned(self) -> Sequence[int]:
        """The marked deals in sight of the filter; without any the one under the cursor."""
        if marked := self._view.marked_here:
            return marked
        return [self.current.id] if self.current else []

    def action_mark(self) -> None:
        """Mark the deal under the cursor, or no longer, and go to the next one."""
        if (column := self._view.column) and (deal := column.current):
            self._view.marked ^= {deal.id}
            if not column.to(column.cursor + 1):
                self._show_columns()
            self._arrange_marks()

    def _arrange_marks(self) -> None:
        self._show_columns()
        self._show_totals()
        self._follow()

    @property
    def neighbours(self) -> list[int]:
        """The ids of the deals in the current column."""
        return [deal.id for deal in self._view.column.deals] if self._view.column else []
