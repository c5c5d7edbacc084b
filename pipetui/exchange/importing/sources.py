"""Which source an export comes from: last week's again, or one never seen."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pipetui.store.engine import Run

SAME: Final = 0.3
"""Share of an export's deals that a source must know for the export to be its next one."""


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
