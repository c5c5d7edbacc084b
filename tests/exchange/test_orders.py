"""Exports may come in any order: the present and the history end the same, and undo takes all of it back."""

import random
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipetui.deals.clock import Clock
from pipetui.deals.edits import Change
from pipetui.deals.event import replay
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.loading import load
from pipetui.store.engine import Store
from pipetui.store.reading import read_board, read_story
from pipetui.store.rows import read_current, read_events
from pipetui.store.undoing import redo, undo
from pipetui.store.writing import apply
from tests.exchange.conftest import Import
from tests.exchange.histories import Told, effective, present

CLOCK = Clock(fixed=date(2026, 11, 22))
PLAYBOOK = load(None)
WEEKLY = sorted((Path(__file__).parents[2] / "sample_data" / "exports").glob("*.csv"))
HEADER = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Next Step,Segment,Budget"


class Row(NamedTuple):
    """What one export says of a deal."""

    stage: str
    amount: str
    close: str
    step: str
    segment: str
    budget: str


ROWS = st.builds(
    Row,
    st.sampled_from(["Demo", "Proposal", "Closed Won", "Closed Lost"]),
    st.sampled_from(["", "100", "250", "lots"]),
    st.sampled_from(["2026-12-01", "2027-01-15"]),
    st.sampled_from(["", "call", "meet"]),
    st.sampled_from(["", "PME", "ETI"]),
    st.sampled_from(["", "30k"]),
)
WEEKS = st.lists(
    st.tuples(st.dictionaries(st.integers(1, 4), ROWS, max_size=4), st.booleans()), min_size=2, max_size=5
)
"""Per week: deal → row, and whether the export has a column for the segment."""


def write(folder: Path, weeks: Sequence[tuple[dict[int, Row], bool]]) -> list[Path]:
    """One file a week; deal 0 is in all of them."""
    paths = []
    for number, (rows, has_segment) in enumerate(weeks, 1):
        lines = [HEADER, "0,D0,Demo,1,2026-12-01,call,PME,"]
        lines += [",".join((str(id_), f"D{id_}", *row)) for id_, row in sorted(rows.items())]
        if not has_segment:
            lines = [",".join((*line.split(",")[:6], line.split(",")[7])) for line in lines]
        path = folder / f"deals_2026-10-{number:02}.csv"
        path.write_text("\n".join(lines) + "\n")
        paths.append(path)
    return paths


def take(store: Store, path: Path) -> None:
    bring_in(store, path)
    check(store)


def bring_in(store: Store, path: Path) -> None:
    assert run_import(store, PLAYBOOK, CLOCK, [path], by="claire").adds_up()


def check(store: Store) -> None:
    """The rows are what the events amount to that count."""
    with store.reading() as run:
        ids = [id_ for (id_,) in run("SELECT id FROM deal WHERE NOT archived", {})]
        rows = read_current(run, ids)
        states = {
            deal_id: replay(events)
            for deal_id, events in groupby(read_events(run, ids), attrgetter("deal_id"))
        }
    assert states == {
        id_: {field: value for field, value in row.values.items() if value is not None}
        for id_, row in rows.items()
    }


def known(store: Store) -> dict[str, dict[str, str]]:
    """Key of a deal → what is known of its qualification."""
    store.data_version()  # a connection stays open: making the only one anew takes longer than reading a deal
    with store.reading() as run:
        keys = dict(run("SELECT id, key FROM deal WHERE NOT archived", {}))
    return {key: read_story(store, id_).texts for id_, key in keys.items()}


