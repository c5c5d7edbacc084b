"""What lies around the board: help, palette, footer, quitting, stores that cannot be opened."""

from pathlib import Path

import pytest

from pipetui.app.commands import BOARD, COMMANDS, DEAL, EVERYWHERE, of_place, written

from .making import SMALL, USUAL, Start, firm, seat, stage_of


async def whole_help(someone, pages: int) -> str:  # type: ignore[no-untyped-def]
    said = []
    for _page in range(pages):
        said.append(someone.words)
        await someone.press("pagedown")
    return " ".join(said)


@pytest.mark.parametrize(
    ("size", "place", "keys"),
    [(SMALL, BOARD, ["question_mark"]), (USUAL, BOARD, ["f1"]), (SMALL, DEAL, ["enter", "?"])],
)
async def test_help_lists_every_key_of_the_place(
    deals: Path, size: tuple[int, int], place: str, keys: list[str]
) -> None:
    async with seat(deals, size) as someone:
        for key in keys:
            await someone.press(key)
        said = await whole_help(someone, 8)
        for command in [*of_place(place), *of_place(EVERYWHERE)]:
            assert command.title in said, command.id
            for key in command.keys:
                assert written(key) in said, (command.id, key)
        for sign in ("▲S stalled", "▲O overdue", "●W weakly qualified", "·U unpriced"):
            assert sign in said
        await someone.press("escape")
        assert "Signs on the cards" not in someone.words


async def test_the_footer_names_the_keys_of_the_place(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        assert someone.lines[-1].startswith(" enter open ")
        assert "? help" in someone.lines[-1]
        assert "q quit" in someone.lines[-1]
        await someone.press("enter")
        assert "esc back" in someone.lines[-1]


async def test_the_header_names_place_store_and_day(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        header = someone.lines[0]
        for words in ("2 Board", "3 Cleanup", "6 Trends", "deals.db", "Sun 22 Nov"):
            assert words in header
        assert " 5 " not in header  # places not built yet are not shown
        await someone.pilot.resize_terminal(*USUAL)
        assert "pipetui" in someone.lines[0]


# The palette --------------------------------------------------------------------------------------------


async def test_the_palette_finds_a_deal(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        for typed in ("portail", "NORDIMAT", "fourni port"):
            await someone.press("home")
            await someone.press("ctrl+p")
            await someone.type(typed)
            assert "Portail fournisseurs · Nordimat · Claire Dubois" in someone.words
            await someone.press("enter")
            assert someone.focused.startswith("Portail")
            assert someone.current_title == "Demo"


async def test_the_palette_finds_a_closed_deal_behind_its_fold(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("ctrl+p")
        await someone.type("badgeuse")
        await someone.press("enter")
        assert someone.focused.startswith("Badgeuse")


async def test_the_palette_finds_a_deal_that_the_filter_hides(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("slash")
        await someone.type("marc")
        await someone.press("enter")
        await someone.press("ctrl+p")
        await someone.type("tour b")
        await someone.press("enter")
        assert someone.focused.startswith("Tour B")


async def test_a_deal_of_another_period_is_found_too(deals: Path) -> None:
    """It stands in no column, so it opens in the deal view."""
    async with seat(deals) as someone:
        await someone.press("ctrl+p")
        await someone.type("last summer")
        await someone.press("enter")
        assert "Last summer" in someone.text


async def test_the_palette_has_every_command(deals: Path) -> None:
    async with seat(deals, (120, 60)) as someone:
        await someone.press("ctrl+p")
        for command in COMMANDS:
            if command.place in (BOARD, EVERYWHERE) and command.in_palette:
                await someone.paste(command.title)
                assert someone.words.count(command.title) >= 2, command.id  # in the box and in the list
                await someone.press("ctrl+u")


async def test_the_palette_runs_a_command_on_the_deal_under_the_cursor(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j")
        await someone.command("a stage on")
        assert stage_of(deals, "Refonte intranet") == "Discovery"
        await someone.command("undo")
        assert stage_of(deals, "Refonte intranet") == "Qualification"


async def test_the_palette_can_be_left_and_finds_nothing_politely(deals: Path) -> None:
    async with seat(deals) as someone:
        before = someone.text
        await someone.press("ctrl+p")
        await someone.type("[/] zzz")
        assert "Nothing here is called that." in someone.words
        await someone.press("enter")
        await someone.press("escape")
        assert someone.text == before


async def test_the_palette_in_the_deal_view_goes_to_another_deal(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("enter")
        await someone.press("ctrl+p")
        await someone.type("tour b")
        await someone.press("enter")
        assert "Tour B" in someone.text
        assert someone.lines[0].startswith(" Tour B") or someone.focused.startswith("Tour B")


# Places, drawing, quitting ------------------------------------------------------------------------------


async def test_the_boards_own_keys_lead_back_to_it(deals: Path) -> None:
    async with seat(deals) as someone:
        before = someone.text
        for key in ("2", "é"):
            await someone.press("enter")
            assert someone.text != before
            await someone.press(key)
            assert someone.text == before


async def test_drawing_again_changes_nothing(deals: Path) -> None:
    async with seat(deals) as someone:
        before = someone.text
        await someone.press("ctrl+l")
        assert someone.text == before


async def test_ctrl_c_asks_once(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("ctrl+c")
        assert someone.app.is_running
        assert "ctrl+c once more quits" in someone.words
        await someone.press("ctrl+c")
        assert not someone.app.is_running
        assert someone.app.return_code == 0


async def test_ctrl_c_works_in_dialogs_and_boxes(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("slash")
        await someone.type("ab")
        await someone.press("ctrl+c")
        assert "ctrl+c once more quits" in someone.words
        await someone.press("ctrl+c")
        assert not someone.app.is_running


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quitting(deals: Path, key: str) -> None:
    async with seat(deals) as someone:
        await someone.press(key)
        assert not someone.app.is_running
        assert someone.app.return_code == 0


async def test_the_next_start_is_at_the_same_deal(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l")
        assert someone.focused.startswith("Portail")
        await someone.press("q")
    async with seat(deals) as someone:
        assert someone.focused.startswith("Portail")


# Stores that cannot be opened ---------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"my notes\n" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
async def test_a_store_that_cannot_be_opened_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    async with seat(path) as someone:
        body = " ".join(" ".join(someone.lines[1:-1]).split())
        assert "notes.db" in body
        assert "Traceback" not in body
        for key in (
            "j",
            "l",
            "space",
            "enter",
            "L",
            "x",
            "z",
            "full_stop",
            "slash",
            "escape",
            "s",
            "escape",
            "ctrl+z",
        ):
            await someone.press(key)
        assert someone.app.is_running
        await someone.press("q")
        assert not someone.app.is_running
        assert someone.app.return_code == 1
    assert path.read_bytes() == content


async def test_a_folder_is_no_store(tmp_path: Path) -> None:
    async with seat(tmp_path) as someone:
        assert tmp_path.name in someone.words
        assert someone.app.is_running


async def test_a_playbook_that_is_wrong_is_one_sentence(tmp_path: Path) -> None:
    from pipetui.deals.errors import Problem

    class Wrong(Start):
        @property
        def playbook(self) -> None:  # type: ignore[override]
            raise Problem("playbook.toml, line 3: “probabilty” is not known [/].")

        @playbook.setter
        def playbook(self, _value: object) -> None:
            pass

    start = object.__new__(Wrong)
    for name, value in vars(Start(str(firm(tmp_path)))).items():
        if name != "playbook":
            object.__setattr__(start, name, value)
    async with seat(start) as someone:
        assert "line 3: “probabilty” is not known [/]." in someone.words
