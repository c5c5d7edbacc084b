from decimal import Decimal

import pytest

from pipetui.deals.category import Category
from pipetui.deals.money import Rates
from pipetui.forecast.categories import Groups, by, category_of, group
from pipetui.forecast.figures import Figures, average, coverage, deals_lacking, figures
from pipetui.forecast.periods import Period, after
from tests.signals.making import days, deal

Q4 = Period.parse("2026-Q4")
EUR = Rates("EUR", {"USD": Decimal("0.5")})
P = {1: 0.1, 2: 0.5, 3: 0.75, 4: 1.0, 5: 0.0}
COMMIT, BEST, UPSIDE, OMITTED = Category


def due(**given: object):
    return deal(**{"close_date": days(20), "amount": 10_00, **given})


DEALS = [
    due(id=1, rep_category=COMMIT, amount=100_00),
    due(id=2, crm_category=BEST, amount=50_00),
    due(id=3, manager_category=UPSIDE, rep_category=COMMIT, amount=20_00),
    due(id=4, amount=7_00),
    due(id=5, rep_category=OMITTED, amount=900_00),
    due(id=6, rep_category=COMMIT, missing_since=days(-3), amount=800_00),
    due(id=7, rep_category=OMITTED, resume_on=days(90), amount=700_00),
    due(id=8, status="won", stage_id=4, closed_on=days(-3), close_date=None, amount=40_00),
    due(id=9, status="lost", stage_id=5, closed_on=days(-3), rep_category=COMMIT, amount=5000_00),
    due(id=10, status="won", stage_id=4, closed_on=days(-100), amount=6000_00),
    due(id=11, rep_category=COMMIT, close_date=days(100), amount=6000_00),
    due(id=12, rep_category=COMMIT, close_date=None, amount=6000_00),
]


def found(deals: list, side="manager", **given: object) -> Figures:
    return figures(group(deals, Q4, side), P, EUR, **given)


def ids(groups: Groups) -> dict[str, list[int]]:
    return {name: [its.id for its in deals] for name, deals in groups._asdict().items() if deals}


def test_every_deal_is_in_one_group() -> None:
    assert ids(group(DEALS, Q4)) == {
        "won": [8],
        "commit": [1],
        "best_case": [2],
        "upside": [3],
        "unclassified": [4],
        "omitted": [5],
        "missing": [6],
        "nurture": [7],
        "undated": [12],
    }


def test_categories_are_exclusive_and_shown_nested() -> None:
    its = found(DEALS, quota=200_00)
    assert (its.won.amount, its.commit.amount, its.best_case.amount, its.upside.amount) == (
        (40_00, 100_00, 50_00, 20_00)
    )
    assert its.cumulative == (40_00, 140_00, 190_00, 210_00)
    assert (its.unclassified.amount, its.omitted.amount) == (7_00, 900_00)
    assert (its.missing.amount, its.nurture.amount, its.undated.amount) == (800_00, 700_00, 6000_00)
    assert (its.landing, its.gap) == (140_00, -60_00)


def test_lost_deals_count_nowhere() -> None:
    assert found([DEALS[8]]) == found([])
    assert found([DEALS[8]]).weighted == 0


def test_unclassified_counts_in_weighted_and_coverage_and_omitted_in_neither() -> None:
    its = found(DEALS, quota=200_00)
    assert its.open.amount == 177_00
    assert its.weighted == 88_50
    assert its.coverage == (177_00 / 160_00, False)


def test_what_is_won_is_not_weighted_again() -> None:
    assert found([DEALS[7]]).weighted == 0


def test_weighted_is_rounded_deal_by_deal_with_the_deals_own_chance() -> None:
    its = [due(id=1, amount=617_25), due(id=2, amount=617_25), due(id=3, amount=100)]
    assert found(its[:2]).weighted == 617_26
    assert found(its, chances={1: 0.0, 3: 1 / 3}).weighted == 0 + 308_63 + 33


def test_the_reps_call_and_the_managers() -> None:
    manager, rep = found(DEALS), found(DEALS, "rep")
    assert (manager.commit.amount, rep.commit.amount) == (100_00, 120_00)
    assert (manager.upside.amount, rep.upside.amount) == (20_00, 0)
    three = due(crm_category=UPSIDE, rep_category=BEST, manager_category=COMMIT)
    assert (category_of(three), category_of(three, "rep")) == (COMMIT, BEST)
    crm = due(crm_category=UPSIDE)
    assert (category_of(crm), category_of(crm, "rep")) == (UPSIDE, UPSIDE)
    assert category_of(due(manager_category=COMMIT), "rep") is None


def test_an_override_stays_when_the_deal_changes_its_period() -> None:
    moved = DEALS[2]._replace(close_date=days(80))
    assert found([moved]).upside.amount == 0
    assert ids(group([moved], after(Q4))) == {"upside": [3]}
    assert ids(group([moved], after(Q4), "rep")) == {"commit": [3]}


def test_unpriced_and_other_currencies_stand_apart() -> None:
    its = found(
        [
            due(id=1, rep_category=COMMIT, amount=None),
            due(id=2, rep_category=COMMIT, amount=101, currency="USD"),
            due(id=3, rep_category=COMMIT, amount=5, currency="JPY"),
            due(id=4, rep_category=COMMIT, amount=0),
        ]
    )
    assert (its.commit.count, its.commit.amount, its.commit.unpriced) == (4, 51, 1)
    assert its.commit.other_currencies == {"JPY": (1, 5)}


def test_coverage_with_and_without_what_is_stale() -> None:
    its = found(DEALS, quota=200_00, stale={1, 6, 99})
    assert its.coverage.value == pytest.approx(177 / 160)
    assert its.coverage_without_stale.value == pytest.approx(77 / 160)


@pytest.mark.parametrize(
    ("won", "quota", "expected"),
    [(40, 200, (0.5, False)), (200, 200, (None, True)), (250, 200, (None, True)), (0, None, (None, False))],
)
def test_coverage(won: int, quota: int | None, expected: object) -> None:
    assert coverage(80, won, quota) == expected


def test_gap_in_deals_of_average_size() -> None:
    wins = [
        due(amount=30_00),
        due(amount=None),
        due(amount=41, currency="USD"),
        due(amount=9, currency="JPY"),
    ]
    assert average(wins, EUR) == 15_11  # 30.00 and 0.21: 15.105
    assert average([due(amount=None)], EUR) is None
    assert [deals_lacking(gap, 15_00) for gap in (-60_00, -60_01, -1, 0, 5, None)] == [4, 5, 1, 0, 0, None]
    assert deals_lacking(-5, None) is None
    assert found(DEALS).gap is None


def test_roll_ups_add_up() -> None:
    deals = [its._replace(owner=owner) for its, owner in zip(DEALS, ["Zoé", "", "adam"] * 4, strict=True)]
    parts = by(deals, lambda its: its.owner)
    assert set(parts) == {"adam", "Zoé", ""}
    whole = found(deals)
    for name in ("landing", "weighted"):
        assert sum(getattr(found(its), name) for its in parts.values()) == getattr(whole, name)
