from datetime import date, timedelta

import pytest

from pipetui.deals.edits import AddNote, Change, Move
from pipetui.deals.errors import Problem
from pipetui.store.engine import Store
from pipetui.store.reading import changed_since, read_batches, read_board, read_story, revision
from pipetui.store.undoing import InTheWay, redo, undo
from pipetui.store.writing import apply
from tests.store.making import NOON, PLAYBOOK, PROPOSAL, bring, deal_of, report, rows


def change(store: Store, deal_id: int, field: str, value: object, by: str = "claire") -> None:
    edit = Change(deal_id, deal_of(store, deal_id).version, field, value)  # type: ignore[arg-type]
    apply(store, [edit], by=by, at=NOON, playbook=PLAYBOOK, because=f"{field} by {by}")


def test_undo_tells_what_it_took_back(store: Store) -> None:
    first, second = bring(store, {}, {})
    apply(
        store,
        [Change(id_, 1, "segment", "SMB") for id_ in (first, second)],
        by="claire",
        at=NOON,
        playbook=PLAYBOOK,
        because="cleanup",
    )
    undone = undo(store, by="claire", at=NOON)
    assert (undone.because, undone.deal_ids, undone.kind) == ("cleanup", (first, second), "edit")
    assert deal_of(store, first).segment == ""
    again = redo(store, by="claire", at=NOON)
    assert (again.because, again.deal_ids, again.kind) == ("cleanup", (first, second), "edit")
    assert deal_of(store, first).segment == "SMB"


def test_an_import_is_one_step_and_nothing_is_deleted(store: Store) -> None:
    bring(store, *[{}] * 50)
    assert len(undo(store, by="claire", at=NOON).deal_ids) == 50
    assert read_board(store).deals == []
    assert len(rows(store, "SELECT * FROM deal")) == 50
    redo(store, by="claire", at=NOON)
    assert len(read_board(store).deals) == 50


def test_one_takes_back_ones_own(store: Store) -> None:
    (id_,) = bring(store, {})
    change(store, id_, "amount", 1, by="claire")
    change(store, id_, "segment", "SMB", by="marc")
    undo(store, by="claire", at=NOON)
    deal = deal_of(store, id_)
    assert (deal.amount, deal.segment) == (None, "SMB")
    with pytest.raises(Problem, match="nothing of yours to undo"):
        undo(store, by="zoe", at=NOON)
    with pytest.raises(Problem, match="nothing of yours to redo"):
        redo(store, by="marc", at=NOON)


def test_step_by_step_back_and_forth(store: Store) -> None:
    (id_,) = bring(store, {})
    for amount in (1, 2, 3):
        change(store, id_, "amount", amount)
    seen = []
    for turn in (undo, undo, redo, redo, undo):
        turn(store, by="claire", at=NOON)
        seen.append(deal_of(store, id_).amount)
    assert seen == [2, 1, 2, 3, 2]


def test_something_new_after_an_undo_ends_what_could_be_redone(store: Store) -> None:
    (id_,) = bring(store, {})
    change(store, id_, "amount", 1)
    undo(store, by="claire", at=NOON)
    change(store, id_, "segment", "SMB")
    with pytest.raises(Problem, match="nothing of yours to redo"):
        redo(store, by="claire", at=NOON)


def test_what_was_given_up_for_something_new_does_not_come_back(store: Store) -> None:
    (id_,) = bring(store, {})
    change(store, id_, "amount", 1)
    undo(store, by="claire", at=NOON)
    change(store, id_, "segment", "SMB")
    undo(store, by="claire", at=NOON)
    redo(store, by="claire", at=NOON)
    assert (deal_of(store, id_).amount, deal_of(store, id_).segment) == (None, "SMB")
    with pytest.raises(Problem, match="nothing of yours to redo"):
        redo(store, by="claire", at=NOON)


def test_later_changes_of_others_stand_in_the_way_by_name(store: Store) -> None:
    ids = bring(store, *[{"name": f"Deal {letter}"} for letter in "ABCDE"])
    apply(store, [Change(id_, 1, "amount", 1) for id_ in ids], by="claire", at=NOON, playbook=PLAYBOOK)
    for id_ in ids:
        change(store, id_, "amount", 2, by="marc")
    with pytest.raises(InTheWay) as caught:
        undo(store, by="claire", at=NOON)
    assert caught.value.names == tuple(f"Deal {letter}" for letter in "ABCDE")
    assert "“Deal A”, “Deal B”, “Deal C” and 2 more" in str(caught.value)
    assert {deal.amount for deal in read_board(store).deals} == {2}
    for _ in ids:
        undo(store, by="marc", at=NOON)
    undo(store, by="claire", at=NOON)
    assert {deal.amount for deal in read_board(store).deals} == {None}


