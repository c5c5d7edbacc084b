"""A list that pipetui wrote itself, read again: no CRM said it, so it is compared with the present.

What was changed in it was changed by whoever imports it, as if in the app; a deal that has changed here since
it was written out stays as it is.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.fields import Value, encode
from pipetui.exchange.importing.candidates import Candidates
from pipetui.exchange.importing.comparing import Change, Comparison
from pipetui.exchange.importing.duplicates import keys_of, numbered
from pipetui.exchange.importing.exports import Export
from pipetui.exchange.importing.incoming import Incoming, settle, stated
from pipetui.exchange.importing.placing import Placed, place_stages
from pipetui.exchange.importing.report import ImportReport
from pipetui.exchange.own import PRESET, identity, referred
from pipetui.language import _
from pipetui.store.batches import BatchWriter, FieldChange, NewDeals
from pipetui.store.rows import Current, read_current

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Run

_NO_SOURCE: Final = 0
"""An id that no source has."""


class _Known(NamedTuple):
    """A row's deal in the store."""

    deal_id: int
    is_stale: bool
    """Whether it has changed since the row was written out."""


def is_own(export: Export) -> bool:
    """Whether pipetui wrote it."""
    return export.candidates.mapping.preset.is_own


def write_own(
    writer: BatchWriter, playbook: "Playbook", export: Export, report: ImportReport, source: str | None
) -> None:
    """Write what a list has changed and added, and add it to the report.

    Args:
        writer: where to.
        playbook: its stages.
        export: the list.
        report: is told what it brought.
        source: of deals that are new here; by default the one that the list names.
    """
    candidates, run = export.candidates, writer.ledger.run
    sources = [source or name or PRESET for name in candidates.own_sources]
    keys = numbered(keys_of(candidates.external_ids, candidates.values), sources)
    known = _known(run, candidates, sources, keys)
    current = read_current(run, {its.deal_id for its in known.values()})
    placed = place_stages(writer, playbook, _NO_SOURCE, candidates, [])
    incoming = settle(_moved(candidates, placed, known, current), placed)
    found = _compare(incoming, known, current)
    writer.change([FieldChange(*change, writer.at, "person") for change in found.changes])
    _create(writer, export, incoming, new=found.new, keys=keys, sources=sources)
    report.warnings += placed.warnings
    report.events += len(found.new) + len(found.changes)
    report.add(export, export.as_of.at, incoming, found, is_older=False)
    if PRESET not in report.sources:
        report.sources.append(PRESET)


def _known(
    run: "Run", candidates: Candidates, sources: Sequence[str], keys: Sequence[str]
) -> dict[int, _Known]:
    """Index of a row → its deal: the one it refers to, else the one of its source and key."""
    rows = run(
        "SELECT d.id, d.version, COALESCE(i.name, ''), d.key FROM deal d "
        "LEFT JOIN import_source i ON i.id = d.source_id WHERE NOT d.archived",
        {},
    )
    here = {identity(source, key, id_): (id_, version) for id_, version, source, key in rows}
    found: dict[int, _Known] = {}
    for index, (cell, source, key) in enumerate(zip(candidates.own_references, sources, keys, strict=True)):
        told = referred(cell)
        if told and told[0] in here:
            deal_id, version = here[told[0]]
            found[index] = _Known(deal_id, version != told[1])
        elif (same := identity(source, key, 0)) in here:
            found[index] = _Known(here[same][0], is_stale=False)
    return found


def _moved(
    candidates: Candidates, placed: Placed, known: dict[int, _Known], current: dict[int, Current]
) -> Candidates:
    """Where only the stage of a row was changed, its status follows."""
    statuses = list(candidates.statuses)
    for index, its in known.items():
        values = current[its.deal_id].values
        if (
            values["stage_id"] != placed.ids[candidates.stage_of[index]]
            and values["status"] == statuses[index]
        ):
            statuses[index] = None
    return replace(candidates, statuses=statuses)


def _compare(incoming: Incoming, known: dict[int, _Known], current: dict[int, Current]) -> Comparison:
    result = Comparison()
    stale = 0
    for index in range(len(incoming.rows)):
        its = known.get(index)
        if its is None:
            result.new.append(index)
            continue
        changes = list(_differences(incoming, index, its.deal_id, current[its.deal_id].values))
        if not changes:
            result.unchanged += 1
        elif its.is_stale:
            stale += 1
        else:
            result.changed.append((its.deal_id, index))
            result.changes += changes
    if stale:
        incoming.candidates.skipped[_("changed here since the list was written")] += stale
    return result


def _differences(incoming: Incoming, index: int, deal_id: int, values: dict[str, Value]) -> Iterator[Change]:
    for field, column in incoming.columns.items():
        said, target, ours = column[index], field, values[field]
        if field == "last_stage_change":
            continue  # it follows from the history
        if field == "currency" and ours is None:
            continue  # the list names the usual one
        if field == "crm_category":
            # The list tells the category in force; another one is a judgement made here.
            ours = values["manager_category"] or values["rep_category"] or ours
            target = "manager_category" if values["manager_category"] else "rep_category"
        if encode(said) != encode(ours):
            yield Change(deal_id, target, values[target], said)


def _create(
    writer: BatchWriter,
    export: Export,
    incoming: Incoming,
    *,
    new: Sequence[int],
    keys: Sequence[str],
    sources: Sequence[str],
) -> None:
    candidates = incoming.candidates
    steps = incoming.columns.get("next_step") or [""] * len(keys)
    for source in Counter(sources[index] for index in new):
        its = [index for index in new if sources[index] == source]
        levels = [stated({"next_step": steps[index]}) for index in its]
        columns = {name: [values[index] for index in its] for name, values in incoming.columns.items()}
        deals = NewDeals(
            _source_id(writer, export, source),
            [keys[index] for index in its],
            [candidates.external_ids[index] for index in its],
            {**columns, "levels": levels},
            [
                f'{{{incoming.states[index]}"levels":"{level}"}}'
                for index, level in zip(its, levels, strict=True)
            ],
        )
        writer.create_columns(deals, at=export.as_of.at)
    if candidates.teams:
        owners = candidates.values.get("owner", ())
        for owner, team in {owners[index]: candidates.teams[index] for index in new}.items():
            writer.owner_id(owner, team)


def _source_id(writer: BatchWriter, export: Export, name: str) -> int:
    """The source of that name as it is, else a new one that is read as the list was."""
    found = writer.ledger.run("SELECT id FROM import_source WHERE name = :name", {"name": name})
    if found:
        return int(found[0][0])
    mapping = export.candidates.mapping
    return writer.source_id(
        name, preset=mapping.preset.name, signature=export.signature, mapping=mapping.accepted()
    )
