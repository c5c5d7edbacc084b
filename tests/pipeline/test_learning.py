"""From events to what is learned: samples, cycles, pushes and amounts, and what does not count."""

from datetime import date, datetime, timedelta

import pytest

from pipetui.deals.edits import Change
from pipetui.signals.history import Push, Step
from pipetui.store.engine import Store
from pipetui.store.undoing import undo
from pipetui.store.writing import apply
from tests.pipeline.making import TODAY, flags, learned, looked
from tests.store.making import DISCOVERY, NOON, PLAYBOOK, PROPOSAL, WON, bring, deal_of, report

BEGIN = datetime(2026, 8, 3, 9)
"""A Monday, 111 days ago."""
DAY = timedelta(days=1)


def won_deals(store: Store, days: list[int]) -> None:
    """Deals that were created with their first export, in discovery, and won so many days later."""
    ids = bring(
        store,
        *[{"created": BEGIN.date(), "last_stage_change": BEGIN.date(), "amount": 5_00}] * len(days),
        at=BEGIN,
    )
    for deal_id, count in zip(ids, days, strict=True):
        at = BEGIN + count * DAY
        report(store, deal_id, "stage_id", DISCOVERY, WON, at=at)
        report(store, deal_id, "status", "open", "won", at=at)
        report(store, deal_id, "closed_on", None, at.date(), at=at)


def test_a_rhythm_is_learned_from_twenty_and_not_from_nineteen(store: Store) -> None:
    won_deals(store, [30] * 19)
    (waiting,) = bring(
        store,
        {"created": BEGIN.date(), "last_stage_change": BEGIN.date(), "close_date": TODAY + 5 * DAY},
        at=BEGIN,
    )
    rhythm = learned(store).history.rhythm
    assert (rhythm.won, rhythm.cycle) == (19, 30.0)
    assert not flags(looked(store), waiting) & {"stalled", "over_age", "too_soon"}
    won_deals(store, [30])
    pace = learned(store).history.rhythm.stages[DISCOVERY]
    assert (pace.completed, pace.median, pace.won, pace.remaining) == (20, 30, 20, 30.0)
    assert flags(looked(store), waiting) >= {"stalled", "over_age", "too_soon"}


def test_what_is_won_later_than_today_is_not_won_yet(store: Store) -> None:
    won_deals(store, [10, 20, 30])
    early = learned(store, BEGIN.date() + 20 * DAY).history.rhythm
    assert (early.won, early.stages[DISCOVERY].completed) == (2, 2)


def test_pushes_have_their_dates_and_those_taken_back_are_gone(store: Store) -> None:
    (id_,) = bring(store, {"close_date": date(2026, 9, 30)}, at=BEGIN)
    report(store, id_, "close_date", date(2026, 9, 30), date(2026, 10, 31), at=BEGIN + 50 * DAY)
    report(store, id_, "close_date", date(2026, 10, 31), date(2026, 10, 15), at=BEGIN + 51 * DAY)
    assert learned(store).history.pushes == {}
    assert "pushed" not in flags(looked(store), id_)
    version = deal_of(store, id_).version
    apply(
        store,
        [Change(id_, version, "close_date", date(2026, 12, 18))],
        by="claire",
        at=NOON - DAY,
        playbook=PLAYBOOK,
    )
    assert learned(store).history.pushes == {
        id_: (
            Push(date(2026, 9, 22), date(2026, 9, 30), date(2026, 10, 31)),
            Push(date(2026, 11, 21), date(2026, 10, 15), date(2026, 12, 18)),
        )
    }
    assert "pushed" in flags(looked(store), id_), "bringing a date forward between two pushes undoes none"
    undo(store, by="claire", at=NOON)
    assert "pushed" not in flags(looked(store), id_)


def fallen(store: Store, days_ago: int, now: int = 70_00) -> int:
    (id_,) = bring(store, {"amount": 100_00, "currency": "EUR"}, at=BEGIN)
    report(store, id_, "amount", 100_00, now, at=NOON - days_ago * DAY)
    return id_


@pytest.mark.parametrize(("days_ago", "expected"), [(0, True), (29, True), (30, True), (31, False)])
def test_an_amount_that_fell_within_thirty_days(store: Store, days_ago: int, expected: bool) -> None:
    id_ = fallen(store, days_ago)
    assert ("shrunk" in flags(looked(store), id_)) is expected
    told = {id_: (Step(TODAY - days_ago * DAY, 100_00),)} if expected else {}
    assert learned(store).history.steps == told


