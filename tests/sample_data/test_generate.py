"""The committed files are what the script writes, and they tell the story that their README promises."""

import csv
import subprocess
import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from pipetui import resources

FOLDER = resources.sample_data()
LAST = date(2026, 11, 16)
STAGES = ["Qualification", "Découverte", "Démo", "Proposition", "Négociation", "Closing"]

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter=";") if len([v for v in row.values() if v]) > 1]


@cache
def newest() -> list[Row]:
    return read(FOLDER / "exports" / f"opportunites_{LAST}.csv")


@cache
def archive() -> list[Row]:
    return read(FOLDER / f"archive_{LAST}.csv")


@cache
def stories() -> dict[str, list[Row]]:
    changes = defaultdict(list)
    for row in read(FOLDER / f"historique_{LAST}.csv"):
        changes[row["Opportunity ID"]].append(row)
    return dict(changes)


def day(text: str) -> date:
    return datetime.strptime(text[:10], "%d/%m/%Y").date()


def is_open(row: Row) -> bool:
    return row["Étape"] in STAGES


def euros(text: str) -> float:
    return float(text.replace(",", ".")) if text else 0.0


def test_the_script_writes_the_same_bytes(tmp_path):
    subprocess.run([sys.executable, "-B", FOLDER / "generate.py", "--to", tmp_path], check=True)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.csv"))
    assert written == sorted(path.relative_to(FOLDER) for path in FOLDER.rglob("*.csv"))
    for path in written:
        assert (tmp_path / path).read_bytes() == (FOLDER / path).read_bytes(), path


def test_the_folder_is_small_and_has_26_weeks():
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 4_000_000
    dates = [date.fromisoformat(path.stem[-10:]) for path in sorted((FOLDER / "exports").iterdir())]
    assert len(dates) == 26
    assert dates[-1] == LAST
    assert {after - before for before, after in pairwise(dates)} == {timedelta(days=7)}


def test_exports_agree_with_one_another_and_with_the_history():
    exports = [read(path) for path in sorted((FOLDER / "exports").iterdir())]
    for before, after in pairwise(exports):
        then = {row["ID de l'opportunité"]: row for row in before}
        now = {row["ID de l'opportunité"]: row for row in after}
        for key, row in then.items():
            if is_open(row):
                assert key in now, "an open deal never leaves the report unseen"
            elif key in now:
                assert row == now[key], "a closed deal does not change"
    everything = {row["ID de l'opportunité"]: row for row in archive() + newest()}
    assert set(everything) == set(stories())
    for key, changes in stories().items():
        last, row = changes[-1], everything[key]
        assert last["To Stage"] == row["Étape"]
        assert last["Amount"] == row["Montant"]
        assert last["Close Date"] == row["Date de clôture"]
        assert changes[0]["From Stage"] == ""
        assert day(changes[0]["Last Modified"]) == day(row["Date de création"])
        for earlier, later in pairwise(changes):
            assert earlier["To Stage"] == later["From Stage"]
            assert day(earlier["Last Modified"]) < day(later["Last Modified"])
    for week in exports[::5]:
        monday = max(day(row["Dernière activité"]) for row in week if row["Dernière activité"]) + timedelta(
            days=1
        )
        for row in week:
            known = [c for c in stories()[row["ID de l'opportunité"]] if day(c["Last Modified"]) < monday]
            assert known[-1]["To Stage"] == row["Étape"]
            assert known[-1]["Amount"] == row["Montant"]


def test_names_do_not_confuse():
    rows = archive() + newest()
    pairs = [(row["Nom du compte"], row["Nom de l’opportunité"]) for row in rows]
    assert len(pairs) == len(set(pairs))
    assert len({row["Nom du compte"] for row in rows}) > 500
    owners = {row["Propriétaire de l'opportunité"] for row in rows}
    assert len(owners) == 9


