"""`pipetui trends`: the keys, the text in both languages, and what it says where there is too little."""

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipetui import language
from pipetui.cli.commands import build
from pipetui.deals.clock import Clock
from pipetui.exchange import demo
from pipetui.store.batches import batch
from pipetui.store.creating import NewDeal
from pipetui.store.engine import Store

SAMPLE = Path(__file__).parents[2] / "sample_data"
TODAY = date(2026, 11, 22)
KEYS = {
    "win_rate": {"value", "n", "won", "lost"},
    "average_won": {"value", "median", "n"},
    "cycle_days": {"won", "lost"},
    "velocity": {"value", "n", "win_rate", "average_won", "cycle_days"},
    "deals": {"open", "won", "lost", "unpriced_open"},
}
ROWS = {
    "conversion": {"stage", "entered", "moved_on", "died", "open", "rate", "n", "reason"},
    "time_in_stage": {"stage", "median_days", "n", "censored"},
    "by_owner": {"owner", "won", "lost", "win_rate", "won_amount"},
    "by_period": {"period", "won", "lost", "won_amount"},
    "diagnosis": {"rule", "text", "evidence"},
}


def ask(path: Path, *arguments: str, lang: str = "en") -> Result:
    book = ["--playbook", str(SAMPLE / "playbook.toml")] if path.name == "demo.db" else []
    before = ["--db", str(path), "--today", str(TODAY), "--lang", lang, *book]
    language.use(lang)  # as `cli.main.run` does before the commands are built
    return CliRunner().invoke(build(lambda *_a, **_k: None), [*before, *arguments])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "demo.db"
    demo.build(path, Clock(None, TODAY))
    return path


