"""The events that follow from what exports said of a deal: the same, in whatever order they were imported."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pipetui.deals.fields import CREATED, FIELDS
from pipetui.exchange.importing.incoming import raised, stated
from pipetui.exchange.importing.sightings import ABSENT, Exports, Sighting


class Derived(NamedTuple):
    """One change of one field at the moment of an export; values as event text."""

    at: datetime
    field: str
    old: str | None
    new: str | None


def derive(sightings: Sequence[Sighting], exports: Exports) -> list[Derived]:
    """What changed from sighting to sighting.

    The first one is the deal's appearance, with all that was known. A deal that is not there any more is
    missing unless it was closed; an export changes nothing that it has no column for.
    """
    events: list[Derived] = []
    state: dict[str, str] = {}
    appeared = False
    for sighting in sightings:
        at = sighting.at
        if sighting.row == ABSENT:
            if appeared and "missing_since" not in state and state.get("status") == "open":
                state["missing_since"] = at.date().isoformat()
                events.append(Derived(at, "missing_since", None, state["missing_since"]))
            continue
        said = sighting.said()
        if not appeared:
            appeared = True
            state = {name: said[name] for name in FIELDS if name in said}
            state["levels"] = stated(said)
            text = json.dumps(state, ensure_ascii=False, separators=(",", ":"))
            events.append(Derived(at, CREATED, None, text))
            continue
        now = {name: said.get(name) for name in exports.heard(sighting, said) if name in FIELDS}
        now |= {"levels": raised(state["levels"], said), "missing_since": None}
        for name in FIELDS:
            if name in now and state.get(name) != now[name]:
                events.append(Derived(at, name, state.pop(name, None), now[name]))
                if (value := now[name]) is not None:
                    state[name] = value
    return events
