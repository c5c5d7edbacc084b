"""The deal view is worked in: every row is reached by keys and edited where it stands."""

from datetime import date, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from pipetui.store.batches import Dispute, FieldChange, batch

from .making import (
    DEMO,
    LOST,
    QUALIFICATION,
    SMALL,
    USUAL,
    Seat,
    change,
    deal,
    fill,
    rows,
    seat,
    somebody_else,
    stage_of,
)

WIDE = (200, 55)
PORTAL = 6
AT = datetime(2026, 11, 21, 10)


def column(path: Path, field: str, deal_id: int = PORTAL) -> object:
    ((value,),) = rows(path, f"SELECT {field} FROM deal WHERE id = ?", deal_id)
    return value


def row_of(someone: Seat, lines: list[str] | None = None) -> str:
    """The first line of the row under the cursor, without its bar; `lines` if the screen was read already."""
    width = someone.app.size.width
    wide = width // (1 + (width >= 110) + (width >= 170))
    for line in someone.lines if lines is None else lines:
        if "▌" in line:
            return " ".join(line.split("▌", 1)[1][: wide - 2].split("▕")[0].split())
    return ""


async def to(someone: Seat, label: str) -> None:
    """Go to the row that begins so, as one would: by section, then line by line."""
    for _section in range(8):
        lines = someone.lines
        for _row in range(30):
            if row_of(someone, lines).startswith(label):
                return
            await someone.press("j")
            before, lines = lines, someone.lines
            if lines == before:
                break
        await someone.press("tab")
    raise AssertionError(f"no row {label} in\n{someone.text}")


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
@pytest.mark.parametrize(
    ("label", "typed", "field", "stored"),
    [
        ("Name", ["home", *"New: "], "name", "New: Portail fournisseurs"),
        ("Account", list("[b]Cofilux[/]"), "account_id", None),
        ("Amount", list("250k"), "amount", 25_000_000),
        ("Expected close", list("30/11"), "close_date", "2026-11-30"),
        ("Next step", list("call Mme Roux"), "next_step", "call Mme Roux"),
        ("Created", list("30/9"), "created", "2026-09-30"),
        ("Segment", list("mid-market"), "segment", "mid-market"),
        ("Lead source", list("fair"), "lead_source", "fair"),
        ("Type", list("renewal"), "kind", "renewal"),
    ],
)
async def test_a_fact_is_edited_on_its_row(
    deals: Path, size: tuple[int, int], label: str, typed: list[str], field: str, stored: object
) -> None:
    before = column(deals, field)
    async with seat(deals, size) as someone:
        await someone.press("l", "l", "enter")
        await to(someone, label)
        y = next(y for y, line in enumerate(someone.lines) if "▌" in line)
        await someone.press("enter")
        assert [cell_len(strip.text) for strip in someone.strips] == [size[0]] * size[1]
        assert "enter saves · esc leaves it as it was" in someone.lines[-1]
        edited = someone.app.focused
        assert edited is not None
        stands_at = edited.region.y
        assert stands_at == y or size == SMALL, "on the very row; on a small screen it may have been lifted"
        assert "▌" in someone.lines[stands_at]
        assert someone.lines[stands_at].split("▌", 1)[1].lstrip().startswith(label)
        await someone.press(*typed, "escape")
        assert column(deals, field) == before, "left as it was"
        await someone.press("enter", *typed, "enter")
        assert "Portail" in someone.lines[0], "still in the deal view"
        assert row_of(someone).startswith(label), "the cursor stays"
        if field == "account_id":
            sql = "SELECT a.name FROM deal d JOIN account a ON a.id = d.account_id WHERE d.id = ?"
            assert rows(deals, sql, PORTAL) == [("[b]Cofilux[/]",)]
            assert "[b]Cofilux[/]" in row_of(someone)
        else:
            assert column(deals, field) == stored
        assert "ctrl+z undoes" in someone.toast
        await someone.press("ctrl+z")
        assert column(deals, field) == before


