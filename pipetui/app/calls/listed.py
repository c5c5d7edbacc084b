"""A screen with figures above a list: what all screens about past calls share."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Generic, NamedTuple, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from pipetui.app.forecast.moving import ListedScreen
from pipetui.app.forecast.panel import Panel
from pipetui.app.forecast.rows import BLANK, LazyRows, Part, Row, heading
from pipetui.app.frame.footer import Footer
from pipetui.app.messages import CanType
from pipetui.app.sheet import wrapped
from pipetui.deals.errors import Problem
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp

D = TypeVar("D")
TIGHT = 30
"""Rows of a screen below which nothing is left blank."""
PATIENCE = 0.4
"""Seconds that reading may take before it is said."""
_STYLES = [
    Path(__file__).parents[1] / "forecast" / "forecast.tcss",
    Path(__file__).with_name("calls.tcss"),
]


class Item(NamedTuple):
    """A line of the list, made when it comes into sight."""

    key: str
    """What the cursor is on: "deal:12", behind an "@" which of several lines of it; "" is nothing."""
    make: Callable[[int], Row]
    """The row for a width in cells."""


def fixed(row: Row) -> Item:
    """A line that is the same for every width."""
    return Item(row.key, lambda _width: row)


def headed(text: str) -> list[Item]:
    """A blank line and a heading."""
    return [fixed(BLANK), fixed(heading(text))]


def sentence(text: str, style: str = "", *, indent: int = 2) -> Item:
    """A sentence on one line."""
    return fixed(Row((Part(" " * indent + text, style),)))


class ReadAgain(Message):
    """What a screen shows was read anew."""

    def __init__(self, number: int, data: object) -> None:
        super().__init__()
        self.number = number
        """Which question it answers."""
        self.data = data


class ListScreen(ListedScreen, Generic[D]):
    """Figures, a list with a cursor, a few lines about what is under it; `D` is what was read for it.

    It is read before it is opened (`open_list`), and again whenever something was written.
    """

    PLACE: ClassVar[str] = ""
    CSS_PATH: ClassVar[list[Path]] = _STYLES  # type: ignore[assignment]
    DETAIL: ClassVar[tuple[int, int]] = (4, 7)
    """Lines about what is under the cursor, on a small screen and on a large one."""

    def __init__(self, data: D, key: str = "") -> None:
        """`key` is where the cursor is at first."""
        super().__init__()
        self.data = data
        self.key = key
        self._at = 0
        self._items: Sequence[Item] = ()
        self._asked = 0

    # What a screen adds --------------------------------------------------------------------------------

    @abstractmethod
    def read(self, pipeline: Pipeline) -> D:
        """Read what is shown, anew; in a thread."""

    @abstractmethod
    def named(self) -> Content:
        """What it is."""

    @abstractmethod
    def head(self, width: int) -> list[Row]:
        """The figures."""

    @abstractmethod
    def items(self) -> list[Item]:
        """The list."""

    def about(self, key: str) -> list[str]:  # noqa: ARG002 - for those that have something to say
        """What there is to say of a line, in sentences."""
        return []

    def enter(self, key: str) -> None:
        """Open what a line is about."""
        if (deal_id := deal_of(key)) is not None:
            self.open_deal(deal_id)

    # Building ------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Title, figures, list, what is said of a line, footer."""
        yield Static("", id="title", markup=False)
        yield Panel(id="head", with_cursor=False)
        yield Panel(id="list")
        yield Panel(id="detail", with_cursor=False)
        yield Footer(self.PLACE)

    def on_mount(self) -> None:
        """Fill it."""
        self.app.pipeline_changed.subscribe(self, self._changed)
        self.show()

    def on_resize(self) -> None:
        """Another width may be other figures."""
        if self._items:
            self.show()

    @property
    def is_tight(self) -> bool:
        """Whether rows are scarce."""
        return self.app.size.height < TIGHT

    def show(self) -> None:
        """Show what was read; the cursor stays on its line, or near it."""
        width = self.app.size.width
        self.set_class(self.is_tight, "-tight")
        self.query_one("#title", Static).update(self.named())
        head = self.query_one("#head", Panel)
        head.styles.height = lines = len(self.head(width))
        head.display = bool(lines)
        head.show(self.head)
        detail = self.query_one("#detail", Panel)
        detail.styles.height = lines = self.DETAIL[not self.is_tight]
        detail.display = bool(lines)
        self._items = items = self.items()
        self.query_one("#list", Panel).show(
            lambda width: LazyRows(len(items), lambda at: items[at].make(width))
        )
        at = next((at for at, item in enumerate(items) if item.key and item.key == self.key), None)
        self.point_at(self._nearest(self._at) if at is None else at)

    def _nearest(self, at: int) -> int:
        """A line with a key, not far from a place in the list."""
        keyed = [n for n, item in enumerate(self._items) if item.key]
        return min(keyed, key=lambda n: (n < at, abs(n - at)), default=0)

    # Reading it again ----------------------------------------------------------------------------------

    def _changed(self, pipeline: Pipeline) -> None:
        self._asked += 1
        number = self._asked

        self.app.run_job(lambda: self.post_message(ReadAgain(number, self.read(pipeline))))

    @on(ReadAgain)
    def _take(self, event: ReadAgain) -> None:
        event.stop()
        if event.number == self._asked:
            self.data = cast("D", event.data)
            self.show()

    # The cursor ----------------------------------------------------------------------------------------

    def point_at(self, at: int) -> None:
        """The cursor on a line, and what there is to say of it."""
        self._at = at
        self.key = self._items[at].key if at < len(self._items) else ""
        self.query_one("#list", Panel).point_at(at if self.key else None)
        self.query_one("#detail", Panel).show(self._detail)

    def _detail(self, width: int) -> list[Row]:
        room = self.DETAIL[not self.is_tight]
        lines = [line for text in self.about(self.key) for line in wrapped(text, width - 3)]
        if len(lines) > room > 0:
            lines[room - 1 :] = [lines[room - 1][: width - 5] + " …"]
        return [Row((Part(f" {line}"),)) for line in lines]

    @property
    def _keyed(self) -> list[int]:
        return [at for at, item in enumerate(self._items) if item.key]

    def action_go(self, step: int) -> None:
        """The next or previous line."""
        keyed = self._keyed
        if keyed:
            here = min(range(len(keyed)), key=lambda n: abs(keyed[n] - self._at))
            self.point_at(keyed[max(0, min(len(keyed) - 1, here + step))])

    def action_ends(self, end: int) -> None:
        """The first or the last line."""
        if keyed := self._keyed:
            self.point_at(keyed[end])

    def action_section(self, step: int) -> None:
        """The first line below the next heading, or below the one before."""
        starts = [at for at in self._keyed if at == 0 or not self._items[at - 1].key]
        if starts:
            here = max((n for n, at in enumerate(starts) if at <= self._at), default=0)
            self.point_at(starts[(here + step) % len(starts)])

    # What can be done ----------------------------------------------------------------------------------

    def action_open(self) -> None:
        """What the line is about."""
        if self.key:
            self.enter(self.key)

    def open_deal(self, deal_id: int) -> None:
        """The deal view; the deals of the list follow each other in it."""
        pipeline = self.app.pipeline
        known = {} if pipeline is None else pipeline.deals
        if deal_id not in known:
            self.app.say(_("This deal is not in the store any more."))
            return
        ids = dict.fromkeys(deal_of(item.key) for item in self._items)
        self.app.open_deal(known[deal_id], [id_ for id_ in ids if id_ is not None and id_ in known])

    def find(self, deal_id: int, *, widen: bool) -> bool:
        """The cursor on a deal, if it is here; on the very line it was opened from, if that is its."""
        del widen
        if deal_of(self.key) == deal_id:
            return True
        at = next((at for at, item in enumerate(self._items) if deal_of(item.key) == deal_id), None)
        if at is None:
            return False
        self.point_at(at)
        return True


def deal_of(key: str) -> int | None:
    """The deal that a line is about."""
    kind, _colon, value = key.partition(":")
    return int(value.partition("@")[0]) if kind == "deal" else None


def open_list(
    app: "PipetuiApp", read: Callable[[Pipeline], D], make: Callable[[D], ListScreen[D]], waiting: str
) -> None:
    """Read what a screen shows, then open it. What is typed meanwhile is the screen's.

    Args:
        app: where.
        read: reads it, in a thread.
        make: the screen.
        waiting: what is said if that takes its time.
    """
    pipeline = app.pipeline
    if pipeline is None:
        return

    async def opening() -> None:
        timer = app.set_timer(PATIENCE, lambda: app.say(waiting))
        try:
            await app.push_screen(make(await app.off_the_loop(lambda: read(pipeline))))
        except Problem as problem:
            app.say(str(problem), severity="error")
        finally:
            timer.stop()
            app.take_back(waiting)
            app.post_message(CanType())

    app.ahead.hold()
    app.run_worker(opening())
