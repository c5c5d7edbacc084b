"""Tables of quotas, recognised by themselves: what is set, what is refused, and that deals are none."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipetui.cli.commands import build
from pipetui.deals.clock import Clock
from pipetui.deals.edits import SetQuota
from pipetui.deals.errors import Problem
from pipetui.exchange.importing.exports import _tables
from pipetui.exchange.importing.files import pieces_of
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.quota_periods import period_name
from pipetui.exchange.importing.quotas import recognise
from pipetui.exchange.importing.reading import Table
from pipetui.exchange.importing.run import run_import
from pipetui.forecast.quotas import Scope
from pipetui.playbook.models import Playbook, Quota, Team
from pipetui.store.engine import Store
from pipetui.store.quotas import read_quotas
from pipetui.store.reading import read_batches
from pipetui.store.undoing import redo, undo
from pipetui.store.writing import apply
from tests.exchange.conftest import Import
from tests.exchange.making import archive, workbook
from tests.exchange.test_real_files import DATA

SAMPLE = Path(__file__).parents[2] / "sample_data"
DEALS = "Deal Name,Owner,Stage,Amount\nA,Claire Dubois,Demo,100\nB,Marc Petit,Demo,200\n"
CLAIRE, MARC, WEST, ALL = Scope(owner="Claire Dubois"), Scope(owner="Marc Petit"), Scope(team="West"), Scope()


@pytest.fixture
def playbook(playbook: Playbook) -> Playbook:
    """With a team of two, one of whom has no deal."""
    return replace(playbook, teams=(Team(name="West", owners=("Claire Dubois", "Ève Noël")),))


@pytest.fixture(autouse=True)
def with_deals(bring: Import) -> None:
    """Claire and Marc have a deal each."""
    bring(DEALS)


@pytest.fixture
def store_of(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "other.db") as opened:
        yield opened


def test_a_row_a_quota(bring: Import, store: Store) -> None:
    report = bring("Owner,Period,Quota\nClaire Dubois,2026-Q4,120000\nMarc Petit,2026-11,40000.50\n")
    assert (report.rows, report.new, report.changed, report.unchanged) == (2, 2, 0, 0)
    assert read_quotas(store) == {("2026-Q4", CLAIRE): 120_000_00, ("2026-11", MARC): 40_000_50}
    told = report.as_json()
    assert (told["source"], told["preset"], told["events"], told["rejects"]) == ("quotas", "quotas", 0, [])
    assert told["mapping"] == {"owner": "Owner", "period": "Period", "amount": "Quota"}


def test_french_with_its_own_order_of_names(bring: Import, store: Store) -> None:
    report = bring(
        "Commercial;Trimestre;Objectif (k€)\nDUBOIS Claire;T4 2026;120,5\nève noel;T1 2027;1 250\n".encode(
            "cp1252"
        )
    )
    assert report.new == 2
    assert read_quotas(store) == {
        ("2026-Q4", CLAIRE): 120_500_00,
        ("2027-Q1", Scope(owner="Ève Noël")): 1_250_000_00,
    }


def test_one_column_a_period(bring: Import, store: Store) -> None:
    report = bring(
        "Équipe;Commercial;oct. 2026;nov. 2026;T1 2027;Total\n"
        "West;Claire Dubois;10 000 €;12 000 €;;22 000 €\n"
        "West;;30 000 €;30 000 €;90 000 €;150 000 €\n"
        "Total;;1;2;3;6\n",
        name="objectifs.csv",
    )
    assert (report.rows, report.new, report.skipped.total()) == (6, 5, 1)
    assert read_quotas(store) == {
        ("2026-10", CLAIRE): 10_000_00,
        ("2026-11", CLAIRE): 12_000_00,
        ("2026-10", WEST): 30_000_00,
        ("2026-11", WEST): 30_000_00,
        ("2027-Q1", WEST): 90_000_00,
    }


def test_a_workbook_with_months_as_dates_and_a_year_apart(bring: Import, store: Store) -> None:
    rows = [["Rep", date(2026, 10, 1), date(2026, 11, 1)], ["Claire Dubois", 1000, 1100]]
    bring(workbook({"Quotas": rows}), name="a.xlsx")
    assert read_quotas(store) == {("2026-10", CLAIRE): 1_000_00, ("2026-11", CLAIRE): 1_100_00}
    bring("Rep,Fiscal year,Quarter,Target\nMarc Petit,2027,Q2,5k\n", name="b.csv")
    bring("Rep,Year,Q3,Q4\nMarc Petit,2027,7,8\n", name="targets.csv")
    of_marc = {period: amount for (period, scope), amount in read_quotas(store).items() if scope == MARC}
    assert of_marc == {"2027-Q2": 5_000_00, "2027-Q3": 7_00, "2027-Q4": 8_00}


def test_everybodys(bring: Import, store: Store) -> None:
    bring("Period,Quota\n2026-Q4,500000\n")
    bring("Team,Period,Quota\nEverybody,2027-Q1,600000\n")
    assert read_quotas(store) == {("2026-Q4", ALL): 500_000_00, ("2027-Q1", ALL): 600_000_00}


def test_what_cannot_be_read_is_rejected_with_its_reason(bring: Import, store: Store) -> None:
    report = bring(
        "Owner,Period,Quota\nClare Dubois,2026-Q4,1\nClaire Dubois,2026-Q7,1\nClaire Dubois,2026-Q4,lots\n"
        "Claire Dubois,2026-Q4,-5\n,2026-Q4,5\nClaire Dubois,2026-Q4,\nMarc Petit,2026-Q4,7 GBP\n"
        "Marc Petit,2027,3\nMarc Petit,2027,4\nMarc Petit,2027,3\n"
    )
    assert [(its.line, its.column, its.value) for its in report.rejects] == [
        (2, "Owner", "Clare Dubois"),
        (3, "Period", "2026-Q7"),
        (4, "Quota", "lots"),
        (5, "Quota", "-5"),
        (6, "Owner", ""),
        (8, "Quota", "GBP"),
        (10, "Quota", "4"),
    ]
    reasons = [its.reason for its in report.rejects]
    assert reasons[0] == "there is no owner “Clare Dubois”; did you mean “Claire Dubois”?"
    assert reasons[1] == "“2026-Q7” is no period: write 2026-Q4, 2026-11 or 2026"
    assert reasons[6] == "line 9 has another quota for the same period"
    assert dict(report.skipped) == {"without an amount": 1, "said twice": 1}
    assert report.adds_up()
    assert report.rows == 10
    assert read_quotas(store) == {("2027", MARC): 3_00}


def test_an_unknown_owner_is_told_once_a_row(bring: Import) -> None:
    report = bring("Owner,2026-Q1,2026-Q2,2026-Q3\nNobody Known,1,2,3\n", name="quotas.csv")
    assert [(its.line, its.column) for its in report.rejects] == [(2, "Owner")]
    assert report.rows == 1


def test_the_same_again_changes_nothing_and_an_edit_is_taken_back(
    bring: Import, store: Store, playbook: Playbook, clock: Clock
) -> None:
    content = "Owner,Period,Quota\nClaire Dubois,2026-Q4,100\nMarc Petit,2026-Q4,200\n"
    first = bring(content)
    again = bring(content)
    assert (again.unchanged, again.new, again.changed, again.batch) == (2, 0, 0, None)
    assert first.batch is not None
    edit = SetQuota("2026-Q4", 5, owner="Marc Petit")
    apply(store, [edit], by="claire", at=clock.now(), playbook=playbook)
    once_more = bring(content)
    assert (once_more.unchanged, once_more.changed) == (1, 1)
    assert read_quotas(store)["2026-Q4", MARC] == 200_00


def test_what_the_playbook_says_already_is_no_change(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    book = replace(playbook, quotas=(Quota(period="2026-Q4", amount=Decimal(100), owner="Claire Dubois"),))
    path = tmp_path / "quotas.csv"
    path.write_text("Owner,Period,Quota\nClaire Dubois,2026-Q4,100\n")
    assert run_import(store, book, clock, [path], by="claire").unchanged == 1
    path.write_text("Owner,Period,Quota\nClaire Dubois,2026-Q4,101\n")
    assert run_import(store, book, clock, [path], by="claire").changed == 1


def test_one_step_of_undo(bring: Import, store: Store, clock: Clock) -> None:
    bring("Owner,Period,Quota\nClaire Dubois,2026-Q4,100\nMarc Petit,2026-Q4,200\n", name="quotas.csv")
    assert read_batches(store)[0].because == "quotas.csv"
    undo(store, by="claire", at=clock.now())
    assert read_quotas(store) == {}
    redo(store, by="claire", at=clock.now())
    assert len(read_quotas(store)) == 2


def test_a_dry_run_writes_nothing(bring: Import, store: Store) -> None:
    report = bring("Owner,Period,Quota\nClaire Dubois,2026-Q4,100\n", dry_run=True)
    assert (report.new, report.batch) == (1, None)
    assert read_quotas(store) == {}


def test_with_the_deals_in_one_archive(
    store_of: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    """The owners come with the deals; one step of undo takes both back."""
    path = tmp_path / "all.zip"
    quotas = "Owner,Period,Quota\nMarc Petit,2026-Q4,100\n"
    path.write_bytes(archive({"deals.csv": DEALS, "quotas.csv": quotas}))
    report = run_import(store_of, playbook, clock, [path], by="claire")
    assert (report.rows, report.new, report.quotas) == (3, 3, 1)
    assert report.adds_up()
    assert read_quotas(store_of) == {("2026-Q4", MARC): 100_00}
    undo(store_of, by="claire", at=clock.now())
    assert read_quotas(store_of) == {}


def test_other_currencies_by_the_playbooks_rate(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    book = replace(playbook, rates={"USD": Decimal("0.5")})
    path = tmp_path / "quotas.csv"
    path.write_text("Owner,Period,Quota,Currency\nClaire Dubois,2026-Q4,100,USD\n")
    run_import(store, book, clock, [path], by="claire")
    assert read_quotas(store) == {("2026-Q4", CLAIRE): 50_00}


def test_a_day_lies_in_the_fiscal_quarter(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    """The fiscal year 2027 begins in April 2026: October is its third quarter."""
    book = replace(playbook, fiscal_year_start=4)
    path = tmp_path / "quotas.csv"
    path.write_text("Owner,Quarter,Quota\nClaire Dubois,2026-10-01,100\nClaire Dubois,Q4 2027,200\n")
    run_import(store, book, clock, [path], by="claire")
    assert read_quotas(store) == {("2027-Q3", CLAIRE): 100_00, ("2027-Q4", CLAIRE): 200_00}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-Q4", "2026-Q4"), ("Q4 2026", "2026-Q4"), ("T4 2026", "2026-Q4"), ("2026 T4", "2026-Q4"),
        ("t4-26", "2026-Q4"), ("Q4 FY26", "2026-Q4"), ("FY2026 Q4", "2026-Q4"), ("Q4/2026", "2026-Q4"),
        ("4e trimestre 2026", "2026-Q4"), ("1er trimestre 2027", "2027-Q1"), ("Trimestre 2 2027", "2027-Q2"),
        ("oct. 2026", "2026-10"), ("Octobre 2026", "2026-10"), ("Oct-26", "2026-10"), ("10/2026", "2026-10"),
        ("2026-10", "2026-10"), ("août 2026", "2026-08"), ("2026", "2026"), ("FY26", "2026"),
        ("Exercice 2026", "2026"), ("Q5 2026", None), ("Q4", None), ("H1 2026", None), ("2026-13", None),
        ("45", None), ("", None), ("Claire", None), ("1234567", None),
    ],
)  # fmt: skip
def test_periods_as_people_write_them(text: str, name: str | None) -> None:
    assert period_name(text) == name


def table(header: str, *, name: str = "a.csv") -> Table:
    return Table(name, tuple(header.split(",")), [], [], "utf-8", ",")


@pytest.mark.parametrize(
    "header",
    [
        "Deal,Owner,Amount,Close date",
        "Owner,Account,Quota,Period",
        "Opportunity,2026-Q1,2026-Q2",
        "Owner,Stage,2026-Q1,2026-Q2",
        "Owner,Period,Actual",
        "Owner,Date,Amount",
        "Owner,Amount",
        "Owner,Period",
        "Owner,2026-Q1,Something else",
        "Owner",
        "2026-Q1,2026-Q2",
        "Version 2.0,January 2004",
    ],
)
def test_what_is_no_table_of_quotas(header: str) -> None:
    assert recognise(table(header), loose=False) is None


def test_a_matrix_that_says_it_is_of_quotas(bring: Import, store: Store) -> None:
    bring(";T4 2026;T1 2027\nClaire Dubois;1;2\n", name="objectifs 2026.csv")
    assert read_quotas(store) == {("2026-Q4", CLAIRE): 1_00, ("2027-Q1", CLAIRE): 2_00}


def test_actuals_by_quarter_are_no_quotas() -> None:
    wide = "Rep,2026-Q1,2026-Q2"
    assert recognise(table(wide), loose=False) is not None
    assert recognise(table(wide), loose=True) is None
    assert recognise(table(wide, name="CA réalisé.csv"), loose=False) is None
    assert recognise(table(wide, name="Objectifs.csv"), loose=True) is not None
    both = recognise(table("Rep,Quota 2026-Q1,Actual 2026-Q1"), loose=False)
    assert both is not None
    assert [its.label for its in both.periods] == ["Quota 2026-Q1"]


def real_tables() -> Iterator[Table]:
    for root in (DATA, SAMPLE):
        for path in sorted(root.rglob("*")):
            if path.is_file():
                try:
                    for piece in pieces_of([path]).found:
                        yield from _tables(piece.read(), piece.name, Options())
                except Problem:
                    continue


def test_no_real_export_is_taken_for_quotas() -> None:
    tables = list(real_tables())
    assert len(tables) > 50
    assert [its.name for its in tables if recognise(its, loose=False)] == []


def test_the_command_line(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        line = ["--db", str(tmp_path / "cli.db"), *arguments]
        result = CliRunner().invoke(build(lambda *_a, **_k: None), line)
        assert result.exit_code == 0, result.output
        return result.stdout

    (tmp_path / "deals.csv").write_text(DEALS)
    path = tmp_path / "quotas.csv"
    path.write_text("Owner,Period,Quota\nClaire Dubois,2026-Q4,100\nX,2026-Q4,1\n")
    run("import", str(tmp_path / "deals.csv"))
    told = json.loads(run("import", str(path), "--json"))
    assert told["rows"] == 2
    assert (told["new"], told["rejected"], told["rejects"][0]["line"]) == (1, 1, 3)
    assert "2 rows = 0 new + 0 changed + 1 unchanged + 0 skipped + 1 rejected" in run("import", str(path))
    assert (
        json.loads(run("forecast", "--period", "2026-Q4", "--owner", "Claire Dubois", "--json"))["quota"]
        == 100
    )
