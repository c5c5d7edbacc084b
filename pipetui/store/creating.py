"""Writing new deals, a hundred thousand at a time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from pipetui.deals.event import Origin
from pipetui.deals.fields import CREATED, FIELDS, Value, encode_state
from pipetui.deals.qualification import NOTHING_KNOWN
from pipetui.store.bulk import moment
from pipetui.store.ledger import EVENT_COLUMNS, UNKNOWN, Ledger
from pipetui.store.tables import Account, Deal, DealEvent, Owner

_PLAIN: Final = tuple(field for field in FIELDS if field not in ("account", "owner"))
"""The fields that are columns of the same name."""
_COLUMNS: Final = (
    *("id", "version", "archived", "source_id", "key", "external_id", "account_id", "owner_id"),
    *("stage_entered_at", "last_move_at", "push_count", "set_here"),
    *_PLAIN,
)
_AT_ONCE: Final = 10_000


class NewDeal(NamedTuple):
    """A deal that an export brings."""

    source_id: int | None
    key: str
    """What its source knows it by: external id, else name, account and created."""
    external_id: str
    state: Mapping[str, Value]
    """Field → value, the names of `deals.fields.FIELDS`; at least `name` and `stage_id`."""


def create(ledger: Ledger, deals: Sequence[NewDeal], at: datetime, origin: Origin) -> list[int]:
    """Write deals with one event each, dated `at`; their ids, in order."""
    ids: list[int] = []
    for start in range(0, len(deals), _AT_ONCE):
        ids += _create(ledger, deals[start : start + _AT_ONCE], moment(at), origin)
    return ids


def _create(ledger: Ledger, deals: Sequence[NewDeal], at: str, origin: Origin) -> range:
    ids = ledger.take(Deal, len(deals))
    rows: list[tuple[Any, ...]] = []
    events: list[tuple[Any, ...]] = []
    named, batch_id = ledger.named, ledger.batch_id
    defaults = [(field, UNKNOWN.get(field)) for field in _PLAIN]
    for id_, event_id, (source_id, key, external_id, given) in zip(
        ids, ledger.take(DealEvent, len(deals)), deals, strict=True
    ):
        state = {"status": "open", "levels": NOTHING_KNOWN, **given}
        get = state.get
        # The export's own last stage change stands in for what no event tells (`deals.event.clocks`).
        entered = f"{change} 00:00:00.000000" if (change := get("last_stage_change")) else None
        row: list[Any] = [
            *(id_, 1, False, source_id, key, external_id),
            *(named(Account, get("account")), named(Owner, get("owner")), entered, entered, 0, ""),
        ]
        for field, unknown in defaults:
            value = get(field)
            if value is None or value == "":
                value = unknown
            elif type(value) is date:
                value = value.isoformat()
            row.append(value)
        rows.append(tuple(row))
        events.append((event_id, id_, at, CREATED, None, encode_state(state), origin, batch_id))
    ledger.insert(Deal, _COLUMNS, rows)
    ledger.insert(DealEvent, EVENT_COLUMNS, events)
    return ids
