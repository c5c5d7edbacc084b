"""The flow of the pipeline between two days, from the store's history."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from pipetui.deals.deal import Deal
from pipetui.forecast.periods import Period
from pipetui.pipeline.looking import resumed, with_teams
from pipetui.pipeline.pipeline import Pipeline
from pipetui.pipeline.trends_past import Past, first_exports
from pipetui.store.cycles import without_cycle_search
from pipetui.store.past import open_deals_on
from pipetui.trends.flow import Flow, flow
from pipetui.trends.spans import Span

if TYPE_CHECKING:
    from pipetui.store.engine import Store


def flow_between(
    store: "Store",
    pipeline: Pipeline,
    since: date,
    until: date,
    *,
    period: Period | None = None,
    which: Callable[[Deal], bool] | None = None,
    past: Past | None = None,
) -> Flow:
    """What became of the open deals between the ends of two days. Not on the event loop.

    What was known by then counts, and what history files tell of the time before the first export. A deal
    that comes into the choice or leaves it without being opened or closed is `other`.

    Args:
        store: where the events are.
        pipeline: the same store as it is now.
        since: the first day.
        until: the last day, not before the first.
        period: the close dates that are looked at; without it all.
        which: whose deals, as they stood on either day.
        past: what was read for trends: a flow to today from one of its days needs no further reading.

    Raises:
        Problem: the store cannot be read.
    """
    with without_cycle_search():
        before, after = _ends(store, pipeline, since, until, past)
        if which is not None:
            before, after = _chosen(before, after, which), _chosen(after, before, which)
        span = None if period is None else Span(*period)
        return flow(before, after, pipeline.playbook.conversion, since=since, until=until, period=span)


def _ends(
    store: "Store", pipeline: Pipeline, since: date, until: date, past: Past | None
) -> tuple[dict[int, Deal], dict[int, Deal]]:
    """By id, the deals that were known at the ends of the two days, closed ones too."""
    is_read = past is not None and past.is_of(pipeline) and since in past.open_on
    if past is not None and is_read and until == pipeline.today:
        before, after = {deal.id: deal for deal in past.open_on[since]}, dict(pipeline.deals)
        first = past.first_exports
    else:
        days = [since, until] if since < until else [since]
        found = open_deals_on(store, pipeline.deals, days, told=True, closed=True)
        before, after = (_by_id(found[day], pipeline, day) for day in (since, until))
        first = first_exports(store)
    for deal_id in before.keys() - after.keys():
        # Closed between what a history tells and the first export that shows it.
        deal = pipeline.deals[deal_id]
        if deal.status != "open" and deal.settled_on is not None and deal.settled_on <= until:
            after[deal_id] = deal
    _known_before(before, after, first, since)
    return before, after


def _known_before(
    before: dict[int, Deal], after: dict[int, Deal], first_exports: Mapping[str, date], since: date
) -> None:
    """What the first export of a source brings is only new if it was created since: it was there, unseen."""
    sources = {source for source, first in first_exports.items() if first > since}
    if not sources:
        return
    for deal_id, deal in after.items():
        if deal_id in before or deal.created is None or deal.created > since:
            continue
        if deal.source in sources:
            before[deal_id] = deal._replace(status="open", missing_since=since)


def _by_id(deals: list[Deal], pipeline: Pipeline, day: date) -> dict[int, Deal]:
    return {deal.id: resumed(deal, day) for deal in with_teams(deals, pipeline.playbook)}


def _chosen(
    deals: dict[int, Deal], others: dict[int, Deal], which: Callable[[Deal], bool]
) -> dict[int, Deal]:
    """Those of the choice. One that is so at the other end only is there, and does not count."""
    found = {}
    for deal_id, deal in deals.items():
        if which(deal):
            found[deal_id] = deal
        elif deal_id in others and which(others[deal_id]):
            found[deal_id] = deal._replace(missing_since=deal.missing_since or date.min)
    return found
