"""What was due in the periods that have ended, and slipped out of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipetui.deals.deal import Deal
from pipetui.forecast.accuracy.slippage import Slippage, slippage
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.looking import resumed, with_teams
from pipetui.pipeline.outlook_people import in_scope
from pipetui.pipeline.pipeline import Pipeline
from pipetui.pipeline.trends_past import kept_past

if TYPE_CHECKING:
    from pipetui.store.engine import Store


def slippages(
    store: "Store", pipeline: Pipeline, periods: Iterable[Period], scope: Scope
) -> dict[Period, Slippage]:
    """By period that has ended, oldest first, what slipped; one at whose start nothing is known is left out.

    Reads the events, unless they were read for trends already, so not on the event loop.

    Raises:
        Problem: the store cannot be read.
    """
    ended = sorted((its for its in periods if its.end < pipeline.today), key=lambda its: its.start)
    if not ended:
        return {}
    evenings = {its: its.start - timedelta(days=1) for its in ended}
    then = _open_on(store, pipeline, evenings)
    settled = {
        deal.id: (deal.status, deal.settled_on) for deal in pipeline.deals.values() if deal.status != "open"
    }
    found = {}
    for its, evening in evenings.items():
        one = slippage(its, in_scope(then[evening], scope), settled, pipeline.playbook.conversion)
        if one.due:
            found[its] = one
    return found


def _open_on(
    store: "Store", pipeline: Pipeline, evenings: Mapping[Period, date]
) -> Mapping[date, Sequence[Deal]]:
    """By evening, the deals that were open, of those that were ever due in the periods."""
    from pipetui.store.past import open_deals_on

    past, days = kept_past(store, pipeline), sorted(set(evenings.values()))
    if past is not None and past.open_on.keys() >= set(days):
        return past.open_on
    due = min(its.start for its in evenings), max(its.end for its in evenings)
    then = open_deals_on(store, pipeline.deals, days, told=True, due=due)
    return {
        day: [resumed(deal, day) for deal in with_teams(deals, pipeline.playbook)]
        for day, deals in then.items()
    }
