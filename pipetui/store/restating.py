"""Letting deals follow their events: their rows are what the events that count amount to."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from pipetui.deals.event import Event, replay
from pipetui.deals.fields import CREATED, FIELDS, Value, encode
from pipetui.store.ledger import Entry, Ledger
from pipetui.store.rows import chunks, listed, read_current, read_events

EVERY: frozenset[str] = frozenset(FIELDS)


def restate(ledger: Ledger, fields: Mapping[int, Iterable[str]]) -> list[Entry]:
    """Set the given fields of deals, (deal → fields), to what their effective events amount to now.

    Returns:
        What that changed, dated now; nothing of it is written as an event.
    """
    before = read_current(ledger.run, fields)
    changed: list[Entry] = []
    values: dict[tuple[int, str], Value] = {}
    set_here: dict[int, set[str]] = {}
    for deal_id, its in groupby(read_events(ledger.run, fields), key=lambda event: event.deal_id):
        effective = list(its)
        state = replay(effective)
        set_here[deal_id] = {event.field for event in effective if event.origin == "person"} - {CREATED}
        for field in sorted(EVERY.intersection(fields[deal_id])):
            old, new = before[deal_id].values[field], state.get(field)
            if old != new:
                changed.append(Entry(deal_id, ledger.at, field, encode(old), encode(new), "person"))
                values[deal_id, field] = new
    ledger.touch(fields)
    ledger.assign(values)
    ledger.set_here(set_here)
    return changed


def supersede(ledger: Ledger, events: Sequence[Event], instead: Sequence[Entry]) -> None:
    """Let derived events give way to others, which lie where they say; the deals' rows follow.

    The events stay, marked; they count again while this batch is undone. What people did is never superseded.
    """
    for some in chunks(event.id for event in events):
        ledger.execute(
            f"UPDATE deal_event SET superseded_by = :batch WHERE id IN ({listed(some)})",
            batch=ledger.batch_id,
        )
    ledger.record(instead)
    touched = {(event.deal_id, event.field) for event in events}
    touched |= {(entry.deal_id, entry.field) for entry in instead}
    fields: dict[int, set[str]] = {}
    for deal_id, field in touched:
        fields.setdefault(deal_id, set()).update(EVERY if field == CREATED else (field,))
    restate(ledger, fields)
