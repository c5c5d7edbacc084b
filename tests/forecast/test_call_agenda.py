from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.category import Category
from pipetui.forecast.calls.agenda import Turn, budget, put_off, queue
from tests.forecast.calling import IN_Q4, entry

COMMIT, BEST, UPSIDE, OMITTED = Category


def test_the_order_of_a_call() -> None:
    deals = [
        entry(1),
        entry(2, crm=UPSIDE, amount=900),
        entry(3, rep=BEST, amount=10),
        entry(4, manager=COMMIT, crm=UPSIDE, amount=5),
        entry(5, crm=COMMIT, amount=700),
        entry(6, crm=COMMIT, amount=None),
        entry(7, crm=COMMIT, amount=5, close_date=IN_Q4.replace(day=1)),
        entry(8, crm=OMITTED),
        entry(9, crm=COMMIT, state="won"),
        entry(10, crm=COMMIT, state="missing"),
    ]
    turns = queue(deals)
    assert [turn.deal_id for turn in turns] == [5, 7, 4, 6, 3, 2, 1]
    assert [turn.part for turn in turns] == ["commit"] * 4 + ["best_case", "upside", "unclassified"]


def test_what_waits_comes_at_the_end() -> None:
    deals = [entry(1, crm=COMMIT), entry(2, crm=BEST), entry(3), entry(4)]
    turns = queue(deals, waiting=[1, 3])
    assert turns == (Turn("best_case", 2), Turn("unclassified", 4), Turn("waiting", 1), Turn("waiting", 3))
    assert put_off(turns, 2) == (*turns[1:], Turn("waiting", 2))
    assert put_off(turns, 1) == (*turns[:2], Turn("waiting", 3), Turn("waiting", 1))
    assert put_off(turns, 99) == turns


def test_90_seconds_a_deal_where_there_is_time() -> None:
    turns = queue([entry(1, crm=COMMIT), entry(2, crm=COMMIT), entry(3)])
    found = budget(turns, 60)
    assert (found["commit"], found["unclassified"]) == (180, 90)
    assert (found["last_call"], found["changes"], found["number"], found["freeze"]) == (360, 540, 360, 180)


def test_less_for_each_where_there_is_not() -> None:
    found = budget(queue([entry(id_, crm=COMMIT) for id_ in range(60)]), 60)
    assert found == {"last_call": 360, "changes": 540, "commit": 2160, "number": 360, "freeze": 180}


@given(st.integers(0, 80), st.integers(5, 120))
def test_the_budget_is_within_the_meeting(deals: int, minutes: int) -> None:
    found = budget(queue([entry(id_) for id_ in range(deals)]), minutes)
    assert sum(found.values()) <= minutes * 60 + 4
    assert ("unclassified" in found) is (deals > 0)
