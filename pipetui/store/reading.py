"""What the store knows, as plain frozen values. Nothing here imports SQLAlchemy, SQLModel or pydantic."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from pipetui.deals.deal import Deal, Stage
from pipetui.deals.event import Event, Origin
from pipetui.deals.promise import Promise
from pipetui.store.cycles import without_cycle_search
from pipetui.store.engine import Run, Store
from pipetui.store.rows import STANDS, read_deals, read_promises, read_stages


class SourceFacts(NamedTuple):
    """A source of exports and what it tells of a deal."""

    name: str
    preset: str
    mapped: frozenset[str]
    """The fields that a column is mapped to."""
    as_of: datetime | None
    """The moment of its newest export that counts."""


class Snapshot(NamedTuple):
    """Everything the board shows, as of one moment."""

    deals: list[Deal]
    """Without the archived ones; in no particular order."""
    stages: tuple[Stage, ...]
    """Pipeline by pipeline, in the order of the board."""
    sources: dict[str, SourceFacts]
    revision: int


class Changes(NamedTuple):
    """What was written since a revision."""

    revision: int
    """The store's revision now."""
    deal_ids: tuple[int, ...]
    imported: bool
    """Whether an import is among it, or one undone or done again: those touch more than deals."""


class StoryEvent(NamedTuple):
    """An event, and the batch that brought it."""

    event: Event
    by: str
    because: str
    batch_kind: str
    effective: bool
    """Whether it counts: not undone, not superseded, not the record of an undo."""


class Note(NamedTuple):
    """A note on a deal."""

    at: datetime
    by: str
    text: str


class Said(NamedTuple):
    """What was written behind an item of the qualification; later ones of that item replace it."""

    item: str
    text: str
    """ "" if it was taken away."""
    batch_id: int
    at: datetime
    """When it was written, or the moment of the export that says it."""
    by: str
    """ "" for an export."""


class Story(NamedTuple):
    """The whole history of one deal."""

    events: tuple[StoryEvent, ...]
    """In order of (at, id)."""
    notes: tuple[Note, ...]
    """Oldest first, without the undone ones."""
    texts: dict[str, str]
    """Qualification item → what is known."""
    description: str
    promises: tuple[Promise, ...] = ()
    """What was undertaken, oldest first."""
    said: tuple[Said, ...] = ()
    """Everything that was ever written behind qualification items, oldest first, without what was undone."""


class BatchRecord(NamedTuple):
    """A line of the audit trail."""

    id: int
    at: datetime
    by: str
    kind: str
    """import, edit, undo or redo."""
    because: str
    source: str
    undoes: int | None
    """Of an undo or redo: the batch it took back."""
    undone: bool
    deals: int
    events: int
    summary: dict[str, Any]


def read_board(store: Store) -> Snapshot:
    """Everything the board shows. Raises `Problem` if the store cannot be read."""
    with store.reading() as run, without_cycle_search():
        return Snapshot(read_deals(run), read_stages(run), _sources(run), _revision(run))


def read_some(store: Store, deal_ids: Iterable[int]) -> list[Deal]:
    """The deals of these ids that are not archived; in no particular order."""
    with store.reading() as run:
        return read_deals(run, deal_ids)


def revision(store: Store) -> int:
    """A number that grows with every batch, undo and redo."""
    with store.reading() as run:
        return _revision(run)


def changed_since(store: Store, since: int) -> Changes:
    """Which deals were touched since a revision, by whomever; archived ones included."""
    with store.reading() as run:
        rows = run(
            "SELECT deal_id FROM deal_event WHERE batch_id > :since "
            f"UNION {_beside('note')} UNION {_beside('qualification')} UNION {_beside('promise')} "
            f"UNION {_beside('call_line')} "
            "UNION SELECT deal_id FROM conflict WHERE settled_by > :since "
            "ORDER BY deal_id",
            {"since": since},
        )
        imports = run(
            "WITH RECURSIVE its(id) AS (SELECT id FROM batch WHERE id > :since "
            "UNION SELECT b.undoes FROM its JOIN batch b ON b.id = its.id WHERE b.undoes IS NOT NULL) "
            "SELECT 1 FROM its JOIN batch b ON b.id = its.id WHERE b.kind = 'import' LIMIT 1",
            {"since": since},
        )
        return Changes(_revision(run), tuple(deal_id for (deal_id,) in rows), bool(imports))


def read_sources(store: Store) -> dict[str, SourceFacts]:
    """The sources of exports by name."""
    with store.reading() as run:
        return _sources(run)


