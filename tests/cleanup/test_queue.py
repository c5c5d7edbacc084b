"""Which deals are cleaned up, in which order, and where one goes on from a deal that is settled."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest

from pipetui.cleanup.decisions import read_decisions
from pipetui.cleanup.progress import hygiene_of, progress
from pipetui.cleanup.queue import LATER, MISSING, Group, Queue, Wanted, find
from pipetui.deals.edits import Change, Close, Edit, Nurture
from pipetui.pipeline.looking import look
from pipetui.pipeline.pipeline import Pipeline
from pipetui.query.parsing import parse
from pipetui.query.sorting import ordered
from pipetui.store import undoing, writing
from pipetui.store.engine import Store
from tests.app.making import CLAIRE, DEMO, LOST, MARC, PLAYBOOK, PROPOSAL, TODAY, deal, fill

NOW = datetime(2026, 11, 22, 10)
OLD = date(2026, 8, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "deals.db"
    fill(
        path,
        [
            deal("Small stall", PROPOSAL, 1_000, owner=CLAIRE, last_stage_change=OLD),
            deal("Large stall", PROPOSAL, 90_000, owner=MARC, last_stage_change=OLD),
            deal("Overdue", PROPOSAL, 200_000, owner=MARC, close_date=date(2026, 11, 1)),
            deal("Vague", DEMO, 5_000, owner=CLAIRE, levels="0000000"),
            deal("Calm", PROPOSAL, 7_000, owner=CLAIRE),
            deal("Gone", PROPOSAL, 3_000, owner=CLAIRE, missing_since=date(2026, 11, 19)),
            deal("Aside", PROPOSAL, 3_000, owner=CLAIRE, last_stage_change=OLD, rep_category="omitted",
                 resume_on=date(2027, 1, 1)),
            deal("Lost", LOST, 3_000, owner=CLAIRE, status="lost", closed_on=date(2026, 11, 1)),
        ],
    )  # fmt: skip
    with Store.open(path) as opened:
        yield opened


def seen(store: Store) -> Pipeline:
    return look(store, PLAYBOOK, TODAY)


def names(pipeline: Pipeline, queue: Queue) -> list[tuple[str, list[str]]]:
    return [(group.what, [deal.name for deal in group.deals]) for group in queue.groups]


def id_of(pipeline: Pipeline, name: str) -> int:
    return next(deal.id for deal in pipeline.deals.values() if deal.name == name)


def decide(store: Store, *edits: Edit, because: str = "", by: str = "claire") -> None:
    writing.apply(store, edits, by=by, at=NOW, playbook=PLAYBOOK, because=because)


def test_each_deal_stands_once_under_its_worst_flag(store: Store) -> None:
    pipeline = seen(store)
    assert names(pipeline, find(pipeline)) == [
        ("stalled", ["Large stall", "Small stall"]),
        ("overdue", ["Overdue"]),
        ("weak", ["Vague"]),
        (MISSING, ["Gone"]),
    ]
    assert [group.amount for group in find(pipeline).groups] == [9_100_000, 20_000_000, 500_000, 300_000]


def test_a_part_of_it(store: Store) -> None:
    pipeline = seen(store)
    assert names(pipeline, find(pipeline, Wanted(owner=MARC))) == [
        ("stalled", ["Large stall"]),
        ("overdue", ["Overdue"]),
    ]
    assert names(pipeline, find(pipeline, Wanted(what="weak"))) == [("weak", ["Vague"])]
    assert names(pipeline, find(pipeline, Wanted(what=MISSING))) == [(MISSING, ["Gone"])]
    query = parse("amount>50k", TODAY)
    assert names(pipeline, find(pipeline, Wanted(query=query, owner=MARC))) == [
        ("stalled", ["Large stall"]),
        ("overdue", ["Overdue"]),
    ]


def test_what_was_put_off_comes_last_in_that_order(store: Store) -> None:
    pipeline = seen(store)
    off = [id_of(pipeline, "Overdue"), id_of(pipeline, "Large stall"), id_of(pipeline, "Calm"), 99]
    queue = find(pipeline, later=off)
    assert names(pipeline, queue)[-1] == (LATER, ["Overdue", "Large stall"])
    assert len(queue) == 5
    assert queue.why(id_of(pipeline, "Overdue")) == "overdue"


def test_equal_risks_stand_as_they_do_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal(f"Deal {n % 7}", PROPOSAL, 1_000 * (n % 3), last_stage_change=OLD) for n in range(60)])
    with Store.open(path) as opened:
        pipeline = seen(opened)
        (group,) = find(pipeline).groups
        assert list(group.deals) == ordered(pipeline.deals.values(), "risk", pipeline.known)


def numbered(ids: Sequence[int], pipeline: Pipeline) -> Queue:
    deals = tuple(next(iter(pipeline.deals.values()))._replace(id=id_) for id_ in ids)
    return Queue([Group("stalled", deals, 0)], dict.fromkeys(ids, "stalled"))


@pytest.mark.parametrize(
    ("now", "at", "next_"),
    [
        ([1, 2, 3], 2, 3),
        ([1, 3], 2, 3),
        ([1], 2, 1),
        ([1, 2, 3], 3, 1),
        ([2], 2, 2),
        ([], 2, None),
        ([3, 1], 9, 3),
    ],
)
def test_on_to_the_next_one_that_is_still_there(
    store: Store, now: list[int], at: int, next_: int | None
) -> None:
    pipeline = seen(store)
    assert numbered([1, 2, 3], pipeline).after(at, numbered(now, pipeline)) == next_


def test_decisions_are_read_from_the_history(store: Store) -> None:
    pipeline = seen(store)
    since, before = pipeline.revision, hygiene_of(pipeline)
    large, overdue, vague = (
        pipeline.deals[id_of(pipeline, name)] for name in ("Large stall", "Overdue", "Vague")
    )
    decide(store, Close(large.id, large.version, LOST, TODAY, "Price"))
    decide(store, Change(overdue.id, overdue.version, "close_date", date(2026, 12, 1)), because="they signed")
    decide(store, Change(vague.id, vague.version, "next_step", "visit"), by="marc")
    decisions = read_decisions(store, since, "claire")
    assert [decision.deal_id for decision in decisions] == [large.id, overdue.id]
    assert decisions[0].is_removal
    moved = decisions[1].changes["close_date"]
    assert (moved.old, moved.new, moved.because) == (date(2026, 11, 1), date(2026, 12, 1), "they signed")
    now = seen(store)
    found = progress(now, find(now), decisions, before)
    assert (found.done, found.left, found.of) == (2, 3, 5)
    assert (found.removed, found.removed_amount) == (1, 9_000_000)


def test_what_was_undone_was_not_decided_and_there_and_back_is_nothing(store: Store) -> None:
    pipeline = seen(store)
    since, deal_id = pipeline.revision, id_of(pipeline, "Overdue")
    decide(store, Nurture(deal_id, pipeline.deals[deal_id].version, date(2027, 1, 1)))
    assert read_decisions(store, since, "claire")[0].is_removal
    undoing.undo(store, by="claire", at=NOW)
    assert read_decisions(store, since, "claire") == []
    undoing.redo(store, by="claire", at=NOW)
    assert read_decisions(store, since, "claire")[0].is_removal
    undoing.undo(store, by="claire", at=NOW)
    for day in (date(2026, 12, 1), date(2026, 11, 1)):
        decide(store, Change(deal_id, seen(store).deals[deal_id].version, "close_date", day))
    assert read_decisions(store, since, "claire") == []
