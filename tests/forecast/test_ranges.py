from decimal import Decimal
from itertools import product

import pytest

from pipetui.deals.money import Rates
from pipetui.forecast.ranges import Doubt, exact, simulated
from tests.signals.making import deal

EUR = Rates("EUR", {"USD": Decimal("0.5")})
AMOUNTS = {1: 50, 2: 30, 3: 20, 4: 100}
CHANCES = {1: 0.9, 2: 0.5, 3: 0.5, 4: 0.2}
DEALS = [deal(id=id_, amount=amount * 100) for id_, amount in AMOUNTS.items()]


def test_golden_vector() -> None:
    found = exact(DEALS, CHANCES, EUR, quota=100_00)
    assert (found.p10, found.p50, found.p90) == (50_00, 80_00, 170_00)
    assert found.mean == pytest.approx(90_00)
    assert found.p_quota == pytest.approx(0.38)
    assert (found.exact, found.error) == (True, 0)


def test_what_is_won_is_in_it() -> None:
    found = exact(DEALS, CHANCES, EUR, won=7_00, quota=107_00)
    assert (found.p10, found.p50, found.p90) == (57_00, 87_00, 177_00)
    assert found.p_quota == pytest.approx(0.38)


def test_the_deals_that_decide() -> None:
    found = exact(DEALS, CHANCES, EUR, quota=100_00)

    def reached(fixed: int, had: bool) -> float:
        total = 0.0
        for ways in product((False, True), repeat=4):
            its = dict(zip(AMOUNTS, ways, strict=True))
            if its[fixed] is had and sum(AMOUNTS[i] for i in its if its[i]) >= 100:
                chance = 1.0
                for other, yes in its.items():
                    chance *= 1 if other == fixed else CHANCES[other] if yes else 1 - CHANCES[other]
                total += chance
        return total

    expected = {i: reached(i, had=True) - reached(i, had=False) for i in AMOUNTS}
    assert dict(found.decisive) == pytest.approx(expected)
    assert [i for i, _ in found.decisive] == sorted(expected, key=lambda i: (-expected[i], i))
    assert found.decisive[0][0] == 4


def test_without_a_quota_nothing_decides() -> None:
    found = exact(DEALS, CHANCES, EUR)
    assert (found.p_quota, found.decisive) == (None, ())


def test_what_has_no_amount_here_is_left_out_and_rates_apply() -> None:
    deals = [
        deal(id=1, amount=None),
        deal(id=2, amount=900, currency="JPY"),
        deal(id=3, amount=101, currency="USD"),
    ]
    found = exact(deals, {1: 1.0, 2: 1.0, 3: 1.0}, EUR)
    assert (found.p10, found.p90) == (51, 51)


def test_probability_0_moves_nothing_and_still_can() -> None:
    found = exact([deal(id=1, amount=10)], {1: 0.0}, EUR, quota=10)
    assert (found.p90, found.p_quota) == (0, 0.0)
    assert found.decisive == ((1, 1.0),)


def test_correlation_widens_and_slip_lowers_the_simulated_range() -> None:
    deals = [deal(id=i, amount=10_00) for i in range(30)]
    chances = dict.fromkeys(range(30), 0.5)
    alone = simulated(deals, chances, EUR, Doubt(), won=5_00, quota=155_00)
    wide = simulated(deals, chances, EUR, Doubt(correlation=0.4), won=5_00, quota=155_00)
    late = simulated(deals, chances, EUR, Doubt(slip=0.5), won=5_00, quota=155_00)
    plain = exact(deals, chances, EUR, won=5_00, quota=155_00)
    assert alone.p50 == plain.p50
    assert alone.p_quota == pytest.approx(plain.p_quota, abs=0.02)
    assert wide.p90 - wide.p10 > 2 * (alone.p90 - alone.p10)
    assert late.mean == pytest.approx(5_00 + 75_00, rel=0.03)
    assert not wide.exact


def test_what_is_dated_already_slips_no_more() -> None:
    deals = [deal(id=1, amount=10), deal(id=2, amount=10)]
    found = simulated(deals, {1: 1.0, 2: 1.0}, EUR, Doubt(slip=1.0), dated=[1])
    assert (found.p10, found.p90) == (10, 10)
