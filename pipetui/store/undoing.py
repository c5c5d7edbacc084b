"""Undo and redo: batches of their own. Nothing is deleted; what counts is marked, and rows follow from it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, Literal, NamedTuple

from sqlalchemy import Connection

from pipetui.deals.errors import Problem
from pipetui.deals.fields import ARCHIVED, CREATED
from pipetui.language import _, ngettext, quoted
from pipetui.store.bulk import Bulk
from pipetui.store.engine import Run, Store
from pipetui.store.ledger import Entry, Ledger
from pipetui.store.restating import EVERY, restate
from pipetui.store.rows import EFFECTIVE, STANDS

_SHOWN: Final = 3
"""Names that a refusal lists; it counts the others."""

_OWN: Final = (
    "b.by = :by AND (b.kind = 'edit' OR b.kind = 'import' AND "
    "(EXISTS (SELECT 1 FROM deal_event e WHERE e.batch_id = b.id) OR "
    "EXISTS (SELECT 1 FROM observation o WHERE o.batch_id = b.id) OR "
    "EXISTS (SELECT 1 FROM quota q WHERE q.batch_id = b.id) OR "
    "EXISTS (SELECT 1 FROM conflict c WHERE c.settled_by = b.id)))"
)
"""Batches of somebody's own that did something: an import may have found nothing new."""

_BESIDE: Final = ("note", "qualification", "promise", "call_line")
"""What hangs on a deal without being a field of it."""

_LATER: Final = "n.batch_id > :batch AND b.undone_by IS NULL"


def _of_call(table: str, other: str) -> str:
    """The calls of a batch's rows in one table that have later rows in another."""
    return (
        f"SELECT c.period FROM {table} x JOIN {other} n ON n.call_id = x.call_id "
        "JOIN batch b ON b.id = n.batch_id JOIN forecast_call c ON c.id = x.call_id "
        f"WHERE x.batch_id = :batch AND {_LATER}"
    )


_SAID_SINCE: Final = f"""
SELECT d.name FROM call_line x JOIN call_line n ON n.call_id = x.call_id AND n.deal_id = x.deal_id
    JOIN batch b ON b.id = n.batch_id JOIN deal d ON d.id = x.deal_id
WHERE x.batch_id = :batch AND {_LATER}
UNION
{_of_call("call_number", "call_number")}
UNION
{_of_call("call_revision", "call_revision")}
UNION
{_of_call("call_revision", "call_line")}
UNION
{_of_call("call_revision", "call_number")}
UNION
SELECT COALESCE(NULLIF(x.owner, ''), NULLIF(x.team, ''), x.period) FROM quota x
    JOIN quota n ON n.period = x.period AND n.team = x.team AND n.owner = x.owner
    JOIN batch b ON b.id = n.batch_id
WHERE x.batch_id = :batch AND {_LATER}"""
"""The same quota, number, or deal in a call, of which more was said later; a call that went on since."""

_OF_A_CALL: Final = " UNION ".join(
    f"SELECT x.period FROM forecast_call x JOIN {table} n ON n.call_id = x.id "
    f"JOIN batch b ON b.id = n.batch_id WHERE x.batch_id = :batch AND {_LATER}"
    for table in ("call_line", "call_number", "call_revision")
)
"""A call in which something was said."""

_GONE_CALL: Final = " UNION ".join(
    f"SELECT c.period FROM {table} x JOIN forecast_call c ON c.id = x.call_id "
    "JOIN batch b ON b.id = c.batch_id WHERE x.batch_id = :batch AND b.undone_by IS NOT NULL"
    for table in ("call_line", "call_number", "call_revision")
)
"""A call that is not there any more."""

_AROUND: Final = """deal_event x
    JOIN deal_event e ON e.deal_id = x.deal_id AND e.batch_id > :batch JOIN batch b ON b.id = e.batch_id
    JOIN deal d ON d.id = x.deal_id"""
"""Events `x` of a batch, and later written ones `e` of the same deals.

What history files tell is the past: the present does not rest on it, so it stands in nobody's way.
"""

_HANGING_ON_IT: Final = " UNION ".join(
    f"SELECT d.name FROM deal_event x JOIN {table} n ON n.deal_id = x.deal_id "
    "JOIN batch b ON b.id = n.batch_id JOIN deal d ON d.id = x.deal_id "
    f"WHERE x.batch_id = :batch AND n.batch_id > :batch AND b.undone_by IS NULL AND x.field = '{CREATED}'"
    for table in _BESIDE
)

