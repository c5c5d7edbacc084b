"""What slipped out of past periods, by the events of a store."""

from datetime import date, datetime
from pathlib import Path

from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.looking import look
from pipetui.pipeline.outlook_slippage import slippages
from pipetui.pipeline.trends_past import read_past
from pipetui.store.batches import batch
from pipetui.store.changing import FieldChange
from pipetui.store.creating import NewDeal
from pipetui.store.engine import Store
from tests.app.making import CLAIRE, DEMO, MARC, PLAYBOOK, deal
from tests.store.making import sync_stages

NOVEMBER, OCTOBER = Period.parse("2026-11"), Period.parse("2026-10")
DUE = date(2026, 10, 15)


def test_due_at_the_start_and_neither_won_nor_lost_at_the_end(tmp_path: Path) -> None:
    known, later = datetime(2026, 9, 20, 9), datetime(2026, 10, 20, 9)
    states = [
        deal("Slips", DEMO, 40, owner=CLAIRE, close_date=DUE),
        deal("Lost in time", DEMO, 20, owner=CLAIRE, close_date=DUE),
        deal("Slips, too", DEMO, 30, owner=MARC, close_date=DUE),
        deal("Due later", DEMO, 90, owner=MARC, close_date=date(2026, 12, 1)),
    ]
    with Store.open(tmp_path / "deals.db") as store:
        sync_stages(store, PLAYBOOK)
        with batch(store, kind="import", by="import", at=known, as_of=known) as writer:
            mapping = {"name": "name", "close_date": "close_date"}
            source = writer.source_id("crm", preset="generic", signature="s", mapping=mapping)
            ids = writer.create([NewDeal(source, str(n), f"ID-{n}", its) for n, its in enumerate(states)])
        with batch(store, kind="edit", by="claire", at=later) as writer:
            changes = [
                FieldChange(ids[0], "close_date", DUE, date(2026, 12, 9), later, "person"),
                FieldChange(ids[1], "status", "open", "lost", later, "person"),
                FieldChange(ids[1], "closed_on", None, later.date(), later, "person"),
            ]
            writer.change(changes)
        pipeline = look(store, PLAYBOOK, date(2026, 11, 22))
        found = slippages(store, pipeline, [NOVEMBER, OCTOBER], Scope())
        assert list(found) == [OCTOBER]  # November is not over
        its = found[OCTOBER]
        assert (its.due, its.due_amount, its.slipped_amount) == (3, 9_000, 7_000)
        assert [one.name for one in its.slipped] == ["Slips", "Slips, too"]
        assert its.slipped[0].close_date == DUE  # as it stood
        read_past(store, pipeline)  # who has seen the trends need not wait for another reading
        assert slippages(store, pipeline, [NOVEMBER, OCTOBER], Scope()) == found
        mine = slippages(store, pipeline, [OCTOBER], Scope(owner=MARC))[OCTOBER]
        assert (mine.due, [one.name for one in mine.slipped]) == (1, ["Slips, too"])
