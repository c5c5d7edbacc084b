"""Lists of accounts, owners and stages beside the deals: names instead of ids."""

import csv
from pathlib import Path

import pytest

from pipetui.deals.clock import Clock
from pipetui.exchange.importing.report import ImportReport
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.exchange import making
from tests.exchange.conftest import Import
from tests.exchange.test_real_files import DATA

FOLDERS = {
    "salesforce_devorg": 36,
    "salesforce_mashmatrix": 774,
    "fivetran_salesforce": 10,
    "fivetran_hubspot": 44,
    "dealintel_transitions": 75,
}


@pytest.fixture
def together(store: Store, playbook: Playbook, clock: Clock, tmp_path: Path):  # type: ignore[no-untyped-def]
    """Imports files of the given contents together."""

    def run(**files: str) -> ImportReport:
        paths = []
        for name, content in files.items():
            paths.append(tmp_path / f"{name}.csv")
            paths[-1].write_text(content)
        report = run_import(store, playbook, clock, paths, by="claire")
        assert report.adds_up()
        return report

    return run


def column(name: str, label: str) -> dict[str, str]:
    """Id → another column of a file."""
    with (DATA / name).open(encoding="utf-8-sig", newline="") as source:
        return {row["Id" if "Id" in row else "id"]: row[label] for row in csv.DictReader(source)}


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_imports_as_a_whole(store: Store, playbook: Playbook, clock: Clock, folder: str) -> None:
    report = run_import(store, playbook, clock, [DATA / folder], by="claire")
    assert report.adds_up()
    assert report.new == len(read_board(store).deals) == FOLDERS[folder]
    again = run_import(store, playbook, clock, [DATA / folder], by="claire")
    assert (again.new, again.changed, again.missing, again.events) == (0, 0, 0, 0)


@pytest.mark.parametrize("folder", ["salesforce_devorg", "salesforce_mashmatrix"])
def test_accounts_have_the_names_of_their_list(
    store: Store, playbook: Playbook, clock: Clock, folder: str
) -> None:
    paths = [DATA / folder / "Opportunity.csv", DATA / folder / "Account.csv"]
    run_import(store, playbook, clock, paths, by="claire")
    refers, names = column(f"{folder}/Opportunity.csv", "AccountId"), column(f"{folder}/Account.csv", "Name")
    expected = {deal: " ".join(names.get(id_, "").split()) for deal, id_ in refers.items()}
    assert {deal.external_id: deal.account for deal in read_board(store).deals} == expected
    assert sum(map(bool, expected.values())) > len(expected) / 2


def test_owners_have_the_names_of_their_list(store: Store, playbook: Playbook, clock: Clock) -> None:
    paths = [DATA / "fivetran_hubspot" / name for name in ("deal_data.csv", "owner_data.csv")]
    run_import(store, playbook, clock, paths, by="claire")
    with (DATA / "fivetran_hubspot" / "owner_data.csv").open(encoding="utf-8-sig", newline="") as source:
        names = {
            row["owner_id"]: f"{row['first_name']} {row['last_name']}".strip() or row["email"]
            for row in csv.DictReader(source)
        }
    with (DATA / "fivetran_hubspot" / "deal_data.csv").open(encoding="utf-8-sig", newline="") as source:
        expected = {row["deal_id"]: names.get(row["owner_id"], "") for row in csv.DictReader(source)}
    assert {deal.external_id: deal.owner for deal in read_board(store).deals} == expected
    assert sum(map(bool, expected.values())) == 22


@pytest.mark.parametrize(
    "name", ["salesforce_devorg/Opportunity.csv", "salesforce_mashmatrix/Opportunity.csv"]
)
def test_ids_alone_are_no_names(store: Store, bring: Import, name: str) -> None:
    report = bring(DATA / name)
    assert {deal.account for deal in read_board(store).deals} == {""}
    assert any(warning.startswith("AccountId holds ids") for warning in report.warnings)
    assert "account" not in report.as_json()["mapping"]


