"""How good the forecasts were: as tables and charts, every figure with its deals."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content

from pipetui.app.calls import became, measuring
from pipetui.app.calls.listed import Item, ListScreen, fixed, headed, open_list
from pipetui.app.calls.measuring import Measured
from pipetui.app.commands import ACCURACY, bindings
from pipetui.app.forecast.rows import Row
from pipetui.forecast.accuracy.commits import Conversion
from pipetui.forecast.periods import Period, before, period_of
from pipetui.forecast.quotas import Scope
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import _
from pipetui.pipeline.outlook_calls import held
from pipetui.pipeline.outlook_people import in_scope
from pipetui.pipeline.outlook_slippage import slippages
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.store.engine import Store

_EDGES = 2
"""Cells of the cursor's bar and of what tells that there is more."""
_PERIODS = 8
"""Past periods whose slippage is looked at: two years of quarters."""


class AccuracyScreen(ListScreen[Measured]):
    """What the forecasts were worth."""

    PLACE = ACCURACY
    BINDINGS: ClassVar[list[BindingType]] = bindings(ACCURACY)
    DETAIL = (0, 0)

    def __init__(self, data: Measured, like: Period, scope: Scope) -> None:
        super().__init__(data)
        self._like = like
        self._scope = scope

    def read(self, pipeline: Pipeline) -> Measured:
        """Measured anew."""
        return measure(self.app.session.store, pipeline, self._like, self._scope)

    def named(self) -> Content:
        """Whose."""
        whose = scope_told(self.data.held.scope)
        return Content.assemble(
            Content.styled(" " + _("How good the forecasts were"), "bold"),
            "   ",
            Content.styled(whose, "$muted"),
        )

    def head(self, width: int) -> list[Row]:  # noqa: ARG002 - as many as there are
        """Nothing: every figure has its deals, so it stands in the list."""
        return []

    def items(self) -> list[Item]:
        """Numbers, ranges, commits, slippage."""
        pipeline, its = self.app.pipeline, self.data
        if pipeline is None:
            return []

        def called(name: str) -> str:
            return period_told(Period.parse(name, pipeline.playbook.fiscal_year_start))

        width = max(20, self.app.size.width - _EDGES)
        found = headed(_("Numbers against what was won"))
        found += map(fixed, measuring.numbers(its, width, called))
        found += headed(_("Was it inside P10–P90?"))
        found += map(fixed, measuring.ranges(its, width, called))
        found += headed(_("What became of the commits"))
        found += map(fixed, measuring.commits(self._conversions(pipeline), width))
        found += headed(_("What slipped out of the periods"))
        found += map(fixed, measuring.slipped(its, width, called))
        return found[1:]

    def _conversions(self, pipeline: Pipeline) -> list[tuple[str, Conversion]]:
        """Of the owners of the scope."""
        every = self.data.held.conversions
        if self._scope == Scope():
            return list(every.items())
        owners = {deal.owner for deal in in_scope(pipeline.deals.values(), self._scope)}
        return [(owner, its) for owner, its in every.items() if owner in owners]

    def enter(self, key: str) -> None:
        """The deals behind a figure."""
        pipeline = self.app.pipeline
        kind, _colon, name = key.partition(":")
        if pipeline is None:
            return
        if kind == "owner":
            its = self.data.held.conversions[name]
            became.open_became(self.app, became.fates_of_commits(name, its, pipeline))
            return
        period = Period.parse(name, pipeline.playbook.fiscal_year_start)
        if kind == "slip":
            slipped = self.data.slippage[period]
            became.open_became(self.app, became.slipped_of(period, slipped, pipeline))
        else:
            deals = in_scope(pipeline.deals.values(), self.data.held.scope)
            won = [deal for deal in deals if deal.status == "won" and deal.settled_on in period]
            became.open_became(self.app, became.won_in(period, won, pipeline))


def measure(store: "Store", pipeline: Pipeline, like: Period, scope: Scope) -> Measured:
    """Read all calls and what became of them; in a thread. Raises `Problem`."""
    from pipetui.store.calls import read_frozen

    whose = None if scope == Scope() else scope
    found = held(read_frozen(store), pipeline, scope=whose, like=like, drifts=False)
    start = pipeline.playbook.fiscal_year_start
    kind = next(iter(found.ranges), like)
    its, periods = period_of(pipeline.today, kind, start), []
    for _n in range(_PERIODS):
        its = before(its, start)
        periods.append(its)
    return Measured(found, slippages(store, pipeline, periods, found.scope), pipeline.currency)


def open_accuracy(app: "PipetuiApp", like: Period, scope: Scope) -> None:
    """How good the forecasts of such periods were."""
    open_list(
        app,
        lambda pipeline: measure(app.session.store, pipeline, like, scope),
        lambda data: AccuracyScreen(data, like, scope),
        _("The previous calls are being read …"),
    )
