"""The minutes of a forecast call: what was frozen, and how everything beside it stood at that moment."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from pipetui.deals.errors import Problem
from pipetui.forecast.calls.drift import Change, changes_since
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.minutes import Deed, Minutes, Spoken, in_reading_order
from pipetui.language import _
from pipetui.pipeline.outlook import outlook, period_of_name
from pipetui.pipeline.outlook_calls import drift_of, entry, snapshot_of
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.deals.deal import Deal
    from pipetui.store.calls import Frozen
    from pipetui.store.engine import Store
    from pipetui.store.minutes import Undertaken

_SHORTEST = 4
"""Characters of a snapshot's id that may stand for all of it."""


class Wanted(NamedTuple):
    """A call that minutes are wanted of."""

    call_id: int
    snapshot_id: str = ""
    """ "" is how it stands: what was frozen last, else the draft."""


def wanted(store: "Store", told: str | None) -> Wanted:
    """The call that somebody means.

    Args:
        store: where the calls are.
        told: a snapshot's id or its beginning, or a call's number; `None` is what was frozen last, else the
            call that was begun last.

    Raises:
        Problem: there is none, or there are several.
    """
    from pipetui.store.calls import read_calls, read_frozen

    calls = read_calls(store)
    if told is None:
        if frozen := read_frozen(store, entries=False):
            return Wanted(frozen[-1].call_id, frozen[-1].snapshot.id)
        if calls:
            return Wanted(calls[-1].id)
        raise Problem(_("No forecast call was held yet: “pipetui” begins one, in Forecast with the key c."))
    name = told.strip().casefold()
    found = {
        its.snapshot_id: call.id
        for call in calls
        for its in call.revisions
        if its.snapshot_id == name or (len(name) >= _SHORTEST and its.snapshot_id.startswith(name))
    }
    if len(found) > 1:
        raise Problem(_("Several forecast calls begin with “%(id)s”: write more of it.") % {"id": told})
    for snapshot_id, call_id in found.items():
        return Wanted(call_id, snapshot_id)
    for call in calls:
        if name == str(call.id):
            return Wanted(call.id)
    raise Problem(_("There is no forecast call “%(id)s”; “pipetui calls” lists them.") % {"id": told})


def minutes_of(
    store: "Store", pipeline: Pipeline, call_id: int, snapshot_id: str = "", *, at: datetime
) -> Minutes:
    """The minutes of a call; not on the event loop.

    Args:
        store: where it is.
        pipeline: the same store as it is now.
        call_id: which call.
        snapshot_id: which of its frozen states; "" is the last, or the draft of a call that goes on.
        at: now, which a draft is dated.

    Raises:
        Problem: there is no such call, or the store cannot be read.
    """
    from pipetui.store import minutes as then
    from pipetui.store.calls import read_call, read_frozen

    opened = read_call(store, call_id)
    if opened is None:
        raise Problem(_("This forecast call is not there any more: its beginning was undone."))
    call = opened.call
    frozen = read_frozen(store, call.period, call.scope)
    if not snapshot_id and call.is_frozen:
        snapshot_id = call.revisions[-1].snapshot_id
    if snapshot_id:
        number = _place(frozen, snapshot_id)
        snapshot, before = frozen[number].snapshot, frozen[:number]
    else:
        period = period_of_name(call.period, pipeline)
        found = outlook(store, pipeline, period, call.scope)
        snapshot, before = snapshot_of(opened, found, pipeline, at=at, by=call.by), frozen
    last = next((its.snapshot for its in reversed(before) if its.call_id != call_id), None)
    with store.reading() as run:
        span = then.span_of(run, call_id, snapshot_id)
        wanted_ids = {its.deal_id for call in (snapshot, last) if call for its in call.entries}
        here = {id_: pipeline.deals[id_] for id_ in wanted_ids if id_ in pipeline.deals}
        deals = then.deals_then(run, here, span)
        reached = then.reached(run, call_id, span)
        steps = then.steps_set(run, span)
        promises = then.undertaken(run, span)
    spoken = tuple(_spoken(its, deals.get(its.deal_id), its.deal_id in reached) for its in snapshot.entries)
    is_over = snapshot.period.end < pipeline.today
    revisions = [its.snapshot_id for its in call.revisions]
    return Minutes(
        snapshot=snapshot,
        is_draft=not snapshot_id,
        replaced_by=revisions[-1] if snapshot_id and snapshot_id != revisions[-1] else "",
        last=last,
        since=_since(last, snapshot, deals, pipeline) if last else (),
        deals=in_reading_order(spoken),
        deeds=_deeds(spoken, steps, promises),
        drift=None if is_over or not snapshot_id else drift_of(snapshot, pipeline),
        today=pipeline.today,
    )


def _place(frozen: "tuple[Frozen, ...]", snapshot_id: str) -> int:
    """The last of the frozen states with an id: what is frozen twice the same is the same."""
    for number in reversed(range(len(frozen))):
        if frozen[number].snapshot.id == snapshot_id:
            return number
    raise Problem(_("There is no forecast call “%(id)s”; “pipetui calls” lists them.") % {"id": snapshot_id})


def _spoken(its: CallEntry, deal: "Deal | None", reached: bool) -> Spoken:
    if deal is None:
        return Spoken(its, "", None, reached, "")
    return Spoken(its, deal.next_step, deal.next_step_date, reached, deal.external_id)


def _since(
    last: Snapshot, snapshot: Snapshot, deals: "Mapping[int, Deal]", pipeline: Pipeline
) -> tuple[Change, ...]:
    """What has changed from call to call; deals that left are told as they stood at the second one."""
    sights = snapshot.by_deal
    for deal_id in last.by_deal:
        if deal_id not in sights and (deal := deals.get(deal_id)):
            sights[deal_id] = entry(deal, pipeline, snapshot.period)
    return tuple(change for change in changes_since(last, sights.values()) if change.differences)


def _deeds(
    spoken: Iterable[Spoken], steps: frozenset[int], promises: "Iterable[Undertaken]"
) -> tuple[Deed, ...]:
    """Conditions, next steps that were set in the call, and what is undertaken for its deals.

    What concerns no single deal counts if it was written down in the call; what was settled before, no more.
    """
    found: list[Deed] = []
    entries = {}
    for its in spoken:
        said, owner = its.entry.said, its.entry.owner
        entries[its.entry.deal_id] = its.entry
        if said.condition and its.group == "best_case":
            who = said.condition_owner
            found.append(Deed("condition", owner, who, said.condition, said.condition_by, its.entry))
        if its.entry.deal_id in steps and (its.next_step or its.next_step_date):
            found.append(Deed("next_step", owner, "", its.next_step, its.next_step_date, its.entry))
    for promise, made_in_call, settled_in_call in promises:
        its_deal = None if promise.deal_id is None else entries.get(promise.deal_id)
        is_meant = made_in_call if promise.deal_id is None else its_deal is not None
        if is_meant and (promise.state == "open" or settled_in_call):
            owner = its_deal.owner if its_deal else promise.who
            found.append(
                Deed(promise.kind, owner, promise.who, promise.what, promise.due, its_deal, promise.state)
            )
    return tuple(
        sorted(found, key=lambda its: (not its.owner, its.owner.casefold(), its.due or date.max, its.what))
    )
