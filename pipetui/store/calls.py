"""The forecast calls: when they were begun, what was said in them, what was frozen."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.said import Said
from pipetui.forecast.calls.snapshot import Snapshot, thaw
from pipetui.forecast.quotas import Scope
from pipetui.store.engine import Run, Store


class Revision(NamedTuple):
    """A frozen state of a call."""

    revision: int
    """1, then 2 for the same call after it was reopened, …"""
    snapshot_id: str
    at: datetime
    by: str


class Call(NamedTuple):
    """A forecast call on a period of a scope."""

    id: int
    period: str
    """The name of the fiscal period."""
    scope: Scope
    begun_at: datetime
    by: str
    is_frozen: bool
    """Frozen and not reopened since."""
    revisions: tuple[Revision, ...]
    """Oldest first."""
    number: int | None
    """The manager's own number as it stands in the call, in minor units."""
    risks: str
    number_id: int
    """What `SetNumber.seen` names; 0: nothing was written."""
    lines: int
    """Of how many deals something was said."""


class Line(NamedTuple):
    """What was said of a deal in a call, as it stands."""

    id: int
    """What `Classify.seen` and `Say.seen` name."""
    deal_id: int
    rep: Category | None
    """The category that the rep gave it in this call."""
    manager: Category | None
    """The one by which the manager overrode it."""
    said: Said
    waiting: bool
    reached: bool
    at: datetime
    by: str


class OpenedCall(NamedTuple):
    """A call with everything that was said in it."""

    call: Call
    lines: dict[int, Line]
    """By deal id, in the order in which something was said last."""

    @property
    def last_deal(self) -> int | None:
        """The deal that something was said of last: where the call resumes."""
        return next(reversed(self.lines), None)


class Frozen(NamedTuple):
    """What was frozen of a call."""

    call_id: int
    snapshot: Snapshot
    """Without its entries if they were not asked for; it is not whole then."""


_CALLS: Final = """
SELECT c.id, c.period, c.team, c.owner, CAST(c.at AS TEXT), c.by
FROM forecast_call c JOIN batch b ON b.id = c.batch_id
WHERE b.undone_by IS NULL ORDER BY c.id"""
_STATE: Final = """
SELECT COALESCE((SELECT r.snapshot_id FROM call_revision r JOIN batch b ON b.id = r.batch_id
    WHERE r.call_id = c.id AND b.undone_by IS NULL ORDER BY r.id DESC LIMIT 1), '') <> ''
FROM forecast_call c JOIN batch b ON b.id = c.batch_id WHERE c.id = :call AND b.undone_by IS NULL"""
_REVISIONS: Final = """
SELECT r.call_id, r.revision, r.snapshot_id, CAST(b.at AS TEXT), b.by
FROM call_revision r JOIN batch b ON b.id = r.batch_id
WHERE b.undone_by IS NULL ORDER BY r.id"""
_NUMBERS: Final = """
SELECT n.call_id, n.number, n.risks, n.id
FROM call_number n JOIN batch b ON b.id = n.batch_id
WHERE b.undone_by IS NULL ORDER BY n.id"""
_COUNTED: Final = """
SELECT l.call_id, count(DISTINCT l.deal_id)
FROM call_line l JOIN batch b ON b.id = l.batch_id
WHERE b.undone_by IS NULL GROUP BY l.call_id"""
_LINES: Final = """
SELECT l.id, l.deal_id, l.rep, l.manager, l.reason, l.override_reason, l.condition,
    CAST(l.condition_by AS TEXT), l.condition_owner, l.note, l.waiting, l.reached, CAST(b.at AS TEXT), b.by
FROM call_line l JOIN batch b ON b.id = l.batch_id JOIN deal d ON d.id = l.deal_id
WHERE l.call_id = :call AND b.undone_by IS NULL AND NOT d.archived%s ORDER BY l.id"""
_BEFORE: Final = """
SELECT e.deal_id, e.field, e.old FROM deal_event e
WHERE e.batch_id > (SELECT batch_id FROM forecast_call WHERE id = :call)
    AND e.field IN ('rep_category', 'manager_category', 'crm_category') ORDER BY e.id DESC"""
_FROZEN: Final = """
SELECT r.call_id, r.snapshot, %s
FROM call_revision r JOIN batch b ON b.id = r.batch_id JOIN forecast_call c ON c.id = r.call_id
WHERE b.undone_by IS NULL AND r.snapshot_id <> ''%s ORDER BY r.id"""


_NO_NUMBER: Final = (None, "", 0)


def read_calls(store: Store) -> tuple[Call, ...]:
    """All calls, oldest first.

    Raises:
        Problem: the store cannot be read.
    """
    with store.reading() as run:
        return calls_of(run)


