"""The events that follow from what exports said of a deal: the same, in whatever order they were imported."""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple

from pipetui.deals.fields import CREATED, FIELDS
from pipetui.deals.qualification import ITEMS
from pipetui.exchange.importing.incoming import raised, stated
from pipetui.exchange.importing.sightings import ABSENT, Exports, Sighting

_PLACE: Final = {name: place for place, name in enumerate(FIELDS)}


class Derived(NamedTuple):
    """One change of one field at the moment of an export; values as event text."""

    at: datetime
    field: str
    old: str | None
    new: str | None


def derive(
    before: Sequence[Sighting], between: Sequence[Sighting], after: Sequence[Sighting], exports: Exports
) -> tuple[list[Derived], list[Derived]]:
    """What changed from sighting to sighting, without those between and with them.

    The first one is the deal's appearance, with all that was known. A deal that is not there any more is
    missing; an export changes nothing that it has no column for.
    """
    without = _Course(exports, [])
    for sighting in before:
        without.follow(sighting)
    within = replace(without, events=without.events.copy(), state=without.state.copy())
    for sighting in between:
        within.follow(sighting)
    for place, sighting in enumerate(after):
        if within.stands_like(without):
            told = len(without.events)
            for later in after[place:]:
                without.follow(later)
            within.events += without.events[told:]
            break
        without.follow(sighting)
        within.follow(sighting)
    return without.events, within.events


@dataclass(slots=True)
class _Course:
    """Follows a deal from sighting to sighting."""

    exports: Exports
    events: list[Derived]
    state: dict[str, str] = field(default_factory=dict)
    """What is known of the deal; empty until it appeared."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What it was last seen with."""
    heard: frozenset[str] = frozenset()
    """What that export had columns for."""

    def follow(self, sighting: Sighting) -> None:
        """Take the next sighting."""
        if sighting.row == ABSENT:
            self._miss(sighting.at)
            return
        said = sighting.said()
        heard = self.exports.heard(sighting, said)
        if not self.state:
            self.state = {name: said[name] for name in FIELDS if name in said}
            self.state["levels"] = stated(said)
            text = json.dumps(self.state, ensure_ascii=False, separators=(",", ":"))
            self.events.append(Derived(sighting.at, CREATED, None, text))
        else:
            self._change(sighting.at, said, heard)
        self.said, self.heard = said, heard

    def _miss(self, at: datetime) -> None:
        if self.state and "missing_since" not in self.state:
            self.state["missing_since"] = day = at.date().isoformat()
            self.events.append(Derived(at, "missing_since", None, day))

    def _change(self, at: datetime, said: Mapping[str, str], heard: frozenset[str]) -> None:
        state = self.state
        differing: Set[str] = heard
        if heard == self.heard:
            # Of exports with the same columns only what they say differently may have changed.
            differing = {name for name, _text in said.items() ^ self.said.items()}
        now = {name: said.get(name) for name in differing if name in _PLACE}
        if not differing.isdisjoint(ITEMS):
            now["levels"] = raised(state["levels"], said)
        if "missing_since" in state:
            now["missing_since"] = None
        for name in sorted(now, key=_PLACE.__getitem__):
            if state.get(name) != (value := now[name]):
                self.events.append(Derived(at, name, state.pop(name, None), value))
                if value is not None:
                    state[name] = value

    def stands_like(self, other: "_Course") -> bool:
        """Whether the same sightings change both alike."""
        return (self.state, self.said, self.heard) == (other.state, other.said, other.heard)
