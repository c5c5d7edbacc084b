"""Exports into the store: all files of an import in one transaction, one batch, one step of undo."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from pipetui.deals.clock import Clock
from pipetui.deals.fields import CREATED
from pipetui.exchange.importing.candidates import Candidates
from pipetui.exchange.importing.comparing import (
    Comparison,
    Incoming,
    as_json,
    compare,
    newest,
    settle,
    stated,
)
from pipetui.exchange.importing.exports import Export, Progress, Reading
from pipetui.exchange.importing.past import Past
from pipetui.exchange.importing.placing import place_stages
from pipetui.exchange.importing.report import ImportReport
from pipetui.exchange.importing.sources import KnownSource, identify, known_sources
from pipetui.store.batches import BatchWriter, FieldChange, NewDeals, Reject
from pipetui.store.bulk import Bulk
from pipetui.store.engine import Store
from pipetui.store.ledger import Ledger
from pipetui.store.rows import read_floors

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook

_CHUNK: Final = 10_000
"""New deals written between two reports of progress."""


class _TakenBackError(Exception):
    """Rolls back a dry run, and an import that brings nothing."""


def write(
    store: Store,
    playbook: "Playbook",
    clock: Clock,
    reading: Reading,
    *,
    by: str,
    dry_run: bool,
    progress: Progress | None,
) -> ImportReport:
    """Compare what was read with the store and write the differences; see `run.write_import`."""
    report = ImportReport(dry_run=dry_run, warnings=list(reading.warnings))
    try:
        with store.writing() as connection:
            importer = _Importer(connection, playbook, clock, reading, report=report, progress=progress)
            worth = importer.run(by, reading.source)
            if dry_run or not worth:
                report.batch = None
                raise _TakenBackError
    except _TakenBackError:
        pass
    return report


class _Importer:
    """All exports of one import, in the order of their moments."""

    def __init__(
        self,
        connection: Connection,
        playbook: "Playbook",
        clock: Clock,
        reading: Reading,
        *,
        report: ImportReport,
        progress: Progress | None,
    ) -> None:
        self.connection = connection
        self.playbook = playbook
        self.clock = clock
        self.reading = reading
        self.report = report
        self.progress = progress
        self.past = Past(reading.histories)
        self.total = sum(len(export.candidates.keys) for export in reading.exports)
        self.done = 0

    def run(self, by: str, wanted: str | None) -> bool:
        """Write everything; whether there was anything to write."""
        run = Bulk(self.connection).run
        groups = self._groups(known_sources(run), wanted)
        moments = [max(part.as_of.at for part in parts) for _source, parts in groups]
        latest = {source.name: newest(run, source.name) for source, _parts in groups}
        is_known = all(
            (last := latest[source.name]) is not None and last.date() == moment.date()
            for (source, _parts), moment in zip(groups, moments, strict=True)
        )
        ledger = Ledger(
            self.connection,
            kind="import",
            by=by,
            at=self.clock.now(),
            because=", ".join(
                dict.fromkeys(part.candidates.name for _source, parts in groups for part in parts)
            ),
            as_of=max(moments, default=None),
        )
        writer = BatchWriter(ledger, by, max(moments, default=None))
        for (source, parts), moment in zip(groups, moments, strict=True):
            last = latest[source.name]
            group = _Group(self, writer, source, moment, last)
            for part in parts:
                others = [key for other in parts if other is not part for key in other.candidates.keys]
                group.write(part, others=others)
            latest[source.name] = max(moment, last or moment)
        self.report.warnings += self.past.warnings()
        self.report.history_rows = sum(history.rows for history in self.reading.histories)
        self.report.batch = writer.id
        writer.summary.update(self.report.summary())
        writer.summary["moments"] = {
            source.name: str(moment) for (source, _parts), moment in zip(groups, moments, strict=True)
        }
        ledger.finish(writer.summary)
        return self.report.events > 0 or not is_known

    def _groups(self, known: list[KnownSource], wanted: str | None) -> list[tuple[KnownSource, list[Export]]]:
        """The exports of one source and day together: they are parts of one export."""
        groups: dict[tuple[str, object], tuple[KnownSource, list[Export]]] = {}
        # Of several sources the largest comes last: the batch is called its import.
        order = sorted(self.reading.exports, key=lambda part: (part.as_of.at.date(), part.candidates.rows))
        for export in order:
            found = identify(
                known,
                wanted=wanted,
                preset=export.candidates.mapping.preset.name,
                signature=export.signature,
                keys=export.candidates.keys,
            )
            groups.setdefault((found.name, export.as_of.at.date()), (found, []))[1].append(export)
        return list(groups.values())

    def advance(self, rows: int) -> None:
        """Tell how far it is."""
        self.done += rows
        if self.progress and self.total:
            self.progress(min(1.0, self.done / self.total))


class _Group:
    """The parts of one export."""

    def __init__(
        self,
        importer: _Importer,
        writer: BatchWriter,
        source: KnownSource,
        moment: datetime,
        last: datetime | None,
    ) -> None:
        self.importer = importer
        self.report = importer.report
        self.writer = writer
        self.source = source
        self.moment = moment
        self.last = last
        """The moment of the source's newest export before this one."""

    @property
    def is_older(self) -> bool:
        """Whether the store has a newer export of this source: then the present stays as it is."""
        return self.last is not None and self.moment.date() < self.last.date()

    def write(self, part: Export, others: Sequence[str]) -> None:
        """Compare one file with the store and write what differs; `others` are keys of the other parts."""
        candidates, run = part.candidates, self.writer.ledger.run
        mapping = candidates.mapping
        source_id = self.writer.source_id(
            self.source.name, preset=mapping.preset.name, signature=part.signature, mapping=mapping.accepted()
        )
        past_stages = self.importer.past.stages(candidates)
        placed = place_stages(self.writer, self.importer.playbook, source_id, candidates, past_stages)
        self.report.warnings += placed.warnings
        incoming = settle(candidates, placed)
        found = compare(
            run,
            source_id,
            incoming,
            also_present=candidates.unread.union(others),
            is_whole=part.is_whole and not self.is_older,
        )
        if self.is_older:
            found.keep_present()
        self._teams(candidates)
        self.importer.advance(len(candidates.keys) - len(found.new))
        ids = self._create(source_id, incoming, found.new)
        self._change(source_id, incoming, found, [ids[index] for index in found.new])
        self.report.events += self.importer.past.write(
            self.writer, candidates, placed, ids | found.indexed(candidates.keys), self._until(found, ids)
        )
        self.writer.reject([Reject(*row) for row in candidates.rejected])
        self.report.add(part, self.moment, incoming, found, is_older=self.is_older)
        if self.source.name not in self.report.sources:
            self.report.sources.append(self.source.name)

    def _teams(self, candidates: Candidates) -> None:
        """Put owners into the team that the export names, else the playbook."""
        owners = candidates.values.get("owner", ())
        teams = dict(zip(owners, candidates.teams or [""] * len(owners), strict=True))
        for owner, team in teams.items():
            if owner and (team := team or self.importer.playbook.team(owner)):
                self.writer.owner_id(owner, team)

    def _create(self, source_id: int, incoming: Incoming, new: Sequence[int]) -> dict[int, int]:
        """Write the new deals; index → deal id."""
        levels = _levels(incoming)
        columns: dict[str, Sequence[Any]] = {**incoming.columns, "levels": levels}
        candidates, states = incoming.candidates, incoming.states
        ids: dict[int, int] = {}
        for start in range(0, len(new), _CHUNK):
            chunk = new[start : start + _CHUNK]
            pick = _picker(chunk)
            deals = NewDeals(
                source_id,
                pick(candidates.keys),
                pick(candidates.external_ids),
                {name: pick(values) for name, values in columns.items()},
                [f'{{{states[index]}"levels":"{levels[index]}"}}' for index in chunk],
            )
            ids.update(zip(chunk, self.writer.create_columns(deals, at=self.moment), strict=True))
            self.importer.advance(len(chunk))
        answers = incoming.candidates.answers
        if answers:
            # Answers are no field of a deal: the event of its appearance does not hold them.
            rows, states = incoming.rows, incoming.states
            answered = [index for index in new if rows[index] != states[index]]
            self._observe(source_id, incoming, [(ids[index], index) for index in answered])
            self.writer.qualify(
                [
                    (ids[index], item, texts[index])
                    for item, texts in answers.items()
                    for index in new
                    if texts[index]
                ]
            )
        self.report.events += len(new)
        return ids

    def _change(self, source_id: int, incoming: Incoming, found: Comparison, created: Sequence[int]) -> None:
        changes = [FieldChange(id_, name, old, new, self.moment) for id_, name, old, new in found.changes]
        changes += [FieldChange(id_, "missing_since", since, None, self.moment) for id_, since in found.back]
        gone = self.moment.date()
        changes += [FieldChange(id_, "missing_since", None, gone, self.moment) for id_ in found.missing]
        if self.is_older and self.last is not None:
            # They were there then, and were no more when the newest export was made.
            since = self.last.date()
            changes += [FieldChange(id_, "missing_since", None, since, self.last) for id_ in created]
        self.writer.change(changes)
        self.report.events += len(changes)
        self._observe(source_id, incoming, found.changed, found.carried)
        if found.answers:
            known = set(self.writer.ledger.run("SELECT deal_id, item FROM qualification", {}))
            self.writer.qualify([answer for answer in found.answers if answer[:2] not in known])
        if found.conflicts:
            told = self.writer.summary.setdefault("disputed", [])
            told.extend(conflict._asdict() for conflict in found.conflicts)

    def _observe(
        self,
        source_id: int,
        incoming: Incoming,
        seen: Sequence[tuple[int, int]],
        carried: Mapping[int, Mapping[str, str]] = MappingProxyType({}),
    ) -> None:
        """Keep what the export says of deals, (deal id, index), and what others said beyond its columns."""
        rows = []
        for id_, index in seen:
            row = as_json(incoming.rows[index])
            if id_ in carried:
                row = json.dumps(
                    {**carried[id_], **json.loads(row)}, ensure_ascii=False, separators=(",", ":")
                )
            rows.append((source_id, id_, self.moment, row))
        self.writer.observe(rows)

    def _until(self, found: Comparison, ids: dict[int, int]) -> dict[int, datetime]:
        """Deal → from when on exports tell of it themselves."""
        until = dict.fromkeys(ids.values(), self.moment)
        if self.importer.reading.histories:
            floors = read_floors(self.writer.ledger.run, found.matched.values())
            until.update({id_: at for (id_, field), at in floors.items() if field == CREATED})
        return until


def _picker(indexes: Sequence[int]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Takes some entries of a list; neighbours, as in a first import, at once."""
    first, last = indexes[0], indexes[-1]
    if last - first + 1 == len(indexes):
        return lambda values: values[first : last + 1]
    return lambda values: [values[index] for index in indexes]


def _levels(incoming: Incoming) -> list[str]:
    """The qualification levels of each deal: what the export says is stated, no more."""
    columns = {"next_step": incoming.columns.get("next_step"), **incoming.candidates.answers}
    told = {item: texts for item, texts in columns.items() if texts is not None}
    memo: dict[tuple[str, ...], str] = {}
    levels = []
    for texts in zip(*told.values(), strict=True) if told else ((),) * len(incoming.rows):
        if texts not in memo:
            memo[texts] = stated(dict(zip(told, texts, strict=True)))
        levels.append(memo[texts])
    return levels
