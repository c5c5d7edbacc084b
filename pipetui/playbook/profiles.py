"""Which profile a pipeline is qualified by, and what of a playbook rests on it."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipetui.deals.text import fold
from pipetui.playbook.models import STANDARD, Criterion, Pipeline, Playbook, Profile, ProfileItem, Stage

_FILE = Path(__file__).with_name("profiles.toml")


class Unknown(NamedTuple):
    """A name in a playbook that nothing in force bears."""

    path: tuple[str | int, ...]
    """Where it stands: keys, and positions in arrays."""
    name: str
    allowed: tuple[str, ...]
    """What may stand there; nothing: the very same stands there already, under another name."""


@cache
def builtin() -> tuple[Profile, ...]:
    """The profiles that come with pipetui. Nothing on the way to the first paint needs them."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))["profiles"]
    return tuple(
        Profile(name=table["name"], items=tuple(ProfileItem(**item) for item in table["items"]))
        for table in tables
    )


def in_force(playbook: Playbook) -> dict[str, Profile]:
    """By folded name, the team's own profiles and the built-in ones."""
    return {fold(profile.name): profile for profile in (*builtin(), *playbook.profiles)}


def profile_of(playbook: Playbook, pipeline: Pipeline | None) -> Profile:
    """The profile of a pipeline; of a pipeline that the playbook does not know, the standard one."""
    return in_force(playbook)[fold(pipeline.qualification if pipeline else STANDARD)]


def titles(playbook: Playbook, pipeline: Pipeline | None) -> dict[str, str]:
    """What the profile of a pipeline calls its items, by key; nothing if it is the built-in standard one."""
    is_standard = pipeline is None or fold(pipeline.qualification) == STANDARD
    if is_standard and not any(fold(profile.name) == STANDARD for profile in playbook.profiles):
        return {}  # on the way to the first paint, where no file is to be read for it
    return {item.key: item.title for item in profile_of(playbook, pipeline).items}


def chosen(playbook: Playbook) -> list[Profile]:
    """The built-in profiles that pipelines have chosen; the standard one is there without being chosen."""
    names = {fold(pipeline.qualification) for pipeline in playbook.pipelines} - {STANDARD}
    own = {fold(profile.name) for profile in playbook.profiles}
    return [profile for profile in builtin() if fold(profile.name) in names - own]


def with_standard_names(playbook: Playbook) -> tuple[Playbook, list[Unknown]]:
    """The playbook with what stages require under the names that levels are kept under, and what is unknown.

    Whatever judges deals then need not know of profiles: MEDDPICC's economic buyer is `decision_makers`.
    """
    unknown: list[Unknown] = []
    profiles = in_force(playbook)
    pipelines = []
    for number, pipeline in enumerate(playbook.pipelines):
        path = ("pipelines", number)
        profile = profiles.get(fold(pipeline.qualification))
        if profile is None:
            names = tuple(its.name.casefold() for its in profiles.values())
            unknown.append(Unknown((*path, "qualification"), pipeline.qualification, names))
            continue
        stages = [
            _renamed(stage, profile, (*path, "stages", index), unknown)
            for index, stage in enumerate(pipeline.stages)
        ]
        pipelines.append(replace(pipeline, stages=tuple(stages)))
    return (playbook if unknown else replace(playbook, pipelines=tuple(pipelines))), unknown


def _renamed(stage: Stage, profile: Profile, path: tuple[str | int, ...], unknown: list[Unknown]) -> Stage:
    allowed = tuple(item.id for item in profile.items)
    requires: dict[str, int] = {}
    for name, level in stage.requires.items():
        item = profile.item(name)
        if item is None or item.key in requires:
            unknown.append(Unknown((*path, "requires", name), name, () if item else allowed))
        else:
            requires[item.key] = level
    criteria: list[Criterion] = []
    for index, criterion in enumerate(stage.exit):
        item = profile.item(criterion.item) if criterion.item is not None else None
        if criterion.item is not None and item is None:
            unknown.append(Unknown((*path, "exit", index, "item"), criterion.item, allowed))
        criteria.append(replace(criterion, item=item.key) if item else criterion)
    return replace(stage, requires=requires, exit=tuple(criteria))
