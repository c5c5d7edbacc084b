"""Previous calls: a line of numbers, one opened, two compared, minutes, how good they were."""

import re
import threading
from pathlib import Path
from typing import Any

import pytest

from pipetui import language
from pipetui.app.app import PipetuiApp
from pipetui.app.calls import listed, overview, reading
from pipetui.app.calls.chart import Point, columns, spark
from pipetui.app.start import make_app

from .forecasting import LARGE, cursor, line, look_again, start
from .held_calls import four_months, two_calls
from .making import SMALL, USUAL, Seat, change, seat
from .test_snapshots import SIZES, played, where_pictures_go  # noqa: F401 - a fixture


def below(someone: Seat, heading: str) -> str:
    """The first line below a heading."""
    lines = [" ".join(text.strip("▌ ▕").split()) for text in someone.lines]
    return next(lines[at + 1] for at, text in enumerate(lines) if text.startswith(heading))


# In the place ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_the_calls_of_the_period_are_a_line_of_numbers(deals: Path, size: tuple[int, int]) -> None:
    async with seat(start(two_calls(deals)), size) as someone:
        await someone.press("4")
        await someone.press("tab", "tab", "tab")
        # 100 and 110 of 120: 7 and 7 eighths of a full block
        assert re.search(r"Previous calls +▇▇ of €120k", someone.text)
        assert re.search(r"22 Nov 09:30 +€110k +\+€10k", someone.text)
        await someone.press("j")
        assert re.search(r"15 Nov 09:30 +€100k", someone.text)


async def test_a_call_opens_from_its_line_and_one_comes_back(deals: Path) -> None:
    async with seat(start(two_calls(deals)), USUAL) as someone:
        await someone.press("4")
        await someone.press("tab", "tab", "tab")
        await someone.press("enter")
        assert "frozen 22 Nov 09:30 by nora" in someone.lines[0]
        await someone.press("escape")
        assert "Q4 2026 · everybody" in someone.lines[1]
        assert "22 Nov 09:30" in next(text for text in someone.lines if "▌" in text)


