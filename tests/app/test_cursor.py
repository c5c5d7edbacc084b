"""Walking over the board by keyboard and mouse."""

from pathlib import Path

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from .making import QUALIFICATION, SMALL, USUAL, Seat, deal, fill, seat


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """A store with thirty deals in its first column and one in its last."""
    path = tmp_path / "long.db"
    fill(path, [*(deal(f"Deal {n:02}", QUALIFICATION, 1_000) for n in range(1, 31)), deal("Far", 6, 1_000)])
    return path


async def test_one_step(deals: Path) -> None:
    async with seat(deals) as someone:
        for left, down, up, right in (("h", "j", "k", "l"), ("left", "down", "up", "right")):
            assert someone.focused.startswith("Audit")
            await someone.press(up, left)  # nowhere to go
            assert someone.focused.startswith("Audit")
            await someone.press(down)
            assert someone.focused.startswith("Refonte")
            await someone.press(right)
            assert someone.focused.startswith("Licences")
            assert someone.current_title == "Discovery"
            await someone.press(down)
            assert someone.focused.startswith("Licences")
            await someone.press(left)
            assert someone.focused.startswith("Refonte")  # a column keeps its own cursor
            await someone.press(up)


async def test_home_and_end_are_the_first_and_last_column(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("end")
        assert someone.current_title == "Closing"
        assert someone.focused.startswith("Tour B")
        await someone.press("home")
        assert someone.current_title == "Qualification"


async def test_first_and_last_card(long: Path) -> None:
    async with seat(long) as someone:
        await someone.press("G")
        assert someone.focused.startswith("Deal 30")
        await someone.press("g")
        assert someone.focused.startswith("Deal 30")  # one g is not enough
        await someone.press("g")
        assert someone.focused.startswith("Deal 01")


async def test_a_page(long: Path) -> None:
    async with seat(long, SMALL) as someone:
        for down, up in (("pagedown", "pageup"), ("ctrl+d", "ctrl+u")):
            await someone.press(down)
            assert someone.focused.startswith("Deal 05")  # four whole cards fit into 24 rows
            await someone.press(down, up)
            assert someone.focused.startswith("Deal 05")
            await someone.press(*[down] * 9)
            assert someone.focused.startswith("Deal 30")
            await someone.press(*[up] * 9)
            assert someone.focused.startswith("Deal 01")


@pytest.mark.parametrize("zooms", [0, 1, 2])
async def test_the_card_under_the_cursor_is_always_whole(long: Path, zooms: int) -> None:
    async with seat(long, (80, 16)) as someone:
        await someone.press(*["z"] * zooms)
        rows = len(someone.card)
        assert rows == (3, 5, 1)[zooms]
        for number in range(2, 14):
            await someone.press("j")
            assert someone.focused.startswith(f"Deal {number:02}")
            assert len(someone.card) == rows
        for number in range(12, 0, -1):
            await someone.press("k")
            assert someone.focused.startswith(f"Deal {number:02}")
            assert len(someone.card) == rows


async def test_cards_that_do_not_fit_are_announced_by_a_thumb(long: Path) -> None:
    async with seat(long, SMALL) as someone:

        def thumb() -> list[int]:
            return [y for y, row in enumerate(someone.column("Qualification")) if "▕" in row]

        top = thumb()
        assert top
        assert all("▕" not in row for row in someone.column("Discovery"))
        await someone.press("G")
        assert thumb()[-1] > top[-1]


async def test_the_current_column_is_always_whole(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        order = ["Qualification", "Discovery", "Demo", "Proposal", "Negotiation", "Closing"]
        for title in order[1:]:
            await someone.press("l")
            assert someone.current_title == title
            assert title in someone.titles
        assert someone.titles[0] != "Qualification"
        for title in reversed(order[:-1]):
            await someone.press("h")
            assert someone.current_title == title


async def test_columns_beyond_the_edge_are_announced(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        assert "›" in someone.lines[2]
        assert "‹" not in someone.lines[2]
        await someone.press("l", "l", "l")
        assert "‹" in someone.lines[2]
        assert "›" in someone.lines[2]
        await someone.press("end")
        assert "‹" in someone.lines[2]
        assert "›" not in someone.lines[2][:-7]


async def test_walking_a_column_sideways_keeps_its_scroll(long: Path) -> None:
    async with seat(long, SMALL) as someone:
        await someone.press("G", "k")
        before = someone.column("Qualification")
        await someone.press("end", "home")
        assert someone.column("Qualification") == before
        assert someone.focused.startswith("Deal 29")


@pytest.mark.usefixtures("painted_for_a_terminal")
async def test_walking_sends_little_to_the_terminal(long: Path) -> None:
    """Only two cards are painted for a step that needs no scrolling."""
    async with seat(long, USUAL) as someone:
        updates: list[int] = []
        original = someone.app._display

        def counted(screen: object, renderable: object) -> None:
            segments = getattr(renderable, "chops", None) or getattr(renderable, "strips", None)
            updates.append(len(segments or ()))
            spans = getattr(renderable, "spans", None)
            if spans is not None:
                updates[-1] = len({y for y, _start, _end in spans})
            original(screen, renderable)  # type: ignore[arg-type]

        someone.app._display = counted  # type: ignore[method-assign]
        await someone.press("j")
        assert updates
        assert sum(updates) <= 6  # two cards of three rows


# The mouse ------------------------------------------------------------------------------------------------


async def point(someone: Seat, text: str) -> tuple[int, int]:
    """Where a text stands on the screen."""
    for y, line in enumerate(someone.lines):
        if text in line:
            return line.index(text) + 1, y
    raise AssertionError(f"no {text} in\n{someone.text}")


async def test_a_click_chooses_a_card_and_two_open_it(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.pilot.click(offset=await point(someone, "Migration ERP"))
        await someone.settle()
        assert someone.focused.startswith("Migration ERP")
        assert someone.current_title == "Proposal"
        await someone.pilot.click(offset=await point(someone, "Élan 2027"))
        await someone.settle()
        assert someone.focused.startswith("Élan")
        await someone.pilot.click(offset=await point(someone, "Licences 2027"), times=2)
        await someone.settle()
        assert "Licences 2027" in someone.lines[0]
        assert "History" in someone.text


async def test_a_click_on_a_header_chooses_its_column(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.pilot.click(offset=await point(someone, "Negotiation"))
        await someone.settle()
        assert someone.current_title == "Negotiation"


async def test_the_wheel_turns_the_column_below_it(long: Path) -> None:
    async with seat(long, SMALL) as someone:
        column = someone.columns()[0]
        await someone.pilot._post_mouse_events([MouseScrollDown] * 7, column, offset=(3, 6))
        await someone.settle()
        assert "Deal 01" not in "\n".join(someone.column("Qualification"))
        await someone.pilot._post_mouse_events([MouseScrollUp] * 20, column, offset=(3, 6))
        await someone.settle()
        assert "Deal 01" in "\n".join(someone.column("Qualification"))


async def test_a_card_can_be_dragged_to_another_stage(deals: Path) -> None:
    async with seat(deals) as someone:
        start, end = await point(someone, "Migration ERP"), await point(someone, "Negotiation")
        await someone.pilot.mouse_down(offset=start)
        for x in range(start[0], end[0], 4):
            await someone.pilot.hover(offset=(x, start[1]))
        assert not someone.app.screen.selections  # it is a card that is dragged, no text
        await someone.pilot.mouse_up(offset=end)
        await someone.settle()
        assert someone.toast.startswith("Migration ERP: Proposal → Negotiation")
        assert someone.focused.startswith("Migration ERP")
        assert someone.current_title == "Negotiation"
