"""Exports into the store: all files of an import in one transaction, one batch for each export of a source."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from pipetui.deals.clock import Clock
from pipetui.deals.fields import CREATED
from pipetui.deals.text import fold
from pipetui.exchange.importing.candidates import Candidates, SeenStage
from pipetui.exchange.importing.comparing import Comparison, Incoming, compare, newest, settle, stated
from pipetui.exchange.importing.exports import Export, Progress, Reading
from pipetui.exchange.importing.past import write_past
from pipetui.exchange.importing.report import FileReport, ImportReport, labels_of
from pipetui.exchange.importing.sources import KnownSource, identify, known_sources
from pipetui.exchange.importing.stages import Setting, plan_stages
from pipetui.language import _, ngettext
from pipetui.store.batches import BatchWriter, FieldChange, NewDeal, Reject
from pipetui.store.engine import Run, Store
from pipetui.store.bulk import Bulk
from pipetui.store.ledger import Ledger
from pipetui.store.rows import read_floors, read_stages

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook

_CHUNK: Final = 5_000
"""New deals written between two reports of progress."""


class _NotWanted(Exception):
    """Rolls back a dry run."""


def write_import(
    store: Store,
    playbook: "Playbook",
    clock: Clock,
    reading: Reading,
    *,
    by: str,
    source: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Compare what was read with the store and write the differences, all or nothing.

    A dry run does the same and takes it back, so that its counts are those of the import.

    Raises:
        Problem: the store cannot be written.
    """
    report = ImportReport(dry_run=dry_run)
    try:
        with store.writing() as connection:
            _Importer(connection, playbook, clock, reading, report, by, progress).run(source)
            if dry_run:
                report.batch = None
                raise _NotWanted
    except _NotWanted:
        pass
    return report


class _Importer:
    def __init__(
        self,
        connection: Connection,
        playbook: "Playbook",
        clock: Clock,
        reading: Reading,
        report: ImportReport,
        by: str,
        progress: Progress | None,
    ) -> None:
        self.connection = connection
        self.playbook = playbook
        self.clock = clock
        self.reading = reading
        self.report = report
        self.by = by
        self.progress = progress
        self.total = sum(len(export.candidates.keys) for export in reading.exports)
        self.done = 0

    def run(self, wanted: str | None) -> None:
        """Write the exports in the order of their moments; those of one source and day are parts of one export."""
        known = known_sources(Bulk(self.connection).run)
        groups: dict[tuple[str, object], tuple[KnownSource, list[Export]]] = {}
        for export in sorted(self.reading.exports, key=lambda export: export.as_of.at):
            found = identify(
                known,
                wanted=wanted,
                preset=export.candidates.mapping.preset.name,
                signature=export.signature,
                keys=export.candidates.keys,
            )
            groups.setdefault((found.name, export.as_of.at.date()), (found, []))[1].append(export)
        for found, parts in groups.values():
            if found.name not in self.report.sources:
                self.report.sources.append(found.name)
            savepoint = self.connection.begin_nested()
            if self._write_group(found, parts):
                savepoint.commit()
            else:
                savepoint.rollback()
        self.report.history_rows = sum(history.rows for history in self.reading.histories)
        self.report.warnings += [warning for history in self.reading.histories for warning in history.warnings]

    def _write_group(self, source: KnownSource, parts: Sequence[Export]) -> bool:
        """One batch; whether there was anything to write."""
        moment = max(part.as_of.at for part in parts)
        run = Bulk(self.connection).run
        ids = run("SELECT id FROM import_source WHERE name = :name", {"name": source.name})
        last = newest(run, ids[0][0]) if ids else None
        names = ", ".join(part.candidates.name for part in parts)
        ledger = Ledger(self.connection, kind="import", by=self.by, at=self.clock.now(), because=names, as_of=moment)
        writer = BatchWriter(ledger, self.by, moment)
        group = _Group(self, writer, source, moment, last)
        for part in parts:
            group.write(part, others=[key for other in parts if other is not part for key in other.candidates.keys])
        ledger.finish(writer.summary)
        worth = group.events > 0 or last is None or moment.date() != last.date()
        if worth:
            self.report.batch = writer.id
            self.report.events += group.events
        return worth

    def advance(self, rows: int) -> None:
        """Tell how far it is."""
        self.done += rows
        if self.progress and self.total:
            self.progress(min(1.0, self.done / self.total))


