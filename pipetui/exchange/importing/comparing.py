"""An export against the store: what is new, changed or missing, and who wins where both sides changed."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipetui.deals.deal import Status
from pipetui.deals.fields import CREATED, FIELDS, Value, decode, encode
from pipetui.deals.qualification import ITEMS, NOTHING_KNOWN, STATED, UNKNOWN
from pipetui.deals.text import is_placeholder
from pipetui.exchange.importing.candidates import Candidates

if TYPE_CHECKING:
    from pipetui.exchange.importing.placing import Placed
    from pipetui.store.engine import Run

_STANDING: Final = ("stage_id", "status", "closed_on")
"""Fields that only make sense together: a conflict in one keeps them all."""
_LEVELS: Final = re.compile(r',"levels":"\d+"')
"""What the event of a deal's appearance says beyond its row."""


@dataclass(slots=True)
class Incoming:
    """The candidates with their stages known: what the export says, column by column."""

    candidates: Candidates
    columns: dict[str, list[Any]]
    """Field of a deal → values."""
    states: list[str]
    """What each row says of its deal, as the inside of a JSON object: `"field":"value",` again and again."""
    rows: list[str]
    """The same, and what the row says of its qualification."""
    undated: int
    """Closed deals without a close date."""


class Change(NamedTuple):
    """A field that the export changes."""

    deal_id: int
    field: str
    old: Value
    new: Value


class Conflict(NamedTuple):
    """A field that was set here and changed in the CRM since: the value here stays in force."""

    deal_id: int
    field: str
    ours: str | None
    theirs: str | None


@dataclass(slots=True)
class Comparison:
    """What an export brings."""

    new: list[int] = field(default_factory=list)
    """Indexes of candidates."""
    changed: list[tuple[int, int]] = field(default_factory=list)
    """(deal id, index): rows that say something else than before."""
    unchanged: int = 0
    back: list[tuple[int, date]] = field(default_factory=list)
    """(deal id, missing since)."""
    missing: list[int] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    answers: list[tuple[int, str, str]] = field(default_factory=list)
    """(deal id, qualification item, text) that are known here for the first time."""
    carried: dict[int, dict[str, str]] = field(default_factory=dict)
    """Deal → what an earlier export said in columns that this one has not: it stays the last word on them."""
    matched: dict[str, int] = field(default_factory=dict)
    """Key → deal, of all deals that the source had."""

    def keep_present(self) -> None:
        """Of an export older than the newest one only the deals unknown so far are taken."""
        self.unchanged += len(self.changed)
        for found in (self.changed, self.changes, self.conflicts, self.answers, self.back):
            found.clear()

    def indexed(self, keys: Sequence[str]) -> dict[int, int]:
        """Index of a candidate → deal, of those that the source had."""
        return {index: self.matched[key] for index, key in enumerate(keys) if key in self.matched}


def settle(candidates: Candidates, placed: "Placed") -> Incoming:
    """What the export says of each deal, now that its stages are known.

    A deal whose row says won or lost stands where its pipeline keeps such deals, whatever stage it was in.
    """
    columns = dict(candidates.values)
    places = [
        _place(placed, stage, said)
        for said, stage in zip(candidates.statuses, candidates.stage_of, strict=True)
    ]
    columns["stage_id"] = [stage_id for stage_id, _status in places]
    status = columns["status"] = [status for _stage_id, status in places]
    closed: Sequence[date | None] = [None] * len(status)
    if candidates.closed is not None:
        closed = [None if now == "open" else day for now, day in zip(status, candidates.closed, strict=True)]
        columns["closed_on"] = list(closed)
    expected = columns.get("close_date") or [None] * len(status)
    undated = sum(
        1
        for now, day, on in zip(status, expected, closed, strict=True)
        if now != "open" and day is None and on is None
    )
    columns = {name: columns[name] for name in FIELDS if name in columns}
    parts = [_fragments(name, values) for name, values in columns.items()]
    states = list(map("".join, zip(*parts, strict=True)))
    rows = states
    if candidates.answers:
        said = [_fragments(item, texts) for item, texts in candidates.answers.items()]
        rows = list(map("".join, zip(states, *said, strict=True)))
    return Incoming(candidates, columns, states, rows, undated)


def _place(placed: "Placed", stage: int, said: Status | None) -> tuple[int, Status]:
    kind = placed.kinds[stage]
    if said is None or said == kind:
        return placed.ids[stage], kind
    return (placed.ids[stage] if said == "open" else placed.closing[stage][said]), said


def _fragments(name: str, values: list[Any]) -> list[str]:
    """`"field":"value",` for each value, "" for an unknown one."""
    start = f'"{name}":'
    memo = {
        value: "" if (text := encode(value)) is None else f"{start}{encode_basestring(text)},"
        for value in set(values)
    }
    return [memo[value] for value in values]


def as_json(inside: str) -> str:
    """The JSON object that `Incoming.states` and `Incoming.rows` are the inside of."""
    return f"{{{inside[:-1]}}}"


