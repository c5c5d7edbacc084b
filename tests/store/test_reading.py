from datetime import date, timedelta

from sqlalchemy import text

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Change
from pipetui.store.batches import batch
from pipetui.store.engine import Store
from pipetui.store.reading import (
    changed_since,
    read_batches,
    read_board,
    read_some,
    read_story,
    revision,
)
from pipetui.store.rows import read_deals
from pipetui.store.undoing import undo
from pipetui.store.writing import apply
from tests.store.making import NOON, PLAYBOOK, bring, report


def test_an_empty_store_has_columns_and_no_deals(store: Store) -> None:
    board = read_board(store)
    assert (board.deals, board.sources, board.revision) == ([], {}, 0)
    assert [(stage.name, stage.kind) for stage in board.stages] == [
        ("Discovery", "open"),
        ("Proposal", "open"),
        ("Closing", "open"),
        ("Won", "won"),
        ("Lost", "lost"),
    ]


def test_what_is_unknown_is_none_or_empty(store: Store) -> None:
    bring(store, {})
    (deal,) = read_board(store).deals
    assert deal == Deal(
        id=1, version=1, source="crm", external_id="ID-1", name="Deal 1", account="", owner="", team="",
        stage_id=1, status="open", amount=None, currency="", probability=None, created=None, close_date=None,
        closed_on=None, close_reason="", crm_category=None, rep_category=None, manager_category=None,
        next_step="", next_step_date=None, last_activity=None, stage_since=None, moved_on=None, push_count=0,
        missing_since=None, resume_on=None, segment="", lead_source="", kind="", levels="0000000",
        set_here=frozenset(),
    )  # fmt: skip


def test_values_have_their_types(store: Store) -> None:
    bring(store, {"crm_category": "commit", "close_date": date(2026, 12, 1), "probability": 1, "amount": 5})
    (deal,) = read_board(store).deals
    assert type(deal) is Deal
    assert deal.crm_category is Category.COMMIT
    assert type(deal.probability) is float
    assert type(deal.close_date) is date


def test_some_deals_are_read_like_all(store: Store) -> None:
    ids = bring(store, *[{"owner": f"O{n % 3}", "account": f"A{n}", "amount": n} for n in range(30)])
    board = {deal.id: deal for deal in read_board(store).deals}
    some = read_some(store, ids[5:9])
    assert sorted(some) == [board[id_] for id_ in ids[5:9]]
    assert read_some(store, []) == []


def test_sqlalchemy_reads_the_same(store: Store) -> None:
    bring(
        store, {"close_date": date(2026, 12, 1), "owner": "Claire", "last_stage_change": date(2026, 1, 1)}, {}
    )
    with store.engine.connect() as connection:
        found = read_deals(lambda sql, values: connection.execute(text(sql), dict(values)).fetchall())
    assert found == read_board(store).deals


def test_a_reader_sees_one_moment(store: Store) -> None:
    bring(store, {})
    with store.reading() as run:
        assert len(read_deals(run)) == 1
        bring(store, {})
        assert len(read_deals(run)) == 1
    assert len(read_board(store).deals) == 2


def test_what_has_changed_since_by_whomever(store: Store) -> None:
    ids = bring(store, {}, {}, {})
    seen = revision(store)
    assert changed_since(store, seen) == (seen, (), False)
    with Store.open(store.path) as other:
        report(other, ids[1], "amount", None, 5, by="marc")
    changes = changed_since(store, seen)
    assert changes.deal_ids == (ids[1],)
    assert changes.imported
    undo(store, by="marc", at=NOON)
    assert changed_since(store, changes.revision).deal_ids == (ids[1],)


def test_a_story_is_in_order_and_marks_what_counts(store: Store) -> None:
    (id_,) = bring(store, {"description": "long"})
    apply(
        store,
        [Change(id_, 1, "amount", 5)],
        by="marc",
        at=NOON + timedelta(1),
        playbook=PLAYBOOK,
        because="call",
    )
    undo(store, by="marc", at=NOON + timedelta(2))
    story = read_story(store, id_)
    assert [(e.event.field, e.by, e.because, e.batch_kind, e.effective) for e in story.events] == [
        ("deal", "claire", "", "import", True),
        ("amount", "marc", "call", "edit", False),
        ("amount", "marc", "", "undo", False),
    ]
    assert story.events[1].event.at == NOON + timedelta(1)
    assert story.description == "long"


def test_the_newest_text_counts_unless_undone(store: Store) -> None:
    (id_,) = bring(store, {})
    for by, said in (("claire", "first"), ("marc", "second")):
        with batch(store, kind="edit", by=by, at=NOON) as writer:
            writer.qualify([(id_, "need", said)])
            writer.note(id_, said)
    assert read_story(store, id_).texts == {"need": "second"}
    undo(store, by="marc", at=NOON)
    assert read_story(store, id_).texts == {"need": "first"}
    assert [note.text for note in read_story(store, id_).notes] == ["first"]


def test_a_deal_nobody_knows_has_an_empty_story(store: Store) -> None:
    assert read_story(store, 99) == ((), (), {}, "", (), ())


def test_the_audit_trail_is_newest_first_and_may_be_cut(store: Store) -> None:
    ids = bring(store, {}, {})
    report(store, ids[0], "amount", None, 1, at=NOON)
    first, second = read_batches(store)
    assert (first.id, first.deals, first.events, second.deals, second.events) == (2, 1, 1, 2, 2)
    assert (second.source, second.at, second.by, second.kind) == ("crm", NOON, "claire", "import")
    assert [record.id for record in read_batches(store, 1)] == [2]
