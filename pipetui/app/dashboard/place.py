"""The dashboard as a place of the app: the answer in large letters, what to do about it, and where."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from pipetui.app.commands import COMMANDS, DASHBOARD, bindings
from pipetui.app.dashboard import rows
from pipetui.app.dashboard.opening import TileLook, deals_of, open_place
from pipetui.app.dashboard.tile import TileBox
from pipetui.app.dashboard.working import Known, View, Work, Worked, views_of
from pipetui.app.forecast import telling
from pipetui.app.forecast.panel import Panel
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row
from pipetui.app.forecast.scoped import Scoped
from pipetui.app.frame.footer import Footer
from pipetui.app.frame.header import Header
from pipetui.app.kept import keeps_lines
from pipetui.app.keymap import key_of
from pipetui.app.memory import Memory
from pipetui.app.messages import CanType
from pipetui.language import N_, _
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.forecast.listing import DealsScreen

STYLES = Path(__file__).with_name("dashboard.tcss")
AIRY: Final = 28
"""Rows from which on there is a blank one below the answer."""
TALL: Final = 38
"""Rows from which on the answer is larger."""
WIDE: Final = 170
"""Columns from which on the diagnosis stands beside the tiles."""
TILES: Final = ("landing", "coverage", "movement", "blocked", "late", "slipping", "hygiene", "agenda")
DIAGNOSIS: Final = "diagnosis"
_GRID: Final = (TILES[:3], TILES[3:6], (TILES[6], TILES[7], TILES[7]))
"""The tiles as they stand; the last one is as wide as two."""
_KEYS: Final = {command.id: command for command in COMMANDS if command.place == DASHBOARD}


@keeps_lines
class Tiles(Container):
    """The tiles, in three columns."""


@keeps_lines
class Body(Container):
    """Tiles and diagnosis, below or beside each other."""


@keeps_lines
class DashboardPlace(Scoped):
    """Ahead, on track or behind, and what is to be done."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(DASHBOARD)
    PLACE = DASHBOARD
    AUTO_FOCUS = ""
    CSS_PATH = STYLES
    ASKS = N_("Whose deals")

    def __init__(self, store: str, memory: Memory) -> None:
        super().__init__(memory)
        self._store = store
        self._memory = memory
        self._asked = 0
        """Counts what was asked for: an answer to something before is thrown away."""
        self._known = Known()
        self._view: View | None = None
        self._at = (0, 0)
        """The row and column that the cursor is in."""
        self._deals: DealsScreen | None = None

    # Building ----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Frame, answer, tiles, diagnosis."""
        yield Header(DASHBOARD, self._store, self.app.session.today)
        yield Panel(id="answer", with_cursor=False)
        with Body(id="body"):
            with Tiles(id="tiles"):
                for key in TILES:
                    yield TileBox(key)
            yield TileBox(DIAGNOSIS)
        yield Footer(DASHBOARD)

    def on_mount(self) -> None:
        """Work it out; what was known before is shown meanwhile."""
        self._arrange()
        self.app.pipeline_changed.subscribe(self, self._changed)
        if self.app.pipeline is not None:
            self.app.ahead.hold()
            self._work_out(self.app.pipeline)

    def on_resize(self) -> None:
        """Larger letters, more beside each other."""
        self._arrange()
        self._show()

    def _arrange(self) -> None:
        width, height = self.app.size
        self.set_class(height >= AIRY, "-airy")
        self.set_class(height >= TALL, "-tall")
        self.set_class(width >= WIDE and height >= TALL, "-wide")

    @property
    def habits(self) -> dict[str, str | int]:
        """What is worth remembering until the next start."""
        return self._choosing.habits

    # Working it out ----------------------------------------------------------------------------------

    def _changed(self, pipeline: Pipeline) -> None:
        """Something was written: other figures."""
        self.query_one(Header).set_today(pipeline.today)
        self._work_out(pipeline)

    def _work_out(self, pipeline: Pipeline) -> None:
        """The answer at once, what the past tells when it is read; in a thread."""
        self._asked += 1
        number, wanted, session = self._asked, self._choosing.wanted(pipeline), self.app.session
        views = views_of(session)

        def can_type() -> None:
            if number == 1:  # keys wait until there are figures
                self.app.post_message(CanType())

        def is_wanted() -> bool:
            return number == self._asked and self.is_attached

        if (view := views.get(wanted)) is not None and view.found.pipeline.today == pipeline.today:
            self._view = view
            self._show()
            if view.is_whole and view.found.pipeline is pipeline:
                can_type()
                return
        task = Work(number, pipeline, wanted, session, views, self._known)
        self.app.run_job(lambda: task.do(self.post_message, is_wanted, can_type))

    @on(Worked)
    def _show_worked(self, event: Worked) -> None:
        event.stop()
        if event.number == self._asked:
            self._view = event.view
            self._show()
            if self._deals is not None and self._deals.is_attached:
                self._deals.renew(TileLook(event.view.found))

    # What is shown -----------------------------------------------------------------------------------

    def _show(self) -> None:
        view = self._view
        if view is None or not self.is_mounted:
            return
        if not view.found.pipeline.deals:
            self._show_nothing()
            return
        with self.app.batch_update():
            self._show_answer(view)
            here = self._here
            for tile in view.tiles:
                key = self._key_of(tile.key)
                self._box(tile.key).fill(
                    lambda width, height, tile=tile, key=key: rows.tile(tile, key, width, height),  # type: ignore[misc]
                    is_here=tile.key == here,
                )
            self._box(DIAGNOSIS).fill(
                lambda width, height: rows.diagnosis(view.sayings, self._key_of(DIAGNOSIS), width, height),
                is_here=here == DIAGNOSIS,
            )

    def _show_answer(self, view: View) -> None:
        from pipetui.pipeline.dashboard_told import answer

        panel, found = self.query_one("#answer", Panel), view.found
        told = answer(found, self._key_of("quota"))
        is_tall = self.has_class("-tall")

        def build(width: int) -> list[Row]:
            title = telling.title(found.outlook, found.pipeline, width)
            if not is_tall:
                return [title, *rows.answer(told, width, panel.size.height - 1)]
            bar = rows.course(found, width)
            large = rows.answer(told, width, panel.size.height - 4 - len(bar))
            return [title, BLANK, *large, BLANK, *bar]

        panel.show(build)

    def _show_nothing(self) -> None:
        """A store without a deal: what will stand here, and which key fills it."""
        key = next(key_of(its, self.app.keymap_in_use) for its in COMMANDS if its.id == "app.import")
        said = (
            (_("No deals yet."), "bold"),
            (_("Here it will say whether you are ahead, on track or behind."), ""),
            (_("%(key)s imports an export of your CRM.") % {"key": key}, MUTED),
        )
        rows_ = [BLANK, *(Row((Part(f"  {text}", style),)) for text, style in said)]
        self.query_one("#answer", Panel).show(lambda _width: rows_)
        for key in (*TILES, DIAGNOSIS):
            self._box(key).fill(lambda _width, _height: (), is_here=False)

    def _box(self, key: str) -> TileBox:
        return self.query_one(f"#{key}", TileBox)

    def _key_of(self, name: str) -> str:
        return key_of(_KEYS[f"dashboard.{name}"], self.app.keymap_in_use)

    # The cursor --------------------------------------------------------------------------------------

    @property
    def _grid(self) -> tuple[tuple[str, ...], ...]:
        if self.has_class("-wide"):
            return tuple((*row, DIAGNOSIS) for row in _GRID)
        return (*_GRID, (DIAGNOSIS,) * len(_GRID[0]))

    @property
    def _here(self) -> str:
        grid, (row, column) = self._grid, self._at
        return grid[min(row, len(grid) - 1)][min(column, len(grid[0]) - 1)]

    def _to(self, row: int, column: int) -> None:
        before = self._here
        self._at = row, column
        if self._view is not None and self._view.found.pipeline.deals and before != self._here:
            self._box(before).put_cursor(is_here=False)
            self._box(self._here).put_cursor(is_here=True)

    def action_go(self, across: int, down: int) -> None:
        """The tile beside, above or below."""
        grid, (row, column) = self._grid, self._at
        here = self._here
        row, column = min(row, len(grid) - 1), min(column, len(grid[0]) - 1)
        while 0 <= row + down < len(grid) and 0 <= column + across < len(grid[0]):
            row, column = row + down, column + across
            if grid[row][column] != here:
                self._to(row, column)
                return

    def action_next(self, step: int) -> None:
        """The next tile in reading order, or the one before."""
        keys = (*TILES, DIAGNOSIS)
        self._point(keys[(keys.index(self._here) + step) % len(keys)])

    def _point(self, key: str) -> None:
        places = [
            (row, column)
            for row, its in enumerate(self._grid)
            for column, name in enumerate(its)
            if name == key
        ]
        self._to(*places[0])

    @on(Panel.Picked)
    def _picked(self, event: Panel.Picked) -> None:
        event.stop()
        if isinstance(event.panel, TileBox):
            self._point(event.panel.key)
            if event.chain == 2:
                self.action_open()

    # Where one goes ----------------------------------------------------------------------------------

    def action_tile(self, key: str) -> None:
        """Straight to the place of a tile."""
        self._point(key)
        self.action_open()

    def action_open(self) -> None:
        """The place where something is done about the tile; where there is none, its deals."""
        view = self._view
        if view is None or not view.found.pipeline.deals or not self.is_current:
            return
        if not open_place(self.app, self._memory, view.found, self._here):
            self.action_deals()

    def action_deals(self) -> None:
        """The deals that the tile counts."""
        view = self._view
        if view is None or not self.is_current:
            return
        self._deals = deals_of(view.found, self._here)
        if self._deals is None:
            self.app.say(_("No deal is behind this figure."))
        else:
            self.app.push_screen(self._deals)

    # Another period, another scope -------------------------------------------------------------------

    def action_quota(self) -> None:
        """Set the quota of whom the dashboard is, for its period."""
        if self._view is not None:
            self.app.ahead.hold()
            self._ask_quota()

    @work
    async def _ask_quota(self) -> None:
        from pipetui.app.forecast.quota import ask_quota

        try:
            with suppress(TimeoutError):
                if self._view is not None:
                    await ask_quota(self.app, self._view.found.outlook, "landing")
        finally:
            self.app.post_message(CanType())
