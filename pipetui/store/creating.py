"""Writing new deals, a hundred thousand at a time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby, repeat
from operator import attrgetter
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
_UNKNOWN: Final = {
    **{field: UNKNOWN.get(field) for field in _PLAIN},
    "status": "open",
    "levels": NOTHING_KNOWN,
}
"""What a column holds for a deal whose state does not say."""


class NewDeal(NamedTuple):
    """A deal that an export brings."""

    source_id: int | None
    key: str
    """What its source knows it by: external id, else name, account and created."""
    external_id: str
    state: Mapping[str, Value]
    """Field → value, the names of `deals.fields.FIELDS`; at least `name` and `stage_id`."""


class NewDeals(NamedTuple):
    """Deals of one source, column by column: a hundred thousand cost a third less than as many `NewDeal`s."""

    source_id: int | None
    keys: Sequence[str]
    external_ids: Sequence[str]
    columns: Mapping[str, Sequence[Value]]
    """Field → its value for each deal; at least `name` and `stage_id`."""
    states: Sequence[str]
    """What `deals.fields.encode_state` gives for each deal."""


def create(ledger: Ledger, deals: Sequence[NewDeal], at: datetime, origin: Origin) -> list[int]:
    """Write deals with one event each, dated `at`; their ids, in order."""
    ids: list[int] = []
    for source_id, group in groupby(deals, key=attrgetter("source_id")):
        its: list[NewDeal] = list(group)
        fields = dict.fromkeys(field for deal in its for field in deal.state)
        known = {field: _UNKNOWN[field] for field in ("status", "levels")}
        columns = NewDeals(
            source_id,
            [deal.key for deal in its],
            [deal.external_id for deal in its],
            {field: [deal.state.get(field) for deal in its] for field in fields},
            [encode_state({**known, **deal.state}) for deal in its],
        )
        ids += create_columns(ledger, columns, at, origin)
    return ids


def create_columns(ledger: Ledger, deals: NewDeals, at: datetime, origin: Origin) -> range:
    """Write deals with one event each, dated `at`; their ids, in order."""
    size, columns = len(deals.keys), deals.columns
    ids = ledger.take(Deal, size)
    # The export's own last stage change stands in for what no event tells (`deals.event.clocks`).
    changes = columns.get("last_stage_change")
    entered = repeat(None) if changes is None else [day and f"{day} 00:00:00.000000" for day in changes]
    head: tuple[Iterable[Any], ...] = (
        *(ids, repeat(1), repeat(False), repeat(deals.source_id), deals.keys, deals.external_ids),  # noqa: FBT003
        *(_ids(ledger, Account, columns.get("account")), _ids(ledger, Owner, columns.get("owner"))),
        *(entered, entered, repeat(0), repeat("")),
    )
    rows = zip(*head, *(_column(field, columns.get(field)) for field in _PLAIN), strict=False)
    ledger.insert(Deal, _COLUMNS, list(rows))
    event_ids = ledger.take(DealEvent, size)
    told = (repeat(moment(at)), repeat(CREATED), repeat(None), deals.states, repeat(origin))
    ledger.insert(
        DealEvent, EVENT_COLUMNS, list(zip(event_ids, ids, *told, repeat(ledger.batch_id), strict=False))
    )
    return ids


def _column(field: str, values: Sequence[Value] | None) -> Iterable[Value]:
    """A column's values as the driver takes them; days repeat, so each is written out once."""
    unknown = _UNKNOWN[field]
    if values is None:
        return repeat(unknown)
    texts = {
        value: unknown
        if value is None or value == ""
        else value.isoformat()
        if isinstance(value, date)
        else value
        for value in set(values)
    }
    return [texts[value] for value in values]


def _ids(
    ledger: Ledger, model: type[Account] | type[Owner], names: Sequence[Value] | None
) -> Iterable[int | None]:
    if names is None:
        return repeat(None)
    known = ledger.names(model, names)
    return [known.get(name) for name in names]
