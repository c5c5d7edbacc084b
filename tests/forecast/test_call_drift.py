from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.category import Category
from pipetui.forecast.calls.drift import changes_since, compare, drift
from pipetui.forecast.calls.snapshot import sum_up
from tests.forecast.calling import IN_Q4, call, entry

COMMIT, BEST, UPSIDE, OMITTED = Category
NEXT_YEAR = date(2027, 1, 20)


@pytest.mark.parametrize(
    ("now", "kinds", "landing", "pipeline"),
    [
        ({"state": "lost"}, ["lost"], -100, -100),
        ({"state": "won", "close_date": date(2026, 11, 20)}, ["won"], 0, 0),
        ({"state": "won", "amount": 130}, ["won", "raised"], 30, 30),
        ({"state": "missing"}, ["missing"], -100, -100),
        ({"close_date": NEXT_YEAR, "push_count": 1}, ["pushed_out", "pushed"], -100, -100),
        ({"close_date": date(2026, 12, 30), "push_count": 1}, ["later", "pushed"], 0, 0),
        ({"close_date": date(2026, 12, 1)}, ["earlier"], 0, 0),
        ({"close_date": None}, ["undated"], -100, -100),
        ({"amount": 60}, ["lowered"], -40, -40),
        ({"amount": None}, ["unpriced"], -100, -100),
        ({"currency": "USD", "amount": 100, "worth": 50}, ["currency"], -50, -50),
        ({"manager": UPSIDE}, ["down"], -100, 0),
        ({"manager": OMITTED}, ["down"], -100, -100),
        ({"crm": None}, ["unclassified"], -100, 0),
        ({}, [], 0, 0),
    ],
)
def test_a_commit_that_left_the_call(
    now: dict[str, Any], kinds: list[str], landing: int, pipeline: int
) -> None:
    frozen = call(entry(1, crm=COMMIT), entry(2))
    changes = changes_since(frozen, [entry(1, **{"crm": COMMIT, **now}), entry(2)])
    assert [its.kind for change in changes for its in change.differences] == kinds
    found = drift(frozen, [entry(1, **{"crm": COMMIT, **now}), entry(2)])
    assert found.matches is (not kinds)
    assert found.landing == landing
    assert sum(change.pipeline for change in found.left) == pipeline


def test_a_deal_of_which_nothing_is_known_any_more() -> None:
    found = drift(call(entry(1, crm=COMMIT)), [])
    assert (found.left[0].differences[0].kind, found.landing, found.left[0].entry.deal_id) == (
        "gone",
        -100,
        1,
    )


def test_new_and_pulled_in_deals_join_and_none_left() -> None:
    frozen = call(entry(1))
    now = [
        entry(1),
        entry(2, crm=COMMIT, created=date(2026, 11, 17)),
        entry(3, created=date(2026, 3, 1)),
        entry(4, close_date=NEXT_YEAR),
        entry(5, state="lost"),
    ]
    found = drift(frozen, now)
    assert found.matches
    assert [(its.deal_id, its.differences[0].kind) for its in found.joined] == [(2, "new"), (3, "pulled_in")]
    assert found.landing == 100


def test_a_stage_move_is_told_but_leaves_no_call() -> None:
    frozen = call(entry(1, stage_id=2, stage="Demo", stage_position=20))
    now = [entry(1, stage_id=3, stage="Offer", stage_position=30)]
    assert changes_since(frozen, now)[0].differences == (("forward", "Demo", "Offer"),)
    assert changes_since(frozen, [entry(1, stage_id=1, stage_position=1)])[0].differences[0].kind == "back"
    assert drift(frozen, now).matches


def test_a_push_does_not_vanish_when_the_date_is_moved_back() -> None:
    frozen = call(entry(1, push_count=1))
    found = changes_since(frozen, [entry(1, push_count=2)])
    assert found[0].differences == (("pushed", 1, 2),)


def test_a_category_that_no_longer_fits_is_told_once() -> None:
    frozen = call(entry(1, crm=COMMIT), entry(2, crm=COMMIT, contradictions=("weak",)))
    now = [
        entry(1, crm=COMMIT, contradictions=("overdue",)),
        entry(2, crm=COMMIT, contradictions=("weak",)),
    ]
    found = changes_since(frozen, now)
    assert [(its.deal_id, its.unfit, its.differences) for its in found] == [(1, ("overdue",), ())]
    assert drift(frozen, now).matches


def test_the_largest_effect_comes_first() -> None:
    frozen = call(entry(1, crm=COMMIT), entry(2, crm=UPSIDE, amount=900), entry(3, crm=COMMIT, amount=500))
    now = [entry(id_, state="lost", crm=COMMIT) for id_ in (1, 2, 3)]
    assert [its.deal_id for its in drift(frozen, now).left] == [3, 1, 2]


def test_two_calls_deal_by_deal() -> None:
    first = call(
        *(entry(1, crm=COMMIT), entry(2, crm=COMMIT), entry(3, crm=UPSIDE), entry(4, crm=COMMIT), entry(5)),
        entry(6, crm=BEST),
    )
    second = call(
        entry(2, crm=BEST),
        entry(3, crm=COMMIT),
        entry(4, crm=COMMIT, close_date=date(2026, 12, 20)),
        entry(5, amount=120),
        entry(6, crm=BEST),
        entry(7, crm=COMMIT, created=date(2026, 11, 18)),
    )
    found = {its.deal_id: its for its in compare(first, second)}
    assert {id_: its.differences[0].kind for id_, its in found.items()} == {
        1: "gone",
        2: "down",
        3: "up",
        4: "later",
        5: "raised",
        7: "new",
    }
    assert found[1].new is None
    assert found[7].old is None
    assert sum(its.landing for its in found.values()) == second.totals.landing - first.totals.landing


CATEGORIES = st.sampled_from([None, *Category])
ENTRIES = st.dictionaries(
    st.integers(1, 12),
    st.tuples(
        CATEGORIES,
        st.sampled_from([None, 0, 50, 100]),
        st.sampled_from(["open", "won", "lost", "missing"]),
        st.sampled_from([None, IN_Q4, date(2026, 12, 31), NEXT_YEAR]),
    ),
)


@given(ENTRIES, ENTRIES)
def test_the_deals_explain_the_whole_difference(before: dict[int, Any], after: dict[int, Any]) -> None:
    def made(rows: dict[int, Any]) -> list[Any]:
        return [
            entry(id_, crm=category, amount=amount, state=state, close_date=day)
            for id_, (category, amount, state, day) in rows.items()
        ]

    frozen, now = call(*made(before)), made(after)
    refrozen = call(*now)
    found = drift(frozen, now)
    assert found.landing == refrozen.totals.landing - frozen.totals.landing
    assert found.matches is not bool(found.left)
    assert drift(refrozen, now).matches
    assert compare(frozen, frozen) == ()
    assert sum_up(refrozen.entries) == refrozen.totals
