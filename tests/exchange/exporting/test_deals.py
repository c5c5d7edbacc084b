"""A list of deals as a spreadsheet sees it."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipetui.deals.money import Money
from pipetui.exchange.exporting.tables import Table, cell_text
from pipetui.exchange.exporting.workbook import xlsx_bytes
from tests.exchange.conftest import Import
from tests.exchange.exporting.conftest import NOW, Export

CRM = (
    "Id,Name,Account,Owner,Stage,Amount,Currency,Probability,Close Date,Created Date,Next Step,"
    "Forecast Category\n"
    "0061,Portail,=Nordimat,Claire,Discovery,12500.50,EUR,0.25,2026-12-15,2026-03-01,+33 1 23,Commit\n"
    "0062,Yens,Lens,Marc,Discovery,1200,JPY,0.1,,2026-03-02,,\n"
    "0063,Dinars,Lens,Marc,Discovery,12.345,TND,0.1,,2026-03-02,,\n"
    "0064,Unpriced,Lens,Marc,Discovery,,EUR,,,2026-03-02,,\n"
)


def read_csv(data: bytes, delimiter: str = ",") -> dict[str, dict[str, str]]:
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter)
    return {row["ID"]: row for row in rows}


def read_xlsx(data: bytes) -> dict[Any, dict[str, Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    header, *rows = book.get_sheet_by_index(0).to_python()
    return {row[0]: dict(zip(header, row, strict=True)) for row in rows}


def test_csv_in_english(bring: Import, export: Export) -> None:
    bring(CRM, decimal=".")
    rows = read_csv(export("csv"))
    portail = rows["0061"]
    assert (portail["Deal"], portail["Owner"], portail["Stage"]) == ("Portail", "Claire", "Discovery")
    assert (portail["Amount"], portail["Currency"], portail["Probability"]) == ("12500.50", "EUR", "0.25")
    assert (portail["Expected close"], portail["Status"]) == ("2026-12-15", "open")
    assert portail["Forecast category"] == "commit"
    assert (portail["Account"], portail["Next step"]) == ("'=Nordimat", "'+33 1 23")
    assert rows["0062"]["Amount"] == "1200"
    assert float(rows["0063"]["Amount"]) == 12.345
    assert rows["0064"]["Amount"] == ""


def test_csv_in_french_is_what_a_french_spreadsheet_reads(bring: Import, export: Export) -> None:
    bring(CRM, decimal=".")
    portail = read_csv(export("csv", "fr"), ";")["0061"]
    assert (portail["Affaire"], portail["Commercial"]) == ("Portail", "Claire")
    assert (portail["Montant"], portail["Probabilité"]) == ("12500,50", "0,25")
    assert (portail["Statut"], portail["Clôture prévue"]) == ("ouverte", "2026-12-15")


def test_xlsx_has_typed_cells(bring: Import, export: Export) -> None:
    bring(CRM, decimal=".")
    rows = read_xlsx(export("xlsx"))
    portail = rows["0061"]
    assert portail["Amount"] == 12500.5
    assert portail["Expected close"] == date(2026, 12, 15)
    assert portail["Probability"] == 0.25
    assert portail["Account"] == "'=Nordimat"
    assert rows["0064"]["Amount"] == ""


def test_xlsx_has_a_frozen_header_with_filters_and_currencies(bring: Import, export: Export) -> None:
    import zipfile

    bring(CRM, decimal=".")
    with zipfile.ZipFile(io.BytesIO(export("xlsx"))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:Z5"/>' in sheet
    assert "<f>" not in sheet
    assert '"#,##0.00 [$EUR]"' in styles
    assert '"#,##0 [$JPY]"' in styles
    assert '"#,##0.000 [$TND]"' in styles


def test_columns_are_as_wide_as_their_texts_within_reason() -> None:
    import re
    import zipfile

    table = Table("T", ("A", "B"), [("x" * 20, "y" * 4000)])
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(table, NOW))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    first, second = (float(width) for width in re.findall(r'<col [^>]*width="([\d.]+)"', sheet))
    assert 20 < first < 26
    assert 48 <= second < 50


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Money(-50000, "EUR"), "-500.00"),  # a number, not a formula
        (Money(12345, "TND"), "12.3450"),  # not to be taken for twelve thousand
        (0.1, "0.1"),
        (0.000001, "0.000001"),
        (None, ""),
        ("-", "'-"),
    ],
)
def test_cells_as_text(cell: Any, text: str) -> None:
    assert cell_text(cell) == text


def test_days_before_spreadsheets_are_text(table: Callable[[], Table]) -> None:
    made = Table("T", ("A",), [(date(1900, 2, 28),), (date(1900, 3, 1),)])
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(made, NOW)))
    assert book.get_sheet_by_index(0).to_python()[1:] == [["1900-02-28"], [date(1900, 3, 1)]]
