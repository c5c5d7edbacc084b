"""What a call puts at stake, what each deal changes, and what of the last call still holds."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.category import Category
from pipetui.deals.said import NOTHING_SAID, Said
from pipetui.forecast.calls.carrying import carried
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.odds import Odds, Stakes, stakes
from pipetui.forecast.periods import Period

Q4 = Period.parse("2026-Q4", 1)
DUE, TODAY = date(2026, 12, 1), date(2026, 11, 22)


def by_hand(stakes_: Stakes, without: int = 0) -> float:
    """P(≥ quota) over all outcomes."""
    its = [stake for stake in stakes_.open if stake[0] != without]
    found = 0.0
    for had in product((False, True), repeat=len(its)):
        p = 1.0
        for one, (_id, _amount, own) in zip(had, its, strict=True):
            p *= own if one else 1 - own
        total = stakes_.won + sum(amount for one, (_id, amount, _p) in zip(had, its, strict=True) if one)
        found += p if stakes_.quota is not None and total >= stakes_.quota else 0.0
    return found


def test_the_vector_of_the_definitions() -> None:
    odds = Odds(Stakes(0, 100, ((1, 50, 0.9), (2, 30, 0.5), (3, 20, 0.5), (4, 100, 0.2))))
    assert odds.range[:3] == (50, 80, 170)
    assert odds.range.p_quota == pytest.approx(0.38)
    assert odds.without(4) == pytest.approx(0.9 * 0.5 * 0.5)
    assert odds.without(9) is None


@given(
    st.lists(st.tuples(st.integers(1, 90), st.floats(0.01, 0.99)), min_size=1, max_size=7),
    st.integers(0, 200),
    st.integers(0, 300),
)
def test_without_a_deal_is_what_all_others_come_to(
    deals: list[tuple[int, float]], won: int, quota: int
) -> None:
    its = Stakes(won, quota, tuple((at, *its) for at, its in enumerate(deals, start=1)))
    odds = Odds(its)
    assert odds.range.p_quota == pytest.approx(by_hand(its), abs=1e-9)
    for at in range(1, len(deals) + 1):
        assert odds.without(at) == pytest.approx(by_hand(its, at), abs=1e-9)


def test_omitted_unpriced_and_later_deals_are_not_at_stake() -> None:
    def entry(deal_id: int, **facts: object) -> CallEntry:
        its = {"worth": 10, "close_date": DUE, **facts}
        return CallEntry(deal_id=deal_id, name="x", **its)  # type: ignore[arg-type]

    found = stakes(
        [
            entry(1),
            entry(2, rep=Category.OMITTED),
            entry(3, worth=None),
            entry(4, close_date=date(2027, 1, 1)),
            entry(5, state="won", worth=7),
            entry(6, state="nurture"),
        ],
        dict.fromkeys(range(1, 7), 0.5),
        Q4,
        100,
    )
    assert found == Stakes(7, 100, ((1, 10, 0.5),))


# What still holds ---------------------------------------------------------------------------------------

SAID = Said("the CFO signs", "too early", "the board agrees", date(2026, 11, 30), "Marc", "a note")


def last(category: Category, *facts: str) -> CallEntry:
    return CallEntry(deal_id=1, name="x", rep=category, contradictions=facts, said=SAID)


def test_a_reason_holds_while_no_other_fact_contradicts() -> None:
    then = last(Category.COMMIT, "overdue", "weak")
    assert carried(then, Category.COMMIT, ["weak"], TODAY).reason == "the CFO signs"
    assert carried(then, Category.COMMIT, ["weak", "pushed"], TODAY).reason == ""
    assert carried(then, Category.UPSIDE, [], TODAY) == NOTHING_SAID
    assert carried(None, Category.COMMIT, [], TODAY) == NOTHING_SAID


def test_a_condition_holds_until_its_day() -> None:
    then = last(Category.BEST_CASE)
    assert carried(then, Category.BEST_CASE, [], TODAY)[2:5] == SAID[2:5]
    over = carried(then, Category.BEST_CASE, [], date(2026, 12, 1))
    assert (over.condition, over.condition_by) == ("the board agrees", None)
    assert carried(last(Category.COMMIT), Category.COMMIT, [], TODAY).condition == ""


def test_notes_stay_in_the_call_they_were_made_in() -> None:
    assert carried(last(Category.COMMIT), Category.COMMIT, [], TODAY).note == ""
