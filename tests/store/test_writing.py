from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipetui.deals.category import Category
from pipetui.deals.edits import AddNote, Change, Close, Edit, Move
from pipetui.deals.errors import Problem
from pipetui.playbook.gates import in_the_way
from pipetui.store.batches import batch
from pipetui.store.changing import Stale
from pipetui.store.engine import Store
from pipetui.store.reading import read_batches, read_board, read_story
from pipetui.store.undoing import undo
from pipetui.store.writing import Applied, GateClosed, apply
from tests.store.making import CLOSING, DISCOVERY, LOST, NOON, PLAYBOOK, PROPOSAL, WON, bring, deal_of, rows

NEED = "The buyer has confirmed the need"
PRICE = "It has a price"


def do(store: Store, *edits: Edit, because: str = "") -> Applied:
    return apply(store, edits, by="claire", at=NOON + timedelta(days=1), playbook=PLAYBOOK, because=because)


def test_a_gate_names_what_is_missing_and_nothing_is_written(store: Store) -> None:
    (id_,) = bring(store, {"name": "Acme"})
    with pytest.raises(GateClosed) as caught:
        do(store, Change(id_, 1, "amount", 100), Move(id_, 1, PROPOSAL))
    assert [criterion.text for criterion in caught.value.criteria] == [NEED]
    assert caught.value.deal_id == id_
    assert "Acme" in str(caught.value)
    assert NEED in str(caught.value)
    assert deal_of(store, id_).amount is None


@pytest.mark.parametrize("levels", ["2000000", "3000000"])
def test_a_gate_that_is_met_opens(store: Store, levels: str) -> None:
    (id_,) = bring(store, {"levels": levels})
    assert do(store, Move(id_, 1, PROPOSAL)).deal_ids == (id_,)
    assert deal_of(store, id_).stage_id == PROPOSAL


def test_a_gate_may_be_passed_with_a_reason_that_is_kept(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, Move(id_, 1, PROPOSAL, "their CFO called"))
    assert read_batches(store)[0].because == "their CFO called"
    assert read_story(store, id_).events[-1].because == "their CFO called"


def test_a_blank_is_no_reason(store: Store) -> None:
    (id_,) = bring(store, {})
    with pytest.raises(GateClosed):
        do(store, Move(id_, 1, PROPOSAL, "  "))


def test_skipping_a_stage_does_not_skip_its_gate(store: Store) -> None:
    (id_,) = bring(store, {"levels": "2000000"})
    with pytest.raises(GateClosed) as caught:
        do(store, Move(id_, 1, CLOSING))
    assert [criterion.text for criterion in caught.value.criteria] == [PRICE]


