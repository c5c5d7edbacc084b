"""`pipetui forecast` against sums that sqlite3 makes of the same store, and against the CSV files."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pipetui import language
from pipetui.cli.commands import build
from tests.cli.conftest import Cli

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data"
NEWEST = max(SAMPLE.glob("exports/*.csv")).stem[-10:]
FILES = {
    "devorg": [ROOT / "tests" / "data" / "salesforce_devorg" / "Opportunity.csv"],
    "mashmatrix": [ROOT / "tests" / "data" / "salesforce_mashmatrix" / "Opportunity.csv"],
    "sample": [
        *(SAMPLE / f"{name}_{NEWEST}.csv" for name in ("archive", "hubspot", "pipedrive")),
        SAMPLE / "exports" / f"opportunites_{NEWEST}.csv",
    ],
}
DAYS = {"devorg": "2026-03-10", "mashmatrix": "2018-11-20", "sample": NEWEST}
KEYS = (
    *("period", "from", "to", "currency", "quota", "won", "commit", "best_case", "upside", "unclassified"),
    *("omitted", "missing", "weighted", "landing", "coverage", "pace", "range", "unpriced"),
    *("by_owner", "by_team"),
)
PART = ("quota", "won", "commit", "best_case", "upside", "unclassified", "landing")

Run = Callable[..., Any]


def world(folder: Path, which: str) -> tuple[Path, Run]:
    """A store with these files, and how to ask it."""
    path = folder / "deals.db"
    book = ["--playbook", str(SAMPLE / "playbook.toml")] if which == "sample" else []

    def run(*arguments: str) -> Any:
        options = ["--db", str(path), "--today", DAYS[which], "--lang", "en", *book]
        result = CliRunner().invoke(build(lambda *_a, **_k: None), [*options, *arguments, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    run("import", *map(str, FILES[which]))
    return path, run


@pytest.fixture(scope="module", params=list(FILES))
def imported(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, Run]:
    """The name of a data set, its store, and how to ask it; made once."""
    return request.param, *world(tmp_path_factory.mktemp(request.param), request.param)


def sums(path: Path, begin: str, end: str, which: str = "1") -> dict[str, float]:
    """What SQL says of a period, in major units; `which` is a condition on the owner `o`."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT COALESCE(d.manager_category, d.rep_category, d.crm_category, 'unclassified'), "
            "COALESCE(sum(d.amount), 0) / 100.0, sum(d.amount IS NULL) FROM deal d "
            f"LEFT JOIN owner o ON o.id = d.owner_id WHERE d.status = 'open' AND {which} "
            "AND d.missing_since IS NULL AND d.close_date BETWEEN ? AND ? GROUP BY 1",
            (begin, end),
        ).fetchall()
        ((won,),) = connection.execute(
            "SELECT COALESCE(sum(d.amount), 0) / 100.0 FROM deal d LEFT JOIN owner o ON o.id = d.owner_id "
            f"WHERE d.status = 'won' AND {which} AND COALESCE(d.closed_on, d.close_date) BETWEEN ? AND ?",
            (begin, end),
        ).fetchall()
        foreign = connection.execute("SELECT count(*) FROM deal WHERE currency NOT IN ('', 'EUR')").fetchone()
    assert foreign == (0,)
    found = {name: amount for name, amount, _unpriced in rows}
    unpriced = sum(count for name, _amount, count in rows if name != "omitted")
    categories = ("commit", "best_case", "upside", "unclassified", "omitted")
    return {
        "won": won,
        **{name: found.get(name, 0) for name in categories},
        "landing": won + found.get("commit", 0),
        "unpriced": unpriced,
    }


PERIODS = {
    "devorg": [("2026-Q1", "2026-01-01", "2026-03-31"), ("2024-02", "2024-02-01", "2024-02-29")],
    "mashmatrix": [("2018-Q4", "2018-10-01", "2018-12-31"), ("2024", "2024-01-01", "2024-12-31")],
    "sample": [
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2027-Q1", "2027-01-01", "2027-03-31"),
    ],
}


