"""What was learned, kept between two starts in the machine's cache folder. Losing it loses a second."""

import json
import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from pipetui.pipeline.learning import Learned
from pipetui.signals.history import History, Push, Step
from pipetui.signals.rhythm import Pace, Rhythm
from pipetui.store.paths import cache_dir

FORM: Final = 1
"""The form of the file; another one is not read."""
_LARGEST: Final = 50_000_000
"""Bytes; a larger file is none of ours."""


def keep(store: Path, learned: Learned) -> None:
    """Write down what was learned of a store. A folder that cannot be written bothers nobody."""
    path = _file(store)
    draft = path.with_suffix(f".{os.getpid()}")
    text = json.dumps({"form": FORM, "store": str(store), **_packed(learned)}, separators=(",", ":"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def recall(store: Path) -> Learned | None:
    """What was learned of a store before; nothing if the file is not there, not ours, or spoilt."""
    path = _file(store)
    try:
        if path.stat().st_size > _LARGEST:
            return None
        kept = json.loads(path.read_text(encoding="utf-8"))
        return _unpacked(kept) if (kept["form"], kept["store"]) == (FORM, str(store)) else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _file(store: Path) -> Path:
    return cache_dir() / f"learned-{crc32(os.fsencode(store)):08x}.json"


def _packed(learned: Learned) -> dict[str, Any]:
    rhythm, steps, pushes = learned.history
    return {
        "revision": learned.revision,
        "batch_at": learned.batch_at,
        "today": learned.today.isoformat(),
        "stages": learned.stages,
        "push_limit": learned.push_limit,
        "paces": rhythm.stages,
        "won": rhythm.won,
        "cycle": rhythm.cycle,
        "steps": {id_: [(step.until.toordinal(), step.amount) for step in its] for id_, its in steps.items()},
        "pushes": {id_: [[day.toordinal() for day in push] for push in its] for id_, its in pushes.items()},
    }


def _unpacked(kept: dict[str, Any]) -> Learned:
    day = date.fromordinal
    return Learned(
        revision=int(kept["revision"]),
        batch_at=str(kept["batch_at"]),
        today=date.fromisoformat(kept["today"]),
        stages=tuple(tuple(place) for place in kept["stages"]),
        push_limit=int(kept["push_limit"]),
        history=History(
            Rhythm(
                {int(id_): Pace(*map(_figure, pace)) for id_, pace in kept["paces"].items()},  # type: ignore[arg-type]
                int(kept["won"]),
                _figure(kept["cycle"]),
            ),
            {
                int(id_): tuple(Step(day(until), int(amount)) for until, amount in its)
                for id_, its in kept["steps"].items()
            },
            {int(id_): tuple(Push(*map(day, days)) for days in its) for id_, its in kept["pushes"].items()},
        ),
    )


def _figure(value: object) -> float | None:
    if value is None or isinstance(value, (int, float)):
        return value
    raise TypeError(type(value))
