"""Conversion by the high-water mark of each deal."""

from datetime import date, timedelta
from typing import Any

import pytest

from pipetui.trends.conversion import Entries, snapshot
from pipetui.trends.journeys import journeys, waiting
from pipetui.trends.spans import Span
from tests.trends.making import DEMO, LOST, PROPOSAL, QUALIFICATION, STAGES, TODAY, WON, deal, journey

START = date(2026, 1, 1)
YEAR = Span("", START, TODAY)
Q, D, P = QUALIFICATION.id, DEMO.id, PROPOSAL.id


def at(n: int) -> date:
    return START + timedelta(days=n)


def told(found: Any) -> dict[str, tuple[int, int, int, int]]:
    return {its.stage.name: (its.entered, its.moved_on, its.died, its.open) for its in found}


def test_each_deal_counts_once_a_stage() -> None:
    its = [
        journey({Q: at(0), D: at(5)}, "lost"),
        journey({Q: at(0), D: at(5), P: at(9)}, "won"),
        journey({Q: at(0)}, "open"),
        journey({Q: at(0)}, "lost"),
    ]
    found = Entries(its, STAGES).conversion(YEAR)
    assert told(found) == {"Qualification": (4, 2, 1, 1), "Demo": (2, 1, 1, 0), "Proposal": (1, 1, 0, 0)}
    assert all(its.rate.reason == "few" for its in found)


def test_the_cohort_is_those_that_entered_in_the_window() -> None:
    its = [journey({Q: at(-1), D: at(0), P: at(300)}, "lost")]
    assert told(Entries(its, STAGES).conversion(Span("", at(0), at(299)))) == {
        "Qualification": (0, 0, 0, 0),
        "Demo": (1, 1, 0, 0),
        "Proposal": (0, 0, 0, 0),
    }


def test_a_rate_needs_twenty_ends_and_four_of_five() -> None:
    def rate(moved: int, died: int, still: int) -> Any:
        its = [journey({Q: at(0), D: at(1)}, "open")] * moved
        its += [journey({Q: at(0)}, "lost")] * died + [journey({Q: at(0)}, "open")] * still
        return Entries(its, STAGES).conversion(YEAR)[0].rate

    assert rate(12, 0, 0).reason == "few"
    assert rate(15, 5, 5).value == 0.75
    assert rate(15, 5, 6).reason == "unresolved"


def test_parts_and_the_whole() -> None:
    its = [journey({Q: at(0)}, "lost", owner=name) for name in ("Bea", "Al", "", "Bea")]
    found = Entries(its, STAGES).conversion_by(lambda one: one.owner, YEAR)
    assert [(name, one[0].died) for name, one in found.items()] == [("Al", 1), ("Bea", 2), ("", 1)]


def test_the_snapshot_divides_other_deals_by_one_another() -> None:
    its = [journey({Q: at(0)})] + [journey({Q: at(-400), D: at(1)})] * 3
    its += [journey({Q: at(-400), D: at(-300), P: at(-200)}, "won")]
    values = [(one.entries, one.next_entries, one.value) for one in snapshot(its, STAGES, YEAR)]
    assert values == [(1, 3, 3.0), (3, 0, 0.0), (0, 1, None)]


def ways(*paths: Any, visits: Any = (), **fields: Any) -> Any:
    deals = {path[0]: deal(path[0], source="crm", **fields) for path in paths}
    return journeys(deals, STAGES, visits, paths, watched_since={"crm": at(100)}, today=TODAY)


def test_a_history_tells_from_the_creation_on() -> None:
    visits = [(1, D, 5, "forward", at(10).toordinal(), True), (1, P, 9, None, at(15).toordinal(), True)]
    (its,) = ways((1, Q, True, at(10).toordinal(), D, ()), visits=visits, created=at(3), stage_id=P)
    days = {stage_id: date.fromordinal(day) for stage_id, day in its.entered.items()}
    assert days == {Q: at(3), D: at(10), P: at(15)}
    assert (its.furthest, its.end) == (P, "open")


