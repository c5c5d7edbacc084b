"""The demo's store: the sample data through the ordinary import, with its dates moved to this week.

The newest export shows a Monday morning. Every date in the files is moved by the same number of whole weeks,
so that this Monday is the one of the current week and weekdays stay what they are; the quotas move by as many
quarters and months. Only copies are changed. The store is kept until the week, the sample data or the store's
schema is another.
"""

import hashlib
import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipetui import __version__, resources
from pipetui.deals.clock import Clock
from pipetui.store import paths
from pipetui.store.engine import Store
from pipetui.store.schema import HEAD

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook, Quota

Progress = Callable[[float], None]
"""Called with the share done, 0–1."""

BY = "demo"
"""Who imports the sample data: nobody's own edit, so that undo stops before it."""

_DATE = re.compile(r"(?<!\d)(?:(\d\d)/(\d\d)/(\d{4})|(\d{4})-(\d\d)-(\d\d))(?!\d)")


def open_demo(clock: Clock, progress: Progress | None = None) -> Store:
    """The demo's store, open. Raises `Problem` like any store."""
    return Store.open(prepare(clock, progress))


def prepare(clock: Clock, progress: Progress | None = None) -> Path:
    """Make the demo's store if it is not there or not of this week; its path."""
    path = paths.demo_store()
    stamp = path.with_suffix(".json")
    wanted = _stamp(clock)
    if not path.exists() or _read(stamp) != wanted:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix="demo-", dir=path.parent) as folder:
            made = Path(folder) / path.name
            build(made, clock, progress)
            stamp.unlink(missing_ok=True)
            for leftover in ("-wal", "-shm"):
                path.with_name(path.name + leftover).unlink(missing_ok=True)
            made.replace(path)
        stamp.write_text(json.dumps(wanted), encoding="utf-8")
    return path


def build(path: Path, clock: Clock, progress: Progress | None = None) -> None:
    """Import the newest export of each source, older closed deals and the stage history into a new store."""
    from pipetui.exchange.importing.options import Options
    from pipetui.exchange.importing.run import run_import

    sample, last = resources.sample_data(), _last_export()
    shift = _shift(clock)
    with tempfile.TemporaryDirectory() as folder, Store.open(path) as store:

        def moved(name: str) -> Path:
            text = (sample / name).read_text(encoding="utf-8")
            copy = Path(folder) / Path(name).name.replace(str(last), str(last + shift))
            copy.write_text(_DATE.sub(lambda found: _moved(found.group(), shift), text), encoding="utf-8")
            return copy

        newest = f"exports/opportunites_{last}.csv"
        deals = (f"archive_{last}.csv", newest, f"hubspot_{last}.csv", f"pipedrive_{last}.csv")
        run_import(
            store,
            playbook(clock),
            clock,
            [moved(name) for name in deals],
            Options(history=[moved(f"historique_{last}.csv")]),
            by=BY,
            progress=progress,
        )


def playbook(clock: Clock) -> "Playbook":
    """The sample firm's playbook, its quotas moved like the dates of the demo."""
    from pipetui.playbook.loading import load

    found = load(resources.sample_data() / "playbook.toml")
    now, then = clock.today(), clock.today() - _shift(clock)
    months = (now.year - then.year) * 12 + now.month - then.month
    quarters = (now.year - then.year) * 4 + (now.month - 1) // 3 - (then.month - 1) // 3
    quotas = tuple(_moved_quota(quota, months, quarters) for quota in found.quotas)
    return replace(found, quotas=quotas)


def _moved_quota(quota: "Quota", months: int, quarters: int) -> "Quota":
    year, _dash, part = quota.period.partition("-")
    if part.startswith("Q"):
        index = int(year) * 4 + int(part[1:]) - 1 + quarters
        period = f"{index // 4}-Q{index % 4 + 1}"
    else:
        index = int(year) * 12 + int(part) - 1 + months
        period = f"{index // 12}-{index % 12 + 1:02}"
    return replace(quota, period=period)


def _shift(clock: Clock) -> timedelta:
    """From the newest export's Monday to this week's."""
    today = clock.today()
    return today - timedelta(days=today.weekday()) - _last_export()


@lru_cache(maxsize=1)
def _last_export() -> date:
    newest = max(path.stem for path in (resources.sample_data() / "exports").glob("*.csv"))
    return date.fromisoformat(newest[-10:])


@lru_cache(maxsize=8_192)
def _moved(text: str, shift: timedelta) -> str:
    """A date as a CRM wrote it, later by `shift`, written the same way."""
    if "/" in text:
        day, month, year = map(int, text.split("/"))
        return (date(year, month, day) + shift).strftime("%d/%m/%Y")
    return str(date.fromisoformat(text) + shift)


def _stamp(clock: Clock) -> dict[str, str]:
    """What the demo's store depends on."""
    last = _last_export()
    files = [*sorted(resources.sample_data().glob("*.csv")), resources.sample_data() / "playbook.toml"]
    files.append(resources.sample_data() / "exports" / f"opportunites_{last}.csv")
    digest = hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=16).hexdigest()
    return {"monday": str(last + _shift(clock)), "sample": digest, "schema": HEAD, "version": __version__}


def _read(stamp: Path) -> object:
    try:
        return json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
