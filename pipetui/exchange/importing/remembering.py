"""A history table → the steps of its deals; what does not fit together is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any, Final, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.deals.text import clean, fold
from pipetui.exchange.importing import amounts, dates, historic
from pipetui.exchange.importing.history import NO_FACTS, UNSAID, Facts, History, Step
from pipetui.exchange.importing.pacing import Tick, paced, still
from pipetui.exchange.importing.reading import Table
from pipetui.language import _, ngettext

_FACTS: Final = Facts._fields
_AT_ONCE: Final = 10_000
"""Rows read between two reports of progress."""


class _Row(NamedTuple):
    """A row that could be read."""

    deal: str
    step: Step
    left: datetime | None = None
    """When the deal left the stage, where that is told."""


def read_history(table: Table, clock: Clock, tick: Tick = still) -> History:
    """The steps of a history file, whatever its shape.

    Raises:
        Problem: a column for the deal, the stage or the moment is missing.
    """
    columns = historic.columns_of(table.header)
    shape = historic.shape_of(columns)
    if shape is None or not columns.keys() & {"deal", "name"}:
        raise Problem(
            _("%(file)s is no stage history: it has no column for %(what)s.")
            % {"file": table.name, "what": ", ".join(_lacking(columns))}
        )
    tick()
    reader = _Reader(table, columns, clock, tick)
    rows = {"moves": reader.moves, "fields": reader.fields, "stays": reader.stays, "states": reader.states}
    history = History(table.name, "deal" in columns, len(table.rows))
    left: dict[tuple[str, int], datetime] = {}
    tick()
    for row in rows[shape]():
        history.steps.setdefault(row.deal, []).append(row.step)
        if row.left:
            left[row.deal, row.step.line] = row.left
    history.born = reader.born
    for its in paced(history.steps.values(), tick):
        its.sort(key=attrgetter("at"))
    history.warnings = [*_unread(table.name, reader.unread), *_misfits(history, left)]
    return history


def _lacking(columns: Mapping[str, int]) -> Iterator[str]:
    if not columns.keys() & {"deal", "name"}:
        yield _("the deal")
    if not columns.keys() & {"to", "stage", "field"}:
        yield _("the new stage")
    if not columns.keys() & {"at", "entered"}:
        yield _("the moment")


class _Memo(dict[str, Any]):
    """Reads each distinct text once."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        value = self[text] = self._read(text)
        return value


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: Mapping[str, int], clock: Clock, tick: Tick) -> None:
        self._tick = tick
        self.table = table
        self.columns = columns
        self.unread: list[int] = []
        """Lines of rows that name no deal, stage or moment."""
        self.born: dict[str, datetime] = {}
        self.by_id = "deal" in columns
        self.whose = columns["deal" if self.by_id else "name"]
        votes = (
            dates.vote(map(clean, paced({row[columns[name]] for row in table.rows}, tick)))
            for name in ("entered", "at", "exited", "close_date")
            if name in columns
        )
        self.order: dates.Order = next((vote.order for vote in votes if vote.order), "mdy")
        self.deals = _Memo(clean if self.by_id else lambda text: fold(clean(text)))
        self.texts = _Memo(clean)
        # No bound methods: a cycle would keep all of it while nobody looks for cycles.
        self.moments = _Memo(partial(_moment, self.order, clock))
        self.facts = {"amount": _Memo(_amount), "close_date": _Memo(partial(_day, self.order, clock))}

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Lines and rows. Each row is given up as it is read: a history may be most of an import's memory."""
        rows, nothing = self.table.rows, list[str]()
        for index, line in enumerate(self.table.lines):
            row, rows[index] = rows[index], nothing
            yield line, row
            if index % _AT_ONCE == 0:
                self._tick()

    def moves(self) -> Iterator[_Row]:
        """From one stage to another."""
        return self._steps("at", "to")

    def states(self) -> Iterator[_Row]:
        """What a deal was like from a moment on."""
        return self._steps("at", "to" if "to" in self.columns else "stage")

    def stays(self) -> Iterator[_Row]:
        """A stage, entered and left."""
        return self._steps("entered", "stage" if "stage" in self.columns else "to")

    def fields(self) -> Iterator[_Row]:
        """One field, old and new; a row may also say when the deal was created."""
        at_column, field_column = self.columns["at"], self.columns["field"]
        old_column, new_column = self.columns.get("old"), self.columns["new"]
        for line, row in self._rows():
            deal, at = self.deals[row[self.whose]], self.moments[row[at_column]]
            if not deal or at is None:
                self.unread.append(line)
                continue
            told = historic.field_of(row[field_column])
            old = "" if old_column is None else self.texts[row[old_column]]
            new = self.texts[row[new_column]]
            if told == "created":
                self.born[deal] = min(at, self.born.get(deal, at))
            elif told == "stage" and new:
                yield _Row(deal, Step(line, at, old, new))
            elif told in _FACTS:
                was, now = (NO_FACTS._replace(**{told: self.facts[told][text]}) for text in (old, new))
                yield _Row(deal, Step(line, at, "", "", NO_FACTS if old_column is None else was, now))

    def _steps(self, when: str, where: str) -> Iterator[_Row]:
        at_column, to_column = self.columns[when], self.columns[where]
        from_column, exit_column = self.columns.get("from"), self.columns.get("exited")
        told = [(self.columns.get(name), self.facts[name]) for name in _FACTS]
        has_facts = any(column is not None for column, _memo in told)
        for line, row in self._rows():
            deal, stage, at = (
                self.deals[row[self.whose]],
                self.texts[row[to_column]],
                self.moments[row[at_column]],
            )
            if not (deal and stage and at):
                self.unread.append(line)
                continue
            before = "" if from_column is None else self.texts[row[from_column]]
            new = NO_FACTS
            if has_facts:
                new = Facts(*[UNSAID if column is None else memo[row[column]] for column, memo in told])
            left = None if exit_column is None else self.moments[row[exit_column]]
            yield _Row(deal, Step(line, at, before, stage, NO_FACTS, new), left)