_UPON_IT: Final = f"""
SELECT d.name FROM {_AROUND}
WHERE x.batch_id = :batch AND {EFFECTIVE}
    AND (x.field = '{CREATED}'
        OR e.field = x.field AND x.origin <> 'history' AND (e.at > x.at OR e.at = x.at AND e.id > x.id))
UNION
{_HANGING_ON_IT}
UNION
{_SAID_SINCE}
UNION
{_OF_A_CALL}
UNION
SELECT d.name FROM deal_event x JOIN batch s ON s.id = x.superseded_by JOIN deal d ON d.id = x.deal_id
WHERE x.batch_id = :batch AND s.undone_by IS NULL
UNION
SELECT d.name FROM export o JOIN export l ON l.source_id = o.source_id AND l.batch_id > o.batch_id
    AND l.as_of < o.as_of
    JOIN deal_event e ON e.batch_id = l.batch_id AND e.at = o.as_of JOIN batch b ON b.id = e.batch_id
    JOIN deal d ON d.id = e.deal_id AND d.source_id = o.source_id
WHERE o.batch_id = :batch AND {EFFECTIVE}
ORDER BY 1"""
"""Deals on which something stands that the batch's undo would pull away from under it.

The last: a later import of an older export, which says how the deal came from there to this one.
"""

_INSTEAD_OF_IT: Final = f"""
{_SAID_SINCE}
UNION
{_GONE_CALL}
UNION
SELECT x.period FROM forecast_call x
    JOIN forecast_call n ON n.period = x.period AND n.team = x.team AND n.owner = x.owner
    JOIN batch b ON b.id = n.batch_id
WHERE x.batch_id = :batch AND {_LATER}
UNION
SELECT d.name FROM {_AROUND}
WHERE x.batch_id = :batch AND {EFFECTIVE}
    AND (e.field = x.field AND x.origin <> 'history' AND e.origin <> 'history' OR EXISTS (
        SELECT 1 FROM deal_event g WHERE g.superseded_by = :batch))
UNION
SELECT d.name FROM deal_event x JOIN deal d ON d.id = x.deal_id
WHERE x.batch_id = :batch AND d.archived AND NOT EXISTS (
    SELECT 1 FROM deal_event c WHERE c.deal_id = x.deal_id AND c.batch_id = :batch AND c.field = '{CREATED}')
UNION
SELECT d.name FROM deal_event x JOIN deal d ON d.id = x.deal_id
    JOIN deal o ON o.source_id = d.source_id AND o.key = d.key AND o.id > d.id
WHERE x.batch_id = :batch AND x.field = '{CREATED}' AND NOT o.archived
ORDER BY 1"""
"""Deals to which something happened in place of what the undone batch did: changed, gone, imported again."""


class Undone(NamedTuple):
    """What an undo took back, or a redo brought back."""

    batch_id: int
    """The import or edit itself."""
    because: str
    deal_ids: tuple[int, ...]
    kind: str
    """import or edit."""


class InTheWay(Problem):
    """Something later stands in the way; `names` are all the deals where it does."""

    def __init__(self, sentence: str, names: Sequence[str]) -> None:
        shown = ", ".join(quoted(name) for name in names[:_SHOWN])
        if rest := len(names[_SHOWN:]):
            shown = ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", rest) % {
                "names": shown,
                "n": rest,
            }
        super().__init__(sentence % {"names": shown})
        self.names = tuple(names)


def undo(store: Store, *, by: str, at: datetime) -> Undone:
    """Take back one's own newest import or edit; the deals that it made are archived.

    Raises:
        InTheWay: later changes stand on it.
        Problem: there is nothing to undo, or the store cannot be written.
    """
    with store.writing() as connection:
        run = Bulk(connection).run
        sql = f"SELECT max(b.id) FROM batch b WHERE {_OWN} AND b.undone_by IS NULL"
        ((batch_id,),) = run(sql, {"by": by})
        if batch_id is None:
            raise Problem(_("There is nothing of yours to undo."))
        if names := _names(run, _UPON_IT, batch_id):
            raise InTheWay(_("Later changes stand on %(names)s; undo those first."), names)
        return _turn(connection, "undo", batch_id, by, at)


