"""What the exports of a source said of its deals, one after the other.

An export that says of a deal what the one before said leaves no sighting: that there was an export is enough.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pipetui.deals.fields import CREATED
from pipetui.store.rows import chunks, listed

if TYPE_CHECKING:
    from pipetui.store.engine import Run

ABSENT: Final = ""
"""The row of a deal that was not in the export."""
_LEVELS: Final = re.compile(r',"levels":"\d+"')
"""What the event of a deal's appearance says beyond its row."""


class Sighting(NamedTuple):
    """What one export said of a deal."""

    at: datetime
    batch: int
    row: str
    """JSON: field or qualification item → text; `ABSENT` if the deal was not in it."""

    def said(self) -> Mapping[str, str]:
        """Field or item → text; what is unknown is left out."""
        return _read_row(self.row)


@lru_cache(maxsize=8192)
def _read_row(row: str) -> Mapping[str, str]:
    """A row is asked for several times while a deal's events are derived, and then no more."""
    told: dict[str, str] = json.loads(row)
    return told


class ExportRecord(NamedTuple):
    """An export of a source that counts; parts of one moment are one."""

    at: datetime
    is_whole: bool
    """Whether a deal that is not in it was missing then."""
    heard: frozenset[str]
    """What it had columns for; empty if that was not kept."""
    unread: frozenset[str]
    """Keys of deals that were in it and could not be read."""


class Exports:
    """The exports of a source in time."""

    def __init__(self, records: Iterable[ExportRecord]) -> None:
        by_moment: dict[datetime, ExportRecord] = {}
        for record in records:
            known = by_moment.get(record.at, record)
            by_moment[record.at] = ExportRecord(
                record.at,
                known.is_whole or record.is_whole,
                known.heard & record.heard,
                known.unread | record.unread,
            )
        self._records = sorted(by_moment.values())
        self._by_moment = by_moment
        self._moments = [record.at for record in self._records]

    @property
    def newest(self) -> datetime | None:
        """The moment of the last one."""
        return self._moments[-1] if self._moments else None

    def has(self, day: date) -> bool:
        """Whether there was one on that day."""
        return any(moment.date() == day for moment in self._moments)

    def heard(self, sighting: Sighting, said: Iterable[str]) -> frozenset[str]:
        """What an export had columns for that said this of a deal."""
        record = self._by_moment.get(sighting.at)
        heard = record.heard if record else frozenset()
        return heard if heard.issuperset(said) else heard.union(said)

    def after(self, moment: datetime, key: str) -> ExportRecord | None:
        """The next whole export in which the deal of that key could be read, if it was there."""
        start = bisect_right(self._moments, moment)
        return next(
            (record for record in self._records[start:] if record.is_whole and key not in record.unread), None
        )


def read_exports(run: "Run", source_id: int) -> Exports:
    """The exports of a source, without those of undone imports."""
    rows = run(
        "SELECT CAST(x.as_of AS TEXT), x.is_whole, x.heard, x.unread FROM export x "
        "JOIN batch b ON b.id = x.batch_id WHERE x.source_id = :source AND b.undone_by IS NULL ORDER BY x.id",
        {"source": source_id},
    )
    return Exports(
        ExportRecord(
            datetime.fromisoformat(at),
            bool(is_whole),
            frozenset(json.loads(heard)),
            frozenset(json.loads(unread)),
        )
        for at, is_whole, heard, unread in rows
    )


def read_sightings(
    run: "Run", source_id: int, deal_ids: Iterable[int] | None = None
) -> dict[int, list[Sighting]]:
    """Deal → what exports said of it, in time; of all deals of a source that are there, or of some."""
    if deal_ids is None:
        return _read(run, source_id, "")
    found: dict[int, list[Sighting]] = {}
    for some in chunks(deal_ids):
        found.update(_read(run, source_id, f" AND d.id IN ({listed(some)})"))
    return found


def last_rows(run: "Run", source_id: int) -> dict[int, str]:
    """Deal → what the last export said of it, as `says` compares it: all deals of a source that are there."""
    first, later = _rows(run, source_id, "")
    last = {deal_id: (at, batch, row) for deal_id, at, batch, row in first}
    for deal_id, at, batch, row in later:
        known = last.get(deal_id)
        if known is None or (at, batch) >= known[:2]:
            last[deal_id] = at, batch, row
    return {deal_id: row for deal_id, (_at, _batch, row) in last.items()}


def says(last: str, inside: str) -> bool:
    """Whether one of `last_rows` is what the inside of a JSON object says."""
    return last.startswith(f'{{{inside}"levels":"') or last == f"{{{inside[:-1]}}}"


def _read(run: "Run", source_id: int, which: str) -> dict[int, list[Sighting]]:
    first, later = _rows(run, source_id, which)
    moments: dict[str, datetime] = {}
    found: dict[int, list[Sighting]] = {}
    for rows, is_first in ((first, True), (later, False)):
        for deal_id, at, batch, row in rows:
            moment = moments.get(at) or moments.setdefault(at, datetime.fromisoformat(at))
            sighting = Sighting(moment, batch, _LEVELS.sub("", row) if is_first else row)
            found.setdefault(deal_id, []).append(sighting)
    for deal_id, its in found.items():
        if len(its) > 1:
            # What an import observes beside a deal's appearance says the same, and of its qualification too.
            found[deal_id] = list(
                {_moment(sighting): sighting for sighting in sorted(its, key=_moment)}.values()
            )
    return found


def _rows(run: "Run", source_id: int, which: str) -> tuple[Sequence[Any], Sequence[Any]]:
    """Deals' appearances and later observations, each as (deal, moment, batch, row), in time."""
    values = {"source": source_id, "created": CREATED}
    first = run(
        "SELECT d.id, CAST(e.at AS TEXT), e.batch_id, e.new FROM deal d "
        "JOIN deal_event e ON e.deal_id = d.id JOIN batch b ON b.id = e.batch_id "
        "WHERE d.source_id = :source AND NOT d.archived "
        f"AND e.field = :created AND b.undone_by IS NULL{which} ORDER BY d.id, e.at, e.id",
        values,
    )
    later = run(
        "SELECT d.id, CAST(o.as_of AS TEXT), o.batch_id, o.row FROM deal d "
        "JOIN observation o ON o.deal_id = d.id JOIN batch b ON b.id = o.batch_id "
        f"WHERE d.source_id = :source AND NOT d.archived AND b.undone_by IS NULL{which} "
        "ORDER BY d.id, o.as_of, o.id",
        values,
    )
    return first, later


def _moment(sighting: Sighting) -> tuple[datetime, int]:
    return sighting.at, sighting.batch


class Heard(NamedTuple):
    """All that exports said of a deal up to some moment."""

    state: dict[str, str]
    """The last word on each field or item, from whichever export had a column for it."""
    is_present: bool
    """Whether the last one had the deal."""


def gather(sightings: Sequence[Sighting], exports: Exports) -> Heard:
    """What sightings amount to."""
    state: dict[str, str] = {}
    present = False
    for sighting in sightings:
        present = sighting.row != ABSENT
        if present:
            said = sighting.said()
            state.update(said)
            for name in exports.heard(sighting, said).difference(said):
                state.pop(name, None)
    return Heard(state, present)
