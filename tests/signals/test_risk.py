"""Risk = amount × severity × nearness; each figure worked out by hand."""

from decimal import Decimal

import pytest

from pipetui.deals.money import Rates
from pipetui.signals.flag import SEVERITIES, Flag
from pipetui.signals.risk import risk, typical_amount
from tests.signals.making import TODAY, days, deal

EUR = Rates("EUR", {"USD": Decimal("0.5")})


def flags(*names: str) -> tuple[Flag, ...]:
    return tuple(Flag(name, SEVERITIES[name], 1) for name in names)


@pytest.mark.parametrize(
    ("names", "close", "expected"),
    [
        (("overdue",), -40, 400),  # 100 × 4 × 1
        (("stalled",), 0, 400),
        (("stalled",), 30, 200),
        (("stalled",), 90, 100),
        (("stalled",), None, 100),  # as in 90 days
        (("weak",), 0, 200),
        (("unpriced",), 0, 100),
        (("stalled", "overdue", "weak", "unpriced"), 15, 100 * 11 * 30 / 45),
        ((), 0, 0),
    ],
)
def test_severity_and_nearness(names: tuple[str, ...], close: int | None, expected: float) -> None:
    one = deal(amount=100, close_date=None if close is None else days(close))
    assert risk(one, flags(*names), TODAY, typical=0) == pytest.approx(expected)


def test_the_amount_is_that_in_the_reporting_currency_or_a_typical_one() -> None:
    def amount_of(**given: object) -> float:
        return risk(deal(close_date=TODAY, **given), flags("unpriced"), TODAY, 77, EUR)

    assert amount_of(amount=100) == 100
    assert amount_of(amount=100, currency="USD") == 50
    assert amount_of(amount=None) == 77
    assert amount_of(amount=100, currency="XXX") == 77
    assert amount_of(amount=0) == 0


def test_a_typical_amount_is_the_median_of_the_open_deals() -> None:
    deals = [
        deal(amount=100),
        deal(amount=300),
        deal(amount=800, currency="USD"),
        deal(amount=999),
        deal(amount=None),
        deal(amount=5, currency="XXX"),
        deal(amount=5, missing_since=days(-1)),
        deal(amount=5, status="won", stage_id=4),
    ]
    assert typical_amount(deals, EUR) == 350  # of 100, 300, 400, 999
    assert typical_amount([], EUR) == 0
