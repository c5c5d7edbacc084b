"""Ages by bucket, new deals by week and what they should be, losses by stage and reason."""

from datetime import date, timedelta

import pytest

from pipetui.trends.ages import ages
from pipetui.trends.closings import closings
from pipetui.trends.creation import created_by_week, need, pace
from pipetui.trends.losses import losses, reasons
from pipetui.trends.spans import Span
from tests.trends.making import DEMO, EUROS, QUALIFICATION, STAGES, TODAY, deal


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(0, 0), (89, 0), (90, 1), (179, 1), (180, 2), (365, 2), (366, 3), (4000, 3), (-5, 0)],
)
def test_the_edges_of_the_buckets(days: int, bucket: int) -> None:
    its = ages(TODAY, [deal(7, created=back(days), amount=5)], EUROS)
    assert [one.count for one in its.buckets] == [int(place == bucket) for place in range(4)]
    assert (its.buckets[bucket].amount, its.buckets[bucket].deals) == (5, (7,))


def test_what_does_not_count_has_no_age_and_what_is_unknown_is_counted() -> None:
    deals = [deal(1, created=back(1)), deal(2), deal(3, created=back(1), missing_since=back(0))]
    its = ages(TODAY, deals, EUROS)
    assert (its.count, its.unknown) == (1, 1)
    assert ages(TODAY, [], EUROS).older() is None


def test_the_share_of_old_deals() -> None:
    its = ages(TODAY, [deal(n, created=back(n)) for n in (1, 100, 200, 400)], EUROS)
    assert (its.older(), its.older(2)) == (0.75, 0.5)


def test_weeks_are_over_and_begin_on_mondays() -> None:
    """Today is a Sunday: its week is not over."""
    deals = [deal(n, created=back(n), amount=1) for n in range(21)]
    first, last = created_by_week(deals, EUROS, TODAY, 2)
    assert (first.start, last.start) == (date(2026, 11, 2), date(2026, 11, 9))
    assert (first.count, last.count, last.amount) == (7, 7, 7)
    assert last.deals == tuple(range(7, 14))


def test_what_a_quota_needs_a_week() -> None:
    """1.2 M€ at one in four won and 30 k€ a win, over 13 weeks: 160 deals worth 4.8 M€."""
    its = need(1_200_000_00, Span("2026-Q4", date(2026, 10, 1), date(2026, 12, 30)), 0.25, 30_000_00)
    assert its is not None
    assert its.amount * 13 == pytest.approx(4_800_000_00)
    assert its.count is not None
    assert its.count * 13 == pytest.approx(160)
    weeks = created_by_week([deal(1, created=back(10), amount=2_400_000_00)], EUROS, TODAY, 13)
    its_pace = pace(weeks, its)
    assert its_pace is not None
    assert its_pace.share == pytest.approx(0.5)


@pytest.mark.parametrize(("quota", "rate"), [(None, 0.3), (100, None), (100, 0.0)])
def test_nobody_knows_what_is_needed(quota: int | None, rate: float | None) -> None:
    assert need(quota, Span("", back(90), TODAY), rate, 100) is None


def test_losses_by_stage_and_reason() -> None:
    lost = [
        deal(1, status="lost", closed_on=TODAY, amount=10, close_reason="Price", source="crm"),
        deal(
            2, status="lost", closed_on=TODAY, amount=5, close_reason="price ", source="crm", levels="0100000"
        ),
        deal(3, status="lost", closed_on=TODAY, source="crm"),
        deal(4, status="lost", closed_on=TODAY, source="other"),
        deal(5, status="won", closed_on=TODAY, source="crm"),
    ]
    found = losses(
        closings(lost, EUROS, TODAY), {1: DEMO.id, 2: DEMO.id, 3: QUALIFICATION.id}, STAGES, ["crm"]
    )
    assert [(its.stage.name if its.stage else None, its.count, its.amount) for its in found] == [
        ("Qualification", 1, 0),
        ("Demo", 2, 15),
        (None, 1, 0),
    ]
    demo = found[1]
    assert [(its.text, its.deals) for its in demo.reasons] == [("Price", (1, 2))]
    assert (demo.told, demo.unknown["need"], demo.unknown["decision_makers"]) == (2, 2, 1)
    assert found[2].told == 0
    assert [its.text for its in reasons(closings(lost, EUROS, TODAY))] == ["Price", ""]
