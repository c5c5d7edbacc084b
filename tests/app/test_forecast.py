"""Forecast: where a period stands, the deals behind every figure, another period, another scope."""

import json
import re
from datetime import date, datetime
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import pytest

from pipetui import language
from pipetui.app.forecast.listing import DealsScreen
from pipetui.app.forecast.place import ForecastPlace
from pipetui.app.start import make_app
from pipetui.deals.edits import BeginCall, Freeze
from pipetui.forecast.calls.snapshot import freeze
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.store.engine import Store
from pipetui.store.writing import apply

from .forecasting import LARGE, OPEN, QUOTED, cursor, line, start
from .making import (
    CLAIRE,
    DEMO,
    PROPOSAL,
    SMALL,
    USUAL,
    WON,
    deal,
    fill,
    seat,
)
from .test_snapshots import SIZES, played, where_pictures_go  # noqa: F401 - a fixture

# The figures --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, USUAL, LARGE])
async def test_the_figures_are_those_one_works_out_by_hand(deals: Path, size: tuple[int, int]) -> None:
    async with seat(start(deals), size) as someone:
        await someone.press("4")
        assert "Q4 2026 · everybody" in someone.lines[1]
        assert "1 Oct – 31 Dec · 39 days left" in someone.lines[1]
        assert line(someone, "won").startswith("won €10k 1")
        assert line(someone, "commit").startswith("commit €97k +€87k 2")
        assert line(someone, "best case").startswith("best case €109k +€12k 1")
        assert line(someone, "upside").startswith("upside €109k · 0")
        assert line(someone, "quota").startswith("quota €120k")
        # 97 − 120; the average of what was won in a year is (10 + 99) ÷ 2 = 54.5
        assert line(someone, "landing").startswith("landing €97k gap −€23k · under one deal of €55k")
        # 191 open ÷ (120 − 10) = 1.74; without Portail fournisseurs, 145 ÷ 110 = 1.32
        assert line(someone, "coverage").startswith("coverage 1.7× 1.3× without stale deals")
        # 12 × .1 + 41 × .25 + 46 × .4 + 64 × .6 + 28 × .9 = 93.45
        assert line(someone, "weighted").startswith("weighted €93k €191k open")
        assert line(someone, "unclassified").startswith("unclassified €92k 4 deals")