def test_another_field_of_the_same_deal_is_in_nobodys_way(store: Store) -> None:
    (id_,) = bring(store, {})
    change(store, id_, "amount", 1)
    change(store, id_, "segment", "SMB", by="marc")
    undo(store, by="claire", at=NOON)


@pytest.mark.parametrize("what", ["edit", "note"])
def test_an_import_on_which_somebody_worked_stays(store: Store, what: str) -> None:
    (id_,) = bring(store, {"name": "Acme"})
    edit = AddNote(id_, "hello") if what == "note" else Change(id_, 1, "segment", "SMB")
    apply(store, [edit], by="marc", at=NOON, playbook=PLAYBOOK)
    with pytest.raises(InTheWay, match="“Acme”"):
        undo(store, by="claire", at=NOON)


def test_what_others_did_meanwhile_cannot_be_redone_away(store: Store) -> None:
    (id_,) = bring(store, {"name": "Acme"})
    change(store, id_, "amount", 1)
    undo(store, by="claire", at=NOON)
    report(store, id_, "amount", None, 9, at=NOON - timedelta(hours=1), by="marc")
    with pytest.raises(InTheWay, match="“Acme” changed since"):
        redo(store, by="claire", at=NOON)
    assert deal_of(store, id_).amount == 9


def test_deals_that_came_again_meanwhile_do_not_come_twice(store: Store) -> None:
    bring(store, {"name": "Acme"}, by="claire")
    undo(store, by="claire", at=NOON)
    bring(store, {"name": "Acme"}, by="marc")
    with pytest.raises(InTheWay, match="“Acme”"):
        redo(store, by="claire", at=NOON)
    assert len(read_board(store).deals) == 1


def test_an_edit_of_a_deal_that_is_gone_cannot_be_redone(store: Store) -> None:
    (id_,) = bring(store, {"name": "Acme"}, by="marc")
    change(store, id_, "amount", 1, by="claire")
    undo(store, by="claire", at=NOON)
    undo(store, by="marc", at=NOON)
    with pytest.raises(InTheWay, match="“Acme”"):
        redo(store, by="claire", at=NOON)


def test_a_note_goes_and_comes_with_its_step(store: Store) -> None:
    (id_,) = bring(store, {})
    before = revision(store)
    apply(store, [AddNote(id_, "hello")], by="claire", at=NOON, playbook=PLAYBOOK)
    for turn, notes in ((undo, []), (redo, ["hello"])):
        before = revision(store)
        assert turn(store, by="claire", at=NOON).deal_ids == (id_,)
        assert [note.text for note in read_story(store, id_).notes] == notes
        assert changed_since(store, before).deal_ids == (id_,)


def test_an_import_that_found_nothing_is_no_step(store: Store) -> None:
    (id_,) = bring(store, {"amount": 1})
    report(store, id_, "amount", 1, 1)
    undo(store, by="claire", at=NOON)
    assert read_board(store).deals == []


def test_the_audit_trail_tells_everything(store: Store) -> None:
    (id_,) = bring(store, {})
    change(store, id_, "amount", 5)
    undo(store, by="claire", at=NOON + timedelta(1))
    redo(store, by="claire", at=NOON + timedelta(2))
    trail = [(record.id, record.kind, record.undoes, record.undone) for record in read_batches(store)]
    assert trail == [
        (4, "redo", 3, False),
        (3, "undo", 2, True),
        (2, "edit", None, False),
        (1, "import", None, False),
    ]
    story = [(e.event.field, e.event.old, e.event.new, e.effective) for e in read_story(store, id_).events]
    assert story[1:] == [
        ("amount", None, "5", True),
        ("amount", "5", None, False),
        ("amount", None, "5", False),
    ]


def test_a_move_undone_leaves_its_stage_and_status(store: Store) -> None:
    (id_,) = bring(store, {"close_date": date(2026, 12, 1)})
    before = deal_of(store, id_)
    apply(store, [Move(id_, 1, PROPOSAL, "x")], by="claire", at=NOON, playbook=PLAYBOOK)
    undo(store, by="claire", at=NOON)
    assert deal_of(store, id_) == before._replace(version=3)
