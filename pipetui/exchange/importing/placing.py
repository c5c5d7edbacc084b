"""Carrying out a plan of stages within a batch."""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pipetui.deals.deal import Status
from pipetui.deals.text import fold
from pipetui.exchange.importing.candidates import Candidates, SeenStage
from pipetui.exchange.importing.stages import PlannedStage, Setting, plan_stages
from pipetui.store.batches import BatchWriter
from pipetui.store.engine import Run
from pipetui.store.rows import read_stages

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the stages of a file are in the store."""

    ids: list[int]
    """By index into the candidates' stages."""
    kinds: list[Status]
    """By the same index."""
    closing: list[dict[Status, int]]
    """By the same index, where its pipeline keeps what is won and what is lost."""
    by_name: dict[tuple[str, str], int]
    """(folded pipeline, folded name) as the file has them → stage; those of the past too."""
    warnings: tuple[str, ...]


def place_stages(
    writer: BatchWriter, playbook: "Playbook", source_id: int, candidates: Candidates, past: list[SeenStage]
) -> Placed:
    """Find, rename and add the stages that an export and its history name."""
    run = writer.ledger.run
    seen = [*candidates.stages, *past]
    used = {id_ for (id_,) in run("SELECT DISTINCT stage_id FROM deal", {})}
    setting = Setting(
        playbook=playbook,
        is_builtin=_is_builtin(playbook),
        preset=candidates.mapping.preset,
        flagged=not any(name in candidates.mapping for name in ("status", "is_lost", "is_active")),
        homes=_homes(run, source_id, candidates),
        untouched=lambda stage_id: stage_id not in used,
    )
    plan = plan_stages(seen, read_stages(run), setting)
    ids = [_carry_out(writer, stage) for stage in plan.stages]
    closing: dict[str, dict[Status, int]] = {}
    for id_, stage in zip(ids, plan.stages, strict=True):
        if stage.kind != "open":
            closing.setdefault(stage.pipeline, {}).setdefault(stage.kind, id_)
    own = plan.targets[: len(candidates.stages)]
    return Placed(
        ids=[ids[index] for index in own],
        kinds=[plan.stages[index].kind for index in own],
        closing=[closing[plan.stages[index].pipeline] for index in own],
        by_name={
            (fold(stage.pipeline), fold(stage.name)): ids[index]
            for stage, index in zip(seen, plan.targets, strict=True)
        },
        warnings=plan.warnings,
    )


def spell_owners(writer: BatchWriter, candidates: Candidates) -> None:
    """Let "claire" and "Claire" be one owner: spelled as in the store, else as the export mostly does."""
    owners = candidates.values.get("owner")
    if not owners:
        return
    spelled: dict[str, str] = {}
    for (name,) in writer.ledger.run("SELECT name FROM owner ORDER BY id", {}):
        spelled.setdefault(fold(name), name)
    for name, _times in Counter(owners).most_common():
        spelled.setdefault(fold(name), name)
    candidates.values["owner"] = [spelled[fold(name)] for name in owners]


def _carry_out(writer: BatchWriter, stage: PlannedStage) -> int:
    if stage.id is None:
        return writer.stage_id(
            stage.pipeline,
            stage.name,
            kind=stage.kind,
            position=stage.position,
            probability=stage.probability,
        )
    if stage.renamed:
        writer.rename_stage(stage.id, stage.name)
    return stage.id


def _homes(run: Run, source_id: int, candidates: Candidates) -> dict[str, str]:
    """Folded pipeline of the file → the store's pipeline in which most of its known deals stand."""
    if not any(stage.pipeline for stage in candidates.stages):
        return {}
    rows = run(
        "SELECT d.key, p.name FROM deal d JOIN stage s ON s.id = d.stage_id JOIN pipeline p ON p.id ="
        " s.pipeline_id "
        "WHERE d.source_id = :source AND NOT d.archived",
        {"source": source_id},
    )
    stands: dict[str, str] = {key: pipeline for key, pipeline in rows}  # noqa: C416 - tuples of any length to mypy
    votes: dict[str, Counter[str]] = {}
    for key, index in zip(candidates.keys, candidates.stage_of, strict=True):
        if key in stands:
            votes.setdefault(fold(candidates.stages[index].pipeline), Counter())[stands[key]] += 1
    return {pipeline: counter.most_common(1)[0][0] for pipeline, counter in votes.items()}


def _is_builtin(playbook: "Playbook") -> bool:
    return playbook == _builtin()


@cache
def _builtin() -> "Playbook":
    from pipetui.playbook.loading import load

    return load(None)