def test_stages_owners_and_companies_of_a_warehouse(store: Store, together) -> None:  # type: ignore[no-untyped-def]
    report = together(
        deal=(
            "deal_id,deal_pipeline_id,deal_pipeline_stage_id,owner_id,property_dealname,property_amount\n"
            "1,p1,s1,77,A,100\n2,p1,s2,78,B,200\n3,p1,s3,77,C,300\n"
        ),
        stage=(
            "stage_id,label,pipeline_id,display_order,is_closed,closed_won\n"
            "s1,Demo,p1,1,FALSE,FALSE\ns2,Signed at last,p1,2,TRUE,TRUE\ns3,Gone,p1,3,TRUE,FALSE\n"
        ),
        pipeline="pipeline_id,label,active,display_order\np1,Partners,TRUE,1\n",
        owner="owner_id,first_name,last_name,email\n77,Claire,Dubois,c@x\n78,,,marc@x\n",
        deal_company="company_id,deal_id,type_id,category\n5,1,1,X\n6,2,1,X\n",
        company="id,property_name,property_city\n5,Acme,Paris\n6,Beta,Lyon\n",
    )
    assert report.rows == 3
    board = read_board(store)
    stages = {stage.id: stage.name for stage in board.stages}
    assert {
        deal.name: (stages[deal.stage_id], deal.status, deal.owner, deal.account) for deal in board.deals
    } == {
        "A": ("Demo", "open", "Claire Dubois", "Acme"),
        "B": ("Signed at last", "won", "marc@x", "Beta"),
        "C": ("Gone", "lost", "Claire Dubois", ""),
    }


def test_lists_with_french_labels(store: Store, together) -> None:  # type: ignore[no-untyped-def]
    together(
        affaires="ID de l'affaire;Affaire;Étape;Montant;ID du compte\n1;A;Démo;10;C1\n2;B;Démo;10;C9\n",
        comptes="ID;Raison sociale;Ville;SIRET\nC1;Acmé;Paris;1\nC2;Bêta;Lyon;2\n",
    )
    assert {deal.name: deal.account for deal in read_board(store).deals} == {"A": "Acmé", "B": ""}


def test_a_list_that_nothing_refers_to_is_told(together) -> None:  # type: ignore[no-untyped-def]
    report = together(deals="Id,Name,StageName\n1,A,Demo\n", users="Username,Email\nx,y\n")
    assert report.new == 1
    assert any("users.csv" in warning for warning in report.warnings)


@pytest.mark.parametrize(
    ("label", "value", "kept"),
    [
        ("OwnerId", "u7", False),
        ("owner_id", "4402", False),
        ("Deal owner", "005bm00000NCJmQAAX", False),
        ("ID du propriétaire", "u7", False),
        ("Owner", "Bo", True),
        ("Deal owner", "R2-D2", True),
    ],
)
def test_what_is_taken_for_an_id(store: Store, bring: Import, label: str, value: str, kept: bool) -> None:
    bring(f"Deal ID,Deal Name,Stage,{label}\n1,A,Demo,{value}\n")
    (deal,) = read_board(store).deals
    assert deal.owner == (value if kept else "")


def test_what_the_user_maps_is_taken_as_it_is(store: Store, bring: Import) -> None:
    bring("Deal ID,Deal Name,Stage,OwnerId\n1,A,Demo,u7\n", mapping={"owner": "OwnerId"})
    assert [deal.owner for deal in read_board(store).deals] == ["u7"]


def test_names_that_a_list_of_contacts_knows_too_stay(store: Store, bring: Import) -> None:
    book = making.workbook(
        {
            "Affaires": [["Affaire", "Client", "Étape"], ["A", "Acme", "Devis"], ["B", "Beta", "Devis"]],
            "Contacts": [["Prénom", "Nom", "Société"], ["Jean", "Dupont", "Acme"], ["Anne", "Roy", "Beta"]],
        }
    )
    bring(book, name="book.xlsx")
    assert {deal.name: deal.account for deal in read_board(store).deals} == {"A": "Acme", "B": "Beta"}
