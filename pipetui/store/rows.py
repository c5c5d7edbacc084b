"""The SQL texts that both sqlite3 and SQLAlchemy run, and how their rows become plain values.

Days and moments are read as text, so that every database gives the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Final, NamedTuple, cast

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.event import Event, Origin
from pipetui.deals.fields import FIELDS, Value
from pipetui.deals.promise import Promise
from pipetui.store.engine import Run

STANDS: Final = (
    "(e.superseded_by IS NULL OR EXISTS "
    "(SELECT 1 FROM batch sb WHERE sb.id = e.superseded_by AND sb.undone_by IS NOT NULL))"
)
"""Which events `e` are not superseded: an import that is taken back supersedes nothing."""

EFFECTIVE: Final = (
    f"{STANDS} AND e.batch_id NOT IN "
    "(SELECT ub.id FROM batch ub WHERE ub.undone_by IS NOT NULL OR ub.kind IN ('undo', 'redo'))"
)
"""Which events `e` count. Those batches are found once; joining each event's own takes a fifth longer."""

_CHUNK: Final = 5_000
"""Deals asked for in one statement."""

_AT_ONCE: Final = 20_000
"""Deals made at once: nobody else gets a turn meanwhile."""

_DEALS: Final = """
SELECT d.id, d.version, d.source_id, d.external_id, d.name, d.account_id, d.owner_id, d.owner_id,
    d.stage_id, d.status, d.amount, d.currency, d.probability, d.created, d.close_date, d.closed_on,
    d.close_reason, d.crm_category, d.rep_category, d.manager_category,
    d.next_step, d.next_step_date, d.last_activity,
    d.stage_entered_at, d.last_move_at, d.push_count, d.missing_since, d.resume_on,
    d.segment, d.lead_source, d.kind, d.levels, d.set_here, d.accepted
FROM deal d
WHERE NOT d.archived"""
"""One column a field of `Deal`; names come from their own small tables, one object for all who bear one."""

_STAGES: Final = """
SELECT s.id, p.name, s.name, s.kind, s.position, s.probability
FROM stage s JOIN pipeline p ON p.id = s.pipeline_id
ORDER BY p.id, s.position, s.id"""

_EVENTS: Final = f"""
SELECT e.id, e.deal_id, CAST(e.at AS TEXT), e.field, e.old, e.new, e.origin, e.batch_id
FROM deal_event e
WHERE {EFFECTIVE}"""


_DEAL_DAYS: Final = (
    *("created", "close_date", "closed_on", "next_step_date", "last_activity"),
    *("stage_since", "moved_on", "missing_since", "resume_on"),
)


class _Days(dict[Any, Any]):
    """A day or moment as the database gives it, text or not → day; one object, however many deals name it."""

    def __missing__(self, given: str | date) -> date:
        day = self[given] = date.fromisoformat(str(given)[:10])
        return day


class _Moments(dict[str, datetime]):
    def __missing__(self, text: str) -> datetime:
        moment = self[text] = datetime.fromisoformat(text)
        return moment


class _Fields(dict[Any, Any]):
    def __missing__(self, text: str) -> frozenset[str]:
        fields = self[text] = frozenset(text.split())
        return fields


def read_deals(run: Run, ids: Iterable[int] | None = None) -> list[Deal]:
    """The given deals, or all, without the archived ones; in no particular order."""
    if ids is None:
        return _deals(run, "")
    return [deal for some in chunks(ids) for deal in _deals(run, f" AND d.id IN ({listed(some)})")]


def _deals(run: Run, which: str) -> list[Deal]:
    """Column by column, so that ten thousand rows cost a few calls: this is on the way to the first paint."""
    rows = run(f"{_DEALS}{which}", {})
    if not rows:
        return []
    convert = _conversions(
        run, f" WHERE id IN (SELECT d.%s FROM deal d WHERE NOT d.archived{which})" if which else ""
    )
    deals: list[Deal] = []
    for start in range(0, len(rows), _AT_ONCE):
        columns: list[Iterable[Any]] = list(zip(*rows[start : start + _AT_ONCE], strict=True))
        for index, field in enumerate(Deal._fields):
            if field in convert:
                columns[index] = map(convert[field].__getitem__, columns[index])
        # `Deal._make` without its Python frame a deal: the statement above has exactly the fields of a deal.
        deals.extend(map(partial(tuple.__new__, Deal), zip(*columns, strict=True)))
    return deals


def _conversions(run: Run, which: str) -> dict[str, dict[Any, Any]]:
    """Field of a deal → what its column holds → its value."""

    def named(sql: str, column: str) -> dict[Any, Any]:
        return {None: "", **dict(run(f"{sql}{which % column if which else ''}", {}))}

    categories: dict[Any, Any] = {None: None, **{item.value: item for item in Category}}
    days = _Days({None: None})
    return {
        "source": named("SELECT id, name FROM import_source", "source_id"),
        "account": named("SELECT id, name FROM account", "account_id"),
        "owner": named("SELECT id, name FROM owner", "owner_id"),
        "team": named("SELECT id, team FROM owner", "owner_id"),
        **dict.fromkeys(("crm_category", "rep_category", "manager_category"), categories),
        **dict.fromkeys(_DEAL_DAYS, days),
        "set_here": _Fields(),
    }


