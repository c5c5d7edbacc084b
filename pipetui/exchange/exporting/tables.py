"""What is exported, before it has a format: columns and rows of typed cells."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from pipetui.deals.money import Money, to_major
from pipetui.exchange.neutral import neutral

Cell = str | float | date | Money | None
"""A `float` is a fraction, such as a probability; `None` is unknown."""

_LIKE_THOUSANDS: Final = re.compile(r"\.\d{3}$")


class Table(NamedTuple):
    """Rows that are as long as the header."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def cell_text(cell: Cell, mark: str = ".") -> str:
    """A cell as a text file holds it: ISO days, plain numbers with this decimal mark, no formulas."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return neutral(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    exact = to_major(*cell) if isinstance(cell, Money) else Decimal(str(cell))
    text = f"{exact:f}"
    if _LIKE_THOUSANDS.search(text):
        text += "0"  # 12.345 dinars, which elsewhere reads as twelve thousand
    return text.replace(".", mark)
