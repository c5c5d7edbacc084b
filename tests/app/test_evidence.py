"""The panel and the deal view: why a deal is flagged, and everything else that is known of it."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from pipetui.store.batches import FieldChange, batch

from .making import DEMO, QUALIFICATION, SMALL, USUAL, deal, fill, seat, somebody_else

EVIDENCE = (
    "Portail fournisseurs",
    "Nordimat · Claire Dubois",
    "€46,000.00",
    "commit",
    "Demo, for 31 days",
    "▲ stalled",
    "31 days",  # the evidence
    "14",  # and the threshold
    "▲ overdue",
    "3 days",
    "● weakly qualified",
)


async def test_the_panel_stands_beside_the_board(deals: Path) -> None:
    async with seat(deals, USUAL) as someone:
        await someone.press("l", "l", "space")
        said = " ".join(line.split("▌")[-1] if y > 1 else "" for y, line in enumerate(someone.lines))
        said = " ".join(said.replace("█", " ").split())
        for words in EVIDENCE:
            assert words in said
        assert someone.focused.startswith("Portail")  # the board is still there
        assert len(someone.titles) >= 2
        await someone.press("space")
        assert "Demo, for 31 days" not in someone.words
        assert len(someone.titles) == 5


async def test_the_panel_lies_over_the_board_where_there_is_no_room(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l", "space")
        for words in EVIDENCE[:8]:
            assert words in someone.words
        assert len(someone.titles) == 3
        assert someone.focused.startswith("Portail")


async def test_the_panel_follows_the_cursor(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("space")
        assert "Groupe Vauban · Marc Petit" in someone.words
        await someone.press("j")
        assert "Mairie de Lens · Claire Dubois" in someone.words
        assert "Nothing speaks against this deal." in someone.words
        await someone.press("l")
        assert "Transalp · Marc Petit" in someone.words


async def test_the_panel_never_hides_the_card_under_the_cursor(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal(f"Deal {n:02}", QUALIFICATION, 1_000) for n in range(1, 11)])
    async with seat(path, SMALL) as someone:
        await someone.press("space")
        for number in range(2, 11):
            await someone.press("j")
            assert someone.focused.startswith(f"Deal {number:02}")
            assert len(someone.card) == 3


async def test_the_panel_is_empty_where_there_is_no_deal(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("space", "l", "l", "l", "l")
        assert someone.current_title == "Negotiation"
        assert "No deal here." in someone.words


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_the_panel_is_read_to_its_end_by_keys(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "deals.db"
    bare = {"stage_id": DEMO, "close_date": date(2026, 10, 1), "created": date(2026, 1, 1)}
    fill(path, [{**bare, "name": f"Deal {n}", "last_stage_change": date(2026, 1, n)} for n in (1, 2)])
    async with seat(path, size) as someone:
        await someone.press("l", "l", "J", "K")  # nothing to scroll yet
        await someone.press("space")
        first, top = someone.card, someone.lines
        assert "The decision makers saw the demo" not in someone.words
        said = someone.words
        for _page in range(8):
            await someone.press("J")
            said += someone.words
        assert someone.card == first
        assert "The decision makers saw the demo" in someone.words  # the last section
        for words in ("weakly qualified", "no next step", "Qualification", "Sponsor", "To leave this stage"):
            assert words in said
        await someone.press(*["K"] * 8)
        assert someone.lines == top
        await someone.press("J", "j")
        assert "Deal 2" in someone.words  # another deal is read from its top
        await someone.press("k")
        assert someone.lines == top


async def test_the_panel_stays_where_it_was_read_when_the_store_is_read_anew(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l", "space", "J")
        before = someone.lines
        someone.app.reload()
        await someone.settle()
        assert someone.lines == before


async def test_the_help_names_the_keys_of_the_panel(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("question_mark")
        assert re.search(r" J +Scroll the evidence down", someone.text)
        assert re.search(r" K +Scroll the evidence up", someone.text)


# The deal view ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_the_deal_view_tells_everything(deals: Path, size: tuple[int, int]) -> None:
    at = datetime(2026, 11, 21, 10)
    with somebody_else(deals) as store, batch(store, kind="edit", by="marc", at=at) as writer:
        writer.change([FieldChange(6, "close_date", date(2026, 11, 19), date(2026, 12, 19), at, "person")])
        writer.note(6, "Call [/] back\nin December")
        writer.qualify([(6, "need", "They must [replace] the old one")])
    async with seat(deals, size) as someone:
        await someone.press("l", "l", "enter")
        assert "Portail fournisseurs" in someone.lines[0]
        said = ""
        for _page in range(4):
            said += someone.words
            await someone.press("pagedown")
        for words in (
            "Flags", "▲ stalled", "Facts", "Nordimat", "Claire Dubois", "€46,000.00", "pushed 1 time",
            "ID-6 · crm", "Qualification", "Need", "“They must [replace] the old one”", "To leave this stage",
            "✗ The buyer has confirmed who decides", "? The decision makers saw the demo",
            "History", "pushed by 30 d", "marc", "first seen here", "Notes", "Call [/] back", "in December",
            "They want it before the fair.",
        ):  # fmt: skip
            assert words in said, words


@pytest.mark.parametrize(
    ("size", "title"),
    [
        (SMALL, "Portail fournisseurs · Nordimat — €46k — Demo — 19 Nov "),
        (USUAL, "Portail fournisseurs · Nordimat — €46,000.00 — Demo — 19 Nov "),
    ],
)
async def test_the_title_tells_what_it_is_about_and_stays(
    deals: Path, size: tuple[int, int], title: str
) -> None:
    async with seat(deals, size) as someone:
        await someone.press("l", "l", "enter")
        assert someone.lines[0].startswith(f" {title}")
        assert someone.lines[0].endswith(" 1 of 1 ")
        first, below = someone.lines[0], someone.lines[1:]
        await someone.press("pagedown")
        assert someone.lines[0] == first
        assert someone.lines[1:] != below
        await someone.press("pageup")
        assert someone.lines[1:] == below


async def test_a_long_name_gives_way_to_the_facts(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(
        path,
        [
            deal(
                "日本 " * 80, DEMO, 1_234_567, account="Société générale " * 9, close_date=date(2027, 1, 31)
            ),
            deal("Élan", DEMO, account="Société générale d’aménagement du littoral", close_date=None),
        ],
    )
    async with seat(path, SMALL) as someone:
        await someone.press("l", "l", "enter")
        for _step in range(2):
            assert cell_len(someone.lines[0]) == 80
            if "日本" in someone.lines[0]:
                assert re.search(
                    r"日本.*… · Soc.*… — €1.2M — Demo — 31 Jan 2027 +\d of 2 $", someone.lines[0]
                )
            else:
                assert "Élan · Société générale d’aménagement" in someone.lines[0]
                assert " — unpriced — Demo — no date " in someone.lines[0]
            await someone.press("right_square_bracket")


async def test_a_closed_deal_has_its_day_in_the_title(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("full_stop", "end", "enter")
        assert "Badgeuse · Transalp — €7,000.00 — Lost — 15 Oct " in someone.lines[0]


async def test_the_history_tells_levels_in_words(deals: Path) -> None:
    at = datetime(2026, 11, 21, 10)
    with somebody_else(deals) as store, batch(store, kind="edit", by="marc", at=at) as writer:
        writer.change([FieldChange(6, "levels", "1000000", "1210000", at, "person")])
    async with seat(deals, (108, 60)) as someone:
        await someone.press("l", "l", "enter")
        said = "Decision makers: unknown → confirmed by the buyer · Budget: unknown → stated by us"
        assert said in someone.words
        assert "1210000" not in someone.text


async def test_a_deal_without_a_past_has_a_view(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [{"name": "Bare", "stage_id": QUALIFICATION}])
    async with seat(path) as someone:
        await someone.press("enter")
        for words in ("Bare", "unpriced", "unclassified", "No notes.", "first seen here"):
            assert words in someone.words


async def test_a_closed_deal_tells_when_and_why(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("full_stop", "end", "enter")
        assert "No budget" in someone.words
        assert "15 Oct 2026" in someone.words


async def test_from_deal_to_deal_and_back_to_the_one_left_at(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j", "enter")
        assert "2 of 4" in someone.lines[0]
        await someone.press("right_square_bracket")
        assert "Basel rollout" in someone.lines[0]
        await someone.press("ctrl+down")
        assert "Élan 2027" in someone.lines[0]
        await someone.press("right_square_bracket")
        assert "Élan 2027" in someone.lines[0]  # the last
        await someone.press("left_square_bracket")
        assert "Basel rollout" in someone.lines[0]
        assert "Rhein AG" in someone.words
        await someone.press("escape")
        assert someone.focused.startswith("Basel")


async def test_back_to_exactly_where_one_was(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal(f"Deal {n:02}", QUALIFICATION, 1_000) for n in range(1, 21)])
    async with seat(path, SMALL) as someone:
        await someone.press(*["j"] * 9, "k", "k")
        before = someone.text
        for _time in range(2):
            await someone.press("enter")
            assert "Deal 08" in someone.lines[0]
            assert someone.text != before
            await someone.press("escape")
            assert someone.text == before


async def test_the_deal_view_follows_the_size_of_the_screen(deals: Path) -> None:
    async with seat(deals, USUAL) as someone:
        await someone.press("l", "l", "enter")
        assert any("Facts" in line and "Flags" in line for line in someone.lines)  # side by side
        await someone.pilot.resize_terminal(*SMALL)
        await someone.settle()
        assert not any("Facts" in line and "Flags" in line for line in someone.lines)
        assert [cell_len(strip.text) for strip in someone.strips] == [80] * 24


async def test_undo_works_in_the_deal_view(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j", "L")
        await someone.press("enter")
        assert "Discovery, for 0 days" in someone.words
        await someone.press("ctrl+z")
        assert "Qualification, for 6 days" in someone.words
        assert "Undone" in someone.toast