def test_the_sums_are_those_of_the_store(imported: tuple[str, Path, Run]) -> None:
    which, path, run = imported
    for name, begin, end in PERIODS[which]:
        told = run("forecast", "--period", name)
        assert (told["period"], told["from"], told["to"]) == (name, begin, end)
        wanted = sums(path, begin, end)
        assert {key: told[key] for key in wanted} == pytest.approx(wanted)
        for part in told["by_owner"]:
            owner = part["owner"].replace("'", "''")
            its = sums(path, begin, end, f"COALESCE(o.name, '') = '{owner}'")
            its = {key: value for key, value in its.items() if key in PART}
            assert {key: part[key] for key in its} == pytest.approx(its)
        total = wanted["commit"] + wanted["best_case"] + wanted["upside"] + wanted["unclassified"]
        left = None if told["quota"] is None else told["quota"] - told["won"]
        assert told["coverage"] == (pytest.approx(total / left) if left and left > 0 else None)
        assert told["range"]["p10"] <= told["range"]["p50"] <= told["range"]["p90"]
        assert told["won"] <= told["range"]["p10"]
        assert told["range"]["p90"] <= told["won"] + total + 0.01


def test_the_keys_are_those_of_the_contract(imported: tuple[str, Path, Run]) -> None:
    which, _path, run = imported
    told = run("forecast", "--period", PERIODS[which][0][0])
    assert tuple(told) == KEYS
    assert tuple(told["pace"]) == ("state", "gap")
    assert tuple(told["range"]) == ("p10", "p50", "p90", "p_quota")
    assert all(tuple(part) == ("owner", *PART) for part in told["by_owner"])
    assert all(tuple(part) == ("team", *PART) for part in told["by_team"])


def test_the_sums_are_those_of_the_file(tmp_path: Path) -> None:
    _path, run = world(tmp_path, "mashmatrix")
    with FILES["mashmatrix"][0].open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "2018-10-01" <= row["CloseDate"][:10] <= "2018-12-31"]

    def amount(closed: str, won: str) -> float:
        its = (row for row in rows if (row["IsClosed"], row["IsWon"]) == (closed, won))
        return sum(float(row["Amount"] or 0) for row in its)

    told = run("forecast")  # the quarter of the 20th of November 2018
    assert told["period"] == "2018-Q4"
    assert told["won"] == pytest.approx(amount("1", "1"))
    assert told["commit"] + told["best_case"] + told["upside"] + told["unclassified"] == pytest.approx(
        amount("", "")
    )


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run]:
    return world(tmp_path_factory.mktemp("sample"), "sample")


def test_quotas_teams_and_owners_of_the_sample(sample: tuple[Path, Run]) -> None:
    path, run = sample
    with (SAMPLE / "playbook.toml").open("rb") as file:
        book = tomllib.load(file)
    quotas = {
        (its["period"], its.get("team", ""), its.get("owner", "")): its["amount"] for its in book["quotas"]
    }
    everybody = run("forecast", "--period", "2026-Q4")
    assert everybody["quota"] == quotas["2026-Q4", "", ""]
    assert everybody["pace"]["gap"] == everybody["landing"] - everybody["quota"]
    for part in everybody["by_team"]:
        assert part["quota"] == quotas["2026-Q4", part["team"], ""]
    for part in everybody["by_owner"]:
        assert part["quota"] == quotas.get(("2026-Q4", "", part["owner"]))
    assert sum(part["won"] for part in everybody["by_team"]) == pytest.approx(everybody["won"])
    for team in book["teams"]:
        told = run("forecast", "--period", "2026-Q4", "--team", team["name"].upper())
        owners = ", ".join("'" + owner.replace("'", "''") + "'" for owner in team["owners"])
        wanted = sums(path, "2026-10-01", "2026-12-31", f"o.name IN ({owners})")
        assert {key: told[key] for key in wanted} == pytest.approx(wanted)
        owner = team["owners"][0]
        told = run("forecast", "--period", "2026-Q4", "--owner", owner)
        assert [part["owner"] for part in told["by_owner"]] == [owner]
        assert told["quota"] == quotas["2026-Q4", "", owner]


