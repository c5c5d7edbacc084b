"""Which source an export comes from: last week's again, or one never seen."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

if TYPE_CHECKING:
    from pipetui.store.engine import Run

Answer = TypeVar("Answer")

SAME: Final = 0.3
"""Share of an export's deals that a source must know for the export to be its next one."""


ALIKE: Final = 0.8
"""Share of their labels that two exports must have in common to be read alike."""


class Remembered(NamedTuple):
    """How the columns of a source were read last."""

    name: str
    signature: str
    mapping: Mapping[str, str]
    """Field → column; "" is a field left out."""


class Memory:
    """How the columns of all sources of a store were read last."""

    def __init__(self, sources: Collection[Remembered]) -> None:
        self._sources = sources

    def mapping(self, name: str | None, signature: str) -> Mapping[str, str]:
        """The accepted mapping of the source of that name, else of the one with the likest header."""
        if name is not None:
            return next((source.mapping for source in self._sources if source.name == name), {})
        best = max(self._sources, key=lambda source: _alikeness(source.signature, signature), default=None)
        return best.mapping if best and _alikeness(best.signature, signature) >= ALIKE else {}


def _alikeness(one: str, other: str) -> float:
    ours, theirs = set(one.split("\n")), set(other.split("\n"))
    return len(ours & theirs) / len(ours | theirs)


def recall(run: "Run") -> Memory:
    """How the store's sources were read last."""
    rows = run("SELECT name, signature, mapping FROM import_source ORDER BY id", {})
    return Memory([Remembered(name, signature, json.loads(mapping)) for name, signature, mapping in rows])


def ask_store(location: str, question: "Callable[[Run], Answer]", nothing: Answer) -> Answer:
    """What the store at a path or URL answers; a store that is not there is not made, and answers `nothing`.

    Raises:
        Problem: the store cannot be opened.
    """
    from pipetui.store.engine import Store

    path = Path(location.partition("://")[2][1:] if "://" in location else location).expanduser()
    if not path.is_file():
        return nothing
    with Store.open(location) as store, store.reading() as run:
        return question(run)


@dataclass(slots=True)
class KnownSource:
    """A source of the store, or one that this import adds."""

    name: str
    preset: str
    signature: str
    keys: set[str] = field(default_factory=set)


def known_sources(run: "Run") -> list[KnownSource]:
    """The sources of the store with the keys of their deals."""
    sources = {
        id_: KnownSource(name, preset, signature)
        for id_, name, preset, signature in run(
            "SELECT id, name, preset, signature FROM import_source ORDER BY id", {}
        )
    }
    if sources:
        for source_id, key in run(
            "SELECT source_id, key FROM deal WHERE source_id IS NOT NULL AND NOT archived", {}
        ):
            sources[source_id].keys.add(key)
    return list(sources.values())


def identify(
    known: list[KnownSource], *, wanted: str | None, preset: str, signature: str, keys: Collection[str]
) -> KnownSource:
    """The source of an export: the named one, else the one that knows its deals or header, else a new one.

    The source found is added to `known`, with the export's keys: the next file of this import finds it.
    """
    found = _named(known, wanted) if wanted else _alike(known, preset, signature, keys)
    if found is None:
        found = KnownSource(wanted or _free_name(known, preset), preset, signature)
        known.append(found)
    found.keys.update(keys)
    found.signature = signature
    return found


def _named(known: list[KnownSource], name: str) -> KnownSource | None:
    return next((source for source in known if source.name == name), None)


def _alike(
    known: list[KnownSource], preset: str, signature: str, keys: Collection[str]
) -> KnownSource | None:
    same = [source for source in known if source.preset == preset]
    shared = [(sum(key in source.keys for key in keys), source) for source in same]
    best, source = max(shared, key=lambda pair: pair[0], default=(0, None))
    if best and best >= SAME * len(keys):
        return source
    return next((source for source in same if source.signature == signature), None)


def _free_name(known: list[KnownSource], preset: str) -> str:
    taken = {source.name for source in known}
    name, number = preset, 1
    while name in taken:
        number += 1
        name = f"{preset}-{number}"
    return name
