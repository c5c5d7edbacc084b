"""Writing new deals, a hundred thousand at a time."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Final, NamedTuple

from pipetui.deals.event import Origin
from pipetui.deals.fields import CREATED, FIELDS, Value
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
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_in_order = itemgetter(*_PLAIN)
_UNKNOWN: Final = {field: UNKNOWN.get(field) for field in _PLAIN}
_DEFAULTS: Final = {"status": "open", "levels": NOTHING_KNOWN}
_AT_ONCE: Final = 10_000


class NewDeal(NamedTuple):
    """A deal that an export brings."""

    source_id: int | None
    key: str
    """What its source knows it by: external id, else name, account and created."""
    external_id: str
    state: Mapping[str, Value]
    """Field → value, the names of `deals.fields.FIELDS`; at least `name` and `stage_id`."""


class _Days(dict[Any, str]):
    """Day → its text; a portion has a few hundred days and fifty thousand places where they stand."""

    def __missing__(self, day: date) -> str:
        text = self[day] = day.isoformat()
        return text


def create(ledger: Ledger, deals: Sequence[NewDeal], at: datetime, origin: Origin) -> list[int]:
    """Write deals with one event each, dated `at`; their ids, in order."""
    ids: list[int] = []
    for start in range(0, len(deals), _AT_ONCE):
        ids += _create(ledger, deals[start : start + _AT_ONCE], moment(at), origin)
    return ids


def _create(ledger: Ledger, deals: Sequence[NewDeal], at: str, origin: Origin) -> range:
    """One portion. Every value is written as text, once for the row and the event: columns convert it."""
    accounts = ledger.names(Account, (deal.state.get("account") for deal in deals))
    owners = ledger.names(Owner, (deal.state.get("owner") for deal in deals))
    ids = ledger.take(Deal, len(deals))
    event_ids = ledger.take(DealEvent, len(deals))
    rows: list[tuple[Any, ...]] = []
    events: list[tuple[Any, ...]] = []
    batch_id = ledger.batch_id
    days = _Days()
    for id_, event_id, (source_id, key, external_id, given) in zip(ids, event_ids, deals, strict=True):
        known = {
            **_DEFAULTS,
            **{
                field: value
                if value.__class__ is str
                else days[value]
                if value.__class__ is date
                else str(value)
                for field, value in given.items()
                if value or value == 0
            },
        }
        get = known.get
        # The export's own last stage change stands in for what no event tells (`deals.event.clocks`).
        entered = f"{change} 00:00:00.000000" if (change := get("last_stage_change")) else None
        account, owner = accounts.get(get("account")), owners.get(get("owner"))
        head = (id_, 1, False, source_id, key, external_id, account, owner, entered, entered, 0, "")
        rows.append(head + _in_order({**_UNKNOWN, **known}))
        events.append((event_id, id_, at, CREATED, None, _dump(known), origin, batch_id))
    ledger.insert(Deal, _COLUMNS, rows)
    ledger.insert(DealEvent, EVENT_COLUMNS, events)
    return ids
