from decimal import Decimal

import pytest

from pipetui.deals.category import Category
from pipetui.deals.money import Rates
from pipetui.forecast.totals import Totals, probabilities, together, totals
from tests.signals.making import STAGES, days, deal, playbook

EUR = Rates("EUR", {"USD": Decimal("0.5")})
P = {1: 0.1, 2: 0.5, 3: 0.75, 4: 1.0, 5: 0.0}


def test_weighted_is_rounded_deal_by_deal() -> None:
    found = totals([deal(id=1, amount=61725), deal(id=2, amount=61725)], P, EUR)
    assert (found.count, found.amount, found.weighted) == (2, 123450, 61726)


def test_unpriced_is_counted_apart_and_never_zero() -> None:
    found = totals([deal(amount=None), deal(id=2, amount=0)], P, EUR)
    assert (found.count, found.amount, found.unpriced) == (2, 0, 1)


@pytest.mark.parametrize(
    "left_out",
    [{"missing_since": days(-1)}, {"resume_on": days(9), "rep_category": Category.OMITTED}],
)
def test_missing_deals_and_nurture_are_in_no_sum(left_out: dict[str, object]) -> None:
    assert totals([deal(amount=100, **left_out)], P, EUR) == Totals()


def test_closed_deals_are_the_callers_choice_and_a_lost_one_weighs_nothing() -> None:
    closed = [deal(status="won", stage_id=4, amount=100), deal(status="lost", stage_id=5, amount=70)]
    found = totals(closed, P, EUR)
    assert (found.count, found.amount, found.weighted) == (2, 170, 100)


def test_currencies_with_a_rate_are_converted_and_others_stand_apart() -> None:
    deals = [
        deal(amount=101, currency="USD"),  # 0.505 → 0.51 EUR
        deal(amount=100, currency=""),  # nobody said: the reporting currency
        deal(amount=500, currency="JPY"),
        deal(amount=700, currency="JPY"),
        deal(amount=None, currency="JPY"),
    ]
    found = totals(deals, P, EUR)
    assert (found.count, found.amount, found.weighted, found.unpriced) == (5, 151, 26 + 50, 1)
    assert found.other_currencies == {"JPY": (2, 1200)}


def test_flagged_counts_deals() -> None:
    assert totals([deal(id=1), deal(id=2), deal(id=3)], P, EUR, flagged={1, 3, 99}).flagged == 2


def test_together_adds_up_whatever_the_parts() -> None:
    deals = [
        deal(id=1, amount=333),
        deal(id=2, amount=None),
        deal(id=3, amount=5, currency="JPY"),
        deal(id=4, amount=7, currency="JPY"),
        deal(id=5, stage_id=3, amount=1),
    ]
    whole = totals(deals, P, EUR, flagged={2, 4})
    parts = [totals(deals[:3], P, EUR, flagged={2, 4}), Totals(), totals(deals[3:], P, EUR, flagged={2, 4})]
    assert together(parts) == whole
    assert together([]) == Totals()


def test_probability_is_the_playbooks_where_it_names_the_stage() -> None:
    stages = (*STAGES, STAGES[0]._replace(id=9, name="Imported", probability=0.33))
    book = playbook(demo={"probability": 0.0, "aliases": ["Démo"]})
    found = probabilities((*stages, STAGES[1]._replace(id=10, name="DEMO", probability=0.9)), book)
    assert found == {1: 0.1, 2: 0.0, 3: 0.75, 4: 1.0, 5: 0.0, 9: 0.33, 10: 0.0}


def test_lost_is_never_counted_whatever_anybody_wrote() -> None:
    wrong = (STAGES[4]._replace(probability=1.0), STAGES[3]._replace(probability=0.2))
    assert probabilities(wrong, playbook()) == {5: 0.0, 4: 1.0}
