"""Events and the rows they amount to, written together: what every batch, undo and redo is made of."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from pipetui.deals.event import Origin, clocks
from pipetui.deals.fields import CREATED, Value
from pipetui.deals.qualification import NOTHING_KNOWN
from pipetui.store.bulk import Bulk, moment
from pipetui.store.rows import EFFECTIVE, chunks, listed, read_events
from pipetui.store.tables import Account, Batch, Deal, DealEvent, Owner

EVENT_COLUMNS: Final = ("id", "deal_id", "at", "field", "old", "new", "origin", "batch_id")

UNKNOWN: Final[Mapping[str, Value]] = {
    **{
        column.name: ""
        for column in Deal.metadata.tables["deal"].columns
        if not column.nullable and column.type.python_type is str
    },
    "levels": NOTHING_KNOWN,
}
"""What columns that cannot be NULL hold for an unknown value."""

_CLOCKED: Final = (CREATED, "stage_id", "amount", "close_date", "last_stage_change")
"""The fields whose events decide a deal's clocks: in its stage since, last move, pushes."""


_CLOCKS: Final = f"""
SELECT max(CASE WHEN e.field = 'stage_id' THEN CAST(e.at AS TEXT) END),
    max(CASE WHEN e.field IN ('stage_id', 'amount') OR e.field = 'close_date' AND e.new < e.old
        THEN CAST(e.at AS TEXT) END),
    sum(CASE WHEN e.field = 'close_date' AND e.new > e.old THEN 1 ELSE 0 END),
    e.deal_id
FROM deal_event e
WHERE {EFFECTIVE} AND e.deal_id IN (%s)
GROUP BY e.deal_id
"""
"""The clocks of `deals.event.clocks`, of deals by the hundred thousand; days compare as ISO text."""

_CLOCKED_AT_ONCE: Final = 5_000
"""Deals whose clocks are set between two reports of progress."""


class Entry(NamedTuple):
    """One event to be written."""

    deal_id: int
    at: datetime
    field: str
    old: str | None
    new: str | None
    origin: Origin


class Ledger(Bulk):
    """The writing side of one batch; `finish` it before its transaction is committed."""

    def __init__(
        self,
        connection: Connection,
        *,
        kind: str,
        by: str,
        at: datetime,
        because: str = "",
        as_of: datetime | None = None,
        undoes: int | None = None,
    ) -> None:
        super().__init__(connection)
        self.at = at
        self._existed = self.highest(Deal)
        """Deals up to this id were there before this batch."""
        self._touched: set[int] = set()
        """Those of them that are no longer what they were."""
        self._clocked: set[int] = set()
        self._ids: dict[type[Owner] | type[Account], dict[Value, int]] = {}
        (self.batch_id,) = self.take(Batch, 1)
        row = {
            "id": self.batch_id,
            "at": moment(at),
            "by": by,
            "kind": kind,
            "because": because,
            "as_of": moment(as_of) if as_of else None,
            "summary": "",
            "undoes": undoes,
        }
        self.insert(Batch, tuple(row), [tuple(row.values())])

    def record(self, entries: Sequence[Entry]) -> None:
        """Write events, in the order given, and remember which deals they touch."""
        ids = self.take(DealEvent, len(entries))
        rows: list[tuple[Any, ...]] = [
            (id_, deal_id, moment(at), field, old, new, origin, self.batch_id)
            for id_, (deal_id, at, field, old, new, origin) in zip(ids, entries, strict=True)
        ]
        self.insert(DealEvent, EVENT_COLUMNS, rows)
        self._touched.update(entry.deal_id for entry in entries if entry.deal_id <= self._existed)
        self._clocked.update(entry.deal_id for entry in entries if entry.field in _CLOCKED)

    def touch(self, deal_ids: Iterable[int]) -> None:
        """Let deals whose events began or ceased to count get a new version and their clocks anew."""
        touched = set(deal_ids)
        self._touched.update(deal_id for deal_id in touched if deal_id <= self._existed)
        self._clocked.update(touched)

    def assign(self, values: Mapping[tuple[int, str], Value]) -> None:
        """Set fields of deals: (deal, field) → value."""
        columns: dict[str, list[tuple[Any, ...]]] = {}
        for (deal_id, field), value in values.items():
            if field in ("owner", "account"):
                ids = self.names(Owner if field == "owner" else Account, [value])
                columns.setdefault(f"{field}_id", []).append((ids.get(value), deal_id))
            else:
                columns.setdefault(field, []).append((_column_value(field, value), deal_id))
        for column, rows in columns.items():
            self.update_deals([column], rows)

    def set_here(self, fields: Mapping[int, Iterable[str]]) -> None:
        """Note which fields of deals people have set: deal → all such fields."""
        self.update_deals(["set_here"], [(" ".join(sorted(its)), deal_id) for deal_id, its in fields.items()])

    def names(self, model: type[Owner] | type[Account], names: Iterable[Value]) -> dict[Value, int]:
        """Name → id of all owners or accounts, those of the given names added if they are new."""
        if model not in self._ids:
            self._ids[model] = dict(self.run(f"SELECT name, id FROM {model.__tablename__}", {}))
        known = self._ids[model]
        new = [name for name in dict.fromkeys(names) if name and name not in known]
        ids = self.take(model, len(new))
        known.update(zip(new, ids, strict=True))
        if model is Owner:
            self.insert(
                model, ("id", "name", "team"), [(id_, name, "") for id_, name in zip(ids, new, strict=True)]
            )
        else:
            self.insert(model, ("id", "name"), list(zip(ids, new, strict=True)))
        return known

    def finish(
        self, summary: Mapping[str, Any] | None = None, progress: Callable[[float], None] | None = None
    ) -> None:
        """Versions, clocks and the batch's summary: the last thing in its transaction.

        `progress` is told the share done, 0–1.
        """
        self._set_clocks(progress)
        older = [(deal_id,) for deal_id in sorted(self._touched)]
        self._many(f"UPDATE deal SET version = version + 1 WHERE id = {self._mark}", older)
        if summary:
            self.execute(
                "UPDATE batch SET summary = :summary WHERE id = :batch",
                summary=json.dumps(summary, ensure_ascii=False),
                batch=self.batch_id,
            )

    def _set_clocks(self, progress: Callable[[float], None] | None) -> None:
        clocked = sorted(self._clocked)
        for start in range(0, len(clocked), _CLOCKED_AT_ONCE):
            some = clocked[start : start + _CLOCKED_AT_ONCE]
            rows = [row for part in chunks(some) for row in self.run(_CLOCKS % listed(part), {})]
            # Where no event tells, the export's own last stage change may stand in: that is in its events.
            untold = [deal_id for entered, moved, _pushes, deal_id in rows if not (entered and moved)]
            told = {row[-1]: row for row in rows}
            for deal_id, its in groupby(read_events(self.run, untold, _CLOCKED), key=attrgetter("deal_id")):
                found = clocks(its)
                entered, moved = (at and moment(at) for at in (found.stage_entered_at, found.last_move_at))
                told[deal_id] = entered, moved, found.push_count, deal_id
            self.update_deals(["stage_entered_at", "last_move_at", "push_count"], list(told.values()))
            if progress:
                progress(start / len(clocked))
        if progress:
            progress(1.0)


def _column_value(field: str, value: Value) -> Value:
    """A field's value as its column holds it."""
    if value is None or value == "":
        return UNKNOWN.get(field)
    return value.isoformat() if isinstance(value, date) else value
