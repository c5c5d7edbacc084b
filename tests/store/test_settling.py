"""Flags put to rest, levels with their texts, nurture, and what was undertaken: each one step of undo."""

from datetime import date, timedelta

import pytest

from pipetui.deals.acceptance import accepted_now
from pipetui.deals.edits import Accept, Change, Edit, Move, Nurture, Qualify, Raise, Undertake
from pipetui.deals.errors import Problem
from pipetui.deals.promise import Promise
from pipetui.store.engine import Store
from pipetui.store.reading import changed_since, read_story, revision
from pipetui.store.undoing import redo, undo
from pipetui.store.writing import Applied, apply
from tests.store.making import CLOSING, NOON, PLAYBOOK, PROPOSAL, bring, deal_of, rows

NOW = NOON + timedelta(days=1)
TODAY = NOW.date()
FRIDAY = date(2026, 11, 27)


def do(store: Store, *edits: Edit) -> Applied:
    return apply(store, edits, by="claire", at=NOW, playbook=PLAYBOOK)


def resting(store: Store, deal_id: int, on: date = TODAY) -> set[str]:
    return set(accepted_now(deal_of(store, deal_id), on))


def version(store: Store, deal_id: int) -> int:
    return deal_of(store, deal_id).version


def test_a_snoozed_flag_comes_back_on_its_day(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Accept(id_, 1, ("stalled", "idle"), until=FRIDAY))
    assert resting(store, id_) == {"stalled", "idle"}
    assert resting(store, id_, FRIDAY - timedelta(days=1)) == {"stalled", "idle"}
    assert resting(store, id_, FRIDAY) == set()


def test_an_accepted_flag_rests_for_good_and_the_audit_says_why(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Accept(id_, 1, ("weak",), reason="they never tell budgets"))
    assert resting(store, id_, date(2040, 1, 1)) == {"weak"}
    assert read_story(store, id_).events[-1].because == "they never tell budgets"


@pytest.mark.parametrize(
    "change",
    [
        ("amount", 1),
        ("close_date", FRIDAY),
        ("next_step", "call"),
        ("next_step_date", FRIDAY),
        ("levels", "1000000"),
    ],
)
def test_other_facts_bring_a_flag_back(store: Store, change: tuple[str, object]) -> None:
    (id_,) = bring(store, {})
    do(store, Accept(id_, 1, ("stalled",), reason="known"))
    field, value = change
    do(store, Change(id_, 2, field, value))  # type: ignore[arg-type]
    assert resting(store, id_) == set()
    undo(store, by="claire", at=NOW)
    assert resting(store, id_) == {"stalled"}, "as if the change had never been"


def test_another_stage_brings_a_flag_back(store: Store) -> None:
    (id_,) = bring(store, {"levels": "2000000"})
    do(store, Accept(id_, 1, ("stalled",), reason="known"))
    do(store, Move(id_, 2, PROPOSAL))
    assert resting(store, id_) == set()


@pytest.mark.parametrize(("field", "value"), [("name", "Other"), ("owner", "Marc"), ("last_activity", TODAY)])
def test_what_the_flags_do_not_rest_on_brings_none_back(store: Store, field: str, value: str | date) -> None:
    (id_,) = bring(store, {})
    do(store, Accept(id_, 1, ("stalled",), reason="known"))
    do(store, Change(id_, 2, field, value))
    assert resting(store, id_) == {"stalled"}


def test_kept_with_a_dated_step_in_one_go(store: Store) -> None:
    """The step is a fact itself: it must not bring back the flag that it puts to rest."""
    (id_,) = bring(store, {})
    step = (Change(id_, 1, "next_step", "demo for the CFO"), Change(id_, 1, "next_step_date", FRIDAY))
    do(store, *step, Accept(id_, 1, ("stalled",), until=FRIDAY))
    assert resting(store, id_) == {"stalled"}
    undo(store, by="claire", at=NOW)
    assert (deal_of(store, id_).next_step, resting(store, id_)) == ("", set())


def test_a_second_flag_put_to_rest_leaves_the_first_there_unless_it_has_lapsed(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Accept(id_, 1, ("stalled",), reason="known"))
    do(store, Accept(id_, 2, ("idle",), until=FRIDAY))
    assert resting(store, id_) == {"stalled", "idle"}
    do(store, Change(id_, 3, "amount", 5), Accept(id_, 3, ("weak",), reason="small"))
    assert resting(store, id_) == {"weak"}


def test_a_flag_may_be_raised_again(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Accept(id_, 1, ("stalled", "idle"), reason="known"))
    do(store, Raise(id_, 2, ("idle",)))
    assert resting(store, id_) == {"stalled"}
    do(store, Raise(id_, 3, ("stalled",)))
    assert deal_of(store, id_).accepted == ""


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        ({"until": TODAY}, "after today"),
        ({"until": TODAY - timedelta(days=1)}, "after today"),
        ({}, "why"),
        ({"reason": "  "}, "why"),
    ],
)
def test_a_flag_rests_for_a_reason_or_until_a_day_to_come(
    store: Store, edit: dict[str, object], said: str
) -> None:
    (id_,) = bring(store, {})
    with pytest.raises(Problem, match=said):
        do(store, Accept(id_, 1, ("stalled",), **edit))  # type: ignore[arg-type]
    assert deal_of(store, id_).accepted == ""


