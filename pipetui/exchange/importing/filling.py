"""An export older than its source's newest: it fills the history, and what newer ones say stays.

For every deal of which it tells something else than was known of that moment, the events that follow from all
that its exports said are derived anew; those that no longer hold give way.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pipetui.deals.event import Event
from pipetui.deals.fields import CREATED, FIELDS, Value, decode_state, encode
from pipetui.deals.qualification import ITEMS
from pipetui.exchange.importing.comparing import Comparison, read_standing
from pipetui.exchange.importing.deriving import Derived, derive
from pipetui.exchange.importing.incoming import Incoming, as_json
from pipetui.exchange.importing.sightings import ABSENT, Exports, Heard, Sighting, gather, read_sightings
from pipetui.store.batches import Dispute, Entry
from pipetui.store.rows import read_current, read_events

if TYPE_CHECKING:
    from pipetui.store.engine import Run


@dataclass(slots=True)
class Filling:
    """What an older export brings."""

    found: Comparison = field(default_factory=Comparison)
    """New deals, rows that filled something, and disputes; it changes nothing of the present by itself."""
    seen: list[tuple[int, datetime, str]] = field(default_factory=list)
    """(deal id, moment, row): what it says, and what the next export is known to have said."""
    superseded: list[Event] = field(default_factory=list)
    instead: list[Entry] = field(default_factory=list)
    gone: dict[int, datetime] = field(default_factory=dict)
    """Index of a new deal → the moment of the next export, which did not have it."""


class Older(NamedTuple):
    """The older export."""

    incoming: Incoming
    at: datetime
    batch: int
    also_present: Collection[str]
    """Keys that belong to it without being among its candidates."""
    is_whole: bool


class _Gap(NamedTuple):
    """A deal's sightings around a new one."""

    before: list[Sighting]
    between: list[Sighting]
    """The new one, and what the next export is known to have said."""
    after: list[Sighting]


def fill(run: "Run", source_id: int, older: Older, exports: Exports) -> Filling:
    """What an older export adds to what is known.

    Args:
        run: reads the store.
        source_id: the source.
        older: the export.
        exports: those of the source, this one among them.
    """
    result = Filling()
    found, incoming = result.found, older.incoming
    keys = incoming.candidates.keys
    standing = read_standing(run, source_id)
    found.matched = {key: deal[0] for key, deal in standing.items()}
    for index, key in enumerate(keys):
        if key not in standing:
            found.new.append(index)
            if later := exports.after(older.at, key):
                result.gone[index] = later.at
    gaps = dict(_gaps(run, source_id, older, exports, found))
    for deal_id, gap in gaps.items():
        result.seen += [(deal_id, sighting.at, sighting.row) for sighting in gap.between]
    current = read_current(run, gaps)
    events: dict[int, list[Event]] = {deal_id: [] for deal_id in gaps}
    for event in read_events(run, gaps):
        events[event.deal_id].append(event)
    for deal_id, gap in gaps.items():
        deal = _Deal(deal_id, events[deal_id], current[deal_id].values)
        _rewrite(deal, gap, exports, result)
    return result


def _gaps(
    run: "Run", source_id: int, older: Older, exports: Exports, found: Comparison
) -> Iterator[tuple[int, _Gap]]:
    """The deals of which the export tells something else than was known of its moment."""
    incoming = older.incoming
    indexes = {key: index for index, key in enumerate(incoming.candidates.keys)}
    present = indexes.keys() | set(older.also_present)
    sightings = read_sightings(run, source_id)
    for key, deal_id in found.matched.items():
        its = sightings.get(deal_id, [])
        before = [sighting for sighting in its if sighting.at <= older.at]
        last = before[-1].row if before else ABSENT
        index = indexes.get(key)
        if index is None:
            if key in present or not older.is_whole or last == ABSENT:
                continue
            row = ABSENT
        else:
            row = as_json(incoming.rows[index])
            if row == last:
                found.unchanged += 1
                continue
        heard = gather(before, exports)
        sighting = Sighting(older.at, older.batch, row)
        if index is not None:
            if heard.is_present and _says_nothing_new(sighting, heard, incoming):
                found.unchanged += 1
                continue
            found.changed.append((deal_id, index))
        after = its[len(before) :]
        confirmed = _confirmed(key, sighting, heard, after, exports)
        yield deal_id, _Gap(before, [sighting, *confirmed], after)


def _says_nothing_new(sighting: Sighting, heard: Heard, incoming: Incoming) -> bool:
    said = sighting.said()
    return all(heard.state.get(name) == said.get(name) for name in incoming.heard)