def read_story(store: Store, deal_id: int) -> Story:
    """The whole history of one deal."""
    values = {"deal": deal_id}
    with store.reading() as run:
        events = run(
            "SELECT e.id, e.deal_id, CAST(e.at AS TEXT), e.field, e.old, e.new, e.origin, e.batch_id, "
            f"b.by, b.because, b.kind, {STANDS} AND b.undone_by IS NULL "
            "FROM deal_event e JOIN batch b ON b.id = e.batch_id "
            "WHERE e.deal_id = :deal ORDER BY e.at, e.id",
            values,
        )
        notes = run(
            "SELECT CAST(n.at AS TEXT), n.by, n.text FROM note n JOIN batch b ON b.id = n.batch_id "
            "WHERE n.deal_id = :deal AND b.undone_by IS NULL ORDER BY n.id",
            values,
        )
        said = run(
            "SELECT q.item, q.text, q.batch_id, CAST(COALESCE(b.as_of, b.at) AS TEXT), "
            "CASE WHEN b.kind = 'import' THEN '' ELSE b.by END "
            "FROM qualification q JOIN batch b ON b.id = q.batch_id "
            "WHERE q.deal_id = :deal AND b.undone_by IS NULL ORDER BY q.id",
            values,
        )
        promises = read_promises(run, [deal_id])
        descriptions = run("SELECT description FROM deal WHERE id = :deal", values)
    return Story(
        tuple(
            StoryEvent(_event(row[:8]), by, because, kind, bool(counts) and kind not in ("undo", "redo"))
            for *row, by, because, kind, counts in events
        ),
        tuple(Note(datetime.fromisoformat(at), by, text) for at, by, text in notes),
        {item: text for item, text in {its[0]: its[1] for its in said}.items() if text},
        descriptions[0][0] if descriptions else "",
        tuple(promises),
        tuple(Said(item, text, id_, datetime.fromisoformat(at), by) for item, text, id_, at, by in said),
    )


def read_batches(store: Store, limit: int | None = None) -> list[BatchRecord]:
    """The audit trail, newest first."""
    first = "" if limit is None else f" LIMIT {int(limit)}"
    with store.reading() as run:
        rows = run(
            "SELECT b.id, CAST(b.at AS TEXT), b.by, b.kind, b.because, COALESCE(i.name, ''), b.undoes, "
            "b.undone_by IS NOT NULL, "
            "(SELECT count(DISTINCT e.deal_id) FROM deal_event e WHERE e.batch_id = b.id), "
            "(SELECT count(*) FROM deal_event e WHERE e.batch_id = b.id), b.summary "
            f"FROM batch b LEFT JOIN import_source i ON i.id = b.source_id ORDER BY b.id DESC{first}",
            {},
        )
    return [
        BatchRecord(
            id=id_,
            at=datetime.fromisoformat(at),
            by=by,
            kind=kind,
            because=because,
            source=source,
            undoes=undoes,
            undone=bool(undone),
            deals=deals,
            events=events,
            summary=json.loads(summary or "{}"),
        )
        for id_, at, by, kind, because, source, undoes, undone, deals, events, summary in rows
    ]


def _beside(table: str) -> str:
    """Deals of which a table beside the events has rows that a batch since wrote, hid or brought back."""
    return (
        f"SELECT deal_id FROM {table} WHERE deal_id IS NOT NULL AND (batch_id > :since OR batch_id IN "
        "(SELECT b.undoes FROM batch b WHERE b.id > :since AND b.kind = 'undo') OR batch_id IN "
        "(SELECT u.undoes FROM batch b JOIN batch u ON u.id = b.undoes "
        "WHERE b.id > :since AND b.kind = 'redo'))"
    )


def _revision(run: Run) -> int:
    ((highest,),) = run("SELECT COALESCE(max(id), 0) FROM batch", {})
    return int(highest)


def _sources(run: Run) -> dict[str, SourceFacts]:
    rows = run(
        "SELECT i.name, i.preset, i.mapping, (SELECT CAST(max(b.as_of) AS TEXT) FROM batch b "
        "WHERE b.source_id = i.id AND b.undone_by IS NULL) FROM import_source i ORDER BY i.id",
        {},
    )
    return {
        name: SourceFacts(name, preset, _mapped(json.loads(mapping)), as_of and datetime.fromisoformat(as_of))
        for name, preset, mapping, as_of in rows
    }


def _mapped(mapping: Mapping[str, str]) -> frozenset[str]:
    return frozenset(field for field, column in mapping.items() if column)


def _event(row: list[Any]) -> Event:
    id_, deal_id, at, field, old, new, origin, batch_id = row
    return Event(id_, deal_id, datetime.fromisoformat(at), field, old, new, cast("Origin", origin), batch_id)
