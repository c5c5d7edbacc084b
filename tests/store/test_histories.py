"""Random histories of imports, edits, undo and redo by several people: what must hold after every step."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipetui.deals.deal import Deal
from pipetui.deals.edits import AddNote, Change, Close, Edit, Move
from pipetui.deals.errors import Problem
from pipetui.deals.event import Event, clocks, replay
from pipetui.deals.fields import ARCHIVED, CREATED, FIELDS, decode, decode_state
from pipetui.deals.qualification import NOTHING_KNOWN
from pipetui.store.batches import FieldChange, batch
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from pipetui.store.rows import read_current
from pipetui.store.undoing import InTheWay, redo, undo
from pipetui.store.writing import apply
from tests.store.making import LOST, NOON, PLAYBOOK, WON, bring, new_store, rows

DAYS = st.dates(date(2026, 9, 1), date(2027, 3, 1))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["Alpha", "Beta [/]", "Γ"]),
    "account": st.sampled_from(["", "Acme", "Société"]),
    "owner": st.sampled_from(["", "Claire", "Marc"]),
    "amount": st.sampled_from([None, 0, 100, 250]),
    "probability": st.sampled_from([None, 0, 0.2, 1]),
    "close_date": st.none() | DAYS,
    "rep_category": st.sampled_from([None, "commit", "upside"]),
    "next_step": st.sampled_from(["", "call", "meet"]),
    "last_stage_change": st.none() | DAYS,
    "levels": st.sampled_from([NOTHING_KNOWN, "1000000", "2000000"]),
    "description": st.sampled_from(["", "one\ntwo"]),
}
MOMENTS = st.integers(-20, 20).map(lambda days: NOON + timedelta(days=days))
"""Deliberately out of order: exports are older than edits, clocks are set back."""
PEOPLE = st.sampled_from(["claire", "marc"])
PICK = st.integers(0, 50)
FIELD_VALUES = st.sampled_from(sorted(VALUES)).flatmap(lambda field: st.tuples(st.just(field), VALUES[field]))


def states() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"stage_id": st.integers(1, 3)}, optional=VALUES)


ACTIONS = st.one_of(
    st.tuples(st.just("bring"), PEOPLE, MOMENTS, st.lists(states(), min_size=1, max_size=3)),
    st.tuples(st.just("report"), PEOPLE, MOMENTS, st.lists(st.tuples(PICK, FIELD_VALUES), max_size=4)),
    st.tuples(st.just("edit"), PEOPLE, MOMENTS, st.lists(st.tuples(PICK, FIELD_VALUES), max_size=3)),
    st.tuples(st.just("move"), PEOPLE, MOMENTS, st.tuples(PICK, st.integers(1, 5))),
    st.tuples(st.just("note"), PEOPLE, MOMENTS, PICK),
    st.tuples(st.just("past"), PEOPLE, MOMENTS, st.tuples(PICK, st.integers(1, 3), st.integers(1, 3))),
    st.tuples(st.just("undo"), PEOPLE, MOMENTS, st.none()),
    st.tuples(st.just("undo"), PEOPLE, MOMENTS, st.none()),
    st.tuples(st.just("redo"), PEOPLE, MOMENTS, st.none()),
)


def act(store: Store, action: tuple[str, str, datetime, Any]) -> None:
    kind, by, at, what = action
    deals = sorted(read_board(store).deals)
    if kind == "bring":
        bring(store, *what, at=at, by=by)
        return
    if kind in ("undo", "redo"):
        turn: Callable[..., Any] = undo if kind == "undo" else redo
        try:
            turn(store, by=by, at=at)
        except Problem:
            return
        return
    if not deals:
        return

    def pick(number: int) -> Deal:
        return deals[number % len(deals)]

    match kind:
        case "report":
            with store.reading() as run:
                current = {
                    id_: dict(row.values) for id_, row in read_current(run, [d.id for d in deals]).items()
                }
            changes = []
            for number, (field, value) in what:
                deal_id = pick(number).id
                changes.append(FieldChange(deal_id, field, current[deal_id][field], value, at))
                current[deal_id][field] = value
            with batch(store, kind="import", by=by, at=NOON, as_of=at) as writer:
                writer.change(changes)
        case "edit":
            edits: list[Edit] = [
                Change(pick(number).id, pick(number).version, field, value) for number, (field, value) in what
            ]
            apply(store, edits, by=by, at=at, playbook=PLAYBOOK)
        case "move":
            deal, stage = pick(what[0]), what[1]
            move: Edit = Move(deal.id, deal.version, stage, "because")
            if stage in (WON, LOST):
                move = Close(deal.id, deal.version, stage, at.date(), "price", despite="because")
            apply(store, [move], by=by, at=at, playbook=PLAYBOOK)
        case "note":
            apply(store, [AddNote(pick(what).id, "hello")], by=by, at=at, playbook=PLAYBOOK)
        case "past":
            number, old, new = what
            with batch(store, kind="import", by=by, at=NOON) as writer:
                writer.history([FieldChange(pick(number).id, "stage_id", old, new, at, "history")])


def check(store: Store) -> int:
    """The invariants; gives how many events there are."""
    undone = {row["id"]: row["undone_by"] is not None for row in rows(store, "SELECT * FROM batch")}
    record = {row["id"] for row in rows(store, "SELECT * FROM batch WHERE kind IN ('undo', 'redo')")}
    found = rows(store, "SELECT * FROM deal_event ORDER BY deal_id, id")
    present = {
        row["id"]: row
        for row in rows(
            store,
            "SELECT d.*, a.name AS account, o.name AS owner FROM deal d "
            "LEFT JOIN account a ON a.id = d.account_id LEFT JOIN owner o ON o.id = d.owner_id",
        )
    }
    for deal_id, its in groupby(found, key=lambda row: row["deal_id"]):
        events = [
            Event(
                row["id"],
                deal_id,
                datetime.fromisoformat(row["at"]),
                row["field"],
                row["old"],
                row["new"],
                row["origin"],
                row["batch_id"],
            )
            for row in its
        ]
        row = present[deal_id]
        known = {
            field: _value(field, row[field]) for field in FIELDS if _value(field, row[field]) is not None
        }
        effective = [event for event in events if not undone[event.batch_id] and event.batch_id not in record]
        if row["archived"]:
            assert effective == []
        else:
            assert replay(effective) == known
            moments = tuple(
                at and datetime.fromisoformat(at) for at in (row["stage_entered_at"], row["last_move_at"])
            )
            assert clocks(effective) == (*moments, row["push_count"])
            people = {event.field for event in effective if event.origin == "person"}
            assert set(row["set_here"].split()) == people
        assert _chain(events) == (known, bool(row["archived"]))
    return len(found)


def _value(field: str, value: Any) -> Any:
    return None if value in (None, "") else decode(field, str(value))


def _chain(events: list[Event]) -> tuple[dict[str, Any], bool]:
    """Every event ever written, in the order of writing, each beginning where the one before has ended."""
    created, *others = events
    assert created.field == CREATED
    state: dict[str, Any] = decode_state(created.new or "")
    archived = False
    for event in others:
        if event.field == ARCHIVED:
            assert archived == (event.old == "1")
            archived = event.new == "1"
        elif event.origin != "history":
            assert state.get(event.field) == decode(event.field, event.old)
            assert event.old != event.new
            state[event.field] = decode(event.field, event.new)
    return {field: value for field, value in state.items() if value is not None}, archived


@settings(max_examples=60)
@given(st.lists(ACTIONS, min_size=2, max_size=14))
def test_the_events_always_amount_to_the_present(actions: list[tuple[str, str, datetime, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_store(Path(folder) / "store.db") as store:
        bring(store, {"amount": 100}, {"close_date": date(2026, 12, 1)})
        before = check(store)
        for action in actions:
            act(store, action)
            after = check(store)
            assert after >= before, "nothing is ever deleted"
            before = after


@settings(max_examples=30)
@given(st.lists(ACTIONS.filter(lambda action: action[0] not in ("undo", "redo")), min_size=1, max_size=8))
def test_undoing_everything_and_doing_it_again_ends_in_the_same_board(
    actions: list[tuple[str, str, datetime, Any]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, new_store(Path(folder) / "store.db") as store:
        boards = [_board(store)]
        for kind, _by, at, what in actions:
            act(store, (kind, "claire", at, what))
            if (board := _board(store)) != boards[-1]:
                boards.append(board)
        steps = 0
        while _turned(undo, store):
            steps += 1
        assert _board(store) == boards[0] == {}
        for _ in range(steps):
            assert _turned(redo, store)
        assert _board(store) == boards[-1]
        assert not _turned(redo, store)


def _board(store: Store) -> dict[int, Deal]:
    return {deal.id: deal._replace(version=0) for deal in read_board(store).deals}


def _turned(turn: Callable[..., Any], store: Store) -> bool:
    try:
        turn(store, by="claire", at=NOON)
    except InTheWay:
        raise
    except Problem:
        return False
    return True
