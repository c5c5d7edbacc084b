"""What a store says of its deals, without ids: two stores that know the same compare as equal."""

from collections.abc import Callable
from typing import Any

from pipetui.deals.fields import CREATED, decode_state
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from pipetui.store.rows import read_events

Told = tuple[Any, ...]


def present(store: Store) -> dict[str, Told]:
    """Key of a deal → its row, with the stage by name."""
    stages = _stages(store)
    with store.reading() as run:
        keys = dict(run("SELECT id, key FROM deal WHERE NOT archived", {}))
    return {
        keys[deal.id]: deal._replace(id=0, version=0, source=0, stage_id=stages(deal.stage_id))  # type: ignore[arg-type]
        for deal in read_board(store).deals
    }


def effective(store: Store) -> dict[str, list[Told]]:
    """Key of a deal → the events that count: moment, field, old, new, origin; stages by name."""
    stages = _stages(store)
    found: dict[str, list[Told]] = {}
    with store.reading() as run:
        keys = dict(run("SELECT id, key FROM deal WHERE NOT archived", {}))
        for event in read_events(run, keys):
            old: Any = event.old
            new: Any = event.new
            if event.field == CREATED:
                state = decode_state(event.new or "{}")
                new = sorted({**state, "stage_id": stages(state.get("stage_id"))}.items())
            elif event.field == "stage_id":
                old, new = stages(old), stages(new)
            found.setdefault(keys[event.deal_id], []).append((event.at, event.field, old, new, event.origin))
    return {key: sorted(events, key=repr) for key, events in found.items()}


def _stages(store: Store) -> Callable[[Any], str]:
    names = {str(stage.id): stage.name for stage in read_board(store).stages}
    return lambda id_: "" if id_ is None else names[str(id_)]
