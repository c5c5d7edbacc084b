"""`pipetui flow`: the sample's weekly exports against a comparison of the files themselves."""

import csv
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipetui import language
from pipetui.cli.commands import build
from pipetui.deals.clock import Clock
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.loading import load
from pipetui.store.engine import Store

SAMPLE = Path(__file__).parents[2] / "sample_data"
EXPORTS = sorted((SAMPLE / "exports").glob("*.csv"))[-4:]
BARS = ("new", "pulled_in", "increased", "decreased", "pushed", "lost", "won", "other")
QUARTER = ("2026-10-01", "2026-12-31")


def day_of(path: Path) -> str:
    return path.stem[-10:]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, book = tmp_path_factory.mktemp("weeks") / "weeks.db", load(SAMPLE / "playbook.toml")
    with Store.open(path) as store:
        for export in EXPORTS:
            run_import(
                store, book, Clock(None, date.fromisoformat(day_of(export))), [export], Options(), by="nora"
            )
    return path


def ask(path: Path, *arguments: str, lang: str = "en") -> Result:
    language.use(lang)
    options = ["--db", str(path), "--playbook", str(SAMPLE / "playbook.toml"), "--lang", lang]
    return CliRunner().invoke(
        build(lambda *_a, **_k: None), [*options, "--today", day_of(EXPORTS[-1]), "flow", *arguments]
    )


def told(path: Path, *arguments: str) -> Any:
    result = ask(path, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def rows(path: Path) -> dict[str, tuple[str, int, str]]:
    """By id, what a weekly file says: open, won or lost; cents; close date."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["ID de l'opportunité"]: (
                {"Gagnée": "won", "Perdue": "lost"}.get(row["Étape"], "open"),
                round(100 * float(row["Montant"].replace(",", ".") or 0)),
                str(datetime.strptime(row["Date de clôture"], "%d/%m/%Y").date())
                if row["Date de clôture"]
                else "",
            )
            for row in csv.DictReader(file, delimiter=";")
            if row["Étape"]
        }


def compared(before: dict[str, Any], after: dict[str, Any], first: str, last: str) -> Counter[str]:
    """The bars of open deals due between two days, from two files."""
    found: Counter[str] = Counter()
    for id_ in before.keys() | after.keys():
        then, now = before.get(id_, ("", 0, "")), after.get(id_, ("gone", 0, ""))
        was_in = then[0] == "open" and first <= then[2] <= last
        is_in = now[0] == "open" and first <= now[2] <= last
        found["start"] += then[1] * was_in
        found["end"] += now[1] * is_in
        if was_in and is_in:
            found["increased"] += max(0, now[1] - then[1])
            found["decreased"] += max(0, then[1] - now[1])
        elif was_in:
            found[{"open": "pushed", "gone": "other"}.get(now[0], now[0])] += then[1]
        elif is_in:
            found["pulled_in" if then[0] == "open" else "new"] += now[1]
        elif now[0] == "won" and first <= now[2] <= last and then[0] != "won":
            found["pulled_in" if then[0] == "open" else "new"] += now[1]
            found["won"] += now[1]
        elif now[0] == "lost" and first <= now[2] <= last and not then[0]:
            found["new"] += now[1]
            found["lost"] += now[1]
    return found


@pytest.mark.parametrize("span", [1, 2, 3])
def test_the_bars_are_what_the_files_say(weeks: Path, span: int) -> None:
    first, last = EXPORTS[-1 - span], EXPORTS[-1]
    its = told(weeks, "--from", day_of(first), "--to", day_of(last), "--period", "2026-Q4")
    expected = compared(rows(first), rows(last), *QUARTER)
    found = {key: round(100 * its[key]) for key in ("start", *BARS, "end")}
    assert found == {key: expected[key] for key in found}
    assert its["balanced"] is True
    assert expected["lost"] > 0


def test_each_bar_is_its_deals(weeks: Path) -> None:
    its = told(weeks, "--from", day_of(EXPORTS[0]), "--period", "2026-11")
    sums: Counter[str] = Counter()
    for part in its["deals"]:
        assert {"deal", "name", "owner", "bar", "amount"} <= set(part)
        sums[part["bar"]] += round(100 * part["amount"])
    assert {bar: round(100 * its[bar]) for bar in BARS} == {bar: sums[bar] for bar in BARS}


def test_without_a_period_nothing_is_pulled_or_pushed(weeks: Path) -> None:
    its = told(weeks, "--from", day_of(EXPORTS[0]))
    assert (its["pulled_in"], its["pushed"], its["period"], its["balanced"]) == (0, 0, None, True)
    assert its["to"] == day_of(EXPORTS[-1])


def test_before_the_first_export_there_was_nothing_known_and_nothing_new(weeks: Path) -> None:
    its = told(weeks, "--from", "2026-10-01")
    assert its["start"] == 0
    assert its["other"] > its["new"] > 0
    assert its["balanced"] is True


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_the_text(weeks: Path, lang: str) -> None:
    result = ask(weeks, "--from", day_of(EXPORTS[0]), "--period", "2026-Q4", lang=lang)
    assert result.exit_code == 0, result.output
    assert "█" in result.stdout
    assert "%(" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--from", "2026-12-01"], "--from lies after --to"), (["--period", "Q9"], "is no period")],
)
def test_misuse_is_one_sentence(weeks: Path, arguments: list[str], said: str) -> None:
    result = ask(weeks, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_the_text_is_as_wide_as_asked(weeks: Path) -> None:
    narrow, wide = (ask(weeks, "--width", str(width)).stdout.splitlines() for width in (60, 120))
    assert max(map(len, narrow)) <= 60
    assert max(map(len, narrow)) < max(map(len, wide)) <= 120
