"""What the values of an export leave open: one of them read both ways, for somebody to say which is right."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.deals.text import clean
from pipetui.exchange.importing import amounts, dates
from pipetui.exchange.importing.guessing import DATES
from pipetui.exchange.importing.matching import HELPER_DATES
from pipetui.exchange.importing.reading import SHEET, Table, parse_tables
from pipetui.language import _, format

if TYPE_CHECKING:
    from pipetui.exchange.importing.exports import Export
    from pipetui.exchange.importing.files import Piece

HEAD = 256 * 1024
"""Bytes of a text that mostly tell; where they do not, all of it is read once more."""
_NUMBERS = ("amount", "probability")


class Reading(NamedTuple):
    """One way to read a value."""

    option: str
    """What `Options` call it: "dmy", "mdy", "." or ","."""
    rule: str
    """In words: "day first"."""
    shown: str
    """The value, read that way."""


class Question(NamedTuple):
    """Something that only people can tell."""

    about: Literal["dates", "decimal"]
    column: str
    example: str
    readings: tuple[Reading, Reading]


class Probe(NamedTuple):
    """The raw cells of an export, to be asked about and chosen from."""

    header: tuple[str, ...]
    rows: list[list[str]]
    """Those of the beginning at least."""
    questions: list[Question]

    def samples(self, column: str, count: int = 3) -> str:
        """The first different values of a column."""
        position = self.header.index(column)
        found: dict[str, None] = {}
        for row in self.rows:
            if text := clean(row[position], 40):
                found[text] = None
            if len(found) == count:
                break
        return " · ".join(found)


def probe(piece: "Piece", export: "Export", clock: Clock) -> Probe:
    """Look at an export's cells again, mostly at the first ones only."""
    data = piece.read()
    head = _head(data, export.encoding)
    table = _table(head, piece.name, export)
    questions = _questions(table, export, clock)
    if questions and len(head) < len(data):
        table = _table(data, piece.name, export)
        questions = _questions(table, export, clock)
    return Probe(table.header, table.rows[:500], questions)


def _head(data: bytes, encoding: str) -> bytes:
    """The first whole lines; everything of a workbook, and of a text whose characters take several bytes."""
    if encoding == SHEET or encoding.startswith(("utf-16", "utf-32")) or len(data) <= HEAD:
        return data
    end = max(data.rfind(b"\n", 0, HEAD), data.rfind(b"\r", 0, HEAD))
    return data[: end + 1] if end > 0 else data


def _table(data: bytes, name: str, export: "Export") -> Table:
    encoding = None if export.encoding == SHEET else export.encoding
    labels = frozenset(filter(None, export.candidates.header))
    tables = parse_tables(data, name, knows=lambda cell: clean(cell) in labels, encoding=encoding)
    return next((table for table in tables if table.name == export.candidates.name), tables[0])


def _questions(table: Table, export: "Export", clock: Clock) -> list[Question]:
    matches = export.candidates.mapping.matches
    fields: list[str] = [name for name in (*DATES, *HELPER_DATES) if name in matches]
    cells = {name: {clean(row[matches[name].position]) for row in table.rows} for name in fields}
    return [*_of_dates(export, cells, clock), *_of_numbers(table, export)]


def _of_dates(export: "Export", cells: dict[str, set[str]], clock: Clock) -> list[Question]:
    """One question at most: a column that decides decides for those that do not."""
    votes = {name: dates.vote(sorted(values)) for name, values in cells.items()}
    decided = {vote.order for vote in votes.values() if vote.order}
    open_ = [name for name, vote in votes.items() if vote.either and not vote.order]
    if not open_ or len(decided) == 1:
        return []
    name = open_[0]
    example = votes[name].example
    readings = _both(
        ("dmy", _("day first")), ("mdy", _("month first")), lambda order: _day(example, order, clock)
    )
    return [Question("dates", export.candidates.mapping.matches[name].column, example, readings)]


def _of_numbers(table: Table, export: "Export") -> list[Question]:
    matches = export.candidates.mapping.matches
    for name in _NUMBERS:
        if name not in matches:
            continue
        vote = amounts.vote(sorted({row[matches[name].position] for row in table.rows}))
        if vote.either and vote.mark is None:
            example = vote.example
            grouping = "." if "," in example else ","
            other = "," if grouping == "." else "."
            readings = _both(
                (grouping, _("it groups thousands")),
                (other, _("it begins the decimals")),
                partial(_number, example),
            )
            return [Question("decimal", matches[name].column, example, readings)]
    return []


def _both(
    one: tuple[str, str], other: tuple[str, str], read: Callable[[str], str]
) -> tuple[Reading, Reading]:
    return Reading(*one, read(one[0])), Reading(*other, read(other[0]))


def _day(text: str, order: str, clock: Clock) -> str:
    day = dates.parse_day(text, "dmy" if order == "dmy" else "mdy", clock)
    return format.short_date(day, date.min) if isinstance(day, date) else text  # with its year


def _number(text: str, mark: str) -> str:
    number = amounts.parse_number(text, "," if mark == "," else ".")
    return format.number(number.value, 2) if number else text


def open_questions(probes: Sequence[Probe], *, dates_told: bool, decimal_told: bool) -> list[Question]:
    """What is still to be asked about all files of an import: each thing once."""
    found: dict[str, Question] = {}
    for its in probes:
        for question in its.questions:
            told = dates_told if question.about == "dates" else decimal_told
            if not told:
                found.setdefault(question.about, question)
    return list(found.values())
