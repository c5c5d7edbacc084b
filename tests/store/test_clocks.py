"""Days in stage, last move and pushes: what resets them, and above all what does not."""

from datetime import date, datetime, timedelta

from pipetui.deals.edits import AddNote, Change, Close, Move
from pipetui.store.batches import FieldChange, batch
from pipetui.store.engine import Store
from pipetui.store.undoing import redo, undo
from pipetui.store.writing import apply
from tests.store.making import (
    CLOSING,
    DISCOVERY,
    NOON,
    PLAYBOOK,
    PROPOSAL,
    WON,
    bring,
    deal_of,
    report,
    rows,
)

SEPTEMBER = date(2026, 9, 1)
DAY = timedelta(days=1)


def edit(store: Store, deal_id: int, *edits: object, at: datetime = NOON + DAY) -> None:
    version = deal_of(store, deal_id).version
    made = [kind(deal_id, version, *values) for kind, *values in edits]  # type: ignore[misc]
    apply(store, made, by="claire", at=at, playbook=PLAYBOOK)


def test_the_exports_last_stage_change_stands_in(store: Store) -> None:
    known, unknown = bring(
        store, {"last_stage_change": SEPTEMBER}, {"created": SEPTEMBER, "last_activity": SEPTEMBER}
    )
    assert deal_of(store, known).stage_since == deal_of(store, known).moved_on == SEPTEMBER
    deal = deal_of(store, unknown)
    assert (deal.stage_since, deal.moved_on) == (None, None), "creation and last activity never count"


def test_a_move_resets_both(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": SEPTEMBER})
    edit(store, id_, (Move, PROPOSAL, "because"))
    deal = deal_of(store, id_)
    assert deal.stage_since == deal.moved_on == date(2026, 11, 23)


def test_a_push_is_not_a_move_and_a_date_brought_forward_is(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": SEPTEMBER, "close_date": date(2026, 12, 1)})
    edit(store, id_, (Change, "close_date", date(2026, 12, 20)))
    pushed = deal_of(store, id_)
    assert (pushed.moved_on, pushed.push_count) == (SEPTEMBER, 1)
    edit(store, id_, (Change, "close_date", date(2026, 12, 10)))
    forward = deal_of(store, id_)
    assert (forward.moved_on, forward.stage_since) == (date(2026, 11, 23), SEPTEMBER)
    assert forward.push_count == 1, "a push does not vanish when the date is moved back"


def test_a_date_set_for_the_first_time_or_removed_is_neither(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": SEPTEMBER})
    edit(store, id_, (Change, "close_date", date(2026, 12, 1)))
    edit(store, id_, (Change, "close_date", None))
    deal = deal_of(store, id_)
    assert (deal.moved_on, deal.push_count) == (SEPTEMBER, 0)


def test_an_amount_is_a_move_but_no_new_stage(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": SEPTEMBER, "amount": 100})
    edit(store, id_, (Change, "amount", None))
    deal = deal_of(store, id_)
    assert (deal.moved_on, deal.stage_since) == (date(2026, 11, 23), SEPTEMBER)


def test_a_bulk_edit_resets_no_clock(store: Store) -> None:
    ids = bring(store, *[{"last_stage_change": SEPTEMBER, "close_date": date(2026, 12, 1)}] * 3)
    edits = [
        Change(id_, 1, field, value)
        for id_ in ids
        for field, value in (
            ("owner", "Marc"),
            ("segment", "SMB"),
            ("next_step", "call"),
            ("name", f"New name {id_}"),
        )
    ]
    apply(store, [*edits, *(AddNote(id_, "hello") for id_ in ids)], by="claire", at=NOON, playbook=PLAYBOOK)
    for id_ in ids:
        deal = deal_of(store, id_)
        assert (deal.stage_since, deal.moved_on, deal.push_count) == (SEPTEMBER, SEPTEMBER, 0)


def test_renaming_a_stage_resets_no_clock_and_no_version(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": SEPTEMBER})
    before = deal_of(store, id_)
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        writer.rename_stage(DISCOVERY, "Découverte")
    assert deal_of(store, id_) == before


def test_undo_gives_the_days_back_and_redo_takes_them(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": SEPTEMBER, "close_date": date(2026, 12, 1), "amount": 100})
    edit(store, id_, (Move, PROPOSAL, "x"), (Change, "close_date", date(2027, 1, 1)))
    moved = deal_of(store, id_)
    undo(store, by="claire", at=NOON + 5 * DAY)
    back = deal_of(store, id_)
    assert (back.stage_since, back.moved_on, back.push_count) == (SEPTEMBER, SEPTEMBER, 0)
    assert back.version == 3, "its card is drawn anew"
    redo(store, by="claire", at=NOON + 6 * DAY)
    assert deal_of(store, id_) == moved._replace(version=4)


def test_winning_is_a_stage_change(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": SEPTEMBER, "stage_id": CLOSING})
    edit(store, id_, (Close, WON, date(2026, 11, 20)))
    assert deal_of(store, id_).stage_since == date(2026, 11, 23)


def test_the_past_sets_the_clocks_of_deals_it_does_not_change(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": PROPOSAL, "close_date": date(2026, 12, 1), "amount": 5})
    before = deal_of(store, id_)
    moments = [datetime(2026, 8, 1), datetime(2026, 9, 1), datetime(2026, 10, 1)]
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        writer.history(
            [
                FieldChange(id_, "stage_id", DISCOVERY, PROPOSAL, moments[0], "history"),
                FieldChange(id_, "close_date", date(2026, 9, 1), date(2026, 10, 1), moments[1], "history"),
                FieldChange(id_, "close_date", date(2026, 10, 1), date(2026, 12, 1), moments[2], "history"),
            ]
        )
    after = deal_of(store, id_)
    assert after == before._replace(
        version=2, stage_since=date(2026, 8, 1), moved_on=date(2026, 8, 1), push_count=2
    )


def test_the_past_of_a_deal_made_in_the_same_batch(store: Store) -> None:
    with batch(store, kind="import", by="claire", at=NOON, as_of=NOON) as writer:
        from pipetui.store.batches import NewDeal

        (id_,) = writer.create([NewDeal(None, "", "", {"name": "A", "stage_id": PROPOSAL})])
        writer.history([FieldChange(id_, "stage_id", DISCOVERY, PROPOSAL, datetime(2026, 8, 1), "history")])
    deal = deal_of(store, id_)
    assert (deal.stage_since, deal.version, deal.stage_id) == (date(2026, 8, 1), 1, PROPOSAL)


def test_a_history_that_goes_beyond_the_export_does_not_change_the_present(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": PROPOSAL})
    with batch(store, kind="import", by="claire", at=NOON + DAY) as writer:
        writer.history([FieldChange(id_, "stage_id", PROPOSAL, CLOSING, NOON + DAY, "history")])
    assert deal_of(store, id_).stage_id == PROPOSAL
    (event,) = rows(store, "SELECT at FROM deal_event WHERE field = 'stage_id'")
    assert event["at"] < NOON.isoformat(" ")


def test_an_export_older_than_an_edit_is_no_time_machine(store: Store) -> None:
    """A file of the morning, imported after an edit of the afternoon that came back to the old value."""
    (id_,) = bring(store, {"amount": 100}, at=NOON - 7 * DAY)
    edit(store, id_, (Change, "amount", 200), at=NOON)
    edit(store, id_, (Change, "amount", 100), at=NOON + DAY)
    report(store, id_, "amount", 100, 300, at=NOON - DAY)
    deal = deal_of(store, id_)
    assert (deal.amount, deal.moved_on) == (300, (NOON + DAY).date())
