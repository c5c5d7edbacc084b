"""The sample's 26 weeks replayed, with a frozen call each: the sandbagger and the slipper of its story show.

What is expected is worked out from the weekly files alone.
"""

import csv
import json
from collections import defaultdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipetui.cli.commands import build
from pipetui.deals.clock import Clock
from pipetui.deals.edits import BeginCall, Freeze, SetNumber
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.run import run_import
from pipetui.pipeline.looking import look
from pipetui.pipeline.outlook import begin, period_of_name
from pipetui.pipeline.outlook_calls import packed, snapshot_of
from pipetui.playbook.loading import load
from pipetui.store.calls import read_call
from pipetui.store.engine import Store
from pipetui.store.writing import apply

SAMPLE = Path(__file__).parents[2] / "sample_data"
EXPORTS = sorted((SAMPLE / "exports").glob("*.csv"))
SANDBAGGER, SLIPPER = "Antoine Rousseau", "Julien Moreau"
BY = "nora"


def day_of(path: Path) -> date:
    return date.fromisoformat(path.stem[-10:])


def quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What `calls --json` says after half a year of weekly imports and calls on the current quarter."""
    path, book = tmp_path_factory.mktemp("weeks") / "weeks.db", load(SAMPLE / "playbook.toml")
    with Store.open(path) as store:
        for export in EXPORTS:
            day = day_of(export)
            at = datetime(day.year, day.month, day.day, 9)
            run_import(store, book, Clock(None, day), [export], Options(), by=BY)
            pipeline = look(store, book, day)
            period = period_of_name(None, pipeline)
            call_id = apply(store, [BeginCall(period.name)], by=BY, at=at, playbook=book).call_id
            assert call_id is not None
            found = begin(store, pipeline, period)
            number = SetNumber(call_id, 0, found.figures.landing)
            apply(store, [number], by=BY, at=at, playbook=book)
            opened = read_call(store, call_id)
            assert opened is not None
            snapshot = snapshot_of(opened, found, pipeline, at=at, by=BY)
            apply(store, [Freeze(call_id, packed(snapshot))], by=BY, at=at, playbook=book)
    options = ["--db", str(path), "--playbook", str(SAMPLE / "playbook.toml"), "--today", str(day)]
    result = CliRunner().invoke(build(lambda *_a, **_k: None), [*options, "calls", "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def rows(path: Path) -> list[dict[str, Any]]:
    """Owner, stage, category and close date of the dated deals in an export; the rest are no commits."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {
                "id": row["ID de l'opportunité"],
                "owner": row["Propriétaire de l'opportunité"],
                "stage": row["Étape"],
                "commit": row["Catégorie de prévision"] == "Commit",
                "close": datetime.strptime(row["Date de clôture"], "%d/%m/%Y").date(),
            }
            for row in csv.DictReader(file, delimiter=";")
            if row["Date de clôture"]
        ]


def expected() -> dict[str, dict[str, int]]:
    """Of the quarters that have ended, by owner: commits of any week, and what became of them by the last."""
    last: dict[str, dict[str, Any]] = {}
    commits: dict[tuple[str, tuple[int, int]], str] = {}
    this = quarter(day_of(EXPORTS[-1]))
    for export in EXPORTS:
        now = quarter(day_of(export))
        for row in rows(export):
            last[row["id"]] = row
            is_open = row["stage"] not in ("Gagnée", "Perdue")
            if now != this and is_open and row["commit"] and quarter(row["close"]) == now:
                commits[row["id"], now] = row["owner"]
    counts: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("n", "won", "slipped", "lost"), 0))
    for (id_, period), owner in commits.items():
        its = counts[owner]
        its["n"] += 1
        if quarter(last[id_]["close"]) > period:
            its["slipped"] += 1
        elif last[id_]["stage"] in ("Gagnée", "Perdue"):
            its["won" if last[id_]["stage"] == "Gagnée" else "lost"] += 1
    return counts


def test_every_week_has_its_call(told: Any) -> None:
    assert [its["frozen_at"][:10] for its in told["calls"]] == [str(day_of(export)) for export in EXPORTS]
    assert told["calls"][-1]["matches"] is True
    assert told["calls"][0]["matches"] is False


def test_the_commits_are_those_of_the_files(told: Any) -> None:
    wanted = expected()
    found = {its["owner"]: its for its in told["by_owner"] if its["n"]}
    assert set(found) == set(wanted)
    for owner, its in wanted.items():
        rate = its["won"] / its["n"] if its["n"] >= 5 else None
        assert found[owner]["commit_conversion"] == (None if rate is None else pytest.approx(rate))
        assert {key: found[owner][key] for key in ("n", "slipped", "lost")} == {
            key: its[key] for key in ("n", "slipped", "lost")
        }


def test_the_story_shows(told: Any) -> None:
    by_owner = {its["owner"]: its for its in told["by_owner"]}
    sandbagger, slipper = by_owner[SANDBAGGER], by_owner[SLIPPER]
    assert sandbagger["commit_conversion"] > 0.95
    assert slipper["commit_conversion"] < 0.75
    assert slipper["slipped"] > slipper["n"] / 2
    assert slipper["slipped"] == max(its["slipped"] for its in by_owner.values())
