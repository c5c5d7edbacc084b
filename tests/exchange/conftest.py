"""A store, the built-in playbook, and a way to import a few lines."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipetui.deals.clock import Clock
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.report import ImportReport
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.loading import load
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store

TODAY = date(2026, 11, 22)

Import = Callable[..., ImportReport]


@pytest.fixture
def clock() -> Clock:
    return Clock(fixed=TODAY)


@pytest.fixture
def playbook() -> Playbook:
    return load(None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "pipe.db") as opened:
        yield opened


@pytest.fixture
def bring(store: Store, playbook: Playbook, clock: Clock, tmp_path: Path) -> Import:
    """Imports a file, or lines written into one."""

    def run(content: str | bytes | Path, *, name: str = "deals.csv", **options: Any) -> ImportReport:
        path = content
        if not isinstance(path, Path):
            path = tmp_path / name
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        writing = ("by", "dry_run", "rejects", "progress")
        how = {name: options.pop(name) for name in writing if name in options}
        report = run_import(store, playbook, clock, [path], Options(**options), **{"by": "claire", **how})
        assert report.adds_up()
        return report

    return run
