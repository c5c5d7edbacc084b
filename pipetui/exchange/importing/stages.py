"""The stages of an export → stages of the store: found, taken from the playbook, or added with sensible defaults."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pipetui.deals.deal import Stage, Status
from pipetui.deals.text import fold
from pipetui.exchange.importing import words
from pipetui.exchange.importing.candidates import SeenStage
from pipetui.exchange.importing.presets import PRESETS, Preset
from pipetui.language import _, ngettext

if TYPE_CHECKING:
    from pipetui.playbook import models
    from pipetui.playbook.models import Playbook

_NUMBERED: Final = re.compile(r"\D{0,2}(\d{1,2})\D")
STEP: Final = 10
"""Distance between the positions of neighbouring stages."""


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A stage that the store will have."""

    pipeline: str
    name: str
    kind: Status
    probability: float
    position: int = 0
    id: int | None = None
    """In the store; `None`: to be added."""
    renamed: bool = False
    """Whether the store has it under the playbook's name and it takes the CRM's own."""


@dataclass(frozen=True, slots=True)
class StagePlan:
    """Where the stages of a file lead."""

    stages: tuple[PlannedStage, ...]
    """All stages of the pipelines concerned, in order."""
    targets: tuple[int, ...]
    """Index into `stages` for each stage of the file."""
    warnings: tuple[str, ...]


def plan_stages(
    seen: Sequence[SeenStage],
    existing: Sequence[Stage],
    *,
    playbook: "Playbook",
    is_builtin: bool,
    preset: Preset,
    untouched: Callable[[int], bool],
) -> StagePlan:
    """Find or plan a stage for each stage of a file.

    A name already in the store is that stage. Else the playbook's stage of that name or alias is used, but never for two
    names of one file. Else the stage is added as it is.

    Args:
        seen: the stages of the file.
        existing: the stages of the store.
        playbook: the sales process; its stages come with it unless it is the built-in one.
        is_builtin: whether nobody wrote the playbook: then columns carry the CRM's own names.
        preset: whose standard order and probabilities help to place a stage.
        untouched: whether a stage of the store has never held a deal.
    """
    planner = _Planner(existing, playbook, is_builtin, preset, untouched)
    order = sorted(range(len(seen)), key=lambda index: (not planner.is_exact(seen[index]), -seen[index].count))
    targets = dict.fromkeys(range(len(seen)), -1)
    for index in order:
        targets[index] = planner.place(seen[index])
    planner.complete()
    return planner.result([targets[index] for index in range(len(seen))])