def test_the_size_of_the_team_s_work():
    rows = archive() + newest()
    assert 1_300 <= len(rows) <= 1_450
    open_deals = [row for row in newest() if is_open(row)]
    assert 190 <= len(open_deals) <= 240
    assert {row["Étape"] for row in open_deals} == set(STAGES)
    priced = sorted(euros(row["Montant"]) for row in rows if row["Montant"])
    assert min(priced) >= 3_000
    assert max(priced) <= 150_000
    assert 18_000 <= priced[len(priced) // 2] <= 35_000


def deaths_at_demo(since: date, until: date) -> tuple[float, float]:
    """(share of the deals leaving Démo that die, share of all losses that happen there)."""
    died = moved = lost = 0
    for changes in stories().values():
        for change in changes:
            if (
                not since <= day(change["Last Modified"]) < until
                or change["From Stage"] == change["To Stage"]
            ):
                continue
            lost += change["To Stage"] == "Perdue"
            if change["From Stage"] == "Démo":
                died += change["To Stage"] == "Perdue"
                moved += change["To Stage"] == "Proposition"
    return died / (died + moved), died / lost


def test_story_deals_die_after_the_demo():
    rate, share = deaths_at_demo(date(2025, 11, 17), LAST)
    assert rate == pytest.approx(0.5, abs=0.04)
    assert share == pytest.approx(0.53, abs=0.04)
    rate, share = deaths_at_demo(date(2024, 11, 18), date(2025, 11, 17))
    assert rate == pytest.approx(0.25, abs=0.05)
    assert share < 0.3


def ages(on: date) -> list[tuple[str, int]]:
    """(owner, days since creation) of each deal that was open on the morning of that day."""
    rows = {row["ID de l'opportunité"]: row for row in archive() + newest()}
    found = []
    for key, changes in stories().items():
        known = [change for change in changes if day(change["Last Modified"]) < on]
        if known and known[-1]["To Stage"] in STAGES:
            row = rows[key]
            found.append((row["Propriétaire de l'opportunité"], (on - day(row["Date de création"])).days))
    return found


def share_older(on: date, days: int) -> float:
    old = [age > days for _owner, age in ages(on)]
    return sum(old) / len(old)


def test_story_a_swollen_pipeline():
    assert share_older(LAST, 90) == pytest.approx(0.43, abs=0.03)
    assert share_older(LAST, 90) > share_older(date(2026, 5, 25), 90) + 0.05
    assert share_older(date(2025, 11, 17), 90) == pytest.approx(0.31, abs=0.03)
    assert share_older(LAST, 180) > 2 * share_older(date(2025, 11, 17), 180)


def test_story_two_keep_what_is_dead():
    keepers = ("Camille Faure", "Thomas Lefèvre")
    old = [owner for owner, age in ages(LAST) if age > 180]
    assert sum(owner in keepers for owner in old) / len(old) > 0.5


def test_story_a_good_month_on_a_thin_future():
    import tomllib

    quotas = {
        quota["period"]: quota["amount"]
        for quota in tomllib.loads((FOLDER / "playbook.toml").read_text(encoding="utf-8"))["quotas"]
        if not quota.keys() & {"owner", "team"}
    }
    won = sum(
        euros(row["Montant"])
        for row in newest()
        if row["Étape"] == "Gagnée" and day(row["Date de clôture"]) >= date(2026, 11, 1)
    )
    assert won / quotas["2026-11"] > 22 / 30

    def coverage(period: str, since: date, until: date) -> float:
        rows = [row for row in newest() if is_open(row) and since <= day(row["Date de clôture"]) < until]
        return sum(euros(row["Montant"]) for row in rows) / quotas[period]

    assert 1 < coverage("2027-Q1", date(2027, 1, 1), date(2027, 4, 1)) < 1.7
    assert coverage("2027-Q2", date(2027, 4, 1), date(2027, 7, 1)) < 0.1


def test_story_creation_thins_out():
    created = [day(row["Date de création"]) for row in archive() + newest()]
    now = sum(date(2026, 8, 31) <= on < LAST for on in created)
    then = sum(date(2025, 8, 31) <= on < date(2025, 11, 16) for on in created)
    assert now / then == pytest.approx(0.8, abs=0.05)


def monthly_commits(owner: str) -> list[tuple[bool, bool]]:
    """(won, lost) within the month, for each commit of the month in a weekly export around its 7th day."""
    outcomes = []
    for path in sorted((FOLDER / "exports").iterdir()):
        monday = date.fromisoformat(path.stem[-10:])
        if not 5 <= monday.day <= 11 or monday.month == LAST.month:
            continue
        end = (monday.replace(day=28) + timedelta(days=4)).replace(day=1)
        for row in read(path):
            if row["Propriétaire de l'opportunité"] != owner or row["Catégorie de prévision"] != "Commit":
                continue
            if day(row["Date de clôture"]) < end:
                ends = [
                    change["To Stage"]
                    for change in stories()[row["ID de l'opportunité"]]
                    if change["To Stage"] not in STAGES and day(change["Last Modified"]) < end
                ]
                outcomes.append((ends == ["Gagnée"], ends == ["Perdue"]))
    return outcomes


def test_story_one_sandbags():
    ends = {row["ID de l'opportunité"]: row for row in newest()}
    committed = {
        row["ID de l'opportunité"]
        for path in (FOLDER / "exports").iterdir()
        for row in read(path)
        if row["Propriétaire de l'opportunité"] == "Antoine Rousseau"
        and row["Catégorie de prévision"] == "Commit"
    }
    closed = [ends[key]["Étape"] == "Gagnée" for key in committed if key in ends and not is_open(ends[key])]
    assert len(closed) >= 5
    assert sum(closed) / len(closed) > 0.95


def test_story_one_slips_every_month():
    commits = monthly_commits("Julien Moreau")
    assert len(commits) >= 10
    assert sum(not won and not lost for won, lost in commits) / len(commits) > 0.5


def test_every_flag_has_something_to_show():
    rows = [row for row in newest() if is_open(row)]
    today = LAST + timedelta(days=6)

    def count(condition):
        return sum(bool(condition(row)) for row in rows)

    assert count(lambda row: not row["Montant"]) >= 5
    assert 10 <= count(lambda row: day(row["Date de clôture"]) < today) <= 25
    assert count(lambda row: (today - day(row["Dernière activité"])).days >= 14) >= 20
    assert (
        count(
            lambda row: row["Date de la prochaine étape"] and day(row["Date de la prochaine étape"]) < today
        )
        >= 20
    )
    assert count(lambda row: row["Prochaine étape"] in ("à définir", "?", "-", "relancer")) >= 3
    assert count(lambda row: row["Prochaine étape"] and not row["Date de la prochaine étape"]) >= 5
    assert count(lambda row: row["Étape"] == "Proposition" and not row["Sponsor"]) >= 3
    assert count(lambda row: row["Catégorie de prévision"] == "Commit") >= 10
    assert count(lambda row: not row["Catégorie de prévision"]) >= 5
    assert count(lambda row: shrunk(row, today)) >= 1
    assert count(lambda row: pushes(row) >= 2) >= 15


def pushes(row: Row) -> int:
    dates = [day(change["Close Date"]) for change in stories()[row["ID de l'opportunité"]]]
    return sum(later > earlier for earlier, later in pairwise(dates))


def shrunk(row: Row, today: date) -> bool:
    changes = stories()[row["ID de l'opportunité"]]
    before = [change for change in changes if (today - day(change["Last Modified"])).days > 30]
    recent = [euros(change["Amount"]) for change in changes if change not in before]
    start = euros(before[-1]["Amount"]) if before else 0.0
    return bool(start and recent and recent[-1] <= 0.8 * start)