class _Group:
    """The parts of one export, into one batch."""

    def __init__(
        self, importer: _Importer, writer: BatchWriter, source: KnownSource, moment: datetime, last: datetime | None
    ) -> None:
        self.importer = importer
        self.writer = writer
        self.source = source
        self.moment = moment
        self.last = last
        """The moment of the source's newest export before this one."""
        self.events = 0

    @property
    def is_older(self) -> bool:
        """Whether the store has a newer export of this source: then the present stays as it is."""
        return self.last is not None and self.moment.date() < self.last.date()

    def write(self, part: Export, others: Sequence[str]) -> None:
        """Compare one file with the store and write what differs."""
        candidates, report = part.candidates, self.importer.report
        mapping = candidates.mapping
        source_id = self.writer.source_id(
            self.source.name, preset=mapping.preset.name, signature=part.signature, mapping=mapping.columns()
        )
        stage_ids, by_name = self._stages(source_id, candidates)
        kinds = {stage.id: stage.kind for stage in read_stages(self.writer.ledger.run)}
        incoming = settle(candidates, stage_ids, [kinds[id_] for id_ in stage_ids])
        found = compare(
            self.writer.ledger.run,
            source_id,
            incoming,
            also_present=candidates.unread.union(others),
            is_whole=part.is_whole and not self.is_older,
        )
        if self.is_older:
            _keep_present(found, report)
        self._teams(candidates)
        self.importer.advance(len(candidates.keys) - len(found.new))
        ids = self._create(source_id, incoming, found.new)
        self._change(source_id, incoming, found, [ids[index] for index in found.new])
        self._past(candidates, by_name, ids | _indexed(candidates, found), found, set(ids.values()))
        self.writer.reject([Reject(*row) for row in candidates.rejected])
        self._tell(part, incoming, found)

    def _stages(self, source_id: int, candidates: Candidates) -> tuple[list[int], dict[tuple[str, str], int]]:
        """The store's stage of each of the file's stages, and of each (pipeline, name), those of the past included."""
        run, playbook = self.writer.ledger.run, self.importer.playbook
        seen = [*candidates.stages, *_past_stages(candidates, self.importer.reading)]
        used = {id_ for (id_,) in run("SELECT DISTINCT stage_id FROM deal", {})}
        setting = Setting(
            playbook=playbook,
            is_builtin=_is_builtin(playbook),
            preset=candidates.mapping.preset,
            flagged="status" not in candidates.mapping,
            homes=_homes(run, source_id, candidates),
            untouched=lambda stage_id: stage_id not in used,
        )
        plan = plan_stages(seen, read_stages(run), setting)
        ids = []
        for stage in plan.stages:
            if stage.id is None:
                ids.append(
                    self.writer.stage_id(
                        stage.pipeline, stage.name, kind=stage.kind, position=stage.position, probability=stage.probability
                    )
                )
                continue
            ids.append(stage.id)
            if stage.renamed:
                self.writer.rename_stage(stage.id, stage.name)
        self.importer.report.warnings += plan.warnings
        targets = [ids[index] for index in plan.targets]
        names = {(fold(stage.pipeline), fold(stage.name)): id_ for stage, id_ in zip(seen, targets, strict=True)}
        return targets[: len(candidates.stages)], names

    def _teams(self, candidates: Candidates) -> None:
        owners = candidates.values.get("owner")
        if owners and candidates.teams:
            for owner, team in dict.fromkeys(zip(owners, candidates.teams, strict=True)):
                if owner and team:
                    self.writer.owner_id(owner, team)

    def _create(self, source_id: int, incoming: Incoming, new: Sequence[int]) -> dict[int, int]:
        """Write the new deals; index → deal id."""
        names = tuple(incoming.columns)
        values = list(zip(*incoming.columns.values(), strict=True))
        keys, external = incoming.candidates.keys, incoming.candidates.external_ids
        answers = incoming.candidates.answers
        levels = _levels(incoming)
        ids: dict[int, int] = {}
        for start in range(0, len(new), _CHUNK):
            chunk = new[start : start + _CHUNK]
            deals = [
                NewDeal(source_id, keys[index], external[index], dict(zip(names, values[index], strict=True), levels=levels[index]))
                for index in chunk
            ]
            created = self.writer.create(deals, at=self.moment)
            self.writer.observe(
                [(source_id, id_, self.moment, incoming.rows[index]) for id_, index in zip(created, chunk, strict=True)]
            )
            ids.update(zip(chunk, created, strict=True))
            self.importer.advance(len(chunk))
        self.writer.qualify(
            [(ids[index], item, texts[index]) for item, texts in answers.items() for index in new if texts[index]]
        )
        self.events += len(new)
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
        self.events += len(changes)
        self.writer.observe(
            [(source_id, id_, self.moment, incoming.rows[index]) for id_, index in found.changed]
        )
        if found.answers:
            known = set(self.writer.ledger.run("SELECT deal_id, item FROM qualification", {}))
            self.writer.qualify([answer for answer in found.answers if answer[:2] not in known])
        if found.conflicts:
            self.writer.summary.setdefault("conflicts", []).extend(conflict._asdict() for conflict in found.conflicts)

    def _past(
        self,
        candidates: Candidates,
        stages: dict[tuple[str, str], int],
        ids: dict[int, int],
        found: Comparison,
        fresh: set[int],
    ) -> None:
        """Write what the history files tell of these deals."""
        if not self.importer.reading.histories:
            return
        until = dict.fromkeys(ids.values(), self.moment)
        known = set(found.matched.values()) & set(until)
        floors = read_floors(self.writer.ledger.run, known - fresh)
        until.update({id_: floors[id_, CREATED] for id_ in known - fresh})
        for history in self.importer.reading.histories:
            told = write_past(self.writer, history, candidates, stages, ids, until)
            self.events += told.events
            self.importer.report.warnings += told.warnings

    def _tell(self, part: Export, incoming: Incoming, found: Comparison) -> None:
        """Add this file to the report."""
        candidates, report = part.candidates, self.importer.report
        report.files.append(
            FileReport(
                name=candidates.name,
                header=candidates.header,
                delimiter=candidates.delimiter,
                encoding=part.encoding,
                preset=candidates.mapping.preset.name,
                reason=candidates.mapping.reason,
                matches=labels_of(candidates),
                as_of=self.moment,
                as_of_reason=part.as_of.reason,
                rejected=candidates.rejected,
            )
        )
        report.rows += candidates.rows
        report.new += len(found.new)
        report.changed += len(found.changed)
        report.unchanged += found.unchanged
        report.skipped.update(candidates.skipped)
        report.missing += len(found.missing)
        report.back += len(found.back)
        report.conflicts += len(found.conflicts)
        report.changes.update(change.field for change in found.changes)
        report.warnings += candidates.warnings
        if incoming.undated:
            report.warnings.append(
                ngettext(
                    "%(n)d closed deal has no close date and is left out of figures by period.",
                    "%(n)d closed deals have no close date and are left out of figures by period.",
                    incoming.undated,
                )
                % {"n": incoming.undated}
            )
        self.writer.summary.update(
            file=candidates.name, rows=report.rows, new=report.new, changed=report.changed, missing=report.missing
        )


