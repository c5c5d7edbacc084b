"""Changing deals that exist, and telling their past."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple

from pipetui.deals.errors import Problem
from pipetui.deals.event import Origin
from pipetui.deals.fields import CREATED, Value, encode
from pipetui.language import _
from pipetui.store.ledger import Entry, Ledger
from pipetui.store.rows import read_current, read_floors

_DEALS_AT_ONCE: Final = 2_000
_TICK: Final = timedelta(microseconds=1)


class FieldChange(NamedTuple):
    """One field of one deal, from what it is to what it becomes."""

    deal_id: int
    field: str
    old: Value
    new: Value
    at: datetime
    origin: Origin = "export"


class Stale(Problem):
    """What was decided rests on a state of the deal that is no longer there."""

    def __init__(self, name: str) -> None:
        super().__init__(_("“%(name)s” was changed meanwhile; look at it again and repeat.") % {"name": name})
        self.name = name


def change(ledger: Ledger, changes: Sequence[FieldChange]) -> None:
    """Write events and the rows they amount to; what changes nothing is left out.

    An event never lies before one that counts already for the same field: it is dated at the same moment
    then, so that the history, read by date, always ends in the present.

    Raises:
        Stale: where a field is not what `old` says.
    """
    for some in _by_deal(changes):
        _change(ledger, some)


def _change(ledger: Ledger, changes: Sequence[FieldChange]) -> None:
    ids = {item.deal_id for item in changes}
    rows = read_current(ledger.run, ids)
    floors = read_floors(ledger.run, ids)
    entries: list[Entry] = []
    values: dict[tuple[int, str], Value] = {}
    set_here: dict[int, frozenset[str]] = {}
    for deal_id, field, old, new, at, origin in changes:
        row = rows[deal_id]
        if row.values[field] != (None if old == "" else old):
            raise Stale(row.name)
        wanted = None if new == "" else new
        if row.values[field] == wanted:
            continue
        appeared = floors[deal_id, CREATED]
        floor = max(appeared, floors.get((deal_id, field), appeared))
        floors[deal_id, field] = max(at, floor)
        entries.append(
            Entry(deal_id, max(at, floor), field, encode(row.values[field]), encode(wanted), origin)
        )
        row.values[field] = values[deal_id, field] = wanted
        if origin == "person" and field not in row.set_here:
            set_here[deal_id] = set_here.get(deal_id, row.set_here) | {field}
    ledger.record(entries)
    ledger.assign(values)
    ledger.set_here(set_here)


def history(ledger: Ledger, events: Sequence[FieldChange]) -> None:
    """Write events of the past: only the clocks of a deal follow from them, what it is now does not change.

    They lie before the deal's own first event, whatever they say: what it was when it came is the later
    truth.
    """
    for some in _by_deal(events):
        floors = read_floors(ledger.run, {item.deal_id for item in some})
        ledger.record(
            [
                Entry(
                    item.deal_id,
                    min(item.at, floors[item.deal_id, CREATED] - _TICK),
                    item.field,
                    encode(item.old),
                    encode(item.new),
                    item.origin,
                )
                for item in some
            ]
        )


def _by_deal(changes: Sequence[FieldChange]) -> Iterator[list[FieldChange]]:
    """The changes deal by deal, each deal's in the order given, in portions that fit into memory."""
    deal_of = attrgetter("deal_id")
    portion: list[FieldChange] = []
    for count, (_deal_id, its) in enumerate(groupby(sorted(changes, key=deal_of), key=deal_of), start=1):
        portion.extend(its)
        if count % _DEALS_AT_ONCE == 0:
            yield portion
            portion = []
    if portion:
        yield portion
