"""Themes, terminals without colour, and French."""

import re
from pathlib import Path

import pytest
from rich.segment import Segment

from pipetui import language, resources
from pipetui.app import themes

from .making import SMALL, USUAL, Seat, seat

OURS = sorted(path.stem for path in resources.themes().glob("*.toml"))
MINE = """
name = "mine"
dark = true
primary = "#ff8800"
background = "#101010"
"""


def segments(someone: Seat) -> list[Segment]:
    return [segment for strip in someone.strips for segment in strip]


def colours(someone: Seat) -> set[str]:
    """What the screen is painted with."""
    return {str(segment.style.bgcolor) for segment in segments(someone) if segment.style}


async def choose(someone: Seat, name: str) -> None:
    await someone.press("T")
    await someone.paste(name)
    await someone.press("enter")


async def test_every_theme_paints_the_board(deals: Path) -> None:
    assert len(OURS) >= 4
    async with seat(deals, USUAL) as someone:
        await someone.press("l", "l", "space")
        plain, palettes = [strip.text for strip in someone.strips], set()
        for name in OURS:
            await choose(someone, name)
            assert someone.app.theme == name
            assert [strip.text for strip in someone.strips] == plain
            palettes.add(frozenset(colours(someone)))
        assert len(palettes) == len(OURS)


async def test_choosing_a_theme_shows_it_and_escape_goes_back(deals: Path) -> None:
    async with seat(deals) as someone:
        before, painted = someone.app.theme, colours(someone)
        await someone.press("T")
        for name in OURS:
            assert name in someone.words
        await someone.type("newsprint")
        assert someone.app.theme == "newsprint"
        assert not painted <= colours(someone)
        await someone.press("escape")
        assert someone.app.theme == before
        assert colours(someone) == painted


async def test_the_theme_in_use_is_the_one_highlighted(deals: Path) -> None:
    async with seat(deals) as someone:
        before = someone.app.theme
        await someone.press("T")
        await someone.press("enter")
        assert someone.app.theme == before


async def test_a_theme_chosen_is_there_at_the_next_start(deals: Path) -> None:
    async with seat(deals) as someone:
        await choose(someone, "newsprint")
        await someone.press("q")
    async with seat(deals) as someone:
        assert someone.app.theme == "newsprint"


async def test_a_users_theme_is_offered(deals: Path, own_world: Path) -> None:
    folder = own_world / "config" / "pipetui" / "themes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(MINE)
    async with seat(deals) as someone:
        assert someone.toasts == []
        await choose(someone, "mine")
        assert someone.app.theme == "mine"
        assert any("#101010" in colour for colour in colours(someone))


async def test_a_bad_theme_is_one_toast_and_the_app_runs(deals: Path, own_world: Path) -> None:
    folder = own_world / "config" / "pipetui" / "themes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(MINE)
    (folder / "bad.toml").write_text('name = "bad"\nprimary = "reddish [/]"\n')
    async with seat(deals) as someone:
        assert len(someone.toasts) == 1
        assert "bad.toml" in someone.toast
        assert "reddish [/]" in someone.toast
        assert "bad.toml" in someone.words
        await choose(someone, "mine")
        assert someone.app.theme == "mine"


async def test_a_remembered_theme_that_is_gone_is_replaced(deals: Path, own_world: Path) -> None:
    folder = own_world / "config" / "pipetui" / "themes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(MINE)
    async with seat(deals) as someone:
        await choose(someone, "mine")
        await someone.press("q")
    (folder / "mine.toml").unlink()
    async with seat(deals) as someone:
        assert someone.app.theme == themes.DEFAULT
        assert someone.focused.startswith("Audit")


async def test_without_colours_the_cursor_still_shows(deals: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seat(deals) as someone:
        await someone.press("j")
        assert someone.focused.startswith("Refonte")  # by its bar
        name = next(segment for segment in segments(someone) if "Refonte" in segment.text)
        other = next(segment for segment in segments(someone) if "Élan" in segment.text)
        assert name.style != other.style
        await someone.press("T")
        await someone.press("escape")
        assert someone.focused.startswith("Refonte")


def test_a_plain_terminal_gets_plain_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    from pipetui.app.marks import symbol
    from pipetui.signals.flag import Severity

    monkeypatch.setattr(sys, "__stdout__", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert all(symbol(severity).isascii() for severity in Severity)
    assert len({symbol(severity) for severity in Severity}) == 3


# French -------------------------------------------------------------------------------------------------

ENGLISH = re.compile(
    r"\b(Board|Closing|Discovery|unpriced|flagged|open deals?|weighted|help|quit|won|lost|overdue|stalled"
    r"|evidence|Qualified|Next step|Owner|Account|Amount|History|Undone|filter|days?)\b"
)


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_the_board_speaks_french(deals: Path, size: tuple[int, int]) -> None:
    language.use("fr")
    async with seat(deals, size) as someone:
        text = someone.text
        for words in ("Découverte", "41 k€", "dim. 22 nov.", "quitter", "aide"):
            assert words in text
        assert not ENGLISH.findall(text.replace("deals.db", ""))
        await someone.press("l", "l", "space")
        assert "dormante" in someone.words
        assert not ENGLISH.findall(someone.text.replace("deals.db", ""))
        await someone.press("space", "enter")
        assert "46 k€" in someone.lines[0] or "46 000,00 €" in someone.lines[0]
        assert not ENGLISH.findall(someone.text)
        await someone.press("pagedown")
        assert "46 000,00 €" in someone.text, "to the cent among the facts"
        assert not ENGLISH.findall(someone.text.replace("They want it before the fair.", ""))


async def test_dialogs_speak_french(deals: Path) -> None:
    language.use("fr")
    async with seat(deals, USUAL) as someone:
        for key in ("question_mark", "x", "s", "o", "T", "ctrl+p"):
            await someone.press(key)
            box = "\n".join(line[25:95] for line in someone.lines if "│" in line)
            assert box
            assert not ENGLISH.findall(box.replace("owner:", "")), key
            await someone.press("escape")


async def test_toasts_speak_french(deals: Path) -> None:
    language.use("fr")
    async with seat(deals) as someone:
        await someone.press("j", "L")
        assert "Qualification → Découverte" in someone.toast
        await someone.press("ctrl+z")
        assert not ENGLISH.findall(someone.toast)
