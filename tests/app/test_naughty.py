"""Names from outside that would like to be something else: markup, escapes, right-to-left marks, wide characters.

The strings are the Big List of Naughty Strings (`tests/data/SOURCES.md`).
"""

import json
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.strip import Strip

from pipetui.deals.text import clean

from .making import QUALIFICATION, SMALL, USUAL, Seat, deal, fill, seat, stage_of

DATA = Path(__file__).parents[1] / "data" / "blns" / "blns.json"
BLNS: list[str] = json.loads(DATA.read_text(encoding="utf-8"))

WORST = (
    "[/]",
    "[@click=app.quit]x[/]",
    "[bold red]Q3 [Renewal]",
    "\x1b]0;owned\x07\x1b[31mred\x1b[2J",
    "NUL\0and\x9b31mC1",
    "\u202eright to left\u202c \u2066x\u2069",
    "👩‍👩‍👧‍👦 family 🏴‍☠️",
    "❤️ ✈️ ☎️ VS16",
    "日本語の商談名は長いです、とても長いです",
    "x" * 500,
    "two\nlines\r\nand\ttab",
    "Z̷̡͇͎̎̂̓a̶̢̛͔͑̈́l̵̢̛͎͇̂̓g̶̡̛͓̣̈́o̸̧̤͆̃̕",
    "%(deal)s %s {0} $amount \\",
)


def names() -> list[str]:
    """As an import lets them in; what is nothing afterwards has no name."""
    return [clean(text) for text in BLNS]


@cache
def _stored() -> list[str]:
    return names()


@pytest.fixture
def naughty(tmp_path: Path) -> Path:
    """A store in which every deal, account and owner has a naughty name; forty to a column."""
    path = tmp_path / "naughty.db"
    fill(
        path,
        [
            deal(name, 1 + number % 6, number, account=name, owner=name[:60], next_step=name)
            for number, name in enumerate(_stored())
        ],
    )
    return path


def assert_harmless(strips: Iterable[Strip], width: int) -> None:
    for strip in strips:
        text = strip.text
        assert cell_len(text) == width, text
        assert strip.cell_length == width
        for segment in strip:
            assert segment.control is None
        for char in text:
            category = unicodedata.category(char)
            assert category not in ("Cc", "Cf", "Cs", "Zl", "Zp"), (hex(ord(char)), text)


def test_there_are_515_of_them() -> None:
    assert len(BLNS) == 515


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_every_card_is_reachable(naughty: Path, size: tuple[int, int]) -> None:
    async with seat(naughty, size) as someone:
        await someone.press("z", "z")  # one row a card
        seen = set()
        for column in range(6):
            cards = [number for number in range(len(BLNS)) if number % 6 == column]
            for _card in cards:
                deal_here = someone.app.board.current
                assert deal_here is not None
                seen.add(deal_here.id)
                await quickly(someone, "j")
            assert_harmless(someone.strips, size[0])
            await someone.press("l")
        assert len(seen) == len(BLNS)


async def quickly(someone: Seat, key: str) -> None:
    """A key without waiting for the paint."""
    from textual.events import Key

    driver = someone.app._driver
    assert driver is not None
    driver.send_message(Key(key, key))
    await someone.pilot._wait_for_screen()


@pytest.mark.parametrize("zooms", [0, 1])
async def test_every_card_is_painted_harmlessly(naughty: Path, zooms: int) -> None:
    async with seat(naughty, (200, 55)) as someone:
        await someone.press(*["z"] * zooms)
        for _page in range(12):
            assert_harmless(someone.strips, 200)
            for _column in range(6):
                await someone.press("pagedown", "l")
            await someone.press("home")


async def test_every_deal_view_and_panel_is_harmless(naughty: Path) -> None:
    async with seat(naughty) as someone:
        await someone.press("space")
        for _column in range(6):
            for _card in range(6):
                await someone.press(*["j"] * 14)
                assert_harmless(someone.strips, 120)
            await someone.press("enter")
            assert_harmless(someone.strips, 120)
            await someone.press("]", "pagedown")
            assert_harmless(someone.strips, 120)
            await someone.press("escape")
            await someone.press("l")


@pytest.mark.parametrize("name", WORST)
async def test_the_worst_of_names_everywhere(tmp_path: Path, name: str) -> None:
    path = tmp_path / "worst.db"
    known = clean(name)
    worst = {"account": known, "owner": known, "next_step": known, "close_reason": known, "segment": known}
    fill(path, [deal(name, QUALIFICATION, 1_000, levels="0000000", **worst), deal("Plain", QUALIFICATION, 2_000)])
    async with seat(path, USUAL) as someone:

        async def harmless(*keys: str) -> None:
            await someone.press(*keys)
            assert_harmless(someone.strips, 120)
            assert someone.app.is_running

        visible = next((word for word in known.split() if len(word) < 12), known[:8])
        assert visible in someone.text
        for keys in (
            ["space"], ["z"], ["z"], ["z"],
            ["enter"], ["escape"],
            ["L"], ["escape"],  # the gate
            ["x"], ["escape"], ["w"], ["escape"], ["o"], ["escape"], ["ctrl+p"],
        ):  # fmt: skip
            await harmless(*keys)
        await someone.paste(known[:40])
        await harmless()
        await someone.press("enter")  # found
        assert someone.app.board.current.name == known
        await harmless("L")
        await someone.paste("because of [/] " + name)
        await harmless("enter")
        assert stage_of(path, known) == "Discovery"
        assert "ctrl+z undoes" in someone.toast
        await harmless("ctrl+z")
        await harmless("slash")
        await someone.paste(known[:30])
        await harmless("enter")
        await harmless("escape")
        await someone.pilot.hover(offset=(5, 6))
        await harmless("x", "down", "enter")
        await harmless("full_stop", "end", "enter")


async def test_names_in_the_playbook_are_no_markup_either(tmp_path: Path) -> None:
    from pipetui.playbook.models import Criterion, Pipeline, Playbook, Reasons, Stage

    from .making import Start

    odd = "[/] [@click=app.quit]odd"
    playbook = Playbook(
        pipelines=(
            Pipeline(
                name="Sales",
                stages=(
                    Stage(name=odd, probability=0.1, exit=(Criterion(text=f"{odd}?"),)),
                    Stage(name=f"{odd} 2", probability=0.5),
                    Stage(name=f"{odd} won", kind="won", probability=1),
                    Stage(name=f"{odd} lost", kind="lost", probability=0),
                ),
            ),
        ),
        close_reasons=Reasons(lost=(odd,)),
    )
    path = tmp_path / "odd.db"
    fill(path, [deal("Plain", 1, 1_000)], playbook)
    async with seat(Start(str(path), playbook)) as someone:
        for keys in (["space"], ["enter"], ["escape"], ["L"]):
            await someone.press(*keys)
            assert "[/] [@click=app.quit]odd" in someone.words
        assert f"? {odd}?" in someone.words
        await someone.type("so")
        await someone.press("enter")
        assert stage_of(path, "Plain") == f"{odd} 2"
        await someone.press("x", "down")
        assert odd in someone.words
        await someone.press("enter")
        assert stage_of(path, "Plain") == f"{odd} lost"
