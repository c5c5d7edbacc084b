"""Importing quotas by keyboard: recognised, set at once, told, undone."""

from pathlib import Path

import pytest

from .exports import first_week, pick
from .making import rows, seat

QUOTAS = (
    "SELECT q.owner, q.period, q.amount FROM quota q JOIN batch b ON b.id = q.batch_id "
    "WHERE b.undone_by IS NULL"
)


@pytest.fixture
def quotas(exports: Path) -> Path:
    """Two that can be set, one of nobody's."""
    path = exports / "quotas.csv"
    path.write_text("Owner,Period,Quota\nClaire Dubois,2026-Q4,120k\nMarc Petit,2026-Q4,80k\nX,2026-Q4,1\n")
    return path


async def test_they_are_set_at_once_and_undone(store: Path, exports: Path, quotas: Path) -> None:
    async with seat(store) as someone:
        await first_week(someone, exports)
        await pick(someone, quotas)
        assert "quotas.csv: 2 quotas set · ctrl+z undoes" in someone.toast
        assert "1 row rejected (line 4: there is no owner “X”)" in someone.toast
        assert rows(store, QUOTAS) == [
            ("Claire Dubois", "2026-Q4", 120_000_00),
            ("Marc Petit", "2026-Q4", 80_000_00),
        ]
        await someone.press("ctrl+z")
        await someone.press("enter")
        assert rows(store, QUOTAS) == []


async def test_what_nothing_can_be_taken_of_says_why(store: Path, exports: Path, quotas: Path) -> None:
    quotas.write_text("Owner,Period,Quota\nX,2026-Q4,1\n")
    async with seat(store) as someone:
        await first_week(someone, exports)
        await pick(someone, quotas)
        assert "No quota was set. · 1 row rejected (line 2: there is no owner “X”)" in someone.words
        assert rows(store, QUOTAS) == []
