"""What was due in the periods that have ended, and slipped out of them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from pipetui.forecast.accuracy.slippage import Slippage, slippage
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.looking import resumed, with_teams
from pipetui.pipeline.outlook_people import in_scope
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.store.engine import Store


def slippages(
    store: "Store", pipeline: Pipeline, periods: Iterable[Period], scope: Scope
) -> dict[Period, Slippage]:
    """By period that has ended, oldest first, what slipped; one at whose start nothing is known is left out.

    Reads the events, so not on the event loop.

    Raises:
        Problem: the store cannot be read.
    """
    from pipetui.store.past import open_deals_on

    ended = sorted((its for its in periods if its.end < pipeline.today), key=lambda its: its.start)
    if not ended:
        return {}
    evenings = {its: its.start - timedelta(days=1) for its in ended}
    due = min(its.start for its in ended), max(its.end for its in ended)
    then = open_deals_on(store, pipeline.deals, sorted(set(evenings.values())), told=True, due=due)
    settled = {
        deal.id: (deal.status, deal.settled_on) for deal in pipeline.deals.values() if deal.status != "open"
    }
    found = {}
    for its, evening in evenings.items():
        deals = [resumed(deal, evening) for deal in with_teams(then[evening], pipeline.playbook)]
        one = slippage(its, in_scope(deals, scope), settled, pipeline.playbook.conversion)
        if one.due:
            found[its] = one
    return found
