"""Workbooks and archives for tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

Grid = Sequence[Sequence[Any]]


def workbook(
    sheets: Mapping[str, Grid], *, hidden: Sequence[str] = (), top: int = 0, merged: Sequence[str] = ()
) -> bytes:
    """An XLSX file; each sheet's cells begin `top` rows below its first, and the given ranges are merged."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for cells in merged:
            sheet.merge_range(cells, "")
        for number, row in enumerate(rows, top):
            for column, value in enumerate(row):
                if isinstance(value, date | datetime):
                    sheet.write_datetime(number, column, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(number, column, value, None, "#N/A")
                else:
                    sheet.write(number, column, value)
    book.close()
    return target.getvalue()


def archive(members: Mapping[str, bytes | str]) -> bytes:
    """A ZIP file, packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return target.getvalue()