def test_a_confirmed_level_wants_the_words(store: Store) -> None:
    (id_,) = bring(store, {})
    with pytest.raises(Problem, match="confirmed"):
        do(store, Qualify(id_, 1, "budget", 2))
    do(store, Qualify(id_, 1, "budget", 1))
    do(store, Qualify(id_, 2, "budget", 2, "the CFO wrote 80 k€"))
    assert deal_of(store, id_).levels == "0020000"
    assert read_story(store, id_).texts == {"budget": "the CFO wrote 80 k€"}
    do(store, Qualify(id_, 3, "budget", 3))
    assert deal_of(store, id_).levels == "0030000", "what was said before still stands"


def test_a_placeholder_is_no_answer(store: Store) -> None:
    (id_,) = bring(store, {"levels": "1110000"})
    do(store, Qualify(id_, 1, "budget", 2, "à définir"))
    assert deal_of(store, id_).levels == "1100000"


def test_levels_tell_when_and_by_whom_they_were_reached(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Qualify(id_, 1, "need", 2, "said so"), Qualify(id_, 1, "sponsor", 1))
    event = read_story(store, id_).events[-1]
    assert (event.event.field, event.event.old, event.event.new) == ("levels", "0000000", "2000001")
    assert (event.by, event.event.at) == ("claire", NOW)


def test_undo_takes_a_text_back_with_its_level(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Qualify(id_, 1, "need", 2, "one"))
    before = revision(store)
    do(store, Qualify(id_, 2, "need", text="two"))
    assert changed_since(store, before).deal_ids == (id_,)
    undo(store, by="claire", at=NOW)
    assert read_story(store, id_).texts == {"need": "one"}
    undo(store, by="claire", at=NOW)
    assert read_story(store, id_).texts == {}
    assert deal_of(store, id_).levels == "0000000"
    redo(store, by="claire", at=NOW)
    assert read_story(store, id_).texts == {"need": "one"}


def test_a_deal_in_nurture_counts_for_nothing_until_its_day(store: Store) -> None:
    (id_,) = bring(store, {"crm_category": "commit"})
    do(store, Nurture(id_, 1, FRIDAY))
    deal = deal_of(store, id_)
    assert (deal.in_nurture, deal.counts, deal.resume_on) == (True, False, FRIDAY)
    undo(store, by="claire", at=NOW)
    assert deal_of(store, id_).counts


def test_nurture_overrules_what_the_manager_had_decided(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Change(id_, 1, "manager_category", "commit"))
    do(store, Nurture(id_, 2, FRIDAY))
    assert deal_of(store, id_).in_nurture


def test_nobody_is_put_aside_until_yesterday(store: Store) -> None:
    (id_,) = bring(store, {})
    with pytest.raises(Problem, match="after today"):
        do(store, Nurture(id_, 1, TODAY))


def promises(store: Store, deal_id: int) -> tuple[Promise, ...]:
    return read_story(store, deal_id).promises


def test_a_commitment_is_followed_until_it_is_kept(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Undertake(id_, "commitment", "send\x1b[2J the contract", "their CFO", FRIDAY))
    (promise,) = promises(store, id_)
    assert promise == Promise(
        promise.thread, id_, "commitment", "their CFO", "send[2J the contract", FRIDAY, "open"
    )
    assert not promise.is_late(FRIDAY)
    assert promise.is_late(FRIDAY + timedelta(days=1))
    before = revision(store)
    kept = Undertake(id_, "commitment", promise.what, promise.who, FRIDAY, "kept", promise.thread)
    do(store, kept)
    assert [its.state for its in promises(store, id_)] == ["kept"]
    assert changed_since(store, before).deal_ids == (id_,)
    undo(store, by="claire", at=NOW)
    assert [its.state for its in promises(store, id_)] == ["open"]
    undo(store, by="claire", at=NOW)
    assert promises(store, id_) == ()


def test_what_was_written_by_mistake_is_dropped_and_kept_in_the_table(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Undertake(id_, "action", "call", "Claire"))
    (promise,) = promises(store, id_)
    do(store, Undertake(id_, "action", "call", "Claire", None, "dropped", promise.thread))
    assert promises(store, id_) == ()
    assert len(rows(store, "SELECT * FROM promise")) == 2


def test_a_promise_without_words_is_refused(store: Store) -> None:
    (id_,) = bring(store, {})
    with pytest.raises(Problem, match="what"):
        do(store, Undertake(id_, "action", "  "))


def test_many_deals_in_one_step(store: Store) -> None:
    ids = bring(store, {}, {}, {"stage_id": CLOSING})
    do(store, *(Change(id_, 1, "owner", "Marc") for id_ in ids))
    assert {deal_of(store, id_).owner for id_ in ids} == {"Marc"}
    undo(store, by="claire", at=NOW)
    assert {deal_of(store, id_).owner for id_ in ids} == {""}


def test_one_of_many_that_cannot_be_written_leaves_all_as_they_were(store: Store) -> None:
    ids = bring(store, {}, {})
    with pytest.raises(Problem):
        do(store, Change(ids[0], 1, "owner", "Marc"), Change(ids[1], 7, "owner", "Marc"))
    assert [deal_of(store, id_).owner for id_ in ids] == ["", ""]
    assert version(store, ids[0]) == 1
