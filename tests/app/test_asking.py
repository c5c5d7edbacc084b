"""Changing deals from the board and the deal view: amount, dates, next step, owner, notes, flags, marks."""

from pathlib import Path

import pytest

from pipetui.app.board.cards import MARK
from pipetui.language import use

from .making import QUALIFICATION, SMALL, USUAL, deal, fill, rows, seat, stage_of

DEAL = "SELECT {fields} FROM deal WHERE name = ?"


def told(path: Path, name: str, *fields: str) -> tuple[object, ...]:
    ((*values,),) = rows(path, DEAL.format(fields=", ".join(fields)), name)
    return tuple(values)


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_an_amount_is_typed_as_one_says_it(deals: Path, size: tuple[int, int]) -> None:
    async with seat(deals, size) as someone:
        await someone.press("a")
        assert "Amount of Audit sécurité" in someone.words
        await someone.press(*"250k")
        assert "€250,000.00" in someone.words, "read back before enter"
        await someone.press("enter")
        assert told(deals, "Audit sécurité", "amount") == (25_000_000,)
        assert someone.toast == "Audit sécurité: €250,000.00 · ctrl+z undoes"
        assert "€250k" in someone.card[2]
        await someone.press("ctrl+z")
        assert told(deals, "Audit sécurité", "amount") != (25_000_000,)


