"""Which days and which deals the trends are about: picked, typed, shown, kept, taken away."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipetui.store.batches import NewDeal, batch
from pipetui.store.engine import Store
from tests.store.making import sync_stages

from .a_year import JANUARY, go, told, year_in
from .making import MAPPED, PLAYBOOK, SMALL, USUAL, Seat, Start, change, deal, fill, seat


@pytest.fixture
def year(tmp_path: Path) -> Start:
    return year_in(tmp_path)


async def narrow(someone: Seat, field: str, value: str) -> None:
    """Pick a value of a field, by keys alone."""
    await someone.press("f")
    for label in filter(None, (field, value)):
        await someone.press(*["up"] * 9, *["down"] * labels(someone).index(label), "enter")


def labels(someone: Seat) -> list[str]:
    """What a dialog lets choose from: what stands before the details."""
    framed = [line.partition("│")[2].partition("│")[0].strip() for line in someone.lines]
    return [
        line.split("  ")[0]
        for line in framed
        if line and not line.startswith(("Which", "The window", "↑", "type"))
    ]


async def test_a_part_of_the_deals_is_picked_shown_kept_and_taken_away(year: Start) -> None:
    async with seat(year, USUAL) as someone:
        await someone.press("6")
        await go(someone, "Win rate")
        await narrow(someone, "segment", "Small")
        # 11 to 15 were won, 16 to 20 and 31 to 40 lost
        assert "23 Nov 2025 – 22 Nov · segment: Small · 30 deals found" in someone.lines[1]
        assert "25% 5 of 20" in someone.words
        await narrow(someone, "lead source", "Fair")
        assert "segment: Small · lead source: Fair · 15 deals found" in someone.lines[1]
        assert "not enough: 10 of 20" in someone.words
        await narrow(someone, "segment", "unknown")
        assert "segment: unknown · lead source: Fair · 5 deals found" in someone.lines[1]
        await narrow(someone, "segment", "all")
        assert "· lead source: Fair · 25 deals found" in someone.lines[1]
        await go(someone, "Creation")
        assert "A quota is everybody’s, a team’s or an owner’s" in someone.words
        await someone.press("2", "6")
        assert "· lead source: Fair · 25 deals found" in someone.lines[1]
        await someone.press("q")
    async with seat(year, SMALL) as someone:
        await someone.press("6")
        assert "lead source: Fair" in someone.lines[1]
        await someone.press("escape")
        assert "23 Nov 2025 – 22 Nov · everybody" in someone.lines[1]


async def test_a_band_of_amounts_is_picked_or_typed(year: Start) -> None:
    change(Path(year.location), 1, "amount", 1_000_000, 5_000_000)
    change(Path(year.location), 2, "amount", 1_000_000, None)
    async with seat(year, USUAL) as someone:
        await someone.press("6")
        await go(someone, "Win rate")
        await narrow(someone, "amount", "unpriced")
        assert "· unpriced · 1 deal found" in someone.lines[1]
        await narrow(someone, "amount", "another band …")
        await someone.type("20k")
        await someone.press("tab")
        await someone.type("10k")
        await someone.press("enter")
        assert "The upper end is not above the lower one." in someone.words
        await someone.press("ctrl+u", *"50k", "enter")
        assert "amount: €20–50k · 0 deals found" in someone.lines[1]  # the end is no part of it
        assert "No deal matches amount: €20–50k. f picks others, esc takes them away." in someone.words
        assert "Q2" not in someone.text
        await someone.press("enter", "j", "escape")
        await go(someone, "Win rate")
        assert "50% 15 of 30" in someone.words


async def test_the_window_is_a_period_or_two_days(year: Start) -> None:
    async with seat(year, USUAL) as someone:
        await someone.press("6")
        await go(someone, "Win rate")
        await narrow(someone, "window", "Q3 2026")
        assert someone.lines[1].strip().startswith("Q3 2026 · everybody")
        assert "not enough: 0 of 20 the window before: 75%" in someone.words  # 31 March to 30 June
        await someone.press("less_than_sign")
        assert someone.lines[1].strip().startswith("Q2 2026 · everybody")
        assert "75% 15 of 20" in someone.words
        await someone.press("greater_than_sign", "greater_than_sign", "greater_than_sign")
        assert someone.lines[1].strip().startswith("Q4 2026 · everybody")  # there is none after it yet
        await narrow(someone, "window", "other days …")
        await someone.press("ctrl+u", *"2026-02-01", "tab", "ctrl+u", *"2026-05-31", "enter")
        assert someone.lines[1].strip().startswith("1 Feb – 31 May · everybody")
        assert "50% 15 of 30" in someone.words
        assert told(someone, "Q1 2026").startswith("Q1 2026 10 of 20 0 10")
        assert told(someone, "Q2 2026").startswith("Q2 2026 75% 15 5")
        assert "Only in part: Q1 2026 from 1 Feb, Q2 2026 to 31 May" in someone.words
        await go(someone, "Velocity")
        assert "As of today: the window above does not change this." in someone.words
        await someone.press("q")
    async with seat(year, USUAL) as someone:
        await someone.press("6")
        assert someone.lines[1].strip().startswith("1 Feb – 31 May · everybody")
        await narrow(someone, "no filter", "")
        assert "23 Nov 2025 – 22 Nov" in someone.lines[1]


async def test_a_typed_filter_is_kept_until_it_is_cleared(year: Start) -> None:
    async with seat(year, USUAL) as someone:
        await someone.press("6", "slash")
        await someone.paste("segment:large owner:claire")
        assert "5 deals found" in someone.lines[1]
        await someone.press("enter", "q")
    async with seat(year, USUAL) as someone:
        await someone.press("6")
        assert "5 deals found" in someone.lines[1]
        assert "segment:large owner:claire" in someone.lines[1]
        await someone.press("escape")
        assert "found" not in someone.lines[1]


async def test_pipelines_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "two.db"
    partners = replace(PLAYBOOK.pipelines[0], name="Partners")
    book = replace(PLAYBOOK, pipelines=(*PLAYBOOK.pipelines, partners))
    with Store.open(path) as store:
        sync_stages(store, book)
        states = [deal(f"Deal {n}", 1 if n < 4 else 9, 1_000) for n in range(10)]
        with batch(store, kind="import", by="import", at=JANUARY, as_of=JANUARY) as writer:
            source = writer.source_id(
                "crm", preset="generic", signature="s", mapping={name: name for name in MAPPED}
            )
            writer.create([NewDeal(source, str(n), f"ID-{n}", its) for n, its in enumerate(states)])
    async with seat(Start(str(path), playbook=book), USUAL) as someone:
        await someone.press("6")
        await narrow(someone, "pipeline", "Partners")
        assert "pipeline: Partners · 6 deals found" in someone.lines[1]


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([], ["unpriced"]),
        ([5_000] * 4, ["below €5k", "from €5k on", "unpriced"]),
        (
            [*range(1_000, 101_000, 1_000)],
            ["below €20k", "€20–50k", "€50–100k", "from €100k on", "unpriced"],
        ),
    ],
)
async def test_bands_lie_between_round_amounts(
    tmp_path: Path, amounts: list[int], expected: list[str]
) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal(f"Deal {n}", 1, amount) for n, amount in enumerate([*amounts, None])])
    async with seat(Start(str(path)), USUAL) as someone:
        await someone.press("6", "f", *["down"] * 9, "up", "enter")
        assert labels(someone) == ["all", *expected, "another band …"]
