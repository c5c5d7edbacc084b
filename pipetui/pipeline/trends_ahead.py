"""What trends say of the time to come: creation against the quota, coverage, and the diagnosis in words."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from pipetui.deals.text import fold
from pipetui.forecast.accuracy.commits import conversions, outcome_of
from pipetui.forecast.categories import group
from pipetui.forecast.figures import coverage
from pipetui.forecast.pace import expected_share
from pipetui.forecast.periods import Period, after, month, quarter
from pipetui.forecast.quotas import target
from pipetui.pipeline.trends import Trends
from pipetui.trends.closings import within, worth
from pipetui.trends.conversion import Conversion
from pipetui.trends.creation import WEEKS, Need, Pace, need, pace
from pipetui.trends.diagnosis.facts import Covered, Facts, Standing
from pipetui.trends.diagnosis.rules import Diagnosis, diagnose
from pipetui.trends.spans import Span, before, trailing
from pipetui.trends.winning import Cycle, cycle

if TYPE_CHECKING:
    from pipetui.forecast.calls.snapshot import Snapshot

NEXT: Final = 4
"""Coming periods whose coverage is looked at."""
HALF_YEAR: Final = 182
STALE: Final = frozenset({"stalled", "idle"})
DEMO: Final = ("demo", "demonstration", "presentation", "poc", "proof of concept")
"""Words in the names of stages in which something is shown to the buyer."""
DECISION: Final = "decision_makers"


def next_periods(trends: Trends, n: int = NEXT) -> tuple[Covered, ...]:
    """The coverage of the period that is going on and of those after it, by `Choice.by`."""
    start = trends.pipeline.playbook.fiscal_year_start
    today = trends.pipeline.today
    its = month(today) if trends.choice.by == "month" else quarter(today, start)
    found = []
    for _ in range(n):
        found.append(covered(trends, its))
        its = after(its, start)
    return tuple(found)


def covered(trends: Trends, period: Period) -> Covered:
    """The coverage of one period, of the open deals that are due in it."""
    pipeline, rates = trends.pipeline, trends.pipeline.playbook.conversion
    first = bisect_left(trends.due, period.start, key=itemgetter(0))
    last = bisect_right(trends.due, period.end, key=itemgetter(0))
    deals = group((deal for _day, deal in trends.due[first:last]), period).open
    closed = within(trends.closings, Span(*period))
    won = sum(closing.worth or 0 for closing in closed if closing.won)
    whole = sum(worth(deal, rates) or 0 for deal in deals)
    stale = sum(
        worth(deal, rates) or 0
        for deal in deals
        if any(flag.name in STALE for flag in pipeline.flags_of(deal))
    )
    quota = quota_of(trends, period)
    return Covered(
        Span(*period),
        quota,
        won,
        whole,
        coverage(whole, won, quota).value,
        coverage(whole - stale, won, quota).value,
        tuple(deal.id for deal in deals),
    )


def quota_of(trends: Trends, period: Period) -> int | None:
    """The quota of the scope for a period, in minor units; what a further filter leaves has none."""
    if trends.choice.which is not None or not trends.quotas:
        return None
    found = target(
        trends.quotas,
        trends.choice.scope,
        period,
        fiscal_year_start=trends.pipeline.playbook.fiscal_year_start,
        owners=trends.owners,
    )
    return None if found is None else found.amount


def needed(trends: Trends, day: date) -> Need | None:
    """What has to be created a week for the quota of the quarter that a day lies in."""
    its = quarter(day, trends.pipeline.playbook.fiscal_year_start)
    found = trends.results
    return need(quota_of(trends, its), Span(*its), found.win_rate.value, found.average.mean)


def creation_pace(trends: Trends) -> Pace | None:
    """The last 13 weeks against what this quarter's quota needs."""
    return pace(trends.created, needed(trends, trends.pipeline.today))