async def test_what_is_no_amount_is_said_and_nothing_is_lost(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("a", *"lots", "enter")
        assert "This is no amount" in someone.words
        await someone.press(*["backspace"] * 4)
        await someone.press(*"1,2m", "enter")
        assert told(deals, "Audit sécurité", "amount") == (120_000_000,)


async def test_an_amount_that_is_emptied_is_unpriced(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("a")
        await someone.press("delete")
        await someone.press("enter")
        assert told(deals, "Audit sécurité", "amount") == (None,)
        assert someone.toast.startswith("Audit sécurité: unpriced")


async def test_esc_changes_nothing(deals: Path) -> None:
    async with seat(deals) as someone:
        before = told(deals, "Audit sécurité", "amount", "close_date", "version")
        for key in "adnONp":
            await someone.press(key, "escape")
        assert told(deals, "Audit sécurité", "amount", "close_date", "version") == before


async def test_a_date_is_read_back_in_words(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("d", *"+2w")
        assert "Sunday 6 Dec · in 14 d" in someone.words
        await someone.press("enter")
        assert told(deals, "Audit sécurité", "close_date") == ("2026-12-06",)


async def test_the_second_push_wants_a_reason(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("d", *"30/1", "enter")
        assert told(deals, "Audit sécurité", "push_count") == (1,)
        await someone.press("d", *"28/2", "enter")
        assert "say what is different this time" in someone.words
        await someone.press(*"their board met", "enter")
        assert told(deals, "Audit sécurité", "close_date", "push_count") == ("2027-02-28", 2)
        ((because,),) = rows(deals, "SELECT because FROM batch ORDER BY id DESC LIMIT 1")
        assert because == "their board met"
        await someone.press("d", *"1/2", "enter")
        assert told(deals, "Audit sécurité", "close_date") == ("2027-02-01",), "nearer needs none"


@pytest.mark.parametrize("typed", ["1/1/20", "soon", ""])
async def test_a_date_that_cannot_be_is_refused(deals: Path, typed: str) -> None:
    async with seat(deals) as someone:
        before = told(deals, "Audit sécurité", "close_date")
        await someone.press("d")
        await someone.press("delete")
        await someone.press(*typed, "enter")
        assert any(said in someone.words for said in ("lie ahead", "no date", "Say when"))
        assert told(deals, "Audit sécurité", "close_date") == before


async def test_a_next_step_and_its_day(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("n", *"call the CFO")
        await someone.press("tab")
        await someone.press(*"fri", "enter")
        assert told(deals, "Audit sécurité", "next_step", "next_step_date") == ("call the CFO", "2026-11-27")
        assert "“call the CFO” · Friday 27 Nov" in someone.toast


async def test_another_owner_is_picked(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("O", *"marc", "enter")
        assert "Marc" in someone.toast
        ((owner,),) = rows(
            deals,
            "SELECT o.name FROM deal d JOIN owner o ON o.id = d.owner_id WHERE d.name = 'Audit sécurité'",
        )
        assert owner.startswith("Marc")


async def test_a_note_stands_in_the_deal_view(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("N", *"[b]they want it[/]", "enter")
        await someone.press("enter")
        assert "[b]they want it[/]" in someone.words


async def test_a_flag_rests_until_its_facts_change(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("slash", *"flag:overdue", "enter")
        assert someone.focused.startswith("Audit sécurité")
        await someone.press("f")
        assert "Let “overdue” rest" in someone.words, "it has no other flag: none is asked for"
        await someone.press("tab")
        await someone.press(*"they sign on Monday", "enter")
        assert "rests" in someone.toast
        assert not someone.focused.startswith("Audit sécurité")
        await someone.press("ctrl+z")
        assert someone.focused.startswith("Audit sécurité")
        await someone.press("enter")
        assert "shows again" not in someone.words, "what was undone is not told"


async def test_one_of_several_flags_rests_until_a_day(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "f")
        await someone.press("down", "enter")
        assert "Let “overdue” rest: Portail fournisseurs" in someone.words
        await someone.press("enter")
        assert "Say why the flag may rest, or until when" in someone.words
        await someone.press("shift+tab")
        await someone.press(*"fri", "enter")
        assert "“overdue” rests until Friday 27 Nov" in someone.toast
        await someone.press("enter")
        assert "“overdue” rests until 27 Nov" in someone.words
        assert "▲ overdue" not in someone.words
        assert "▲ stalled" in someone.words


async def test_nurture_takes_a_deal_off_the_board_until_its_day(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("p", *"+1m", "enter")
        assert told(deals, "Audit sécurité", "resume_on") == ("2026-12-22",)
        assert not someone.focused.startswith("Audit sécurité")


async def test_marked_deals_change_together_and_go_back_together(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("v", "v")
        assert "2 marked" in someone.words
        assert someone.words.count(MARK) == 3, "two cards and the count"
        await someone.press("n", *"send the offer")
        await someone.press("tab")
        await someone.press(*"fri", "enter")
        assert "2 deals" in someone.toast
        same = rows(deals, "SELECT count(*) FROM deal WHERE next_step = 'send the offer'")
        assert same == [(2,)]
        await someone.press("ctrl+z")
        assert rows(deals, "SELECT count(*) FROM deal WHERE next_step = 'send the offer'") == [(0,)]
        await someone.press("escape")
        assert "marked" not in someone.words


async def test_no_key_acts_on_a_marked_deal_that_the_filter_hides(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("v", "slash", *"refonte", "enter")
        assert "marked" not in someone.words
        await someone.press("a", *"5", "enter")
        assert told(deals, "Refonte intranet", "amount") == (500,)
        assert told(deals, "Audit sécurité", "amount") != (500,)


async def test_marked_deals_are_lost_for_one_reason(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("v", "v", "x")
        assert "2 deals are lost" in someone.words
        await someone.press(*"no answer", "enter")
        assert rows(deals, "SELECT count(*) FROM deal WHERE close_reason = 'no answer'") == [(2,)]
        assert "2 deals are lost" in someone.toast
        await someone.press("ctrl+z")
        assert rows(deals, "SELECT count(*) FROM deal WHERE close_reason = 'no answer'") == [(0,)]


async def test_marked_deals_pass_a_gate_with_one_reason(store: Path) -> None:
    fill(store, [deal(name, QUALIFICATION, levels="0000000") for name in ("One", "Two", "Three")])
    async with seat(store) as someone:
        await someone.press("v", "v", "L")
        assert "2 deals are not ready to go on" in someone.words
        await someone.press(*"all asked for it", "enter")
        assert [stage_of(store, name) for name in ("One", "Two", "Three")].count("Discovery") == 2
        assert "2 deals moved" in someone.toast
        await someone.press("ctrl+z")
        assert [stage_of(store, name) for name in ("One", "Two", "Three")].count("Discovery") == 0


async def test_in_the_deal_view_the_same_keys_do_the_same(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("enter", "a", *"99", "enter")
        assert told(deals, "Audit sécurité", "amount") == (9_900,)
        assert "€99.00" in someone.words
        await someone.press("n", *"ring", "enter")
        assert "ring" in someone.words
        await someone.press("x", *"gone", "enter")
        assert told(deals, "Audit sécurité", "status") == ("lost",)
        await someone.press("d")
        assert "closed" in someone.toast


async def test_in_french(deals: Path) -> None:
    use("fr")
    async with seat(deals) as someone:
        await someone.press("a", *"12 500,50", "enter")
        assert told(deals, "Audit sécurité", "amount") == (1_250_050,)
        await someone.press("d", *"fin janv", "enter")
        assert told(deals, "Audit sécurité", "close_date") == ("2027-01-31",)


def levels(path: Path, name: str) -> object:
    return told(path, name, "levels")[0]


async def test_the_qualification_is_edited_in_a_grid(store: Path) -> None:
    fill(store, [deal("One", QUALIFICATION, levels="0000000")])
    async with seat(store) as someone:
        await someone.press("Q")
        assert "How well do we know One?" in someone.words
        await someone.press("1")
        assert levels(store, "One") == "1000000"
        await someone.press("j", "j", "2")
        assert levels(store, "One") == "1000000", "what the buyer confirmed wants to be said"
        await someone.press("enter")
        assert "without it the level is a claim" in someone.words
        await someone.press(*"80 k", "enter")
        assert levels(store, "One") == "1020000"
        assert "confirmed by the buyer" in someone.words
        assert "80 k" in someone.words
        await someone.press("3")
        assert levels(store, "One") == "1030000", "it has its words already"
        await someone.press("enter")
        await someone.press("end", *" by mail", "enter")
        await someone.press("escape", "enter")
        assert "“80 k by mail”" in someone.words, "in the deal view"
        await someone.press("escape", "ctrl+z", "ctrl+z")
        assert levels(store, "One") == "1020000"


async def test_out_of_the_words_without_an_answer(store: Path) -> None:
    fill(store, [deal("One", QUALIFICATION, levels="0000000")])
    async with seat(store) as someone:
        await someone.press("Q", "2")
        await someone.press("x", "escape")
        assert "How well do we know One?" in someone.words
        await someone.press("escape")
        assert "How well do we know" not in someone.words
        assert levels(store, "One") == "0000000"


async def test_what_the_buyer_promised_is_followed_until_it_is_kept(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("b", *"send the contract", "enter")
        assert "until when?" in someone.words, "nothing leaves a meeting without a date"
        await someone.press(*"fri", "enter")
        assert "send the contract · in 5\u00a0d" in someone.toast
        await someone.press("enter")
        assert "○ send the contract buyer in 5 d" in someone.words
        await someone.press("b")
        assert "What the buyer of Audit sécurité promised" in someone.words
        await someone.press("down", "enter")
        await someone.press("enter")
        assert "✓ send the contract" in someone.words
        await someone.press("ctrl+z")
        assert "○ send the contract" in someone.words


async def test_an_action_is_the_owners_unless_somebody_else_takes_it(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("t", *"write the offer", "enter")
        await someone.press(*"+2w", "enter")
        ((kind, who, due),) = rows(deals, "SELECT kind, who, due FROM promise")
        assert (kind, who, due) == ("action", "Marc Petit", "2026-12-06")
