"""An export against the store: what is new, changed or missing, and who wins where both sides changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pipetui.deals.fields import Value, decode, encode
from pipetui.deals.qualification import NOTHING_KNOWN
from pipetui.exchange.importing.incoming import Incoming, as_json, raised
from pipetui.exchange.importing.sightings import ABSENT, Exports, gather, last_rows, read_sightings, says
from pipetui.store.batches import Dispute
from pipetui.store.conflicts import TOGETHER
from pipetui.store.rows import EFFECTIVE

if TYPE_CHECKING:
    from pipetui.store.engine import Run


class Change(NamedTuple):
    """A field that the export changes."""

    deal_id: int
    field: str
    old: Value
    new: Value


@dataclass(slots=True)
class Comparison:
    """What an export brings."""

    new: list[int] = field(default_factory=list)
    """Indexes of candidates."""
    changed: list[tuple[int, int]] = field(default_factory=list)
    """(deal id, index): rows that say something else than before."""
    unchanged: int = 0
    seen: list[tuple[int, int]] = field(default_factory=list)
    """(deal id, index): what is to be remembered of the export besides its new deals."""
    back: list[tuple[int, date]] = field(default_factory=list)
    """(deal id, missing since)."""
    absent: list[int] = field(default_factory=list)
    """Deals that the source's export before still had."""
    missing: list[int] = field(default_factory=list)
    """Those of them that were not missing before, and others that are open without anybody having said so."""
    changes: list[Change] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    agreed: list[tuple[int, str]] = field(default_factory=list)
    """(deal id, field): the CRM changed it and nobody disagrees."""
    answers: list[tuple[int, str, str]] = field(default_factory=list)
    """(deal id, qualification item, text) that the export says for the first time."""
    matched: dict[str, int] = field(default_factory=dict)
    """Key → deal, of all deals that the source had."""

    def indexed(self, keys: Sequence[str]) -> dict[int, int]:
        """Index of a candidate → deal, of those that the source had."""
        return {index: self.matched[key] for index, key in enumerate(keys) if key in self.matched}


Standing = tuple[int, str, str | None]
"""A deal of a source as it stands: id, status, missing since."""


def read_standing(run: "Run", source_id: int) -> dict[str, Standing]:
    """Key → deal, of the source's deals that are there."""
    rows = run(
        "SELECT key, id, status, CAST(missing_since AS TEXT) FROM deal WHERE source_id = :source "
        "AND NOT archived ORDER BY id",
        {"source": source_id},
    )
    return {key: (id_, status, gone) for key, id_, status, gone in rows}


def compare(
    run: "Run",
    source_id: int,
    incoming: Incoming,
    exports: Exports,
    *,
    also_present: Iterable[str],
    is_whole: bool,
) -> Comparison:
    """Compare the newest export of a source with what it said last, and with what was set here since.

    Args:
        run: reads the store.
        source_id: the source.
        incoming: the export.
        exports: those of the source, this one among them.
        also_present: keys that belong to the export without being among its candidates.
        is_whole: whether deals that are not in the export are missing.
    """
    result = Comparison()
    keys = incoming.candidates.keys
    standing = read_standing(run, source_id)
    if not standing:
        result.new = list(range(len(keys)))
        return result
    result.matched = {key: deal[0] for key, deal in standing.items()}
    last = last_rows(run, source_id)
    differing: dict[int, int] = {}
    for index, (key, row) in enumerate(zip(keys, incoming.rows, strict=True)):
        deal = standing.get(key)
        if deal is None:
            result.new.append(index)
            continue
        id_, _status, gone = deal
        if gone:
            result.back.append((id_, date.fromisoformat(gone[:10])))
        before = last.get(id_, ABSENT)
        if before == ABSENT:
            result.seen.append((id_, index))
        if says(before, row):
            result.unchanged += 1
        else:
            differing[id_] = index
    if differing:
        sightings = read_sightings(run, source_id, differing)
        said = {deal_id: gather(sightings.get(deal_id, ()), exports).state for deal_id in differing}
        _differences(run, incoming, differing, said, result)
    if is_whole:
        present = {*keys, *also_present}
        away = [deal for key, deal in standing.items() if key not in present]
        result.absent = [id_ for id_, _status, _gone in away if last.get(id_, ABSENT) != ABSENT]
        unmarked = [(id_, status) for id_, status, gone in away if gone is None]
        kept = _still_open(run, source_id) if unmarked else frozenset()
        result.missing = [
            id_
            for id_, status in unmarked
            if last.get(id_, ABSENT) != ABSENT or (status == "open" and id_ not in kept)
        ]
    return result


def _still_open(run: "Run", source_id: int) -> frozenset[int]:
    """Deals that somebody said are still open though an export did not hold them: nobody is asked again."""
    rows = run(
        "SELECT e.deal_id FROM deal_event e JOIN batch b ON b.id = e.batch_id "
        "JOIN deal d ON d.id = e.deal_id WHERE d.source_id = :source AND e.origin = 'person' "
        f"AND e.field = 'missing_since' AND e.new IS NULL AND {EFFECTIVE}",
        {"source": source_id},
    )
    return frozenset(deal_id for (deal_id,) in rows)


def _differences(
    run: "Run",
    incoming: Incoming,
    differing: Mapping[int, int],
    said: Mapping[int, dict[str, str]],
    result: Comparison,
) -> None:
    from pipetui.store.rows import read_current

    seen = {deal_id for deal_id, _index in result.seen}
    told: dict[int, _Told] = {}
    for deal_id, index in differing.items():
        before = said[deal_id]
        now = json.loads(as_json(incoming.rows[index]))
        if any(before.get(name) != now.get(name) for name in incoming.heard):
            told[deal_id] = _Told(before, now)
            result.changed.append((deal_id, index))
            if deal_id not in seen:
                result.seen.append((deal_id, index))
        else:
            # Only columns came or went, or the deal was away: nothing that both exports have differs.
            result.unchanged += 1
    current = read_current(run, told)
    for deal_id, its in told.items():
        _settle_fields(deal_id, current[deal_id].values, its, incoming, result)


class _Told(NamedTuple):
    """What exports said of a deal before, and what this one says."""

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
        disputed.update(name for name in moved if name in TOGETHER and ours[name] != now.get(name))
    for name in moved:
        if name in disputed:
            result.disputes.append(Dispute(deal_id, name, ours[name], now.get(name)))
            continue
        result.agreed.append((deal_id, name))
        if ours[name] != now.get(name):
            result.changes.append(Change(deal_id, name, values[name], decode(name, now.get(name))))
    levels = str(values["levels"] or NOTHING_KNOWN)
    if (known := raised(levels, now)) != levels:
        result.changes.append(Change(deal_id, "levels", levels, known))
    result.answers += [
        (deal_id, item, now[item])
        for item in incoming.candidates.answers
        if item in now and before.get(item) != now[item]
    ]
