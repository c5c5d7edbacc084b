from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.category import Category
from pipetui.deals.money import Rates
from pipetui.forecast.accuracy.horizons import Horizon, day_of, hits, latest, won_in
from pipetui.forecast.accuracy.measures import Accuracy, Hit, accuracy, calibration
from pipetui.forecast.accuracy.slippage import slippage
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from tests.forecast.calling import call, entry
from tests.signals.making import deal

COMMIT, BEST, UPSIDE, OMITTED = Category
EUR = Rates("EUR", {"USD": Decimal("0.5")})
Q3 = Period.parse("2026-Q3")
TODAY = date(2026, 11, 22)
WEST, ANA = Scope("West"), Scope(owner="Ana")


def of(*pairs: tuple[int, int]) -> list[Hit]:
    return [Hit(f"2025-0{index + 1}", *pair) for index, pair in enumerate(pairs)]


def test_bias_and_wape() -> None:
    # F − A: 20, −10, 0, 30; ΣA = 400. MAPE: (20/100 + 10/100 + 0 + 30/100) ÷ 4.
    found = accuracy(of((120, 100), (90, 100), (100, 100), (130, 100)))
    assert (found.bias, found.wape) == (pytest.approx(0.1), pytest.approx(0.15))
    assert found.mape == pytest.approx(0.15)
    assert (found.n, found.reason) == (4, None)


def test_mape_only_where_something_was_won() -> None:
    found = accuracy(of((50, 0), (100, 100), (50, 100), (100, 100)))
    assert (found.bias, found.wape) == (0.0, pytest.approx(1 / 3))
    assert found.mape == pytest.approx(0.5 / 3)


def test_thin_data_is_refused_with_its_n_and_reason() -> None:
    three = of((1, 1), (1, 1), (1, 1))
    assert accuracy(three) == Accuracy(3, reason="few_periods", hits=tuple(three))
    assert accuracy(of((1, 0), (1, 0), (1, 0), (1, 0))).reason == "nothing_won"
    assert accuracy(three, enough=3).bias == 0.0


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=4, max_size=9))
def test_the_bias_is_never_larger_than_the_error(pairs: list[tuple[int, int]]) -> None:
    found = accuracy(of(*pairs))
    assert found.bias is not None
    assert found.wape is not None
    assert abs(found.bias) <= found.wape + 1e-12


def test_calibration_of_ranges() -> None:
    found = calibration([(10, 20, 10), (10, 20, 20), (10, 20, 9), (10, 20, 21), (10, 20, 15)])
    assert (found.n, found.inside, found.below, found.above, found.rate) == (5, 3, 1, 1, 0.6)
    thin = calibration([(10, 20, 15)])
    assert (thin.n, thin.inside, thin.rate, thin.reason) == (1, 1, None, "few_periods")


@pytest.mark.parametrize(
    ("name", "month_before", "start", "middle"),
    [
        ("2026-Q3", date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 15)),
        ("2026-01", date(2025, 12, 1), date(2026, 1, 1), date(2026, 1, 15)),
    ],
)
def test_horizons(name: str, month_before: date, start: date, middle: date) -> None:
    assert [day_of(horizon, Period.parse(name)) for horizon in Horizon] == [month_before, start, middle]


def frozen(at: datetime, *entries: object, **given: object) -> Snapshot:
    return call(*entries, period=Q3, frozen_at=at, **given)  # type: ignore[arg-type]


IN_Q3 = date(2026, 9, 1)
EARLY = frozen(datetime(2026, 6, 1, 9), number=10)
AT_START = frozen(datetime(2026, 7, 1, 18), number=20)
REOPENED = frozen(datetime(2026, 7, 1, 19), number=21, revision=2)
LATE = frozen(datetime(2026, 9, 29, 9), number=99)


@pytest.mark.parametrize(
    ("horizon", "number"), [(Horizon.MONTH_BEFORE, 10), (Horizon.START, 21), (Horizon.MIDDLE, 21)]
)
def test_the_last_freeze_at_or_before_the_horizon(horizon: Horizon, number: int) -> None:
    found = latest([LATE, REOPENED, AT_START, EARLY], horizon)
    assert found[Q3, Scope()].number == number


def test_without_a_call_before_the_horizon_there_is_none() -> None:
    assert latest([LATE], Horizon.MIDDLE) == {}


