"""Nothing that comes out of a figure can end the process, and what is drawn is right."""

import subprocess
import sys
from math import inf, isfinite, nan, sin
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.charts.bars import Slab, bar, waterfall
from pipetui.charts.lines import line_chart
from pipetui.charts.points import MOST, Series, limits, segments, thinned, ticks, with_room

ANY = st.none() | st.floats()


def draw(*points: Any, **options: Any) -> list[str]:
    options = {"width": 60, "height": 12, "label": lambda value: f"{value:.3g}", **options}
    return line_chart([Series("its", points)], **options)


def test_plotext_itself_is_ended_by_nan() -> None:
    """Why everything is tidied first. When this fails, plotext has been mended."""
    points = "[1, 2, 3], [1, float('nan'), 3]"
    code = f"from plotext import figure as f; s = f.signal({points}); s.lines(); f.draw(s); f.build()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode != 0


@pytest.mark.parametrize(
    "points",
    [
        [],
        [(1, nan)],
        [(nan, 1)],
        [(1, None), (2, inf), (3, -inf)],
    ],
)
def test_nothing_to_draw_is_no_chart(points: list[Any]) -> None:
    assert draw(*points) == []


@pytest.mark.parametrize(
    "points",
    [
        [(1, 5)],
        [(1, 0)],
        [(1, 5), (2, 5), (3, 5)],
        [(1, -5), (2, -50), (3, -1)],
        [(1, 1), (2, nan), (3, 2), (4, inf), (5, -inf), (6, None), (7, 3)],
        [(1, 1e308), (2, -1e308), (3, 4)],
        [(1, 1e99), (2, -1e99)],
        [(1, 1e-300), (2, 2e-300)],
        [(5, 1), (5, 2), (5, 3)],
        [(index, sin(index)) for index in range(1_000_000)],
    ],
    ids=["one", "zero", "equal", "negative", "gaps", "huge", "large", "tiny", "one day", "a million"],
)
@pytest.mark.parametrize("plain", [False, True])
def test_every_chart_fits(points: list[Any], plain: bool) -> None:
    rows = draw(*points, plain=plain)
    assert len(rows) == 12
    assert all(len(row) <= 60 for row in rows)
    assert "\x1b" not in "".join(rows)
    assert not plain or "".join(rows).isascii()


@given(st.lists(st.tuples(st.floats() | st.integers(-(10**6), 10**6), ANY), max_size=30), st.booleans())
def test_whatever_the_numbers(points: list[Any], plain: bool) -> None:
    rows = draw(*points, plain=plain)
    assert len(rows) in (0, 12)


def test_units_stand_at_the_axis_and_days_below() -> None:
    rows = draw(
        (0, 0),
        (10, 1000),
        label=lambda value: f"{value:.0f} €",
        marks=[(0, "déc."), (9.5, "no room"), (10, "nov.")],
    )
    assert any(row.startswith("1000 €┤") for row in rows)
    assert any(row.lstrip().startswith("0 €┤") for row in rows)
    assert "déc." in rows[-1]
    assert "nov." in rows[-1]
    assert "no room" not in rows[-1]


def test_colours_are_escape_sequences() -> None:
    rows = line_chart(
        [Series("a", [(0, 0), (1, 1)]), Series("b", [(0, 1), (1, 0)])],
        width=40,
        height=8,
        label=str,
        colors=["red", "blue"],
    )
    assert "\x1b[38;5;1m" in "".join(rows)


def test_threads_take_turns_at_the_one_figure() -> None:
    expected = draw((0, 0), (1, 1), (2, 0))
    found: list[list[str]] = []
    threads = [Thread(target=lambda: found.append(draw((0, 0), (1, 1), (2, 0)))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 6


@given(st.lists(st.tuples(st.integers(0, 10**6).map(float), ANY), max_size=200))
def test_segments_are_what_is_finite_between_the_gaps(points: list[Any]) -> None:
    kept = [(x, y) for x, y in points if y is not None and isfinite(y) and abs(y) < 1e100]
    assert [point for its in segments(points) for point in its] == kept


def test_thinning_keeps_the_ends_and_the_peaks() -> None:
    points = [(float(n), 0.0) for n in range(100_000)]
    points[777] = (777.0, 50.0)
    points[88_888] = (88_888.0, -50.0)
    kept = thinned(points, MOST)
    assert len(kept) <= MOST
    assert {points[0], points[-1], points[777], points[88_888]} <= {*kept}
    assert kept == sorted(kept)


@given(st.lists(st.floats(-1e99, 1e99), max_size=5), st.none() | st.just(0.0))
def test_an_axis_has_two_ends(values: list[float], floor: float | None) -> None:
    low, high = limits(values, floor)
    assert low < high
    assert all(low <= value <= high for value in values)


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 11_900, 4, [0, 5_000, 10_000]),
        (0, 1, 4, [0, 0.5, 1]),
        (-3, 3, 4, [-2, 0, 2]),
        (0, 0.07, 4, [0, 0.02, 0.04, 0.06]),
        (5, 5, 4, [5]),
    ],
)
def test_round_numbers_on_the_axis(low: float, high: float, most: int, expected: list[float]) -> None:
    assert ticks(low, high, most) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("size", "expected"), [(5, [0, 1, 2, 3, 4]), (15, [0, 2, 4]), (25, [1, 4]), (100, [4])]
)
def test_labels_stand_at_even_steps_that_end_with_the_last(size: float, expected: list[int]) -> None:
    assert [*with_room([(10.0 * at, 10.0 * at + size) for at in range(5)])] == expected


def test_no_labels_need_no_room() -> None:
    assert [*with_room([])] == []


@pytest.mark.parametrize(
    ("value", "most", "expected"),
    [
        (10, 10, "████"),
        (5, 10, "██"),
        (1.25, 10, "▌"),
        (0.01, 10, "▏"),
        (0, 10, ""),
        (-5, 10, ""),
        (99, 10, "████"),
    ],
)
def test_a_bar(value: float, most: float, expected: str) -> None:
    assert bar(value, most, 4) == expected
    assert bar(value, most, 4, plain=True).isascii()


@given(st.floats(), st.floats(), st.integers(-1, 50))
def test_no_number_breaks_a_bar(value: float, most: float, room: int) -> None:
    assert len(bar(value, most, room)) <= max(room, 0)
    assert len(bar(value, most, room, plain=True)) <= max(room, 0)


def test_a_waterfall_stands_on_one_scale() -> None:
    assert waterfall([Slab(0, 100), Slab(100, 120), Slab(120, 60), Slab(0, 60)], 12) == [
        "██████████",
        "          ██",
        "      ██████",
        "██████",
    ]


def test_a_waterfall_below_nothing() -> None:
    assert waterfall([Slab(0, -50), Slab(-50, 50), Slab(7, 7)], 10, plain=True) == ["#####", "##########", ""]


@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=9), st.integers(0, 40), st.booleans())
def test_no_number_breaks_a_waterfall(values: list[tuple[float, float]], room: int, plain: bool) -> None:
    rows = waterfall([Slab(*its) for its in values], room, plain=plain)
    assert len(rows) == len(values)
    assert all(len(row) <= room for row in rows)
