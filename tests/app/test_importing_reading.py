"""How files are read, shown and changed by keyboard before anything is imported."""

from pathlib import Path

import pytest

from .exports import export, pick
from .making import SMALL, Seat, rows, seat


async def to_line(someone: Seat, text: str) -> None:
    """The cursor to the line that begins so."""
    await someone.press("home")
    for _line in range(60):
        if any(line.lstrip("▌● ").startswith(text) for line in someone.lines if line.startswith("▌")):
            return
        await someone.press("down")
    raise AssertionError(f"no line {text} in\n{someone.text}")


async def test_a_column_can_be_another_field(store: Path, own_world: Path) -> None:
    path = export(
        own_world / "home" / "a.csv",
        [("Audit", "Demo", "9000", "[Nord]")],
        ("Deal name", "Stage", "Value", "Where"),
    )
    async with seat(store) as someone:
        await pick(someone, path)
        await to_line(someone, "segment")
        await someone.press("space")
        assert "Which column is “segment”?" in someone.words
        assert "[Nord]" in someone.words  # a sample beside the label
        await someone.type("where")
        await someone.press("enter")
        assert "← Where" in someone.words
        await someone.press("enter")
        await someone.press("enter")
        assert rows(store, "SELECT segment FROM deal") == [("[Nord]",)]


async def test_a_column_that_nothing_took_is_made_a_field(store: Path, own_world: Path) -> None:
    path = export(
        own_world / "home" / "a.csv",
        [("Audit", "Demo", "9000", "[Nord]")],
        ("Deal name", "Stage", "Value", "Where"),
    )
    async with seat(store, SMALL) as someone:
        await pick(someone, path)
        assert "Columns that are not imported" in someone.words
        await to_line(someone, "Where")
        assert "Where: not imported; space makes it a field · [Nord]" in someone.words
        await someone.press("space")
        assert "Which field is the column “Where”?" in someone.words
        await someone.type("segm")
        await someone.press("enter")
        assert "Columns that are not imported" not in someone.words
        assert "segment ← Where" in someone.words
        assert "segment ← “Where” · by hand" in someone.words
        await someone.press("enter")
        await someone.press("enter")
        assert rows(store, "SELECT segment FROM deal") == [("[Nord]",)]


async def test_the_first_of_two_answers_is_kept_when_the_second_is_put_off(
    store: Path, own_world: Path
) -> None:
    header = ("Deal name", "Stage", "Amount", "Close date")
    path = export(own_world / "home" / "a.csv", [("Audit", "Demo", "12,500", "03/04/2026")], header)
    async with seat(store) as someone:
        await pick(someone, path)
        await someone.press("enter")
        await someone.press("enter")
        assert "Amount: what does “12,500” mean?" in someone.words
        await someone.press("escape")
        assert "dates day first" in someone.words
        assert "12,500.00 or 12.50?" in someone.words
        for _key in range(4):
            await someone.press("enter")
        assert rows(store, "SELECT close_date, amount FROM deal") == [("2026-04-03", 1_250_000)]


async def test_a_field_can_be_left_out(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await pick(someone, exports / "deals-2026-11-12.csv")
        await to_line(someone, "owner")
        await someone.press("x")
        assert "← Opportunity Owner" not in someone.words
        assert "stage ← “Stage” · known label" in someone.words  # the next one is at hand
        await someone.press("enter")
        await someone.press("enter")
        assert rows(store, "SELECT count(*) FROM deal WHERE owner_id IS NOT NULL") == [(0,)]


@pytest.mark.parametrize(
    ("keys", "seen", "day"), [([], "3 Apr", "2026-04-03"), (["down"], "4 Mar", "2026-03-04")]
)
async def test_a_date_that_reads_both_ways_is_asked(
    store: Path, own_world: Path, keys: list[str], seen: str, day: str
) -> None:
    path = export(
        own_world / "home" / "a.csv",
        [("Audit", "Demo", "9000", "03/04/2026")],
        ("Deal name", "Stage", "Amount", "Close date"),
    )
    async with seat(store) as someone:
        await pick(someone, path)
        assert "3 Apr 2026 or 4 Mar 2026?" in someone.words
        await someone.press("enter")
        assert "Close date: what does “03/04/2026” mean?" in someone.words
        await someone.press(*keys, "enter")
        assert f"known label {seen}" in someone.words  # before anything is compared
        await someone.press("enter")
        await someone.press("enter")
        assert rows(store, "SELECT close_date FROM deal") == [(day,)]


async def test_an_amount_that_reads_both_ways_is_asked_once(store: Path, own_world: Path) -> None:
    header = ("Deal name", "Stage", "Amount")
    path = export(own_world / "home" / "a.csv", [("Audit", "Demo", "12,500")], header)
    async with seat(store) as someone:
        await pick(someone, path)
        await someone.press("enter")
        assert "12,500.00 it groups thousands" in someone.words
        assert "12.50 it begins the decimals" in someone.words
        await someone.press("down", "enter")
        assert "€12.50" in someone.words
        await someone.press("enter")
        await someone.press("enter")
        await someone.press("escape")
        assert rows(store, "SELECT amount FROM deal") == [(1250,)]
        export(path, [("Audit", "Demo", "12,500"), ("Portail", "Demo", "13,500")], header)
        await pick(someone, path)
        assert "1 new" in someone.words  # the answer is remembered for such exports
        await someone.press("enter")
        assert rows(store, "SELECT amount FROM deal ORDER BY id") == [(1250,), (1350,)]


async def test_source_day_and_encoding_can_be_said(store: Path, own_world: Path) -> None:
    path = own_world / "home" / "a.csv"
    path.write_bytes("Deal name,Stage,Amount\nAudit sécurité,Demo,9000\n".encode("cp1252"))
    async with seat(store) as someone:
        await pick(someone, path)
        await to_line(someone, "source")
        await someone.press("space")
        await someone.type("another")
        await someone.press("enter")
        await someone.press("ctrl+u")
        await someone.type("weekly")
        await someone.press("enter")
        await to_line(someone, "exported on")
        await someone.press("space")
        await someone.press("ctrl+u")
        await someone.type("2027-01-01")
        await someone.press("enter")
        assert "No export is of a day to come." in someone.words
        await someone.press("ctrl+u")
        await someone.type("2026-11-01")
        assert "Sunday 1 Nov" in someone.words
        await someone.press("enter")
        await to_line(someone, "encoding")
        await someone.press("space")
        await someone.type("utf-8")
        await someone.press("enter")
        assert "is not in the encoding utf-8" in someone.words  # one sentence; the dialog stays
        await someone.press("enter")
        await someone.press("enter")
        assert rows(store, "SELECT name FROM import_source") == [("weekly",)]
        assert rows(store, "SELECT name FROM deal") == [("Audit sécurité",)]
        assert rows(store, "SELECT date(as_of) FROM batch") == [("2026-11-01",)]