def ending(paths: Sequence[Path]) -> tuple[dict[str, Told], dict[str, list[Told]], dict[str, dict[str, str]]]:
    """Where importing the files one by one ends: present, history, what is known of qualification."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "pipe.db") as store:
        for path in paths:
            bring_in(store, path)
        check(store)
        return present(store), effective(store), known(store)


DEMO = Row("Demo", "100", "2026-12-01", "", "PME", "")
WON = DEMO._replace(stage="Closed Won")


@settings(max_examples=30)
@given(WEEKS.flatmap(lambda weeks: st.tuples(st.just(weeks), st.permutations(range(len(weeks))))))
@example(([({1: DEMO}, True), ({1: WON}, True), ({}, True)], [0, 2, 1]))
@example(([({1: DEMO}, True), ({1: DEMO._replace(amount="250")}, True), ({1: DEMO}, True)], [0, 2, 1]))
@example(([({1: DEMO}, True), ({1: DEMO._replace(amount="lots")}, True), ({}, True)], [2, 1, 0]))
@example(([({1: DEMO}, True), ({1: DEMO}, False), ({}, True), ({1: WON}, True)], [3, 1, 0, 2]))
def test_the_order_does_not_matter(
    given: tuple[list[tuple[dict[int, Row], bool]], list[int]],
) -> None:
    weeks, order = given
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder), weeks)
        assert ending([paths[index] for index in order]) == ending(paths)


@settings(max_examples=30)
@given(
    WEEKS.flatmap(
        lambda weeks: st.tuples(
            st.just(weeks),
            st.lists(
                st.tuples(st.sampled_from(["take", "take", "undo", "redo", "edit"]), st.integers(0, 20)),
                max_size=9,
            ),
        )
    )
)
def test_undo_and_edits_in_between(
    given: tuple[list[tuple[dict[int, Row], bool]], list[tuple[str, int]]],
) -> None:
    weeks, actions = given
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "pipe.db") as store:
        paths = write(Path(folder), weeks)
        states: list[tuple[dict[str, Told], dict[str, list[Told]]]] = []
        for kind, number in actions:
            before = present(store), effective(store)
            if kind == "take":
                take(store, paths[number % len(paths)])
            elif kind == "edit" and (deals := sorted(read_board(store).deals)):
                deal = deals[number % len(deals)]
                edit = Change(deal.id, deal.version, "amount", number * 100)
                apply(store, [edit], by="claire", at=datetime(2026, 11, 22), playbook=PLAYBOOK)
            elif kind == "undo" and states:
                undo(store, by="claire", at=datetime(2026, 11, 22))
                assert (present(store), effective(store)) == states.pop()
                redo(store, by="claire", at=datetime(2026, 11, 22))
                assert (present(store), effective(store)) == before
                undo(store, by="claire", at=datetime(2026, 11, 22))
            check(store)
            if kind in ("take", "edit") and (present(store), effective(store)) != before:
                states.append(before)


def test_the_weeks_of_the_sample_in_any_order() -> None:
    shuffled = random.Random(3).sample(WEEKLY, len(WEEKLY))
    assert len(WEEKLY) == 26
    expected = ending(WEEKLY)
    assert ending(WEEKLY[::-1]) == expected
    assert ending(shuffled) == expected


def lines(*rows: str) -> str:
    return "\n".join(("Opportunity ID,Opportunity Name,Stage,Amount", *rows, ""))


def story(store: Store) -> list[tuple[date, str, str | None, bool]]:
    """Day, field, new value and whether it counts, of the amounts of the only deal."""
    (deal,) = read_board(store).deals
    return [
        (told.event.at.date(), told.event.field, told.event.new, told.effective)
        for told in read_story(store, deal.id).events
        if told.event.field == "amount"
    ]


def test_a_gap_that_is_filled_supersedes_and_undo_brings_back(store: Store, bring: Import) -> None:
    first, second, third = date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20)
    bring(lines("1,A,Demo,100"), as_of=first)
    bring(lines("1,A,Demo,300"), as_of=third)
    assert story(store) == [(third, "amount", "30000", True)]
    report = bring(lines("1,A,Demo,200"), as_of=second)
    assert (report.changed, report.unchanged, report.events) == (1, 0, 2)
    assert story(store) == [
        (second, "amount", "20000", True),
        (third, "amount", "30000", False),
        (third, "amount", "30000", True),
    ]
    undo(store, by="claire", at=datetime(2026, 11, 22))
    assert [counts for *_event, counts in story(store)] == [False, True, False]


def test_an_older_export_fills_what_no_newer_one_tells(store: Store, bring: Import) -> None:
    bring(lines("1,A,Demo,100"), as_of=date(2026, 11, 20))
    bring("Opportunity ID,Opportunity Name,Stage,Segment\n1,A,Discovery,PME\n", as_of=date(2026, 11, 6))
    (deal,) = read_board(store).deals
    assert (deal.segment, deal.amount, deal.stage_since) == ("PME", 10_000, date(2026, 11, 20))


def test_what_was_set_here_is_not_judged_anew(store: Store, bring: Import) -> None:
    bring(lines("1,A,Demo,100"), as_of=date(2026, 11, 6))
    (deal,) = read_board(store).deals
    edit = Change(deal.id, deal.version, "amount", 77_700)
    apply(store, [edit], by="claire", at=datetime(2026, 11, 18, 9), playbook=PLAYBOOK)
    bring(lines("1,A,Demo,100"), as_of=date(2026, 11, 20))
    report = bring(lines("1,A,Demo,200"), as_of=date(2026, 11, 13))
    (deal,) = read_board(store).deals
    assert (deal.amount, report.conflicts) == (77_700, 0)
    assert story(store) == [
        (date(2026, 11, 13), "amount", "20000", True),
        (date(2026, 11, 18), "amount", "77700", True),
    ]


@pytest.mark.parametrize("status", ["Closed Won", "Closed Lost"])
def test_closed_deals_go_missing_and_keep_their_end(store: Store, bring: Import, status: str) -> None:
    bring(lines("1,A,Demo,100", f"2,B,{status},200"), as_of=date(2026, 11, 6))
    report = bring(lines("3,C,Demo,1"), as_of=date(2026, 11, 13))
    assert report.missing == 2
    ends = {deal.name: (deal.missing_since, deal.status) for deal in read_board(store).deals}
    won = "won" if status == "Closed Won" else "lost"
    day = date(2026, 11, 13)
    assert ends == {"A": (day, "open"), "B": (day, won), "C": (None, "open")}
    later = bring(lines(f"2,B,{status},200", "3,C,Demo,1"), as_of=date(2026, 11, 20))
    assert (later.missing, later.back, later.unchanged) == (0, 1, 2)
