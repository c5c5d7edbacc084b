"""Winning, losing and reopening deals."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from pipetui.app.dates import doubt, in_words
from pipetui.language import use

from .making import CLOSING, SMALL, TODAY, USUAL, deal, fill, rows, seat, stage_of

BECAUSE = (
    "SELECT b.because FROM batch b JOIN deal_event e ON e.batch_id = b.id JOIN deal d ON d.id = e.deal_id "
    "WHERE e.field = 'status' AND b.kind = 'edit' AND d.name = ?"
)


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
        await someone.press("end")
        for typed, day in (
            ("-2", "2026-11-20"),
            ("30/10", "2026-10-30"),
            ("2026-11-02", "2026-11-02"),
            ("", "2026-11-22"),
        ):
            await someone.press("w", "tab")
            await someone.press("ctrl+u", "ctrl+k", *typed)
            await someone.press("enter")
            assert closed(deals, "Tour B")[:2] == ("won", day)
            await someone.press("ctrl+z")
            assert someone.focused.startswith("Tour B")


@pytest.mark.parametrize("size", [SMALL, USUAL])
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ["Sunday 22 Nov · today", "Friday 20 Nov · 2 d ago", "Sunday 30 Nov 2025 · 357 d ago"]),
        (
            "fr",
            [
                "dimanche 22 nov. · auj.",
                "vendredi 20 nov. · il y a 2 j",
                "dimanche 30 nov. 2025 · il y a 357 j",
            ],
        ),
    ],
)
async def test_the_day_is_read_back_in_words_as_it_is_typed(
    deals: Path, size: tuple[int, int], lang: str, said: list[str]
) -> None:
    use(lang)
    async with seat(deals, size) as someone:
        await someone.press("x")
        assert said[0] in someone.words
        await someone.press("tab", "ctrl+u", "ctrl+k", "-", "2")
        assert said[1] in someone.words
        await someone.press("ctrl+u", "ctrl+k", *"30/1")
        assert said[2] not in someone.words
        await someone.press("1")
        assert said[2] in someone.words
        await someone.press("x")
        assert said[2] not in someone.words


@pytest.mark.parametrize("typed", ["2026-11-23", "2027-01-01"])
async def test_the_future_is_refused_before_and_after_enter(deals: Path, typed: str) -> None:
    async with seat(deals) as someone:
        await someone.press("end", "w", "tab", "ctrl+u", "ctrl+k", *typed)
        assert "✗" in someone.words
        for _time in range(3):
            await someone.press("enter")
            assert someone.words.count("A deal cannot be closed in the future.") == 1
        assert closed(deals, "Tour B")[0] == "open"


async def test_a_day_before_the_deal_began_wants_enter_twice(deals: Path) -> None:
    """The CRM may have heard of a deal after it was signed: odd, but not wrong."""
    async with seat(deals, SMALL) as someone:
        await someone.press("end", "w", "tab", "ctrl+u", "ctrl+k", *"30/09")
        assert "? Wednesday 30 Sep · 53 d ago" in someone.words
        await someone.press("enter")
        assert "The deal was created later, on Thursday 1 Oct 2026. Enter once more" in someone.words
        assert closed(deals, "Tour B")[0] == "open"
        await someone.press("backspace")
        await someone.press("8")  # another odd day is asked of again
        await someone.press("enter")
        assert closed(deals, "Tour B")[0] == "open"
        await someone.press("enter")
        assert closed(deals, "Tour B")[:2] == ("won", "2026-08-30")


async def test_a_day_more_than_a_year_ago_wants_enter_twice(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal("Old one", CLOSING, 1_000, created=date(2024, 1, 1))])
    async with seat(path) as someone:
        await someone.press("end", "w", "tab", "ctrl+u", "ctrl+k", *"2025-11-21")
        await someone.press("enter")
        assert "That is more than a year ago. Enter once more if the date is right." in someone.words
        assert closed(path, "Old one")[0] == "open"
        await someone.press("enter")
        assert closed(path, "Old one")[:2] == ("won", "2025-11-21")


@pytest.mark.parametrize(
    ("day", "created", "is_odd"),
    [
        (TODAY, TODAY, False),
        (TODAY - timedelta(1), TODAY, True),
        (TODAY - timedelta(1), None, False),
        (TODAY - timedelta(365), None, False),
        (TODAY - timedelta(366), None, True),
    ],
)
def test_what_makes_a_closing_date_doubtful(day: date, created: date | None, is_odd: bool) -> None:
    assert bool(doubt(day, TODAY, created)) is is_odd


def test_days_far_ahead_are_told_too() -> None:
    assert in_words(date(2027, 3, 1), TODAY) == "Monday 1 Mar 2027 · in 99\u00a0d"


# Gates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_winning_past_unmet_criteria_asks_why(deals: Path, size: tuple[int, int]) -> None:
    """Also those of the stages between, and both reasons are kept apart."""
    async with seat(deals, size) as someone:
        await someone.press("w", "down", "enter")
        assert closed(deals, "Audit sécurité")[0] == "open"
        assert "Audit sécurité is not ready to be won" in someone.words
        assert "? The decision makers saw the demo" in someone.words  # two stages ahead
        await someone.press("enter")
        assert "A few words are needed" in someone.words
        await someone.type("signed at the fair")
        await someone.press("enter")
        assert closed(deals, "Audit sécurité") == ("won", "2026-11-22", "Price")
        assert rows(deals, BECAUSE, "Audit sécurité") == [("signed at the fair",)]


async def test_who_gives_no_reason_is_back_in_the_dialog_with_what_was_typed(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("w")
        await someone.type("they like us")
        await someone.press("tab", "ctrl+u", "ctrl+k", "-", "3")
        await someone.press("enter")
        await someone.press("escape")
        assert "they like us" in someone.words
        assert "2026-11-19" in someone.words
        await someone.press("escape")
        assert closed(deals, "Audit sécurité")[0] == "open"


async def test_beyond_the_last_stage_the_gates_are_asked_too(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("slash")
        await someone.type("portail")
        await someone.press("enter")
        await someone.press("w", "enter")
        assert "✗ The buyer has confirmed who decides" in someone.words


async def test_losing_asks_only_its_own_reason(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "x", "down", "enter")
        assert closed(deals, "Portail fournisseurs") == ("lost", "2026-11-22", "No budget")


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
        await someone.press("x", "down")
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