class _Planner:
    def __init__(
        self,
        existing: Sequence[Stage],
        playbook: "Playbook",
        is_builtin: bool,  # noqa: FBT001 - a part of the state
        preset: Preset,
        untouched: Callable[[int], bool],
    ) -> None:
        self.playbook = playbook
        self.is_builtin = is_builtin
        self.preset = preset
        self.untouched = untouched
        self.default = playbook.pipelines[0].name
        self.stages = [
            PlannedStage(stage.pipeline, stage.name, stage.kind, stage.probability, stage.position, stage.id) for stage in existing
        ]
        self.hints: dict[int, tuple[float, int]] = {}
        """Index of an added stage → where it belongs: (probability, rank among equals)."""
        self.claimed: set[int] = set()
        self.added: list[str] = []
        self.pipelines: list[str] = []
        if not is_builtin:
            for pipeline in playbook.pipelines:
                for rank, stage in enumerate(pipeline.stages):
                    if self._find(pipeline.name, stage.name) is None:
                        self._add(pipeline.name, stage.name, stage.kind, stage.probability, rank)

    def is_exact(self, seen: SeenStage) -> bool:
        """Whether a stage of that very name is in the store or the playbook."""
        pipeline = self._pipeline(seen)
        named = self.playbook.stage(seen.name, pipeline)
        return self._find(pipeline, seen.name) is not None or (named is not None and fold(named.name) == fold(seen.name))

    def place(self, seen: SeenStage) -> int:
        """Index of the stage that a file's stage leads to."""
        pipeline = self._pipeline(seen)
        if pipeline not in self.pipelines:
            self.pipelines.append(pipeline)
        if not seen.name:
            return self._unstaged(pipeline, seen)
        index = self._find(pipeline, seen.name)
        if index is None:
            named = self.playbook.stage(seen.name, pipeline)
            index = self._named(pipeline, named) if named else None
            if index is not None:
                stage = self.stages[index]
                takes_name = (
                    self.is_builtin and stage.id is not None and named is not None
                    and fold(stage.name) == fold(named.name) and self.untouched(stage.id)
                )  # fmt: skip
                if takes_name:
                    self.stages[index] = replace(stage, name=seen.name, renamed=True)
            else:
                index = self._new(pipeline, seen, named)
        self.claimed.add(index)
        return index

    def complete(self) -> None:
        """A pipeline needs somewhere to win and to lose."""
        for pipeline in self.pipelines or [self.default]:
            for kind, chance in (("won", 1.0), ("lost", 0.0)):
                self._closing(pipeline, kind, chance)  # type: ignore[arg-type]

    def result(self, targets: list[int]) -> StagePlan:
        """The stages in order, with positions, and what there is to tell."""
        ordered = self._ordered()
        rank = {index: place for place, index in enumerate(ordered)}
        warnings: list[str] = []
        if self.added:
            names = ", ".join(f"“{name}”" for name in self.added[:8])
            warnings.append(
                ngettext(
                    "%(n)d stage is not in the playbook and was added as it is: %(names)s.",
                    "%(n)d stages are not in the playbook and were added as they are: %(names)s.",
                    len(self.added),
                )
                % {"n": len(self.added), "names": f"{names}, …" if len(self.added) > 8 else names}
            )
        stages = tuple(replace(self.stages[index], position=(place + 1) * STEP) for place, index in enumerate(ordered))
        return StagePlan(stages, tuple(rank[index] for index in targets), tuple(warnings))

    def _pipeline(self, seen: SeenStage) -> str:
        return seen.pipeline or self.default

    def _find(self, pipeline: str, name: str) -> int | None:
        line, wanted = fold(pipeline), fold(name)
        for index, stage in enumerate(self.stages):
            if fold(stage.pipeline) == line and fold(stage.name) == wanted:
                return index
        return None

    def _named(self, pipeline: str, named: "models.Stage") -> int | None:
        """The stage in the pipeline that is the playbook's, unless another name of the file has it."""
        for index, stage in enumerate(self.stages):
            same = fold(stage.pipeline) == fold(pipeline) and self.playbook.stage(stage.name, stage.pipeline) is named
            if same and index not in self.claimed:
                return index
        return None

    def _new(self, pipeline: str, seen: SeenStage, named: "models.Stage | None") -> int:
        taken = named is not None and any(
            fold(self.stages[index].pipeline) == fold(pipeline)
            and self.playbook.stage(self.stages[index].name, self.stages[index].pipeline) is named
            for index in self.claimed
        )
        kind = self._kind(seen, named)
        rank, standard = _standard(self.preset, seen.name)
        chance = _most_frequent(seen.probabilities)
        if chance is None or kind != "open":
            chance = None if kind == "open" else (1.0 if kind == "won" else 0.0)
        if chance is None:
            chance = standard
        if chance is None and named is not None:
            rank, chance = self._rank(named), named.probability
        if chance is None:
            chance = _anybodys(seen.name)
        if named is None or taken:
            self.added.append(seen.name)
        return self._add(pipeline, seen.name, kind, chance, rank)

    def _kind(self, seen: SeenStage, named: "models.Stage | None") -> Status:
        if named is not None:
            return named.kind
        told = words.closed_kind(seen.name)
        if told:
            return told
        if seen.statuses and seen.statuses.total() >= seen.count:
            status, times = seen.statuses.most_common(1)[0]
            # A status beside the stage (Pipedrive) closes deals in any stage; only a stage without open deals is closed.
            if times == seen.count and self._flagged(seen):
                return status
        return "open"

    def _flagged(self, seen: SeenStage) -> bool:
        return self.preset.name != "pipedrive" and seen.count > 0

    def _unstaged(self, pipeline: str, seen: SeenStage) -> int:
        """Where rows without a stage go: by status, else to a stage of their own."""
        status = next(iter(seen.statuses), "open")
        if status != "open":
            return self._closing(pipeline, status, 1.0 if status == "won" else 0.0)
        name = _("(no stage)")
        index = self._find(pipeline, name)
        return self._add(pipeline, name, "open", 0.0, -1) if index is None else index

    def _closing(self, pipeline: str, kind: Status, chance: float) -> int:
        for index, stage in enumerate(self.stages):
            if stage.kind == kind and fold(stage.pipeline) == fold(pipeline):
                return index
        named = next(
            (stage for line in self.playbook.pipelines for stage in line.stages if stage.kind == kind), None
        )
        name = named.name if named else {"won": _("Won"), "lost": _("Lost")}[kind]
        return self._add(pipeline, name, kind, chance, 0)

    def _add(self, pipeline: str, name: str, kind: Status, chance: float | None, rank: int) -> int:
        index = len(self.stages)
        self.hints[index] = (-1.0 if chance is None else chance, rank)
        self.stages.append(PlannedStage(pipeline, name, kind, 0.0 if chance is None else chance))
        return index

    def _rank(self, named: "models.Stage") -> int:
        for pipeline in self.playbook.pipelines:
            for rank, stage in enumerate(pipeline.stages):
                if stage is named:
                    return rank
        return 0

    def _ordered(self) -> list[int]:
        """All stages, pipeline by pipeline: open ones by likelihood, then won, then lost; known ones keep their order."""
        lines = list(dict.fromkeys(fold(stage.pipeline) for stage in self.stages))
        ordered: list[int] = []
        for line in lines:
            here = [index for index, stage in enumerate(self.stages) if fold(stage.pipeline) == line]
            ordered += self._open_order([index for index in here if self.stages[index].kind == "open"])
            for kind in ("won", "lost"):
                ordered += [index for index in here if self.stages[index].kind == kind]
        return ordered

    def _open_order(self, here: list[int]) -> list[int]:
        self._interpolate([index for index in here if index in self.hints])
        known = sorted((index for index in here if index not in self.hints), key=lambda index: self.stages[index].position)
        fresh = sorted((index for index in here if index in self.hints), key=lambda index: (*self.hints[index], index))
        for index in fresh:
            chance = self.hints[index]
            after = [
                place
                for place, other in enumerate(known, 1)
                if self.hints.get(other, (self.stages[other].probability, 0)) <= chance
            ]
            known.insert(max(after, default=0), index)
        return known

    def _interpolate(self, fresh: list[int]) -> None:
        """Likelihoods for stages that nobody gives one: by the number in their name, else spread in order of appearance."""
        unknown = [index for index in fresh if self.hints[index][0] < 0]
        if not unknown:
            return
        numbers = {index: int(match[1]) for index in fresh if (match := _NUMBERED.match(self.stages[index].name))}
        unknown.sort(key=lambda index: (numbers.get(index, 99), index))
        alone = len(unknown) == len([index for index in fresh if self.hints[index][1] >= 0])
        for place, index in enumerate(unknown, 1):
            chance = round(place / (len(unknown) + 1), 2) if alone else 0.5
            self.hints[index] = (chance, numbers.get(index, place))
            self.stages[index] = replace(self.stages[index], probability=chance)


def _most_frequent(chances: Counter[float]) -> float | None:
    return chances.most_common(1)[0][0] if chances else None


def _standard(preset: Preset, name: str) -> tuple[int, float | None]:
    """Rank and probability of a stage among those that the CRM comes with."""
    wanted = fold(name)
    for rank, stage in enumerate(preset.stages):
        if wanted in map(fold, stage.names):
            return rank, stage.probability
    return 0, None


def _anybodys(name: str) -> float | None:
    """The probability of a stage that some other CRM comes with."""
    return next((chance for preset in PRESETS.values() if (chance := _standard(preset, name)[1]) is not None), None)
