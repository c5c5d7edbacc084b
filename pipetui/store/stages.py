"""Stages in the store: those of the playbook, and those that only imports brought."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from pipetui.deals.deal import Stage
from pipetui.deals.text import fold, stage_key
from pipetui.store.rows import read_stages

if TYPE_CHECKING:
    from pipetui.playbook import models
    from pipetui.store.bulk import Bulk

SPACING: Final = 100
"""Between the positions of two of the playbook's stages, so that imported ones fit between them."""


def same_stage(stages: Iterable[Stage], pipeline: str, stage: "models.Stage") -> list[Stage]:
    """The stages that one of the playbook means, by its name or an alias; numbers matter if they can."""
    its = [known for known in stages if fold(known.pipeline) == fold(pipeline)]
    for key in (fold, stage_key):
        names = {key(name) for name in (stage.name, *stage.aliases)}
        if found := [known for known in its if key(known.name) in names]:
            return found
    return []


def in_line(stages: Iterable[Stage], playbook: "models.Playbook") -> list[Stage]:
    """The store's stages as the playbook has them, and those that only the playbook has; nothing is written.

    Positions, kinds and probabilities follow the playbook; names stay the CRM's own. A stage that the store
    lacks has a negative id, the same wherever this playbook is in force; `bring_in_line` gives it a real one.
    """
    known = {stage.id: stage for stage in stages}
    for wanted, its in list(_meant(known.values(), playbook)):
        known.update((stage.id, stage) for stage in its or [wanted])
    return list(known.values())


def bring_in_line(bulk: "Bulk", playbook: "models.Playbook") -> dict[int, int]:
    """Write what `in_line` says, within an edit: no deal is touched, no stage deleted.

    Returns:
        The negative ids that `in_line` gives to the playbook's stages → their ids in the store.
    """
    from pipetui.store.stagebook import StageBook

    stages = read_stages(bulk.run)
    book: StageBook | None = None
    ids: dict[int, int] = {}
    for wanted, its in _meant(stages, playbook):
        if its:
            ids[wanted.id] = its[0].id
        else:
            book = book or StageBook(bulk)
            ids[wanted.id] = book.stage_id(
                wanted.pipeline,
                wanted.name,
                kind=wanted.kind,
                position=wanted.position,
                probability=wanted.probability,
            )
        for stage in its:
            if stage not in stages:
                bulk.execute(
                    "UPDATE stage SET kind = :kind, position = :position, probability = :probability "
                    "WHERE id = :id",
                    kind=stage.kind,
                    position=stage.position,
                    probability=stage.probability,
                    id=stage.id,
                )
    return ids


def _meant(stages: Iterable[Stage], playbook: "models.Playbook") -> Iterator[tuple[Stage, Sequence[Stage]]]:
    """Each stage of the playbook under a negative id, and the store's that it means, as they shall be."""
    stages, number = list(stages), 0
    for pipeline in playbook.pipelines:
        for place, stage in enumerate(pipeline.stages, start=1):
            number += 1
            wanted = Stage(-number, pipeline.name, stage.name, stage.kind, place * SPACING, stage.probability)
            yield (
                wanted,
                [
                    wanted._replace(id=known.id, pipeline=known.pipeline, name=known.name)
                    for known in same_stage(stages, pipeline.name, stage)
                ],
            )
