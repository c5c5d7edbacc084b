"""Stages in the store: those of the playbook, and those that only imports brought."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from pipetui.deals.deal import Stage
from pipetui.deals.text import fold
from pipetui.store.engine import Run, Store
from pipetui.store.rows import read_stages

if TYPE_CHECKING:
    from pipetui.playbook import models

SPACING: Final = 100
"""Between the positions of two of the playbook's stages, so that imported ones fit between them."""


def same_stage(stages: Iterable[Stage], pipeline: str, stage: "models.Stage") -> list[Stage]:
    """Those of the stages that a stage of the playbook means, by its name or an alias."""
    names = {fold(name) for name in (stage.name, *stage.aliases)}
    return [known for known in stages if fold(known.pipeline) == fold(pipeline) and fold(known.name) in names]


def sync_stages(store: Store, playbook: "models.Playbook") -> bool:
    """Add the stages that the playbook names and the store lacks; let what it names stand as it says.

    Positions, kinds and probabilities follow the playbook; names stay the CRM's own. Nothing is deleted, no
    deal is touched. Gives whether anything was to do; if not, it costs one cheap read.
    """
    with store.reading() as run:
        missing, changed = _differences(run, playbook)
    if not missing and not changed:
        return False
    from pipetui.store.bulk import Bulk
    from pipetui.store.stagebook import StageBook

    with store.writing() as connection:
        bulk = Bulk(connection)
        missing, changed = _differences(bulk.run, playbook)
        book = StageBook(bulk)
        for stage in missing:
            book.stage_id(
                stage.pipeline,
                stage.name,
                kind=stage.kind,
                position=stage.position,
                probability=stage.probability,
            )
        for stage in changed:
            bulk.execute(
                "UPDATE stage SET kind = :kind, position = :position, probability = :probability "
                "WHERE id = :id",
                kind=stage.kind,
                position=stage.position,
                probability=stage.probability,
                id=stage.id,
            )
    return True


def _differences(run: Run, playbook: "models.Playbook") -> tuple[list[Stage], list[Stage]]:
    """The stages to add (their id is 0), and those to update, as they shall be."""
    stages = read_stages(run)
    missing: list[Stage] = []
    changed: list[Stage] = []
    for pipeline in playbook.pipelines:
        for number, stage in enumerate(pipeline.stages, start=1):
            wanted = Stage(0, pipeline.name, stage.name, stage.kind, number * SPACING, stage.probability)
            known = same_stage(stages, pipeline.name, stage)
            if not known:
                missing.append(wanted)
            for one in known:
                should = wanted._replace(id=one.id, pipeline=one.pipeline, name=one.name)
                if one != should:
                    changed.append(should)
    return missing, changed
