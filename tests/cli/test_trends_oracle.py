# ruff: noqa: E501 - SQL reads best in as few lines as it can
"""`pipetui trends --json` on real files and on the sample, against SQL over the files themselves.

Nothing here knows the code: conversion, time in stage, cycle, win rate, average, owners and quarters are written
down anew by the definitions.
"""

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf
from typer.testing import CliRunner

from pipetui.cli.commands import build

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
SAMPLE = ROOT / "sample_data"
NEWEST = "2026-11-16"

DEVORG_DAY = "'20' || substr({0}, 7, 2) || '-' || substr({0}, 1, 2) || '-' || substr({0}, 4, 2)"
FRENCH_DAY = "substr({0}, 7, 4) || '-' || substr({0}, 4, 2) || '-' || substr({0}, 1, 2)"


class Case:
    """A store, and beside it the same files as tables: deal (id, owner, status, stage, amount in cents, created,
    closed, is_open) and move (deal, stage, at)."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.db"
        self.sql = sqlite3.connect(folder / f"{name}.sql")
        self.window = ("", "")
        self.today = ""
        self.ladder: list[str] = []
        self.options: list[str] = []

    def load(self, table: str, file: Path, delimiter: str = ",") -> None:
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows = [row for row in csv.reader(source, delimiter=delimiter) if len(row) > 1]
        header, rows = rows[0], [row for row in rows[1:] if len(row) == len(rows[0])]
        columns = ", ".join(f'"{name}" TEXT' for name in header)
        self.sql.execute(f"CREATE TABLE IF NOT EXISTS {table} ({columns})")
        self.sql.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(header))})", rows)

    def run(self, *arguments: str) -> str:
        options = ["--db", str(self.path), "--today", self.today, *self.options]
        result = CliRunner().invoke(build(lambda *_a, **_k: None), [*options, *arguments])
        assert result.exit_code == 0, result.output
        return result.stdout

    def told(self, *arguments: str) -> Any:
        return json.loads(
            self.run("trends", "--from", self.window[0], "--to", self.window[1], *arguments, "--json")
        )


def devorg(case: Case) -> None:
    folder = DATA / "salesforce_devorg"
    case.today, case.window = "2026-03-10", ("2024-01-01", "2026-03-10")
    case.ladder = [
        *("Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers"),
        *("Perception Analysis", "Proposal/Price Quote", "Negotiation/Review"),
    ]
    case.load("raw", folder / "Opportunity.csv")
    case.load("history", folder / "OpportunityHistory.csv")
    case.sql.execute(
        f"""CREATE TABLE deal AS SELECT Id AS id, '' AS owner,
            CASE IsWon WHEN 'TRUE' THEN 'won' ELSE CASE IsClosed WHEN 'TRUE' THEN 'lost' ELSE 'open' END END AS status,
            StageName AS stage, CAST(round(100 * NULLIF(Amount, '')) AS INTEGER) AS amount,
            {DEVORG_DAY.format("CreatedDate")} AS created, {DEVORG_DAY.format("CloseDate")} AS closed FROM raw"""
    )
    case.sql.execute(
        f"""CREATE TABLE move AS SELECT OpportunityId AS deal, StageName AS stage,
            {DEVORG_DAY.format("CreatedDate")} AS at, row_number() OVER (ORDER BY
            {DEVORG_DAY.format("CreatedDate")}, substr(CreatedDate, 16, 2), substr(CreatedDate, 10, 5)) AS line
            FROM history"""
    )
    case.run("import", str(folder / "Opportunity.csv"), "--history", str(folder / "OpportunityHistory.csv"))


def dealintel(case: Case) -> None:
    folder = DATA / "dealintel_transitions"
    case.today, case.window = "2026-11-22", ("2024-01-01", "2024-12-31")
    case.ladder = ["prospecting", "qualification", "proposal", "negotiation"]
    case.load("raw", folder / "deals.csv")
    case.load("history", folder / "stage_transitions.csv")
    case.sql.execute(
        """CREATE TABLE deal AS SELECT deal_id AS id, owner_rep AS owner,
            CASE outcome WHEN 'active' THEN 'open' ELSE outcome END AS status, stage,
            CAST(round(100 * deal_value) AS INTEGER) AS amount, created_date AS created,
            NULLIF(close_date, '') AS closed FROM raw"""
    )
    # The first stage since the creation, for those of which transitions tell and those that are still in it.
    case.sql.execute(
        """CREATE TABLE move AS
            SELECT d.id AS deal, 'prospecting' AS stage, d.created AS at, 0 AS line FROM deal d
            WHERE d.stage = 'prospecting' OR d.id IN (SELECT deal_id FROM history WHERE from_stage = 'prospecting')
            UNION ALL SELECT deal_id, to_stage, transition_date, rowid FROM history ORDER BY 1, 3, 4"""
    )
    files = str(folder / "deals.csv"), "--history", str(folder / "stage_transitions.csv")
    case.run("import", *files)


def sample(case: Case) -> None:
    case.today, case.window = "2026-11-22", ("2025-11-23", "2026-11-22")
    case.options = ["--playbook", str(SAMPLE / "playbook.toml")]
    case.ladder = ["Qualification", "Découverte", "Démo", "Proposition", "Négociation", "Closing"]
    files = [SAMPLE / f"archive_{NEWEST}.csv", SAMPLE / "exports" / f"opportunites_{NEWEST}.csv"]
    for file in files:
        case.load("raw", file, ";")
    case.load("history", SAMPLE / f"historique_{NEWEST}.csv", ";")
    # What was closed lately stands in both files.
    case.sql.execute(
        f"""CREATE TABLE deal AS SELECT DISTINCT "ID de l'opportunité" AS id, "Propriétaire de l'opportunité" AS owner,
            CASE Étape WHEN 'Gagnée' THEN 'won' WHEN 'Perdue' THEN 'lost' ELSE 'open' END AS status, Étape AS stage,
            CAST(round(100 * NULLIF(replace(Montant, ',', '.'), '')) AS INTEGER) AS amount,
            {FRENCH_DAY.format('"Date de création"')} AS created, {FRENCH_DAY.format('"Date de clôture"')} AS closed
            FROM raw"""
    )
    case.sql.execute(
        f"""CREATE TABLE move AS SELECT "Opportunity ID" AS deal, "To Stage" AS stage,
            {FRENCH_DAY.format('"Last Modified"')} AS at, rowid AS line FROM history ORDER BY 1, 3, 4"""
    )
    case.run("import", *map(str, files), "--history", str(SAMPLE / f"historique_{NEWEST}.csv"))


@pytest.fixture(scope="module", params=[devorg, dealintel, sample], ids=lambda make: make.__name__)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    made = Case(tmp_path_factory.mktemp("oracle"), request.param.__name__)
    with closing(made.sql):
        request.param(made)
        yield made


@pytest.fixture(scope="module")
def told(case: Case) -> Any:
    return case.told()


def of_window(case: Case, what: str, more: str = "1") -> list[tuple[Any, ...]]:
    """SQL over the deals that were closed in the window."""
    return case.sql.execute(
        f"SELECT {what} FROM deal WHERE status <> 'open' AND closed BETWEEN ? AND ? AND {more}", case.window
    ).fetchall()


def test_win_rate(case: Case, told: Any) -> None:
    ((won, lost),) = of_window(case, "sum(status = 'won'), sum(status = 'lost')")
    its = told["win_rate"]
    assert (its["won"], its["lost"], its["n"]) == (won, lost, won + lost)
    assert its["value"] == (pytest.approx(won / (won + lost)) if won + lost >= 20 else None)
    assert (told["deals"]["won"], told["deals"]["lost"]) == (won, lost)


def test_average(case: Case, told: Any) -> None:
    amounts = [amount for (amount,) in of_window(case, "amount", "status = 'won' AND amount IS NOT NULL")]
    its = told["average_won"]
    assert its["n"] == len(amounts)
    assert its["value"] == pytest.approx(mean(amounts) / 100, abs=0.006)
    assert its["median"] == pytest.approx(float(np.quantile(amounts, 0.5)) / 100, abs=0.006)


@pytest.mark.parametrize("status", ["won", "lost"])
def test_cycle(case: Case, told: Any, status: str) -> None:
    days = "CAST(julianday(closed) - julianday(created) AS INTEGER)"
    every = [n for (n,) in of_window(case, days, f"status = '{status}'")]
    found = [n for n in every if n >= 0]
    its = told["cycle_days"][status]
    assert (its["n"], its["left_out"]) == (len(found), len(every) - len(found))
    if found:
        expected = [float(np.quantile(found, 0.5)), mean(found), float(np.quantile(found, 0.75))]
        assert [its["median"], its["mean"], its["p75"]] == pytest.approx(expected)
    else:
        assert its["median"] is None


def test_by_owner(case: Case, told: Any) -> None:
    expected = {
        owner: (won, lost, (amount or 0) / 100)
        for owner, won, lost, amount in of_window(
            case,
            "owner, sum(status = 'won'), sum(status = 'lost'), sum(CASE status WHEN 'won' THEN amount END)",
            "1 GROUP BY owner",
        )
    }
    found = {its["owner"]: (its["won"], its["lost"], its["won_amount"]) for its in told["by_owner"]}
    assert found == expected
    for its in told["by_owner"]:
        n = its["won"] + its["lost"]
        assert its["win_rate"] == (pytest.approx(its["won"] / n) if n >= 20 else None)


@pytest.mark.parametrize(
    ("by", "name"),
    [
        ("quarter", "substr(closed, 1, 4) || '-Q' || ((CAST(substr(closed, 6, 2) AS INTEGER) + 2) / 3)"),
        ("month", "substr(closed, 1, 7)"),
    ],
)
def test_by_period(case: Case, by: str, name: str) -> None:
    expected = {
        period: (won, lost, (amount or 0) / 100)
        for period, won, lost, amount in of_window(
            case,
            f"{name}, sum(status = 'won'), sum(status = 'lost'), sum(CASE status WHEN 'won' THEN amount END)",
            "1 GROUP BY 1",
        )
    }
    found = {
        its["period"]: (its["won"], its["lost"], its["won_amount"])
        for its in case.told("--by", by)["by_period"]
    }
    assert {period: its for period, its in found.items() if any(its)} == expected
    assert list(found) == sorted(found)


def ways(case: Case) -> dict[str, tuple[dict[int, str], int, str]]:
    """By deal: place on the ladder → day on which it had got there, the furthest place, and its status.

    Only deals of which a move is told; a stage that was skipped was passed on the day of the next.
    """
    place = {stage: index for index, stage in enumerate(case.ladder)}
    deals = {
        id_: (status, stage, closed)
        for id_, status, stage, closed in case.sql.execute("SELECT id, status, stage, closed FROM deal")
    }
    found: dict[str, tuple[dict[int, str], int, str]] = {}
    moves: dict[str, list[tuple[str, str]]] = {}
    for id_, stage, at in case.sql.execute("SELECT deal, stage, at FROM move ORDER BY at, line"):
        moves.setdefault(id_, []).append((stage, at))
    for id_, its in moves.items():
        if id_ not in deals or not any(stage in place for stage, _at in its):
            continue
        status, now, closed = deals[id_]
        entered: dict[int, str] = {}
        mark = -1
        for stage, at in its:
            if stage in place and place[stage] > mark:
                entered.update((index, at) for index in range(mark + 1, place[stage] + 1))
                mark = place[stage]
        mark = max(mark, place.get(now, -1))
        if status == "won":
            entered.update((index, closed) for index in range(mark + 1, len(place)))
        found[id_] = entered, mark, status
    return found


def test_conversion(case: Case, told: Any) -> None:
    first, last = case.window
    found = {its["stage"]: its for its in told["conversion"]}
    assert list(found) == [stage for stage in case.ladder if stage in found]
    for index, stage in enumerate(case.ladder):
        cohort = [
            (mark, status)
            for entered, mark, status in ways(case).values()
            if first <= entered.get(index, "") <= last
        ]
        moved = sum(status == "won" or mark > index for mark, status in cohort)
        died = sum(status == "lost" and mark == index for mark, status in cohort)
        its = found[stage]
        assert (its["entered"], its["moved_on"], its["died"], its["open"]) == (
            len(cohort),
            moved,
            died,
            len(cohort) - moved - died,
        ), stage
        n = moved + died
        published = n >= 20 and n >= 0.8 * len(cohort)
        assert its["rate"] == (pytest.approx(moved / n) if published else None), stage
        assert its["n"] == n
        assert (its["reason"] is None) == published


def stays(case: Case) -> dict[str, list[tuple[int, bool]]]:
    """By stage, (days, left it) of every deal that first came there in the window; stays are summed."""
    deals = {
        id_: (status, stage) for id_, status, stage in case.sql.execute("SELECT id, status, stage FROM deal")
    }
    today = date.fromisoformat(case.today)
    moves: dict[str, list[tuple[str, date]]] = {}
    for id_, stage, at in case.sql.execute("SELECT deal, stage, at FROM move ORDER BY at, line"):
        its = moves.setdefault(id_, [])
        if id_ in deals and (not its or its[-1][0] != stage):
            its.append((stage, date.fromisoformat(at)))
    found: dict[str, list[tuple[int, bool]]] = {stage: [] for stage in case.ladder}
    for id_, its in moves.items():
        spent: dict[str, tuple[int, bool, date]] = {}
        for index, (stage, since) in enumerate(its):
            is_last = index + 1 == len(its)
            if is_last and (deals[id_][1] != stage or deals[id_][0] != "open"):
                continue  # when it left this stage, nobody says
            until = today if is_last else its[index + 1][1]
            days, _done, begin = spent.get(stage, (0, False, since))
            spent[stage] = days + (until - since).days, not is_last, begin
        for stage, (days, done, begin) in spent.items():
            if stage in found and case.window[0] <= str(begin) <= case.window[1]:
                found[stage].append((days, done))
    return found


def test_time_in_stage(case: Case, told: Any) -> None:
    found = {its["stage"]: its for its in told["time_in_stage"]}
    for stage, lengths in stays(case).items():
        ended = [days for days, done in lengths if done]
        censored = [days for days, done in lengths if not done]
        its = found.get(stage, {"n": 0, "censored": 0, "median_days": None})
        assert (its["n"], its["censored"]) == (len(ended), len(censored)), stage
        if ended:
            curve = ecdf(CensoredData(uncensored=ended, right=censored)).sf
            reached = [
                time
                for time, share in zip(curve.quantiles, curve.probabilities, strict=True)
                if share <= 0.5 + 1e-9
            ]
            assert its["median_days"] == (int(reached[0]) if reached else None), stage


def test_velocity_is_its_levers(told: Any) -> None:
    its = told["velocity"]
    if its["value"] is None:
        assert its["reason"]
        return
    assert its["win_rate"] == told["win_rate"]["value"]
    assert its["cycle_days"] == told["cycle_days"]["won"]["median"]
    assert its["value"] == pytest.approx(
        its["n"] * its["win_rate"] * its["average_won"] / its["cycle_days"], rel=1e-5
    )
