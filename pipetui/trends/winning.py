"""Win rate, average deal and cycle of what was closed in some days; the win rate of what was created."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.statistics.quantiles import quantile
from pipetui.trends.closings import Closing
from pipetui.trends.rate import ENOUGH, Rate, rate
from pipetui.trends.spans import Span

COHORT_DAYS: Final = 180
"""D: a deal of a cohort counts as won if it was won within so many days of its creation."""


class Average(NamedTuple):
    """What won deals were worth, in minor units of the reporting currency."""

    mean: int | None
    """Half-up; `None` without a priced one."""
    median: int | None
    n: int
    """Deals with an amount that can be converted."""


class Cycle(NamedTuple):
    """Days from creation to the end."""

    median: float | None
    mean: float | None
    p75: float | None
    """Type 7."""
    n: int
    left_out: int
    """Closed before they were created."""


class Results(NamedTuple):
    """Everything that rests on what was closed in some days."""

    win_rate: Rate
    won: int
    lost: int
    won_amount: int
    """Minor units."""
    lost_amount: int
    average: Average
    won_cycle: Cycle
    lost_cycle: Cycle


def results(closed: Iterable[Closing], enough: int = ENOUGH) -> Results:
    """What some closings amount to."""
    won: list[Closing] = []
    lost: list[Closing] = []
    for closing in closed:
        (won if closing.won else lost).append(closing)
    return Results(
        rate(len(won), len(won) + len(lost), enough),
        len(won),
        len(lost),
        sum(closing.worth or 0 for closing in won),
        sum(closing.worth or 0 for closing in lost),
        average(won),
        cycle(won),
        cycle(lost),
    )


def average(won: Iterable[Closing]) -> Average:
    """Mean and median worth of the priced ones."""
    amounts = [closing.worth for closing in won if closing.worth is not None]
    if not amounts:
        return Average(None, None, 0)
    n, whole = len(amounts), sum(amounts)
    return Average((2 * whole + n) // (2 * n), int(Fraction(quantile(amounts, 0.5)) + Fraction(1, 2)), n)


def cycle(closed: Iterable[Closing]) -> Cycle:
    """Median, mean and P75 of the days from creation to the end, where both are known and in order."""
    days: list[int] = []
    left_out = 0
    for closing in closed:
        if closing.cycle is None:
            continue
        if closing.cycle < 0:
            left_out += 1
        else:
            days.append(closing.cycle)
    if not days:
        return Cycle(None, None, None, 0, left_out)
    return Cycle(quantile(days, 0.5), sum(days) / len(days), quantile(days, 0.75), len(days), left_out)


class Cohort(NamedTuple):
    """The deals that were created in some days."""

    span: Span
    created: int
    won: Rate
    """Won within `COHORT_DAYS` ÷ created; refused (`unresolved`) while the cohort is too young."""


def cohorts(deals: Sequence[Deal], spans: Iterable[Span], today: date, enough: int = ENOUGH) -> list[Cohort]:
    """The win rate of every cohort by creation.

    Args:
        deals: open and closed ones.
        spans: the days of creation of each cohort, in order of time and not overlapping.
        today: the day; a cohort has a rate once its last day is `COHORT_DAYS` ago.
        enough: with fewer deals the rate is refused.
    """
    every = list(spans)
    limit = timedelta(days=COHORT_DAYS)
    counts = [[0, 0] for _span in every]
    for deal in deals:
        created = deal.created
        if created is None or not every or created < every[0].start or created > every[-1].end:
            continue
        for span, count in zip(every, counts, strict=True):
            if span.start <= created <= span.end:
                count[0] += 1
                on = deal.settled_on if deal.status == "won" else None
                count[1] += on is not None and created <= on <= min(created + limit, today)
                break
    found = []
    for span, (created_n, won) in zip(every, counts, strict=True):
        is_old = span.end + limit <= today
        its = rate(won, created_n, enough) if is_old else Rate(won, 0, None, "unresolved", created_n)
        found.append(Cohort(span, created_n, its))
    return found
