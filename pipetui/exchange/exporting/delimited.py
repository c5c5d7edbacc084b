"""A table as CSV (RFC 4180)."""

import csv
import io

from pipetui.exchange.exporting.tables import Table, cell_text
from pipetui.exchange.own import DELIMITERS
from pipetui.language import current

BOM = b"\xef\xbb\xbf"
"""By this Excel knows that a file is UTF-8."""


def csv_bytes(table: Table) -> bytes:
    """UTF-8, without a byte order mark; as a spreadsheet in the language in use reads it."""
    delimiter = DELIMITERS[current()]
    mark = "," if delimiter == ";" else "."
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows([cell_text(cell, mark) for cell in row] for row in table.rows)
    return target.getvalue().encode()