def redo(store: Store, *, by: str, at: datetime) -> Undone:
    """Bring back what one's last undo took back, unless one has done something else since.

    Raises:
        InTheWay: something else has happened there since.
        Problem: there is nothing to redo, or the store cannot be written.
    """
    with store.writing() as connection:
        run = Bulk(connection).run
        # What was undone before something else was done is given up, even if that was undone, too.
        sql = (
            f"SELECT min(b.id) FROM batch b WHERE {_OWN} AND b.undone_by > "
            f"(SELECT COALESCE(max(b.id), 0) FROM batch b WHERE {_OWN})"
        )
        ((batch_id,),) = run(sql, {"by": by})
        if batch_id is None:
            raise Problem(_("There is nothing of yours to redo."))
        if names := _names(run, _INSTEAD_OF_IT, batch_id):
            raise InTheWay(_("%(names)s changed since; this cannot be redone."), names)
        return _turn(connection, "redo", batch_id, by, at)


def _turn(
    connection: Connection, kind: Literal["undo", "redo"], batch_id: int, by: str, at: datetime
) -> Undone:
    """Mark the batch, let the rows follow, and keep a record of every change."""
    run = Bulk(connection).run
    ((because, done, undo_id, summary),) = run(
        "SELECT because, kind, undone_by, summary FROM batch WHERE id = :id", {"id": batch_id}
    )
    ledger = Ledger(connection, kind=kind, by=by, at=at, undoes=batch_id if kind == "undo" else undo_id)
    mark = "UPDATE batch SET undone_by = :by_batch WHERE id = :id"
    if kind == "undo":
        ledger.execute(mark, by_batch=ledger.batch_id, id=batch_id)
    else:
        ledger.execute(mark, by_batch=None, id=batch_id)
        ledger.execute(mark, by_batch=ledger.batch_id, id=undo_id)
    fields: dict[int, set[str]] = {}
    for deal_id, field in run(
        "SELECT deal_id, field FROM deal_event WHERE batch_id = :batch OR superseded_by = :batch "
        "ORDER BY deal_id, field",
        {"batch": batch_id},
    ):
        fields.setdefault(deal_id, set()).update(EVERY if field == CREATED else (field,))
    made = _made(run, batch_id)
    _archive(ledger, made, archived=kind == "undo")
    kept = {deal_id: its for deal_id, its in fields.items() if deal_id not in made}
    ledger.record(restate(ledger, kept))
    _regroup(ledger, json.loads(summary or "{}").get("teams", {}), back=kind == "undo")
    ledger.finish()
    told = " UNION ".join(f"SELECT deal_id FROM {table} WHERE batch_id = :batch" for table in _BESIDE)
    beside = run(f"{told} UNION SELECT deal_id FROM conflict WHERE settled_by = :batch", {"batch": batch_id})
    deal_ids = fields.keys() | {deal_id for (deal_id,) in beside if deal_id is not None}
    return Undone(batch_id, because, tuple(sorted(deal_ids)), done)


def _made(run: Run, batch_id: int) -> dict[int, None]:
    """The deals that a batch brought, and nothing else: without it they are not there."""
    rows = run(
        "SELECT x.deal_id FROM deal_event x WHERE x.batch_id = :batch AND x.field = :created AND NOT EXISTS ("
        "SELECT 1 FROM deal_event e JOIN batch b ON b.id = e.batch_id "
        "WHERE e.deal_id = x.deal_id AND e.field = :created AND e.batch_id <> :batch "
        f"AND b.undone_by IS NULL AND (e.superseded_by = :batch OR {STANDS})) ORDER BY x.deal_id",
        {"batch": batch_id, "created": CREATED},
    )
    return dict.fromkeys(deal_id for (deal_id,) in rows)


def _archive(ledger: Ledger, deal_ids: Iterable[int], *, archived: bool) -> None:
    ids = list(deal_ids)
    old, new = (None, "1") if archived else ("1", None)
    ledger.record([Entry(deal_id, ledger.at, ARCHIVED, old, new, "person") for deal_id in ids])
    ledger.update_deals(["archived"], [(archived, deal_id) for deal_id in ids])


def _regroup(ledger: Ledger, teams: Mapping[str, Sequence[str]], *, back: bool) -> None:
    """Let owners whom an import put into another team go back, or there again; not who is elsewhere now."""
    for owner, (before, after) in teams.items():
        here, there = (after, before) if back else (before, after)
        ledger.execute(
            "UPDATE owner SET team = :there WHERE name = :owner AND team = :here",
            there=there,
            owner=owner,
            here=here,
        )


def _names(run: Run, sql: str, batch_id: int) -> list[str]:
    return [name for (name,) in run(sql, {"batch": batch_id})]
