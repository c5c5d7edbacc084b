"""What is learned, against the statisticians' own libraries."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from pipetui.signals.rhythm import Pace, Won, learn

MONDAY = date(2026, 1, 5)
DEMO, PROPOSAL = 2, 3

Stay = tuple[int, int, int, str | None, int, bool]


def stay(
    deal: int, days: int, left: str | None, *, stage: int = DEMO, since: int = 0, first: bool = True
) -> Stay:
    return (deal, stage, days, left, MONDAY.toordinal() + since, first)


def pace(*stays: Stay) -> Pace:
    return learn(stays, []).stages[DEMO]


def test_stays_of_a_deal_in_one_stage_are_summed() -> None:
    assert pace(stay(1, 5, "back"), stay(1, 7, "forward", first=False)) == Pace(1, 12, 12)


def test_what_came_back_and_is_still_there_has_not_completed_the_stage() -> None:
    assert pace(stay(1, 5, "forward"), stay(1, 7, None, first=False)) == Pace()


def test_lost_back_and_still_there_are_censored() -> None:
    found = pace(stay(1, 5, "forward"), stay(2, 8, "lost"), stay(3, 9, "back"), stay(4, 9, None))
    assert (found.completed, found.median) == (1, None)


def test_the_vector_of_the_definitions() -> None:
    ends = [(5, "forward"), (8, "forward"), (12, "forward"), (20, "lost"), (25, "forward"), (30, None)]
    found = pace(*(stay(number, days, left) for number, (days, left) in enumerate(ends)))
    assert (found.median, found.completed) == (12, 4)


@pytest.mark.parametrize("seed", range(20))
def test_median_and_nine_of_ten_are_those_of_scipy(seed: int) -> None:
    dice = Random(seed)
    stays = [
        stay(number, dice.randrange(0, 60), dice.choice(("forward", "forward", "forward", "lost", None)))
        for number in range(dice.choice((5, 30, 200)))
    ]
    ended = [days for _deal, _stage, days, left, _since, _first in stays if left == "forward"]
    waiting = [days for _deal, _stage, days, left, _since, _first in stays if left != "forward"]
    curve = ecdf(CensoredData(uncensored=ended, right=waiting)).sf

    def first_at(limit: float) -> int | None:
        reached = [
            int(time)
            for time, share in zip(curve.quantiles, curve.probabilities, strict=True)
            if share <= limit + 1e-12
        ]
        return reached[0] if reached else None

    found = pace(*stays)
    assert (found.median, found.nine_of_ten) == (first_at(0.5), first_at(0.1))
    assert found.completed == len(ended)


@pytest.mark.parametrize("seed", range(10))
def test_cycle_and_remaining_time_are_numpys_linear_quantiles(seed: int) -> None:
    dice = Random(seed)
    wins = [
        Won(number, MONDAY - timedelta(dice.randrange(200)), MONDAY + timedelta(dice.randrange(200)))
        for number in range(dice.choice((1, 7, 20, 101)))
    ]
    stays = [stay(win.deal_id, 3, "forward", since=-dice.randrange(90)) for win in wins]
    rhythm = learn(stays, wins)
    assert rhythm.won == len(wins)
    cycles = [(win.on - (win.created or win.on)).days for win in wins]
    assert rhythm.cycle == pytest.approx(np.quantile(cycles, 0.9, method="linear"))
    still = [win.on.toordinal() - since for win, (*_stay, since, _first) in zip(wins, stays, strict=True)]
    assert rhythm.stages[DEMO].remaining == pytest.approx(np.quantile(still, 0.1, method="linear"))
    assert rhythm.stages[DEMO].won == len(wins)


def test_won_before_created_and_unknown_creation_are_no_cycle() -> None:
    wins = [
        Won(1, MONDAY, MONDAY + timedelta(10)),
        Won(2, MONDAY, MONDAY - timedelta(1)),
        Won(3, None, MONDAY),
        Won(4, MONDAY, MONDAY),
    ]
    rhythm = learn([], wins)
    assert (rhythm.won, rhythm.cycle) == (2, 9.0)


def test_the_remaining_time_begins_with_the_first_entry() -> None:
    stays = [
        stay(1, 2, "back", since=0),
        stay(1, 2, "forward", since=10, first=False),  # a return counts once
        stay(1, 9, "forward", since=12, stage=PROPOSAL),
        stay(2, 9, "forward", since=3),  # not won
        stay(3, 1, "forward", since=30),  # entered after it was won, says the export
    ]
    wins = [Won(1, None, MONDAY + timedelta(21)), Won(3, None, MONDAY + timedelta(21))]
    rhythm = learn(stays, wins)
    assert (rhythm.stages[DEMO].won, rhythm.stages[DEMO].remaining) == (1, 21.0)
    assert (rhythm.stages[PROPOSAL].won, rhythm.stages[PROPOSAL].remaining) == (1, 9.0)


def test_nothing_is_learned_from_nothing() -> None:
    assert learn([], []) == ({}, 0, None)
