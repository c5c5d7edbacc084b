"""What was set here and the CRM does not say yet: by owner, until an import confirms it."""

from datetime import datetime
from pathlib import Path

from pipetui.store.batches import FieldChange, batch
from pipetui.store.engine import Store

from .exports import first_week, pick
from .making import rows, seat


def set_amount(path: Path, name: str, old: int, new: int) -> None:
    """Somebody else sets an amount meanwhile."""
    ((deal_id,),) = rows(path, f"SELECT id FROM deal WHERE name = '{name}'")
    at = datetime(2026, 11, 22, 1)
    with Store.open(path) as other, batch(other, kind="edit", by="marc", at=at) as writer:
        writer.change([FieldChange(deal_id, "amount", old, new, at, "person")])


async def test_an_import_ticks_off_what_it_confirms(store: Path, exports: Path, tmp_path: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        await someone.press("B")
        assert "Nothing: the CRM has everything that was set here." in someone.words
        await someone.press("escape")
        set_amount(store, "Audit", 1_200_000, 1_500_000)
        set_amount(store, "Migration", 800_000, 900_000)
        await someone.press("I")
        await someone.press("b")
        assert "2 values of 2 deals" in someone.words
        assert "Audit Amount €12,000.00 €15,000.00" in someone.words
        assert "set on 22 Nov by marc" in someone.words
        await someone.press("w", "ctrl+u")
        await someone.paste(str(tmp_path / "list.md"))
        await someone.press("enter")
        assert "**€15,000.00**" in (tmp_path / "list.md").read_text(encoding="utf-8")
        await someone.press("y")
        assert "# Changes to carry back into the CRM" in someone.app.clipboard
        await someone.press("escape", "escape")
        await pick(someone, exports / "deals-2026-11-19.csv")
        await someone.press("enter")
        await someone.press("B")
        assert "1 value of 1 deal" in someone.words
        assert "Audit" not in someone.words
        assert "Migration" in someone.words
        await someone.press("ctrl+z")
        await someone.press("enter")
        assert "Audit Amount €12,000.00 €15,000.00" in someone.words, "the import is taken back"


async def test_its_deals_can_be_opened(store: Path, exports: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        set_amount(store, "Migration", 800_000, 900_000)
        await someone.press("B", "enter")
        assert "Migration" in someone.words
        assert "Cofilux" in someone.words
        assert "€9,000.00" in someone.words
        await someone.press("escape")
        assert "To type there" in someone.words
