"""A table as CSV (RFC 4180)."""

import csv
from collections.abc import Iterator

from pipetui.exchange.exporting.tables import Table, cell_text
from pipetui.exchange.own import DELIMITERS
from pipetui.language import current

BOM = b"\xef\xbb\xbf"
"""By this Excel knows that a file is UTF-8."""


class _Passed:
    """A file that hands back what is written to it."""

    @staticmethod
    def write(text: str) -> str:
        return text


def csv_lines(table: Table) -> Iterator[bytes]:
    """UTF-8, without a byte order mark; as a spreadsheet in the language in use reads it."""
    delimiter = DELIMITERS[current()]
    mark = "," if delimiter == ";" else "."
    writer = csv.writer(_Passed(), delimiter=delimiter, lineterminator="\r\n")
    yield writer.writerow(table.header).encode()
    for row in table.rows:
        yield writer.writerow([cell_text(cell, mark) for cell in row]).encode()
