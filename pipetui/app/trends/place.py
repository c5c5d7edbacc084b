"""Trends as a place of the app: a list of views, and the figure, chart and points of one of them."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from pipetui.app.board.status import StatusRow
from pipetui.app.commands import COMMANDS, TRENDS, bindings
from pipetui.app.forecast.panel import Panel
from pipetui.app.forecast.place import STYLES as FORECASTING
from pipetui.app.frame.footer import Footer
from pipetui.app.frame.header import Header
from pipetui.app.kept import keeps_lines
from pipetui.app.keymap import key_of
from pipetui.app.memory import Memory
from pipetui.app.messages import CanType
from pipetui.app.trends import STYLES, listing, painting
from pipetui.app.trends.chart import Chart
from pipetui.app.trends.narrowing import Narrowing
from pipetui.app.trends.shown import Shown, Spot, View, ViewName
from pipetui.app.trends.working import ORDER, Ready, Work
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.trends.facts import Read
    from pipetui.app.trends.views.flow import Between

TIGHT: Final = 30
"""Rows below which nothing is left blank."""
_KEYS: Final = {command.id: command for command in COMMANDS if command.place == TRENDS}


@keeps_lines
class Body(Horizontal):
    """Views, the one that is looked at, the deals of a point."""


@keeps_lines
class Middle(Vertical):
    """Figure, chart, points."""


@keeps_lines
class TrendsPlace(Narrowing):
    """What the pipeline did over time."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(TRENDS)
    PLACE = TRENDS
    AUTO_FOCUS = ""
    CSS_PATH: ClassVar[list[Path]] = [FORECASTING, STYLES]  # type: ignore[assignment]

    def __init__(self, store: str, memory: Memory) -> None:
        super().__init__(memory)
        self._store = store
        at = memory.text("trends_view", ORDER[0])
        self._at: ViewName = at if at in ORDER else ORDER[0]
        self._cuts: dict[ViewName, str] = {}
        """By view, the cut that is looked at."""
        self._spots: dict[tuple[ViewName, str], str] = {}
        """By view and cut, the key of the point that the cursor is on."""
        self._views: dict[ViewName, View] = {}
        self._read: Read | None = None
        self._between: Between | None = None
        self._found = 0
        """How many deals the views are about."""
        self._asked = 0
        """Counts what was asked for: an answer to something before is thrown away."""

    # Building ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Frame, views, the one that is looked at."""
        yield Header(TRENDS, self._store, self.app.session.today)
        yield StatusRow()
        with Body(id="body"):
            yield Panel(id="views")
            with Middle(id="view"):
                yield Panel(id="head", with_cursor=False)
                yield Chart(id="chart")
                yield Panel(id="points")
                yield Panel(id="below", with_cursor=False)
            yield Panel(id="deals", with_cursor=False)
        yield Footer(TRENDS)

    def on_mount(self) -> None:
        """Begin to work the views out."""
        self._arrange()
        self.app.pipeline_changed.subscribe(self, self._changed)
        self._take_up_filter()
        self._show()
        if self.app.pipeline is not None:
            self._work_out(self.app.pipeline)

    def on_resize(self) -> None:
        """More beside each other; other heights."""
        self._arrange()
        self._show()

    def _arrange(self) -> None:
        width, height = self.app.size
        self.set_class(width >= painting.ROOMY, "-roomy")
        self.set_class(width >= painting.WIDE, "-wide")
        self.set_class(height < TIGHT, "-tight")
        self.query_one(StatusRow).set_class(width < painting.ROOMY, "-narrow")

    @property
    def habits(self) -> dict[str, str | int]:
        """What is worth remembering until the next start."""
        return {**self._choosing.habits, "trends_view": self._at}

    # Working it out ----------------------------------------------------------------------------------

    def _changed(self, pipeline: Pipeline) -> None:
        """Something was written: other figures; what is shown stays until they are there."""
        self.query_one(Header).set_today(pipeline.today)
        self._renew_filter(pipeline)
        self._work_out(pipeline)

    def _work_out(self, pipeline: Pipeline) -> None:
        """All views, the one that is looked at first; in a thread. What is shown stays meanwhile."""
        self._asked += 1
        work = Work(self._asked, pipeline, self._choosing.wanted(pipeline), self._read, self._between)
        session = self.app.session
        self.app.run_job(
            lambda: work.do(
                session.store,
                self.post_message,
                lambda: self._at,
                lambda number: number == self._asked and self.is_attached,
            )
        )
        self._tell()

    @on(Ready)
    def _ready(self, event: Ready) -> None:
        event.stop()
        if event.number != self._asked or not self.is_attached:
            return
        self._read, self._found = event.read, event.found
        self._views[event.view.name] = event.view
        self._list()
        self._tell()
        if event.view.name == self._at:
            self._show()

    # What is shown -----------------------------------------------------------------------------------

    def _panel(self, name: str) -> Panel:
        return self.query_one(f"#{name}", Panel)

    @property
    def _shown(self) -> Shown | None:
        view, pipeline = self._views.get(self._at), self.app.pipeline
        if view is None or pipeline is None:
            return None
        its = view.cut(self._cuts.get(self._at, ""))
        if its is None:
            return None
        if self._found:
            return painting.noted(its, self._at, self._choosing.wanted(pipeline).window, pipeline)
        keys = tuple(key_of(_KEYS[f"trends.{name}"], self.app.keymap_in_use) for name in ("narrow", "clear"))
        return Shown(its.cut, its.named, "", says=(painting.nothing(self._choosing, pipeline, *keys),))

    @property
    def _spot(self) -> Spot | None:
        its = self._shown
        return None if its is None else its.spot(self._spots.get((self._at, its.cut), ""))

    def _show(self) -> None:
        if not self.is_mounted:
            return
        self._list()
        self._tell()
        view, its = self._views.get(self._at), self._shown
        head, chart = self._panel("head"), self.query_one(Chart)
        width = painting.room(self.app.size.width)
        tight = self.has_class("-tight")
        lines, spot = None if its is None else its.lines, self._spot
        points = self._panel("points")
        points.show((lambda _width: ()) if its is None else its.rows, "" if spot is None else spot.key)
        height = self.app.size.height
        most = painting.sentences(height, 0 if lines else len(points.rows), tight=tight)
        said = painting.head(self._at, view, its, width, most=most)
        head.styles.height = len(said)
        head.show(lambda _width: said)
        room = height - len(said) - painting.frame(tight=tight)
        chart.display = lines is not None
        if lines is not None:
            chart.styles.height = painting.chart_height(height, room, len(points.rows))
        chart.draw(lines, None if spot is None else spot.x)
        room -= len(points.rows)
        below = lines is None and spot is not None and room >= painting.LEAST_BELOW
        self.set_class(below and not self.has_class("-wide"), "-below")
        points.styles.height = len(points.rows) if self.has_class("-below") else "1fr"
        self._beside()

    def _list(self) -> None:
        """The views, each with its figure."""
        self._panel("views").show(
            lambda width: painting.views(ORDER, self._views, width, tight=self.has_class("-tight")), self._at
        )

    def _tell(self) -> None:
        """The row above: which days, whose, by what."""
        pipeline = self.app.pipeline
        if pipeline is not None and not self._filter.problem:
            room = self.app.size.width - (36 if self.app.size.width >= painting.ROOMY else 26) - 2
            self.query_one(StatusRow).show(painting.status(self._choosing, pipeline, self._found, room))

    def _beside(self) -> None:
        """The deals behind the point, where there is room for them: at the right, or below."""
        spot, pipeline = self._spot, self.app.pipeline
        where = "deals" if self.has_class("-wide") else "below" if self.has_class("-below") else ""
        if not where or pipeline is None:
            return
        if spot is None:
            self._panel(where).show(lambda _width: ())
        else:
            self._panel(where).show(lambda width: listing.rows(spot, pipeline, width))

    # The cursors -------------------------------------------------------------------------------------

    def action_view(self, step: int) -> None:
        """The next view, or the one before."""
        at = ORDER.index(self._at)
        self._look_at(ORDER[max(0, min(len(ORDER) - 1, at + step))])

    def _look_at(self, name: ViewName) -> None:
        if name != self._at:
            self._at = name
            with self.app.batch_update():
                self._show()

    def action_point(self, step: int) -> None:
        """The next point, or the one before."""
        its, spot = self._shown, self._spot
        if its is None or spot is None:
            return
        at = its.spots.index(spot)
        self._to(its.spots[max(0, min(len(its.spots) - 1, at + step))].key)

    def _to(self, key: str) -> None:
        its = self._shown
        if its is None or not any(spot.key == key for spot in its.spots):
            return
        self._spots[self._at, its.cut] = key
        spot = self._spot
        self._panel("points").point(key)
        if its.lines is not None:
            self.query_one(Chart).draw(its.lines, None if spot is None else spot.x)
        self._beside()

    def action_ends(self, end: int) -> None:
        """The first or the last point."""
        if (its := self._shown) is not None and its.spots:
            self._to(its.spots[end].key)

    def action_page(self, pages: int) -> None:
        """A screen of points further."""
        self.action_point(pages * max(1, self._panel("points").page - 1))

    def action_cut(self, step: int) -> None:
        """The next cut of the view, or the one before."""
        view, its = self._views.get(self._at), self._shown
        if view is None or its is None:
            return
        names = [one.cut for one in view.cuts]
        self._cut(names[(names.index(its.cut) + step) % len(names)])

    def _cut(self, name: str) -> None:
        self._cuts[self._at] = name
        with self.app.batch_update():
            self._show()

    @on(Panel.Picked)
    def _picked(self, event: Panel.Picked) -> None:
        event.stop()
        key = event.panel.rows[event.at].key
        if event.panel.id == "views":
            self._look_at(cast("ViewName", key))
        else:
            self._to(key)
            if event.chain == 2:
                self.action_open()

    @on(Panel.Wheeled)
    def _wheeled(self, event: Panel.Wheeled) -> None:
        event.stop()
        if event.panel.id == "views":
            self.action_view(event.step)
        else:
            self.action_point(event.step)

    def action_open(self) -> None:
        """The deals behind the point."""
        its, spot = self._shown, self._spot
        if its is not None and spot is not None and self.is_current:
            where = painting.called(self._at) + (f" · {its.named}" if its.named else "")
            among = tuple(one.deals[0] for one in its.spots if len(one.deals) == 1)
            listing.open_spot(self.app, listing.Behind(spot, where, among))

    def action_snapshot(self) -> None:
        """The snapshot rate of the conversion, and back."""
        from pipetui.app.trends.views.conversion import SNAPSHOT

        self._look_at("conversion")
        is_there = self._cuts.get("conversion") == SNAPSHOT
        self._cut("" if is_there else SNAPSHOT)

    # The flow between two days -----------------------------------------------------------------------

    @work
    async def action_between(self) -> None:
        """The flow between two days that are typed."""
        from pipetui.app.trends.between import ask_between
        from pipetui.app.trends.views.flow import CHOSEN

        calls = () if self._read is None else self._read.frozen
        self.app.ahead.hold()
        try:
            chosen = await ask_between(self.app, calls, self._between)
        finally:
            self.app.post_message(CanType())
        if chosen is not None and (pipeline := self.app.pipeline) is not None:
            self._between, self._at = chosen, "flow"
            self._cuts["flow"] = CHOSEN
            self._work_out(pipeline)
