"""The stays behind "how long until a deal leaves this stage forward", each worked out by hand."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from pipetui.deals.edits import Close, Move
from pipetui.deals.fields import Value
from pipetui.statistics.survival import kaplan_meier
from pipetui.store.batches import FieldChange, batch
from pipetui.store.engine import Store
from pipetui.store.undoing import undo
from pipetui.store.visits import stage_visits
from pipetui.store.writing import apply
from tests.store.making import CLOSING, DISCOVERY, LOST, NOON, PLAYBOOK, PROPOSAL, WON, bring, deal_of, report

TODAY = date(2026, 11, 22)
OCTOBER = date(2026, 10, 1)


def told(store: Store, deal_id: int, *steps: tuple[int, int, int]) -> None:
    """A history file tells of moves in September: (day, from, to)."""
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        writer.history(
            [
                FieldChange(deal_id, "stage_id", old, new, datetime(2026, 9, day), "history")
                for day, old, new in steps
            ]
        )


def visits(store: Store, today: date = TODAY) -> list[tuple[int, int, str | None]]:
    return [(visit.stage_id, visit.days, visit.left) for visit in stage_visits(store, today)]


def test_a_deal_that_never_moved_waits_since_the_export_said(store: Store) -> None:
    bring(store, {"last_stage_change": OCTOBER})
    assert visits(store) == [(DISCOVERY, 52, None)]


def test_a_stay_whose_begin_nobody_knows_does_not_count(store: Store) -> None:
    bring(store, {"created": OCTOBER})
    assert visits(store) == []


def test_moves_here(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": OCTOBER}, at=datetime(2026, 10, 5))
    for day, stage in ((11, CLOSING), (14, PROPOSAL)):
        edit = Move(id_, deal_of(store, id_).version, stage, "x")
        apply(store, [edit], by="claire", at=datetime(2026, 10, day, 9), playbook=PLAYBOOK)
    assert visits(store) == [
        (DISCOVERY, 10, "forward"),  # a skip is forward
        (CLOSING, 3, "back"),
        (PROPOSAL, 39, None),
    ]


@pytest.mark.parametrize(("stage", "left"), [(WON, "forward"), (LOST, "lost")])
def test_the_end_and_a_new_beginning(store: Store, stage: int, left: str) -> None:
    (id_,) = bring(store, {"last_stage_change": OCTOBER}, at=datetime(2026, 10, 5))
    apply(
        store,
        [Close(id_, 1, stage, date(2026, 10, 8), despite="they signed")],
        by="claire",
        at=datetime(2026, 10, 9),
        playbook=PLAYBOOK,
    )
    assert visits(store) == [(DISCOVERY, 8, left)]
    apply(store, [Move(id_, 2, PROPOSAL)], by="claire", at=datetime(2026, 11, 20), playbook=PLAYBOOK)
    assert visits(store) == [(DISCOVERY, 8, left), (PROPOSAL, 2, None)]


def test_a_status_that_closes_a_deal_in_an_open_stage(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": OCTOBER}, at=datetime(2026, 10, 5))
    report(store, id_, "status", "open", "lost", at=datetime(2026, 10, 12))
    assert visits(store) == [(DISCOVERY, 11, "lost")]


def test_a_history_file_tells_the_stays_before_the_export(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": CLOSING})
    told(store, id_, (1, DISCOVERY, PROPOSAL), (8, PROPOSAL, DISCOVERY), (20, DISCOVERY, CLOSING))
    assert visits(store) == [
        (PROPOSAL, 7, "back"),
        (DISCOVERY, 12, "forward"),
        (CLOSING, 63, None),  # 20 September to 22 November
    ]


def test_a_history_that_stops_short_of_the_export_claims_nothing(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": CLOSING})
    told(store, id_, (1, DISCOVERY, PROPOSAL))
    assert visits(store) == []


def test_a_history_with_a_hole(store: Store) -> None:
    (id_,) = bring(store, {"stage_id": CLOSING})
    told(store, id_, (1, DISCOVERY, PROPOSAL), (9, DISCOVERY, CLOSING))
    assert visits(store) == [(CLOSING, 74, None)], "when it left the proposal nobody knows"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"closed_on": date(2026, 10, 21)}, [(DISCOVERY, 20, "lost")]),
        ({}, []),
        ({"closed_on": date(2026, 9, 1)}, []),
    ],
    ids=["known end", "unknown end", "end before begin"],
)
def test_an_export_of_a_lost_deal_in_the_stage_where_it_died(
    store: Store, state: Mapping[str, Value], expected: list[tuple[int, int, str]]
) -> None:
    bring(store, {"status": "lost", "last_stage_change": OCTOBER, **state})
    assert visits(store) == expected


def test_a_later_export_may_know_better_until_an_event_tells(store: Store) -> None:
    (id_,) = bring(store, {}, at=datetime(2026, 10, 5))
    report(store, id_, "last_stage_change", None, OCTOBER, at=datetime(2026, 10, 12))
    assert visits(store) == [(DISCOVERY, 52, None)]
    report(store, id_, "stage_id", DISCOVERY, PROPOSAL, at=datetime(2026, 10, 19))
    report(store, id_, "last_stage_change", OCTOBER, date(2026, 10, 17), at=datetime(2026, 10, 19))
    assert visits(store) == [(DISCOVERY, 18, "forward"), (PROPOSAL, 34, None)]
    assert deal_of(store, id_).stage_since == date(2026, 10, 19), "the card says the same"


def test_a_missing_deal_was_last_seen_when_it_went_missing(store: Store) -> None:
    bring(store, {"last_stage_change": OCTOBER, "missing_since": date(2026, 10, 11)})
    assert visits(store) == [(DISCOVERY, 10, None)]


def test_today_is_what_one_says_it_is(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": OCTOBER}, at=datetime(2026, 10, 2))
    report(store, id_, "stage_id", DISCOVERY, PROPOSAL, at=datetime(2026, 10, 20))
    assert visits(store, date(2026, 10, 11)) == [(DISCOVERY, 10, None)]
    assert visits(store, date(2026, 9, 1)) == []


def test_what_is_undone_never_happened(store: Store) -> None:
    (id_,) = bring(store, {"last_stage_change": OCTOBER})
    apply(store, [Move(id_, 1, PROPOSAL, "x")], by="claire", at=NOON, playbook=PLAYBOOK)
    undo(store, by="claire", at=NOON)
    assert visits(store) == [(DISCOVERY, 52, None)]
    undo(store, by="claire", at=NOON)
    assert visits(store) == []


def test_they_feed_kaplan_meier(store: Store) -> None:
    """The vector of the definitions: 5, 8, 12, 20+, 25, 30+ has its median at 12, not at 10."""
    begin = date(2026, 10, 1)
    days = {5: PROPOSAL, 8: WON, 12: PROPOSAL, 20: LOST, 25: CLOSING}
    ids = bring(store, *[{"last_stage_change": begin}] * 5, at=datetime(2026, 10, 1))
    bring(store, {"last_stage_change": date(2026, 10, 23)}, at=datetime(2026, 10, 23))
    for id_, (count, stage) in zip(ids, days.items(), strict=True):
        report(store, id_, "stage_id", DISCOVERY, stage, at=datetime(2026, 10, 1 + count))
    curve = kaplan_meier(
        (visit.days, visit.left == "forward")
        for visit in stage_visits(store, TODAY)
        if visit.stage_id == DISCOVERY
    )
    assert (curve.median, curve.completed, curve.censored) == (12, 4, 2)
