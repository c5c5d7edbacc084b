"""Two processes classify the deals of one call at once."""

import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from pipetui.deals.edits import BeginCall
from pipetui.playbook.loading import load
from pipetui.store.batches import batch
from pipetui.store.creating import NewDeal
from pipetui.store.engine import Store
from pipetui.store.writing import apply

from .making import sync_stages

DEALS = 200
AT = datetime(2026, 11, 22, 9)
WORKER = """
import sys
from datetime import datetime
from pipetui.deals.category import Category
from pipetui.deals.edits import Classify
from pipetui.deals.said import Said
from pipetui.playbook.loading import load
from pipetui.store.calls import read_call
from pipetui.store.changing import Stale
from pipetui.store.engine import Store
from pipetui.store.reading import read_some
from pipetui.store.writing import apply

path, who, call_id, category = sys.argv[1], sys.argv[2], int(sys.argv[3]), Category(sys.argv[4])
book, at = load(None), datetime(2026, 11, 22, 10)
conflicts = 0
with Store.open(path) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    # what one sees on a screen that has not heard of the other yet
    deals = {deal.id: deal for deal in read_some(store, range(1, 1001))}
    seen = {deal_id: line.id for deal_id, line in read_call(store, call_id).lines.items()}
    for deal in sorted(deals.values()):
        said = Said(reason=who)
        edit = Classify(deal.id, deal.version, call_id, seen.get(deal.id, 0), "rep", category, said)
        try:
            apply(store, [edit], by=who, at=at, playbook=book)
        except Stale:
            conflicts += 1
print(conflicts, flush=True)
"""


def test_nothing_is_lost_and_every_conflict_is_told(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    with Store.open(path) as store:
        book = load(None)
        sync_stages(store, book)
        with batch(store, kind="import", by="import", at=AT, as_of=AT) as writer:
            ((stage,),) = writer.ledger.run("SELECT id FROM stage WHERE name = 'Discovery'", {})
            source = writer.source_id("crm", preset="generic", signature="s", mapping={})
            facts = {"stage_id": stage, "amount": 100, "currency": "EUR", "close_date": date(2026, 12, 1)}
            writer.create(
                [NewDeal(source, str(n), str(n), {"name": f"Deal {n}", **facts}) for n in range(DEALS)]
            )
        call_id = apply(store, [BeginCall("2026-Q4")], by="nora", at=AT, playbook=book).call_id
    people = {"claire": "commit", "marc": "upside"}
    running = {
        who: subprocess.Popen(
            [sys.executable, "-c", WORKER, str(path), who, str(call_id), category],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for who, category in people.items()
    }  # fmt: skip
    for its in running.values():
        assert its.stdout is not None
        assert its.stdout.readline() == "ready\n"
    for its in running.values():
        assert its.stdin is not None
        its.stdin.write("\n")
        its.stdin.flush()
    told = {who: int(its.communicate(timeout=100)[0]) for who, its in running.items()}
    with closing(sqlite3.connect(path)) as connection:
        lines = list(
            connection.execute(
                "SELECT l.deal_id, l.rep, l.reason, b.by FROM call_line l JOIN batch b ON b.id = l.batch_id"
            )
        )
        deals = dict(connection.execute("SELECT id, rep_category FROM deal"))
        events = connection.execute("SELECT count(*) FROM deal_event WHERE field = 'rep_category'").fetchone()
    written = Counter(by for _deal, _rep, _reason, by in lines)
    assert all(written[who] + told[who] == DEALS for who in people)  # each was written, or refused aloud
    assert len(lines) == len({deal for deal, *_rest in lines}) == DEALS == events[0]
    assert all(people[by] == rep == deals[deal] and reason == by for deal, rep, reason, by in lines)
    assert sum(told.values()) == DEALS
