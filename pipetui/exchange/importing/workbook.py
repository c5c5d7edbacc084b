"""Workbooks (XLSX, XLSM, XLSB, XLS) → sheets of text cells."""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.exchange.importing.delimited import MAX_CELL, MAX_COLUMNS
from pipetui.exchange.importing.files import ZIP, check_zip, damaged, protected, unpack
from pipetui.language import _

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAX_CELLS: Final = 20_000_000
"""Most cells that a sheet may span: the reader makes room for all of them, the empty ones too."""
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"

_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_COLUMN: Final = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,4})\d')
_ROW: Final = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d{1,9})"')
_OVERLAP: Final = 200
"""A reference that two chunks of a sheet share is found if they overlap by its length."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as text. The first row is the sheet's first, whatever is in it."""

    name: str
    rows: list[list[str]]


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook; or an archive, which is none but is no text either."""
    return data.startswith((ZIP, OLD_EXCEL))


def read_sheets(data: bytes, name: str, wanted: str | None = None) -> list[Sheet]:
    """The visible sheets of a workbook that hold anything, or the one wanted, be it hidden.

    Numbers stand as digits with a point, dates as ISO dates; an error (#N/A) is empty.

    Raises:
        Problem: no workbook, damaged, protected, beyond the limits, or without that sheet.
    """
    import python_calamine

    if data.startswith(OLD_EXCEL):
        if _ENCRYPTED in data:
            raise Problem(protected(name))
    else:
        _check(data, name)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Sheet(clean(sheet), _texts(book.get_sheet_by_name(sheet), name))
            for sheet in _names(book, name, wanted)
        ]
    except python_calamine.PasswordError:
        raise Problem(protected(name)) from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise Problem(_unreadable(name)) from None


def _names(book: "CalamineWorkbook", name: str, wanted: str | None) -> list[str]:
    """The sheets to read, as the workbook calls them."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if wanted is None:
        return [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    names = [sheet.name for sheet in sheets]
    found = [sheet for sheet in names if clean(sheet).casefold() == wanted.strip().casefold()]
    if not found:
        shown = get_close_matches(wanted, names, 3) or names[:8]
        raise Problem(
            _("%(file)s has no sheet “%(sheet)s”; it has %(all)s.")
            % {"file": name, "sheet": clean(wanted), "all": ", ".join(map(clean, shown))}
        )
    return found[:1]


def _texts(sheet: "CalamineSheet", name: str) -> list[list[str]]:
    rows = sheet.to_python(skip_empty_area=False)
    texts = [[value if type(value) is str else _text(value) for value in row] for row in rows]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        # What stands in the middle of several rows is said of each of them.
        for row in texts[top + 1 : bottom + 1]:
            row[left] = texts[top][left]
    for number, row in enumerate(texts, 1):
        if any(len(cell) > MAX_CELL for cell in row):
            raise Problem(
                _("Row %(row)d of %(file)s holds a cell of more than %(limit)d characters.")
                % {"row": number, "file": name, "limit": MAX_CELL}
            )
    return texts


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def number_text(value: float) -> str:
    """Digits and a point, which nobody can take for a mark between thousands."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    # Three decimals would read as thousands where the column's text has decimal commas.
    return f"{text}0" if re.fullmatch(r"-?\d+\.\d{3}", text) else text


def _check(data: bytes, name: str) -> None:
    """Refuse, before it is unpacked into memory, a workbook that unpacks to too much or spans too far."""
    check_zip(data, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Problem(damaged(name)) from None
    with archive:
        members = archive.namelist()
        if not any(member.startswith("xl/") for member in members):
            raise Problem(_unreadable(name))
        for member in members:
            if member.startswith("xl/worksheets/") and member.endswith(".xml"):
                _check_sheet(archive, member, name)


def _check_sheet(archive: zipfile.ZipFile, member: str, name: str) -> None:
    columns: set[bytes] = set()
    last, tail = 0, b""
    for chunk in unpack(archive, member, name):
        text = tail + chunk
        columns.update(_COLUMN.findall(text))
        last = max(last, max(map(int, _ROW.findall(text)), default=0))
        tail = text[-_OVERLAP:]
    width = max(map(_ordinal, columns), default=0)
    if width > MAX_COLUMNS:
        raise Problem(
            _("%(file)s has more than %(limit)d columns: this is no export of deals.")
            % {"file": name, "limit": MAX_COLUMNS}
        )
    if width * last > MAX_CELLS:
        raise Problem(
            _("%(file)s spans more than %(limit)d cells, the most that can be imported: save it as CSV.")
            % {"file": name, "limit": MAX_CELLS}
        )


def _ordinal(letters: bytes) -> int:
    """A column's number: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _unreadable(name: str) -> str:
    return _("%(file)s is no workbook that can be read: save the sheet as XLSX or CSV and import that.") % {
        "file": name
    }