async def test_what_is_typed_is_read_back_beside_it(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        await to(someone, "Amount")
        await someone.press("enter", *"250k")
        assert "250k" in row_of(someone)
        assert "€250,000.00" in row_of(someone)
        await someone.press("escape")
        await to(someone, "Expected close")
        for typed, read in (("fri", "Friday 27 Nov"), ("+2w", "Sunday 6 Dec"), ("fin nov", "Monday 30 Nov")):
            await someone.press("enter", *typed)
            assert read in row_of(someone)
            await someone.press("escape")


async def test_a_day_that_cannot_be_is_refused_and_nothing_lost(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        await to(someone, "Created")
        await someone.press("enter", *"+2w", "enter")
        assert "This day cannot lie ahead." in someone.words
        assert "+2w" in row_of(someone)
        await someone.press("escape")
        await to(someone, "Name")
        await someone.press("enter", "ctrl+a", "ctrl+k", *" ", "enter")
        assert "A deal needs a name." in someone.words
        await someone.press("escape")
    assert column(deals, "name") == "Portail fournisseurs"


async def test_the_second_push_wants_its_reason_on_the_row(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l", "enter")
        await to(someone, "Expected close")
        await someone.press("enter", *"30/11", "enter")
        assert column(deals, "push_count") == 1
        await someone.press("enter", *"31/12", "enter")
        assert "say what is different this time" in someone.words
        await someone.press(*"their board met", "enter")
    assert column(deals, "close_date") == "2026-12-31"
    assert rows(deals, "SELECT because FROM batch ORDER BY id DESC LIMIT 1") == [("their board met",)]


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_lists_drop_below_their_row(deals: Path, size: tuple[int, int]) -> None:
    async with seat(deals, size) as someone:
        await someone.press("l", "l", "enter")
        await to(someone, "Owner")
        await someone.press("enter", *"marc", "enter")
        sql = "SELECT o.name FROM deal d JOIN owner o ON o.id = d.owner_id WHERE d.id = ?"
        assert rows(deals, sql, PORTAL) == [("Marc Petit",)]
        await to(someone, "Category")
        await someone.press("enter", *"best", "enter")
        assert column(deals, "rep_category") == "best_case"
        assert row_of(someone).startswith("Category best case")
        await someone.press("enter", *"none", "enter")
        assert column(deals, "rep_category") is None
        await to(someone, "Stage")
        await someone.press("enter", *"disc", "enter")
        assert stage_of(deals, "Portail fournisseurs") == "Discovery"
        await someone.press("enter", *"prop", "enter")
        assert "not ready to leave" in someone.words, "the gates hold"
        await someone.press(*"the CFO insists", "enter")
        assert stage_of(deals, "Portail fournisseurs") == "Proposal"
        await someone.press("ctrl+z", "ctrl+z")
        assert stage_of(deals, "Portail fournisseurs") == "Demo"


async def test_a_list_says_who_is_not_there(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        await to(someone, "Owner")
        await someone.press("enter", *"nobody else")
        assert "Nothing here is called that." in someone.words
        await someone.press("escape", "escape")
        assert someone.focused.startswith("Portail")


async def test_somebody_else_was_quicker(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        await to(someone, "Segment")
        await someone.press("enter", *"banks")
        change(deals, PORTAL, "amount", 4_600_000, 4_000_000)
        await someone.press("enter")
        assert "Changed meanwhile: amount €46,000.00 → €40,000.00" in someone.words
        assert "banks" in row_of(someone), "on its row, as it was typed"
        await someone.press("enter")
    assert column(deals, "segment") == "banks"
    assert column(deals, "amount") == 4_000_000


async def test_what_is_the_crms_is_not_edited(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, [deal("Bare", QUALIFICATION, 1_000, probability=0.3)])
    async with seat(path) as someone:
        await someone.press("enter")
        await to(someone, "Probability")
        await someone.press("enter")
        assert "The probability is what the CRM gave" in someone.toast
        await to(someone, "Last activity")
        await someone.press("enter")
        assert "it is read here, not edited" in someone.toast


async def test_a_digit_on_an_item_is_its_level_elsewhere_a_place(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        await to(someone, "Budget")
        await someone.press("1")
        assert column(deals, "levels") == "1010000"
        await someone.press("2")
        assert column(deals, "levels") == "1010000", "what the buyer confirmed wants its words"
        await someone.press(*"voted on Monday", "enter")
        assert column(deals, "levels") == "1020000"
        assert "“voted on Monday”" in someone.words
        await someone.press("0")
        assert column(deals, "levels") == "1000000"
        await someone.press("ctrl+z")
        assert column(deals, "levels") == "1020000"
        await someone.press("enter")
        assert "How well do we know Portail fournisseurs?" in someone.words
        await someone.press("escape")
        await someone.press("home", "2")
        assert "2 Board" in someone.lines[0]


async def test_enter_on_a_flag_lets_it_rest_and_shows_it_again(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter", "l", "home")
        await to(someone, "▲ overdue")
        await someone.press("enter", *"fri", "enter")
        assert "“overdue” rests until 27 Nov" in someone.words
        await to(someone, "· “overdue” rests")
        await someone.press("enter")
        assert "shows again" in someone.toast
        assert "▲ overdue" in someone.text


async def test_a_promise_is_settled_on_its_row(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        assert "None yet. b writes down" in someone.words
        await someone.press("b", *"send the contract", "tab", "tab", *"fri", "enter")
        await to(someone, "○ send the contract")
        await someone.press("enter", "enter")
        sql = "SELECT state FROM promise ORDER BY id"
        assert rows(deals, sql) == [("open",), ("kept",)]
        assert "✓ send the contract" in someone.text
        await to(someone, "✓ send the contract")
        await someone.press("enter", "enter")
        assert rows(deals, sql)[-1] == ("open",)


async def test_pushes_are_drawn_over_time(deals: Path) -> None:
    with somebody_else(deals) as store, batch(store, kind="edit", by="marc", at=AT) as writer:
        writer.change(
            [FieldChange(PORTAL, "close_date", date(2026, 11, 19), date(2026, 12, 19), AT, "person")]
        )
        writer.change(
            [FieldChange(PORTAL, "close_date", date(2026, 12, 19), date(2027, 1, 31), AT, "person")]
        )
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        lines = [line[60:] for line in someone.lines]
        at = next(y for y, line in enumerate(lines) if "+73 d · pushed 2 times" in line)
        assert "19 Nov → 19 Dec → 31 Jan 2027" in lines[at]
        axis = lines[at + 1].rstrip("▕ ").rstrip()
        assert axis.count("○") == 2
        assert axis.endswith("●"), "the last one is the latest"
        assert axis.index("│") in (1, 2, 3, 4), "today is soon after the first"
        assert "today" in lines[at + 2]


async def test_conflicts_are_settled_here(deals: Path) -> None:
    with somebody_else(deals) as store, batch(store, kind="import", by="import", at=AT, as_of=AT) as writer:
        writer.disagree([Dispute(PORTAL, "amount", "4600000", "5000000")], AT)
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        assert "Conflicts with the CRM" in someone.words
        assert "Amount here €46,000.00 in the CRM €50,000.00" in someone.words
        await to(someone, "! Amount")
        await someone.press("enter", "down", "enter")
        assert column(deals, "amount") == 5_000_000
        assert "Conflicts with the CRM" not in someone.words
        await someone.press("ctrl+z")
        assert column(deals, "amount") == 4_600_000


async def test_notes_are_shown_as_written_and_read_whole(deals: Path) -> None:
    text = "# Meeting\n- they want [b]it[/b]\n" + "\n".join(f"{n}. point" for n in range(1, 30))
    with somebody_else(deals) as store, batch(store, kind="edit", by="marc", at=AT) as writer:
        writer.note(PORTAL, text)
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        await to(someone, "21 Nov 10:00 marc")
        for words in ("# Meeting", "- they want [b]it[/b]", "6. point", "… 23 more lines"):
            assert words in someone.words
        assert "7. point" not in someone.words
        await someone.press("enter", "space")
        assert "29. point" in someone.words
        await someone.press("escape")
        assert row_of(someone).startswith("21 Nov 10:00")


async def test_columns_and_sections_by_key(deals: Path) -> None:
    async with seat(deals, WIDE) as someone:
        await someone.press("l", "l", "enter")
        assert row_of(someone).startswith("Name")
        heads = next(line for line in someone.lines if "Facts" in line)
        assert "Flags" in heads
        assert "History" in heads
        await someone.press("tab")
        assert row_of(someone).startswith("Need")
        await someone.press("tab")
        assert row_of(someone).startswith("▲ stalled")
        await someone.press("shift+tab", "shift+tab")
        assert row_of(someone).startswith("Name")
        await someone.press("right")
        assert row_of(someone).startswith("▲ stalled")
        await someone.press("left", "end")
        assert row_of(someone).startswith("Sponsor")
        await someone.press("home")
        assert row_of(someone).startswith("Name")


async def test_paging_takes_the_cursor_along(deals: Path) -> None:
    async with seat(deals, SMALL) as someone:
        await someone.press("l", "l", "enter")
        first = someone.text
        for _page in range(6):
            await someone.press("space")
            assert row_of(someone), "always in sight"
        assert "They want it before the fair." in someone.words
        for _page in range(6):
            await someone.press("pageup")
        assert someone.text == first


async def test_the_next_deal_is_looked_at_at_the_same_row(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("enter")
        await to(someone, "Amount")
        await someone.press("right_square_bracket")
        assert row_of(someone) == "Amount €12,000.00"
        await someone.press("enter", *"15k", "enter")
        assert column(deals, "amount", 2) == 1_500_000
        await someone.press("escape")
        assert someone.focused.startswith("Refonte")


async def test_a_closed_deal_is_corrected(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("full_stop", "end", "enter")
        assert "It is closed: no flags." in someone.words
        await to(someone, "Closed")
        await someone.press("enter", *"10/10", "enter")
        assert column(deals, "closed_on", 10) == "2026-10-10"
        await to(someone, "Reason")
        await someone.press("enter", "ctrl+a", "ctrl+k", "enter")
        assert "A lost deal needs a reason" in someone.words
        await someone.press(*"Competitor", "enter")
        assert column(deals, "close_reason", 10) == "Competitor"
        assert "Expected close" not in someone.words
        await to(someone, "Need")
        await someone.press("1")
        assert "The deal is closed" in someone.toast
    assert rows(deals, "SELECT stage_id FROM deal WHERE id = 10") == [(LOST,)]


async def test_a_deal_in_nurture_and_one_that_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(
        path,
        [
            deal("Aside", DEMO, 1_000, rep_category="omitted", resume_on=date(2026, 12, 20)),
            deal("Gone", DEMO, 1_000, missing_since=date(2026, 11, 20)),
        ],
    )
    async with seat(path) as someone:
        await someone.command("Aside")
        assert "In nurture until 20 Dec" in someone.words
        await to(someone, "In nurture")
        await someone.press("enter", *"31/12", "enter")
        assert column(path, "resume_on", 1) == "2026-12-31"
        await someone.command("Gone")
        assert row_of(someone).startswith("Missing not in the export since")
        await someone.press("enter", "enter")
        assert column(path, "missing_since", 2) is None


async def test_made_ready_before_it_is_opened_it_is_the_same(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        first = someone.text
        await someone.press("escape")
    async with seat(deals) as someone:
        someone.app.warm_up()
        await someone.settle()
        await someone.press("l", "l", "enter")
        assert someone.text == first
        await someone.press("escape", "h", "enter")
        assert "Licences 2027" in someone.lines[0]


async def test_another_theme_is_seen_at_once(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        before = someone.strips[5]
        someone.app.theme = "newsprint"
        await someone.settle()
        assert someone.strips[5].text == before.text
        assert someone.strips[5] != before
        await someone.press("escape")
        someone.app.theme = "harbour"
        await someone.settle()
        await someone.press("enter")
        assert someone.strips[5] == before


async def test_the_mouse_goes_to_a_row_and_edits_it(deals: Path) -> None:
    async with seat(deals) as someone:
        await someone.press("l", "l", "enter")
        y = next(y for y, line in enumerate(someone.lines) if line.strip().startswith("Amount"))
        await someone.pilot.click(offset=(4, y))
        await someone.settle()
        assert row_of(someone).startswith("Amount")
        await someone.pilot.click(offset=(4, y), times=2)
        await someone.settle()
        await someone.press(*"7k", "enter")
    assert column(deals, "amount") == 700_000
