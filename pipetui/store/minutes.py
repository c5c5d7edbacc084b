"""How things stood when a call was frozen: whom it had reached, what was undertaken, how deals were."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.fields import decode
from pipetui.deals.promise import Promise
from pipetui.store.engine import Run
from pipetui.store.rows import EFFECTIVE, chunks, listed

_SPAN: Final = """
SELECT c.batch_id, (SELECT max(r.batch_id) FROM call_revision r WHERE r.snapshot_id = :snapshot),
    (SELECT max(b.id) FROM batch b)
FROM forecast_call c WHERE c.id = :call"""
_REACHED: Final = """
SELECT l.deal_id, l.reached FROM call_line l JOIN batch b ON b.id = l.batch_id
WHERE l.call_id = :call AND b.undone_by IS NULL AND l.batch_id <= :until ORDER BY l.id"""
_PROMISES: Final = """
SELECT p.thread, p.deal_id, p.kind, p.who, p.what, CAST(p.due AS TEXT), p.state, p.batch_id,
    (SELECT f.batch_id FROM promise f WHERE f.id = p.thread)
FROM promise p JOIN batch b ON b.id = p.batch_id
WHERE b.undone_by IS NULL AND p.batch_id <= :until ORDER BY p.id"""
_LATER: Final = f"""
SELECT e.deal_id, e.field, e.old FROM deal_event e
WHERE {EFFECTIVE} AND e.origin <> 'history' AND e.batch_id > :until AND e.deal_id IN (%s)
ORDER BY e.id DESC"""
_STEPS: Final = f"""
SELECT DISTINCT e.deal_id FROM deal_event e
WHERE {EFFECTIVE} AND e.origin = 'person' AND e.field IN ('next_step', 'next_step_date')
    AND e.batch_id > :begun AND e.batch_id <= :until"""

_FACTS: Final = frozenset(
    {"stage_id", "status", "amount", "currency", "close_date", "closed_on", "missing_since", "resume_on"}
    | {"crm_category", "rep_category", "manager_category", "next_step", "next_step_date"}
)
"""What a call says of a deal."""


class Span(NamedTuple):
    """From which batch to which a call went."""

    begun: int
    until: int
    """The one that froze it; of a call that goes on the newest."""


class Undertaken(NamedTuple):
    """A promise as it stood then."""

    promise: Promise
    made_in_call: bool
    settled_in_call: bool


def span_of(run: Run, call_id: int, snapshot_id: str = "") -> Span:
    """The batches between which a call was held; without a snapshot it goes on."""
    ((begun, frozen, newest),) = run(_SPAN, {"call": call_id, "snapshot": snapshot_id})
    return Span(begun, frozen if snapshot_id else newest)


def reached(run: Run, call_id: int, span: Span) -> frozenset[int]:
    """The ids of the deals whose turn had come."""
    newest: dict[int, bool] = dict(run(_REACHED, {"call": call_id, "until": span.until}))
    return frozenset(deal_id for deal_id, is_reached in newest.items() if is_reached)


def steps_set(run: Run, span: Span) -> frozenset[int]:
    """The ids of the deals whose next step was set while the call was held."""
    return frozenset(deal_id for (deal_id,) in run(_STEPS, {"begun": span.begun, "until": span.until}))


def undertaken(run: Run, span: Span) -> list[Undertaken]:
    """What had been undertaken by then, as it stood; oldest first."""
    newest: dict[int, Undertaken] = {}
    for thread, deal_id, kind, who, what, due, state, batch_id, began in run(
        _PROMISES, {"until": span.until}
    ):
        promise = Promise(thread, deal_id, kind, who, what, date.fromisoformat(due) if due else None, state)
        newest[thread] = Undertaken(
            promise,
            made_in_call=began > span.begun,
            settled_in_call=state in ("kept", "broken") and batch_id > span.begun,
        )
    return [its for its in newest.values() if its.promise.state != "dropped"]


def deals_then(run: Run, deals: Mapping[int, Deal], span: Span) -> dict[int, Deal]:
    """Deals as they stood at the end of a call: as they are, less what was written since.

    Of facts that no call tells they keep what is known now.

    Args:
        run: reads the store.
        deals: those wanted, as they are now, by id.
        span: of the call.
    """
    before: dict[int, dict[str, Any]] = {}
    for some in chunks(deals):
        for deal_id, field, old in run(_LATER % listed(some), {"until": span.until}):
            if field in _FACTS:
                before.setdefault(deal_id, {})[field] = _value(field, old)
    return {id_: deal._replace(**before[id_]) if id_ in before else deal for id_, deal in deals.items()}


def _value(field: str, text: str | None) -> Any:
    value = decode(field, text)
    if field.endswith("_category"):
        return None if value is None else Category(str(value))
    return "" if value is None and Deal.__annotations__[field] is str else value
