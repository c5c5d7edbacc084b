"""Trends: a year of a small firm, its figures by hand, the deals behind every point."""

from collections.abc import Iterator
from math import inf, nan
from pathlib import Path
from time import perf_counter

import pytest

from pipetui.app.trends.chart import drawn
from pipetui.app.trends.shown import Lines
from pipetui.app.trends.table import Line, Stroke, Table
from pipetui.charts.points import Series
from pipetui.language import use

from .a_year import go, told, year_in
from .making import SMALL, USUAL, Start, change, seat


@pytest.fixture
def year(tmp_path: Path) -> Start:
    return year_in(tmp_path)


@pytest.fixture
def french() -> Iterator[None]:
    use("fr")
    yield
    use("en")


# What the views say ------------------------------------------------------------------------------------


async def test_the_figures_are_those_one_works_out_by_hand(year: Start) -> None:
    async with seat(year, USUAL) as someone:
        await someone.press("6", "j")
        # 10 sound deals × 15 ÷ 30 × 10,000 ÷ 120 days = 416.67
        assert "€417 a day = 10 deals × 50% win rate × €10k ÷ 120 days" in someone.words
        await someone.press("j")
        assert told(someone, "Qualification").startswith("Qualification 75% — 50 30 10 10")
        assert told(someone, "Discovery").startswith("Discovery 100% — 30 24 0 6")
        assert told(someone, "Demo").startswith("Demo 75% — 24 15 5 4")
        await someone.press("s")
        assert told(someone, "Qualification").startswith("Qualification 60% — 50 30")  # entries ÷ entries
        assert "Other deals stand on both sides" in someone.words
        await someone.press("s", "j")
        assert told(someone, "Qualification").startswith("Qualification 31 d 31 d — 40 10")
        assert told(someone, "Discovery").startswith("Discovery 64 d")
        await someone.press("j")
        assert "50% 15 of 30" in someone.words
        assert told(someone, "Q1 2026").startswith("Q1 2026 10 of 20 0 10")
        assert told(someone, "Q2 2026").startswith("Q2 2026 75% 15 5 €150k 120 d €10k")
        await someone.press("backspace", "backspace")
        assert told(someone, "Q1 2026").startswith("Q1 2026 38% 40 15")  # won within 180 days ÷ created
        await someone.press("j", "space")
        assert told(someone, "start").startswith("start €100,000.00 10")
        assert told(someone, "new").startswith("new +€100,000.00 10")
        assert told(someone, "end").startswith("end €200,000.00 20")
        await someone.press("j")
        assert "50% older than 90 days n = 20" in someone.words
        assert told(someone, "22 Nov").startswith("22 Nov 50% 10 0 10 0")
        await someone.press("j")
        assert told(someone, "Q4 2026").startswith("Q4 2026 0.5× 0.5× €100k €0 €200k")
        await someone.press("space")
        # 200,000 ÷ 50% ÷ (92 ÷ 7 weeks) = 30,435 a week; 100,000 ÷ 13 = 7,692 of it are created
        assert "€7.7k a week" in someone.words
        assert "The quota of Q4 2026 needs €30k a week at today’s win rate: 25% of it" in someone.words
        await someone.press("j")
        assert "15 deals lost · €150k of 30 that were closed" in someone.words
        assert told(someone, "Qualification").startswith("Qualification 10 €100k 0 No budget (10)")
        assert told(someone, "Demo").startswith("Demo 5 €50k 0 Competitor (5)")
        await someone.press("j")
        assert "0 closed periods, 4 are needed" in someone.words


async def test_the_cursor_finds_the_deals_behind_a_point(year: Start) -> None:
    async with seat(year, SMALL) as someone:
        await someone.press("6")
        await go(someone, "Losses")
        assert "Most are lost" not in someone.words  # 10 are too few to say so
        await someone.press("right", "enter")
        assert "lost in Demo 5 deals · €50,000.00" in " ".join(someone.lines[0].split())
        await someone.press("j", "enter")
        assert "€10,000.00" in someone.text  # the deal itself
        await someone.press("escape", "escape", "left", "enter")
        assert "lost in Qualification 10 deals" in " ".join(someone.lines[0].split())
        await someone.press("escape")
        await go(someone, "Flow")
        await someone.press("space", "enter")
        assert "new 10 deals · €100,000.00" in " ".join(someone.lines[0].split())
        assert "+€10k" in someone.text
        await someone.press("escape")
        await go(someone, "Time in stage")
        await someone.press("space", "space", "enter")  # of one open deal on the curve: the deal itself
        assert "Deal 30" in someone.lines[0]
        await someone.press("]")
        assert "Deal 29" in someone.lines[0]
        await someone.press("2")
        assert "Qualification" in someone.lines[2] or "Qualification" in someone.lines[3]


