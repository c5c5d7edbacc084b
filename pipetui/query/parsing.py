"""From what somebody types to conditions.

    claire "portail fournisseurs" -test        words in name, account or owner; - for without
    owner:claire stage:demo,proposal           text in a field; a comma for either
    amount>20k amount<=1.2m amount:none        amounts in major units
    close<30d close>2w close<2026-12-31        days from today, or a date
    close:overdue|month|quarter|2026-Q4|none   spans
    age>90 days>30 (or in>30)                  days since creation, days in stage
    cat:commit flag:stalled status:won is:missing

The names are known in English and French (`pipetui.query.words`), whatever the case and the accents.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from pipetui.deals.errors import Misuse
from pipetui.deals.text import fold
from pipetui.forecast.periods import Period, month, quarter
from pipetui.query import complaints, words
from pipetui.query.prepared import Prepared
from pipetui.query.terms import Choice, Condition, Range, Text, Unknown

_WORD = re.compile(r'(?:"[^"]*"?|[^\s"])+')
_KEYED = re.compile(r"([^\W\d_]+)(<=|>=|[<>]|:?=|:(?:<=|>=|[<>])?)(.*)", re.DOTALL)
_MONEY = re.compile(r"[€$£]?(\d+(?:[.,]\d+)?)(k|m|md|bn)?[€$£]?", re.IGNORECASE)
_SCALES: Final = {"": 1, "k": 10**3, "m": 10**6, "md": 10**9, "bn": 10**9}
_DAYS = re.compile(r"(\d{1,6})[dj]?")
_FROM_TODAY = re.compile(r"([+-]?)(\d{1,5})([djwsmya]?)")
_COMPARED = frozenset({"amount", "close", "age", "days"})
_IS = frozenset({":", "=", ":="})


class Term(NamedTuple):
    """A condition, or its opposite."""

    condition: Condition
    negated: bool

    def implies(self, other: "Term") -> bool:
        """Whether whatever meets this meets the other."""
        if self.negated != other.negated:
            return False
        if self.negated:
            return other.condition.implies(self.condition)
        return self.condition.implies(other.condition)


class Query(NamedTuple):
    """All of its terms must hold; without terms everything matches."""

    terms: tuple[Term, ...]
    today: date

    def matches(self, row: Prepared) -> bool:
        """Whether a deal is found."""
        return all(condition.matches(row, self.today) != negated for condition, negated in self.terms)

    def select(self, rows: Iterable[Prepared]) -> list[Prepared]:
        """The deals found, in their order."""
        found = list(rows)
        for condition, negated in self.terms:
            matches, today = condition.matches, self.today
            found = [row for row in found if matches(row, today) != negated]
        return found


class QueryError(Misuse):
    """What in a query was not understood, and what may stand there."""

    def __init__(self, said: str, word: str) -> None:
        super().__init__(said)
        self.word = word
        """As it was typed, without a "-" before it."""
        self.before = ""
        """What stands before the word, a "-" included."""
        self.rest: Query | None = None
        """What the query is without it; `None` if it is nothing."""

    def grew_from(self, text: str) -> bool:
        """Whether the word began as a plain one in a text that was understood: "stage:" does in "stage"."""
        if not text.startswith(self.before):
            return False
        word = _WORD.match(text, len(self.before))
        return word is not None and self.word.startswith(word[0]) and _KEYED.fullmatch(word[0]) is None


def extends(old: Query, new: Query) -> bool:
    """Whether the new query can only find what the old one found, so that only that need be searched."""
    return old.today == new.today and all(any(mine.implies(term) for mine in new.terms) for term in old.terms)


def parse(text: str, today: date, fiscal_year_start: int = 1, stages: Sequence[str] = ()) -> Query:
    """The query that somebody typed.

    Args:
        text: as typed; an unfinished quote ends at the end.
        today: the day that "30d" and "overdue" are counted from.
        fiscal_year_start: the month (1–12) in which quarters begin to count.
        stages: the names of the stages there are, to be told where one is wanted.

    Raises:
        QueryError: naming the first word that was not understood.
    """
    terms: list[Term] = []
    wrong: QueryError | None = None
    for match in _WORD.finditer(text):
        negated = match[0].startswith("-")
        word = _Word(match[0][negated:], today, fiscal_year_start, stages)
        try:
            condition = word.condition()
        except QueryError as error:
            if wrong is None:
                wrong = error
                wrong.before = text[: match.start() + negated]
            continue
        if condition is not None:
            terms.append(Term(condition, negated))
    query = Query(tuple(terms), today)
    if wrong is not None:
        wrong.rest = query if terms else None
        raise wrong
    return query


class _Word(NamedTuple):
    """One word of the query."""

    text: str
    today: date
    fiscal_year_start: int
    stages: Sequence[str]

    def condition(self) -> Condition | None:
        keyed = None if self.text.startswith('"') else _KEYED.fullmatch(self.text)
        if keyed is None:
            wanted = fold(self.text.replace('"', ""))
            return Text("text", (wanted,)) if wanted else None
        name, operator, value = keyed[1], keyed[2], keyed[3]
        field = words.FIELD_OF.get(fold(name))
        if field is None:
            raise self._error(complaints.unknown_key(name))
        if operator not in _IS and field not in _COMPARED:
            raise self._error(complaints.not_compared(name))
        if not fold(value.replace('"', "").replace(",", "")):
            raise self._error(complaints.unfinished(field, name + operator, operator, self.stages))
        operator = operator.lstrip(":") or ":"
        return self._keyed(field, operator, value)

    def _keyed(self, field: str, operator: str, value: str) -> Condition:
        if field in words.CHOICES:
            return self._choice(field, value)
        if field not in _COMPARED:
            return Text(field, tuple(_alternatives(value)))
        value = fold(value.replace('"', ""))
        if field == "close":
            return self._close(operator, value)
        if field == "amount":
            return self._amount(operator, value)
        return self._days(field, operator, value)

    def _choice(self, field: str, value: str) -> Condition:
        found: set[str] = set()
        for wanted in _alternatives(value):
            values = words.values_of(field, wanted)
            if not values:
                raise self._error(complaints.unknown(wanted, words.CHOICES[field].values()))
            found |= values
        return Choice(field, frozenset(found))

    def _amount(self, operator: str, value: str) -> Condition:
        if operator in ":=" and value in ("none", "aucun"):
            return Unknown("amount")
        match = _MONEY.fullmatch(value.replace("'", "").replace(" ", ""))
        if match is None:
            raise self._error(complaints.no_amount(value))
        return _compared("amount", operator, float(match[1].replace(",", ".")) * _SCALES[match[2] or ""])

    def _days(self, field: str, operator: str, value: str) -> Condition:
        match = _DAYS.fullmatch(value)
        if match is None:
            raise self._error(complaints.no_number_of_days(value))
        # Nobody looks for exactly 30 days: "in:30" asks for 30 or more.
        return _compared(field, ">=" if operator == ":" else operator, int(match[1]))

    def _close(self, operator: str, value: str) -> Condition:
        if operator in ":=":
            span = self._span(value)
            if span is not None:
                return span
        day = self._day(value)
        if day is None:
            raise self._error(complaints.no_day(value))
        return _compared("close", operator, day)

    def _span(self, value: str) -> Condition | None:
        today = self.today
        meaning = words.CLOSE_OF.get(value)
        if meaning == "none":
            return Unknown("close")
        if meaning == "overdue":
            return Range("due", high=today, high_open=True)
        if meaning == "today":
            return Range("close", today, today)
        if meaning == "week":
            monday = today - timedelta(days=today.weekday())
            return Range("close", monday, monday + timedelta(days=6))
        try:
            period = self._period(meaning, value)
        except ValueError:
            return None
        return Range("close", period.start, period.end)

    def _period(self, meaning: str | None, value: str) -> Period:
        current = quarter(self.today, self.fiscal_year_start)
        if meaning == "quarter":
            return current
        if meaning == "year":
            return Period.parse(current.name[:4], self.fiscal_year_start)
        if meaning == "month":
            return month(self.today)
        return Period.parse(value, self.fiscal_year_start)

    def _day(self, value: str) -> date | None:
        if words.CLOSE_OF.get(value) == "today":
            return self.today
        match = _FROM_TODAY.fullmatch(value)
        try:
            if match is None:
                return date.fromisoformat(value) if len(value) == 10 else None
            number = -int(match[2]) if match[1] == "-" else int(match[2])
            return _later(self.today, number, words.UNITS[match[3] or "d"])
        except (ValueError, OverflowError):
            return None

    def _error(self, said: str) -> QueryError:
        return QueryError(said, self.text)


def _alternatives(value: str) -> Iterator[str]:
    """The folded values between commas that stand outside quotes."""
    for part in re.findall(r'(?:"[^"]*"?|[^,"])+', value):
        wanted = fold(part.replace('"', ""))
        if wanted:
            yield wanted


def _compared(field: str, operator: str, value: object) -> Range:
    ranges: dict[str, Callable[[], Range]] = {
        "<": lambda: Range(field, high=value, high_open=True),
        "<=": lambda: Range(field, high=value),
        ">": lambda: Range(field, low=value, low_open=True),
        ">=": lambda: Range(field, low=value),
    }
    return ranges.get(operator, lambda: Range(field, value, value))()


def _later(day: date, number: int, unit: str) -> date:
    """The day so many days, weeks, months or years later; the last of a month that is too short."""
    if unit in ("d", "w"):
        return day + timedelta(days=number * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
    first = date(months // 12, months % 12 + 1, 1)
    last = (date((months + 1) // 12, (months + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))
