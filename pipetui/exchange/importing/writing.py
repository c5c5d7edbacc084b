"""Exports into the store: all files of an import in one transaction, one batch, one step of undo."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection

from pipetui.deals.clock import Clock
from pipetui.deals.fields import CREATED
from pipetui.exchange.importing.candidates import Candidates
from pipetui.exchange.importing.comparing import Comparison, compare
from pipetui.exchange.importing.exports import Export, Reading
from pipetui.exchange.importing.filling import Filling, Older, fill
from pipetui.exchange.importing.incoming import Incoming, as_json, settle, stated
from pipetui.exchange.importing.own import is_own, write_own
from pipetui.exchange.importing.pacing import Progress, part
from pipetui.exchange.importing.past import Past
from pipetui.exchange.importing.placing import place_stages, spell_owners
from pipetui.exchange.importing.quota_writing import write_quotas
from pipetui.exchange.importing.report import ImportReport
from pipetui.exchange.importing.sightings import ABSENT, Exports, read_exports
from pipetui.exchange.importing.sources import KnownSource, identify, known_sources
from pipetui.store.batches import BatchWriter, FieldChange, NewDeals, Reject
from pipetui.store.bulk import Bulk
from pipetui.store.engine import Store
from pipetui.store.ledger import Ledger
from pipetui.store.rows import read_floors

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook

_MADE: Final = 0.8
"""Share of writing after which only the deals' clocks are left."""
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
        with store.writing_much(lambda: progress(1.0) if progress else None) as connection:
            importer = _Importer(connection, playbook, clock, reading, report=report, progress=progress)
            worth = importer.run(by, reading.source)
            if dry_run or not worth:
                report.batch = None
                raise _TakenBackError
    except _TakenBackError:
        pass
    if progress:
        progress(1.0)
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
        self.total = 3 * sum(len(export.candidates.keys) for export in reading.exports)
        self.total += sum(history.rows for history in reading.histories)
        self.done = 0

    def run(self, by: str, wanted: str | None) -> bool:
        """Write everything; whether there was anything to write."""
        run = Bulk(self.connection).run
        own = [export for export in self.reading.exports if is_own(export)]
        groups = self._groups(known_sources(run), wanted)
        moments = [max(part.as_of.at for part in parts) for _source, parts in groups]
        newest = max(moments, default=None)
        names = [part.candidates.name for _source, parts in groups for part in parts]
        names += [export.candidates.name for export in own]
        names += [found.table.name for found in self.reading.quotas]
        ledger = Ledger(
            self.connection,
            kind="import",
            by=by,
            at=self.clock.now(),
            because=", ".join(dict.fromkeys(names)),
            as_of=newest,
        )
        writer = BatchWriter(ledger, by, newest)
        is_known = True
        for (source, parts), moment in zip(groups, moments, strict=True):
            group = _Group(self, writer, source, moment)
            is_known &= group.is_known
            for export in parts:
                others = [key for other in parts if other is not export for key in other.candidates.keys]
                group.write(export, others=others)
        for export in own:
            write_own(writer, self.playbook, export, self.report, wanted)
        for found in self.reading.quotas:
            write_quotas(ledger, self.playbook, found, self.report, by)
        self.report.warnings += self.past.warnings()
        self.report.history_rows = sum(history.rows for history in self.reading.histories)
        self.report.batch = writer.id
        writer.summary.update(self.report.summary())
        # Quotas are compared with what is in force, which may have been set here since.
        if self.reading.fingerprint and not self.report.rejected and not self.reading.quotas:
            writer.summary.update(fingerprint=self.reading.fingerprint, report=self.report.as_json())
        ledger.finish(writer.summary, part(self.progress, _MADE, 1.0))
        is_worth_it = self.report.events > 0 or self.report.changed > 0 or self.report.quotas > 0
        return is_worth_it or not is_known

    def _groups(self, known: list[KnownSource], wanted: str | None) -> list[tuple[KnownSource, list[Export]]]:
        """The exports of one source and day together: they are parts of one export."""
        groups: dict[tuple[str, object], tuple[KnownSource, list[Export]]] = {}
        # Of several sources the largest comes last: the batch is called its import.
        told = [export for export in self.reading.exports if not is_own(export)]
        order = sorted(told, key=lambda part: (part.as_of.at.date(), part.candidates.rows))
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
            self.progress(_MADE * min(1.0, self.done / self.total))