def _moment(order: dates.Order, clock: Clock, text: str) -> datetime | None:
    """A moment, or a day's beginning."""
    at = dates.parse_moment(clean(text), order, clock)
    return at if isinstance(at, datetime) else None


def _day(order: dates.Order, clock: Clock, text: str) -> date | None:
    day = dates.parse_day(clean(text), order, clock)
    return day if isinstance(day, date) else None


def _amount(text: str) -> Decimal | amounts.Number | None:
    number = amounts.parse_number(clean(text), None)
    return number if number is None or number.currency else number.value


def _unread(name: str, lines: Sequence[int]) -> Iterator[str]:
    if lines:
        yield (
            ngettext(
                "%(file)s: %(n)d row names no deal, stage or moment and was left out (line %(line)d).",
                "%(file)s: %(n)d rows name no deal, stage or moment and were left out (the first on "
                "line %(line)d).",
                len(lines),
            )
            % {"n": len(lines), "file": name, "line": lines[0]}
        )


def _misfits(history: History, left: Mapping[tuple[str, int], datetime]) -> Iterator[str]:
    """Rows that contradict the one before: each is kept from its own moment on, and told."""
    broken: list[int] = []
    overlapping: list[int] = []
    gaps: list[int] = []
    for deal, steps in history.steps.items():
        stage, until = "", None
        for step in steps:
            if not step.stage:
                continue
            if stage and step.before and fold(step.before) != fold(stage):
                broken.append(step.line)
            if until is not None and until.date() != step.at.date():
                (overlapping if until > step.at else gaps).append(step.line)
            stage, until = step.stage, left.get((deal, step.line))
    if broken:
        yield (
            ngettext(
                "%(file)s: %(n)d row leaves another stage than the one before it entered (line %(line)d); "
                "both were kept.",
                "%(file)s: %(n)d rows leave another stage than the one before them entered (the first on "
                "line %(line)d); all were kept.",
                len(broken),
            )
            % {"n": len(broken), "file": history.name, "line": min(broken)}
        )
    if overlapping:
        yield (
            ngettext(
                "%(file)s: %(n)d stay in a stage begins before the last one ended (line %(line)d); it counts "
                "from its beginning.",
                "%(file)s: %(n)d stays in a stage begin before the last one ended (the first on line "
                "%(line)d); they count from their beginning.",
                len(overlapping),
            )
            % {"n": len(overlapping), "file": history.name, "line": min(overlapping)}
        )
    if gaps:
        yield (
            ngettext(
                "%(file)s: before %(n)d stay in a stage nothing is known for a while (line %(line)d); the "
                "deal was left where it had been.",
                "%(file)s: before %(n)d stays in a stage nothing is known for a while (the first on line "
                "%(line)d); the deals were left where they had been.",
                len(gaps),
            )
            % {"n": len(gaps), "file": history.name, "line": min(gaps)}
        )
