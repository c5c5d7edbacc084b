"""Forecast: another period, another scope, what changes."""

import re
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


async def test_undo_says_which_quota_was_taken_back(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "Q", *"97k", "enter", "ctrl+z")
        assert re.search(r"Undone: quota 2026-Q4.*€97,000.00 · ctrl\+y redoes", someone.toast)
        await someone.press("ctrl+y")
        assert "Done again: quota 2026-Q4" in someone.toast


async def test_the_quota_of_a_team(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4", "o", *"east", "enter", "Q")
        assert "Quota of East for Q4 2026" in someone.text
        await someone.press(*"80k", "enter")
        assert line(someone, "quota").startswith("quota €80k")
        await someone.press("m", "Q", *"20k", "enter")
        assert line(someone, "quota").startswith("quota €20k")
        assert rows(deals, "SELECT period, team, owner, amount FROM quota") == [
            ("2026-Q4", "East", "", 8_000_000),
            ("2026-11", "East", "", 2_000_000),
        ]


async def test_keys_typed_at_once_are_the_dialogs_in_their_order(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4")
        for key in ("Q", "ctrl+u", "9", "7", "k"):
            someone._send(key)
        await someone.settle()
        await someone.press("enter")
        assert line(someone, "quota").startswith("quota €97k")
        await someone.press("Q")
        for key in ("ctrl+u", "8", "k", "backspace", "5", "k", "enter"):  # over what is selected
            someone._send(key)
        await someone.settle()
        assert line(someone, "quota").startswith("quota €85k")


async def test_doubt_is_switched_on_told_and_remembered(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "s")
        # no past period teaches anything here: the playbook's chances say nothing of the date
        assert "simulated: 10,000 runs, seed 1, ρ 0.2, 15% slip" in someone.words
        simulated = line(someone, "P(≥ quota)")
        await someone.press("s")
        assert "as if deals were independent: too narrow" in someone.words
        await someone.press("s")
        assert line(someone, "P(≥ quota)") == simulated  # the same seed gives the same
        someone.app.exit()
    async with seat(start(deals), SMALL) as someone:
        assert "simulated: 10,000 runs" in someone.words


async def test_why_a_probability_is_what_it_is_from_the_figures(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4")
        await someone.press("tab", "tab", "y")
        assert "40%: the playbook’s probability for Demo" in someone.toast
        await someone.press("home", "j", "y")
        assert "commit   2 deals" in someone.lines[0]
        assert "40%: the playbook’s probability for Demo" in someone.words


async def test_what_is_decided_already_is_not_to_be_called(deals: Path) -> None:
    stages = tuple(
        replace(stage, probability=0.0 if stage.name == "Demo" else stage.probability)
        for stage in QUOTED.pipelines[0].stages
    )
    hopeless = replace(QUOTED, pipelines=(replace(QUOTED.pipelines[0], stages=stages),))
    async with seat(start(deals, hopeless), SMALL) as someone:
        await someone.press("4")
        await someone.press("tab", "tab")
        first = [text for text in someone.lines if "±" in text]
        assert len(first) == 3
        assert not any("Portail fournisseurs" in text for text in first)


async def test_who_comes_back_sees_figures_and_range_at_once(
    deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4")
        before = someone.text
        await someone.press("2")
        with monkeypatch.context() as nobody:
            nobody.setattr("pipetui.pipeline.outlook.begin", None)  # nothing is worked out again
            await someone.press("4")
            assert someone.text == before
        await someone.press("2")
        change(deals, 5, "amount", 4_100_000, 5_100_000)
        await look_again(someone)
        await someone.press("4")
        assert line(someone, "commit").startswith("commit €107k")