def test_the_forecast_of_everybody_is_the_managers_number() -> None:
    found = hits([EARLY, AT_START], Horizon.START, {Q3: 15}, Scope(), TODAY)
    assert found == [("2026-Q3", 20, 15)]
    unnumbered = frozen(datetime(2026, 6, 30), entry(crm=COMMIT, close_date=IN_Q3))
    assert hits([unnumbered], Horizon.START, {Q3: 15}, Scope(), TODAY) == []
    assert hits([EARLY], Horizon.START, {Q3: 15}, WEST, TODAY) == []


def test_the_forecast_of_an_owner_is_won_and_the_reps_commit() -> None:
    entries = [
        entry(1, owner="Ana", rep=COMMIT, manager=OMITTED, close_date=IN_Q3),
        entry(2, owner="Ana", state="won", amount=30, close_date=date(2026, 7, 1)),
        entry(3, owner="Ana", rep=UPSIDE, manager=COMMIT, amount=500, close_date=IN_Q3),
        entry(4, owner="Ben", rep=COMMIT, amount=700, close_date=IN_Q3),
    ]
    everybodys = frozen(datetime(2026, 7, 1), *entries)
    assert hits([everybodys], Horizon.START, {Q3: 15}, ANA, TODAY) == [("2026-Q3", 130, 15)]
    teams = frozen(datetime(2026, 6, 3), entries[0], scope=WEST)
    assert hits([everybodys, teams], Horizon.START, {Q3: 15}, ANA, TODAY)[0].forecast == 100
    own = frozen(datetime(2026, 6, 2), entries[1], scope=ANA)
    assert hits([everybodys, own, teams], Horizon.START, {Q3: 15}, ANA, TODAY)[0].forecast == 30
    other = frozen(datetime(2026, 6, 3), entries[3], scope=WEST)
    assert hits([other], Horizon.START, {Q3: 15}, ANA, TODAY) == []


def test_a_period_that_still_runs_has_no_actual() -> None:
    assert hits([AT_START], Horizon.START, {Q3: 15}, Scope(), Q3.end) == []
    assert hits([AT_START], Horizon.START, {}, Scope(), TODAY) == []


def test_what_was_won() -> None:
    deals = [
        deal(status="won", amount=100, closed_on=IN_Q3, owner="Ana", team="West"),
        deal(status="won", amount=101, currency="USD", close_date=IN_Q3, owner="Ben", team="West"),
        deal(status="won", amount=7, closed_on=IN_Q3, owner="Eve"),
        deal(status="won", amount=1000, closed_on=date(2026, 10, 1), close_date=IN_Q3, owner="Ana"),
        deal(status="lost", amount=5000, closed_on=IN_Q3, owner="Ana", team="West"),
        deal(status="won", amount=None, closed_on=IN_Q3, owner="Ana", team="West"),
        deal(status="won", amount=900, currency="JPY", closed_on=IN_Q3, owner="Ana", team="West"),
    ]
    assert [won_in(deals, Q3, scope, EUR) for scope in (Scope(), WEST, ANA)] == [158, 151, 100]


def test_slippage_by_count_and_amount() -> None:
    def due(id_: int, **given: object):
        return deal(**{"id": id_, "close_date": IN_Q3, "amount": 100, **given})

    at_start = [
        due(1),  # won in it
        due(2, amount=300),  # still open
        due(3, amount=None),  # still open
        due(4, amount=50),  # won after it
        due(5),  # lost in it
        due(6, amount=40, rep_category=OMITTED),  # still open
        due(7, close_date=date(2026, 10, 1)),
        due(8, missing_since=date(2026, 6, 1)),
        due(9, status="won"),
    ]
    settled = {
        1: ("won", Q3.end),
        4: ("won", date(2026, 10, 1)),
        5: ("lost", Q3.start),
        2: ("open", None),
    }
    found = slippage(Q3, at_start, settled, EUR)  # type: ignore[arg-type]
    assert (found.due, [its.id for its in found.slipped]) == (6, [2, 4, 6, 3])
    assert found.rate == pytest.approx(4 / 6)
    assert (found.due_amount, found.slipped_amount) == (590, 390)
    assert found.amount_rate == pytest.approx(390 / 590)


def test_nothing_due_slips_nothing() -> None:
    found = slippage(Q3, [], {}, EUR)
    assert (found.rate, found.amount_rate, found.slipped) == (None, None, ())