def _confirmed(
    key: str, sighting: Sighting, before: Heard, after: Sequence[Sighting], exports: Exports
) -> Iterator[Sighting]:
    """What the next export said, if it left no sighting: the same as the one before the new one."""
    following = exports.after(sighting.at, key)
    if following is None or (after and after[0].at <= following.at):
        return
    row = ABSENT
    if before.is_present:
        state = before.state
        said = {name: state[name] for name in state if name in following.heard or not following.heard}
        row = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    yield Sighting(following.at, sighting.batch, row)


class _Deal(NamedTuple):
    """A deal as it stands, and the events that count."""

    id: int
    events: list[Event]
    values: Mapping[str, Value]


def _rewrite(deal: _Deal, gap: _Gap, exports: Exports, result: Filling) -> None:
    """Derive a deal's events anew, field by field.

    From somebody's own edit on a field keeps its events: what exports said after it was judged when they
    came. So does a field that is not what its exports said: it was decided here.
    """
    was, shall = map(_by_field, derive(gap.before, gap.between, gap.after, exports))
    for name in dict.fromkeys((*was, *shall)):
        edited = next((e for e in deal.events if e.field == name and e.origin == "person"), None)
        end = was[name][-1].new if name in was else _first(was).get(name)
        if name != CREATED and edited is None and encode(deal.values[name]) != end:
            continue
        have = [event for event in deal.events if event.field == name and event.origin == "export"]
        want = shall.get(name, [])
        if edited:
            have = [event for event in have if (event.at, event.id) < (edited.at, edited.id)]
            want = [event for event in want if event.at < edited.at]
        _replace(deal.id, have, want, result)
    appeared = shall[CREATED][0].at
    result.superseded += [
        event for event in deal.events if event.origin == "history" and event.at >= appeared
    ]
    _dispute(deal, gap, exports, result)
    _answer(deal.id, gap, exports, result)


def _by_field(events: Sequence[Derived]) -> dict[str, list[Derived]]:
    found: dict[str, list[Derived]] = {}
    for event in events:
        found.setdefault(event.field, []).append(event)
    return found


def _first(events: Mapping[str, Sequence[Derived]]) -> dict[str, str]:
    """What the deal's first sighting said."""
    state: dict[str, str] = json.loads(events[CREATED][0].new or "{}") if CREATED in events else {}
    return state


def _replace(deal_id: int, have: Sequence[Event], want: Sequence[Derived], result: Filling) -> None:
    """Let what differs give way; what is the same at the beginning and at the end stays."""
    start = 0
    while start < min(len(have), len(want)) and _same(have[start], want[start]):
        start += 1
    end = 0
    while end < min(len(have), len(want)) - start and _same(have[-1 - end], want[-1 - end]):
        end += 1
    while end and len(want) - end > start and want[-1 - end].at >= want[len(want) - end].at:
        end -= 1  # of two events of one moment the one written later counts
    result.superseded += have[start : len(have) - end]
    result.instead += [
        Entry(deal_id, event.at, event.field, event.old, event.new, "export")
        for event in want[start : len(want) - end]
    ]


def _same(event: Event, derived: Derived) -> bool:
    if (event.at, event.old) != (derived.at, derived.old):
        return False
    if event.field == CREATED:
        return decode_state(event.new or "{}") == decode_state(derived.new or "{}")
    return event.new == derived.new


def _dispute(deal: _Deal, gap: _Gap, exports: Exports, result: Filling) -> None:
    """What the export says last of a field, and disagrees with what was set here, waits for a decision."""
    sighting = gap.between[0]
    if sighting.row == ABSENT or not gap.before:
        return
    before, said = gather(gap.before, exports).state, sighting.said()
    later = [other for other in (*gap.between[1:], *gap.after) if other.row != ABSENT]
    heard_later = {name for other in later for name in exports.heard(other, other.said())}
    for name in FIELDS:
        is_last_word = name in exports.heard(sighting, said) and name not in heard_later
        if not is_last_word or before.get(name) == said.get(name):
            continue
        ours = encode(deal.values[name])
        if ours not in (before.get(name), said.get(name)):
            result.found.disputes.append(Dispute(deal.id, name, ours, said.get(name)))


def _answer(deal_id: int, gap: _Gap, exports: Exports, result: Filling) -> None:
    """What the export says of qualification, if no newer one says anything of it."""
    sighting = gap.between[0]
    if sighting.row == ABSENT:
        return
    said, before = sighting.said(), gather(gap.before, exports).state
    newer = {name for other in gap.after if other.row != ABSENT for name in other.said()}
    result.found.answers += [
        (deal_id, item, said[item])
        for item in ITEMS
        if item not in FIELDS and item in said and item not in newer and before.get(item) != said[item]
    ]