def test_the_pace_is_the_share_that_past_quarters_had_won(sample: tuple[Path, Run]) -> None:
    """By SQL: what quarters had won on the day that was as far from their end as today."""
    path, run = sample
    today, end = date.fromisoformat(NEWEST), date(2026, 12, 31)
    with closing(sqlite3.connect(path)) as connection:
        wins = [
            (date.fromisoformat(on), amount)
            for on, amount in connection.execute(
                "SELECT COALESCE(closed_on, close_date), amount FROM deal WHERE status = 'won' "
                "AND amount IS NOT NULL"
            )
        ]
        ((known,),) = connection.execute(
            "SELECT min(COALESCE(closed_on, close_date)) FROM deal WHERE status <> 'open'"
        )
    quarters = [
        (date(year, month, 1), date(year + month // 10, (month + 2) % 12 + 1, 1))
        for year in range(2023, 2027)
        for month in (1, 4, 7, 10)
        if date(year, month, 1) < date(2026, 10, 1) and str(date(year, month, 1)) >= known
    ]
    assert len(quarters) >= 4
    by_then = whole = 0
    for first, after in quarters:
        for on, amount in wins:
            if first <= on < after:
                whole += amount
                by_then += amount if (after - on).days > (end - today).days else 0
    told = run("forecast", "--period", "2026-Q4")
    ratio = told["won"] / (told["quota"] * by_then / whole)
    state = "behind" if ratio < 0.95 else "on_track" if ratio <= 1.05 else "ahead"
    assert told["pace"]["state"] == state


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--period", "2026-13"], "“2026-13” is no period; write 2026-Q4"),
        (["--period", "Q4"], "“Q4” is no period"),
        (["--owner", "Marco"], "There is no owner “Marco”. Did you mean “Marc”?"),
        (["--team", "West"], "There is no team “West”."),
        (["--team", "West", "--owner", "Marc"], "Give an owner or a team, not both."),
    ],
)
def test_what_is_not_there_is_one_sentence(cli: Cli, arguments: list[str], sentence: str) -> None:
    result = cli("--today", "2026-11-22", "forecast", *arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def told(cli: Cli, *arguments: str, **environ: str) -> Result:
    result = cli("--today", "2026-11-22", "forecast", *arguments, env={"COLUMNS": "100", **environ})
    assert result.exit_code == 0
    return result


def test_what_people_read(cli: Cli) -> None:
    text = told(cli).stdout
    assert text.startswith("Forecast Q4 2026 · 1 Oct – 31 Dec · everybody\n€46k won · no quota is set\n")
    assert "landing €47k" in text
    assert "without a close date" in text
    assert "\x1b" not in text
    assert [line.split()[0] for line in text.splitlines() if "█" in line] == [
        "won",
        "commit",
        "best",
        "upside",
    ]
    november = told(cli, "--period", "2026-11").stdout
    assert november.startswith("Forecast November 2026 · 1 Nov – 30 Nov")


def test_other_currencies_are_told_apart(cli: Cli, tmp_path: Path) -> None:
    book = tmp_path / "quota.toml"
    book.write_text(
        'quotas = [{ period = "2026-Q4", amount = 100_000 }]\n[[pipelines]]\nname = "Sales"\n'
        '[[pipelines.stages]]\nname = "Démo"\nprobability = 0.5\n',
        encoding="utf-8",
    )
    with closing(sqlite3.connect(tmp_path / "pipe.db")) as connection:
        connection.execute("UPDATE deal SET close_date = '2026-12-01' WHERE name = 'Dollars'")
        connection.commit()
    its = json.loads(told(cli, "--json").stdout)
    assert its["other_currencies"] == [{"currency": "USD", "count": 1, "amount": 100}]
    result = cli("--playbook", str(book), "--today", "2026-11-22", "forecast")
    assert "$100.00" in result.stdout
    assert "€46k won of €100k" in result.stdout
    assert "gap −€53k" in result.stdout
    assert "quota: €100k" in result.stdout


@pytest.mark.parametrize("width", [60, 72, 100, 200])
@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_the_text_is_as_wide_as_asked(sample: tuple[Path, Run], lang: str, width: int) -> None:
    path, _run = sample
    language.use(lang)
    options = ["--db", str(path), "--today", NEWEST, "--lang", lang]
    book = ["--playbook", str(SAMPLE / "playbook.toml")]
    result = CliRunner().invoke(
        build(lambda *_a, **_k: None), [*options, *book, "forecast", "--width", str(width)]
    )
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert all(len(line) <= width for line in lines)
    assert "%(" not in result.stdout
    bars = [line for line in lines if "█" in line]
    assert len(bars) == 4
    ((low, high),) = [(line.index("├"), line.index("┤", line.index("├"))) for line in lines if "├" in line]
    # the range is on the scale of the bars, and holds what is won
    assert len(bars[0].rstrip("│ ")) <= low + 1 < high


def test_bars_without_unicode(store_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipetui", "--db", str(store_path), "--today", "2026-11-22", "forecast"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PIPETUI_LANG": "en"},
        capture_output=True,
        check=True,
    )
    assert b"####" in done.stdout
    assert b"[" in done.stdout
    assert b"won" in done.stdout
    assert b"landing E47k" in done.stdout
    assert done.stdout.isascii()
    assert b"?" not in done.stdout
