"""Winning, losing and reopening deals."""

from pathlib import Path

import pytest

from .making import SMALL, USUAL, rows, seat, stage_of


def closed(path: Path, name: str) -> tuple[str, str | None, str | None]:
    """Status, day and reason in the store."""
    sql = "SELECT status, closed_on, close_reason FROM deal WHERE name = ?"
    ((status, day, reason),) = rows(path, sql, name)
    return status, day, reason


async def test_winning_takes_today_and_needs_no_reason(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("end", "w")
        assert "Tour B is won" in someone.words
        await someone.press("enter")
        assert closed(deals, "Tour B")[:2] == ("won", "2026-11-22")
        assert stage_of(deals, "Tour B") == "Won"
        assert someone.toast == "Tour B is won (Sunday 22 Nov 2026) · ctrl+z undoes"


async def test_beyond_the_last_stage_a_deal_is_won(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("end", "L")
        assert "Tour B is won" in someone.words
        await someone.press("enter")
        assert closed(deals, "Tour B")[0] == "won"


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_losing_needs_a_reason(deals: Path, size: tuple[int, int]) -> None:
    async with seat(deals, size) as someone:
        await someone.press("x")
        for words in ("Audit sécurité is lost", "No budget", "Competitor", "Bad timing", "2026-11-22"):
            assert words in someone.words
        await someone.press("enter")
        assert "Say why" in someone.words
        assert closed(deals, "Audit sécurité")[0] == "open"
        await someone.press("down", "down")
        await someone.press("enter")
        assert closed(deals, "Audit sécurité") == ("lost", "2026-11-22", "Competitor")


async def test_a_reason_of_ones_own(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("x")
        await someone.type("They [merged]")
        await someone.press("enter")
        assert closed(deals, "Audit sécurité")[2] == "They [merged]"


async def test_typing_narrows_the_reasons(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("x")
        await someone.type("comp")
        assert "Competitor" in someone.words
        assert "No budget" not in someone.words
        await someone.press("down", "enter")
        assert closed(deals, "Audit sécurité")[2] == "Competitor"


async def test_the_day_may_be_another(deals: Path) -> None:
    async with seat(deals) as someone:
        for typed, day in (
            ("-2", "2026-11-20"),
            ("30/10", "2026-10-30"),
            ("30/11", "2025-11-30"),
            ("2026-11-02", "2026-11-02"),
            ("", "2026-11-22"),
        ):
            await someone.press("w", "tab")
            await someone.press("ctrl+u", "ctrl+k", *typed)
            await someone.press("enter")
            assert closed(deals, "Audit sécurité")[:2] == ("won", day)
            await someone.press("ctrl+z")
            assert someone.focused.startswith("Audit")


async def test_the_box_of_the_day_can_be_emptied_and_tells_what_it_takes(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("w", "tab", "ctrl+u", "ctrl+k")
        await someone.type("soon")
        await someone.press("enter")
        assert "This is no date" in someone.words
        await someone.press("ctrl+u", "ctrl+k")
        await someone.type("2026-11-23")
        await someone.press("enter")
        assert "cannot be closed in the future" in someone.words
        assert closed(deals, "Audit sécurité")[0] == "open"


async def test_never_mind(deals: Path) -> None:
    async with seat(deals) as someone:
        before = someone.text
        await someone.press("x", "down", "escape")
        assert someone.text == before
        assert closed(deals, "Audit sécurité")[0] == "open"


async def test_closing_can_be_undone(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("w")
        await someone.press("enter")
        await someone.press("ctrl+z")
        assert closed(deals, "Audit sécurité")[:2] == ("open", None)
        assert stage_of(deals, "Audit sécurité") == "Qualification"
        assert someone.focused.startswith("Audit")


async def test_a_closed_deal_is_reopened_by_a_step_back(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("full_stop", "end")
        assert someone.focused.startswith("Badgeuse")
        await someone.press("H")
        assert closed(deals, "Badgeuse")[:2] == ("open", None)
        assert stage_of(deals, "Badgeuse") == "Closing"
        assert someone.focused.startswith("Badgeuse")
        assert someone.current_title == "Closing"


async def test_a_lost_deal_may_turn_out_to_be_won(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("full_stop", "end", "w")
        await someone.press("enter")
        assert closed(deals, "Badgeuse")[0] == "won"
        assert stage_of(deals, "Badgeuse") == "Won"


async def test_the_strip_at_the_right_counts_what_was_closed(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("end", "w")
        await someone.press("enter")
        if "Won" in someone.titles:  # the closed columns have opened to show it
            await someone.press("full_stop")
        assert someone.lines[2][-7:].split() == ["✓", "2"]
