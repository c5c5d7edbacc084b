"""A store with a small pipeline, and the command line to ask it with."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipetui.cli.commands import build
from pipetui.cli.context import Globals
from pipetui.store.batches import batch
from pipetui.store.creating import NewDeal
from pipetui.store.engine import Store

HOSTILE = "Q3 [Renewal] [/] \x1b]0;owned\x07\u202e 👩‍👩‍👧 日本語"
IMPORTED = datetime(2026, 11, 20, 8, 0)
MAPPED = (
    *("name", "account", "owner", "amount", "close_date"),
    *("next_step", "next_step_date", "last_activity", "last_stage_change"),
)

Cli = Callable[..., Result]


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """Four stages of the built-in playbook, six deals, one missing."""
    path = tmp_path / "pipe.db"
    with Store.open(path) as store, batch(store, kind="import", by="claire", at=IMPORTED) as writer:
        source = writer.source_id(
            "crm", preset="generic", signature="x", mapping={field: field.title() for field in MAPPED}
        )
        stages = {
            name: writer.stage_id("Sales", name, kind=kind, position=place, probability=probability)
            for name, kind, place, probability in [
                ("Discovery", "open", 200, 0.25),
                ("Démo", "open", 300, 0.4),
                ("Closed Won", "won", 700, 1.0),
                ("Closed Lost", "lost", 800, 0.0),
            ]
        }
        deals: list[dict[str, Any]] = [
            {
                "name": "Portail fournisseurs",
                "account": "Nordimat",
                "owner": "Claire Dubois",
                "stage_id": stages["Démo"],
                "amount": 61725,
                "close_date": date(2026, 11, 19),
                "last_stage_change": date(2026, 10, 22),
                "next_step": "relancer",
                "next_step_date": date(2026, 12, 1),
                "crm_category": "commit",
            },
            {
                "name": HOSTILE,
                "account": "=SUM(A1)",
                "owner": "Marc",
                "stage_id": stages["Démo"],
                "amount": 61725,
                "next_step": "call",
                "next_step_date": date(2026, 11, 30),
            },
            {"name": "Unpriced", "account": "Lens", "owner": "Marc", "stage_id": stages["Discovery"]},
            {
                "name": "Dollars",
                "owner": "Marc",
                "stage_id": stages["Discovery"],
                "amount": 100_00,
                "currency": "USD",
                "next_step": "x y",
                "next_step_date": date(2026, 12, 1),
            },
            {
                "name": "Won now",
                "owner": "Marc",
                "stage_id": stages["Closed Won"],
                "status": "won",
                "amount": 46_000_00,
                "closed_on": date(2026, 11, 2),
            },
            {
                "name": "Won before",
                "owner": "Marc",
                "stage_id": stages["Closed Won"],
                "status": "won",
                "amount": 1_00,
                "closed_on": date(2026, 9, 30),
            },
            {
                "name": "Gone",
                "owner": "Marc",
                "stage_id": stages["Démo"],
                "amount": 5_00,
                "missing_since": date(2026, 11, 20),
                "close_date": date(2026, 1, 1),
            },
        ]
        writer.create(
            [
                NewDeal(source, f"k{n}", f"006-{n}", {"currency": "EUR", **state})
                for n, state in enumerate(deals)
            ]
        )
    return path


@pytest.fixture
def opened() -> list[tuple[Globals, bool, bool]]:
    """How the app was opened: settings, demo, mouse."""
    return []


@pytest.fixture
def cli(store_path: Path, opened: list[tuple[Globals, bool, bool]]) -> Cli:
    """Runs a command line on that store."""

    def open_app(settings: Globals, *, demo: bool, mouse: bool) -> None:
        opened.append((settings, demo, mouse))

    def run(*arguments: str, **options: Any) -> Result:
        return CliRunner().invoke(build(open_app), ["--db", str(store_path), *arguments], **options)

    return run
