"""What the board says: columns, their figures, the totals, the cards."""

from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from .making import CLOSING, DEMO, QUALIFICATION, SMALL, USUAL, Seat, deal, fill, seat


def titled(row: str) -> list[str]:
    return row.strip("‹› ").split()


async def test_a_column_says_how_many_how_much_and_what_is_wrong(deals: Path) -> None:
    # Qualification: 12,000 + 30,000 € at 10 %; one without an amount, one in francs; of the four one is
    # overdue and one has no next step.
    async with seat(deals, (250, 55)) as someone:
        title, figures, *_cards = someone.column("Qualification")
        assert titled(title) == ["Qualification", "4", "▲2"]
        assert "€42k" in figures
        assert "wtd €4.2k" in figures
        assert "1 unpriced" in figures  # where there is no room: ·U1
        assert figures.rstrip().endswith("+")  # there is more, in another currency
        title, figures, *_cards = someone.column("Closing")
        assert titled(title) == ["Closing", "1"]
        assert "€28k" in figures
        assert "wtd €25k" in figures
        assert "unpriced" not in figures


async def test_the_status_row_totals_what_is_open(deals: Path) -> None:
    async with seat(deals, (200, 55)) as someone:
        status = someone.lines[1]
        # 12 + 30 + 41 + 46 + 64 + 28; weighted 4.2 + 10.25 + 18.4 + 38.4 + 25.2
        for part in (
            "8 open deals",
            "€221k",
            "3 flagged",
            "weighted €96k",
            "1 unpriced",
            "CHF 20k in 1 deal",
        ):
            assert part in status


@pytest.mark.parametrize(("size", "said"), [(USUAL, "—"), ((166, 40), "unpriced")])
async def test_unpriced_is_not_zero(deals: Path, size: tuple[int, int], said: str) -> None:
    async with seat(deals, size) as someone:
        card = someone.card
        assert card[0].startswith("Audit sécurité")
        assert said in card[2]
        assert "€0" not in "".join(card)


async def test_a_card_says_who_how_much_when_and_what_is_wrong(deals: Path) -> None:
    async with seat(deals, (200, 55)) as someone:
        await someone.press("l", "l")
        name, account, facts = someone.card
        assert "Portail fournisseurs" in name
        assert name.endswith("c")  # commit
        assert "Nordimat" in account
        assert "CD" in account
        assert "31 d" in account
        assert "€46k" in facts
        assert "3 d" in facts
        assert "▲SOG●W" in facts  # the worst first


async def test_three_sizes_of_cards(deals: Path) -> None:
    async with seat(deals, (250, 55)) as someone:
        await someone.press("l", "l")
        assert len(someone.card) == 3
        await someone.press("z")
        assert len(someone.card) == 5
        said = " ".join(someone.card)
        for words in ("Portail fournisseurs", "Claire Dubois", "€46,000.00", "commit", "overdue 3 d", "31 d"):
            assert words in said
        assert "▲ stalled ▲ overdue" in said
        await someone.press("z")
        assert len(someone.card) == 1
        assert "Portail" in someone.card[0]
        assert "€46k" in someone.card[0]
        assert "▲SO" in someone.card[0]


