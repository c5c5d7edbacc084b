"""A history table → the steps of its deals; what does not fit together is told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.deals.text import clean, fold
from pipetui.exchange.importing import amounts, dates, historic, words
from pipetui.exchange.importing.history import NO_FACTS, UNSAID, Facts, History, Step
from pipetui.exchange.importing.reading import Table
from pipetui.language import _, ngettext

_FACTS: Final = Facts._fields


class _Row(NamedTuple):
    """A row that could be read."""

    deal: str
    step: Step
    left: datetime | None = None
    """When the deal left the stage, where that is told."""


def read_history(table: Table, clock: Clock) -> History:
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
    reader = _Reader(table, columns, clock)
    rows = {"moves": reader.moves, "fields": reader.fields, "stays": reader.stays, "states": reader.states}
    history = History(table.name, "deal" in columns, len(table.rows))
    left: dict[tuple[str, int], datetime] = {}
    for row in rows[shape]():
        history.steps.setdefault(row.deal, []).append(row.step)
        if row.left:
            left[row.deal, row.step.line] = row.left
    history.born = reader.born
    for its in history.steps.values():
        its.sort(key=lambda step: step.at)
    history.warnings = [*_unread(table.name, reader.unread), *_misfits(history, left)]
    return history


def _lacking(columns: Mapping[str, int]) -> Iterator[str]:
    if not columns.keys() & {"deal", "name"}:
        yield _("the deal")
    if not columns.keys() & {"to", "stage", "field"}:
        yield _("the new stage")
    if not columns.keys() & {"at", "entered"}:
        yield _("the moment")


class _Reader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: Mapping[str, int], clock: Clock) -> None:
        self.table = table
        self.columns = columns
        self.clock = clock
        self.unread: list[int] = []
        """Lines of rows that name no deal, stage or moment."""
        self.born: dict[str, datetime] = {}
        self.whose = columns["deal" if "deal" in columns else "name"]
        votes = (
            dates.vote(clean(row[columns[name]]) for row in table.rows)
            for name in ("entered", "at", "exited", "close_date")
            if name in columns
        )
        self.order: dates.Order = next((vote.order for vote in votes if vote.order), "mdy")
        self._moments: dict[str, datetime | None] = {}
        self._told: dict[str, dict[str, Any]] = {name: {} for name in _FACTS}

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Lines and rows. Each row is given up as it is read: a history may be most of an import's memory."""
        rows = self.table.rows
        for index, line in enumerate(self.table.lines):
            row, rows[index] = rows[index], []
            yield line, row

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
        for line, row in self._rows():
            deal, at = self._deal(row), self.moment(self.cell(row, "at"))
            if not deal or at is None:
                self.unread.append(line)
                continue
            told = historic.field_of(self.cell(row, "field"))
            old, new = (clean(self.cell(row, name)) for name in ("old", "new"))
            if told == "created":
                self.born[deal] = min(at, self.born.get(deal, at))
            elif told == "stage" and new:
                yield _Row(deal, Step(line, at, old, new))
            elif told in _FACTS:
                was, now = (NO_FACTS._replace(**{told: self.fact(told, text)}) for text in (old, new))
                yield _Row(deal, Step(line, at, "", "", was if "old" in self.columns else NO_FACTS, now))

    def _steps(self, when: str, where: str) -> Iterator[_Row]:
        has_facts = any(name in self.columns for name in _FACTS)
        for line, row in self._rows():
            deal, stage = self._deal(row), clean(self.cell(row, where))
            at = self.moment(self.cell(row, when))
            if not (deal and stage and at):
                self.unread.append(line)
                continue
            before = clean(self.cell(row, "from"))
            new = self._facts(row) if has_facts else NO_FACTS
            left = self.moment(self.cell(row, "exited")) if "exited" in self.columns else None
            yield _Row(deal, Step(line, at, before, stage, NO_FACTS, new), left)

    def _facts(self, row: Sequence[str]) -> Facts:
        return Facts(
            *(self.fact(name, self.cell(row, name)) if name in self.columns else UNSAID for name in _FACTS)
        )

    def _deal(self, row: Sequence[str]) -> str:
        deal = clean(row[self.whose])
        return deal if "deal" in self.columns else fold(deal)

    def cell(self, row: Sequence[str], name: str) -> str:
        """A row's text; "" where there is no such column."""
        return row[self.columns[name]] if name in self.columns else ""

    def moment(self, text: str) -> datetime | None:
        """A moment, or a day's beginning; each distinct text is read once."""
        if text not in self._moments:
            at = dates.parse_moment(clean(text), self.order, self.clock)
            self._moments[text] = at if isinstance(at, datetime) else None
        return self._moments[text]

    def fact(self, name: str, text: str) -> Any:
        """An amount or a day; `None` for none. Each distinct text is read once."""
        if text not in self._told[name]:
            self._told[name][text] = self._fact(name, text)
        return self._told[name][text]

    def _fact(self, name: str, text: str) -> Any:
        text = clean(text)
        if not text or words.is_empty(text):
            return None
        if name == "amount":
            return amounts.parse_number(text, None)
        day = dates.parse_day(text, self.order, self.clock)
        return day if isinstance(day, date) else None


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
