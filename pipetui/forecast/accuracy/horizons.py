"""Which frozen call counts: the last at or before a fixed day of its period."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.forecast.accuracy.measures import Hit
from pipetui.forecast.calls.snapshot import Snapshot, sum_up
from pipetui.forecast.periods import Period, month
from pipetui.forecast.quotas import Scope


class Horizon(StrEnum):
    """From when a forecast is looked at."""

    MONTH_BEFORE = "m_1"
    """M-1: the same day of the month before the period's first, that is the first of that month."""
    START = "start"
    """The period's first day."""
    MIDDLE = "mid"
    """Half of its days are over, rounded down: the 46th of 92 is the last that counts."""


def day_of(horizon: Horizon, period: Period) -> date:
    """The last day on which a call counts for a horizon."""
    if horizon is Horizon.MONTH_BEFORE:
        return month(period.start - timedelta(days=1)).start
    if horizon is Horizon.START:
        return period.start
    return period.start + timedelta(days=period.days // 2 - 1)


def latest(snapshots: Iterable[Snapshot], horizon: Horizon) -> dict[tuple[Period, Scope], Snapshot]:
    """By period and scope, the last call frozen at or before the horizon's day; later ones do not count."""
    found: dict[tuple[Period, Scope], Snapshot] = {}
    for snapshot in sorted(snapshots, key=lambda its: (its.frozen_at, its.revision)):
        if snapshot.frozen_at.date() <= day_of(horizon, snapshot.period):
            found[snapshot.period, snapshot.scope] = snapshot
    return found


def won_in(deals: Iterable[Deal], period: Period, scope: Scope, rates: Rates) -> int:
    """What a scope has won in a period, in minor units; what has no amount here adds nothing."""
    return sum(
        rates.convert(deal.amount, deal.currency or rates.currency) or 0
        for deal in deals
        if deal.status == "won"
        and deal.amount is not None
        and deal.settled_on in period
        and (not scope.owner or deal.owner == scope.owner)
        and (not scope.team or deal.team == scope.team)
    )


def hits(
    snapshots: Iterable[Snapshot],
    horizon: Horizon,
    actual: Mapping[Period, int],
    scope: Scope,
    today: date,
) -> list[Hit]:
    """Forecast against actual, a period each, oldest first; of periods that have ended before today.

    F of a team or of everybody is the manager's number: a call without one is left out. F of an owner is won
    + rep's commit: of the owner's own call, else of the owner's entries in the team's, else in everybody's.

    Args:
        snapshots: all frozen calls.
        horizon: which of them count.
        actual: by period, what the scope has won (`won_in`).
        scope: whose.
        today: the day.
    """
    found: dict[Period, tuple[int, int]] = {}
    for (period, its), snapshot in latest(snapshots, horizon).items():
        if period.end >= today or period not in actual:
            continue
        forecast = _forecast(snapshot, its, scope)
        size = 0 if its.owner else 1 if its.team else 2
        if forecast is not None and (period not in found or size < found[period][0]):
            found[period] = (size, forecast)
    return [
        Hit(period.name, found[period][1], actual[period])
        for period in sorted(found, key=lambda period: period.start)
    ]


def _forecast(snapshot: Snapshot, its: Scope, wanted: Scope) -> int | None:
    if not wanted.owner:
        return snapshot.number if its == wanted else None
    if its.owner:
        return snapshot.rep_totals.landing if its == wanted else None
    mine = [entry for entry in snapshot.entries if entry.owner == wanted.owner]
    if its.team and not mine:
        return None  # another team's call says nothing of somebody
    return sum_up(mine, "rep").landing