class _Group:
    """The parts of one export."""

    def __init__(
        self, importer: _Importer, writer: BatchWriter, source: KnownSource, moment: datetime
    ) -> None:
        self.importer = importer
        self.report = importer.report
        self.writer = writer
        self.source = source
        exports = self._exports()
        newest = exports.newest
        self.is_older = newest is not None and moment.date() < newest.date()
        """Whether the store has a newer export of this source: then the present stays as it is."""
        self.is_known = exports.has(moment.date())
        """Whether the store has an export of that day."""
        same_day = newest is not None and moment.date() == newest.date()
        self.moment = max(moment, newest) if same_day and newest else moment

    def _exports(self) -> Exports:
        found = self.writer.ledger.run(
            "SELECT id FROM import_source WHERE name = :name", {"name": self.source.name}
        )
        return read_exports(self.writer.ledger.run, found[0][0]) if found else Exports(())

    def _tick(self) -> None:
        self.importer.advance(0)

    def write(self, export: Export, others: Sequence[str]) -> None:
        """Compare one file with the store and write what differs; `others` are keys of the other parts."""
        candidates, run = export.candidates, self.writer.ledger.run
        source_id = self._source_id(export)
        past_stages = self.importer.past.stages(candidates, self._tick)
        placed = place_stages(self.writer, self.importer.playbook, source_id, candidates, past_stages)
        self.report.warnings += placed.warnings
        self.importer.advance(0)
        spell_owners(self.writer, candidates)
        incoming = settle(candidates, placed, self._tick)
        self.importer.advance(len(candidates.keys))
        self.writer.export(
            source_id,
            self.moment,
            candidates.name,
            is_whole=export.is_whole,
            heard=incoming.heard,
            unread=candidates.unread,
        )
        exports = read_exports(run, source_id)
        others = [*candidates.unread, *others]
        if self.is_older:
            older = Older(incoming, self.moment, self.writer.id, others, export.is_whole)
            filling = fill(run, source_id, older, exports)
            found = filling.found
        else:
            filling = None
            found = compare(run, source_id, incoming, exports, also_present=others, is_whole=export.is_whole)
        self._teams(candidates)
        self.importer.advance(2 * len(candidates.keys) - len(found.new))
        ids = self._create(source_id, incoming, found.new)
        if filling:
            self._fill(source_id, filling, ids)
        self._change(source_id, incoming, found)
        ids.update(found.indexed(candidates.keys))
        self.report.events += self.importer.past.write(
            self.writer,
            candidates,
            placed,
            ids=ids,
            first=self._first(found),
            moment=self.moment,
            advance=self.importer.advance,
        )
        self.writer.reject([Reject(*row) for row in candidates.rejected])
        self.report.add(export, self.moment, incoming, found, is_older=self.is_older)
        if self.source.name not in self.report.sources:
            self.report.sources.append(self.source.name)

    def _source_id(self, export: Export) -> int:
        """The source's id; how an older export is read is not how the next one will be."""
        mapping = export.candidates.mapping
        if self.is_older:
            ((source_id,),) = self.writer.ledger.run(
                "SELECT id FROM import_source WHERE name = :name", {"name": self.source.name}
            )
            self.writer.belong(source_id)
            return int(source_id)
        return self.writer.source_id(
            self.source.name,
            preset=mapping.preset.name,
            signature=export.signature,
            mapping=mapping.accepted(),
        )

    def _teams(self, candidates: Candidates) -> None:
        """Put owners into the team that the export names, else the playbook; an older one moves nobody."""
        owners = candidates.values.get("owner")
        if not owners:
            return
        teams = dict(zip(owners, candidates.teams or [""] * len(owners), strict=True))
        placed = set()
        if self.is_older:
            placed = {
                name for (name,) in self.writer.ledger.run("SELECT name FROM owner WHERE team <> ''", {})
            }
        for owner, team in teams.items():
            if owner and owner not in placed and (team := team or self.importer.playbook.team(owner)):
                self.writer.owner_id(owner, team)

    def _create(self, source_id: int, incoming: Incoming, new: Sequence[int]) -> dict[int, int]:
        """Write the new deals; index → deal id."""
        levels = _levels(incoming)
        columns: dict[str, Sequence[Any]] = {**incoming.columns, "levels": levels}
        candidates = incoming.candidates
        ids: dict[int, int] = {}
        for start in range(0, len(new), _CHUNK):
            chunk = new[start : start + _CHUNK]
            pick = _picker(chunk)
            deals = NewDeals(
                source_id,
                pick(candidates.keys),
                pick(candidates.external_ids),
                {name: pick(values) for name, values in columns.items()},
                [
                    f'{{{state}"levels":"{known}"}}'
                    for state, known in zip(pick(incoming.states), pick(levels), strict=True)
                ],
            )
            ids.update(zip(chunk, self.writer.create_columns(deals, at=self.moment), strict=True))
            self.importer.advance(len(chunk))
        answers = incoming.candidates.answers
        if answers:
            # Answers are no field of a deal: the event of its appearance does not hold them.
            answered = [index for index in new if any(texts[index] for texts in answers.values())]
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

    def _fill(self, source_id: int, filling: Filling, ids: Mapping[int, int]) -> None:
        """Write what an older export tells of the time before newer ones."""
        self.writer.supersede(filling.superseded, filling.instead)
        gone = [
            FieldChange(ids[index], "missing_since", None, at.date(), at)
            for index, at in filling.gone.items()
        ]
        self.writer.change(gone)
        self.report.events += len(filling.instead) + len(gone)
        seen = [(source_id, *sighting) for sighting in filling.seen]
        seen += [(source_id, ids[index], at, ABSENT) for index, at in filling.gone.items()]
        self.writer.observe(seen)

    def _change(self, source_id: int, incoming: Incoming, found: Comparison) -> None:
        changes = [FieldChange(id_, name, old, new, self.moment) for id_, name, old, new in found.changes]
        changes += [FieldChange(id_, "missing_since", since, None, self.moment) for id_, since in found.back]
        gone = self.moment.date()
        changes += [FieldChange(id_, "missing_since", None, gone, self.moment) for id_ in found.missing]
        self.writer.change(changes)
        self.report.events += len(changes)
        self._observe(source_id, incoming, found.seen)
        self.writer.observe([(source_id, id_, self.moment, ABSENT) for id_ in found.absent])
        self._answer(found.answers)
        if found.agreed:
            waiting = set(
                self.writer.ledger.run("SELECT deal_id, field FROM conflict WHERE settled_by IS NULL", {})
            )
            self.writer.agree(waiting.intersection(found.agreed))
        self.writer.disagree(found.disputes, self.moment)

    def _answer(self, answers: Sequence[tuple[int, str, str]]) -> None:
        """Keep what the CRM says of qualification now, unless somebody here knows better."""
        if not answers:
            return
        by_person = {
            (deal_id, item)
            for deal_id, item, kind in self.writer.ledger.run(
                "SELECT q.deal_id, q.item, b.kind FROM qualification q JOIN batch b ON b.id = q.batch_id "
                "WHERE b.undone_by IS NULL",
                {},
            )
            if kind != "import"
        }
        self.writer.qualify([answer for answer in answers if answer[:2] not in by_person])

    def _observe(self, source_id: int, incoming: Incoming, seen: Sequence[tuple[int, int]]) -> None:
        """Keep what the export says of deals, (deal id, index)."""
        self.writer.observe(
            [(source_id, id_, self.moment, as_json(incoming.rows[index])) for id_, index in seen]
        )

    def _first(self, found: Comparison) -> dict[int, datetime]:
        """Deal that was there before → from when on exports tell of it themselves."""
        if not self.importer.reading.histories:
            return {}
        floors = read_floors(self.writer.ledger.run, found.matched.values())
        return {id_: at for (id_, field), at in floors.items() if field == CREATED}


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
