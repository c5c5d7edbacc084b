"""New deals a week, against what the quota asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.trends.closings import worth
from pipetui.trends.spans import Span

WEEKS: Final = 13
"""Weeks that are averaged: a quarter."""


@dataclass(frozen=True, slots=True)
class Need:
    """What has to be created a week, so that the quota of a period is won at the rate things are won at."""

    span: Span
    """The period."""
    amount: float
    """Quota ÷ win rate ÷ weeks, in minor units."""
    count: float | None
    """The same in deals of the average won amount; `None` if that is unknown."""


@dataclass(frozen=True, slots=True)
class Week:
    """What was created in a week."""

    start: date
    """A Monday."""
    count: int
    amount: int
    """By what the deals are worth today, minor units; unpriced ones add nothing."""
    deals: tuple[int, ...]
    """Ids."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The last weeks that are over, against the need."""

    count: float
    """New deals a week."""
    amount: float
    """Minor units a week."""
    weeks: int
    need: Need | None
    """`None`: there is no quota, or no win rate."""

    @property
    def share(self) -> float | None:
        """Created ÷ needed by amount; `None` if nobody knows what is needed."""
        return self.amount / self.need.amount if self.need and self.need.amount > 0 else None


def need(quota: int | None, span: Span, win_rate: float | None, average_won: int | None) -> Need | None:
    """What a quota asks for a week; `None` without a quota or a published win rate."""
    if quota is None or not win_rate:
        return None
    weeks = span.days / 7
    return Need(
        span,
        quota / win_rate / weeks,
        quota / average_won / win_rate / weeks if average_won and average_won > 0 else None,
    )


def created_by_week(deals: Iterable[Deal], rates: Rates, today: date, weeks: int) -> list[Week]:
    """The last weeks that are over, oldest first; Monday to Sunday."""
    monday = today - timedelta(days=today.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(weeks, 0, -1)]
    first = starts[0].toordinal() if starts else 0
    ids: list[list[int]] = [[] for _ in starts]
    amounts = [0] * weeks
    for deal in deals:
        if deal.created is not None:
            week = (deal.created.toordinal() - first) // 7
            if 0 <= week < weeks:
                ids[week].append(deal.id)
                amounts[week] += worth(deal, rates) or 0
    return [
        Week(start, len(its), amount, tuple(its))
        for start, its, amount in zip(starts, ids, amounts, strict=True)
    ]


def pace(weeks: Sequence[Week], needed: Need | None, last: int = WEEKS) -> Pace | None:
    """The mean of the last weeks; `None` without any."""
    its = weeks[-last:]
    if not its:
        return None
    return Pace(
        sum(week.count for week in its) / len(its),
        sum(week.amount for week in its) / len(its),
        len(its),
        needed,
    )
