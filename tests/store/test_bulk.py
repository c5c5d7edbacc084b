"""Rows by the hundred go into the store in one statement: none is lost, doubled or put elsewhere."""

import pytest

from pipetui.store.bulk import Bulk
from pipetui.store.engine import Store
from pipetui.store.tables import Account
from tests.store.making import rows


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_every_row_arrives_once(store: Store, count: int) -> None:
    with store.writing() as connection:
        bulk = Bulk(connection)
        ids = bulk.take(Account, count)
        bulk.insert(Account, ("id", "name"), [(id_, f"Compte {id_}") for id_ in ids])
    told = rows(store, "SELECT id, name FROM account ORDER BY id")
    assert told == [{"id": number, "name": f"Compte {number}"} for number in range(1, count + 1)]
