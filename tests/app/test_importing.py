"""Importing by keyboard: files, how they are read, what changes, and what past imports brought."""

import asyncio
import csv
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from pipetui.app.commands import WORKING
from pipetui.app.importing import steps, work
from pipetui.app.importing.differences import read_differences
from pipetui.app.importing.stopping import Handle, StoppedError
from pipetui.app.session import Session
from pipetui.exchange.importing.options import Options
from pipetui.store.batches import FieldChange, batch
from pipetui.store.engine import Store

from .exports import WEEK_1, WEEK_2, export, first_week, pick
from .making import QUALIFICATION, SMALL, USUAL, Start, deal, fill, rows, seat

# The way -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_nothing_is_written_before_the_last_enter(
    store: Path, exports: Path, size: tuple[int, int]
) -> None:
    async with seat(store, size) as someone:
        await pick(someone, exports / "deals-2026-11-12.csv")
        assert "Salesforce" in someone.words
        assert "← Opportunity Name" in someone.words
        assert "Portail [/] fourn" in someone.words  # the first row, as it will be read
        assert "€46,000.00" in someone.words
        await someone.press("enter")
        assert "4 new" in someone.words
        assert rows(store, "SELECT count(*) FROM deal") == [(0,)]
        assert rows(store, "SELECT count(*) FROM batch") == [(0,)]
        await someone.press("enter")
        assert "4 new · ctrl+z undoes" in someone.toast
        assert rows(store, "SELECT count(*) FROM deal") == [(4,)]


async def test_next_week_is_three_keys(store: Path, exports: Path) -> None:
    """The folder is remembered, its newest export under the cursor, the familiar is not shown again."""
    async with seat(store) as someone:
        await first_week(someone, exports)
        (exports / "deals-2026-11-12.csv").touch()
        export(exports / "deals-2026-11-20.csv", WEEK_2)
        await someone.press("i")
        await someone.type("11-20")
        await someone.press("enter")
        assert "1 new · 2 changed: 1 stage, 1 date, 1 amount · 1 missing" in someone.words
        assert "Discovery → Demo" in someone.words
        assert "30 Nov → 31 Dec +31 d" in someone.words
        assert "€12k → €15k" in someone.words
        await someone.press("enter")
        assert "1 new · 2 changed · 1 missing · ctrl+z undoes" in someone.toast
        assert rows(store, "SELECT name FROM deal WHERE missing_since IS NOT NULL") == [("Badgeuse",)]


