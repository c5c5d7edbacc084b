"""From a tile to the place where something is done about it, or to the deals that it counts."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widgets import Static

from pipetui.app.board.cells import cut
from pipetui.app.commands import CLEANUP, FORECAST, TRENDS
from pipetui.app.forecast import phrases
from pipetui.app.forecast.behind import Behind, Look
from pipetui.app.forecast.listing import DealsScreen
from pipetui.app.forecast.place import STYLES, ForecastPlace
from pipetui.app.trends.narrowed import EVERYTHING
from pipetui.deals.deal import Deal
from pipetui.forecast.quotas import Scope
from pipetui.forecast.totals import totals_of_all
from pipetui.forecast.wording import scope_told
from pipetui.pipeline.dashboard import Dashboard
from pipetui.pipeline.dashboard_tiles import thin, title
from pipetui.query.words import CHOICES, KEYS
from pipetui.signals.hygiene import worth

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.memory import Memory

_FLAGS: Final = {"blocked": ("high",), "late": ("late_action",), "slipping": ("overdue", "pushed")}
"""What the cleanup is filtered by."""

_VIEWS: Final = {"movement": "flow", "diagnosis": "diagnosis"}
"""What the trends begin with."""


class TileLook(Look):
    """The deals of the tiles, largest first."""

    def __init__(self, found: Dashboard) -> None:
        super().__init__(found.pipeline, found.outlook)
        self._dashboard = found

    def behind(self, key: str) -> Behind:
        """What a tile counts."""
        its, pipeline = self._dashboard, self.pipeline
        if key == "landing":
            return super().behind(key)
        deals = _DEALS[key](its)
        totals = totals_of_all(deals, pipeline.probability, pipeline.playbook.conversion)
        return Behind(title(key), deals, totals)


def _of(its: Dashboard, ids: Iterable[int]) -> tuple[Deal, ...]:
    """Each deal once, the largest first."""
    rates = its.pipeline.playbook.conversion
    deals = [its.pipeline.deals[id_] for id_ in dict.fromkeys(ids) if id_ in its.pipeline.deals]
    return tuple(sorted(deals, key=lambda deal: (-worth(deal, rates), deal.name.casefold())))


def _moved(its: Dashboard) -> tuple[Deal, ...]:
    if its.movement is None:
        return ()
    return _of(its, [*(part.deal_id for part in its.movement.flow.parts), *its.movement.pushed])


def _due(its: Dashboard) -> tuple[Deal, ...]:
    promised = (*its.agenda.actions, *its.agenda.commitments)
    ids = [promise.deal_id for promise in promised if promise.deal_id is not None]
    return _of(its, [*ids, *(deal.id for deal in its.agenda.steps)])


def _found(its: Dashboard) -> tuple[Deal, ...]:
    """The deals of the weightiest finding that names any."""
    findings = its.diagnosis.findings if its.diagnosis else ()
    return _of(its, next((one.deals for one in findings if one.deals), ()))


def _flagged(its: Dashboard) -> tuple[Deal, ...]:
    flagged = [deal.id for deal in its.pipeline.deals.values() if deal.counts and its.pipeline.flags_of(deal)]
    return _of(its, [id_ for id_ in flagged if its.has(its.pipeline.deals[id_])])


_DEALS: Final[Mapping[str, Callable[[Dashboard], tuple[Deal, ...]]]] = {
    "coverage": lambda its: _of(its, [id_ for one in its.coverage for id_ in one.deals]),
    "movement": _moved,
    "blocked": lambda its: its.blocked.deals,
    "late": lambda its: its.late.deals,
    "slipping": lambda its: its.slipping.deals,
    "hygiene": _flagged,
    "agenda": _due,
    "diagnosis": _found,
}


class TileDeals(DealsScreen):
    """The deals of a tile: all open ones, whatever the period."""

    CSS_PATH = str(STYLES)

    def _show(self) -> None:
        super()._show()
        look, found = self._look, self._found
        whose = scope_told(look.outlook.scope)
        self.query_one("#title", Static).update(
            Content.assemble(
                Content.styled(f" {cut(found.title, 40)}", "bold"),
                f"   {phrases.deals(len(found.deals))} · {self._amount}   ",
                Content.styled(whose, "$muted"),
            )
        )


def deals_of(found: Dashboard, key: str) -> DealsScreen | None:
    """The deals of a tile as a screen; `None` if it counts none."""
    look = TileLook(found)
    if not look.behind(key).deals:
        return None
    return (DealsScreen if key == "landing" else TileDeals)(look, key)


def open_place(app: "PipetuiApp", memory: "Memory", found: Dashboard, key: str) -> bool:
    """Go to the place where something is done about a tile; whether there is one."""
    if key in ("landing", "coverage"):
        app.action_place(FORECAST)
        if key == "coverage":
            _forward(app, found)
        return True
    if key in _FLAGS or key == "hygiene":
        _note_filter(memory, found.scope, _FLAGS.get(key, ()))
        app.action_place(CLEANUP)
        return True
    if key in _VIEWS:
        scope = found.scope
        memory.note(trends_view=_VIEWS[key], trends_team=scope.team, trends_owner=scope.owner)
        memory.note(**EVERYTHING.noted, trends_filter="", trends_window="")
        app.action_place(TRENDS)
        return True
    if key == "agenda" and found.agenda.call is not None:
        from pipetui.app.call.starting import resume

        app.action_place(FORECAST)
        resume(app, found.agenda.call.id)
        return True
    return False


def _forward(app: "PipetuiApp", found: Dashboard) -> None:
    """To the first of the next periods that is thin, if any is."""
    steps = (step for step, its in enumerate(found.coverage) if step and thin(its, found.needed) is not None)
    screen = app.screen
    if isinstance(screen, ForecastPlace):
        for _step in range(next(steps, 0)):
            screen.action_period(1)


def _note_filter(memory: "Memory", scope: Scope, flags: tuple[str, ...]) -> None:
    """What the cleanup shows when it opens: written as somebody would type it."""
    terms = []
    if flags:
        told = ",".join(CHOICES["flag"][flag].told for flag in flags)
        terms.append(f"{KEYS['flag'].told}:{told}")
    if scope.team:
        terms.append(f'{KEYS["team"].told}:"{scope.team}"')
    memory.note(
        cleanup_owner=f"={scope.owner}" if scope.owner else "",
        cleanup_flag="",
        cleanup_filter=" ".join(terms),
    )