def read_stages(run: Run) -> tuple[Stage, ...]:
    """All stages, pipeline by pipeline, in the order of the board."""
    return tuple(Stage(*row) for row in run(_STAGES, {}))


def read_events(run: Run, deals: Iterable[int] | None = None, fields: Sequence[str] = ()) -> Iterator[Event]:
    """The effective events (of some deals, of some fields), each deal's together and in order of (at, id)."""
    moments = _Moments()
    names = ", ".join(f"'{field}'" for field in fields)
    wanted = f" AND e.field IN ({names})" if fields else ""
    order = " ORDER BY e.deal_id, e.at, e.id"
    parts = [""] if deals is None else [f" AND e.deal_id IN ({listed(some)})" for some in chunks(deals)]
    for part in parts:
        for id_, deal_id, at, field, old, new, origin, batch_id in run(f"{_EVENTS}{wanted}{part}{order}", {}):
            yield Event(id_, deal_id, moments[at], field, old, new, cast("Origin", origin), batch_id)


class Current(NamedTuple):
    """A deal's row as those see it who change it."""

    name: str
    archived: bool
    set_here: frozenset[str]
    values: dict[str, Value]
    """Every field of `deals.fields.FIELDS`; unknown is `None`."""


DAYS: Final = frozenset(field for field, read in FIELDS.items() if read is FIELDS["created"])
"""The fields that hold a day."""

_NAMED: Final[Mapping[str, str]] = {"account": "a.name", "owner": "o.name"}

_VALUES: Final = ", ".join(
    f"CAST(d.{field} AS TEXT)" if field in DAYS else _NAMED.get(field, f"d.{field}") for field in FIELDS
)
_CURRENT: Final = f"""
SELECT d.id, d.name, d.archived, d.set_here, {_VALUES}
FROM deal d LEFT JOIN account a ON a.id = d.account_id LEFT JOIN owner o ON o.id = d.owner_id
WHERE d.id IN"""


def read_current(run: Run, deals: Iterable[int]) -> dict[int, Current]:
    """The rows of the given deals, archived ones too, by id."""
    days = _Days({None: None})
    found: dict[int, Current] = {}
    for some in chunks(deals):
        for id_, name, archived, set_here, *values in run(f"{_CURRENT} ({listed(some)})", {}):
            known = {
                field: days[value] if field in DAYS else None if value == "" else value
                for field, value in zip(FIELDS, values, strict=True)
            }
            found[id_] = Current(name, bool(archived), frozenset(set_here.split()), known)
    return found


def read_texts(run: Run, deals: Iterable[int]) -> dict[int, dict[str, str]]:
    """By deal, the text behind each qualification item of which something is known."""
    found: dict[int, dict[str, str]] = {}
    for some in chunks(deals):
        for deal_id, item, text in run(
            "SELECT q.deal_id, q.item, q.text FROM qualification q JOIN batch b ON b.id = q.batch_id "
            f"WHERE q.deal_id IN ({listed(some)}) AND b.undone_by IS NULL ORDER BY q.id",
            {},
        ):
            found.setdefault(deal_id, {})[item] = text
    return {deal_id: {item: text for item, text in its.items() if text} for deal_id, its in found.items()}


def read_promises(run: Run, deals: Iterable[int] | None = None) -> list[Promise]:
    """What was undertaken for the given deals, or for all and for none, as it stands; oldest first."""
    which = "1 = 1" if deals is None else f"p.deal_id IN ({listed(deals)})"
    rows = run(
        "SELECT p.thread, p.deal_id, p.kind, p.who, p.what, CAST(p.due AS TEXT), p.state "
        "FROM promise p JOIN batch b ON b.id = p.batch_id "
        f"WHERE {which} AND b.undone_by IS NULL ORDER BY p.id",
        {},
    )
    newest = {
        thread: Promise(thread, deal_id, kind, who, what, date.fromisoformat(due) if due else None, state)
        for thread, deal_id, kind, who, what, due, state in rows
    }
    return [promise for promise in newest.values() if promise.state != "dropped"]


def read_floors(run: Run, deals: Iterable[int]) -> dict[tuple[int, str], datetime]:
    """(deal, field) → the moment of its latest effective event."""
    sql = (
        "SELECT e.deal_id, e.field, CAST(max(e.at) AS TEXT) "
        "FROM deal_event e "
        f"WHERE {EFFECTIVE} AND e.deal_id IN (%s) GROUP BY e.deal_id, e.field"
    )
    return {
        (deal_id, field): datetime.fromisoformat(at)
        for some in chunks(deals)
        for deal_id, field, at in run(sql % listed(some), {})
    }


def chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    """Ids in lists short enough for one statement."""
    every = list(ids)
    return (every[start : start + _CHUNK] for start in range(0, len(every), _CHUNK))


def listed(ids: Iterable[int]) -> str:
    """Ids for `IN (…)`: no limit on their number, unlike bound values."""
    return ",".join(str(int(id_)) for id_ in ids)
