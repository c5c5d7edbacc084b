"""Ahead, on track or behind: what is won against what should be by now."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from pipetui.forecast.periods import Period, before, matching_day

State = Literal["ahead", "on_track", "behind"]

ENOUGH: Final = 4
"""Past periods with something won; with fewer, time elapsed is the measure."""
AT_MOST: Final = 12
"""Past periods looked at: the newest."""
BEHIND: Final = Fraction(95, 100)
AHEAD: Final = Fraction(105, 100)


class Share(NamedTuple):
    """Which part of a period's result should be won by a day."""

    value: Fraction
    """0–1."""
    source: Literal["own", "elapsed"]
    """The team's own past periods, or the share of the days that are over."""
    periods: int
    """How many past periods with something won there are, whichever was used."""


class Pace(NamedTuple):
    """The three-second answer."""

    state: State
    ratio: float | None
    """Won ÷ (quota × share); `None` if nothing was expected yet."""
    expected: int
    """Quota × share, in minor units, rounded half-up."""
    share: Share


def expected_share(
    wins: Iterable[tuple[date, int]],
    period: Period,
    today: date,
    fiscal_year_start: int = 1,
    known_since: date | None = None,
) -> Share:
    """What part of the result should be won by the end of today.

    From 4 past periods with something won on: what these had won by their matching day
    (`periods.matching_day`, that day included) ÷ what they won in all, summed before dividing, so that a
    large period weighs more than a small one. Else the share of the period's days that are over, with today.

    Args:
        wins: (day, minor units) of all that was won, in any order; of the team or owner that is looked at.
        period: the one looked at.
        today: the day.
        fiscal_year_start: the month in which the fiscal year begins.
        known_since: periods that began before are left out, because their wins are not all known.
    """
    won = sorted((day, amount) for day, amount in wins if day < min(period.start, today))
    by_then = in_all = periods = 0
    past = period
    for _ in range(AT_MOST):
        past = before(past, fiscal_year_start)
        if not won or past.end < won[0][0] or (known_since is not None and past.start < known_since):
            break
        if past.end >= today:
            continue
        matching = matching_day(today, period, past)
        total = sum(amount for day, amount in won if day in past)
        if total > 0:
            by_then += sum(amount for day, amount in won if day in past and day <= matching)
            in_all += total
            periods += 1
    if periods >= ENOUGH:
        return Share(min(max(Fraction(by_then, in_all), Fraction(0)), Fraction(1)), "own", periods)
    over = min(max((today - period.start).days + 1, 0), period.days)
    return Share(Fraction(over, period.days), "elapsed", periods)


def pace(won: int, quota: int | None, share: Share) -> Pace | None:
    """Below 0.95 of what is expected behind, up to 1.05 on track, else ahead; `None` without a quota above 0.

    Where nothing is expected yet, nothing won is on track and anything won ahead.
    """
    if not quota or quota < 0:
        return None
    expected = quota * share.value
    rounded = int(expected + Fraction(1, 2))
    if expected == 0:
        return Pace("ahead" if won > 0 else "on_track", None, rounded, share)
    ratio = won / expected
    state: State = "behind" if ratio < BEHIND else "on_track" if ratio <= AHEAD else "ahead"
    return Pace(state, float(ratio), rounded, share)
