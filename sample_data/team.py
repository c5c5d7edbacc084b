"""Who sells, what a deal is, and the days on which everything happens."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import words

SEED = 20_261_116
LAST_EXPORT = date(2026, 11, 16)
"""The Monday of the newest export; it shows what had happened by then."""
FIRST_DAY = date(2024, 3, 4)
"""The team works from here on, so that the two years of history do not begin with an empty pipeline."""
WINDOW = date(2024, 11, 18)
"""Deals closed before this day are forgotten: the history covers two years."""
YEAR_AGO = date(2025, 11, 17)
"""Since about here demos go wrong, and dead deals are no longer closed."""
GROWN = date(2025, 6, 30)
"""Since here as many new deals are created as nine people can."""
DROUGHT = date(2026, 8, 31)
"""Since here too few new deals are created."""
TIDYING = date(2026, 9, 21)
"""Since here everybody takes a little more care of next steps."""

DAY = timedelta(days=1)
_HOLIDAYS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
State = dict[str, object]


@dataclass
class Rep:
    """How somebody sells and keeps the CRM."""

    name: str
    weight: float = 1.0
    """Share of the new deals."""
    care: float = 0.9
    """0–1: how well next steps, dates and qualification are kept."""
    luck: float = 1.0
    """Factor on the chance to lose at each stage."""
    pace: float = 1.0
    """Factor on the days in stage."""
    hope: float = 1.0
    """Factor on the days until the close that they expect; below 1 for optimists."""
    keeps: float = 0.004
    """Chance that a deal dies and stays open all the same, by stage."""


REPS = (
    Rep("Claire Dubois", 1.15, 0.98, 0.85, 0.9, 1.1),
    Rep("Yann Le Goff", 1.0, 0.94, 1.0, 1.05, 1.05),
    Rep("Mathilde Perrin", 0.85, 0.95, 1.05, 1.0, 0.82),
    Rep(words.SLIPPER, 1.2, 0.87, 1.0, 1.05, 0.85),
    Rep("Sophie Nguyen", 1.1, 0.97, 0.9, 0.95, 1.1),
    Rep(words.KEEPERS[0], 0.9, 0.86, 1.1, 1.1, 1.0, 0.06),
    Rep("Nadia Haddad", 1.05, 0.96, 0.95, 0.95, 1.05),
    Rep(words.SANDBAGGER, 1.25, 0.95, 0.65, 0.9, 1.2),
    Rep(words.KEEPERS[1], 0.8, 0.88, 1.1, 1.1, 1.0, 0.06),
)


@dataclass
class Deal:
    """One deal: what never changes, and everything that was ever set on it."""

    number: int
    name: str
    account: str
    segment: str
    source: str
    kind: str
    rep: Rep
    created: date
    log: list[tuple[date, State]] = field(default_factory=list)
    """(day, what was set that day), in order."""

    def state(self, on: date) -> State:
        """Everything that was set before the morning of `on`."""
        state: State = {}
        for day, change in self.log:
            if day >= on:
                break
            state |= change
        return state

    def closed(self) -> date | None:
        """The day it was won or lost, if it ever was."""
        day, change = self.log[-1]
        return day if change.get("stage") in (words.WON, words.LOST) else None


def workday(day: date) -> date:
    """`day`, or the next day on which the team works."""
    while day.weekday() > 4 or (day.month, day.day) in _HOLIDAYS:
        day += DAY
    return day


def month_end(day: date, months: int = 0) -> date:
    """The last working day of the month `months` after that of `day`."""
    month = day.year * 12 + day.month + months
    last = date(month // 12, month % 12 + 1, 1) - DAY
    while last.weekday() > 4:
        last -= DAY
    return last
