"""What past periods teach of a period: how probable deals are, and what should be won by a day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.forecast.pace import Share, expected_share
from pipetui.forecast.periods import Period, before
from pipetui.forecast.probabilities import Chances, learn, matching_days, standings
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.looking import resumed, with_teams
from pipetui.pipeline.pipeline import Pipeline
from pipetui.store.past import open_deals_on

if TYPE_CHECKING:
    from pipetui.store.engine import Store

AT_MOST: Final = 8
"""Past periods whose deals are looked at: two years of quarters."""


class Taught(NamedTuple):
    """What was learned for a period on a day; edits of open deals do not change it."""

    period: Period
    today: date
    chances: Chances
    known_since: date | None
    """The first day on which any deal was closed: what was closed before is not known."""
    past: tuple[Period, ...]
    """The periods that were looked at, the newest first."""

    def is_of(self, period: Period, today: date) -> bool:
        """Whether it holds for a period on a day."""
        return self.period == period and self.today == today

    def share(self, pipeline: Pipeline, scope: Scope) -> Share:
        """What part of a scope's result should be won by the end of today."""
        rates = pipeline.playbook.conversion
        wins = [
            (deal.settled_on, minor)
            for deal in pipeline.deals.values()
            if deal.status == "won"
            and deal.settled_on is not None
            and deal.amount is not None
            and (not scope.owner or deal.owner == scope.owner)
            and (not scope.team or deal.team == scope.team)
            and (minor := rates.convert(deal.amount, deal.currency or rates.currency)) is not None
        ]
        start = pipeline.playbook.fiscal_year_start
        return expected_share(wins, self.period, self.today, start, self.known_since)


def teach(store: "Store", pipeline: Pipeline, period: Period) -> Taught:
    """Read how the deals of past periods stood on the matching day, and which were won.

    Rows of history files count as exports do. A past period is looked at if all that was closed in it is
    known: else only those deals would be seen that were long in coming. Takes about half a second for 10,000
    deals with a past, so not on the event loop.

    Raises:
        Problem: the store cannot be read.
    """
    playbook, today = pipeline.playbook, pipeline.today
    closed = [its.settled_on for its in pipeline.deals.values() if its.status != "open" and its.settled_on]
    known_since = min(closed, default=None)
    past: list[Period] = []
    its = period
    while known_since is not None and len(past) < AT_MOST:
        its = before(its, playbook.fiscal_year_start)
        if its.start < known_since:
            break
        if its.end < today:
            past.append(its)
    days = matching_days(period, today, reversed(past))
    won_on = {
        deal.id: deal.settled_on
        for deal in pipeline.deals.values()
        if deal.status == "won" and deal.settled_on is not None
    }
    due = (days[0][0].start, days[-1][0].end) if days else None
    found = open_deals_on(
        store, pipeline.deals, [day - timedelta(days=1) for _past, day in days], told=True, due=due
    )
    samples = [
        standing
        for (its, day), then in zip(days, found.values(), strict=True)
        for standing in standings(its, day, _as_judged(then, pipeline, day), won_on)
    ]
    return Taught(period, today, learn(samples, playbook.limits.min_sample), known_since, tuple(past))


def _as_judged(deals: list[Deal], pipeline: Pipeline, day: date) -> list[Deal]:
    """The deals as they were judged on a day."""
    return [resumed(deal, day - timedelta(days=1)) for deal in with_teams(deals, pipeline.playbook)]
