"""Moving deals from stage to stage: gates, undo and redo, and what others did meanwhile."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipetui.app import watching
from pipetui.deals.errors import Problem
from pipetui.store import writing

from .making import QUALIFICATION, SMALL, Seat, change, deal, fill, rows, seat, stage_of

EVENTS = "SELECT count(*) FROM deal_event"
REASON = (
    "SELECT b.because FROM batch b JOIN deal_event e ON e.batch_id = b.id "
    "WHERE e.field = 'stage_id' AND b.kind = 'edit'"
)


async def test_a_deal_that_is_ready_moves_on_at_one_key(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j", "L")
        assert stage_of(deals, "Refonte intranet") == "Discovery"
        assert someone.current_title == "Discovery"
        assert someone.focused.startswith("Refonte")
        assert "0 d" in someone.card[1]
        assert someone.toast == "Refonte intranet: Qualification → Discovery · ctrl+z undoes"
        assert "→ Discovery" in someone.words
        await someone.press("shift+right")
        assert stage_of(deals, "Refonte intranet") == "Demo"


async def test_a_step_back_asks_nothing(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "H")
        assert stage_of(deals, "Portail fournisseurs") == "Discovery"
        assert someone.focused.startswith("Portail")
        assert someone.toast.startswith("Portail fournisseurs: Demo → Discovery")
        await someone.press("shift+left")
        assert stage_of(deals, "Portail fournisseurs") == "Qualification"


async def test_before_the_first_stage_there_is_none(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("H")
        assert stage_of(deals, "Audit sécurité") == "Qualification"
        assert someone.toasts == []


async def test_figures_follow_a_move(deals: Path) -> None:
    async with seat(deals) as someone:
        assert someone.column("Discovery")[0].split()[:2] == ["Discovery", "1"]
        await someone.press("j", "L")
        assert someone.column("Discovery")[0].split()[:2] == ["Discovery", "2"]
        assert "€53k" in someone.column("Discovery")[1]
        assert someone.column("Qualification")[0].split()[:2] == ["Qualification", "3"]


async def test_a_gate_lists_what_is_missing(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l", "L")
        said = someone.words
        assert "Portail fournisseurs is not ready to leave Demo" in said
        assert "✗ The buyer has confirmed who decides" in said
        assert "? The decision makers saw the demo" in said
        assert stage_of(deals, "Portail fournisseurs") == "Demo"


async def test_passing_a_gate_needs_a_reason_which_is_kept(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "L")
        await someone.press("enter")
        assert "A few words are needed" in someone.words
        await someone.type("   ")
        await someone.press("enter")
        assert stage_of(deals, "Portail fournisseurs") == "Demo"
        await someone.type("the CFO said [yes]")
        await someone.press("enter")
        assert stage_of(deals, "Portail fournisseurs") == "Proposal"
        assert "the CFO said [yes]" in rows(deals, REASON)[0][0]
        assert someone.focused.startswith("Portail")
        await someone.press("enter")
        assert "the CFO said [yes]" in someone.words  # the history tells why it went on


async def test_leaving_a_gate_leaves_all_as_it_was(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l")
        before, events = someone.text, rows(deals, EVENTS)
        for key in ("escape", "ctrl+g"):
            await someone.press("L")
            assert someone.text != before
            await someone.type("because")
            await someone.press(key)
            assert someone.text == before
        assert rows(deals, EVENTS) == events


async def test_a_deal_moves_on_past_the_columns_in_sight(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l", "l", "L")
        assert stage_of(deals, "Migration ERP") == "Negotiation"
        assert someone.current_title == "Negotiation"
        await someone.press("L")
        assert stage_of(deals, "Migration ERP") == "Closing"
        assert someone.focused.startswith("Migration")


async def test_a_fast_hand_moves_two_stages(deals: Path) -> None:
    """The second key falls before the first move is written."""
    async with seat(deals) as someone:
        await someone.press("l", "l", "l", "L", "L")
        assert stage_of(deals, "Migration ERP") in ("Negotiation", "Closing")
        assert all("changed" not in toast for toast in someone.toasts)


# Undo and redo ------------------------------------------------------------------------------------------


async def test_undo_and_redo(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j", "L")
        await someone.press("ctrl+z")
        assert stage_of(deals, "Refonte intranet") == "Qualification"
        assert someone.toast == "Undone: Refonte intranet: Qualification → Discovery · ctrl+y redoes"
        assert someone.current_title == "Qualification"
        assert someone.focused.startswith("Refonte")
        await someone.press("ctrl+y")
        assert stage_of(deals, "Refonte intranet") == "Discovery"
        assert someone.toast == "Done again: Refonte intranet: Qualification → Discovery · ctrl+z undoes"
        assert someone.current_title == "Discovery"
        assert someone.focused.startswith("Refonte")


async def test_undo_goes_back_step_by_step(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("j", "L")
        await someone.press("L")
        await someone.press("H")
        for stage in ("Demo", "Discovery", "Qualification"):
            await someone.press("ctrl+z")
            assert stage_of(deals, "Refonte intranet") == stage
            assert someone.current_title == stage


async def test_nothing_to_undo_is_said(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("ctrl+z")
        assert "nothing of yours to undo" in someone.toast
        await someone.press("ctrl+y")
        assert "nothing of yours to redo" in someone.toast
        assert someone.focused.startswith("Audit")


async def test_an_undo_brings_its_deal_into_sight(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("j", "L")
        await someone.press("end")
        assert "Qualification" not in someone.titles
        await someone.press("ctrl+z")
        assert someone.current_title == "Qualification"
        assert someone.focused.startswith("Refonte")


# Others -------------------------------------------------------------------------------------------------


async def test_a_deal_that_somebody_else_changed_is_not_overwritten(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "L")
        change(deals, 6, "amount", 4_600_000, 4_000_000)
        await someone.type("because")
        await someone.press("enter")
        assert stage_of(deals, "Portail fournisseurs") == "Demo"
        assert "Changed meanwhile: amount €46,000.00 → €40,000.00." in someone.words
        assert "because" in someone.words  # what was typed stays
        assert "✗ The buyer has confirmed who decides" in someone.words
        await someone.press("enter")
        assert stage_of(deals, "Portail fournisseurs") == "Proposal"
        assert rows(deals, REASON) == [("because",)]
        assert rows(deals, "SELECT amount FROM deal WHERE id = 6") == [(4_000_000,)]


async def test_a_closing_that_somebody_else_has_overtaken_keeps_what_was_typed(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l", "x")
        change(deals, 6, "owner", "Claire Dubois", "Marc Petit")
        await someone.type("They [merged]")
        await someone.press("tab", "ctrl+u", "ctrl+k", "-", "4")
        await someone.press("enter")
        assert stage_of(deals, "Portail fournisseurs") == "Demo"
        assert "Changed meanwhile: owner Claire Dubois → Marc Petit." in someone.words
        assert "They [merged]" in someone.words
        assert "2026-11-18" in someone.words
        await someone.press("enter")
        assert stage_of(deals, "Portail fournisseurs") == "Lost"
        known = "SELECT closed_on, close_reason FROM deal WHERE id = 6"
        assert rows(deals, known) == [("2026-11-18", "They [merged]")]


async def test_never_mind_leaves_what_somebody_else_did(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "L")
        change(deals, 6, "amount", 4_600_000, 4_000_000)
        await someone.type("because")
        await someone.press("enter")
        await someone.press("escape")
        assert stage_of(deals, "Portail fournisseurs") == "Demo"
        assert "€40k" in " ".join(someone.card)


async def test_a_move_without_a_dialog_says_what_has_changed_and_shows_it(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l")
        change(deals, 6, "amount", 4_600_000, 4_000_000)
        await someone.press("H")
        assert stage_of(deals, "Portail fournisseurs") == "Demo"
        assert "Portail fournisseurs was changed meanwhile: amount €46,000.00 → €40,000.00" in someone.toast
        assert "€40k" in " ".join(someone.card)
        await someone.press("H")
        assert stage_of(deals, "Portail fournisseurs") == "Discovery"


async def test_what_somebody_else_changed_can_be_worked_on(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l")
        change(deals, 6, "amount", 4_600_000, 4_000_000)
        someone.app._watch.look()
        await someone.settle()
        assert "€40k" in " ".join(someone.card)
        await someone.press("H")
        assert stage_of(deals, "Portail fournisseurs") == "Discovery"


async def test_what_somebody_else_changes_shows_by_itself(
    deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "SECONDS", 0.2)
    async with seat(deals) as someone:
        await someone.press("l", "l")
        change(deals, 6, "amount", 4_600_000, 4_000_000)
        await until(someone, lambda: "€40k" in " ".join(someone.card))
        assert someone.focused.startswith("Portail")


async def until(someone: Seat, is_so: Callable[[], bool]) -> None:
    """Let the app go on until something is so."""
    for _step in range(200):
        if is_so():
            return
        await someone.settle()
    raise AssertionError(someone.text)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (Problem("The disk is full [/]: make room."), "The disk is full [/]: make room."),
        (RuntimeError("[/]"), "Something went wrong that should not"),
    ],
)
async def test_a_failure_is_one_sentence_and_the_board_stays(
    deals: Path,
    monkeypatch: pytest.MonkeyPatch,
    unforeseen: list[BaseException],
    failure: Exception,
    said: str,
) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise failure

    async with seat(deals) as someone:
        await someone.press("j")
        card = someone.card
        monkeypatch.setattr(writing, "apply", fail)
        await someone.press("L")
        assert said in someone.toast
        assert said.split("[", maxsplit=1)[0].strip() in someone.words
        assert someone.card == card
        monkeypatch.undo()
        await someone.press("L")
        assert stage_of(deals, "Refonte intranet") == "Discovery"
    unforeseen.clear()


async def test_who_quits_at_once_leaves_a_move_that_is_written(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "H", "q")
        assert not someone.app.is_running
        assert someone.app.return_code == 0
        assert someone.app._exception is None
    assert stage_of(deals, "Portail fournisseurs") in ("Demo", "Discovery")


async def test_a_move_keeps_the_filter(deals: Path) -> None:
    """Who works through a list of deals stays in it, also when a deal leaves it."""
    async with seat(deals) as someone:
        await someone.press("slash")
        await someone.type("stage:qualification")
        await someone.press("enter")
        await someone.press("j")
        assert someone.focused.startswith("Refonte")
        await someone.press("L")
        assert stage_of(deals, "Refonte intranet") == "Discovery"
        assert "stage:qualification" in someone.text
        assert someone.current_title == "Qualification"
        assert someone.focused
        assert "Refonte" not in "".join(someone.card)


async def test_stages_of_another_pipeline_are_no_place_to_go(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal("Only", QUALIFICATION, 1_000)])
    async with seat(path) as someone:
        await someone.press("L")
        assert stage_of(path, "Only") == "Discovery"
