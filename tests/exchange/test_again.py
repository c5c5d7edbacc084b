"""The very same files once more: known at once, and told as if they had been read and compared again."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipetui.cli.commands import build
from pipetui.exchange.importing import again, candidates, exports
from tests.exchange.test_real_files import DATA

LINES = "Opportunity ID,Opportunity Name,Stage,Amount\n1,A,Demo,100\n2,B,Demo,200\n2,B,Demo,200\n"
Cli = Callable[..., str]


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    def run(*arguments: object) -> str:
        line = ["--db", str(tmp_path / "pipe.db"), *map(str, arguments)]
        result = CliRunner().invoke(build(lambda *_args, **_options: None), line)
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "deals 2026-11-20.csv"
    path.write_text(LINES)
    return path


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows when a table of deals is read."""
    found: list[int] = []

    def counted(*args: Any, **options: Any) -> Any:
        found.append(1)
        return candidates.gather(*args, **options)

    monkeypatch.setattr(exports, "gather", counted)
    return found


def told(text: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(text)
    return report


@pytest.mark.parametrize(
    "files",
    [
        ["salesforce_mashmatrix/Opportunity.csv"],
        ["fivetran_hubspot/deal_data.csv"],
        ["dealintel_transitions"],
        ["salesforce_devorg/Opportunity.csv", "salesforce_devorg/OpportunityHistory.csv"],
    ],
)
def test_what_is_told_is_what_reading_it_again_would_tell(
    cli: Cli, readings: list[int], monkeypatch: pytest.MonkeyPatch, files: list[str]
) -> None:
    line = ["import", *(DATA / file for file in files), "--json"]
    cli(*line)
    read = len(readings)
    quick = told(cli(*line))
    assert len(readings) == read, "nothing is read again"
    monkeypatch.setattr(again, "find_repeat", lambda _run, _mark: None)
    slow = told(cli(*line))
    assert len(readings) > read
    for name in slow:
        if name != "warnings":  # a first import also tells which stages it added
            assert quick[name] == slow[name], name


def test_the_text_says_so(cli: Cli, export: Path) -> None:
    cli("import", export)
    assert cli("import", export).splitlines() == [
        "The very same was imported last (import 1): nothing changes.",
        "3 rows = 0 new + 0 changed + 2 unchanged + 1 skipped + 0 rejected",
    ]


def test_it_is_read_again_when_anything_may_be_different(
    cli: Cli, export: Path, readings: list[int], tmp_path: Path
) -> None:
    def reads(*arguments: object) -> bool:
        before = len(readings)
        cli(*arguments)
        return len(readings) > before

    assert reads("import", export)
    assert not reads("import", export)
    assert reads("import", export, "--currency", "USD")
    assert reads("import", export, "--as-of", "2026-11-21")
    assert reads("import", export), "another import came between"
    assert not reads("--today", "2026-11-23", "import", export), "on another day it says the same"
    other = tmp_path / "other 2026-11-20.csv"
    other.write_text(LINES.replace("100", "101"))
    assert reads("import", other)
    assert not reads("import", other)
    cli("undo", "--yes")
    assert reads("import", other), "it was taken back"
    other.write_text(LINES.replace("100", "102"))
    os.utime(other, (0, 0))
    assert reads("import", other), "the same name, other deals"


def test_a_file_with_rejected_rows_is_read_again(cli: Cli, readings: list[int], tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(LINES.replace("100", "lots"))
    cli("import", path)
    report = told(cli("import", path, "--json"))
    assert (len(readings), len(report["rejects"])) == (2, 1)
