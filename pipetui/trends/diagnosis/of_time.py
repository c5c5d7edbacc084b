"""What becomes slower, older or thinner."""

from itertools import pairwise
from typing import Final

from pipetui.trends.diagnosis.facts import Answer, Facts, Finding, Thin, Value

LONGER: Final = 1.1
"""A median cycle this many times the one before is longer."""
RISING: Final = 0.05
"""Points by which the share of old deals has risen, from which on it is told."""
OLD_DAYS: Final = 90
HALF_A_YEAR: Final = 180


def cycle(facts: Facts) -> Answer:
    """The median cycle of wins is longer two windows running."""
    last = facts.cycles[-3:]
    least = min((its.n for its in last), default=0)
    if len(last) < 3 or least < facts.enough:
        return Thin("cycles", least, facts.enough)
    medians = [its.median for its in last]
    first, middle, now = (median or 0.0 for median in medians)
    if not first or any(after < LONGER * before for before, after in pairwise((first, middle, now))):
        return None
    values: dict[str, Value] = {"first": first, "middle": middle, "now": now, "n": last[-1].n}
    return Finding("cycle", min(1.0, now / first - 1), values)


def inflated(facts: Facts) -> Answer:
    """A larger share of the open deals is older than 90 days than half a year ago or earlier."""
    if not facts.ages:
        return Thin("open", 0, facts.enough)
    now = facts.ages[-1]
    past = [
        its for its in facts.ages if (now.day - its.day).days >= HALF_A_YEAR and its.count >= facts.enough
    ]
    if now.count < facts.enough:
        return Thin("open", now.count, facts.enough)
    share = now.older()
    if not past or share is None:
        return None
    then = past[0].older() or 0.0
    latest = past[-1].older() or 0.0
    if share - then < RISING or share - latest < RISING:
        return None
    bucket_deals = tuple(deal_id for bucket in now.buckets[1:] for deal_id in bucket.deals)
    values: dict[str, Value] = {
        "share": share,
        "old": len(bucket_deals),
        "open": now.count,
        "before": then,
        "since": past[0].day,
        "amount": sum(bucket.amount for bucket in now.buckets[1:]),
        "oldest": now.older(2),
        "oldest_before": past[0].older(2),
    }
    return Finding("inflated", min(1.0, (share - then) / 0.2), values, bucket_deals)


def fragile(facts: Facts) -> Answer:
    """What was won is on plan, and the next period is covered less than one win in so many asks for."""
    rate = facts.results.win_rate
    if rate.value is None:
        return Thin("closed", rate.n, facts.enough)
    on_plan = [its for its in facts.going_on if its.on_plan and its.won > 0]
    ahead = [its for its in facts.coverage if its.period.start > facts.today and its.coverage is not None]
    if not on_plan or not ahead or not rate.value:
        return None
    coming, target = ahead[0], 1 / rate.value
    coverage = coming.coverage
    if coverage is None or coverage >= target:
        return None
    good = on_plan[0]
    values: dict[str, Value] = {
        "period": good.period.name,
        "won": good.won,
        "expected": good.expected,
        "next": coming.period.name,
        "coverage": coverage,
        "without_stale": coming.without_stale,
        "target": target,
        "win_rate": rate.value,
        "open": coming.open,
        "quota": coming.quota,
    }
    return Finding("fragile", min(1.0, 1 - coverage / target), values, coming.deals)
