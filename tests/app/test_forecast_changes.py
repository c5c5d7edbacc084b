"""Forecast: another period, another scope, what changes."""

from dataclasses import replace
from pathlib import Path

import pytest

from .forecasting import QUOTED, cursor, line, look_again, start
from .making import (
    CLAIRE,
    MARC,
    SMALL,
    USUAL,
    change,
    rows,
    seat,
)

# Another period, another scope ------------------------------------------------------------------------------


async def test_periods_before_and_after_months_and_quarters(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "less_than_sign")
        assert "Q3 2026 · everybody" in someone.lines[1]
        assert "over" in someone.lines[1]
        assert line(someone, "won").startswith("won €99k 1")
        assert "No quota for Q3 2026: set one with Q" in someone.words
        await someone.press("greater_than_sign", "greater_than_sign")
        assert "Q1 2027" in someone.lines[1]
        assert "not yet begun" in someone.lines[1]
        assert line(someone, "unclassified").startswith("unclassified €30k 1 deal")
        await someone.press("less_than_sign", "m")
        assert "November 2026" in someone.lines[1]
        assert line(someone, "quota").startswith("quota €30k")
        # Migration ERP and Basel rollout are due in December
        assert line(someone, "unclassified").startswith("unclassified €28k 2 deals")
        assert line(someone, "coverage").startswith("coverage 6.4×")  # 127 ÷ 20
        await someone.press("m")
        assert "Q4 2026" in someone.lines[1]


async def test_a_fiscal_year_begins_where_the_playbook_says(deals: Path) -> None:
    async with seat(start(deals, replace(QUOTED, fiscal_year_start=11)), SMALL) as someone:
        await someone.press("4")
        assert "Q1 2027" in someone.lines[1]
        assert "1 Nov – 31 Jan 2027" in someone.lines[1]


async def test_a_team_or_an_owner(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "o", *"west", "enter")
        assert "Q4 2026 · West" in someone.lines[1]
        assert line(someone, "commit").startswith("commit €56k +€46k 1")
        await someone.press("o", *"marc", "enter")
        assert "Q4 2026 · Marc Petit" in someone.lines[1]
        assert line(someone, "commit").startswith("commit €41k +€41k 1")
        assert "No quota for Q4 2026" in someone.words
        await someone.press("2", "4")
        assert "Marc Petit" in someone.lines[1]  # as one left it
        await someone.press("escape")
        assert "Q4 2026 · everybody" in someone.lines[1]


async def test_the_scope_is_remembered_until_the_next_start(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "m", "o", *"claire", "enter")
        someone.app.exit()
    async with seat(start(deals), SMALL) as someone:
        assert "November 2026 · Claire Dubois" in someone.lines[1]


# What changes -------------------------------------------------------------------------------------------


async def test_a_quota_is_set_here_and_taken_back(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "Q")
        assert "Quota of everybody for Q4 2026" in someone.text
        await someone.press(*"97k", "enter")
        assert "Quota of everybody for Q4 2026: €97,000.00" in someone.toast
        assert line(someone, "quota").startswith("quota €97k")
        assert "gap €0" in someone.words
        assert rows(deals, "SELECT period, team, owner, amount FROM quota") == [
            ("2026-Q4", "", "", 9_700_000)
        ]
        await someone.press("ctrl+z")
        assert line(someone, "quota").startswith("quota €120k")


async def test_the_quota_of_the_owner_that_the_cursor_is_on(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4", "G", "Q")
        name = MARC if "Marc" in someone.text.split("Quota of ")[1][:12] else CLAIRE
        await someone.press(*"1x", "enter")
        assert "This is no quota" in someone.words
        await someone.press(*["backspace"] * 2, *"50k", "enter")
        assert line(someone, name).startswith(f"{name} €50k")


async def test_a_change_from_another_terminal_changes_the_figures(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4", "j")
        change(deals, 5, "amount", 4_100_000, 5_100_000)
        await look_again(someone)
        assert cursor(someone).startswith("commit €107k +€97k 2")
        assert line(someone, "weighted").startswith("weighted €96k €201k open")
        await someone.press("enter")
        assert cursor(someone).startswith("Licences 2027 Transalp Marc Petit €51k")
        change(deals, 5, "crm_category", "commit", "upside")
        await look_again(someone)
        assert "commit   1 deal · €46,000.00" in someone.lines[0]
        assert cursor(someone).startswith("Portail fournisseurs")


async def test_nothing_moves_when_the_range_arrives(deals: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipetui.app.forecast.place import ForecastPlace

    shown: list[list[str]] = []
    show = ForecastPlace._show

    def show_and_keep(place: ForecastPlace) -> None:
        show(place)
        if place._look is not None:
            ways = [strip.text for strip in place._panel("figures")._shown]
            shown.append([("range " if place._look.outlook.is_learned else "first "), *ways])

    monkeypatch.setattr(ForecastPlace, "_show", show_and_keep)
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4")
    (first, then) = ([its for its in shown if its[0] == name][-1] for name in ("first ", "range "))
    assert "…" in "".join(first)
    assert "…" not in "".join(then)
    same = [old[:12] == new[:12] for old, new in zip(first[1:], then[1:], strict=True) if "…" not in old]
    assert sum(same) >= 12
    assert [text[:40] for text in first[2:6]] == [text[:40] for text in then[2:6]]
