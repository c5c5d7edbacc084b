"""Writing what history files tell of deals: the events before their first export."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final, NamedTuple

from pipetui.deals.fields import Value, encode
from pipetui.deals.text import fold
from pipetui.exchange.importing.candidates import Candidates, SeenStage
from pipetui.exchange.importing.history import History, past_of
from pipetui.exchange.importing.pacing import Tick, paced
from pipetui.exchange.importing.placing import Placed
from pipetui.language import ngettext, quoted
from pipetui.store.batches import BatchWriter, Entry
from pipetui.store.rows import read_events

_AT_ONCE: Final = 2_000
"""Deals whose past is written at once."""
_TICK: Final = timedelta(microseconds=1)
_LISTED: Final = 50
"""Deals that a warning names."""


class Past:
    """The histories of an import, told deal by deal as its exports are written."""

    def __init__(self, histories: Sequence[History]) -> None:
        self._histories = histories
        self._told: list[set[str]] = [set() for _history in histories]
        self._late = [0 for _history in histories]
        self._contradicted: list[list[str]] = [[] for _history in histories]

    def stages(self, candidates: Candidates, tick: Tick) -> list[SeenStage]:
        """The stages that only the past of an export's deals knows."""
        known = {(fold(stage.pipeline), fold(stage.name)) for stage in candidates.stages}
        found: dict[tuple[str, str], SeenStage] = {}
        for history in self._histories:
            for deal, index in paced(_whose(history, candidates).items(), tick):
                pipeline = candidates.stages[candidates.stage_of[index]].pipeline
                steps = history.steps[deal]
                for name in {name for step in steps for name in (step.before, step.stage) if name}:
                    if (fold(pipeline), fold(name)) not in known:
                        found.setdefault((fold(pipeline), fold(name)), SeenStage(pipeline, name))
        return list(found.values())

    def write(
        self,
        writer: BatchWriter,
        candidates: Candidates,
        placed: Placed,
        *,
        ids: Mapping[int, int],
        first: Mapping[int, datetime],
        moment: datetime,
        advance: Callable[[int], None],
    ) -> int:
        """Write the past of an export's deals; how many events that took. What is known already is left out.

        Args:
            writer: the batch.
            candidates: the export.
            placed: its stages in the store.
            ids: index of a candidate → deal.
            first: deal that was there before → from when on exports tell of it themselves.
            moment: the export's own.
            advance: is told how many steps more are done.
        """
        written = 0
        for number, history in enumerate(self._histories):
            whose = _whose(history, candidates)
            self._told[number].update(whose)
            known = {
                (event.deal_id, event.at, event.field, event.old, event.new)
                for event in read_events(
                    writer.ledger.run, [ids[index] for index in whose.values() if ids[index] in first]
                )
                if event.origin == "history"
            }
            events: list[Entry] = []
            steps = 0
            for count, (deal, index) in enumerate(whose.items(), 1):
                until = first.get(ids[index], moment)
                subject = _Subject(candidates, index, placed, ids[index], until)
                self._compare_end(number, deal, subject, moment)
                its = _events(history, deal, subject)
                events += [event for event in its if event[:5] not in known] if known else its
                steps += len(history.steps[deal])
                if count % _AT_ONCE == 0 or count == len(whose):
                    writer.ledger.record(events)
                    written += len(events)
                    events.clear()
                    advance(steps)
                    steps = 0
        return written

    def _compare_end(self, number: int, deal: str, subject: "_Subject", moment: datetime) -> None:
        """Note what of a deal's past does not fit its present."""
        steps, stage = self._histories[number].steps[deal], subject.stage
        self._late[number] += sum(step.at > moment for step in steps)
        last = next((step for step in reversed(steps) if step.stage), None)
        told = self._histories[number].stages
        if told is not None and fold(stage.name) not in told:
            return
        if last and stage.name and fold(last.stage) != fold(stage.name) and last.at <= moment:
            self._contradicted[number].append(subject.candidates.values["name"][subject.position])

    def warnings(self) -> list[str]:
        """What did not fit."""
        warnings: list[str] = []
        for history, told, late, contradicted in zip(
            self._histories, self._told, self._late, self._contradicted, strict=True
        ):
            warnings += [
                *history.warnings,
                *_warnings(history, len(history.steps) - len(told), late, contradicted),
            ]
        return warnings


class _Subject(NamedTuple):
    """The deal that a past is told of."""

    candidates: Candidates
    position: int
    placed: Placed
    deal_id: int
    until: datetime

    @property
    def stage(self) -> SeenStage:
        return self.candidates.stages[self.candidates.stage_of[self.position]]


def _events(history: History, deal: str, subject: _Subject) -> list[Entry]:
    """The events of a deal's past, all of them before its own first one."""
    values, index = subject.candidates.values, subject.position
    created = values["created"][index] if "created" in values else None
    past = past_of(history, deal, created=created, currency=values["currency"][index], until=subject.until)
    stages = partial(_stage, subject.placed.by_name, fold(subject.stage.pipeline))
    deal_id, latest = subject.deal_id, subject.until - _TICK
    return [
        Entry(
            deal_id,
            min(at, latest),
            name,
            stages(old) if name == "stage_id" else encode(old),
            stages(new) if name == "stage_id" else encode(new),
            "history",
        )
        for name, old, new, at in past
    ]


def _stage(ids: Mapping[tuple[str, str], int], pipeline: str, name: Value) -> str | None:
    return None if name is None else str(ids[pipeline, fold(str(name))])


def _whose(history: History, candidates: Candidates) -> dict[str, int]:
    """The history's name of a deal → index; a name that several deals share tells of none of them."""
    if history.by_id:
        return {id_: index for index, id_ in enumerate(candidates.external_ids) if id_ in history.steps}
    found: dict[str, int] = {}
    shared: set[str] = set()
    for index, name in enumerate(map(fold, candidates.values["name"])):
        if name in found:
            shared.add(name)
        elif name in history.steps:
            found[name] = index
    return {name: index for name, index in found.items() if name not in shared}


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(quoted(name) for name in names[:_LISTED])
    return f"{shown}, …" if len(names) > _LISTED else shown


def _warnings(history: History, unknown: int, late: int, contradicted: Sequence[str]) -> list[str]:
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
                "%(file)s: the last stage of %(n)d deal is not the one it is in: %(names)s. The export "
                "counts.",
                "%(file)s: the last stage of %(n)d deals is not the one they are in: %(names)s. The export "
                "counts.",
                len(contradicted),
            )
            % {"n": len(contradicted), "file": history.name, "names": _listed(contradicted)}
        )
    return warnings
