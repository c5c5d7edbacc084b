"""The columns of an export, read as what they hold. Each distinct text is read once."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as MappingType
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

from pipetui.deals.category import Category
from pipetui.deals.clock import Clock
from pipetui.deals.deal import Status
from pipetui.deals.money import to_minor
from pipetui.deals.text import clean
from pipetui.exchange.importing import amounts, dates, words
from pipetui.exchange.importing.guessing import DATES
from pipetui.exchange.importing.mapping import HELPER_DATES, Mapping
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.pacing import Tick, paced, still
from pipetui.exchange.importing.presets import is_english
from pipetui.exchange.importing.reading import Table
from pipetui.exchange.neutral import restored
from pipetui.language import _, current, ngettext, quoted


class Rejected(NamedTuple):
    """A row that could not be read, whole."""

    line: int
    column: str
    value: str
    reason: str
    cells: Sequence[str]


_MAY_BE_MONTHS: Final = ("close_date", "closed")
"""Dates of which people often know the month or quarter only: its last day stands for it."""


class _Unreadable:
    """What a cell's text could not be read as."""


_UNREADABLE: Final = _Unreadable()
_MILLIONTH: Final = Decimal("0.000001")


class Columns:
    """The mapped columns of one export."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping,
        *,
        clock: Clock,
        currency: str,
        options: Options,
        tick: Tick = still,
    ) -> None:
        """`currency` stands where neither cell nor column names one; `tick` is told of every column."""
        self.table = table
        self.mapping = mapping
        self.clock = clock
        self.currency = currency
        self.options = options
        self._tick = tick
        self.size = len(table.rows)
        self.rejected: dict[int, Rejected] = {}
        """Row index → the first thing in it that could not be read."""
        self.warnings: list[str] = []

    def cells(self, name: str) -> Sequence[str] | None:
        """The raw texts of a field's column; `None` if it has none."""
        self._tick()
        match = self.mapping.matches.get(name)
        if match is None:
            return None
        return self._columns[match.position] if self.table.rows else ()

    @cached_property
    def _columns(self) -> list[tuple[str, ...]]:
        # One by one: `zip` would do all of it in one go, and a key of the app would wait for that.
        rows = self.table.rows
        columns = []
        for at in range(len(rows[0])):
            self._tick()
            columns.append(tuple([row[at] for row in rows]))
        if self.mapping.preset.is_own:
            return [tuple(map(restored, column)) for column in columns]
        return columns

    def text(self, name: str, read: Callable[[str], str] = clean) -> list[str] | None:
        """Cleaned texts; a spreadsheet's "#N/A" is empty."""
        cells = self.cells(name)
        if cells is None:
            return None
        if self.mapping.preset.is_own:
            return [read(cell) for cell in paced(cells, self._tick)]
        distinct = set(cells)
        if len(distinct) > len(cells) // 2:
            return ["" if _is_null(cell) else read(cell) for cell in paced(cells, self._tick)]
        memo = {cell: "" if _is_null(cell) else read(cell) for cell in paced(distinct, self._tick)}
        return [memo[cell] for cell in cells]

    def names(self) -> list[str] | None:
        """The names of the deals. Whatever stands there is one, but for Salesforce's "#N/A"."""
        cells = self.cells("name")
        if cells is None or self.mapping.preset.is_own:
            return self.text("name")
        return ["" if cell == "#N/A" else clean(cell) for cell in paced(cells, self._tick)]

    def answers(self, name: str, read: Callable[[str], str] = clean) -> list[str] | None:
        """Texts in which a placeholder is no answer, and so empty."""
        return self.text(name, lambda cell: "" if words.is_empty(text := read(cell)) else text)

    def owners(self, name: str) -> list[str] | None:
        """Names of people; words for "nobody" are empty."""
        if self.mapping.preset.is_own:
            return self.text(name)
        return self.text(name, lambda cell: words.person(clean(cell)))

    def booleans(self, name: str) -> list[bool | None] | None:
        """True, false or unknown; where a column only says yes, a blank is a no. A blank column is `None`."""
        cells = self.cells(name)
        if cells is None:
            return None
        memo = {cell: words.boolean(cell) for cell in set(cells)}
        said = {value for value in memo.values() if value is not None}
        if not said:
            return None
        blank = False if said == {True} else None
        memo = {
            cell: (blank if value is None and not cell.strip() else value) for cell, value in memo.items()
        }
        return [memo[cell] for cell in cells]

    def days(self, name: str) -> list[date | None] | None:
        """Calendar days; a text that is no date rejects its row."""
        return self._dates(name, dates.parse_day, must=True)

    def moments(self, name: str) -> list[datetime | None] | None:
        """Moments as wall time of the team; a text that is none is unknown."""
        return self._dates(name, dates.parse_moment, must=False)

    def _dates(self, name: str, parse: Callable[..., Any], *, must: bool) -> list[Any] | None:
        cells = self.cells(name)
        if cells is None:
            return None
        texts = {cell: clean(cell) for cell in paced(set(cells), self._tick)}
        order = self._order(name)
        memo: dict[str, Any] = {}
        vague: set[str] = set()
        for cell, text in texts.items():
            value = parse(text, order, self.clock) if text else None
            if value is dates.NOTHING:
                value = None
            elif value is None and text and not _is_empty(text):
                value = dates.parse_month(text) if must and name in _MAY_BE_MONTHS else None
                if value is not None:
                    vague.add(cell)
                elif must:
                    value = _UNREADABLE
            memo[cell] = value
        if vague:
            self._warn_months(name, cells, vague)
        return self._checked(name, cells, memo, _("is no date"))

    def _warn_months(self, name: str, cells: Sequence[str], vague: set[str]) -> None:
        count = sum(cell in vague for cell in cells)
        self.warnings.append(
            ngettext(
                "%(column)s: %(n)d date names no day, such as “%(value)s”, and was read as the last one.",
                "%(column)s: %(n)d dates name no day, such as “%(value)s”, and were read as the last one.",
                count,
            )
            % {"n": count, "column": self.column(name), "value": clean(min(vague), 60)}
        )

    def _order(self, name: str) -> dates.Order:
        own = self._votes[name]
        if own.order:
            return own.order
        if own.either:
            decided = {votes.order for votes in self._votes.values() if votes.order}
            if len(decided) == 1:
                return next(iter(decided))
        if self.options.dates:
            return self.options.dates
        order: dates.Order = "dmy" if self._is_day_first else "mdy"
        if own.either:
            told = _("day first") if order == "dmy" else _("month first")
            self.warnings.append(
                _(
                    "%(column)s: every date reads with the day first and with the month first; "
                    "“%(value)s” was read %(order)s. If that is wrong, say --dates %(other)s."
                )
                % {
                    "column": self.column(name),
                    "value": own.example,
                    "order": told,
                    "other": "mdy" if order == "dmy" else "dmy",
                }
            )
        return order

    @cached_property
    def _votes(self) -> dict[str, dates.Votes]:
        names = [name for name in (*DATES, *HELPER_DATES) if name in self.mapping]
        return {name: dates.vote(map(clean, set(self.cells(name) or ()))) for name in names}

    @cached_property
    def _is_day_first(self) -> bool:
        """What is usual where the file comes from: only English puts the month first."""
        return current() != "en" or self.table.delimiter == ";" or not is_english(self.table.header)

    def money(self) -> tuple[list[int | None], list[str]]:
        """Amounts in minor units and their currencies; a text that is no amount rejects its row."""
        codes = self.currencies()
        cells = self.cells("amount")
        if cells is None:
            return [None] * self.size, codes
        unit = amounts.unit(self.column("amount"))
        told = "currency" in self.mapping or self.options.currency or unit.currency
        numbers = self._numbers("amount", cells)
        written = {
            cell: number
            for cell, number in numbers.items()
            if isinstance(number, amounts.Number) and number.currency
        }
        said = {number.currency_in(self.currency) for number in written.values()}
        if len(said) == 1 and not told:
            # What the column writes once it means everywhere.
            codes = [next(iter(said))] * self.size
        elif written:
            codes = [
                written[cell].currency_in(code) if cell in written else code
                for cell, code in zip(cells, codes, strict=True)
            ]
        self._reject("amount", cells, numbers, _("is no amount"))
        values = {
            cell: number.value if number.scaled or unit.scale == 1 else number.value * unit.scale
            for cell, number in paced(numbers.items(), self._tick)
            if isinstance(number, amounts.Number)
        }
        minor: dict[str, dict[str, int | None]] = {
            code: {
                cell: to_minor(values[cell], code) if cell in values else None
                for cell in paced(numbers, self._tick)
            }
            for code in set(codes)
        }
        return [minor[code][cell] for cell, code in zip(cells, codes, strict=True)], codes

    def won_amounts(self, codes: Sequence[str]) -> list[int | None] | None:
        """What won deals brought in fact, in minor units, where a column of its own says it."""
        cells = self.cells("won_amount")
        if cells is None:
            return None
        numbers = self._numbers("won_amount", cells)
        scale = amounts.unit(self.column("won_amount")).scale
        return [
            to_minor(number.value if number.scaled else number.value * scale, code)
            if isinstance(number := numbers[cell], amounts.Number)
            else None
            for cell, code in zip(cells, codes, strict=True)
        ]

    def currencies(self) -> list[str]:
        """The currency of every row."""
        cells = self.cells("currency")
        usual = self.currency
        if self.options.currency is None and "amount" in self.mapping:
            usual = amounts.unit(self.column("amount")).currency or usual
        if cells is None:
            return [usual] * self.size
        memo: dict[str, str] = {}
        unknown = []
        for cell in set(cells):
            text = clean(cell)
            code = amounts.currency_code(text) if text else None
            if code is None and len(text) == 3 and text.isascii() and text.isalpha():
                code = text.upper()
            if code is None and not _is_empty(text):
                unknown.append(text)
            memo[cell] = code or usual
        if unknown:
            self.warnings.append(
                _("%(column)s: “%(value)s” is no currency; %(currency)s was taken.")
                % {"column": self.column("currency"), "value": unknown[0], "currency": usual}
            )
        return [memo[cell] for cell in cells]

    def _numbers(self, name: str, cells: Iterable[str]) -> "dict[str, amounts.Number | _Unreadable | None]":
        """Distinct cell → number, nothing, or unreadable."""
        distinct = set(cells)
        votes = amounts.vote(paced(distinct, self._tick))
        mark = votes.mark or self.options.decimal
        if votes.either and mark is None and name == "probability":
            # Nothing is 60,000 % likely.
            mark = "," if "," in votes.example else "."
        if votes.either and mark is None:
            self.warnings.append(
                _(
                    "%(column)s: the mark in “%(value)s” could group thousands or begin decimals; it "
                    "was read as grouping. If that is wrong, say --decimal %(other)s."
                )
                % {
                    "column": self.column(name),
                    "value": votes.example,
                    "other": "comma" if "," in votes.example else "point",
                }
            )
        memo: dict[str, amounts.Number | _Unreadable | None] = {}
        for cell in paced(distinct, self._tick):
            number = amounts.parse_number(cell, mark) if cell else None
            if number is None and cell:
                text = clean(cell)
                memo[cell] = None if _is_empty(text) else _UNREADABLE
            else:
                memo[cell] = number
        return memo

    def probabilities(self) -> list[float | None] | None:
        """Probabilities 0–1, whether written as 0.2, 20 or 20 %; others are left out with a warning."""
        cells = self.cells("probability")
        if cells is None:
            return None
        numbers = self._numbers("probability", cells)
        shares = amounts.fractions(
            {cell: number for cell, number in numbers.items() if isinstance(number, amounts.Number)},
            percent=self.mapping.preset.percent or "%" in self.column("probability"),
        )
        beyond = {cell for cell, share in shares.items() if not 0 <= share <= 1}
        memo: dict[str, Any] = dict(numbers)
        for cell, share in shares.items():
            memo[cell] = None if cell in beyond else float(share.quantize(_MILLIONTH, ROUND_HALF_UP))
        if beyond:
            count = sum(cell in beyond for cell in cells)
            self.warnings.append(
                ngettext(
                    "%(column)s: %(n)d value is no probability, such as “%(value)s”, and was left out.",
                    "%(column)s: %(n)d values are no probability, such as “%(value)s”, and were left out.",
                    count,
                )
                % {"n": count, "column": self.column("probability"), "value": clean(min(beyond))}
            )
        return self._checked("probability", cells, memo, _("is no probability"))

    def categories(self) -> list[str | None] | None:
        """Forecast categories; unknown words are left out with a warning."""
        return self._words("category", words.category, words.is_category, _category_value)

    def statuses(self) -> list[Status | None] | None:
        """What a status column says; unknown words are left out with a warning."""
        return self._words("status", words.status, words.is_status, lambda value: value)

    def _words(
        self, name: str, read: Callable[[str], Any], known: Callable[[str], bool], store: Callable[[Any], Any]
    ) -> list[Any] | None:
        cells = self.cells(name)
        if cells is None:
            return None
        memo = {}
        unknown: set[str] = set()
        for cell in set(cells):
            text = clean(cell)
            memo[cell] = store(read(text)) if text else None
            if text and not _is_empty(text) and not known(text):
                unknown.add(cell)
        if unknown:
            count = sum(cell in unknown for cell in cells)
            self.warnings.append(
                ngettext(
                    "%(column)s: %(n)d value is not known, such as “%(value)s”, and was left out.",
                    "%(column)s: %(n)d values are not known, such as “%(value)s”, and were left out.",
                    count,
                )
                % {"n": count, "column": self.column(name), "value": clean(min(unknown), 60)}
            )
        return [memo[cell] for cell in cells]

    def column(self, name: str) -> str:
        """A field's column, as the file calls it."""
        return self.mapping.matches[name].column

    def _checked(self, name: str, cells: Sequence[str], memo: dict[str, Any], what: str) -> list[Any]:
        self._reject(name, cells, memo, what)
        return [None if (value := memo[cell]) is _UNREADABLE else value for cell in cells]

    def _reject(self, name: str, cells: Sequence[str], memo: MappingType[str, Any], what: str) -> None:
        bad = {cell for cell, value in memo.items() if value is _UNREADABLE}
        if not bad:
            return
        column, rows, lines = self.column(name), self.table.rows, self.table.lines
        for index, cell in enumerate(cells):
            if cell in bad and index not in self.rejected:
                value = clean(cell)
                reason = f"{quoted(clean(value, 60))} {what}"
                self.rejected[index] = Rejected(lines[index], column, value, reason, rows[index])


def _category_value(category: Category | None) -> str | None:
    return category.value if category else None


def _is_null(cell: str) -> bool:
    return cell.startswith(("#", "(", "<", "\\", "-")) and words.is_null(cell)


def _is_empty(text: str) -> bool:
    return words.is_empty(text)