def test_going_back_changes_nothing_and_a_skip_is_a_pass() -> None:
    visits = [
        (1, Q, 5, "forward", at(0).toordinal(), True),
        (1, P, 5, "back", at(5).toordinal(), True),
        (1, Q, 5, "lost", at(10).toordinal(), False),
    ]
    (its,) = ways(
        (1, None, True, at(0).toordinal(), Q, ()),
        visits=visits,
        created=at(0),
        status="lost",
        stage_id=LOST.id,
        closed_on=at(15),
    )
    assert told(Entries([its], STAGES[:1] + STAGES[2:]).conversion(YEAR)) == {
        "Qualification": (1, 1, 0, 0),
        "Proposal": (1, 0, 1, 0),
    }
    assert its.ended == Q


def test_what_was_passed_before_we_looked_is_not_counted() -> None:
    """Those that failed on the way there were never seen."""
    visits = [(1, P, 5, None, at(200).toordinal(), True)]
    (its,) = ways((1, D, False, at(100).toordinal(), D, ()), visits=visits, created=at(0), stage_id=P)
    assert set(its.entered) == {P}


def test_a_deal_created_under_our_eyes_is_known_whole() -> None:
    its = ways(
        (1, D, False, at(110).toordinal(), None, ()),
        (2, Q, False, at(110).toordinal(), None, ()),
        created=at(105),
        stage_id=D,
    )
    assert {stage: date.fromordinal(day) for stage, day in its[0].entered.items()} == {Q: at(105), D: at(105)}


def test_a_win_passes_what_is_left() -> None:
    visits = [(1, Q, 5, "forward", at(0).toordinal(), True)]
    its = ways(
        (1, None, True, at(0).toordinal(), Q, ()),
        (2, None, True, at(0).toordinal(), P, ()),
        visits=[*visits, (2, P, 5, "lost", at(0).toordinal(), True)],
        created=at(0),
        status="won",
        stage_id=WON.id,
        closed_on=at(7),
    )
    assert {stage: date.fromordinal(day) for stage, day in its[0].entered.items()} == {Q: at(0), P: at(7)}


def test_closed_without_ever_being_seen_open_tells_nothing() -> None:
    assert ways((1, WON.id, False, at(100).toordinal(), None, ()), status="won", stage_id=WON.id) == []


def test_a_stage_that_nobody_ever_stood_in_is_no_stage() -> None:
    """The playbook may have stages that this CRM does not: nobody passes them, nobody converts there."""
    visits = [(1, Q, 5, "forward", at(0).toordinal(), True), (1, P, 5, None, at(5).toordinal(), True)]
    (its,) = ways((1, None, True, at(0).toordinal(), Q, ()), visits=visits, created=at(0), stage_id=P)
    assert set(its.entered) == {Q, P}


def test_who_never_left_the_first_stage_still_waits() -> None:
    its = ways(
        (1, Q, False, at(200).toordinal(), None, ()),
        (2, None, True, at(0).toordinal(), Q, ()),
        visits=[(2, Q, 5, None, at(0).toordinal(), True)],
        created=at(10),
        stage_id=Q,
    )
    assert waiting(its, [(2, Q, 5, None, at(0).toordinal(), True)], TODAY) == [
        (1, Q, (TODAY - at(10)).days, None, at(10).toordinal(), True)
    ]


@pytest.mark.parametrize("status", ["won", "lost"])
def test_what_is_closed_later_is_still_open(status: str) -> None:
    visits = [(1, Q, 5, None, at(0).toordinal(), True)]
    (its,) = ways(
        (1, None, True, at(0).toordinal(), None, ()),
        visits=visits,
        status=status,
        stage_id=LOST.id,
        closed_on=TODAY + timedelta(days=1),
    )
    assert its.end == "open"
