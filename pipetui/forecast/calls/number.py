"""The manager's own number, and what speaks against it."""

from typing import Final, Literal, NamedTuple

from pipetui.forecast.calls.snapshot import CallTotals, FrozenRange

TOLERANCE: Final = 0.1
"""A number is unlike the commits if it differs from won + commit by more than this share of that."""


class Remark(NamedTuple):
    """One thing to say before a number is taken."""

    kind: Literal["below_won", "below_range", "above_range", "unlike_commits"]
    bound: int
    """What it was compared with, in minor units: won, P10, P90, won + commit."""


def warnings(number: int, totals: CallTotals, range_: FrozenRange | None = None) -> tuple[Remark, ...]:
    """What is odd about a number for the period: below what is won already, outside P10–P90, or unlike the
    commits, which is more than 10 % off won + commit. It is warned of and taken all the same.
    """
    found = []
    if number < totals.won:
        found.append(Remark("below_won", totals.won))
    if range_ is not None and number < range_.p10:
        found.append(Remark("below_range", range_.p10))
    if range_ is not None and number > range_.p90:
        found.append(Remark("above_range", range_.p90))
    if abs(number - totals.landing) > TOLERANCE * abs(totals.landing):
        found.append(Remark("unlike_commits", totals.landing))
    return tuple(found)
