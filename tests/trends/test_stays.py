"""Time in stage, against scipy."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from pipetui.trends.spans import Span
from pipetui.trends.stays import stays, summed
from tests.trends.making import DEMO, STAGES, TODAY

WINDOW = Span("", date(2026, 1, 1), TODAY)
FIRST = WINDOW.start.toordinal()
LENGTHS = st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=1, max_size=60)


def of(lengths: list[tuple[int, bool]]) -> object:
    visits = [
        (number, DEMO.id, days, "lost" if done else None, FIRST, True)
        for number, (days, done) in enumerate(lengths)
    ]
    return next(its for its in stays(summed(visits), STAGES, WINDOW) if its.stage is DEMO)


def test_the_definitions_vector() -> None:
    its = of([(5, True), (8, True), (12, True), (20, False), (25, True), (30, False)])
    assert its.median == 12
    assert its.here == ((30, 5), (20, 3))
    assert (its.curve.completed, its.curve.censored) == (4, 2)


@given(LENGTHS)
def test_the_curve_is_scipys(lengths: list[tuple[int, bool]]) -> None:
    curve = of(lengths).curve
    ended = [days for days, done in lengths if done]
    if not ended:
        assert curve.times == ()
        return
    told = ecdf(CensoredData(uncensored=ended, right=[days for days, done in lengths if not done])).sf
    for time, share in zip(curve.times, curve.share, strict=True):
        assert share == pytest.approx(float(told.evaluate(np.array([time]))[0]), abs=1e-12)


def test_stays_of_one_deal_are_summed_over_its_returns() -> None:
    visits = [
        (1, DEMO.id, 5, "back", FIRST, True),
        (1, DEMO.id, 7, None, FIRST + 20, False),
        (2, DEMO.id, 3, "forward", FIRST, True),
        (2, DEMO.id, 4, "lost", FIRST + 9, False),
    ]
    its = next(one for one in stays(summed(visits), STAGES, WINDOW) if one.stage is DEMO)
    assert its.here == ((12, 1),)
    assert its.curve.times == (7,)


def test_who_came_before_the_window_or_on_an_unknown_day_is_left_out() -> None:
    visits = [(1, DEMO.id, 5, "back", FIRST - 1, True), (2, DEMO.id, 5, "back", FIRST, False)]
    assert all(not its.curve.completed for its in stays(summed(visits), STAGES, WINDOW))


def test_a_choice_of_deals() -> None:
    visits = [(number, DEMO.id, number, "forward", FIRST, True) for number in (1, 2, 3)]
    its = next(one for one in stays(summed(visits, among={2}), STAGES, WINDOW) if one.stage is DEMO)
    assert its.curve.times == (2,)