async def test_the_three_second_answer_says_which_share_was_used(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4")
        assert "↘ BEHIND THE PACE" in someone.text or "- BEHIND THE PACE" in someone.text
        assert "landing €23k short of the quota · under one average deal" in someone.words
        # 10 of 120; 53 of 92 days
        assert "8% of the quota won; 58% of the time gone, too few periods to compare" in someone.words


async def test_the_answer_is_large_where_there_is_room(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4")
        assert "B E H I N D" in someone.text


async def test_the_range_is_that_of_all_outcomes(deals: Path) -> None:
    outcomes = []
    for won in product((0, 1), repeat=len(OPEN)):
        p = prod(p if is_won else 1 - p for is_won, p in zip(won, OPEN.values(), strict=True))
        outcomes.append((10_000 + sum(a * w for a, w in zip(OPEN, won, strict=True)), p))
    outcomes.sort()

    def quantile(q: float) -> int:
        total = 0.0
        for amount, p in outcomes:
            total += p
            if total >= q - 1e-12:
                return amount
        raise AssertionError

    def short(amount: int) -> str:
        return str((amount + 500) // 1000)

    p_quota = sum(p for amount, p in outcomes if amount >= 120_000)
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4")
        told = line(someone, "P50, P10–P90")
        assert told.startswith(
            f"P50, P10–P90 €{short(quantile(0.5))}k €{short(quantile(0.1))}–{short(quantile(0.9))}k"
        )
        assert line(someone, "P(≥ quota)").startswith(
            f"P(≥ quota) {int(p_quota * 100 + 0.5)}% as if deals were"
        )
        assert "independent: too narrow" in someone.words
        first = [text for text in someone.lines if "±" in text]
        points = [int(re.findall(r"±(\d+) pts", text)[0]) for text in first]
        assert points == sorted((_points(at) for at in range(len(OPEN))), reverse=True)[:3]
        assert "Portail fournisseurs" in first[0]


def _points(at: int) -> int:
    """How many points the quota is more probable if one of the deals is won than if it is not."""
    p = {True: 0.0, False: 0.0}
    for won in product((False, True), repeat=len(OPEN)):
        others = [(a, q, w) for n, (w, (a, q)) in enumerate(zip(won, OPEN.items(), strict=True)) if n != at]
        total = 10_000 + sum(a for a, w in zip(OPEN, won, strict=True) if w)
        if total >= 120_000:
            p[won[at]] += prod(q if w else 1 - q for _a, q, w in others)
    return int((p[True] - p[False]) * 100 + 0.5)


async def test_what_is_in_no_total_stands_on_quiet_lines(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4")
        assert "In no total" in someone.text
        assert re.search(r"unpriced +1 ", someone.text)
        assert re.search(r"in CHF, without a rate +CHF 20k +1 ", someone.text)


async def test_previous_calls_of_the_period_stand_beside_it(deals: Path) -> None:
    with Store.open(deals) as store:
        how: dict[str, Any] = {"by": "claire", "at": datetime(2026, 11, 15, 9, 30), "playbook": QUOTED}
        began = apply(store, [BeginCall("2026-Q4")], **how)
        assert began.call_id is not None
        snapshot = freeze(
            (),
            period=Period.parse("2026-Q4"),
            scope=Scope(),
            revision=1,
            frozen_at=how["at"],
            by="claire",
            currency="EUR",
            quota=None,
            number=None,
        )
        apply(store, [Freeze(began.call_id, json.dumps(snapshot.plain()))], **how)
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4")
        assert "Previous calls" in someone.text
        assert re.search(r"15 Nov 09:30 +€0 ", someone.text)
        await someone.press("m")
        assert "Previous calls" not in someone.text  # they were of the quarter


async def test_teams_and_owners_have_a_table(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4")
        #                      quota won commit best case upside unclassified landing
        assert line(someone, "Claire Dubois").startswith("Claire Dubois €70k €10k €46k €12k · €28k €56k")
        assert line(someone, "Marc Petit").startswith("Marc Petit — · €41k · · €64k €41k")
        assert line(someone, "West").startswith("West €70k €10k €46k")  # the sum of its owners
        assert line(someone, "everybody").startswith("everybody €120k €10k €87k €12k · €92k €97k")


# Going through it ---------------------------------------------------------------------------------------


async def test_the_cursor_goes_over_the_figures(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4")
        assert cursor(someone).startswith("won")
        await someone.press("j", "down")
        assert cursor(someone).startswith("best case")
        await someone.press("k", "tab")
        assert cursor(someone).startswith("landing")
        await someone.press("G")
        assert cursor(someone).startswith("Marc Petit") or cursor(someone).startswith("Claire")
        assert "landing" in someone.text  # the heads of the columns stay in sight
        await someone.press("home")
        assert cursor(someone).startswith("won")


async def test_the_deals_behind_a_figure_are_listed_and_one_comes_back(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4", "j")
        assert re.search(r"commit +2 deals · €87k", someone.text)  # beside the table already
        await someone.press("enter")
        assert "commit   2 deals · €87,000.00" in someone.lines[0]
        assert cursor(someone).startswith(
            "Portail fournisseurs Nordimat Claire Dubois €46k overdue 3 d commit Demo"
        )
        assert "▲" in cursor(someone) or "^" in cursor(someone)
        await someone.press("j")
        assert cursor(someone).startswith("Licences 2027 Transalp Marc Petit €41k in 5 d")
        await someone.press("enter")
        assert "€41,000.00" in someone.text
        await someone.press("escape")
        assert cursor(someone).startswith("Licences 2027")
        await someone.press("escape")
        assert cursor(someone).startswith("commit €97k")


async def test_going_on_in_the_deal_view_moves_the_list_along(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4", "j", "enter", "enter", "right_square_bracket", "escape")
        assert cursor(someone).startswith("Licences 2027")


async def test_landing_is_made_of_won_and_commit(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "tab", "enter")
        assert "landing   3 deals · €97,000.00" in someone.lines[0]


async def test_why_says_where_the_probability_comes_from(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "j", "enter", "y")
        assert "40%: the playbook’s probability for Demo" in someone.words
        await someone.press("j")
        assert "25%: the playbook’s probability for Discovery" in someone.words
        await someone.press("y")
        assert "playbook’s" not in someone.words


async def test_a_deal_to_call_first_opens_at_once(deals: Path) -> None:
    async with seat(start(deals), USUAL) as someone:
        await someone.press("4")
        await someone.press("tab", "tab")
        assert "Portail fournisseurs" in "".join(
            text[text.index("▌") :] for text in someone.lines if "▌" in text
        )
        await someone.press("enter")
        assert "€46,000.00" in someone.text
        await someone.press("escape")
        assert "Q4 2026" in someone.text


async def test_a_figure_without_deals_says_so(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", "j", "j", "j", "enter")
        assert "No deal is behind this figure." in someone.toast


async def test_what_is_typed_ahead_waits_for_the_figures(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.rush("4jjk")
        assert cursor(someone).startswith("commit")
        await someone.press("enter")
        assert "commit   2 deals" in someone.lines[0]


async def test_both_keys_of_the_digit_row_lead_here_from_a_list(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("apostrophe", "enter", "4")
        assert "Q4 2026" in someone.lines[1]
        await someone.press("2")
        assert "Forecast" in someone.lines[0]
        assert someone.app.place == "board"


async def test_figures_that_come_while_a_list_opens_do_no_harm(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4")
        place = someone.app.screen
        assert isinstance(place, ForecastPlace)
        look = place._look
        assert look is not None
        opened = DealsScreen(look, "won")
        opened.renew(look)  # before it is composed
        await someone.app.push_screen(opened)
        await someone.settle()
        assert "Q4 2026" in someone.lines[0]


# Where there is little -----------------------------------------------------------------------------------


async def test_without_a_quota_it_is_said_how_to_set_one(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("4")
        assert "No quota for Q4 2026: set one with Q, or in the playbook." in someone.words
        assert line(someone, "landing").startswith("landing €97k won + commit")
        assert line(someone, "coverage").startswith("coverage — no quota")
        assert "Call these three first" not in someone.words


async def test_a_period_without_deals_says_so(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await someone.press("4", *["greater_than_sign"] * 3)
        assert "no deal was won in this period, none is due in it" in someone.words
        await someone.press("enter")
        assert "No deal is behind this figure." in someone.toast


async def test_a_met_quota_is_ahead_and_covered(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal("Done", WON, 130_000, status="won", closed_on=date(2026, 11, 2), owner=CLAIRE)])
    async with seat(start(path), SMALL) as someone:
        await someone.press("4")
        assert "AHEAD OF THE PACE" in someone.lines[2]
        assert "landing €10k above the quota" in someone.lines[2]
        assert line(someone, "coverage").startswith("coverage met")


async def test_past_periods_are_the_measure_where_there_are_enough(tmp_path: Path) -> None:
    days = [(2025, 7, 4), (2025, 12, 30), (2026, 2, 1), (2026, 4, 2), (2026, 9, 28)]
    past = [
        deal(f"Past {n}", WON, 100_000, status="won", closed_on=date(*day), created=date(2025, 1, 1))
        for n, day in enumerate(days)
    ]
    path = tmp_path / "deals.db"
    lost = deal("Lost", 8, 1_000, status="lost", closed_on=date(2025, 1, 2), created=date(2025, 1, 1))
    fill(path, [*past, lost, deal("Now", PROPOSAL, 50_000, close_date=date(2026, 12, 1))])
    async with seat(start(path), SMALL) as someone:
        await someone.press("4")
        # 39 days before the end: won by then in Q3 2025, Q1 and Q2 2026, later in Q4 2025 and Q3 2026
        assert "60% by now in your last 5 periods" in someone.words


async def test_no_text_from_outside_is_markup(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(
        path,
        [deal("[/] *Q4* [red]", DEMO, 50_000, account="<b>[", owner="[x]", close_date=date(2026, 12, 2))],
    )
    async with seat(start(path), USUAL) as someone:
        await someone.press("4", "G")
        assert "[/] *Q4*" in someone.text
        await someone.press("enter")
        assert "[/] *Q4* [red]" in someone.text
        assert "[x]" in someone.text


async def test_nobody_and_no_team_have_lines(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(
        path,
        [
            deal("Loose", DEMO, 50_000, owner="", close_date=date(2026, 12, 2)),
            deal("Held", DEMO, 20_000, owner=CLAIRE, close_date=date(2026, 12, 2)),
        ],
    )
    async with seat(start(path), USUAL) as someone:
        await someone.press("4")
        assert line(someone, "no team").startswith("no team —")
        assert line(someone, "nobody").startswith("nobody")


# What it looks like -------------------------------------------------------------------------------------


@SIZES
@pytest.mark.parametrize("screen", ["figures", "deals", "no quota"])
def test_looks_in_french(snap_compare: Any, deals: Path, screen: str, size: tuple[int, int]) -> None:
    language.use("fr")
    keys = {
        "figures": [["4"], ["j"]],
        "deals": [["4"], ["j", "enter", "y"]],
        "no quota": [["4"], ["less_than_sign"]],
    }
    assert snap_compare(
        make_app(start(deals)), terminal_size=size, run_before=played(start(deals), keys[screen])
    )