def diagnosis(trends: Trends, frozen: "tuple[Snapshot, ...]" = ()) -> Diagnosis:
    """What the figures say; rules that the playbook switches off are silent.

    Args:
        trends: the figures. Windows are those of the choice and the one before.
        frozen: the frozen calls, with their entries, for what rests on commits.
    """
    return diagnose(facts(trends, frozen), trends.pipeline.playbook.diagnosis.off)


def facts(trends: Trends, frozen: "tuple[Snapshot, ...]" = ()) -> Facts:
    """Everything that the rules look at."""
    today = trends.pipeline.today
    start = trends.pipeline.playbook.fiscal_year_start
    weeks = trends.created
    coming = [covered(trends, its) for its in _coming(quarter(today, start), start)]
    return Facts(
        today=today,
        enough=trends.enough,
        results=trends.results,
        conversion=_in_order(trends),
        conversion_before={its.stage.id: its for its in trends.conversion_before},
        demos=_demos(trends),
        undecided=_undecided(trends),
        cycles=_cycles(trends),
        creation=creation_pace(trends),
        created=(
            sum(week.count for week in weeks[-WEEKS:]),
            sum(week.count for week in weeks[-WEEKS - 52 : -52]),
        ),
        ages=[point.ages for point in trends.points],
        going_on=[
            its for its in (_standing(trends, month(today)), _standing(trends, quarter(today, start))) if its
        ],
        coverage=coming,
        commits=_commits(trends, frozen),
    )


def _coming(period: Period, start: int) -> list[Period]:
    found = []
    for _ in range(NEXT - 1):
        period = after(period, start)
        found.append(period)
    return found


def _in_order(trends: Trends) -> list[Conversion]:
    """Pipeline by pipeline, without those that nothing has entered."""
    used = {its.stage.pipeline for its in trends.conversion if its.entered}
    return sorted(
        (its for its in trends.conversion if its.stage.pipeline in used and its.entered),
        key=lambda its: its.stage.pipeline,
    )


def _demos(trends: Trends) -> frozenset[int]:
    """The stages that are called so, by the CRM or by the playbook."""
    found = set()
    for stage in trends.pipeline.stages.values():
        described = trends.pipeline.described(stage.id)
        names = [stage.name, *((described.name, *described.aliases) if described else ())]
        told = f" {' '.join(fold(name) for name in names)} "
        if stage.kind == "open" and any(f" {word} " in told for word in DEMO):
            found.add(stage.id)
    return frozenset(found)


def _undecided(trends: Trends) -> dict[int, tuple[int, int]]:
    return {
        its.stage.id: (its.unknown.get(DECISION, 0), its.told)
        for its in trends.losses
        if its.stage is not None
    }


def _cycles(trends: Trends) -> list[Cycle]:
    last = trailing(trends.pipeline.today, HALF_YEAR)
    spans = [before(before(last)), before(last), last]
    return [cycle([closing for closing in within(trends.closings, span) if closing.won]) for span in spans]


def _standing(trends: Trends, period: Period) -> Standing | None:
    """How far a period is; `None` without a quota."""
    quota = quota_of(trends, period)
    if not quota:
        return None
    today, start = trends.pipeline.today, trends.pipeline.playbook.fiscal_year_start
    wins = [
        (closing.on, closing.worth)
        for closing in trends.closings
        if closing.won and closing.worth is not None
    ]
    known_since = trends.closings[0].on if trends.closings else None
    share = expected_share(wins, period, today, start, known_since).value
    won = sum(amount for day, amount in wins if day in period)
    expected = int(quota * share + Fraction(1, 2))
    return Standing(Span(*period), won, expected, won >= Fraction(95, 100) * quota * share)


def _commits(trends: Trends, frozen: "tuple[Snapshot, ...]") -> Mapping[str, tuple[int, int]]:
    today, rates = trends.pipeline.today, trends.pipeline.playbook.conversion
    over = [snapshot for snapshot in frozen if snapshot.period.end < today]
    if not over:
        return {}
    outcomes = {deal.id: outcome_of(deal, worth(deal, rates)) for deal in trends.deals}
    found = conversions((snapshot, outcomes) for snapshot in over)
    return {owner: (its.won, its.n) for owner, its in found.items() if its.n}