def test_earlier_edits_of_the_same_step_open_the_gate(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": PROPOSAL})
    do(store, Change(id_, 1, "amount", 0), Move(id_, 1, CLOSING))
    assert deal_of(store, id_).stage_id == CLOSING


def test_back_needs_no_gate(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": CLOSING})
    do(store, Move(id_, 1, DISCOVERY))
    assert deal_of(store, id_).stage_id == DISCOVERY


def test_another_pipeline_is_no_way_forward(store: Store) -> None:
    (id_,) = bring(store, {})
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        renewal = writer.stage_id("Renewals", "Signed", kind="open", position=900, probability=1)
    do(store, Move(id_, 1, renewal))
    assert deal_of(store, id_).stage_id == renewal


def test_a_dialog_may_ask_before(store: Store) -> None:
    bring(store, {})
    board = read_board(store)
    stages = {stage.id: stage for stage in board.stages}

    def asked(target: int) -> list[str]:
        return [one.text for one in in_the_way(PLAYBOOK, board.stages, board.deals[0], stages[target])]

    assert asked(PROPOSAL) == [NEED]
    assert asked(CLOSING) == [NEED, PRICE]
    assert asked(DISCOVERY) == []
    assert asked(WON) == [NEED, PRICE]
    assert asked(LOST) == []


def test_winning_and_losing(store: Store) -> None:
    won, lost = bring(store, {"close_date": date(2026, 12, 1), "stage_id": CLOSING}, {})
    do(
        store,
        Close(won, 1, WON, date(2026, 11, 20), "best offer"),
        Close(lost, 1, LOST, date(2026, 11, 21), "no budget"),
    )
    deal = deal_of(store, won)
    assert (deal.status, deal.stage_id, deal.close_reason) == ("won", WON, "best offer")
    assert (deal.closed_on, deal.close_date) == (date(2026, 11, 20), date(2026, 12, 1))
    assert (deal_of(store, lost).status, deal_of(store, lost).close_reason) == ("lost", "no budget")


def test_winning_passes_the_gates_of_the_stages_it_skips(store: Store) -> None:
    (id_,) = bring(store, {"levels": "2000000"})
    close = Close(id_, 1, WON, date(2026, 11, 20), "best offer")
    with pytest.raises(GateClosed) as caught:
        do(store, close)
    assert [criterion.text for criterion in caught.value.criteria] == [PRICE]
    assert deal_of(store, id_).status == "open"
    do(store, replace(close, despite="signed at the fair"))
    deal = deal_of(store, id_)
    assert (deal.status, deal.close_reason) == ("won", "best offer")
    assert read_batches(store)[0].because == "signed at the fair"


def test_a_deal_of_another_pipeline_is_won_through_its_own_gates(store: Store) -> None:
    (id_,) = bring(store, {"levels": "2000000"})
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        elsewhere = writer.stage_id("Renewals", "Signed", kind="won", position=1, probability=1)
    with pytest.raises(GateClosed, match=PRICE):
        do(store, Close(id_, 1, elsewhere, date(2026, 11, 20)))


def test_a_lost_deal_that_was_won_after_all_passes_no_gate(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": LOST, "status": "lost", "closed_on": date(2026, 11, 1)})
    do(store, Close(id_, 1, WON, date(2026, 11, 20)))
    assert deal_of(store, id_).status == "won"


def test_no_deal_is_closed_tomorrow(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": CLOSING})
    today = (NOON + timedelta(days=1)).date()
    with pytest.raises(Problem, match="in the future"):
        do(store, Close(id_, 1, LOST, today + timedelta(days=1), "no budget"))
    do(store, Close(id_, 1, LOST, today, "no budget"))
    assert deal_of(store, id_).closed_on == today


def test_a_closed_deal_moved_to_an_open_stage_is_open_again(store: Store) -> None:
    (id_,) = bring(
        store, {"stage_id": LOST, "status": "lost", "closed_on": date(2026, 11, 1), "close_reason": "x"}
    )
    do(store, Move(id_, 1, PROPOSAL))
    deal = deal_of(store, id_)
    assert (deal.status, deal.closed_on, deal.close_reason, deal.stage_id) == ("open", None, "", PROPOSAL)


@pytest.mark.parametrize(
    "edit", [Move(1, 1, WON), Close(1, 1, PROPOSAL, date(2026, 1, 1)), Change(1, 1, "stage_id", 2)]
)
def test_closing_wants_a_date_and_moving_its_own_edit(store: Store, edit: Edit) -> None:
    bring(store, {"levels": "2000000", "amount": 5})
    with pytest.raises(ValueError, match=r"date|close|cannot be set"):
        do(store, edit)


def test_two_people_at_once(store: Store) -> None:
    (id_,) = bring(store, {"name": "Acme"})
    do(store, Change(id_, 1, "amount", 5))
    with pytest.raises(Stale, match="“Acme” was changed meanwhile"):
        do(store, Change(id_, 1, "segment", "SMB"))
    do(store, AddNote(id_, "a note stands on no version"))


def test_several_edits_of_one_deal_are_one_step(store: Store) -> None:
    (id_,) = bring(store, {})
    done = do(store, Change(id_, 1, "next_step", "call"), Change(id_, 1, "next_step_date", date(2026, 12, 1)))
    deal = deal_of(store, id_)
    assert (done.deal_ids, deal.version, deal.next_step) == ((id_,), 2, "call")
    assert deal.set_here == {"next_step", "next_step_date"}
    undo(store, by="claire", at=NOON)
    assert deal_of(store, id_).next_step == ""
    assert deal_of(store, id_).set_here == frozenset()


def test_nothing_different_is_no_step(store: Store) -> None:
    (id_,) = bring(store, {"amount": 5, "segment": ""})
    edits = [
        Change(id_, 1, "amount", 5),
        Change(id_, 1, "segment", " "),
        AddNote(id_, " \n"),
        Move(id_, 1, DISCOVERY),
    ]
    assert do(store, *edits) == Applied(None, ())
    assert len(rows(store, "SELECT * FROM batch")) == 1


def test_there_and_back_within_a_step_is_nothing(store: Store) -> None:
    (id_,) = bring(store, {"amount": 5})
    assert do(store, Change(id_, 1, "amount", 6), Change(id_, 1, "amount", 5)).batch_id is None


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("name", "a\x1b]0;x\x07b", "a]0;xb"),
        ("next_step", "  call \n him  ", "call him"),
        ("description", "one\r\ntwo", "one\ntwo"),
        ("rep_category", Category.COMMIT, Category.COMMIT),
        ("levels", None, "0000000"),
        ("probability", 1, 1.0),
        ("owner", "Zoé", "Zoé"),
    ],
)
def test_what_is_typed_is_made_harmless(store: Store, field: str, value: str, kept: str) -> None:
    (id_,) = bring(store, {"levels": "1000000"})
    do(store, Change(id_, 1, field, value))
    found = (
        read_story(store, id_).description if field == "description" else getattr(deal_of(store, id_), field)
    )
    assert found == kept


def test_notes_are_made_harmless_too(store: Store) -> None:
    (id_,) = bring(store, {})
    do(store, AddNote(id_, "first\x1b[2J\nsecond"))
    assert [note.text for note in read_story(store, id_).notes] == ["first[2J\nsecond"]


def test_a_deal_needs_a_name(store: Store) -> None:
    (id_,) = bring(store, {})
    with pytest.raises(Problem, match="needs a name"):
        do(store, Change(id_, 1, "name", " "))


def test_a_deal_that_went_with_its_import(store: Store) -> None:
    (id_,) = bring(store, {})
    undo(store, by="claire", at=NOON)
    with pytest.raises(Problem, match="not in the store any more"):
        do(store, AddNote(id_, "hello"))


@pytest.mark.parametrize(("field", "value"), [("amount", "5"), ("close_date", "soon"), ("nonsense", 1)])
def test_a_value_of_the_wrong_kind_never_gets_in(store: Store, field: str, value: object) -> None:
    (id_,) = bring(store, {})
    with pytest.raises((ValueError, KeyError)):
        do(store, Change(id_, 1, field, value))  # type: ignore[arg-type]
