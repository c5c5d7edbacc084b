from decimal import Decimal

import pytest

from pipetui.deals.money import Rates
from pipetui.query.sorting import ORDERS, TITLES, Known, ordered
from pipetui.signals.flag import SEVERITIES, Flag
from tests.signals.making import TODAY, days, deal


def flags(*names: str) -> tuple[Flag, ...]:
    return tuple(Flag(name, SEVERITIES[name], 1) for name in names)


DEALS = [
    deal(id=1, name="bravo", amount=100, close_date=days(9), stage_since=days(-1)),
    deal(id=2, name="Élan", amount=None, close_date=None, stage_since=None),
    deal(id=3, name="alpha", amount=900, close_date=days(-4), stage_since=days(-50)),
    deal(id=4, name="Delta", amount=50, close_date=days(3), stage_since=days(-9)),
    deal(id=5, name="charlie", amount=900, close_date=days(2), stage_since=days(-9)),
]
FLAGS = {
    1: flags("overdue", "idle"),
    2: flags("overdue"),
    3: flags("weak", "unpriced"),
    4: flags("stalled", "overdue"),
    5: flags("weak", "unpriced"),
}


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("close", [3, 5, 4, 1, 2]),
        ("amount", [3, 5, 1, 4, 2]),  # equal amounts by name
        ("days", [3, 5, 4, 1, 2]),
        # 900 × 3 × 1, 900 × 3 × 30/32, typically 500 × 4 × 30/120, 100 × 6 × 30/39, 50 × 8 × 30/33
        ("risk", [3, 5, 2, 1, 4]),
        ("name", [3, 1, 5, 4, 2]),
    ],
)
def test_orders(order: str, ids: list[int]) -> None:
    known = Known(TODAY, FLAGS, typical=500)
    assert [deal.id for deal in ordered(DEALS, order, known)] == ids
    assert [deal.id for deal in ordered(reversed(DEALS), order, known)] == ids


def test_of_deals_without_a_flag_the_larger_comes_first() -> None:
    deals = [deal(id=1, amount=5), deal(id=2, amount=7), deal(id=3), deal(id=4, amount=1)]
    known = Known(TODAY, {4: flags("unpriced")}, typical=6)
    assert [found.id for found in ordered(deals, "risk", known)] == [4, 2, 1, 3]


def test_amounts_are_compared_in_the_reporting_currency() -> None:
    deals = [deal(id=1, amount=900, currency="EUR"), deal(id=2, amount=1000, currency="USD")]
    known = Known(TODAY, {}, Rates("EUR", {"USD": Decimal("0.85")}))  # 10 USD are 8.50 EUR
    assert [found.id for found in ordered(deals, "amount", known)] == [1, 2]


def test_every_order_has_a_title() -> None:
    assert TITLES.keys() == ORDERS.keys()
