from datetime import date, datetime

import pytest

from pipetui.deals.category import Category
from pipetui.forecast.accuracy.commits import Outcome, band, conversions, fate_of, outcome_of
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.periods import Period
from tests.forecast.calling import call, entry
from tests.signals.making import deal

COMMIT, BEST, UPSIDE, OMITTED = Category
Q3 = Period.parse("2026-Q3")
IN_Q3, AFTER = date(2026, 9, 1), date(2026, 10, 9)

WON = Outcome("won", IN_Q3, IN_Q3)
LATER = Outcome("won", AFTER, AFTER)
LOST = Outcome("lost", IN_Q3, IN_Q3)
SLIPPED = Outcome("open", None, AFTER)
OPEN = Outcome("open", None, IN_Q3)


@pytest.mark.parametrize(
    ("won", "n", "expected"),
    [
        (74, 100, "loose"),
        (75, 100, "watch"),
        (79, 100, "watch"),
        (80, 100, "sound"),
        (90, 100, "sound"),
        (91, 100, "watch"),
        (95, 100, "watch"),
        (96, 100, "sandbagging"),
        (20, 20, "sandbagging"),
        (24, 30, "sound"),
    ],
)
def test_bands(won: int, n: int, expected: str) -> None:
    assert band(won, n) == expected


@pytest.mark.parametrize(
    ("outcome", "fate"),
    [
        (WON, "won"),
        (LOST, "lost"),
        (SLIPPED, "slipped"),
        (OPEN, "open"),
        (LATER, "slipped"),
        (Outcome("lost", AFTER, AFTER), "slipped"),
        (Outcome("lost", AFTER, IN_Q3), "slipped"),
        (Outcome("won", None, None), "won"),
        (Outcome("open", None, None), "open"),
        (None, "open"),
    ],
)
def test_what_had_become_of_it_by_the_end(outcome: Outcome | None, fate: str) -> None:
    assert fate_of(outcome, Q3.end) == fate


def test_what_a_deal_tells_of_itself() -> None:
    won = deal(status="won", closed_on=IN_Q3, close_date=AFTER, owner="Ana", name="Portal")
    assert outcome_of(won, 5) == Outcome("won", IN_Q3, AFTER, 5, "Ana", "Portal")
    # Pushed on the last evening, and exported on the Monday after: it slipped all the same.
    assert fate_of(outcome_of(deal(close_date=AFTER), None), Q3.end) == "slipped"


def frozen(*entries: CallEntry) -> Snapshot:
    return call(*entries, period=Q3, frozen_at=datetime(2026, 7, 1, 9))


def committed(id_: int, owner: str = "Ana", **given: object) -> CallEntry:
    return entry(id_, **{"owner": owner, "rep": COMMIT, "close_date": IN_Q3, **given})


def test_conversion_and_its_misses() -> None:
    outcomes = {1: WON, 2: SLIPPED, 3: LOST, 4: OPEN, 5: LATER}
    found = conversions([(frozen(*map(committed, outcomes)), outcomes)], enough=5)["Ana"]
    assert (found.n, found.won, found.rate, found.band) == (5, 1, 0.2, "loose")
    assert [found.missed(fate) for fate in ("slipped", "lost", "open")] == [2, 1, 1]
    assert [(miss.entry.deal_id, miss.fate) for miss in found.misses] == [
        (2, "slipped"),
        (3, "lost"),
        (4, "open"),
        (5, "slipped"),
    ]


def test_too_few_commits_have_no_rate_but_their_list() -> None:
    found = conversions([(frozen(committed(1), committed(2)), {1: WON, 2: LOST})])["Ana"]
    assert (found.n, found.won, found.rate, found.band, found.reason) == (2, 1, None, None, "few_commits")
    assert len(found.misses) == 1


def test_only_open_commits_of_that_side_are_asked_for() -> None:
    its = [
        committed(1),
        committed(2, manager=UPSIDE),
        committed(3, rep=BEST, manager=COMMIT),
        committed(4, rep=None, crm=COMMIT),
        committed(5, state="won"),
        committed(6, rep=OMITTED),
    ]
    outcomes = {1: WON, 2: LOST, 3: WON, 4: LOST, 5: WON, 6: WON}
    assert conversions([(frozen(*its), outcomes)], enough=1)["Ana"].rate == pytest.approx(1 / 3)
    assert conversions([(frozen(*its), outcomes)], enough=1, side="manager")["Ana"].rate == pytest.approx(
        2 / 3
    )


def test_wins_from_outside() -> None:
    its = [committed(1), committed(2, rep=UPSIDE), committed(3, rep=OMITTED), committed(4, state="won")]
    outcomes = {
        1: WON,
        2: WON,
        3: WON._replace(amount=70),
        4: WON,
        5: WON._replace(owner="Ben", name="Unseen"),  # created later
        6: Outcome("won", date(2026, 6, 30), None, owner="Ben"),  # before the period
        7: LATER,
        8: LOST,
    }
    found = conversions([(frozen(*its), outcomes)])
    assert [(win.deal_id, win.category, win.was_in_call) for win in found["Ana"].outside] == [
        (2, UPSIDE, True),
        (3, OMITTED, True),
    ]
    assert found["Ana"].outside[1].amount == 70
    assert [(win.deal_id, win.name, win.was_in_call) for win in found["Ben"].outside] == [
        (5, "Unseen", False)
    ]
    assert (found["Ben"].n, found["Ben"].rate) == (0, None)


def test_reps_stand_apart_and_periods_add_up() -> None:
    first = (frozen(committed(1), committed(2, "Ben")), {1: WON, 2: SLIPPED})
    second = (frozen(committed(3), committed(4, "Ben")), {3: WON, 4: SLIPPED})
    found = conversions([first, second], enough=2)
    assert {name: (its.n, its.rate, its.band) for name, its in found.items()} == {
        "Ana": (2, 1.0, "sandbagging"),
        "Ben": (2, 0.0, "loose"),
    }


def test_of_several_calls_on_one_period_a_deal_counts_once() -> None:
    def at(day: int, *entries: CallEntry) -> Snapshot:
        return call(*entries, period=Q3, frozen_at=datetime(2026, 7, day, 9))

    outcomes = {1: WON, 2: WON, 3: LOST, 4: WON}
    calls = [
        at(6, committed(1), committed(2, rep=UPSIDE), committed(3), committed(4, rep=BEST)),
        at(13, committed(1), committed(2), committed(3, rep=OMITTED), committed(4, rep=BEST)),
        at(20, *(committed(id_, state="won") for id_ in (1, 2, 4))),
    ]
    found = conversions([(its, outcomes) for its in reversed(calls)], enough=3)["Ana"]
    assert (found.n, found.won, found.rate) == (3, 2, pytest.approx(2 / 3))
    assert [win.deal_id for win in found.outside] == [4]
    assert found.outside[0].category is BEST