def compare(
    run: "Run", source_id: int | None, incoming: Incoming, *, also_present: Iterable[str], is_whole: bool
) -> Comparison:
    """Compare an export with what its source said last, and with what was set here since.

    Args:
        run: reads the store.
        source_id: the source; `None` if the store has never seen it.
        incoming: the export.
        also_present: keys that belong to the export without being among its candidates.
        is_whole: whether deals that are not in the export are missing.
    """
    result = Comparison()
    keys = incoming.candidates.keys
    if source_id is None:
        result.new = list(range(len(keys)))
        return result
    existing, gone_since = _existing(run, source_id)
    result.matched = existing
    if not existing:
        result.new = list(range(len(keys)))
        return result
    said = last_said(run, source_id)
    differing: dict[int, int] = {}
    for index, (key, row) in enumerate(zip(keys, incoming.rows, strict=True)):
        deal_id = existing.get(key)
        if deal_id is None:
            result.new.append(index)
            continue
        if deal_id in gone_since:
            result.back.append((deal_id, gone_since[deal_id]))
        if said.get(deal_id) == as_json(row):
            result.unchanged += 1
        else:
            differing[deal_id] = index
    if differing:
        _differences(run, incoming, differing, said, result)
    if is_whole:
        present = set(keys)
        present.update(also_present)
        result.missing = [
            id_ for key, id_ in existing.items() if key not in present and id_ not in gone_since
        ]
    return result


def _existing(run: "Run", source_id: int) -> tuple[dict[str, int], dict[int, date]]:
    rows = run(
        "SELECT key, id, CAST(missing_since AS TEXT) FROM deal WHERE source_id = :source AND NOT "
        "archived ORDER BY id",
        {"source": source_id},
    )
    return {key: id_ for key, id_, _gone in rows}, {
        id_: date.fromisoformat(gone[:10]) for _key, id_, gone in rows if gone
    }


def last_said(run: "Run", source_id: int) -> dict[int, str]:
    """Deal → what the source's newest export, of those not undone, said of it.

    The first export that had a deal is the event of its appearance; only what differs later is observed anew.
    """
    values = {"source": source_id, "created": CREATED}
    first = run(
        "SELECT e.deal_id, e.new FROM deal_event e JOIN deal d ON d.id = e.deal_id "
        "WHERE d.source_id = :source AND NOT d.archived AND e.field = :created",
        values,
    )
    later = run(
        "SELECT o.deal_id, o.row FROM observation o JOIN batch b ON b.id = o.batch_id "
        "WHERE o.source_id = :source AND b.undone_by IS NULL ORDER BY o.as_of, o.id",
        values,
    )
    said = {deal_id: _LEVELS.sub("", state) for deal_id, state in first}
    said.update((deal_id, row) for deal_id, row in later)
    return said


def _differences(
    run: "Run", incoming: Incoming, differing: Mapping[int, int], said: Mapping[int, str], result: Comparison
) -> None:
    from pipetui.store.rows import read_current

    told: dict[int, _Told] = {}
    for deal_id, index in differing.items():
        before, now = json.loads(said.get(deal_id, "{}")), json.loads(as_json(incoming.rows[index]))
        if any(
            before.get(name) != now.get(name) for name in (*incoming.columns, *incoming.candidates.answers)
        ):
            told[deal_id] = _Told(before, now)
            heard = {*incoming.columns, *incoming.candidates.answers}
            if carried := {name: value for name, value in before.items() if name not in heard}:
                result.carried[deal_id] = carried
            result.changed.append((deal_id, index))
        else:
            # Only columns came or went: nothing that both exports have differs.
            result.unchanged += 1
    current = read_current(run, told)
    for deal_id, its in told.items():
        _settle_fields(deal_id, current[deal_id].values, its, incoming, result)


class _Told(NamedTuple):
    """What an export said of a deal before, and says now."""

    before: Mapping[str, str]
    now: Mapping[str, str]


def _settle_fields(
    deal_id: int, values: Mapping[str, Value], told: _Told, incoming: Incoming, result: Comparison
) -> None:
    """Three ways, field by field: only the CRM changed, both changed alike, or both changed and differ."""
    before, now = told
    moved = [name for name in incoming.columns if before.get(name) != now.get(name)]
    ours = {name: encode(values[name]) for name in moved}
    disputed = {name for name in moved if ours[name] not in (before.get(name), now.get(name))}
    if disputed & {"stage_id", "status"}:
        disputed.update(name for name in moved if name in _STANDING and ours[name] != now.get(name))
    for name in moved:
        if name in disputed:
            result.conflicts.append(Conflict(deal_id, name, ours[name], now.get(name)))
        elif ours[name] != now.get(name):
            result.changes.append(Change(deal_id, name, values[name], decode(name, now.get(name))))
    asked = [item for item in incoming.candidates.answers if before.get(item) != now.get(item)]
    _qualify(deal_id, str(values["levels"] or NOTHING_KNOWN), now, asked, result)


def stated(said: Mapping[str, str]) -> str:
    """The qualification levels of what an export says: an answer is stated by us, no more."""
    return "".join(str(UNKNOWN if is_placeholder(said.get(item, "")) else STATED) for item in ITEMS)


def _qualify(
    deal_id: int, levels: str, now: Mapping[str, str], asked: Sequence[str], result: Comparison
) -> None:
    """An answer of the export counts only where nothing is known here."""
    raised = "".join(
        max(ours, theirs) if ours == "0" else ours for ours, theirs in zip(levels, stated(now), strict=True)
    )
    if raised != levels:
        result.changes.append(Change(deal_id, "levels", levels, raised))
        result.answers += [
            (deal_id, item, now[item]) for item in asked if item in now and levels[ITEMS.index(item)] == "0"
        ]


def newest(run: "Run", source: str) -> datetime | None:
    """The moment of a source's newest export, of those not undone."""
    moments = [
        told["moments"][source]
        for (summary,) in run("SELECT summary FROM batch WHERE kind = 'import' AND undone_by IS NULL", {})
        if summary and source in (told := json.loads(summary)).get("moments", {})
    ]
    return datetime.fromisoformat(max(moments)) if moments else None