def calls_of(run: Run) -> tuple[Call, ...]:
    """`read_calls`, of a store that is being read."""
    states: dict[int, list[tuple[Any, ...]]] = {}
    for call_id, *state in run(_REVISIONS, {}):
        states.setdefault(call_id, []).append(tuple(state))
    numbers: dict[int, tuple[int | None, str, int]] = {
        call_id: (number, risks, id_) for call_id, number, risks, id_ in run(_NUMBERS, {})
    }
    counted: dict[int, int] = dict(run(_COUNTED, {}))
    return tuple(
        Call(
            id_,
            period,
            Scope(team, owner),
            datetime.fromisoformat(at),
            by,
            bool(its) and its[-1][1] != "",
            tuple(Revision(n, name, datetime.fromisoformat(on), whose) for n, name, on, whose in its if name),
            *numbers.get(id_, _NO_NUMBER),
            lines=counted.get(id_, 0),
        )
        for id_, period, team, owner, at, by in run(_CALLS, {})
        for its in [states.get(id_, [])]
    )


def read_call(store: Store, call_id: int) -> OpenedCall | None:
    """A call with everything that was said in it; `None` if there is none of that id, or it was undone.

    Raises:
        Problem: the store cannot be read.
    """
    with store.reading() as run:
        call = next((call for call in calls_of(run) if call.id == call_id), None)
        return None if call is None else OpenedCall(call, lines_of(run, call_id))


def is_frozen(run: Run, call_id: int) -> bool | None:
    """Whether a call is frozen and was not reopened since; `None` if it is not there."""
    rows = run(_STATE, {"call": call_id})
    return bool(rows[0][0]) if rows else None


def lines_of(run: Run, call_id: int, only: int | None = None) -> dict[int, Line]:
    """What was said in a call by deal id, of a store that is being read; of all deals, or of one `only`."""
    which, values = ("", {}) if only is None else (" AND l.deal_id = :deal", {"deal": only})
    found: dict[int, Line] = {}
    for id_, deal_id, rep, manager, *said, waiting, reached, at, by in run(
        _LINES % which, {"call": call_id, **values}
    ):
        words = Said(*said)
        day = words.condition_by and date.fromisoformat(str(words.condition_by)[:10])
        found.pop(deal_id, None)
        found[deal_id] = Line(
            id_,
            deal_id,
            Category(rep) if rep else None,
            Category(manager) if manager else None,
            words._replace(condition_by=day),
            bool(waiting),
            bool(reached),
            datetime.fromisoformat(at),
            by,
        )
    return found


class Categories(NamedTuple):
    """A deal's categories at some moment."""

    crm: Category | None
    rep: Category | None
    manager: Category | None

    @property
    def in_force(self) -> Category | None:
        """The manager's, else the rep's, else the CRM's."""
        return self.manager or self.rep or self.crm


def categories_before(run: Run, call_id: int, deals: Mapping[int, Deal]) -> dict[int, Categories]:
    """What deals were when a call began, as far as they are something else by now.

    Args:
        run: the store that is being read.
        call_id: which call.
        deals: by id, as they stand now.
    """
    found: dict[int, dict[str, Category | None]] = {}
    for deal_id, field, old in run(_BEFORE, {"call": call_id}):  # newest first: the oldest one remains
        if deal_id in deals:
            found.setdefault(deal_id, {})[field] = Category(old) if old else None
    return {
        deal_id: Categories(
            its.get("crm_category", deals[deal_id].crm_category),
            its.get("rep_category", deals[deal_id].rep_category),
            its.get("manager_category", deals[deal_id].manager_category),
        )
        for deal_id, its in found.items()
    }


def open_call(calls: Iterable[Call], period: str, scope: Scope) -> Call | None:
    """The call on a period of a scope that is going on; `None` if there is none."""
    return next(
        (call for call in calls if (call.period, call.scope) == (period, scope) and not call.is_frozen), None
    )


def read_frozen(
    store: Store,
    period: str | None = None,
    scope: Scope | None = None,
    *,
    entries: bool = True,
    only: Collection[str] | None = None,
) -> tuple[Frozen, ...]:
    """What was frozen, oldest first, with what was frozen again after a call was reopened.

    Args:
        store: where.
        period: the name of the only one wanted.
        scope: the only one wanted.
        entries: whether the deals are wanted, too: of many calls they take their time.
        only: the ids of the only snapshots wanted.

    Raises:
        Problem: the store cannot be read.
    """
    which = ""
    values: dict[str, str] = {}
    if only is not None:
        values = {f"id{n}": name for n, name in enumerate(sorted(only))}
        which = f" AND r.snapshot_id IN ({', '.join(f':{name}' for name in values)})"
    if period is not None:
        which += " AND c.period = :period"
        values |= {"period": period}
    if scope is not None:
        which += " AND c.team = :team AND c.owner = :owner"
        values |= {"team": scope.team, "owner": scope.owner}
    with store.reading() as run:
        rows = run(_FROZEN % ("r.entries" if entries else "'[]'", which), values)
    return tuple(_thawed(rows))


def _thawed(rows: Iterable[tuple[Any, ...]]) -> Iterator[Frozen]:
    for call_id, head, entries in rows:
        yield Frozen(call_id, thaw({**json.loads(head), "entries": json.loads(entries)}))
