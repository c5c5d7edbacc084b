"""The forecast call: one key a deal, what the gate asks, undo, the number, freezing."""

from datetime import date, datetime
from pathlib import Path

import pytest

from pipetui.app.call.screen import CallScreen
from pipetui.deals.category import Category
from pipetui.deals.said import Said

from .calling import OPEN_DEALS, ROOM, at, begin, desk, last_line, lines_in, play
from .forecasting import start
from .held_calls import hold
from .making import DISCOVERY, SMALL, Start, change, deal, fill, rows, seat

LAST = datetime(2026, 11, 15, 9, 30)
"""When the last call was held, where there was one."""


async def test_the_call_is_begun_for_a_scope_and_a_time(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await play(someone, "4", "c")
        assert "Forecast call on Q4 2026: whose?" in someone.text
        assert "7 deals take 11 min at 90 s each" in someone.words
        await play(someone, "down", "down", "backspace", "backspace", "3", "0", "enter")
        assert "Forecast Q4 2026 · West" in someone.lines[0]
        assert " / 30:00" in someone.lines[0]
        assert "No call on this period was frozen yet" in someone.text
    assert rows(deals, "SELECT period, team, owner, by FROM forecast_call") == [
        ("2026-Q4", "West", "", "claire")
    ]


async def test_one_key_classifies_and_goes_on_through_the_agenda(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        names = [desk(someone).pipeline.deals[its].name for its in desk(someone).deal_ids]
        assert [name.split()[0] for name in names] == [name.split()[0] for name in OPEN_DEALS]
        parts = [its.part for its in desk(someone).stops]
        assert list(dict.fromkeys(parts)) == [
            "last_call", "commit", "best_case", "unclassified", "number", "freeze",
        ]  # fmt: skip
        await play(someone, "space")
        assert at(someone) == "Licences 2027"
        await play(someone, "c")
        assert at(someone) == "Refonte intranet"
        assert lines_in(deals) == {"Licences 2027": ("commit", None, "", 1)}
        assert desk(someone).is_reached(5)
        assert any("✓ Transalp" in line for line in someone.lines)


async def test_keys_typed_faster_than_they_are_written_each_have_their_deal(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "space", "space", "space")
        await someone.rush("uuo")
        assert {name: its[0] for name, its in lines_in(deals).items()} == {
            "Migration ERP": "upside",
            "Tour B": "upside",
            "Audit sécurité": "omitted",
        }


async def test_facts_against_a_commit_want_a_written_reason(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "c", *"no", "escape")
        assert at(someone) == "Portail fournisseurs"
        assert lines_in(deals) == {}
        await play(someone, "c")
        assert "Portail fournisseurs as commit: close date is past · weakly qualified" in someone.words
        await play(someone, "enter")
        assert "Say why: it is kept, and shown at the next call." in someone.words
        assert lines_in(deals) == {}
        await someone.type("The CFO signs Tuesday")
        await play(someone, "enter")
        assert at(someone) == "Licences 2027"
        assert lines_in(deals)["Portail fournisseurs"] == ("commit", None, "The CFO signs Tuesday", 1)
        await play(someone, "backspace")
        assert "“The CFO signs Tuesday”" in someone.words


async def test_a_best_case_has_a_condition_a_date_and_somebody(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "space", "b")
        assert "Licences 2027 as best case" in someone.words
        await someone.type("their board agrees")
        await play(someone, "enter")
        assert "A condition has a date: by when is it met?" in someone.words
        await someone.type("fri")
        assert "Friday 27 Nov" in someone.words
        await play(someone, "enter")
        assert at(someone) == "Refonte intranet"
        line = last_line(deals, "Licences 2027")
        assert (line["condition"], str(line["condition_by"])[:10], line["condition_owner"]) == (
            "their board agrees", "2026-11-27", "Marc Petit",
        )  # fmt: skip


async def test_what_is_typed_after_tab_is_the_next_lines_however_fast(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "space", "b")
        for key in (*"their board agrees", "tab", *"fri", "tab", "shift+tab", "enter"):
            someone._send(key)
        await someone.settle()
        line = last_line(deals, "Licences 2027")
        assert (line["condition"], str(line["condition_by"])[:10]) == ("their board agrees", "2026-11-27")


async def test_undo_goes_back_to_the_deal_and_takes_back_all_that_was_said(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "c", *"because", "enter", "c", "space")
        assert at(someone) == "Migration ERP"
        await play(someone, "ctrl+z")
        assert at(someone) == "Licences 2027"
        assert not desk(someone).is_reached(5)
        await play(someone, "ctrl+z")
        assert at(someone) == "Portail fournisseurs"
        assert lines_in(deals) == {}
        assert desk(someone).said(6).reason == ""


async def test_the_manager_overrides_with_a_reason_and_agrees_with_one_key(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "space", "m")
        assert "manager’s call" in someone.lines[0] or "manager’s call" in someone.toast
        await play(someone, "c")
        assert lines_in(deals)["Licences 2027"][:2] == (None, None)  # he agrees: no override
        await play(someone, "backspace", "u")
        assert "not the rep’s call" in someone.words
        await play(someone, *"too early", "enter")
        line = last_line(deals, "Licences 2027")
        assert (line["rep"], line["manager"], line["override_reason"]) == (None, "upside", "too early")
        totals = desk(someone).totals("rep"), desk(someone).totals("manager")
        assert (totals[0].commit - totals[1].commit, totals[1].upside - totals[0].upside) == (4_100_000,) * 2


async def test_the_totals_follow_each_key_and_the_chance_is_told_without_a_deal(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        assert "gap −€23,000" in someone.words

        # 10 are won; 46 (40 %), 41 (25 %), 12 (10 %), 64 (60 %) and 28 (90 %) may come, 120 are wanted
        def chance(without: int) -> float:
            deals_ = [
                its for its in ((46, 0.4), (41, 0.25), (12, 0.1), (64, 0.6), (28, 0.9)) if its[0] != without
            ]
            found = 0.0
            for mask in range(1 << len(deals_)):
                p, total = 1.0, 10
                for place, (amount, own) in enumerate(deals_):
                    had = bool(mask >> place & 1)
                    p *= own if had else 1 - own
                    total += amount if had else 0
                found += p if total >= 120 else 0.0
            return found

        assert f"{chance(0):.0%} → {chance(46):.0%} without it" in someone.words
        await play(someone, "space")
        assert f"{chance(0):.0%} → {chance(41):.0%} without it" in someone.words
        await play(someone, "space", "space")
        await play(someone, "c")
        assert desk(someone).totals("manager").commit == 15_100_000
        assert "gap €41,000" in someone.words
        await play(someone, "o")
        assert desk(someone).totals("manager").omitted == 2_800_000
        assert "unclassified €0" in someone.words


async def test_a_deal_that_waits_comes_up_at_the_end(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "w")
        assert at(someone) == "Licences 2027"
        assert "put off" in someone.text
        await play(someone, "c", "o", "c", "c", "u", *"big", "enter", "c", *"new", "enter")
        assert at(someone) == "Portail fournisseurs"


async def test_an_answer_is_kept_below_the_earlier_ones(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "n")
        assert "Who signs?" in someone.words
        await play(someone, *"the CFO", "enter", "n", *"by mail", "enter")
        assert "▏the CFO" in someone.text
        assert "▏by mail" in someone.text
        assert last_line(deals, "Portail fournisseurs")["note"] == "the CFO\nby mail"
        assert at(someone) == "Portail fournisseurs"


async def test_date_amount_and_next_step_are_set_as_everywhere(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "space", "a", *(["backspace"] * 12), *"50k", "enter")
        assert "€50,000.00" in someone.words
        assert desk(someone).totals("rep").commit == 9_600_000
        assert at(someone) == "Licences 2027"
        await play(someone, "d", *(["backspace"] * 12), *"15/01/2027", "enter")
        assert "outside the period" in someone.words


async def test_a_jump_finds_letters_in_their_order_and_the_deal_view_leads_back(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "slash", *"mgerp", "enter")
        assert at(someone) == "Migration ERP"
        await play(someone, "enter")
        assert "Migration ERP" in someone.lines[0]
        await play(someone, "escape")
        assert at(someone) == "Migration ERP"


async def test_the_clocks_are_quiet_until_they_are_over(deals: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tick = CallScreen.tick
    monkeypatch.setattr(CallScreen, "tick", lambda _screen: None)  # time goes by when the test says so
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        screen = someone.app.screen
        assert isinstance(screen, CallScreen)
        for _second in range(91):
            tick(screen)
        await someone.settle()
        assert "1:31" in someone.lines[0]
        assert screen.clocks.is_deal_over
        await play(someone, "t")
        assert "1:31" not in someone.lines[0]
        assert "clocks stopped" in someone.lines[0]
        tick(screen)
        await play(someone, "t", "space")
        assert "1:31 / 45:00" in someone.lines[0]
        assert someone.lines[0].rstrip().endswith("0:00")


# The number, and freezing -------------------------------------------------------------------------------


async def test_an_odd_number_is_warned_of_and_taken(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "G", "k", "enter")
        await play(someone, *"5k", "tab", *"the fair", "enter")
        assert "Below what is won already (€10,000.00)." in someone.words
        assert "Below P10" in someone.words
        assert "More than 10% off won + commit" in someone.words
        assert "the fair" in someone.words
        await play(someone, "enter", *(["backspace"] * 12), *"97k", "enter")
        assert "● Below" not in someone.words
        assert rows(deals, "SELECT number, risks FROM call_number ORDER BY id") == [
            (500_000, "the fair"), (9_700_000, "the fair"),
        ]  # fmt: skip


async def test_freezing_asks_once_and_keeps_all_of_it(deals: Path) -> None:
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "space", "c", "G", "enter")
        assert "Freeze the call?" in someone.text
        await play(someone, "escape")
        assert rows(deals, "SELECT count(*) FROM call_revision") == [(0,)]
        await play(someone, "enter", "enter")
        ((id_,),) = rows(deals, "SELECT snapshot_id FROM call_revision")
        assert id_ in someone.toast
        assert id_ in someone.text
        await play(someone, "enter")
        assert "Write the minutes as" in someone.text
        await play(someone, "escape")
        await play(someone, "g", "space", "c")
        assert "This forecast call is frozen" in someone.toast
        await play(someone, "R")
        await play(someone, "c", *"again", "enter", "G", "enter", "enter")
        assert "revision 2" in someone.words
        revisions = rows(deals, "SELECT revision, snapshot_id <> '' FROM call_revision ORDER BY id")
        assert revisions == [(1, 1), (1, 0), (2, 1)]


async def test_a_reason_given_before_and_still_true_is_not_asked_again(deals: Path) -> None:
    hold(deals, LAST, 90, (6, Category.COMMIT, Said(reason="the CFO signs")))
    async with seat(start(deals), ROOM) as someone:
        await begin(someone)
        await play(someone, "space")
        assert at(someone) == "Portail fournisseurs"
        assert "the CFO signs" in someone.words
        assert "nothing has changed" in someone.words
        await play(someone, "c")
        assert at(someone) == "Licences 2027"  # not asked
        assert last_line(deals, "Portail fournisseurs")["reason"] == "the CFO signs"
        await play(someone, "u")
        assert "lower than in the last call" in someone.words


async def test_the_next_call_begins_with_what_became_of_the_last(deals: Path) -> None:
    hold(deals, LAST, 90)
    change(deals, 5, "amount", 4_100_000, 5_000_000)
    async with seat(start(deals), ROOM) as someone:
        await play(someone, "4", "c", "enter")
        assert "The call of 15 Nov 09:30" in someone.words
        assert "number €90,000.00" in someone.words
        assert "landing now €106,000.00 (+€9,000.00)" in someone.words
        assert "Of its commits 0 were won, 0 lost, 2 are open." in someone.words
        await play(someone, "space")
        assert "raised from €41k to €50k" in someone.words


# Empty and small ----------------------------------------------------------------------------------------


async def test_a_period_without_a_deal_says_so(deals: Path) -> None:
    async with seat(start(deals), SMALL) as someone:
        await play(someone, "4", "less_than_sign", "c", "enter")
        assert "No open deal is due in this period" in someone.words
        await play(someone, "c")
        assert "No deal here" in someone.toast
        await play(someone, "space")
        assert at(someone) == "number"


async def test_without_a_quota_the_range_stands_alone(deals: Path) -> None:
    async with seat(Start(str(deals)), ROOM) as someone:
        await begin(someone)
        assert "no quota" in someone.words
        assert "without it" not in someone.words
        assert "P50" in someone.words


async def test_three_hundred_deals_scroll(store: Path) -> None:
    fill(store, [
        deal(f"Deal {n:03} [/] with a name that is much too long for its column", DISCOVERY, 1_000 + n,
             close_date=date(2026, 12, 10), crm_category="upside")
        for n in range(300)
    ])  # fmt: skip
    async with seat(start(store), SMALL) as someone:
        await begin(someone)
        await play(someone, "l")
        assert sum("Deal" in line for line in someone.lines) > 15
        assert all(len(line) <= 80 for line in someone.lines)
        await play(someone, "G", "backspace", "backspace")
        assert at(someone).startswith("Deal 000")
        assert "deal 300 of 300" in someone.lines[0]
        assert someone.app.screen.desk.deal.category is Category.UPSIDE  # type: ignore[attr-defined]
