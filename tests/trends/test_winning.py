"""Win rate, average, cycle, cohorts, refusals."""

from datetime import date, timedelta

import pytest

from pipetui.trends.closings import closings, within
from pipetui.trends.rate import rate
from pipetui.trends.spans import Span, before, trailing
from pipetui.trends.winning import cohorts, results
from tests.trends.making import EUROS, TODAY, closed, deal


def day(back: int) -> date:
    return TODAY - timedelta(days=back)


@pytest.mark.parametrize(
    ("hits", "n", "still_open", "value", "reason"),
    [
        (12, 12, 0, None, "few"),
        (19, 19, 0, None, "few"),
        (5, 20, 0, 0.25, None),
        (0, 20, 0, 0.0, None),
        (5, 20, 5, 0.25, None),
        (5, 20, 6, None, "unresolved"),
        (0, 0, 0, None, "few"),
    ],
)
def test_a_rate_is_refused(
    hits: int, n: int, still_open: int, value: float | None, reason: str | None
) -> None:
    its = rate(hits, n, still_open=still_open)
    assert (its.value, its.reason, its.hits, its.n, its.open) == (value, reason, hits, n, still_open)


def test_what_is_closed_belongs_to_its_actual_day() -> None:
    deals = [
        deal(1, status="won", closed_on=day(1), close_date=day(-30), amount=1),
        deal(2, status="lost", close_date=day(400), amount=1),
        deal(3, status="won", amount=1),
        deal(4, status="won", closed_on=day(-1), amount=1),
        deal(5, close_date=day(1), amount=1),
    ]
    found = closings(deals, EUROS, TODAY)
    assert [its.deal.id for its in found] == [2, 1]
    assert [its.deal.id for its in within(found, trailing(TODAY))] == [1]


def test_the_edges_of_a_window_are_inside() -> None:
    window = trailing(TODAY, 7)
    found = closings([deal(n, status="won", closed_on=day(n)) for n in range(10)], EUROS, TODAY)
    assert sorted(its.deal.id for its in within(found, window)) == [0, 1, 2, 3, 4, 5, 6]
    assert window.days == 7
    assert before(window) == Span("", day(13), day(7))


def test_money_is_averaged_half_up_and_unpriced_is_not_nothing() -> None:
    wins = [
        deal(1, status="won", closed_on=TODAY, amount=1),
        deal(2, status="won", closed_on=TODAY, amount=2),
        deal(3, status="won", closed_on=TODAY),
        deal(4, status="won", closed_on=TODAY, amount=100, currency="CHF"),
        deal(5, status="won", closed_on=TODAY, amount=6, currency="USD"),
    ]
    its = results(closings(wins, EUROS, TODAY))
    assert its.average == (2, 2, 3)
    assert (its.won, its.won_amount) == (5, 6)
    assert results(closings(wins[:2], EUROS, TODAY)).average == (2, 2, 2)
    assert results([]).average == (None, None, 0)


def test_closed_before_created_is_left_out_and_counted() -> None:
    wins = [
        deal(n, status="won", closed_on=TODAY, created=day(cycle) if cycle is not None else None)
        for n, cycle in enumerate([10, 20, 30, 100, -1, None])
    ]
    its = results(closings(wins, EUROS, TODAY)).won_cycle
    assert (its.median, its.mean, its.p75, its.n, its.left_out) == (25, 40, 47.5, 4, 1)


def test_cohorts_are_judged_once_they_are_old_enough() -> None:
    old, young = Span("old", day(400), day(180)), Span("young", day(179), TODAY)
    deals = [deal(n, created=day(300), status="won", closed_on=day(300 - 100)) for n in range(10)]
    deals += [deal(n, created=day(300), status="won", closed_on=day(300 - 181)) for n in range(10, 15)]
    deals += [deal(n, created=day(200)) for n in range(15, 20)]
    deals += [deal(n, created=day(10), status="won", closed_on=TODAY) for n in range(20, 60)]
    first, last = cohorts(deals, [old, young], TODAY)
    assert (first.created, first.won.hits, first.won.value) == (20, 10, 0.5)
    assert (last.created, last.won.value, last.won.reason) == (40, None, "unresolved")


def test_twelve_deals_have_no_rate() -> None:
    its = results(closed(won=8, lost=4))
    assert its.win_rate.value is None
    assert (its.win_rate.n, its.win_rate.reason) == (12, "few")
