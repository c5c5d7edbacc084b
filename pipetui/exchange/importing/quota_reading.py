"""The rows of a table of quotas: whose, for which period, how much; pure, knows no store."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from pipetui.deals.money import to_minor
from pipetui.deals.text import clean, fold
from pipetui.exchange.importing import amounts, words
from pipetui.exchange.importing.cells import Rejected
from pipetui.exchange.importing.matching import Match
from pipetui.exchange.importing.quota_periods import Kind, dated, day_of, in_year, of_day, period_name
from pipetui.exchange.importing.quotas import PeriodColumn, QuotaTable
from pipetui.language import _

_TOTALS: Final = frozenset(
    ["total", "totals", "grand total", "total general", "sous total", "subtotal", "sum", "somme", "summe"]
)
_EVERYBODY: Final = frozenset(
    ["everybody", "everyone", "all", "company", "whole company", "tous", "toutes", "tout le monde", "societe",
     "entreprise", "ensemble", "global", "alle", "todos", "tutti"]
)  # fmt: skip


class QuotaRow(NamedTuple):
    """One quota as the file tells it."""

    line: int
    owner: str
    team: str
    """Without an owner and a team it is everybody's."""
    period: str
    amount: Decimal
    """Major units."""
    currency: str
    """ "" if nothing names one."""
    cells: list[str]
    column: str
    """Of the amount."""


@dataclass(slots=True)
class QuotaRows:
    """Everything that a table of quotas holds."""

    rows: list[QuotaRow] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    """Why → how many."""
    rejected: list[Rejected] = field(default_factory=list)


def read_quotas(found: QuotaTable, fiscal_year_start: int) -> QuotaRows:
    """The quotas of a table; of a wide one each filled cell is one.

    Args:
        found: the table, its columns known.
        fiscal_year_start: the month in which the fiscal year begins: a day lies in that year's quarter.
    """
    return _Reader(found, fiscal_year_start).read()


def matches(found: QuotaTable) -> dict[str, Match]:
    """Field → column, as an import reports it; of a wide table the amounts stand in several."""
    header, columns = found.table.header, found.columns
    told = {name: Match(at, header[at], 1.0, "label") for name, at in columns.single.items()}
    if columns.periods:
        first, last = columns.periods[0], columns.periods[-1]
        label = first.label if first is last else f"{first.label} … {last.label}"
        told["amount"] = Match(first.position, label, 1.0, "label")
    return told