async def test_the_size_of_cards_leaves_the_cursor_where_it_is(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j", "z")
        assert someone.focused.startswith("Refonte")
        await someone.press("z", "z")
        assert someone.focused.startswith("Refonte")


async def test_won_and_lost_of_the_period_open_with_a_full_stop(deals: Path) -> None:
    async with seat(deals, (140, 40)) as someone:
        assert "Archives" not in someone.text
        counts = [line[-7:].split() for line in someone.lines[2:4]]
        assert counts == [["✓", "1"], ["✗", "1"]]
        await someone.press("full_stop", "end")
        assert someone.titles[-2:] == ["Won", "Lost"]
        assert "Archives" in "\n".join(someone.column("Won"))
        assert "Badgeuse" in "\n".join(someone.column("Lost"))
        assert "Last summer" not in someone.text  # won in the quarter before
        assert titled(someone.column("Won")[0]) == ["Won", "1"]
        assert "€10k" in someone.column("Won")[1]
        await someone.press("full_stop")
        assert "Archives" not in someone.text


async def test_opening_the_closed_columns_leaves_the_cursor_on_its_deal(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l")
        await someone.press("full_stop")
        assert someone.focused.startswith("Licences")
        await someone.press("full_stop")
        assert someone.focused.startswith("Licences")


async def test_folding_the_closed_columns_away_under_the_cursor_goes_to_an_open_one(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("full_stop", "end")
        assert someone.focused.startswith("Badgeuse")
        await someone.press("full_stop")
        assert someone.current_title == "Closing"
        assert someone.focused.startswith("Tour B")


async def test_missing_deals_and_nurture_stand_apart(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(
        path,
        [
            deal("Here", QUALIFICATION, 1_000),
            deal("Gone from the export", QUALIFICATION, 2_000, missing_since=date(2026, 11, 8)),
            deal("Next year", QUALIFICATION, 4_000, crm_category="omitted", resume_on=date(2027, 3, 1)),
        ],
    )
    async with seat(path, (200, 24)) as someone:
        assert "1 open deal " in someone.lines[1]
        assert "€1k" in someone.lines[1]
        assert "1 missing" in someone.lines[1]
        assert "1 in nurture" in someone.lines[1]
        assert titled(someone.column("Qualification")[0])[:2] == ["Qualification", "1"]


def assert_whole(someone: Seat, width: int, height: int) -> None:
    assert [cell_len(strip.text) for strip in someone.strips] == [width] * height


@pytest.mark.parametrize("size", [SMALL, USUAL, (200, 55), (60, 16), (23, 8)])
async def test_every_row_is_as_wide_as_the_screen(deals: Path, size: tuple[int, int]) -> None:
    async with seat(deals, size) as someone:
        for keys in ([], ["l"], ["z"], ["end"], ["space"], ["full_stop"], ["end"]):
            await someone.press(*keys)
            assert_whole(someone, *size)


async def test_80_by_24_shows_at_least_two_columns_well(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        assert len(someone.titles) >= 2
        text = someone.text
        for whole in ("Qualification", "Audit sécurité", "Groupe Vauban", "Discovery", "Licences 2027"):
            assert whole in text


async def test_a_larger_screen_shows_more_columns(deals: Path) -> None:
    async with seat(deals, USUAL) as someone:
        assert len(someone.titles) == 5
    async with seat(deals, (200, 55)) as someone:
        assert len(someone.titles) == 6


async def test_the_screen_may_change_its_size(deals: Path) -> None:
    async with seat(deals, USUAL) as someone:
        await someone.press("end")
        await someone.pilot.resize_terminal(*SMALL)
        await someone.settle()
        assert_whole(someone, *SMALL)
        assert someone.focused.startswith("Tour B")
        await someone.pilot.resize_terminal(200, 55)
        await someone.settle()
        assert_whole(someone, 200, 55)
        assert len(someone.titles) == 6
        assert someone.focused.startswith("Tour B")


async def test_columns_without_deals_say_so(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal("Only one", CLOSING, 1_000)])
    async with seat(path) as someone:
        assert "no deals" in "\n".join(someone.column("Qualification"))
        await someone.press("j", "k", "g", "g", "G", "pagedown", "enter", "L", "x", "w")
        assert someone.current_title == "Qualification"
        assert someone.toasts == []


async def test_sums_of_a_stage_may_be_of_several_currencies(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(
        path,
        [
            deal("A", DEMO, 10_000),
            deal("B", DEMO, 20_000, currency="CHF"),
            deal("C", DEMO, 30_000, currency="USD"),
            deal("D", DEMO, 5_000, currency="USD"),
        ],
    )
    async with seat(path, (200, 24)) as someone:
        assert "€10k" in someone.lines[1]
        assert "CHF 20k in 1 deal" in someone.lines[1]
        assert "$35k in 2 deals" in someone.lines[1]
