"""Cleanup: one flagged deal after the other, settled by a key; undone, left, resumed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipetui import language
from pipetui.app.memory import Memory
from pipetui.app.start import make_app
from pipetui.deals.fields import Value

from .making import (
    CLAIRE,
    DEMO,
    DISCOVERY,
    MARC,
    PROPOSAL,
    SMALL,
    USUAL,
    Seat,
    Start,
    change,
    deal,
    fill,
    rows,
    seat,
    stage_of,
)
from .test_snapshots import SIZES, played, where_pictures_go  # noqa: F401 - a fixture

LONG_AGO: dict[str, Value] = {"last_stage_change": date(2026, 9, 1)}
LATE: dict[str, Value] = {"close_date": date(2026, 11, 2)}
MESS = (
    deal("Old portal", DEMO, 90_000, owner=CLAIRE, account="Nordimat", close_date=date(2026, 11, 30),
         **LONG_AGO),
    deal("Slow rollout", PROPOSAL, 60_000, owner=MARC, account="Cofilux", close_date=date(2026, 12, 4),
         **LONG_AGO),
    deal("Late audit", PROPOSAL, 50_000, owner=CLAIRE, account="Vauban", **LATE),
    deal("No plan", PROPOSAL, 30_000, owner=MARC, account="Lens", close_date=date(2026, 12, 20), next_step="",
         next_step_date=None),
    deal("Calm one", PROPOSAL, 20_000, owner=CLAIRE, account="Sogemar", close_date=date(2026, 12, 20)),
    deal("Gone one", DISCOVERY, 10_000, owner=MARC, account="Hugo", close_date=date(2026, 12, 20),
         missing_since=date(2026, 11, 19)),
)  # fmt: skip
ORDER = ["Old portal", "Slow rollout", "Late audit", "No plan", "Gone one"]


@pytest.fixture
def mess(tmp_path: Path) -> Path:
    path = tmp_path / "deals.db"
    fill(path, MESS)
    return path


def told(path: Path, name: str, *fields: str) -> tuple[object, ...]:
    ((*values,),) = rows(path, f"SELECT {', '.join(fields)} FROM deal WHERE name = ?", name)
    return tuple(values)


def current(someone: Seat) -> str:
    deal = someone.app.screen.current  # type: ignore[attr-defined]
    return deal.name if deal else ""


async def opened(someone: Seat) -> None:
    await someone.press("3")
    assert "Cleanup" in someone.lines[0]


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_the_worst_deal_comes_first_with_its_evidence(mess: Path, size: tuple[int, int]) -> None:
    async with seat(mess, size) as someone:
        await opened(someone)
        assert current(someone) == "Old portal"
        assert "0 of 5" in someone.words
        assert "▲ stalled" in someone.words
        assert "82 days" in someone.words
        seen = []
        for _deal in ORDER:
            seen.append(current(someone))
            await someone.press("j")
        assert seen == ORDER


async def test_the_french_digit_row_opens_it_too(mess: Path) -> None:
    async with seat(mess) as someone:
        await someone.press("quotation_mark")
        assert current(someone) == "Old portal"
        await someone.press("é")
        assert someone.app.screen is someone.app.board


async def test_lost_goes_on_to_the_next_deal(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("x", "down", "enter")
        assert told(mess, "Old portal", "status", "close_reason") == ("lost", "No budget")
        assert current(someone) == "Slow rollout"
        assert "1 of 5" in someone.words
        assert "−€90k out of the pipeline" in someone.words


async def test_nurture(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("p", *"+2m", "enter")
        assert told(mess, "Old portal", "resume_on") == ("2027-01-22",)
        assert current(someone) == "Slow rollout"
        assert "−€90k out of the pipeline" in someone.words


async def test_another_date_wants_a_reason_the_second_time(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("j", "j", "d", *"+2w", "enter")
        assert told(mess, "Late audit", "close_date", "push_count") == ("2026-12-06", 1)
        assert current(someone) == "No plan"
        await someone.press("d", *"+9w", "enter")
        assert current(someone) == "No plan", "it still has no next step"


async def test_keep_takes_a_dated_step_and_lets_the_deal_stand_still_until_then(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("j", "e")
        await someone.press("enter")
        assert "Say on which day" in someone.words
        await someone.press(*"+2w", "enter")
        assert current(someone) == "Late audit"
        assert told(mess, "Slow rollout", "next_step", "next_step_date") == ("call the CFO", "2026-12-06")
        ((accepted,),) = rows(mess, "SELECT accepted FROM deal WHERE name = 'Slow rollout'")
        assert "2026-12-06" in accepted
        assert "stalled" in accepted
        await someone.press("ctrl+z")
        assert told(mess, "Slow rollout", "next_step_date", "accepted") == ("2026-11-26", "")
        assert current(someone) == "Slow rollout"


async def test_a_next_step(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("j", "j", "j", "n", *"send the offer")
        await someone.press("tab")
        await someone.press(*"fri", "enter")
        assert told(mess, "No plan", "next_step", "next_step_date") == ("send the offer", "2026-11-27")
        assert current(someone) == "Gone one"


async def test_a_stage_back_is_a_move(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("j", "H")
        assert stage_of(mess, "Slow rollout") == "Demo"


async def test_a_flag_that_rests(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("j", "f")
        await someone.press("tab")
        await someone.press(*"they merge", "enter")
        assert current(someone) == "Late audit"
        await someone.press("ctrl+z")
        assert current(someone) == "Slow rollout"


async def test_a_deal_that_keeps_other_flags_stays_under_the_same_one(mess: Path) -> None:
    """A next step answers nothing of a stalled deal: it stays until its worst flag is answered."""
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("n")
        await someone.press("tab")
        await someone.press(*"fri", "enter")
        assert current(someone) == "Old portal"


async def test_a_deal_that_is_not_in_the_export_is_won_lost_or_still_open(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("G")
        assert current(someone) == "Gone one"
        assert "Was it won or lost, or is it still open?" in someone.words
        await someone.press("e")
        assert told(mess, "Gone one", "missing_since", "status") == (None, "open")
        assert "Gone one: still open" in someone.toast
        await someone.press("ctrl+z")
        assert current(someone) == "Gone one"
        await someone.press("x", "down", "enter")
        assert told(mess, "Gone one", "status") == ("lost",)


async def test_later_goes_to_the_end(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("space")
        assert current(someone) == "Slow rollout"
        assert "… later" in someone.words
        await someone.press("G")
        assert current(someone) == "Old portal"


async def test_undo_returns_to_the_deal(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("x", "down", "enter", "x", "down", "enter", "j")
        assert current(someone) == "No plan"
        await someone.press("ctrl+z")
        assert current(someone) == "Slow rollout"
        await someone.press("ctrl+z")
        assert current(someone) == "Old portal"
        assert "0 of 5" in someone.words
        assert "out of the pipeline" not in someone.words


async def test_the_deal_view_leads_back_to_the_same_deal(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("j", "enter")
        assert "Slow rollout" in someone.lines[0]
        await someone.press("escape")
        assert current(someone) == "Slow rollout"
        await someone.press("enter", "]", "escape")
        assert current(someone) == "Late audit"


async def test_leaving_and_coming_back(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("x", "down", "enter", "j", "2")
        assert someone.app.screen is someone.app.board
        await someone.press("3")
        assert current(someone) == "Late audit"
        assert "1 of 5" in someone.words
        await someone.press("q")
    async with seat(mess) as someone:
        assert current(someone) == "Late audit"
        assert "1 of 5" in someone.words
        assert "−€90k out of the pipeline" in someone.words
        await someone.press("ctrl+z")
        assert current(someone) == "Old portal"
        assert "0 of 5" in someone.words


async def test_an_owner_a_flag_and_a_filter(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("o", *"marc", "enter")
        assert current(someone) == "Slow rollout"
        await someone.press("j")
        assert current(someone) == "No plan"
        await someone.press("escape", "F", "j", "j", "enter")
        assert current(someone) == "Late audit"
        await someone.press("escape", "/", *"amount>70k", "enter")
        assert current(someone) == "Old portal"
        await someone.press("j")
        assert current(someone) == "Old portal"
        await someone.press("escape", "j")
        assert current(someone) == "Late audit" or current(someone) == "Slow rollout"


async def test_the_queue_on_a_small_screen(mess: Path) -> None:
    async with seat(mess, SMALL) as someone:
        await opened(someone)
        assert "Slow rollout" not in someone.words
        await someone.press("l")
        assert "Slow rollout" in someone.words
        await someone.press("j", "l")
        assert "Cofilux" in someone.words


async def test_a_click_goes_to_a_deal(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        row = next(y for y, line in enumerate(someone.lines) if " Late audit " in line[:40])
        await someone.pilot.click(offset=(6, row))
        await someone.settle()
        assert current(someone) == "Late audit"


async def test_the_next_flag(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("tab")
        assert current(someone) == "Late audit"
        await someone.press("shift+tab", "shift+tab")
        assert current(someone) == "Gone one"


async def test_nothing_is_flagged(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [MESS[4]])
    async with seat(path) as someone:
        await opened(someone)
        assert "No flag: nothing here to clean up." in someone.words
        await someone.press("x", "e", "space", "enter", "j", "S")
        assert told(path, "Calm one", "status") == ("open",)


async def test_somebody_else_settles_the_deal(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        change(mess, 3, "close_date", date(2026, 11, 2), date(2026, 12, 24))
        someone.app.reload()
        await someone.settle()
        assert current(someone) == "Old portal"
        await someone.press("j", "j")
        assert current(someone) == "No plan"


def test_nothing_spoilt_in_the_file_harms(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "app.json")
    memory.note(cleanup_begun="[/]", cleanup_later="x 1 -", cleanup_before="much", cleanup_owner="?")
    from pipetui.app.cleanup.round import Round

    found = Round(memory)
    assert found.later == [1]
    assert found.before is None
    assert found.owner is None


# The summary --------------------------------------------------------------------------------------------


async def settle_all(someone: Seat) -> None:
    await opened(someone)
    await someone.press("x", "down", "enter")
    await someone.press("e", *"+2w", "enter")
    await someone.press("d", *"+2w", "enter")
    await someone.press("n", *"send the offer")
    await someone.press("tab")
    await someone.press(*"fri", "enter")
    await someone.press("e")


async def test_at_the_end_it_is_said_what_was_decided_and_who_does_what(mess: Path) -> None:
    async with seat(mess) as someone:
        await settle_all(someone)
        assert "Cleanup of Sunday 22 Nov 2026" in someone.lines[0]
        assert "5 deals settled, none is left." in someone.words
        assert "Hygiene 20% → 100%." in someone.words
        assert "Lost: 1 deal, €90k" in someone.words
        assert "6 Dec: call the CFO — Slow rollout (Cofilux)" in someone.words
        assert "27 Nov: send the offer — No plan (Lens)" in someone.words
        await someone.press("escape")
        assert "5 deals settled, none is left." in someone.words
        await someone.press("S")
        await someone.press("ctrl+z")
        assert current(someone) == "Gone one"
        assert "4 of 5" in someone.words


async def test_the_summary_is_copied_and_written(mess: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    async with seat(mess) as someone:
        await settle_all(someone)
        await someone.press("c")
        text = someone.app.clipboard
        assert text.startswith("# Cleanup of Sunday 22 Nov 2026\n")
        assert "\n## Marc Petit\n" in text
        assert "- [ ] 27 Nov: send the offer — No plan (Lens)" in text
        assert "- Old portal (Nordimat): lost (No budget)" in text
        to_carry = text.partition("**To carry back into the CRM**")[2].partition("\n## ")[0]
        assert "- [ ] Late audit (Vauban): Expected close 2 Nov → 6 Dec" in to_carry
        await someone.press("w", "enter")
        assert (tmp_path / "cleanup-2026-11-22.md").read_text(encoding="utf-8") == text
        await someone.press("w")
        assert "cleanup-2026-11-22-2.md" in someone.words
        await someone.press("escape")


async def test_before_anything_is_decided_the_summary_says_so(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("S")
        assert "Nothing was decided yet." in someone.words
        await someone.press("3")
        assert current(someone) == "Old portal"


async def test_a_new_cleanup_counts_from_now(mess: Path) -> None:
    async with seat(mess) as someone:
        await opened(someone)
        await someone.press("x", "down", "enter")
        assert "1 of 5" in someone.words
        await someone.press("S", "b")
        assert "0 of 4" in someone.words
        assert "out of the pipeline" not in someone.words


async def test_no_text_from_outside_is_markup_in_the_summary(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal("[/] *Q3* [x](y)", PROPOSAL, 1_000, account="<b>", close_date=date(2026, 11, 2))])
    async with seat(path) as someone:
        await opened(someone)
        assert "[/] *Q3* [x](y)" in someone.words
        await someone.press("x", "down", "enter")
        await someone.press("c")
        assert "\\[/\\] \\*Q3\\* \\[x\\](y) (\\<b\\>)" in someone.app.clipboard


# What it looks like -------------------------------------------------------------------------------------


@SIZES
@pytest.mark.parametrize("screen", ["flagged", "missing", "summary"])
def test_looks(snap_compare: Any, mess: Path, screen: str, size: tuple[int, int]) -> None:
    keys = {"flagged": [["3"]], "missing": [["3", "G"]], "summary": [["3", "x", "down", "enter"], ["S"]]}
    start = Start(str(mess))
    assert snap_compare(make_app(start), terminal_size=size, run_before=played(start, keys[screen]))


@SIZES
def test_looks_in_french(snap_compare: Any, mess: Path, size: tuple[int, int]) -> None:
    language.use("fr")
    start = Start(str(mess))
    assert snap_compare(make_app(start), terminal_size=size, run_before=played(start, [["3"]]))