class _Reader:
    def __init__(self, found: QuotaTable, fiscal_year_start: int) -> None:
        self._table, self._single = found.table, found.columns.single
        self._periods = found.columns.periods
        self._currency = found.options.currency or ""
        self._start = fiscal_year_start
        self._result = QuotaRows()
        positions = [its.position for its in self._periods] or [self._single["amount"]]
        self._units = {at: amounts.unit(self._table.header[at]) for at in positions}
        self._marks: dict[int, amounts.Mark | None] = {}
        for at in positions:
            vote = amounts.vote(row[at].strip() for row in self._table.rows)
            self._marks[at] = vote.mark or found.options.decimal
        self._kind = self._kind_of_days()

    def read(self) -> QuotaRows:
        """Go through the rows."""
        table, result = self._table, self._result
        for line, row in zip(table.lines, table.rows, strict=True):
            self._row(line, row)
        width = len(table.header)
        for line, row in table.misshapen:
            reason = _("the row has %(n)d cells, the header %(width)d") % {"n": len(row), "width": width}
            result.rejected.append(Rejected(line, "", "", reason, row))
        return result

    def _row(self, line: int, row: list[str]) -> None:
        owner, team = (clean(self._cell(row, name)) for name in ("owner", "team"))
        said = {fold(name) for name in (owner, team)} - {""}
        if said & _TOTALS:
            self._result.skipped[_("a line of totals")] += 1
            return
        if said and said <= _EVERYBODY:
            owner = team = ""
        elif not said and {"owner", "team"} & set(self._single):
            at = self._single.get("owner", self._single.get("team", 0))
            self._reject(line, row, at, _("nobody is named: write an owner or a team, or “everybody”"))
            return
        if not self._periods:
            self._one(line, row, owner, team)
            return
        for column in self._periods:
            if not words.is_empty(row[column.position].strip()):
                self._in_period(line, row, owner, team, column)

    def _one(self, line: int, row: list[str], owner: str, team: str) -> None:
        at = self._single["amount"]
        if words.is_empty(row[at].strip()):
            self._result.skipped[_("without an amount")] += 1
            return
        name = next(name for name in ("quarter", "month", "period", "year") if name in self._single)
        period = self._period(row, name)
        if period is None:
            told = _("“%(text)s” is no period: write 2026-Q4, 2026-11 or 2026")
            text = clean(row[self._single[name]])
            self._reject(line, row, self._single[name], told % {"text": text})
            return
        self._take(line, row, owner, team, period=period, at=at)

    def _in_period(self, line: int, row: list[str], owner: str, team: str, column: PeriodColumn) -> None:
        period: str | None = column.name
        if column.dated is not None:
            kind: Kind = column.dated.kind or "month"
            period = of_day(column.dated.day, kind, self._start)
        elif "year" in self._single and period_name(column.name) is None:
            year = self._cell(row, "year")
            period = in_year(column.name, year, "quarter") or in_year(column.name, year, "month")
        if period is None:
            told = _("“%(text)s” is no year") % {"text": clean(self._cell(row, "year"))}
            self._reject(line, row, self._single["year"], told)
            return
        self._take(line, row, owner, team, period=period, at=column.position)

    def _take(self, line: int, row: list[str], owner: str, team: str, *, period: str, at: int) -> None:
        text = row[at].strip()
        number = amounts.parse_number(text, self._marks[at])
        if number is None or number.percent:
            self._reject(line, row, at, _("“%(text)s” is no amount") % {"text": clean(text)})
        elif number.value < 0:
            self._reject(line, row, at, _("a quota is 0 or more"))
        else:
            unit = self._units[at]
            told = self._cell(row, "currency").strip()
            known = (amounts.currency_code(told) if told else "") or unit.currency or self._currency
            value = number.value if number.scaled else number.value * unit.scale
            self._result.rows.append(
                QuotaRow(
                    *(line, owner, team, period, value, number.currency_in(known)),
                    *(row, self._table.header[at]),
                )
            )

    def _period(self, row: list[str], name: str) -> str | None:
        text = self._cell(row, name).strip()
        if named := period_name(text):
            is_bare = name in ("quarter", "month") and len(named) == 4
            return None if is_bare else named
        if name in ("quarter", "month") and "year" in self._single:
            kind: Kind = "quarter" if name == "quarter" else "month"
            return in_year(text, self._cell(row, "year").strip(), kind)
        day = day_of(text)
        if day is None:
            return None
        its = {"quarter": "quarter", "month": "month", "period": self._kind}.get(name)
        return None if its is None else of_day(day, "quarter" if its == "quarter" else "month", self._start)

    def _kind_of_days(self) -> Kind | None:
        """What the days of a column of periods are, all together."""
        if "period" not in self._single:
            return None
        days: list[date] = [day for row in self._table.rows if (day := day_of(self._cell(row, "period")))]
        return dated(days)

    def _cell(self, row: list[str], name: str) -> str:
        at = self._single.get(name)
        return "" if at is None else row[at]

    def _reject(self, line: int, row: list[str], at: int, reason: str) -> None:
        self._result.rejected.append(Rejected(line, self._table.header[at], clean(row[at]), reason, row))


def minor(row: QuotaRow, currency: str, rates: Mapping[str, Decimal]) -> int | None:
    """A quota in minor units of the reporting currency; `None` if there is no rate."""
    rate = Decimal(1) if row.currency in ("", currency) else rates.get(row.currency)
    return None if rate is None else to_minor(row.amount * rate, currency)