async def test_whose_which_and_when(year: Start) -> None:
    async with seat(year, USUAL) as someone:
        await someone.press("6")
        await go(someone, "Win rate")
        await someone.press("o", "down", "enter")
        assert "Claire Dubois" in someone.lines[1]
        assert "not enough: 15 of 20" in someone.words
        await someone.press("escape")
        assert "50% 15 of 30" in someone.words
        await someone.press("slash")
        await someone.paste("amount>20k")
        assert "0 deals found" in someone.words
        assert "No deal matches amount>20k. f picks others, esc takes them away." in someone.words
        await someone.press("escape")
        assert "50% 15 of 30" in someone.words
        await someone.press("m")
        assert told(someone, "May 2026").startswith("May 2026 75% 15 5")
        await someone.press("m", "<", "<", "<")  # to 31 March: nothing was won by then
        assert "31 Mar" in someone.lines[1]
        assert "not enough: 10 of 20" in someone.words
        await someone.press(">", ">", ">")
        assert "50% 15 of 30" in someone.words
        await someone.press("w", "k", "enter")
        assert "182 days" in someone.lines[1]  # 24 May to today: nothing was closed


async def test_the_flow_between_two_days_that_are_typed(year: Start) -> None:
    async with seat(year, USUAL) as someone:
        await someone.press("6", "d", "ctrl+u")
        await someone.type("2026-04-30")
        await someone.press("tab", "ctrl+u")
        await someone.type("2026-04-01")
        await someone.press("enter")
        assert "The last day lies before the first." in someone.words
        await someone.press("ctrl+u")
        await someone.type("2026-05-31")
        await someone.press("enter")
        assert "between the days chosen" in someone.words
        # 30 open at the end of April, 15 of them won and 5 lost in May
        assert told(someone, "start").startswith("start €300,000.00 30")
        assert told(someone, "lost").startswith("lost −€50,000.00 5")
        assert told(someone, "won").startswith("won −€150,000.00 15")
        assert told(someone, "end").startswith("end €100,000.00 10")


async def test_what_somebody_else_writes_is_shown_and_the_cursor_stays(year: Start) -> None:
    async with seat(year, USUAL) as someone:
        await someone.press("6")
        await go(someone, "Age")
        await someone.press("left", "left")
        before = next(line for line in someone.lines if "▌" in line[30:])
        change(Path(year.location), 21, "status", "open", "lost")
        someone.app._watch.look()
        await someone.settle()
        assert "not enough: 19 of 20" in someone.words
        assert next(line for line in someone.lines if "▌" in line[30:])[30:50] == before[30:50]


async def test_thin_data_is_refused_and_said(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("minus")  # the 6 of a French keyboard
        assert "There is too little data for a diagnosis" in someone.words
        assert "3 closed deals, 20 are needed" in someone.words
        await someone.press("j")
        assert "No velocity: not enough: 2 of 5 wins" in someone.words
        for _view in range(8):
            await someone.press("j", "right", "space")
            assert "%" not in someone.text.replace("100%", "").split("Accuracy")[0]


async def test_the_view_is_remembered(year: Start, french: None) -> None:
    async with seat(year, SMALL) as someone:
        await someone.press("6", "j", "j", "m", "q")
    async with seat(year, SMALL) as someone:
        assert "Conversion ·" in someone.text
        assert "75 %" in someone.text
        await someone.pilot.resize_terminal(200, 55)
        await someone.settle()
        assert "Deal 50" in someone.text  # what stands behind the point


# Parts -------------------------------------------------------------------------------------------------


def test_a_chart_survives_whatever_it_is_given_and_is_quick() -> None:
    values = [nan, inf, -inf, None, 0.0, -5.0, 1e300, 3.0, *(float(n % 97) for n in range(100_000))]
    series = Series("x", list(zip(map(float, range(len(values))), values, strict=True)))
    lines = Lines((series, Series("y", [(5.0, 1.0)], "o")), ("$primary", "$accent"), str, ((4.0, "begin"),))
    assert any("begin" in part.text for row in drawn(lines, 5.0, 80, 12) for part in row.parts)
    one = Lines((Series("x", [(1.0, 2.0)]),), ("$primary",), str, ())
    assert len(drawn(one, 1.0, 60, 10)) == 10
    assert drawn(Lines((Series("x", [(1.0, None)]),), ("$primary",), str, ()), None, 60, 10) == []
    assert drawn(one, None, 10, 3) == []
    twelve = Lines((Series("x", [(float(n), n * 2.0) for n in range(13)]),), ("$primary",), str, ())
    best = min(_seconds(lambda: drawn(twelve, 3.0, 120, 20)) for _ in range(5))
    assert best < 0.04


def _seconds(job: "object") -> float:
    started = perf_counter()
    job()  # type: ignore[operator]
    return perf_counter() - started


@pytest.mark.parametrize("width", [30, 56, 81, 140])
def test_a_table_never_grows_beyond_its_width(width: int) -> None:
    cells = ("12 of 20", "€10k", "1,234", "a reason that is long (12)")
    lines = [
        Line("a", "A stage with a name of some length", cells, (Stroke(0, 10), Stroke(10, nan)), mark=5),
        Line("b", "B", ("—",)),
    ]
    rows = Table(("win rate", "amount", "deals", "most often because"), lines).rows(width)
    assert all(sum(len(part.text) for part in row.parts) <= width for row in rows)
    assert [row.key for row in rows if row.key] == ["a", "b"]
    assert "12 of 20" in "".join(part.text for part in rows[1].parts)
