"""A table as an XLSX workbook."""

import io
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from pipetui.deals.errors import Problem
from pipetui.deals.money import Money, digits, to_major
from pipetui.exchange.exporting.tables import Cell, Table, cell_text
from pipetui.exchange.neutral import neutral
from pipetui.language import _, current

MAX_ROWS: Final = 1_048_575
"""A sheet has this many rows below its header."""
_FIRST_DAY: Final = date(1900, 3, 1)
"""Before it, spreadsheets disagree: some of them know a 29 February 1900."""
_DAYS: Final = {"en": "yyyy-mm-dd", "fr": "dd/mm/yyyy"}
_WIDTHS: Final = (8, 48)
"""The narrowest and the widest column, in characters."""
_SAMPLE: Final = 1_000
"""Rows that decide how wide the columns are."""


def xlsx_bytes(table: Table, at: datetime) -> bytes:
    """One sheet: a frozen, filterable header, columns as wide as their texts, days and amounts as such.

    Text that may begin a formula is neutralised, because a sheet may be saved as CSV one day.

    Raises:
        Problem: more rows than a sheet has.
    """
    import xlsxwriter

    if len(table.rows) > MAX_ROWS:
        raise Problem(
            _("A sheet has room for %(limit)d rows: filter the deals, or export them as CSV.")
            % {"limit": MAX_ROWS}
        )
    target = io.BytesIO()
    # Row by row, so that a hundred thousand deals take no more memory than one.
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    book.set_properties({"title": table.title, "author": "pipetui", "created": at})
    sheet = book.add_worksheet(table.title)
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, width in enumerate(_widths(table)):
        sheet.set_column(column, column, width)
    for column, label in enumerate(table.header):
        sheet.write_string(0, column, label, bold)
    sheet.freeze_panes(1, 0)
    if table.header:
        sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)
    write = _writer(book, sheet)
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            write(number, column, cell)
    book.close()
    return target.getvalue()


def _writer(book: Any, sheet: Any) -> Callable[[int, int, Cell], None]:
    @cache
    def form(pattern: str) -> Any:
        return book.add_format({"num_format": pattern})

    def write(row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            sheet.write_string(row, column, neutral(cell))
        elif isinstance(cell, Money):
            sheet.write_number(row, column, float(to_major(*cell)), form(_money(cell.currency)))
        elif not isinstance(cell, date):
            sheet.write_number(row, column, cell, form("0%"))
        elif cell < _FIRST_DAY:
            sheet.write_string(row, column, cell.isoformat())
        else:
            sheet.write_datetime(row, column, cell, form(_DAYS[current()]))

    return write


def _money(currency: str) -> str:
    """A number format; the spreadsheet puts its own marks for those of the pattern."""
    places = digits(currency)
    number = f"#,##0.{'0' * places}" if places else "#,##0"
    return f"{number} [${currency}]" if currency.isalpha() else number


def _widths(table: Table) -> list[int]:
    least, most = _WIDTHS
    columns = zip(table.header, *table.rows[:_SAMPLE], strict=True)
    return [
        max(least, min(most, 2 + max(len(label), *(len(cell_text(cell)) for cell in cells), 0)))
        for label, *cells in columns
    ]
