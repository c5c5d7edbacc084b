"""Workbooks, archives, folders, standard input: what is read, in which order, and what is refused."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from pipetui.deals.clock import Clock
from pipetui.deals.deal import Deal
from pipetui.deals.errors import Problem
from pipetui.exchange.importing import files, workbook
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.exchange import making
from tests.exchange.conftest import Import
from tests.exchange.test_real_files import DATA

HEADER = ["Deal ID", "Deal Name", "Stage", "Amount", "Close Date", "Probability"]
ROWS = [
    ["1", "A", "Demo", 12500.5, date(2026, 4, 3), 0.2],
    ["2", "B", "Closed Won", 1234.567, datetime(2026, 12, 1, 9, 30), 1],
    ["3", "C", "Demo", "=NA()", 46360, 0.75],
]
TEXT = "Deal ID,Deal Name,Stage,Amount\n1,A,Demo,100\n"


def deals(store: Store) -> dict[str, Deal]:
    return {deal.name: deal for deal in read_board(store).deals}


def test_a_sheets_cells_keep_their_types(store: Store, bring: Import) -> None:
    report = bring(making.workbook({"Deals": [HEADER, *ROWS]}), name="deals.xlsx")
    assert (report.new, report.rejected, report.warnings) == (3, 0, [])
    found = {
        name: (deal.amount, deal.close_date, deal.probability, deal.status)
        for name, deal in deals(store).items()
    }
    assert found == {
        "A": (1_250_050, date(2026, 4, 3), 0.2, "open"),
        "B": (123_457, date(2026, 12, 1), 1.0, "won"),
        "C": (None, date(2026, 12, 4), 0.75, "open"),
    }


def test_what_stands_in_merged_rows_is_said_of_each(store: Store, bring: Import) -> None:
    rows = [
        ["Pipeline", None, None, None],
        ["Customer", "Deal", "Stage", "Amount"],
        ["Acme", "A", "Demo", 10],
        [None, "B", "Demo", 20],
        ["Beta", "C", "Demo", 30],
        [None, "D", "Demo", 40],
    ]
    bring(making.workbook({"Deals": rows}, merged=["A1:D1", "A3:A4"]), name="tracker.xlsx")
    assert {deal.name: deal.account for deal in read_board(store).deals} == {
        "A": "Acme", "B": "Acme", "C": "Beta", "D": "",
    }  # fmt: skip


def test_numbers_beside_text_with_decimal_commas(store: Store, bring: Import) -> None:
    rows = [["A", "Demo", 1234.567], ["B", "Demo", "1 200,50"], ["C", "Demo", "3,5"]]
    bring(making.workbook({"x": [["Deal Name", "Stage", "Amount"], *rows]}), name="deals.xlsx")
    assert [deal.amount for deal in deals(store).values()] == [123_457, 120_050, 350]


def test_the_header_may_stand_far_down_and_the_line_is_the_sheets(bring: Import) -> None:
    rows = [*([["", "Some note"]] * 10), [], HEADER, *ROWS, ["4", "D", "Demo", "lots"]]
    report = bring(making.workbook({"Deals": rows}, top=5), name="deals.xlsx")
    assert (report.new, report.rejected) == (3, 1)
    assert report.rejects[0].line == 5 + 12 + 3 + 1


def test_sheets_without_deals_are_told_and_left_out(store: Store, bring: Import) -> None:
    book = making.workbook(
        {"Notes": [["To do"], ["call"]], "Deals": [HEADER, *ROWS], "Old": [HEADER, ["9", "Z"]], "Empty": []},
        hidden=["Old"],
    )
    report = bring(book, name="book.xlsx")
    assert set(deals(store)) == {"A", "B", "C"}
    assert [warning for warning in report.warnings if "book.xlsx › Notes" in warning]
    assert report.files[0].name == "book.xlsx › Deals"


def test_a_sheet_by_name(store: Store, bring: Import) -> None:
    book = making.workbook({"Deals": [HEADER, *ROWS], "Old": [HEADER, ["9", "Z", "Demo"]]}, hidden=["Old"])
    bring(book, name="book.xlsx", sheet="old")
    assert set(deals(store)) == {"Z"}
    with pytest.raises(Problem, match=r"has no sheet “Deal”; it has Deals"):
        bring(book, name="book.xlsx", sheet="Deal")


def test_old_workbooks_are_read(store: Store, bring: Import) -> None:
    report = bring(DATA / "made" / "deals.xls")
    assert (report.new, report.rejected) == (2, 0)
    assert deals(store)["Éditique"].amount == 1_250_050
    assert deals(store)["Éditique"].close_date == date(2026, 4, 3)


def test_an_archive_and_a_folder_bring_the_same(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    weeks = {
        "deals_2026-11-13.csv": "Deal ID,Deal Name,Stage,Amount\n1,A,Proposal,150\n",
        "deals_2026-11-06.csv": TEXT,
        "accounts.csv": "Id,Name,BillingCity,Industry\n1,Acme,Lyon,IT\n",
        "README.md": "about",
        ".hidden.csv": TEXT,
    }
    folder = tmp_path / "exports"
    folder.mkdir()
    for name, text in weeks.items():
        (folder / name).write_text(text)
    (tmp_path / "exports.zip").write_bytes(
        making.archive({f"in/{name}": text for name, text in weeks.items()})
    )
    told = []
    for number, path in enumerate((folder, tmp_path / "exports.zip")):
        with Store.open(tmp_path / f"{number}.db") as opened:
            report = run_import(opened, playbook, clock, [path], by="claire")
            (deal,) = read_board(opened).deals
            told.append((report.rows, report.new, report.changed, deal.amount, deal.stage_since))
            assert [warning for warning in report.warnings if "a list of accounts" in warning]
            assert [warning for warning in report.warnings if "README.md" in warning]
    assert told == [(2, 1, 1, 15_000, date(2026, 11, 13))] * 2


def test_a_folder_of_a_crm_finds_its_history(store: Store, bring: Import) -> None:
    report = bring(DATA / "salesforce_devorg")
    assert (report.new, report.history_rows) == (36, 48)


def test_standard_input_may_be_a_workbook(
    store: Store, playbook: Playbook, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = io.BytesIO(making.workbook({"Deals": [HEADER, *ROWS]}))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(data))
    assert run_import(store, playbook, clock, [Path("-")], by="claire").new == 3


def test_the_title_tells_the_day(bring: Import) -> None:
    report = bring(f"Pipeline\nAs of 2026-11-13 08:00:00 CET\n\n{TEXT}")
    assert (report.files[0].as_of.date(), report.files[0].as_of_reason) == (
        date(2026, 11, 13),
        "the date above the header",
    )


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"PK\x03\x04rest", "a.xlsx", "damaged"),
        (making.workbook({"a": [["x"]]})[:2000], "a.xlsx", "damaged"),
        (making.archive({"word/document.xml": "x", "[Content_Types].xml": "x"}), "a.docx", "no workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "a.xls", "no workbook"),
        (making.workbook({"a": []}), "a.xlsx", "empty"),
        (making.archive({"a.pdf": "x"}), "a.zip", "holds no exports"),
        (
            making.archive({"a.csv": "Id,Name,Phone,Website\nx,y,z,w\n"}),
            "a.zip",
            "a.zip › a.csv holds no deals",
        ),
        (b"<html><body><table><tr><td>x</td></tr></table>", "a.xls", "web page"),
        (b"<?xml version='1.0'?><Workbook>", "a.xls", "web page"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(bring: Import, data: bytes, name: str, said: str) -> None:
    with pytest.raises(Problem, match=said) as told:
        bring(data, name=name)
    assert "\n" not in str(told.value)


def test_bombs_are_refused(bring: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = making.archive({f"{n}.csv": "0" * 2_000_000 for n in range(3)})
    monkeypatch.setattr(files, "MAX_BYTES", 5_000_000)
    with pytest.raises(Problem, match="unpacks to more than 4 MB"):
        bring(zeros, name="bomb.zip")
    monkeypatch.setattr(files, "MAX_FILES", 2)
    with pytest.raises(Problem, match="more than 2 files"):
        bring(making.archive({f"{n}.csv": TEXT for n in range(3)}), name="many.zip")


def test_an_archive_that_lies_about_its_size_is_damaged(bring: Import) -> None:
    data = making.archive({"a.csv": "0" * 1_000_000})
    lie = data.replace((1_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    with pytest.raises(Problem, match="damaged"):
        bring(lie, name="lie.zip")


@pytest.mark.parametrize(("cell", "said"), [("BZZ1", "2000 columns"), ("ZZ1048576", "20000000 cells")])
def test_sheets_that_span_too_far_are_refused(cell: str, said: str) -> None:
    book = making.workbook({"a": [["x"]]})
    target = io.BytesIO()
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    with zipfile.ZipFile(io.BytesIO(book)) as source, zipfile.ZipFile(target, "w") as out:
        for member in source.namelist():
            text = source.read(member)
            if member == "xl/worksheets/sheet1.xml":
                text = text.replace(
                    b"</sheetData>", f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'.encode()
                )
            out.writestr(member, text)
    with pytest.raises(Problem, match=said):
        workbook.read_sheets(target.getvalue(), "far.xlsx")


def test_lists_of_something_else_are_left_out_where_deals_come_with_them(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    export, users = tmp_path / "deals.csv", tmp_path / "users.csv"
    export.write_text(TEXT, encoding="utf-8")
    users.write_text("Username,Email,User Role,Profile\nx,y@z,w,v\n", encoding="utf-8")
    report = run_import(store, playbook, clock, [users, export], by="claire")
    assert report.new == 1
    assert "users.csv was left out: it looks like a list of users." in report.warnings
    with pytest.raises(Problem, match="Give the export of the deals"):
        run_import(store, playbook, clock, [users], by="claire")
