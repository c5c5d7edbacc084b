"""Results on stdout: exact JSON, aligned tables."""

import json
import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from pipetui.deals.money import to_major
from pipetui.deals.text import clean

_MARK = "\ue000"
"""A private-use character: `clean` lets none into the store, so none is in a result."""
_MARKED = re.compile(f'"{_MARK}([^"]*){_MARK}"')

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

GAP = "  "


def emit_json(value: object) -> None:
    """Print a result as JSON; what the encoding of stdout does not know is escaped."""
    text = json_text(value)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = _BEYOND_ASCII.sub(lambda match: json.dumps(match[0])[1:-1], text)
    print(text)


def json_text(value: object) -> str:
    """A result as JSON: `Decimal`s as numbers to the last digit, days as ISO text."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    return _MARKED.sub(r"\1", text)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}{_MARK}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


def major(minor: int, currency: str) -> Decimal:
    """An exact amount in major units, without trailing zeros: 61726 EUR → 617.26, 4600000 EUR → 46000."""
    exact = to_major(minor, currency)
    whole = exact.to_integral_value()
    return whole if exact == whole else exact.normalize()


def others(currencies: Mapping[str, tuple[int, int]]) -> dict[str, Any]:
    """`other_currencies` of a result, where there are any."""
    if not currencies:
        return {}
    return {
        "other_currencies": [
            {"currency": currency, "count": count, "amount": major(minor, currency)}
            for currency, (count, minor) in sorted(currencies.items())
        ]
    }


def colored() -> bool:
    """Whether stdout is a terminal that should get colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, code: str) -> str:
    """Text in an SGR style ("1" is bold, "31" red), if stdout takes colours."""
    return f"\x1b[{code}m{text}\x1b[0m" if text.strip() and colored() else text


def width() -> int:
    """Columns of the terminal (or of `COLUMNS`); 160 where there is none."""
    return max(40, shutil.get_terminal_size((160, 40)).columns)


class Column(NamedTuple):
    """A column of a table."""

    right: bool = False
    """Aligned to the right: numbers."""
    flexible: bool = False
    """Gives way where the lines would be too long."""
    least: int = 8
    """Cells that a flexible column keeps."""


def table(
    rows: Sequence[Sequence[str]], columns: Sequence[Column], indent: str = "", room: int | None = None
) -> list[str]:
    """Rows as aligned lines that fit the terminal, or some cells. Widths are counted in terminal cells."""
    from rich.cells import cell_len, set_cell_size

    rows = [[clean(cell) for cell in row] for row in rows]
    widths = [max((cell_len(row[number]) for row in rows), default=0) for number in range(len(columns))]
    _squeeze(widths, columns, (room or width()) - len(indent) - len(GAP) * (len(columns) - 1))
    lines = []
    for row in rows:
        cells = []
        for text, column, wide in zip(row, columns, widths, strict=True):
            fitted = text
            if cell_len(text) > wide:
                fitted = set_cell_size(text, wide - 1) + "…" if wide else ""
            padding = " " * (wide - cell_len(fitted))
            cells.append(padding + fitted if column.right else fitted + padding)
        lines.append((indent + GAP.join(cells)).rstrip())
    return lines


def _squeeze(widths: list[int], columns: Sequence[Column], room: int) -> None:
    """Take cells from the widest flexible column until the line fits."""
    while sum(widths) > room:
        candidates = [n for n, column in enumerate(columns) if column.flexible and widths[n] > column.least]
        if not candidates:
            return
        widest = max(candidates, key=lambda number: widths[number])
        widths[widest] -= 1
