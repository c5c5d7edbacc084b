"""Real exports of five organisations: counts and sums by stage are those of SQL over the raw file."""

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.exchange.conftest import Import

DATA = Path(__file__).parent.parent / "data"

DEALS = {
    "salesforce_devorg/Opportunity.csv": ("salesforce", "StageName", "Amount"),
    "salesforce_mashmatrix/Opportunity.csv": ("salesforce", "StageName", "Amount"),
    "fivetran_salesforce/sf_opportunity_data.csv": ("salesforce", "stage_name", "amount"),
    "fivetran_hubspot/deal_data.csv": ("hubspot", "deal_pipeline_stage_id", "property_amount"),
    "dealintel_transitions/deals.csv": ("generic", "stage", "deal_value"),
}
OTHERS = sorted(
    str(path.relative_to(DATA))
    for path in DATA.rglob("*")
    if path.is_file() and "made" not in path.parts and str(path.relative_to(DATA)) not in DEALS
)


@contextmanager
def table(name: str) -> Iterator[sqlite3.Connection]:
    """The raw cells of a file as an SQL table `file`."""
    with (
        (DATA / name).open(encoding="utf-8-sig", newline="") as source,
        closing(sqlite3.connect(":memory:")) as database,
    ):
        header, *rows = csv.reader(source)
        columns = ", ".join(f'"{label}" TEXT' for label in header)
        database.execute(f"CREATE TABLE file ({columns})")
        database.executemany(f"INSERT INTO file VALUES ({', '.join('?' * len(header))})", rows)
        yield database


@pytest.mark.parametrize("name", DEALS)
def test_counts_sums_and_unpriced_by_stage(store: Store, bring: Import, name: str) -> None:
    preset, stage, amount = DEALS[name]
    report = bring(DATA / name)
    assert (report.as_json()["preset"], report.new, report.rejected) == (preset, report.rows, 0)
    with table(name) as database:
        expected = {
            stage or "(no stage)": (count, total, unpriced)
            for stage, count, total, unpriced in database.execute(
                f'SELECT "{stage}", count(*), CAST(sum(round("{amount}" * 100)) AS INTEGER), '
                f"sum(\"{amount}\" = '') "
                f'FROM file GROUP BY "{stage}"'
            )
        }
    with store.reading() as run:
        found = {
            stage: (count, total, unpriced)
            for stage, count, total, unpriced in run(
                "SELECT s.name, count(*), COALESCE(sum(d.amount), 0), sum(d.amount IS NULL) FROM deal d "
                "JOIN stage s ON s.id = d.stage_id GROUP BY s.id",
                {},
            )
        }
    assert found == expected


@pytest.mark.parametrize("name", DEALS)
def test_the_second_time_brings_nothing(bring: Import, name: str) -> None:
    bring(DATA / name)
    again = bring(DATA / name)
    assert (again.new, again.changed, again.missing, again.unchanged) == (0, 0, 0, again.rows)


def test_all_in_one_store(store: Store, bring: Import) -> None:
    first = [bring(DATA / name) for name in DEALS]
    second = [bring(DATA / name) for name in DEALS]
    assert [report.source for report in first] == [
        "salesforce",
        "salesforce-2",
        "salesforce-3",
        "hubspot",
        "generic",
    ]
    assert [report.source for report in second] == [report.source for report in first]
    assert all((report.new, report.changed, report.missing) == (0, 0, 0) for report in second)
    assert len(read_board(store).deals) == sum(report.rows for report in first)


def test_won_and_lost_are_those_of_the_flags(store: Store, bring: Import) -> None:
    name = "salesforce_devorg/Opportunity.csv"
    bring(DATA / name)
    with table(name) as database:
        flags = {
            id_: "won" if won == "TRUE" else "lost" if closed == "TRUE" else "open"
            for id_, won, closed in database.execute("SELECT Id, IsWon, IsClosed FROM file")
        }
    assert {deal.external_id: deal.status for deal in read_board(store).deals} == flags


def test_days_in_two_digit_american_order(store: Store, bring: Import) -> None:
    name = "salesforce_devorg/Opportunity.csv"
    bring(DATA / name)
    with table(name) as database:
        days = dict(
            database.execute(
                "SELECT Id, '20' || substr(CloseDate, 7, 2) || '-' || substr(CloseDate, 1, 2) || '-' || "
                "substr(CloseDate, 4, 2) FROM file"
            ).fetchall()
        )
    assert {deal.external_id: str(deal.close_date) for deal in read_board(store).deals} == days


def test_where_every_row_is_marked_as_deleted_the_mark_says_nothing(bring: Import) -> None:
    report = bring(DATA / "fivetran_salesforce/sf_opportunity_data.csv")
    assert [warning for warning in report.warnings if warning.startswith("is_deleted")]


@pytest.mark.parametrize("name", OTHERS)
def test_whatever_holds_no_deals_is_one_sentence(
    store: Store, playbook: Playbook, clock: Clock, name: str
) -> None:
    with pytest.raises(Problem) as told:
        run_import(store, playbook, clock, [DATA / name], by="claire")
    said = str(told.value)
    assert said.startswith(Path(name).name)
    assert "\n" not in said
    assert read_board(store).stages == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("salesforce_devorg/Account.csv", "a list of accounts"),
        ("fivetran_hubspot/company_data.csv", "a list of accounts"),
        ("fivetran_salesforce/sf_user_data.csv", "a list of users"),
        ("fivetran_hubspot/owner_data.csv", "a list of users"),
        ("fivetran_salesforce/sf_opportunity_line_item_data.csv", "a list of order lines"),
        ("fivetran_salesforce/sf_product_2_data.csv", "a list of products"),
        ("fivetran_hubspot/deal_pipeline_stage_data.csv", "a list of stages"),
        ("salesforce_devorg/OpportunityHistory.csv", "--history"),
        ("fivetran_salesforce/sf_opportunity_history_data.csv", "--history"),
        ("dealintel_transitions/stage_transitions.csv", "--history"),
        ("salesforce_devorg/LICENSE", "no table of deals"),
    ],
)
def test_it_says_what_it_looks_like(
    store: Store, playbook: Playbook, clock: Clock, name: str, said: str
) -> None:
    with pytest.raises(Problem, match=said):
        run_import(store, playbook, clock, [DATA / name], by="claire")


def test_naughty_names_all_arrive(store: Store, bring: Import, tmp_path: Path) -> None:
    names = json.loads((DATA / "blns" / "blns.json").read_text("utf-8"))
    path = tmp_path / "naughty.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["Opportunity ID", "Opportunity Name", "Stage", "Amount"])
        writer.writerows([number, name, "Demo", 100] for number, name in enumerate(names))
    report = bring(path)
    assert (report.new, report.rejected) == (len(names), 0)
    deals = {int(deal.external_id): deal.name for deal in read_board(store).deals}
    assert all(name and name.isprintable() for name in deals.values())
    plain = [
        number
        for number, name in enumerate(names)
        if name.isascii() and name.isprintable() and name == " ".join(name.split())
    ]
    assert len(plain) > 200
    assert [deals[number] for number in plain if names[number]] == [
        names[number] for number in plain if names[number]
    ]