async def test_enter_before_the_folder_is_read_is_not_lost(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        await someone.press("i", "enter")
        assert "1 new · 2 changed" in someone.words


async def test_escape_goes_back_a_step_at_a_time(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await pick(someone, exports / "deals-2026-11-12.csv")
        await someone.press("enter")
        assert "4 new deals" in someone.words
        await someone.press("escape")
        assert "← column of the file" in someone.words
        await someone.press("escape")
        assert "Import an export of your CRM" in someone.words
        await someone.press("escape")
        assert "i import" in someone.words, "the welcome it came from"
        assert rows(store, "SELECT count(*) FROM batch") == [(0,)]


async def test_the_board_is_one_key_away(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        await pick(someone, exports / "deals-2026-11-19.csv")
        await someone.press("2")
        assert someone.titles
        assert rows(store, "SELECT count(*) FROM batch") == [(1,)]


async def test_what_changed_opens_deals_and_comes_back(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        await pick(someone, exports / "deals-2026-11-19.csv")
        await someone.press("enter")
        await someone.press("enter")
        assert "Tour B" in someone.lines[0]  # the deal view
        await someone.press("right_square_bracket")
        assert "Portail [/] fourn" in someone.lines[0]  # the next one of the list
        await someone.press("escape")
        assert "1 new deal" in someone.words
        await someone.press("tab", "enter")
        assert "Portail [/] fourn" in someone.lines[0]
        await someone.press("escape", "escape")
        assert someone.titles


async def test_undo_takes_all_of_it_back(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        before = rows(
            store, "SELECT name, stage_id, amount, close_date FROM deal WHERE NOT archived ORDER BY id"
        )
        await pick(someone, exports / "deals-2026-11-19.csv")
        await someone.press("enter")
        await someone.press("ctrl+z")
        assert "deals-2026-11-19.csv" in someone.words
        await someone.press("enter")
        assert "Undone · 1 new" in someone.words
        after = rows(
            store, "SELECT name, stage_id, amount, close_date FROM deal WHERE NOT archived ORDER BY id"
        )
        assert after == before
        await someone.press("enter")
        assert "This deal is not here any more" in someone.words


async def test_the_same_file_again_changes_nothing(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        await pick(someone, exports / "deals-2026-11-12.csv")
        assert "Nothing changes." in someone.words
        assert "No deal differs from what is known already." in someone.words
        await someone.press("enter")
        assert "nothing new" in someone.toast
        assert rows(store, "SELECT count(*) FROM batch") == [(1,)]


async def test_a_click_goes_where_a_key_does(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        await pick(someone, exports / "deals-2026-11-19.csv")
        await someone.press("enter")
        row = next(n for n, line in enumerate(someone.lines) if "Badgeuse" in line)
        for _time in range(2):  # there, then open
            await someone.pilot.click(offset=(5, row))
            await someone.settle()
        assert "Badgeuse" in someone.lines[0]


async def test_small_changes_come_last(store: Path, exports: Path) -> None:
    """A manager looks for stages, dates and amounts; who only got another owner stands below."""
    async with seat(store, SMALL) as someone:
        await first_week(someone, exports)
        lines = [(*WEEK_2[0][:6], "Marc Petit"), (*WEEK_1[1][:6], "Claire Dubois"), *WEEK_2[2:], WEEK_1[3]]
        await pick(someone, export(exports / "deals-2026-11-20.csv", lines))
        assert "1 new · 2 changed: 1 stage, 1 date, 1 other" in someone.words
        order = ("1 new deal", "1 deal changed", "Discovery → Demo", "1 deal changed in other fields only")
        found = [someone.words.index(told) for told in order]
        assert found == sorted(found)
        assert "owner Marc Petit → Claire Dubois" in someone.words


async def test_closed_deals_that_are_missing_are_told_apart(store: Path, exports: Path) -> None:
    lines = [(f"006{n}", f"Deal {n}", "Acme", "Demo", "100", "2026-12-01", "Marc Petit") for n in range(6)]
    won = [("006W", "Won one", "Acme", "Closed Won", "900", "2026-11-10", "Marc Petit")]
    async with seat(store) as someone:
        await pick(someone, export(exports / "deals-2026-11-18.csv", lines + won))
        for key in ("enter", "enter", "escape"):
            await someone.press(key)
        await pick(someone, export(exports / "deals-2026-11-20.csv", lines[1:]))
        assert "2 missing: 1 open, 1 closed" in someone.words
        assert someone.words.index("Deal 0") < someone.words.index("Won one")


async def test_most_deals_missing_is_doubted(store: Path, exports: Path) -> None:
    many = [(f"006{n}", f"Deal {n}", "Acme", "Demo", "100", "2026-12-01", "Marc Petit") for n in range(12)]
    async with seat(store, SMALL) as someone:
        await pick(someone, export(exports / "deals-2026-11-18.csv", many))
        await someone.press("enter")
        assert "is this the whole export?" not in someone.words
        await someone.press("enter")
        await someone.press("escape")
        await pick(someone, export(exports / "deals-2026-11-20.csv", many[:3]))
        assert "9 missing" in someone.words
        assert "more deals are missing than found: is this the whole export?" in someone.words


# Rejects, past imports, conflicts -----------------------------------------------------------------------


async def test_rejected_rows_are_written_mended_and_imported(store: Path, exports: Path) -> None:
    path = export(
        exports / "bad.csv",
        [*WEEK_1[:2], ("006X", "Bad [/]", "Acme", "Demo", "a lot", "2026-12-01", "Marc Petit")],
    )
    async with seat(store) as someone:
        await pick(someone, path)
        await someone.press("enter")
        assert "1 row rejected" in someone.words
        assert "line 4, Amount: “a lot” is no amount" in someone.words
        await someone.press("enter")
        await someone.press("w")
        assert "rejects.csv" in someone.words
        rejects = exports / "rejects.csv"
        rejects.write_text(
            rejects.read_text(encoding="utf-8-sig").replace("a lot", "5000", 1), encoding="utf-8"
        )
        await someone.press("escape")
        await pick(someone, rejects)
        await someone.press("enter")
        if "comparison" in someone.words and "1 new" in someone.words:
            await someone.press("enter")
        assert rows(store, "SELECT amount FROM deal WHERE name = 'Bad [/]'") == [(500_000,)]
        assert rows(store, "SELECT count(*) FROM deal WHERE missing_since IS NOT NULL") == [(0,)]


async def test_rejected_rows_of_a_past_import_are_written_as_well(store: Path, exports: Path) -> None:
    bad = ("006X", "Bad [/]", "Acme", "Demo", "a lot", "2026-12-01", "Marc Petit")
    other = exports / "deals-b.csv"
    export(exports / "deals-a.csv", [*WEEK_1[:2], bad])
    header = ("Opportunity Name", "Opportunity ID", "", "Amount", "Stage", "Opportunity Owner")
    export(other, [("Worse", "006Y", "?", "a bit", "Demo", "Marc Petit")], header)
    async with seat(store) as someone:
        await someone.press("i")
        await someone.paste(f"{exports}/")
        await someone.type("deals-")
        for name in ("deals-a", "deals-b"):
            await someone.type(name[-1])
            await someone.press("space", "backspace")
        await someone.press("enter")
        await someone.press("enter")
        assert "2 rows rejected" in someone.words
        await someone.press("enter")
        for key in ("escape", "I", "enter", "w"):
            await someone.press(key)
        assert "rejects.csv" in someone.words
    with (exports / "rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        written = {row["Opportunity Name"]: row for row in csv.DictReader(file)}
    assert {name: row["rejected value"] for name, row in written.items()} == {
        "Bad [/]": "a lot",
        "Worse": "a bit",
    }
    assert written["Bad [/]"]["Account Name"] == "Acme"
    assert (written["Worse"]["Opportunity ID"], written["Worse"]["Amount"]) == ("006Y", "a bit")


async def test_past_imports_tell_what_they_brought(store: Path, exports: Path) -> None:
    async with seat(Start(str(store), user="claire")) as someone:
        await someone.press("b")
        await someone.press("I")
        assert "Nothing was imported yet." in someone.words
        await someone.press("escape")
        await first_week(someone, exports)
        await pick(someone, exports / "deals-2026-11-19.csv")
        await someone.press("enter")
        await someone.press("escape")
        await someone.press("ctrl+z")
        await someone.press("enter")
        await someone.press("I")
        newest = next(line for line in someone.lines if line.startswith("▌"))
        for told in ("deals-2026-11-19.csv", "claire", "undone", "1 new · 2 changed"):
            assert told in newest
        assert "salesforce Salesforce 4 deals" in someone.words
        await someone.press("down", "enter")
        assert "4 new deals" in someone.words
        await someone.press("escape", "escape")
        assert someone.titles


@pytest.mark.parametrize(("key", "amount"), [("o", 1_100_000), ("t", 1_500_000)])
async def test_a_conflict_is_settled_by_one_key_and_that_can_be_undone(
    store: Path, exports: Path, key: str, amount: int
) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        ((audit,),) = rows(store, "SELECT id FROM deal WHERE name = 'Audit'")
        with (
            Store.open(store) as other,
            batch(other, kind="edit", by="marc", at=datetime(2026, 11, 22, 1)) as writer,
        ):
            writer.change(
                [FieldChange(audit, "amount", 1_200_000, 1_100_000, datetime(2026, 11, 15), "person")]
            )
        await pick(someone, exports / "deals-2026-11-19.csv")
        assert "1 conflict" in someone.words
        await someone.press("enter")
        await someone.press("C")
        assert "€11,000.00" in someone.words
        assert "€15,000.00" in someone.words
        await someone.press(key)
        assert "Nothing to settle" in someone.words
        assert rows(store, "SELECT amount FROM deal WHERE name = 'Audit'") == [(amount,)]
        await someone.press("ctrl+z")
        assert "€15,000.00" in someone.words
        assert rows(store, "SELECT amount FROM deal WHERE name = 'Audit'") == [(1_100_000,)]
        await someone.press("escape")
        assert "▲ 1 conflict (C settles them)" in someone.words  # back at what has changed
        await someone.press("C", key, "escape")
        assert "conflict" not in someone.words


def test_of_many_differences_the_first_are_listed_and_all_counted(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipetui.app.importing.differences.LISTED", 5)
    fill(store, [deal(f"Deal {n}", QUALIFICATION, n) for n in range(1, 13)])
    with Store.open(store) as opened, opened.reading() as run:
        found = read_differences(run, 1)
    assert found.deals["new"] == 12
    assert [difference.deal.name for difference in found.listed["new"]] == [
        f"Deal {n}" for n in (12, 11, 10, 9, 8)
    ]


# Stopping -----------------------------------------------------------------------------------------------


def test_a_stopped_import_leaves_the_store_as_it_was(store: Path, exports: Path) -> None:
    start = Start(str(store))
    session = Session(start)
    try:
        draft = work.read(session, [exports / "deals-2026-11-12.csv"], Options(), Handle())
        handle = Handle()
        handle.stop()
        with pytest.raises(StoppedError):
            work.write(session, draft, handle)
        assert rows(store, "SELECT (SELECT count(*) FROM deal) + (SELECT count(*) FROM batch)") == [(0,)]
        plan = work.rehearse(session, draft, Handle())
        assert plan.differences.deals["new"] == plan.report.new == 4
        assert rows(store, "SELECT (SELECT count(*) FROM deal) + (SELECT count(*) FROM batch)") == [(0,)]
        assert work.write(session, draft, Handle()).plan.report.new == 4
    finally:
        start.close()


async def test_an_import_is_not_left_for_a_list_before_it_is_done(
    store: Path, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on, write = Event(), Event(), work.write

    def slow(session: Session, draft: work.Draft, handle: Handle) -> work.Imported:
        begun.set()
        assert goes_on.wait(10)
        return write(session, draft, handle)

    monkeypatch.setattr(steps, "PATIENCE", 60.0)  # nothing is said of it yet
    async with seat(store) as someone:
        await pick(someone, exports / "deals-2026-11-12.csv")
        await someone.press("enter")
        monkeypatch.setattr(work, "write", slow)
        await someone.pilot.press("enter")
        assert await asyncio.to_thread(begun.wait, 10)
        await someone.pilot.press("I")
        goes_on.set()
        await someone.settle()
        assert "✓ 4 new" in someone.words


async def test_stopping_an_import_comes_back_to_the_comparison(
    store: Path, exports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Event()

    def slow(_session: Session, _draft: work.Draft, handle: Handle) -> None:
        begun.set()
        while True:
            handle(0.5)

    monkeypatch.setattr(steps, "PATIENCE", 0.0)
    async with seat(store) as someone:
        await pick(someone, exports / "deals-2026-11-12.csv")
        await someone.press("enter")
        monkeypatch.setattr(work, "write", slow)
        await someone.pilot.press("enter")
        while someone.app.screen.PLACE != WORKING:  # type: ignore[attr-defined]
            await someone.pilot._wait_for_screen()
        assert begun.wait(10)
        await someone.press("escape")
        assert "Stopped: nothing was imported." in someone.words
        assert "4 new deals" in someone.words
