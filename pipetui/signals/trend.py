"""How clean a pipeline was at the end of each week."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.signals.context import Context
from pipetui.signals.hygiene import is_ready, worth
from pipetui.signals.rules import is_severe

WEEKS: Final = 12
"""Weeks that a trend shows."""


class Week(NamedTuple):
    """The hygiene (`signals.hygiene`) at the end of a week."""

    week_end: date
    """A Sunday."""
    score: float | None
    """0–1, of the deals; `None` without any."""
    open: int
    amount_score: float | None
    """0–1, of their amount; `None` if none had one."""
    amount: int
    """Of all of them, in minor units of the reporting currency."""


def week_ends(today: date, weeks: int = WEEKS) -> list[date]:
    """The last Sundays before today, oldest first: the week that today lies in is not over."""
    last = today - timedelta(days=today.isoweekday())
    return [last - timedelta(weeks=back) for back in reversed(range(weeks))]


def week(week_end: date, deals: Iterable[Deal], context: Context, rates: Rates) -> Week:
    """The hygiene of those deals that counted.

    Args:
        week_end: the day.
        deals: as they stood at its end.
        context: what the rules know, as of that day.
        rates: the playbook's conversion into the reporting currency.
    """
    count = clean = amount = clean_amount = 0
    for deal in deals:
        if not deal.counts:
            continue
        its_worth = worth(deal, rates)
        count += 1
        amount += its_worth
        if is_ready(deal, context) and not is_severe(deal, context):
            clean += 1
            clean_amount += its_worth
    return Week(
        week_end,
        clean / count if count else None,
        count,
        clean_amount / amount if amount else None,
        amount,
    )


class Rise(NamedTuple):
    """What became of a score in some weeks."""

    weeks: int
    points: float
    """Of 0–1; below 0 it fell."""


def rise(weeks: Iterable[Week], now: float | None) -> Rise | None:
    """From the first week of which there is a score until now; `None` without one then or now."""
    scores = [week.score for week in weeks]
    while scores and scores[0] is None:
        del scores[0]
    if not scores or scores[0] is None or now is None:
        return None
    return Rise(len(scores), now - scores[0])