async def test_that_one_waits_is_not_said_any_more_when_the_list_is_there(
    deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reading.read_held

    def slowly(*args: Any) -> Any:
        assert said.wait(10)
        return read(*args)

    said, say = threading.Event(), PipetuiApp.say

    def noted(self: PipetuiApp, text: str, **how: Any) -> None:
        say(self, text, **how)
        said.set()

    monkeypatch.setattr(listed, "PATIENCE", 0.02)
    monkeypatch.setattr(overview, "read_held", slowly)
    monkeypatch.setattr(PipetuiApp, "say", noted)
    async with seat(start(two_calls(deals)), USUAL) as someone:
        await someone.press("4", "p")
        assert said.is_set()
        assert "landing (won + commit)" in someone.words
        assert "being read" not in someone.text


async def test_the_list_has_a_chart_and_the_newest_call_first(deals: Path) -> None:
    async with seat(start(two_calls(deals)), USUAL) as someone:
        await someone.press("4", "p")
        assert "landing (won + commit)" in someone.words
        assert re.search(r"€120k ┄+", someone.text)
        assert line(someone, "22 Nov 09:30") == "22 Nov 09:30 €110k +€10k €125k +€5k €12k €10–125k"
        assert cursor(someone).startswith("22 Nov 09:30")
        assert line(someone, "15 Nov 09:30").startswith("15 Nov 09:30 €100k €97k −€23k €12k")


async def test_without_a_call_the_key_that_begins_one_is_told(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "p")
        assert "No forecast call was frozen yet. One is begun in Forecast with c." in someone.words
        await someone.press("d", "enter", "v", "escape")
        assert "Q4 2026" in someone.lines[1]


async def test_calls_of_other_periods_are_a_key_away(deals: Path) -> None:
    async with seat(start(two_calls(deals)), SMALL) as someone:
        await someone.press("4", "m", "p")  # none was held on November
        assert "Q4 2026 · everybody" in line(someone, "22 Nov 09:30")
        await someone.press("full_stop")
        assert "No forecast call was frozen yet" in someone.words


# One call -------------------------------------------------------------------------------------------------


async def test_what_left_the_call_since_and_by_how_much(deals: Path) -> None:
    async with seat(start(two_calls(deals)), SMALL) as someone:
        await someone.press("4", "p", "enter")
        assert "No longer matches: 1 deal has left it · landing −€6k" in someone.words
        assert "No longer matches · 1 deal · landing −€6k" in someone.words
        told = below(someone, "No longer matches · 1 deal")
        assert told.startswith("Licences 2027 MP €51k 27 Nov −€6k lowered")
        assert "landing €125k" in someone.words
        assert "the manager’s number €110k" in someone.words


async def test_what_was_said_of_a_deal_stands_below(deals: Path) -> None:
    async with seat(start(two_calls(deals)), SMALL) as someone:
        await someone.press("4", "p", "enter", "tab")
        assert cursor(someone).startswith("Migration ERP MP €64k 4 Dec The CFO said so")
        assert "Migration ERP · Cofilux · Marc Petit · €64,000.00 · Proposal · 60%" in someone.words
        assert "rep: commit · CRM: commit" in someone.words
        assert "reason: The CFO said so" in someone.words


async def test_a_deal_opens_and_one_is_back_on_its_line(deals: Path) -> None:
    async with seat(start(two_calls(deals)), SMALL) as someone:
        await someone.press("4", "p", "enter", "tab", "j")
        assert cursor(someone).startswith("Licences 2027")
        before = someone.text
        await someone.press("enter")
        assert "€45,000.00" in someone.text
        await someone.press("escape")
        assert someone.text == before
        await someone.press("4")
        assert "Q4 2026 · everybody" in someone.lines[1]


async def test_a_change_meanwhile_is_seen(deals: Path) -> None:
    async with seat(start(two_calls(deals)), SMALL) as someone:
        await someone.press("4", "p", "enter")
        change(deals, 5, "amount", 4_500_000, 5_100_000)
        await look_again(someone)
        assert "Still what its deals say." in someone.words


async def test_the_call_before_and_after(deals: Path) -> None:
    async with seat(start(two_calls(deals)), SMALL) as someone:
        await someone.press("4", "p", "enter", "less_than_sign")
        assert "frozen 15 Nov 09:30" in someone.lines[0]
        await someone.press("less_than_sign")
        assert "There is no call before this one." in someone.toast
        await someone.press("greater_than_sign")
        assert "frozen 22 Nov 09:30" in someone.lines[0]


async def test_minutes_are_copied_and_written(
    deals: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with seat(start(two_calls(deals)), SMALL) as someone:
        await someone.press("4", "p", "enter", "y")
        assert "The minutes are in the clipboard, as Markdown." in someone.toast
        assert "Migration ERP" in someone.app.clipboard
        await someone.press("e", "down", "enter")
        await someone.press("enter")
        assert "Written to" in someone.toast
        (page,) = tmp_path.glob("minutes-2026-Q4-2026-11-22.html")
        assert "Migration ERP" in page.read_text(encoding="utf-8")


# Two calls ------------------------------------------------------------------------------------------------


async def test_two_calls_deal_by_deal_with_effects_that_add_up(deals: Path) -> None:
    async with seat(start(two_calls(deals)), LARGE) as someone:
        await someone.press("4", "p", "d")
        assert "from the call of 15 Nov to that of 22 Nov" in someone.lines[0]
        assert line(someone, "landing") == "landing €97k €125k +€28k"
        assert line(someone, "the manager’s number") == "the manager’s number €100k €110k +€10k"
        for heading, told in {
            "Up · 1 deal · landing +€64k": "Migration ERP",
            "Down · 1 deal · landing −€46k": "Portail fournisseurs",
            "Another amount · 1 deal · landing +€10k": "Licences 2027",
            "Went out · 1 deal": "Tour B",
        }.items():
            assert below(someone, heading).startswith(told)
        assert "pushed out to 15 Jan 2027" in below(someone, "Went out")
        assert "down from commit to upside" in below(someone, "Down")
        assert "raised from €41k to €51k" in below(someone, "Another amount")


async def test_any_two_calls_can_be_picked(deals: Path) -> None:
    async with seat(start(two_calls(deals)), SMALL) as someone:
        await someone.press("4", "p", "j", "d")
        assert "There is no call before this one" in someone.toast
        someone.app.clear_notifications()
        await someone.press("v", "k", "d")
        assert "from the call of 15 Nov to that of 22 Nov" in someone.lines[0]
        await someone.press("d")
        assert "Compare the call of" in someone.text
        await someone.press(*"22 nov", "enter")
        assert "with the call of" in someone.text
        await someone.press("enter")
        assert "from the call of 15 Nov to that of 22 Nov" in someone.lines[0]  # the older one first
        await someone.press("enter")
        assert "Tour B" in someone.lines[0]


# How good they were ---------------------------------------------------------------------------------------


async def test_thin_data_is_refused_and_says_what_lacks(deals: Path) -> None:
    async with seat(start(two_calls(deals)), SMALL) as someone:
        await someone.press("4", "a")
        assert "0 closed periods, 4 are needed" in someone.words
        assert "No call on a period that is over held a commit yet." in someone.words


async def test_bias_and_wape_by_horizon(tmp_path: Path) -> None:
    async with seat(start(four_months(tmp_path / "deals.db")), LARGE) as someone:
        await someone.press("4", "a")
        # 110 against 100 in each month at the start, 100 in the middle; none a month before
        assert re.search(r"^July 2026 €100 .*— \+10% 0%$", line(someone, "July 2026"))
        assert line(someone, "bias") == "bias — +10.0% 0.0%"
        assert line(someone, "off by (WAPE)") == "off by (WAPE) — 10.0% 0.0%"
        assert "M-1: 0 closed periods, 4 are needed" in someone.words


async def test_what_became_of_commits_ranges_and_dates(tmp_path: Path) -> None:
    async with seat(start(four_months(tmp_path / "deals.db")), LARGE) as someone:
        await someone.press("4", "a")
        assert "3 of 4 inside, 75%; 80% would be right" in someone.words  # October: 90–95, 100 came
        assert line(someone, "Claire Dubois").startswith("Claire Dubois 4/8 50% 4 · · · loose")
        await someone.press("tab", "tab")
        assert cursor(someone).startswith("Claire Dubois")
        await someone.press("enter")
        assert "Commits: Claire Dubois" in someone.lines[0]
        assert "slipped · 4 deals" in someone.words
        assert "July 2026: open, due 9 Dec" in someone.words
        await someone.press("enter")
        assert "Slipped 7" in someone.text
        await someone.press("escape", "escape")
        assert cursor(someone).startswith("Claire Dubois")


async def test_what_was_won_in_a_period_opens(tmp_path: Path) -> None:
    async with seat(start(four_months(tmp_path / "deals.db")), SMALL) as someone:
        await someone.press("4", "a", "enter")
        assert "won: July 2026" in someone.lines[0]
        assert cursor(someone).startswith("Won 7")


# The chart ------------------------------------------------------------------------------------------------


def texts(points: list[Point], line_at: int | None, width: int = 30, height: int = 5) -> list[str]:
    rows = columns(points, line_at, width, height, lambda amount: f"{amount}k")
    return ["".join(part.text for part in row.parts).rstrip() for row in rows]


def test_a_column_is_as_high_as_its_amount() -> None:
    told = texts([Point("a", 50), Point("b", 100, 25)], 100)
    assert told[0].strip().startswith("100k ┄")
    assert "█" in told[0]
    assert [row.count("█") for row in told[:4]] == [9, 9, 18, 17]
    assert told[3].count("●") == 1
    assert told[4].split() == ["a", "b"]


def test_a_chart_of_nothing_is_none() -> None:
    assert texts([], None) == []
    assert texts([Point("a", 0)], 0) == []


def test_what_does_not_fit_is_left_out_at_the_left() -> None:
    told = texts([Point(f"{n:02}", n + 1) for n in range(60)], None, width=20)
    assert all(len(row) <= 20 for row in told)
    assert told[-1].endswith("59")


def test_a_line_in_one_row() -> None:
    assert spark([0, 50, 100, 200], 100) == "▁▄██"
    assert spark([], 100) == ""
    assert spark([0], None) == ""


def test_without_unicode_a_chart_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipetui.app.calls.chart.has_unicode", lambda: False)
    assert spark([0, 55, 100], 100) == "059"
    assert "".join(texts([Point("a", 50), Point("b", 100, 25)], 100)).isascii()


# What it looks like ---------------------------------------------------------------------------------------


@SIZES
@pytest.mark.parametrize("screen", ["calls", "past", "compared", "doubt"])
def test_looks_in_french(snap_compare: Any, deals: Path, screen: str, size: tuple[int, int]) -> None:
    language.use("fr")
    keys = {
        "calls": [["4"], ["p"], ["v"]],
        "past": [["4"], ["p"], ["enter"], ["tab"]],
        "compared": [["4"], ["p"], ["d"]],
        "doubt": [["4"], ["s"]],
    }
    begun = start(two_calls(deals))
    assert snap_compare(make_app(begun), terminal_size=size, run_before=played(begun, keys[screen]))


@SIZES
def test_accuracy_looks(snap_compare: Any, tmp_path: Path, size: tuple[int, int]) -> None:
    begun = start(four_months(tmp_path / "deals.db"))
    assert snap_compare(make_app(begun), terminal_size=size, run_before=played(begun, [["4"], ["a"]]))
