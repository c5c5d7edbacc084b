"""A call goes on after whatever ended the app, and two people sit in one."""

import json
from pathlib import Path

from pipetui.app.memory import Memory
from pipetui.deals.category import Category
from pipetui.store import paths

from .calling import ROOM, at, begin, desk, last_line, lines_in, play
from .forecasting import look_again, start
from .making import Seat, change, seat


def kept() -> str:
    """What the file says of a half-typed answer."""
    stores = json.loads((paths.state_dir() / "app.json").read_text())["stores"]
    (its,) = stores.values()
    return str(its.get("call_draft", ""))


async def until_kept(someone: Seat, text: str) -> None:
    for _step in range(400):
        if (paths.state_dir() / "app.json").exists() and text in kept():
            return
        await someone.settle()
    raise AssertionError(kept())


# After an interruption ----------------------------------------------------------------------------------


async def test_the_call_goes_on_at_the_same_deal(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "c", *"because", "enter", "c", "o")
        assert at(someone) == "Migration ERP"
        someone.app.exit()
    async with seat(start(deals), ROOM) as someone:
        assert at(someone) == "Migration ERP"
        assert desk(someone).reached == 3
        names = [desk(someone).pipeline.deals[its].name for its in desk(someone).deal_ids]
        assert names[:3] == ["Portail fournisseurs", "Licences 2027", "Refonte intranet"]  # as it began
        assert "“because”" not in someone.words
        await play(someone, "g", "space")
        assert "“because”" in someone.words


async def test_a_call_that_was_left_is_not_forced_upon_anybody(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "escape", "j")
        someone.app.exit()
    async with seat(start(deals), ROOM) as someone:
        assert "in all" in someone.text
        await play(someone, "c")
        assert "goes on" in someone.toast
        assert at(someone) == "Portail fournisseurs"


async def test_half_a_reason_stands_there_again(deals: Path) -> None:
    """Kept at each keystroke: a kill -9 leaves no time for a farewell."""
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "c", *"The CFO si")
        await until_kept(someone, "The CFO si")
        someone.app.exit()
    async with seat(start(deals), ROOM) as someone:
        assert "Portail fournisseurs as commit" in someone.words
        assert "The CFO si" in someone.text
        await play(someone, "end", *"gns", "enter")
        assert lines_in(deals)["Portail fournisseurs"][2] == "The CFO signs"
        await until_kept(someone, "")
        someone.app.exit()
    async with seat(start(deals), ROOM) as someone:
        assert at(someone) == "Licences 2027"
        assert "as commit" not in someone.words


async def test_half_a_number_and_half_a_next_step_do_too(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "s", "end", *" and the CEO")
        await until_kept(someone, "and the CEO")
        someone.app.exit()
    async with seat(start(deals), ROOM) as someone:
        assert "call the CFO and the CEO" in someone.words
        await play(someone, "enter", "G", "k", "enter", *"12")
        await until_kept(someone, "12")
        someone.app.exit()
    async with seat(start(deals), ROOM) as someone:
        assert "The manager’s own number" in someone.words
        assert "€12.00" in someone.words


async def test_a_spoilt_draft_harms_nobody(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        someone.app.exit()
    for spoilt in (
        "[",
        "[1]",
        '["classify:nothing", 6, "rep", ["x"]]',
        '["classify:commit", 999, "rep", ["x"]]',
    ):
        Memory(paths.state_dir() / "app.json").of_store(str(deals)).remember(call_draft=spoilt)
        async with seat(start(deals), ROOM) as someone:
            assert at(someone) == "Portail fournisseurs"
            someone.app.exit()


# Two in one call ----------------------------------------------------------------------------------------


async def test_two_see_what_the_other_says(deals: Path) -> None:
    async with seat(start(deals), ROOM) as claire, seat(start(deals), ROOM) as marc:
        await begin(claire)
        await play(marc, "4", "c")
        assert "goes on" in marc.toast
        await play(marc, "space", "space", "c")
        await look_again(claire)
        assert desk(claire).is_reached(5)
        await play(claire, "c", *"why not", "enter")
        assert at(claire) == "Refonte intranet"  # Licences was said by the other
        await look_again(marc)
        assert desk(marc).said(6).reason == "why not"
        assert desk(marc).totals("rep") == desk(claire).totals("rep")


def look_away(someone: Seat) -> None:
    """Whoever has not heard of the other yet; else it depends on the second."""
    someone.app._watch._looking = True


async def test_a_conflict_is_told_and_comes_up_again(deals: Path) -> None:
    async with seat(start(deals), ROOM) as claire, seat(start(deals), ROOM) as marc:
        await begin(claire)
        await play(marc, "4", "c", "space", "space")
        look_away(marc)
        await play(claire, "space", "u")
        assert at(marc) == "Licences 2027"
        await play(marc, "o")
        assert "Licences 2027 was changed meanwhile by claire" in marc.toast
        assert "comes up again" in marc.toast
        assert last_line(deals, "Licences 2027")["rep"] == "upside"
        assert desk(marc).pipeline.deals[5].rep_category is Category.UPSIDE
        await play(marc, "backspace", "o")
        assert last_line(deals, "Licences 2027")["rep"] == "omitted"
        assert not desk(marc).disputed


async def test_the_same_word_twice_is_no_conflict(deals: Path) -> None:
    async with seat(start(deals), ROOM) as claire, seat(start(deals), ROOM) as marc:
        await begin(claire)
        await play(marc, "4", "c", "space", "space")
        look_away(marc)
        await play(claire, "space", "u")
        await play(marc, "u")
        assert not any("meanwhile" in toast for toast in marc.toasts)
        assert desk(marc).is_reached(5)


async def test_what_is_nothing_to_the_call_stands_in_nobodys_way(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "space")
        change(deals, 5, "next_step", "call the CFO", "call the CEO")
        await play(someone, "u")
        assert lines_in(deals)["Licences 2027"][0] == "upside"
        assert not any("meanwhile" in toast for toast in someone.toasts)


async def test_a_reason_typed_in_vain_is_not_typed_twice(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "c", *"the CFO signs")
        change(deals, 6, "amount", 4_600_000, 3_000_000)
        await play(someone, "enter")
        assert "Changed meanwhile: amount €46,000.00 → €30,000.00" in someone.words
        assert "the CFO signs" in someone.text
        assert lines_in(deals) == {}
        await play(someone, "enter")
        assert lines_in(deals)["Portail fournisseurs"][2] == "the CFO signs"
        assert desk(someone).totals("rep").commit == 7_100_000


async def test_a_call_whose_beginning_was_undone_is_left(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "ctrl+z")
        assert "in all" in someone.text
        assert "not there any more" in " ".join(someone.toasts)