def _keep_present(found: Comparison, report: ImportReport) -> None:
    """Of an export older than the newest one only the deals unknown so far are taken."""
    found.unchanged += len(found.changed)
    found.changed.clear()
    found.changes.clear()
    found.conflicts.clear()
    found.answers.clear()
    found.back.clear()
    report.warnings.append(_("The export is older than the newest one of its source: deals already known were left as they are."))


def _levels(incoming: Incoming) -> list[str]:
    columns = {"next_step": incoming.columns.get("next_step"), **incoming.candidates.answers}
    told = {item: texts for item, texts in columns.items() if texts is not None}
    memo: dict[tuple[str, ...], str] = {}
    levels = []
    for texts in zip(*told.values(), strict=True) if told else ((),) * len(incoming.rows):
        if texts not in memo:
            memo[texts] = stated(dict(zip(told, texts, strict=True)))
        levels.append(memo[texts])
    return levels


def _indexed(candidates: Candidates, found: Comparison) -> dict[int, int]:
    """Index → deal id, of the deals that the source had."""
    matched = found.matched
    return {index: matched[key] for index, key in enumerate(candidates.keys) if key in matched}


def _homes(run: Run, source_id: int, candidates: Candidates) -> dict[str, str]:
    """Folded pipeline of the file → the store's pipeline in which most of its known deals stand."""
    if not any(stage.pipeline for stage in candidates.stages):
        return {}
    stands = dict(
        run(  # type: ignore[arg-type]
            "SELECT d.key, p.name FROM deal d JOIN stage s ON s.id = d.stage_id JOIN pipeline p ON p.id = s.pipeline_id "
            "WHERE d.source_id = :source AND NOT d.archived",
            {"source": source_id},
        )
    )
    votes: dict[str, Counter[str]] = {}
    for key, index in zip(candidates.keys, candidates.stage_of, strict=True):
        if key in stands:
            votes.setdefault(fold(candidates.stages[index].pipeline), Counter())[stands[key]] += 1
    return {pipeline: counter.most_common(1)[0][0] for pipeline, counter in votes.items()}


def _past_stages(candidates: Candidates, reading: Reading) -> list[SeenStage]:
    """Stages that only the past of the file's deals knows."""
    if not reading.histories:
        return []
    pipelines = list(dict.fromkeys(stage.pipeline for stage in candidates.stages))
    known = {(fold(stage.pipeline), fold(stage.name)) for stage in candidates.stages}
    names: dict[tuple[str, str], SeenStage] = {}
    for history in reading.histories:
        for steps in history.steps.values():
            for name in {name for step in steps for name in (step.before, step.stage) if name}:
                for pipeline in pipelines[:1]:
                    key = fold(pipeline), fold(name)
                    if key not in known:
                        names.setdefault(key, SeenStage(pipeline, name))
    return list(names.values())


def _is_builtin(playbook: "Playbook") -> bool:
    from pipetui.playbook.loading import load

    return playbook == load(None)


