import json
from dataclasses import FrozenInstanceError, replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.category import Category
from pipetui.deals.money import Rates
from pipetui.forecast.calls.entry import Said, entry_of
from pipetui.forecast.calls.number import warnings
from pipetui.forecast.calls.snapshot import CallTotals, FrozenRange, thaw
from pipetui.forecast.quotas import Scope
from tests.forecast.calling import IN_Q4, Q4, call, entry
from tests.signals.making import STAGES, days, deal

COMMIT, BEST, UPSIDE, OMITTED = Category
EUR = Rates("EUR", {"USD": Decimal("0.5")})

FULL = call(
    entry(3, crm=COMMIT, rep=BEST, manager=COMMIT, said=Said("r", "o", "c", IN_Q4, "me", "n")),
    entry(1, state="won", amount=40, created=date(2026, 1, 2)),
    entry(2, rep=UPSIDE, contradictions=("weak", "overdue"), p=1 / 3, amount=7),
    entry(4, amount=None),
    entry(5, rep=OMITTED, amount=900),
    entry(6, crm=COMMIT, state="missing"),
    entry(7, crm=COMMIT, close_date=date(2027, 1, 1)),
    scope=Scope("Ouest"),
    number=170,
    range_=FrozenRange(100, 150, 190, 0.12),
    risks="[/] Nobody signs in December",
)


def test_totals_for_both() -> None:
    assert FULL.totals == CallTotals(won=40, commit=100, upside=7, omitted=900, unpriced=1)
    assert FULL.rep_totals == CallTotals(won=40, best_case=100, upside=7, omitted=900, unpriced=1)
    assert FULL.totals.landing == 140
    assert [its.deal_id for its in FULL.entries] == [1, 2, 3, 4, 5]


def test_it_comes_back_from_json_as_it_was() -> None:
    again = thaw(json.loads(json.dumps(FULL.plain(), ensure_ascii=True)))
    assert again == FULL
    assert again.is_whole
    assert again.by_deal[3].said.condition_by == IN_Q4


def test_nothing_in_it_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        FULL.number = 5  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        FULL.entries[0].amount = 5  # type: ignore[misc]


def test_the_id_is_that_of_the_content() -> None:
    one = call(entry(1), entry(2))
    assert one.id == call(entry(2), entry(1)).id
    assert len(one.id) == 12
    others = [
        call(entry(1), entry(2, amount=101)),
        call(entry(1), entry(2, said=Said("why"))),
        call(entry(1), entry(2), number=5),
        call(entry(1), entry(2), revision=2),
        call(entry(1), entry(2), frozen_at=datetime(2026, 11, 16, 10, 31)),
    ]
    assert len({one.id, *(other.id for other in others)}) == 6


@given(st.sampled_from(["number", "quota", "risks", "by"]), st.text())
def test_whoever_tampers_is_seen(field: str, value: str) -> None:
    assert replace(FULL, **{field: "\0" + value}).is_whole is False


def test_the_entry_of_a_deal() -> None:
    its = deal(amount=101, currency="USD", close_date=days(9), rep_category=BEST, push_count=3, owner="Ana")
    found = entry_of(its, STAGES[1], EUR, p=0.4)
    assert (found.worth, found.currency, found.stage, found.category, found.p) == (
        51,
        "USD",
        "Demo",
        BEST,
        0.4,
    )
    assert found.close_date == days(9)
    assert entry_of(deal(amount=None), STAGES[1], EUR).worth is None
    assert entry_of(deal(amount=5, currency="JPY"), STAGES[1], EUR).worth is None
    assert entry_of(deal(amount=5, currency=""), STAGES[1], EUR).worth == 5


@pytest.mark.parametrize(
    ("given_", "state"),
    [
        ({}, "open"),
        ({"missing_since": days(-1)}, "missing"),
        ({"resume_on": days(9), "rep_category": OMITTED}, "nurture"),
        ({"status": "won", "stage_id": 4, "closed_on": days(-2)}, "won"),
        ({"status": "lost", "stage_id": 5, "close_date": days(-2)}, "lost"),
    ],
)
def test_states(given_: dict[str, object], state: str) -> None:
    found = entry_of(deal(**given_), STAGES[1], EUR, p=0.5)
    assert found.state == state
    if state in ("won", "lost"):
        assert (found.close_date, found.p) == (days(-2), None)


def test_what_lands() -> None:
    assert entry(crm=COMMIT).lands(Q4) == 100
    assert entry(crm=COMMIT, rep=BEST).lands(Q4) == 0
    assert entry(crm=COMMIT, manager=BEST).lands(Q4, "rep") == 100
    assert entry(state="won").lands(Q4) == 100
    assert entry(state="lost", crm=COMMIT).lands(Q4) == 0
    assert entry(crm=COMMIT, close_date=None).lands(Q4) == 0


TOTALS = CallTotals(won=500, commit=500)
BAND = FrozenRange(700, 1000, 1300, None)


@pytest.mark.parametrize(
    ("number", "kinds"),
    [
        (1000, []),
        (1100, []),
        (900, []),
        (1101, [("unlike_commits", 1000)]),
        (1301, [("above_range", 1300), ("unlike_commits", 1000)]),
        (499, [("below_won", 500), ("below_range", 700), ("unlike_commits", 1000)]),
    ],
)
def test_warnings_about_a_number(number: int, kinds: list[tuple[str, int]]) -> None:
    assert list(warnings(number, TOTALS, BAND)) == kinds


def test_a_number_below_won_is_told_without_a_range() -> None:
    assert warnings(1, CallTotals(won=2))[0].kind == "below_won"
    assert warnings(0, CallTotals()) == ()
