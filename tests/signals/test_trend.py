"""Hygiene by week: which days, what counts, how it rose."""

from datetime import date
from decimal import Decimal

import pytest

from pipetui.deals.acceptance import settled
from pipetui.deals.category import Category
from pipetui.deals.money import Rates
from pipetui.signals.hygiene import hygiene
from pipetui.signals.rules import flags_by_deal
from pipetui.signals.trend import Rise, Week, rise, week, week_ends
from tests.signals.making import TODAY, context, days, deal, playbook

KNOWN = context(playbook(demo={"requires": {"need": 1, "metrics": 2}, "stale_after_days": 20}))
EUR = Rates("EUR", {"USD": Decimal("0.5")})
GOOD = {"levels": "1000000 metrics=2", "next_step": "call", "next_step_date": days(1), "amount": 100_00}


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 22), date(2026, 11, 15)),  # a Sunday is not over
        (date(2026, 11, 23), date(2026, 11, 22)),
        (date(2026, 11, 28), date(2026, 11, 22)),
        (date(2027, 1, 1), date(2026, 12, 27)),
    ],
)
def test_a_week_ends_on_sunday(today: date, last: date) -> None:
    found = week_ends(today, 3)
    assert found[-1] == last
    assert [(last - day).days for day in found] == [14, 7, 0]
    assert len(week_ends(today)) == 12


def test_the_score_is_that_of_the_flags() -> None:
    """The short way that it takes finds what the long one does."""
    late = deal(id=5, **GOOD, close_date=days(-1))
    deals = [
        deal(id=1, **GOOD),
        deal(id=2, **{**GOOD, "levels": "1000000 metrics=1"}),
        deal(id=3, **{**GOOD, "next_step_date": days(0)}),
        deal(id=4, **GOOD, moved_on=days(-20)),
        late,
        late._replace(id=6, accepted=settled(late, ["overdue"], None, "agreed")),
        late._replace(id=7, accepted=settled(late, ["stalled"], None, "agreed")),
        deal(id=8, **GOOD, crm_category=Category.COMMIT, close_date=days(100)),
        deal(id=9, **GOOD, missing_since=days(-2)),
        deal(id=10, **{**GOOD, "currency": "USD"}),
        deal(id=11, **GOOD, status="won", stage_id=4),
    ]
    found = week(TODAY, deals, KNOWN, EUR)
    long = hygiene(deals, flags_by_deal(deals, KNOWN), KNOWN, EUR)
    assert found == (TODAY, long.score, long.open, long.amount_score, long.amount)
    assert (found.score, found.open) == (3 / 9, 9)


def test_no_score_without_deals() -> None:
    assert week(TODAY, [], KNOWN, EUR) == (TODAY, None, 0, None, 0)


def weeks(*scores: float | None) -> list[Week]:
    return [Week(TODAY, score, 0, None, 0) for score in scores]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (weeks(0.25, 0.5, 0.5), 0.75, Rise(3, 0.5)),
        (weeks(None, None, 0.5, None), 0.25, Rise(2, -0.25)),
        (weeks(None, None), 0.5, None),
        (weeks(0.5), None, None),
        (weeks(), 0.5, None),
    ],
)
def test_what_became_of_it(before: list[Week], now: float | None, expected: Rise | None) -> None:
    assert rise(before, now) == expected
