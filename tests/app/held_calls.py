"""Past forecast calls of the firm, as two weekly calls leave them; and four months of them."""

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipetui.deals.category import Category
from pipetui.deals.edits import BeginCall, Classify, Freeze, SetNumber
from pipetui.deals.said import Said
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import FrozenRange, Snapshot, freeze
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.looking import look
from pipetui.pipeline.outlook import outlook
from pipetui.pipeline.outlook_calls import packed, snapshot_of
from pipetui.store.calls import read_call
from pipetui.store.engine import Store
from pipetui.store.writing import apply

from .forecasting import QUOTED
from .making import CLAIRE, TODAY, WON, change, deal, fill

QUARTER = Period.parse("2026-Q4")
MONTHS = range(7, 11)


def hold(path: Path, at: datetime, number: int, *said: tuple[int, Category, Said]) -> None:
    """Hold a call on the quarter: what is said of deals, a number in thousands, freeze."""
    how: dict[str, Any] = {"by": "nora", "at": at, "playbook": QUOTED}
    with Store.open(path) as store:
        call_id = apply(store, [BeginCall(QUARTER.name)], **how).call_id
        assert call_id is not None
        for deal_id, category, words in said:
            version = look(store, QUOTED, TODAY).deals[deal_id].version
            apply(store, [Classify(deal_id, version, call_id, 0, "rep", category, words)], **how)
        apply(store, [SetNumber(call_id, 0, number * 100_000)], **how)
        pipeline, opened = look(store, QUOTED, TODAY), read_call(store, call_id)
        assert opened is not None
        found = outlook(store, pipeline, QUARTER)
        snapshot = snapshot_of(opened, found, pipeline, at=at, by="nora")
        apply(store, [Freeze(call_id, packed(snapshot))], **how)


def two_calls(path: Path) -> Path:
    """Landing 97 in the first, 125 in the second; Licences 2027 is 6 cheaper since."""
    path.write_bytes(_after_two_calls(path.read_bytes()))
    return path


@cache
def _after_two_calls(store: bytes) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "deals.db"
        path.write_bytes(store)
        _hold_two(path)
        return path.read_bytes()


def _hold_two(path: Path) -> None:
    hold(path, datetime(2026, 11, 15, 9, 30), 100)
    change(path, 7, "crm_category", None, "commit")  # Migration ERP, 64: up
    change(path, 6, "crm_category", "commit", "upside")  # Portail fournisseurs, 46: down
    change(path, 5, "amount", 4_100_000, 5_100_000)  # Licences 2027, 41 → 51
    change(path, 8, "close_date", date(2026, 11, 25), date(2027, 1, 15))  # Tour B, 28: out
    words = Said(reason="The CFO said so", note="Legal reads it on Monday")
    hold(path, datetime(2026, 11, 22, 9, 30), 110, (7, Category.COMMIT, words))
    change(path, 5, "amount", 5_100_000, 4_500_000)


def four_months(path: Path) -> Path:
    """July to October: 100 won each, 110 forecast at the start, 100 in the middle; half the commits slip."""
    states = []
    for month in MONTHS:
        closed: dict[str, Any] = {"status": "won", "closed_on": date(2026, month, 20)}
        states.append(deal(f"Won {month}", WON, 100, owner=CLAIRE, created=date(2026, 1, 5), **closed))
        states.append(deal(f"Slipped {month}", 4, 50, close_date=date(2026, 12, 9), owner=CLAIRE))
    fill(path, states)
    for number, month in enumerate(MONTHS):
        for day, forecast in ((1, 110), (10, 100)):
            put(path, on_month(month, day, forecast, first_deal=2 * number + 1))
    return path


def on_month(month: int, day: int, forecast: int, first_deal: int) -> Snapshot:
    """A call on a month with two commits, 100 and 50."""
    period = Period.parse(f"2026-{month:02}")
    its: dict[str, Any] = {"owner": CLAIRE, "currency": "EUR", "crm": Category.COMMIT}
    entries = [
        CallEntry(
            deal_id=first_deal + n,
            name="as it was",
            amount=amount,
            worth=amount,
            close_date=period.end,
            **its,
        )
        for n, amount in enumerate((10_000, 5_000))
    ]
    return freeze(
        entries,
        period=period,
        scope=Scope(),
        revision=1,
        frozen_at=datetime(2026, month, day, 9),
        by="nora",
        currency="EUR",
        quota=None,
        number=forecast * 100,
        range_=FrozenRange(9_000, 10_500, 12_000 if month < 10 else 9_500, None),
    )


def put(path: Path, snapshot: Snapshot) -> None:
    """Into the store as it would have been frozen in its time."""
    plain = snapshot.plain()
    entries = plain.pop("entries")
    at = f"{snapshot.frozen_at}.000000"
    with closing(sqlite3.connect(path)) as connection, connection:
        batch = connection.execute(
            "INSERT INTO batch (at, by, kind, because, summary) VALUES (?, 'nora', 'edit', '', '')", [at]
        ).lastrowid
        call = connection.execute(
            "INSERT INTO forecast_call (period, team, owner, at, by, batch_id) "
            "VALUES (?, '', '', ?, 'nora', ?)",
            [snapshot.period.name, at, batch],
        ).lastrowid
        connection.execute(
            "INSERT INTO call_revision (call_id, revision, snapshot_id, batch_id, snapshot, entries) "
            "VALUES (?, 1, ?, ?, ?, ?)",
            [call, snapshot.id, batch, json.dumps(plain), json.dumps(entries)],
        )
