"""Names from outside that would like to be something else: markup, escapes, bidi marks, wide characters.

The strings are the Big List of Naughty Strings (`tests/data/SOURCES.md`).
"""

import json
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rich.cells import cell_len
from textual.events import Key
from textual.strip import Strip

from pipetui.deals.text import clean

from .making import QUALIFICATION, SMALL, deal, fill, seat, stage_of

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


@cache
def _naughty() -> bytes:
    """The store as a file, made once."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "naughty.db"
        states = [
            deal(
                clean(text),
                1 + number % 6,
                number,
                account=clean(text),
                owner=clean(text, 60),
                next_step=clean(text),
            )
            for number, text in enumerate(BLNS)
        ]
        fill(path, states)
        return path.read_bytes()


@pytest.fixture
def naughty(tmp_path: Path) -> Path:
    """A store in which every deal, account and owner has a naughty name, some eighty to a column."""
    path = tmp_path / "naughty.db"
    path.write_bytes(_naughty())
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


async def test_every_card_is_reachable(naughty: Path) -> None:
    async with seat(naughty, SMALL) as someone:
        driver = someone.app._driver
        assert driver is not None
        await someone.press("z", "z")  # one row a card
        for column in range(6):
            others = sum(number % 6 == column for number in range(len(BLNS))) - 1
            for _card in range(others):  # held down, without waiting for the paint
                driver.send_message(Key("j", "j"))
            await someone.settle()
            last = someone.app.board.current
            assert last is not None
            assert last.id == column + 1  # the smallest amount
            assert someone.focused.startswith(last.name[:5])
            assert_harmless(someone.strips, 80)
            await someone.press("j")
            assert someone.app.board.current == last
            await someone.press("l")


@pytest.mark.parametrize("zooms", [0, 1, 2])
async def test_every_card_is_painted_harmlessly(naughty: Path, zooms: int) -> None:
    """On a screen so high that a third of them are in sight."""
    async with seat(naughty, (154, 130)) as someone:
        await someone.press(*["z"] * zooms)
        while True:
            assert_harmless(someone.strips, 154)
            before = someone.card
            await someone.press(*["pagedown", "l"] * 6, "home")
            if someone.card == before:
                break


async def test_the_panel_is_harmless(naughty: Path) -> None:
    async with seat(naughty) as someone:
        await someone.press("space", "l")
        for _card in range(9):
            await someone.press(*["j"] * 10)
            assert_harmless(someone.strips, 120)


async def test_the_deal_view_is_harmless(naughty: Path) -> None:
    async with seat(naughty) as someone:
        await someone.press("l", "l", "enter")
        for _card in range(9):
            await someone.press(*["]"] * 10)
            assert_harmless(someone.strips, 120)


@pytest.fixture
def worst(tmp_path: Path) -> Path:
    """A store in which `WORST` are deals, accounts and owners, with next to nothing known of them."""
    path = tmp_path / "worst.db"
    known = [clean(name) for name in WORST]
    fill(
        path,
        [
            deal(name, QUALIFICATION, 1_000, account=name, owner=name, next_step=name, levels="0000000")
            for name in known
        ],
    )
    return path


async def test_the_worst_of_names_in_dialogs_and_toasts(worst: Path) -> None:
    async with seat(worst, SMALL) as someone:

        async def harmless(*keys: str) -> None:
            await someone.press(*keys)
            assert_harmless(someone.strips, 80)
            assert someone.app.is_running

        for name in WORST[::2]:  # the others are of the same kinds
            known = clean(name)
            someone.app.clear_notifications()
            await harmless("ctrl+p")
            await someone.paste(known[:40])
            await harmless("enter")
            assert someone.app.board.current is not None
            assert someone.app.board.current.name == known
            await harmless("L")  # the gate
            await someone.paste(f"because of [/] {name}")
            await harmless("enter")
            assert stage_of(worst, known) == "Discovery"
            assert someone.toast.startswith(known[:20])
            await harmless("x")  # lost
            await someone.paste(name)
            await harmless("enter")
            assert stage_of(worst, known) == "Lost"


async def test_the_worst_of_names_in_lists_and_the_filter(worst: Path) -> None:
    async with seat(worst, (160, 60)) as someone:
        await someone.press("o")
        for _name in WORST:
            await someone.press("down")
            assert_harmless(someone.strips, 160)
        await someone.press("enter")
        assert_harmless(someone.strips, 160)
        await someone.press("escape")
        for name in WORST:
            known = clean(name)
            await someone.press("slash")
            await someone.paste(f'"{known}"')
            assert_harmless(someone.strips, 160)
            assert known[:10] in "\n".join(someone.column("Qualification"))
            await someone.press("escape")


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
