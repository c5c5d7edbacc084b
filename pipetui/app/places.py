"""Between the places: the board is always there, another place stands over it, a deal view over either."""

from typing import TYPE_CHECKING

from pipetui.app.commands import (
    BOARD,
    CLEANUP,
    DASHBOARD,
    DEAL,
    FORECAST,
    OVER_THE_BOARD,
    PLACES,
    TRENDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipetui.app.app import PipetuiApp
    from pipetui.app.deal.screen import DealScreen
    from pipetui.app.importing.screen import Begin
    from pipetui.app.memory import Memory


class Places:
    """Where one is, and how one gets elsewhere."""

    def __init__(self, app: "PipetuiApp") -> None:
        self._app = app
        self._deals: DealScreen | None = None

    @property
    def current(self) -> str:
        """The place that the screen on top belongs to; the board's for a dialog."""
        return getattr(self._app.screen, "PLACE", BOARD)

    @property
    def below(self) -> str:
        """The place that one is in, whatever stands over it."""
        found = (getattr(screen, "PLACE", "") for screen in reversed(self._app.screen_stack))
        return next((place for place in found if place in PLACES), BOARD)

    def go(self, place: str, memory: "Memory | None") -> None:
        """Go to a place; what stands over the one left is closed, a dialog stays.

        `memory` is what is remembered of the store; `None` while there is none to be in.
        """
        app = self._app
        while self.current in OVER_THE_BOARD:
            app.screen.dismiss()
        here = getattr(app.screen, "PLACE", "")
        if here == place or here not in PLACES or memory is None:
            return
        if here != BOARD:
            app.screen.dismiss()
        if place == CLEANUP:
            from pipetui.app.cleanup.place import CleanupPlace

            app.push_screen(CleanupPlace(app.board.store_name, memory))
        elif place == FORECAST:
            from pipetui.app.forecast.place import ForecastPlace

            app.ahead.hold()  # until there are figures to act on
            app.push_screen(ForecastPlace(app.board.store_name, memory))
        elif place == TRENDS:
            from pipetui.app.trends.place import TrendsPlace

            app.push_screen(TrendsPlace(app.board.store_name, memory))
        elif place == DASHBOARD:
            from pipetui.app.dashboard.place import DashboardPlace

            app.ahead.hold()  # until there are figures to act on
            app.push_screen(DashboardPlace(app.board.store_name, memory))

    def resume_call(self, memory: "Memory") -> None:
        """Back into the forecast call that one was in when the app ended, whatever ended it."""
        call_id = memory.number("call", 0)
        if call_id and self.current == FORECAST:
            from pipetui.app.call.starting import resume

            resume(self._app, call_id)

    def open_deal(self, deal_id: int, among: list[int]) -> None:
        """The deal view over the place one is in; leaving it leads back to the deal one went on to."""

        def left(at: int | None) -> None:
            if at is not None:
                self.find(at)

        screen = self._deal_view()
        screen.look_at(deal_id, among)
        self._app.push_screen(screen, left)

    def show_imports(
        self, begin: "Begin", memory: "Memory", left: "Callable[[None], None] | None" = None
    ) -> None:
        """Files to import, past imports or conflicts, over the board."""
        from pipetui.app.importing.screen import ImportScreen

        app = self._app
        if isinstance(app.screen, ImportScreen):
            app.screen.start(begin)
        elif app.pipeline is not None:
            app.action_place(BOARD)
            screen = ImportScreen(memory, begin)
            if begin != "files":
                app.ahead.hold()  # until the list is there
            app.push_screen(screen, left)
            screen.open()

    def warm_up(self) -> None:
        """Make the deal view before one opens it: its styles are read, its widgets are there.

        Those of dialogs, forecast, trends and import come along: all are parsed anew whenever some are added.
        """
        from pipetui.app.dashboard.place import STYLES as DASHBOARDS
        from pipetui.app.dialogs.dialog import STYLES as DIALOGS
        from pipetui.app.forecast.place import STYLES as FORECASTING
        from pipetui.app.importing.screen import STYLES as IMPORTING
        from pipetui.app.trends import STYLES as TRENDING

        app, screen = self._app, self._deal_view()
        if not screen.is_running:
            for styles in (DASHBOARDS, DIALOGS, FORECASTING, IMPORTING, TRENDING):
                app.stylesheet.read(styles)
            app._get_screen(screen)
            app._load_screen_css(screen)

    def make_ready(self) -> None:
        """The deal view holds the deal under the cursor: opening it then only has to paint it."""
        app, screen = self._app, self._deals
        if not app.is_running:
            return
        to_open = getattr(app.screen, "to_open", None)
        if screen is not None and app.screen is screen:
            screen.prepare_next()
        elif to_open and screen is not None and screen.is_running and screen not in app.screen_stack:
            screen.make_ready(*to_open)

    def _deal_view(self) -> "DealScreen":
        """The deal view: one for all deals, so that opening it need not build anything."""
        if self._deals is None:
            from pipetui.app.deal.screen import DealScreen

            self._deals = DealScreen()
            self._app.install_screen(self._deals, DEAL)
        return self._deals

    def find(self, deal_id: int) -> None:
        """The cursors of all places that show a deal to it."""
        for screen in self._app.screen_stack:
            if callable(find := getattr(screen, "find", None)):
                find(deal_id, widen=False)

    def go_to(self, deal_id: int, *, in_deal_view: bool) -> None:
        """The board's cursor to a deal; in the deal view, or for one that stands in no column, its view."""
        app = self._app
        on_board = app.board.find(deal_id, widen=True)
        if in_deal_view or not on_board:
            self.open_deal(deal_id, app.board.neighbours if on_board else [deal_id])
