"""The hygiene of the last weeks is what it would have been said to be on those days."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest

from pipetui.deals.deal import Deal
from pipetui.deals.edits import Accept, Change, Close, Edit, Move, Nurture, Qualify
from pipetui.deals.errors import Problem
from pipetui.pipeline.learning import learn
from pipetui.pipeline.looking import look
from pipetui.pipeline.trend import hygiene_by_week, hygiene_by_week_and
from pipetui.playbook.models import Pipeline, Playbook, Stage
from pipetui.signals.hygiene import by_owner, by_pipeline, hygiene, hygiene_by
from pipetui.signals.trend import Week, week_ends
from pipetui.store.engine import Store
from pipetui.store.undoing import undo
from pipetui.store.writing import apply
from tests.pipeline.making import TODAY
from tests.store.making import CLOSING, DISCOVERY, LOST, PROPOSAL, WON, bring, deal_of, report

FIRST = datetime(2026, 8, 31, 9)
"""A Monday, twelve weeks ago: the first of the last twelve Sundays is the one before."""
DAY = timedelta(days=1)
BOOK = Playbook(
    pipelines=(
        Pipeline(
            name="Sales",
            stages=(
                Stage(name="Discovery", probability=0.1, stale_after_days=21, requires={"need": 1}),
                Stage(
                    name="Proposal", probability=0.5, stale_after_days=14, requires={"need": 2, "metrics": 1}
                ),
                Stage(name="Closing", probability=0.8, stale_after_days=10),
                Stage(name="Won", kind="won", probability=1),
                Stage(name="Lost", kind="lost", probability=0),
            ),
        ),
    )
)
GOOD: dict[str, Any] = {
    "next_step": "call",
    "next_step_date": date(2026, 11, 30),
    "levels": "1000000",
    "last_stage_change": date(2026, 11, 1),
}


def trend(store: Store, playbook: Playbook = BOOK) -> tuple[Week, ...]:
    return hygiene_by_week(store, look(store, playbook, TODAY, learn(store, playbook, TODAY)))


def scores(store: Store) -> list[float | None]:
    return [week.score for week in trend(store)]


def test_before_the_first_export_nothing_is_known(store: Store) -> None:
    bring(store, GOOD, at=datetime(2026, 11, 5, 9))
    found = trend(store)
    assert [week.week_end for week in found] == week_ends(TODAY)
    assert [week.score for week in found] == [None] * 10 + [1.0, 1.0]
    assert [week.open for week in found] == [0] * 10 + [1, 1]


def test_a_deal_is_judged_as_it_stood_by_its_age_then(store: Store) -> None:
    (deal_id,) = bring(store, {**GOOD, "last_stage_change": date(2026, 10, 10)}, at=datetime(2026, 10, 12))
    # 21 days in Discovery without a move on Saturday 31 October; on Tuesday the amount changes: a move.
    report(store, deal_id, "amount", None, 5_00, at=datetime(2026, 11, 3, 9))
    assert scores(store)[-5:] == [1.0, 1.0, 0.0, 1.0, 1.0]


def test_the_end_of_a_day_belongs_to_it(store: Store) -> None:
    (deal_id,) = bring(store, GOOD, at=datetime(2026, 11, 5, 9))
    report(
        store, deal_id, "next_step_date", GOOD["next_step_date"], None, at=datetime(2026, 11, 8, 23, 59, 59)
    )
    assert scores(store)[-2:] == [0.0, 0.0]
    report(store, deal_id, "next_step_date", None, date(2026, 11, 30), at=datetime(2026, 11, 16))
    assert scores(store)[-2:] == [0.0, 0.0]


def test_what_was_closed_since_was_open_then(store: Store) -> None:
    won, _open = bring(store, GOOD, {**GOOD, "next_step_date": None}, at=datetime(2026, 10, 30))
    apply(
        store,
        [Close(won, deal_of(store, won).version, WON, date(2026, 11, 10), "Price", "agreed")],
        by="claire",
        at=datetime(2026, 11, 10, 9),
        playbook=BOOK,
    )
    assert [(week.score, week.open) for week in trend(store)[-3:]] == [(0.5, 2), (0.5, 2), (0.0, 1)]


def test_what_was_undone_never_was(store: Store) -> None:
    (deal_id,) = bring(store, GOOD, at=datetime(2026, 10, 30))
    edit = Change(deal_id, deal_of(store, deal_id).version, "next_step_date", None)
    apply(store, [edit], by="claire", at=datetime(2026, 11, 3), playbook=BOOK)
    assert scores(store)[-2:] == [0.0, 0.0]
    undo(store, by="claire", at=datetime(2026, 11, 20))
    assert scores(store)[-2:] == [1.0, 1.0]


def test_parts_are_what_they_were(store: Store) -> None:
    moved, _other = bring(store, {**GOOD, "owner": "Marc"}, {"owner": "Zoé"}, at=datetime(2026, 10, 30))
    report(store, moved, "owner", "Marc", "Zoé", at=datetime(2026, 11, 10, 9))
    pipeline = look(store, BOOK, TODAY, learn(store, BOOK, TODAY))
    found = hygiene_by_week_and(by_owner, store, pipeline, weeks=3)
    assert {name: [week.score for week in weeks] for name, weeks in found.items()} == {
        "Marc": [1.0, 1.0, None],
        "Zoé": [0.0, 0.0, 0.5],
    }
    (name,) = hygiene_by_week_and(by_pipeline(pipeline.context), store, pipeline)
    assert name == "Sales"


def test_among_some_deals(store: Store) -> None:
    good, _bad = bring(store, GOOD, {}, at=datetime(2026, 10, 30))
    pipeline = look(store, BOOK, TODAY)
    assert [week.score for week in hygiene_by_week(store, pipeline, 2, among={good})] == [1.0, 1.0]


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_was_said_on_those_days(store: Store, seed: int) -> None:
    """Somebody works for twelve weeks, and writes down on each Sunday what the flags say."""
    dice = Random(seed)
    states = [
        {
            **GOOD,
            "owner": dice.choice(["Marc", "Zoé", ""]),
            "amount": dice.choice([None, 5_00, 70_00]),
            "close_date": date(2026, 9, 15) + DAY * dice.randrange(90),
            "next_step_date": date(2026, 9, 5) + DAY * dice.randrange(60),
            "last_stage_change": dice.choice([None, date(2026, 8, 20)]),
        }
        for _number in range(6)
    ]
    ids = bring(store, *states, at=FIRST)
    said: dict[date, Any] = {}
    owners: dict[date, Any] = {}
    for sunday in week_ends(TODAY)[1:]:
        for hour in range(8, 20):
            at = datetime(sunday.year, sunday.month, sunday.day, hour)
            pipeline = look(store, BOOK, sunday)
            edit = an_edit(dice, pipeline.deals[dice.choice(ids)], at)
            try:
                applied = apply(store, [edit], by="claire", at=at, playbook=BOOK)
            except Problem:
                continue
            if (
                applied.deal_ids and dice.random() < 0.2
            ):  # what was done an hour ago, never what was a week ago
                undo(store, by="claire", at=at)
        pipeline = look(store, BOOK, sunday)
        rates = BOOK.conversion
        its = hygiene(pipeline.deals.values(), pipeline.flags, pipeline.context, rates)
        said[sunday] = (sunday, its.score, its.open, its.amount_score, its.amount)
        parts = hygiene_by(by_owner, pipeline.deals.values(), pipeline.flags, pipeline.context, rates)
        owners[sunday] = {name: part.score for name, part in parts.items()}
    pipeline = look(store, BOOK, TODAY)
    assert {week.week_end: week for week in hygiene_by_week(store, pipeline)[1:]} == said
    found = hygiene_by_week_and(by_owner, store, pipeline)
    for sunday, its_owners in owners.items():
        now = {
            name: next(week.score for week in its if week.week_end == sunday) for name, its in found.items()
        }
        assert {name: score for name, score in now.items() if score is not None} == its_owners


def an_edit(dice: Random, deal: Deal, at: datetime) -> Edit:
    """Something that somebody may do."""
    day = at.date()
    one: list[Edit] = [
        Move(deal.id, deal.version, dice.choice([DISCOVERY, PROPOSAL, CLOSING]), "reason"),
        Close(deal.id, deal.version, dice.choice([WON, LOST]), day, "Price", "reason"),
        Change(deal.id, deal.version, "next_step_date", dice.choice([None, day + DAY * dice.randrange(20)])),
        Change(deal.id, deal.version, "close_date", day + DAY * dice.randrange(-5, 60)),
        Change(deal.id, deal.version, "amount", dice.choice([None, 9_00, 1_00])),
        Change(deal.id, deal.version, "owner", dice.choice(["Marc", "Zoé"])),
        Change(deal.id, deal.version, "manager_category", dice.choice([None, "commit", "upside"])),
        Change(deal.id, deal.version, "missing_since", dice.choice([None, None, day])),
        Qualify(deal.id, deal.version, dice.choice(["need", "metrics"]), dice.randrange(4), "text"),
        Accept(deal.id, deal.version, ("overdue", "stalled", "gate"), day + DAY * dice.randrange(1, 15)),
        Nurture(deal.id, deal.version, day + DAY * dice.randrange(1, 15)),
    ]
    return dice.choice(one)
