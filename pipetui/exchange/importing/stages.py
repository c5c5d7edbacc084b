"""The stages of an export → stages of the store: found, taken from the playbook, or added."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pipetui.deals.deal import Stage, Status
from pipetui.deals.text import fold, stage_key
from pipetui.exchange.importing import words
from pipetui.exchange.importing.candidates import SeenStage
from pipetui.exchange.importing.presets import PRESETS, Preset, Standard
from pipetui.language import N_, _, ngettext, quoted
from pipetui.store.stages import SPACING, same_stage

if TYPE_CHECKING:
    from pipetui.playbook import models
    from pipetui.playbook.models import Playbook

_NUMBERED: Final = re.compile(r"(?:[^\W\d]+\s)?[\W_]{0,2}(\d{1,2})\D")
_NO_STAGE: Final = (N_("(no stage)"), "(sans étape)")
"""In every language: the next import may speak another one."""
_CLOSED_FROM: Final = 100 * SPACING
"""Where won and lost stand in a pipeline that the playbook does not know: right of whatever comes later."""


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """A stage that the store will have."""

    pipeline: str
    name: str
    kind: Status
    probability: float
    position: int
    id: int | None = None
    """In the store; `None`: to be added."""
    renamed: bool = False
    """Whether the store has it under the playbook's name and it takes the CRM's own."""


@dataclass(frozen=True, slots=True)
class StagePlan:
    """Where the stages of a file lead."""

    stages: tuple[PlannedStage, ...]
    """Those of the store first, in its order, then those to add."""
    targets: tuple[int, ...]
    """Index into `stages` for each stage of the file."""
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What decides where a file's stages lead."""

    playbook: "Playbook"
    is_builtin: bool
    """Whether nobody wrote the playbook: then columns carry the CRM's own names."""
    preset: Preset
    """Whose standard order and probabilities help to place a stage."""
    flagged: bool
    """Whether the rows' statuses follow from their stages (IsWon, IsClosed), and so tell a stage's kind."""
    homes: Mapping[str, str]
    """Folded pipeline of the file → the store's pipeline that holds its deals already."""
    untouched: Callable[[int], bool]
    """Whether a stage of the store has never held a deal."""


def plan_stages(seen: Sequence[SeenStage], existing: Sequence[Stage], setting: Setting) -> StagePlan:
    """Find or plan a stage for each stage of a file; the playbook's stages come with it.

    A name already in the store is that stage. Else the playbook's stage of that name or alias is used, but
    never for two names of one file. Else the stage is added as it is.
    """
    planner = _Planner(seen, existing, setting)
    order = sorted(
        range(len(seen)), key=lambda index: (not planner.is_exact(seen[index]), -seen[index].count)
    )
    targets = {index: planner.place(seen[index]) for index in order}
    return planner.result([targets[index] for index in range(len(seen))])


