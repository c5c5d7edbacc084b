"""Small stores for tests: a playbook of five stages, deals of an export, raw looks into the file."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from pipetui.deals.deal import Deal
from pipetui.deals.event import Origin
from pipetui.deals.fields import Value
from pipetui.playbook.models import Criterion, Pipeline, Playbook, Stage
from pipetui.store.batches import FieldChange, NewDeal, batch
from pipetui.store.bulk import Bulk
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from pipetui.store.stages import bring_in_line

NOON = datetime(2026, 11, 22, 12)
PLAYBOOK = Playbook(
    pipelines=(
        Pipeline(
            name="Sales",
            stages=(
                Stage(
                    name="Discovery",
                    aliases=("Découverte",),
                    probability=0.1,
                    exit=(Criterion(text="The buyer has confirmed the need", item="need", level=2),),
                ),
                Stage(
                    name="Proposal",
                    aliases=("Proposal/Price Quote",),
                    probability=0.5,
                    exit=(Criterion(text="It has a price", field="amount"),),
                ),
                Stage(name="Closing", probability=0.8),
                Stage(name="Won", kind="won", probability=1),
                Stage(name="Lost", kind="lost", probability=0),
            ),
        ),
    )
)
DISCOVERY, PROPOSAL, CLOSING, WON, LOST = range(1, 6)
"""The ids that these stages get in a new store."""


def sync_stages(store: Store, playbook: Playbook) -> None:
    """Give a store the stages of a playbook, as its first edit does."""
    with store.writing() as connection:
        bring_in_line(Bulk(connection), playbook)


def new_store(path: Path) -> Store:
    store = Store.open(path)
    sync_stages(store, PLAYBOOK)
    return store


def bring(store: Store, *states: Mapping[str, Value], at: datetime = NOON, by: str = "claire") -> list[int]:
    """Import deals; each is called "Deal 1", "Deal 2"… and in discovery unless its state says otherwise."""
    with batch(store, kind="import", by=by, at=at, as_of=at) as writer:
        source_id = writer.source_id("crm", preset="generic", signature="s", mapping={"name": "Name"})
        return writer.create(
            [
                NewDeal(
                    source_id, str(number), f"ID-{number}", {"name": f"Deal {number}", "stage_id": 1, **state}
                )
                for number, state in enumerate(states, start=1)
            ]
        )


def report(
    store: Store,
    deal_id: int,
    field: str,
    old: Value,
    new: Value,
    *,
    at: datetime = NOON,
    by: str = "claire",
    origin: Origin = "export",
) -> None:
    """A later export says that one field has changed."""
    with batch(store, kind="import", by=by, at=at, as_of=at) as writer:
        writer.change([FieldChange(deal_id, field, old, new, at, origin)])


def deal_of(store: Store, deal_id: int) -> Deal:
    return next(deal for deal in read_board(store).deals if deal.id == deal_id)


def rows(store: Store, sql: str, *values: Any) -> list[dict[str, Any]]:
    """What the file holds, read without any of the store's code."""
    with closing(sqlite3.connect(store.path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql, values)]