@pytest.fixture(scope="module")
def told(sample: Path) -> Any:
    result = ask(sample, "trends", "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six wins, three losses, three open deals, with all that a rate could be made of."""
    path = tmp_path_factory.mktemp("twelve") / "twelve.db"
    at = datetime(2026, 11, 20, 9)
    with Store.open(path) as store, batch(store, kind="import", by="ann", at=at, as_of=at) as writer:
        source = writer.source_id("crm", preset="generic", signature="x", mapping={"name": "Name"})
        ids = {
            kind: writer.stage_id("Sales", name, kind=kind, position=place, probability=0.5)
            for place, (name, kind) in enumerate([("Demo", "open"), ("Won", "won"), ("Lost", "lost")])
        }
        kinds = ["won"] * 6 + ["lost"] * 3 + ["open"] * 3
        writer.create(
            [
                NewDeal(
                    source,
                    str(n),
                    str(n),
                    {
                        "name": f"Deal {n}",
                        "stage_id": ids[kind],
                        "status": kind,
                        "amount": 1_000_00,
                        "currency": "EUR",
                        "owner": "Ann",
                        "created": TODAY - timedelta(days=100),
                        **({} if kind == "open" else {"closed_on": TODAY - timedelta(days=n + 1)}),
                    },
                )
                for n, kind in enumerate(kinds)
            ]
        )
    return path


def rates(value: Any) -> list[Any]:
    """Whatever is called a rate, however deep."""
    if isinstance(value, list):
        return [its for one in value for its in rates(one)]
    if isinstance(value, dict):
        found = [
            its for key, its in value.items() if key in ("rate", "win_rate") and not isinstance(its, dict)
        ]
        return found + [its for one in value.values() for its in rates(one)]
    return []


def test_the_keys(told: Any) -> None:
    assert {"as_of", "from", "to", "currency", *KEYS, *ROWS} <= set(told)
    assert all(wanted <= set(told[key]) for key, wanted in KEYS.items())
    assert all(wanted <= set(row) for key, wanted in ROWS.items() for row in told[key])
    assert (told["as_of"], told["from"], told["to"]) == ("2026-11-22", "2025-11-23", "2026-11-22")
    assert {"median", "mean", "p75", "n"} <= set(told["cycle_days"]["won"])


def test_the_diagnosis_names_the_storys_problems_and_nothing_else(told: Any) -> None:
    """The demo stage, the swollen pipeline, the thin future, and that creation has thinned out."""
    found = {its["rule"]: its for its in told["diagnosis"]}
    assert set(found) == {"demo", "inflated", "fragile", "creation"}
    demo_ = found["demo"]
    assert demo_["evidence"]["stage"] == "Démo"
    assert demo_["evidence"]["loss"] == pytest.approx(0.5, abs=0.03)
    assert demo_["evidence"]["before"] == pytest.approx(0.23, abs=0.03)
    assert demo_["evidence"]["undecided"] / demo_["evidence"]["told"] == pytest.approx(2 / 3, abs=0.05)
    assert found["inflated"]["evidence"]["share"] == pytest.approx(0.43, abs=0.02)
    assert found["fragile"]["evidence"]["next"] == "2027-Q1"
    assert found["fragile"]["evidence"]["coverage"] < 2
    assert found["fragile"]["evidence"]["target"] == pytest.approx(4, abs=0.2)
    assert all(its["text"] and its["evidence"]["text"] and its["try"] for its in told["diagnosis"])


def test_parts_sum_to_the_whole(told: Any) -> None:
    for key in ("by_owner", "by_period"):
        assert sum(row["won"] for row in told[key]) == told["win_rate"]["won"]
        assert sum(row["lost"] for row in told[key]) == told["win_rate"]["lost"]
    assert sum(row["won_amount"] for row in told["by_owner"]) == sum(
        row["won_amount"] for row in told["by_period"]
    )


@pytest.mark.parametrize(("option", "name"), [("--owner", "claire dubois"), ("--team", "Ouest")])
def test_a_scope(sample: Path, told: Any, option: str, name: str) -> None:
    its = json.loads(ask(sample, "trends", option, name, "--json").stdout)
    assert 0 < its["win_rate"]["n"] < told["win_rate"]["n"]
    assert 0 < its["conversion"][0]["entered"] < told["conversion"][0]["entered"]


@pytest.mark.parametrize("lang", language.LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_text_fits(sample: Path, lang: str, width: int) -> None:
    result = ask(sample, "trends", "--width", str(width), lang=lang)
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert "%(" not in result.stdout
    assert all(len(line) <= width for line in lines)
    assert any("⠤" in line for line in lines)
    assert any("▲" in line for line in lines)


def test_ascii_where_there_is_nothing_else(sample: Path) -> None:
    options = ["--db", str(sample), "--today", str(TODAY), "--playbook", str(SAMPLE / "playbook.toml")]
    done = subprocess.run(
        [sys.executable, "-m", "pipetui", *options, "trends", "--width", "80"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        cwd=SAMPLE.parent,
    )
    lines = done.stdout.decode("ascii").splitlines()
    assert any("****" in line for line in lines)
    assert any("####" in line for line in lines)
    assert any(line.startswith("! ") for line in lines)


def test_twelve_deals_have_no_rate_but_a_list_of_what_is_missing(twelve: Path) -> None:
    its = json.loads(ask(twelve, "trends", "--json").stdout)
    assert its["deals"] == {"open": 3, "won": 6, "lost": 3, "unpriced_open": 0}
    assert its["diagnosis"] == []
    assert its["win_rate"]["value"] is None
    assert its["win_rate"]["reason"] == "not enough: 9 of 20"
    assert its["velocity"]["value"] is None
    assert its["velocity"]["reason"] == "not enough: 9 of 20 closed deals"
    assert rates(its)
    assert [rate for rate in rates(its) if rate is not None] == []
    text = ask(twelve, "trends").stdout
    assert "too little data for a diagnosis" in text
    assert "9 closed deals, 20 are needed for a win rate" in text
    assert "3 open deals of a known age, 20 are needed" in text
    assert "win rate: not enough: 9 of 20" in text
    assert "%" not in text


def test_an_empty_store(tmp_path: Path) -> None:
    assert ask(tmp_path / "empty.db", "trends").exit_code == 0
    its = json.loads(ask(tmp_path / "empty.db", "trends", "--json").stdout)
    assert its["win_rate"]["n"] == 0
    assert its["average_won"]["value"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "2026-12-01", "--to", "2026-11-01"], "--from lies after --to"),
        (["--from", "yesterday"], "is no day"),
        (["--owner", "Nobody at all"], "no owner"),
    ],
)
def test_misuse_is_one_sentence(sample: Path, arguments: list[str], said: str) -> None:
    result = ask(sample, "trends", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_rule_can_be_switched_off(sample: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    text = (SAMPLE / "playbook.toml").read_text(encoding="utf-8")
    book.write_text(f'{text}\n[diagnosis]\noff = ["demo", "inflated"]\n', encoding="utf-8")
    language.use("en")
    options = ["--db", str(sample), "--today", str(TODAY), "--playbook", str(book)]
    result = CliRunner().invoke(build(lambda *_a, **_k: None), [*options, "trends", "--json"])
    assert {its["rule"] for its in json.loads(result.stdout)["diagnosis"]} == {"fragile", "creation"}
    book.write_text(f'{text}\n[diagnosis]\noff = ["weather"]\n', encoding="utf-8")
    result = CliRunner().invoke(build(lambda *_a, **_k: None), [*options, "trends", "--json"])
    assert result.exit_code == 1
    assert "weather" in result.stderr
    assert "sandbagging" in result.stderr