class _Planner:
    def __init__(self, seen: Sequence[SeenStage], existing: Sequence[Stage], setting: Setting) -> None:
        self.setting = setting
        self.playbook = setting.playbook
        self.standards = setting.preset.stages or PRESETS["salesforce"].stages
        self.stages = [
            PlannedStage(stage.pipeline, stage.name, stage.kind, stage.probability, stage.position, stage.id)
            for stage in existing
        ]
        for pipeline in self.playbook.pipelines:
            for number, stage in enumerate(pipeline.stages, start=1):
                if not same_stage(existing, pipeline.name, stage):
                    self.stages.append(
                        PlannedStage(
                            pipeline.name, stage.name, stage.kind, stage.probability, number * SPACING
                        )
                    )
        self.lines = self._pipelines({stage.pipeline for stage in seen})
        self.loose: dict[int, float | None] = {}
        """Index of an open stage that still needs a position → its likelihood, if anything tells it."""
        self.claimed: set[int] = set()
        self.added: list[str] = []

    def _pipelines(self, seen: set[str]) -> dict[str, str]:
        """Pipeline of the file → pipeline of the store."""
        default = self.playbook.pipelines[0].name
        known = {fold(stage.pipeline): stage.pipeline for stage in self.stages}
        lines = {"": default}
        named = seen - {""}
        for name in sorted(named):
            found = self.setting.homes.get(fold(name)) or known.get(fold(name))
            # The only pipeline of the CRM is the only one of the playbook, whatever they are called.
            lines[name] = found or (default if len(named) == len(self.playbook.pipelines) == 1 else name)
        return lines

    def is_exact(self, seen: SeenStage) -> bool:
        """Whether a stage of that very name is there."""
        return self._find(self.lines[seen.pipeline], seen.name) is not None

    def place(self, seen: SeenStage) -> int:
        """Index of the stage that a file's stage leads to."""
        pipeline = self.lines[seen.pipeline]
        if not seen.name:
            return self._unstaged(pipeline, seen)
        index = self._find(pipeline, seen.name)
        if index is None:
            named = self.playbook.stage(seen.name, pipeline)
            index = self._of_playbook(pipeline, named, seen.name) if named else None
            if index is None:
                index = self._new(pipeline, seen, named)
        else:
            self._spell(index, seen.name)
        self.claimed.add(index)
        return index

    def result(self, targets: list[int]) -> StagePlan:
        """All stages with their positions, and what there is to tell."""
        for pipeline in {stage.pipeline for stage in self.stages}:
            self._closing(pipeline, "won")
            self._closing(pipeline, "lost")
            self._position(pipeline)
        warnings: list[str] = []
        if self.added:
            names = ", ".join(quoted(name) for name in self.added[:8])
            warnings.append(
                ngettext(
                    "%(n)d stage is not in the playbook and was added as it is: %(names)s.",
                    "%(n)d stages are not in the playbook and were added as they are: %(names)s.",
                    len(self.added),
                )
                % {"n": len(self.added), "names": f"{names}, …" if len(self.added) > 8 else names}
            )
        return StagePlan(tuple(self.stages), tuple(targets), tuple(warnings))

    def _find(self, pipeline: str, name: str) -> int | None:
        line, wanted = fold(pipeline), fold(name)
        for index, stage in enumerate(self.stages):
            if fold(stage.pipeline) == line and fold(stage.name) == wanted:
                return index
        return None

    def _of_playbook(self, pipeline: str, named: "models.Stage", name: str) -> int | None:
        """The pipeline's stage that is the playbook's, unless another name of the file has it."""
        for index, stage in enumerate(self.stages):
            if index in self.claimed or not self._means(stage, pipeline, named):
                continue
            if fold(stage.name) == fold(named.name):
                self._spell(index, name)
            return index
        return None

    def _spell(self, index: int, name: str) -> None:
        """Let a stage that nobody named carry the CRM's own name."""
        stage = self.stages[index]
        is_fresh = stage.id is None or self.setting.untouched(stage.id)
        if self.setting.is_builtin and is_fresh and stage.name != name:
            self.stages[index] = replace(stage, name=name, renamed=stage.id is not None)

    def _means(self, stage: PlannedStage, pipeline: str, named: "models.Stage") -> bool:
        return (
            fold(stage.pipeline) == fold(pipeline)
            and self.playbook.stage(stage.name, stage.pipeline) is named
        )

    def _new(self, pipeline: str, seen: SeenStage, named: "models.Stage | None") -> int:
        twin = None
        if named is None:
            self.added.append(seen.name)
        else:
            twin = next((stage for stage in self.stages if self._means(stage, pipeline, named)), None)
        if twin is not None:
            # A second name of the file for one stage of the playbook: it stands beside the first.
            self.added.append(seen.name)
            self.stages.append(replace(twin, name=seen.name, id=None, renamed=False))
            return len(self.stages) - 1
        kind = named.kind if named else self._kind(seen)
        if kind != "open":
            return self._close(pipeline, seen.name, kind)
        chance = _most_frequent(seen.probabilities)
        if chance is None:
            chance = _standard(self.standards, seen.name)[1]
        if chance is None:
            chance = named.probability if named and named.kind == "open" else _anybodys(seen.name)
        return self._open(pipeline, seen.name, chance)

    def _kind(self, seen: SeenStage) -> Status:
        told = words.closed_kind(seen.name)
        if told is None and self.setting.flagged and seen.statuses:
            status, times = seen.statuses.most_common(1)[0]
            told = status if times == seen.count else None
        return told or "open"

    def _unstaged(self, pipeline: str, seen: SeenStage) -> int:
        """Where rows without a stage go: by status, else to a stage of their own."""
        status = next(iter(seen.statuses), None)
        if status is not None and status != "open":
            return self._closing(pipeline, status)
        known = (self._find(pipeline, name) for name in _NO_STAGE)
        index = next((index for index in known if index is not None), None)
        return self._open(pipeline, _(_NO_STAGE[0]), 0.0) if index is None else index

    def _closing(self, pipeline: str, kind: Status) -> int:
        """The pipeline's stage for what is won or lost: it needs both."""
        for index, stage in enumerate(self.stages):
            if stage.kind == kind and fold(stage.pipeline) == fold(pipeline):
                return index
        lines = self.playbook.pipelines
        names = [stage.name for line in lines for stage in line.stages if stage.kind == kind]
        return self._close(pipeline, names[0] if names else {"won": _("Won"), "lost": _("Lost")}[kind], kind)

    def _close(self, pipeline: str, name: str, kind: Status) -> int:
        closed = [
            stage.position
            for stage in self.stages
            if fold(stage.pipeline) == fold(pipeline) and stage.kind != "open"
        ]
        position = max(closed, default=_CLOSED_FROM) + SPACING
        self.stages.append(PlannedStage(pipeline, name, kind, 1.0 if kind == "won" else 0.0, position))
        return len(self.stages) - 1

    def _open(self, pipeline: str, name: str, chance: float | None) -> int:
        index = len(self.stages)
        self.loose[index] = chance
        self.stages.append(PlannedStage(pipeline, name, "open", chance or 0.0, 0))
        return index

    def _position(self, pipeline: str) -> None:
        """Give the new open stages of a pipeline their places between those that stand already."""
        here = [index for index, stage in enumerate(self.stages) if stage.pipeline == pipeline]
        loose = [index for index in here if index in self.loose]
        self._guess_chances(loose)
        ordered = sorted(
            (index for index in here if index not in self.loose and self.stages[index].kind == "open"),
            key=lambda index: self.stages[index].position,
        )
        numbers = {index: number for index in loose if (number := self._number(index)) is not None}
        are_numbered = len(numbers) == len(loose)
        for index in sorted(
            loose,
            key=lambda index: (
                numbers[index] if are_numbered else 0,
                self.stages[index].probability,
                self._rank(index),
            ),
        ):
            after = [place for place, other in enumerate(ordered, 1) if self._precedes(other, index)]
            ordered.insert(max(after, default=0), index)
        closed = [stage.position for index in here if (stage := self.stages[index]).kind != "open"]
        self._spread(ordered, min(closed, default=_CLOSED_FROM))

    def _spread(self, ordered: list[int], end: int) -> None:
        """Positions for the loose stages, evenly between the fixed ones around them."""
        fixed = [place for place, index in enumerate(ordered) if index not in self.loose]
        bounds = [(-1, 0), *((place, self.stages[ordered[place]].position) for place in fixed)]
        following = [*bounds[1:], (len(ordered), end)]
        for (left, low), (right, bound) in zip(bounds, following, strict=True):
            gap = right - left
            high = min(bound, low + gap * SPACING) if right == len(ordered) else bound
            for step in range(1, gap):
                index = ordered[left + step]
                self.stages[index] = replace(self.stages[index], position=low + (high - low) * step // gap)

    def _precedes(self, known: int, new: int) -> bool:
        """Whether a stage stands before a new one: in the CRM's own order, else by likelihood."""
        numbers = self._number(known), self._number(new)
        if numbers[0] is not None and numbers[1] is not None:
            return numbers[0] < numbers[1]
        own = len(self.standards)
        ranks = self._rank(known), self._rank(new)
        if max(ranks) < own:
            return ranks[0] < ranks[1]
        return self.stages[known].probability <= self.stages[new].probability

    def _number(self, index: int) -> int | None:
        """The number that a stage's name begins with."""
        match = _NUMBERED.match(self.stages[index].name)
        return int(match[1]) if match else None

    def _rank(self, index: int) -> int:
        """Place in the CRM's own order; behind all of it for a stage that is not in it."""
        rank, chance = _standard(self.standards, self.stages[index].name)
        return rank if chance is not None else len(self.standards)

    def _guess_chances(self, loose: list[int]) -> None:
        """Likelihoods that nobody gives: by the number in the name or by appearance, spread evenly."""
        unknown = [index for index in loose if self.loose[index] is None]
        unknown.sort(key=lambda index: (99 if (number := self._number(index)) is None else number, index))
        for place, index in enumerate(unknown, 1):
            self.stages[index] = replace(self.stages[index], probability=round(place / (len(unknown) + 1), 2))


def _most_frequent(chances: Counter[float]) -> float | None:
    return chances.most_common(1)[0][0] if chances else None


def _standard(stages: Sequence[Standard], name: str) -> tuple[int, float | None]:
    """Rank and probability of a stage among those that a CRM comes with."""
    wanted = {fold(name), stage_key(name)}
    for rank, stage in enumerate(stages):
        if not wanted.isdisjoint(map(fold, stage.names)):
            return rank, stage.probability
    return 0, None


def _anybodys(name: str) -> float | None:
    """The probability of a stage that some other CRM comes with."""
    return next(
        (chance for preset in PRESETS.values() if (chance := _standard(preset.stages, name)[1]) is not None),
        None,
    )
