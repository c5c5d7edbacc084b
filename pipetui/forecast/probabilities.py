"""How probable it is that an open deal is won within the period, from what the team's own deals did.

**What is counted.** Of each past period of the same length, the day is taken that was as far from its end as
today is (`periods.matching_day`). The deals that stood open on the morning of that day, were due in that
period, and counted (not missing, in nurture or omitted) are the sample: a deal is won if it was won on that
day or later within the period. Lost, slipped and still open are all the same: not won in it. A deal appears
once for each period it was due in. Periods that have not ended by today are no sample, so nobody looks ahead.

**Whose.** Every team learns from its own deals alone. A team without a win has a rate of 0, which is a value,
or too few deals to have a rate; in no case does it get what another team has earned.

**How.** Deals are compared by stage, and within it by days in that stage (`AGES`). With `min_sample` deals
(20) or more in a cell, its rate is w ÷ n. With fewer it is shrunk towards the stage's rate, and this one, if
the stage has fewer than 20 itself, towards the blended rate of all stages: (w + 20 × rate above) ÷ (n + 20),
the mean of a beta posterior whose prior weighs 20 deals. If no deal of the sample stood in the stage, or all
stages together are fewer than 20, the playbook's stage probability stands.

Source of the shrinkage: B. Efron, C. Morris, "Data Analysis Using Stein's Estimator", JASA 70 (1975); with a
fixed weight, A. Gelman et al., "Bayesian Data Analysis", 3rd ed., section 2.4.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.forecast.periods import Period, matching_day

AGES: Final = (14, 30, 60, 90)
"""The last day of each bucket of days in stage; the fifth has no end."""

Source = Literal["own", "shrunk", "playbook", "over"]
"""Own: n is large enough. Shrunk: it is not. Over: the period has ended, nothing is won in it any more."""


class Sample(NamedTuple):
    """Past deals that stood where one stands now."""

    won: int = 0
    n: int = 0


class Chance(NamedTuple):
    """A probability, and everything that is needed to say where it comes from."""

    p: float
    """0–1; 0 is a value."""
    source: Source
    sample: Sample
    """Of this stage and these days in stage; of the whole stage if `ages` is `None`."""
    ages: tuple[int, int | None] | None
    """First and last day of the bucket, `None` for no end; `None`: how long it stands there is unknown."""
    towards: float | None = None
    """Shrunk: the rate it was drawn to."""
    blended: Sample = Sample()
    """Of all stages of the team."""


class Standing(NamedTuple):
    """A deal on the matching day of a past period, and whether it was won in it."""

    team: str
    stage_id: int
    days: int | None
    """In that stage, by that day; `None` is unknown."""
    won: bool


def standings(past: Period, day: date, then: Iterable[Deal], won_on: Mapping[int, date]) -> list[Standing]:
    """The sample of one past period.

    Args:
        past: a period that has ended.
        day: its matching day.
        then: the deals as they were on the morning of that day, that is on the evening before.
        won_on: by deal id, the day it was won, of all deals that are won today.
    """
    found = []
    for deal in then:
        if not is_due(deal, past):
            continue
        won = won_on.get(deal.id)
        if won is not None and won < day:
            continue  # it had been won by then, and only the export came later
        days = (day - deal.stage_since).days if deal.stage_since else None
        found.append(Standing(deal.team, deal.stage_id, days, won is not None and won <= past.end))
    return found


def is_due(deal: Deal, period: Period) -> bool:
    """Whether it is open, counts, is not omitted, and its close date lies in the period."""
    return deal.counts and deal.close_date in period and deal.category is not Category.OMITTED


class Chances(NamedTuple):
    """What was learned."""

    cells: Mapping[tuple[str, int, int | None], Sample]
    """By team, stage id and bucket of days."""
    stages: Mapping[tuple[str, int], Sample]
    teams: Mapping[str, Sample]
    min_sample: int

    def of(self, deal: Deal, period: Period, today: date, playbook: float) -> Chance:
        """The probability that an open deal due in the period is won in it.

        Args:
            deal: as it stands today.
            period: the one of the forecast.
            today: the day.
            playbook: its stage's probability, where nothing better is known.
        """
        age = None if deal.stage_since is None else _bucket((today - deal.stage_since).days)
        ages = None if age is None else _bounds(age)
        blended = self.teams.get(deal.team, Sample())
        stage = self.stages.get((deal.team, deal.stage_id), Sample())
        sample = stage if age is None else self.cells.get((deal.team, deal.stage_id, age), Sample())
        if today > period.end:
            return Chance(0.0, "over", sample, ages, None, blended)
        if stage.n == 0 or blended.n < self.min_sample:
            return Chance(playbook, "playbook", sample, ages, None, blended)
        if sample.n >= self.min_sample:
            return Chance(sample.won / sample.n, "own", sample, ages, None, blended)
        towards = blended.won / blended.n
        if age is not None:
            towards = self._rate(stage, towards)
        return Chance(self._rate(sample, towards), "shrunk", sample, ages, towards, blended)

    def _rate(self, sample: Sample, towards: float) -> float:
        if sample.n >= self.min_sample:
            return sample.won / sample.n
        return (sample.won + self.min_sample * towards) / (sample.n + self.min_sample)


def learn(samples: Iterable[Standing], min_sample: int = 20) -> Chances:
    """The chances behind the samples of all past periods."""
    cells: dict[tuple[str, int, int | None], Sample] = {}
    stages: dict[tuple[str, int], Sample] = {}
    teams: dict[str, Sample] = {}
    for team, stage_id, days, won in samples:
        if days is not None:
            _add(cells, (team, stage_id, _bucket(days)), won)
        _add(stages, (team, stage_id), won)
        _add(teams, team, won)
    return Chances(cells, stages, teams, min_sample)


NOTHING: Final = Chances({}, {}, {}, 20)
"""Nothing is learned: the playbook stands."""


def matching_days(period: Period, today: date, past: Iterable[Period]) -> list[tuple[Period, date]]:
    """The past periods that have ended before today, each with the day to look at its deals."""
    return [(its, matching_day(today, period, its)) for its in past if its.end < min(today, period.start)]


def _add(samples: dict[Any, Sample], key: Hashable, won: bool) -> None:
    before = samples.get(key, Sample())
    samples[key] = Sample(before.won + won, before.n + 1)


def _bucket(days: int) -> int:
    return bisect_left(AGES, days)


def _bounds(bucket: int) -> tuple[int, int | None]:
    first = AGES[bucket - 1] + 1 if bucket else 0
    return first, AGES[bucket] if bucket < len(AGES) else None
