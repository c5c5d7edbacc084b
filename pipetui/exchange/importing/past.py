"""Writing what a history file tells of deals: the events before their first export."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from pipetui.deals.fields import Value, encode
from pipetui.deals.text import fold
from pipetui.exchange.importing.candidates import Candidates
from pipetui.exchange.importing.history import History, PastEvent, past_of
from pipetui.language import ngettext
from pipetui.store.batches import BatchWriter, FieldChange
from pipetui.store.rows import read_events


class Told(NamedTuple):
    """What a history brought."""

    events: int
    warnings: list[str]


def write_past(
    writer: BatchWriter,
    history: History,
    candidates: Candidates,
    stages: Mapping[tuple[str, str], int],
    ids: Mapping[int, int],
    until: Mapping[int, datetime],
) -> Told:
    """Write the past of the deals of one export, each up to a moment; what is known already is left out.

    Args:
        writer: the batch.
        history: the file.
        candidates: the export whose deals it tells of.
        stages: (folded pipeline, folded name) → stage.
        ids: index of a candidate → deal.
        until: deal → from when on the exports themselves tell.
    """
    whose = _whose(history, candidates)
    told = {deal: whose[deal] for deal in history.steps if deal in whose}
    known = {
        (event.deal_id, event.field, event.at, event.old, event.new)
        for event in read_events(writer.ledger.run, [ids[index] for index in told.values()])
        if event.origin == "history"
    }
    events: list[FieldChange] = []
    contradicted: list[str] = []
    late = 0
    for deal, index in told.items():
        deal_id = ids[index]
        pipeline = fold(candidates.stages[candidates.stage_of[index]].pipeline)
        created = candidates.values.get("created")
        past = past_of(
            history,
            deal,
            created=created[index] if created else None,
            currency=candidates.values["currency"][index],
            until=until[deal_id],
        )
        for event in past:
            change = _change(event, deal_id, pipeline, stages)
            if (deal_id, event.field, event.at, encode(change.old), encode(change.new)) not in known:
                events.append(change)
        steps = history.steps[deal]
        late += sum(step.at > until[deal_id] for step in steps)
        now = candidates.stages[candidates.stage_of[index]].name
        if now and fold(steps[-1].stage) != fold(now) and steps[-1].at <= until[deal_id]:
            contradicted.append(candidates.values["name"][index])
    writer.history(events)
    return Told(len(events), _warnings(history, len(history.steps) - len(told), late, contradicted))


def _whose(history: History, candidates: Candidates) -> dict[str, int]:
    """The history's name of a deal → index; a name that several deals share tells of none of them."""
    if history.by_id:
        return {id_: index for index, id_ in enumerate(candidates.external_ids) if id_}
    names = [fold(name) for name in candidates.values["name"]]
    count: dict[str, int] = {}
    for name in names:
        count[name] = count.get(name, 0) + 1
    return {name: index for index, name in enumerate(names) if count[name] == 1}


def _change(event: PastEvent, deal_id: int, pipeline: str, stages: Mapping[tuple[str, str], int]) -> FieldChange:
    def value(told: str | Value) -> Value:
        if event.field != "stage_id" or told is None:
            return told
        return next(id_ for line in (pipeline, "") if (id_ := stages.get((line, fold(str(told))))) is not None)

    return FieldChange(deal_id, event.field, value(event.old), value(event.new), event.at, "history")


def _warnings(history: History, unknown: int, late: int, contradicted: list[str]) -> list[str]:
    warnings = []
    if unknown:
        warnings.append(
            ngettext(
                "%(file)s tells of %(n)d deal that is not in the export; it was left out.",
                "%(file)s tells of %(n)d deals that are not in the export; they were left out.",
                unknown,
            )
            % {"n": unknown, "file": history.name}
        )
    if late:
        warnings.append(
            ngettext(
                "%(file)s: %(n)d row is later than the export itself and was left out.",
                "%(file)s: %(n)d rows are later than the export itself and were left out.",
                late,
            )
            % {"n": late, "file": history.name}
        )
    if contradicted:
        warnings.append(
            ngettext(
                "%(file)s: the last stage of %(n)d deal is not the one it is in, such as “%(name)s”; the export counts.",
                "%(file)s: the last stage of %(n)d deals is not the one they are in, such as “%(name)s”; the export counts.",
                len(contradicted),
            )
            % {"n": len(contradicted), "file": history.name, "name": contradicted[0]}
        )
    return warnings