def test_an_amount_of_another_currency_is_no_measure(store: Store) -> None:
    id_ = fallen(store, 10)
    report(store, id_, "currency", "EUR", "USD", at=NOON - 5 * DAY)
    assert "shrunk" not in flags(looked(store), id_)
    report(store, id_, "amount", 70_00, 40_00, at=NOON - DAY)
    assert learned(store).history.steps == {id_: (Step(TODAY - DAY, 70_00),)}
    assert "shrunk" in flags(looked(store), id_)


def test_an_amount_that_changes_with_its_currency_has_not_fallen(store: Store) -> None:
    (id_,) = bring(store, {"amount": 100_00, "currency": "USD"}, at=BEGIN)
    for field, old, new in (("amount", 100_00, 60_00), ("currency", "USD", "EUR")):
        report(store, id_, field, old, new, at=NOON - DAY)
    assert "shrunk" not in flags(looked(store), id_)
    (other,) = bring(store, {"amount": 100_00, "currency": "USD"}, at=BEGIN)
    for field, old, new in (("currency", "USD", "EUR"), ("amount", 100_00, 60_00)):
        report(store, other, field, old, new, at=NOON - DAY)
    assert "shrunk" not in flags(looked(store), other)


def test_an_amount_that_was_taken_away_is_unpriced_and_not_shrunk(store: Store) -> None:
    (id_,) = bring(store, {"amount": 100_00}, at=BEGIN)
    report(store, id_, "amount", 100_00, None, at=NOON - 3 * DAY)
    assert "shrunk" not in flags(looked(store), id_)
    report(store, id_, "amount", None, 60_00, at=NOON - 2 * DAY)
    assert "shrunk" in flags(looked(store), id_)


def test_after_an_edit_what_is_known_of_its_deal_is_new_and_the_rest_stays(store: Store) -> None:
    won_deals(store, [30] * 20)
    fell, other = fallen(store, 5), fallen(store, 6)
    before = learned(store)
    assert looked(store, before).is_learned
    edit = Change(fell, deal_of(store, fell).version, "amount", 99_00)
    apply(store, [edit], by="claire", at=NOON, playbook=PLAYBOOK)
    after = looked(store, before)
    assert not after.is_learned, "the rhythm is that of before the edit"
    assert after.context.history.rhythm == before.history.rhythm
    assert "shrunk" not in flags(after, fell)
    assert "shrunk" in flags(after, other)
    assert after.context.history == learned(store).history


def test_of_yesterday_only_the_rhythm_holds(store: Store) -> None:
    won_deals(store, [30] * 20)
    fell = fallen(store, 30)
    yesterday = learned(store, TODAY - DAY)
    today = looked(store, yesterday)
    assert today.context.history.rhythm == yesterday.history.rhythm
    assert today.context.history.steps == {}
    assert not today.is_learned
    assert "shrunk" in flags(looked(store), fell)


def test_what_was_learned_of_another_store_or_playbook_is_not_believed(store: Store) -> None:
    won_deals(store, [30] * 20)
    known = learned(store)
    assert looked(store, known._replace(batch_at="2001-01-01 00:00:00")).learned is None
    assert looked(store, known._replace(revision=known.revision + 1)).learned is None
    assert looked(store, known._replace(push_limit=9)).learned is None
    assert looked(store, known._replace(stages=known.stages[1:])).learned is None


def test_a_bulk_edit_a_rename_and_a_second_import_change_no_flag(store: Store) -> None:
    ids = bring(
        store,
        *[
            {
                "created": date(2026, 1, 1),
                "last_stage_change": date(2026, 9, 1),
                "stage_id": PROPOSAL,
                "amount": 100_00,
                "close_date": date(2026, 11, 1),
            }
        ]
        * 3,
        at=BEGIN,
    )
    won_deals(store, [30] * 20)
    report(store, ids[0], "close_date", date(2026, 11, 1), date(2026, 12, 1), at=NOON - 40 * DAY)
    report(store, ids[0], "close_date", date(2026, 12, 1), date(2026, 12, 9), at=NOON - 9 * DAY)
    before = looked(store)
    assert flags(before, ids[0]) >= {"pushed", "over_age"}
    edits = [
        Change(id_, deal_of(store, id_).version, field, value)
        for id_ in ids
        for field, value in (("owner", "Marc"), ("name", f"New {id_}"), ("segment", "SMB"))
    ]
    apply(store, edits, by="claire", at=NOON, playbook=PLAYBOOK)
    bring(store, at=NOON)  # an export that brings nothing
    after = looked(store)
    assert after.flags == before.flags
    assert after.context.history == before.context.history
