import pytest

from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Quota, Scope, Target, target

ALL, WEST, ANA, BEN, EVE = Scope(), Scope("West"), Scope(owner="Ana"), Scope(owner="Ben"), Scope(owner="Eve")
OWNERS = {"West": ["Ana", "Ben"], "": ["Eve"]}


def of(scope: Scope, *quotas: tuple[str, Scope, int], period: str = "2026-Q4") -> Target | None:
    known = [Quota(*its) for its in quotas]
    return target(known, scope, Period.parse(period), owners=OWNERS)


def test_what_was_set_holds_whatever_the_sum() -> None:
    found = of(WEST, ("2026-Q4", WEST, 100), ("2026-Q4", ANA, 70), ("2026-Q4", BEN, 70))
    assert found == (100, False)


def test_zero_is_a_quota() -> None:
    assert of(ANA, ("2026-Q4", ANA, 0)) == (0, False)


def test_the_last_one_counts() -> None:
    assert of(ANA, ("2026-Q4", ANA, 5), ("2026-q4", ANA, 6)) == (6, False)


def test_a_quarter_is_its_three_months_if_all_are_set() -> None:
    months = [("2026-10", ANA, 1), ("2026-11", ANA, 2), ("2026-12", ANA, 4)]
    assert of(ANA, *months) == (7, True)
    assert of(ANA, *months[:2]) is None
    year = [("2026-Q1", ANA, 10), ("2026-Q2", ANA, 20), ("2026-Q3", ANA, 30), *months]
    assert of(ANA, *year, period="2026") == (67, True)


@pytest.mark.parametrize("period", ["2026-11", "2026-12"])
def test_a_quarter_says_nothing_of_a_month(period: str) -> None:
    assert of(ANA, ("2026-Q4", ANA, 300), period=period) is None


def test_people_are_summed_up_if_all_of_them_have_one() -> None:
    ana, ben, eve = (("2026-Q4", who, 10) for who in (ANA, BEN, EVE))
    assert of(WEST, ana, ben) == (20, True)
    assert of(WEST, ana) is None
    assert of(ALL, ana, ben, eve) == (30, True)
    assert of(ALL, ("2026-Q4", WEST, 50), eve) == (60, True)
    assert of(ALL, ana, ben) is None


def test_a_teams_quota_says_nothing_of_its_owners() -> None:
    assert of(ANA, ("2026-Q4", WEST, 50)) is None
    assert of(Scope("East")) is None
