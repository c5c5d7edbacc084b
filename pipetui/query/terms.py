"""The conditions that a query consists of."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from pipetui.deals.text import fold
from pipetui.query.prepared import Prepared
from pipetui.signals.flag import Flag


@dataclass(frozen=True, slots=True)
class Text:
    """Some folded text, or another, occurs in a field; in "text" for name, account and owner together."""

    field: str
    anyone_of: tuple[str, ...]

    def matches(self, row: Prepared, today: date) -> bool:  # noqa: ARG002 - as the other conditions
        """Whether the row meets the condition."""
        text = row.text if self.field == "text" else TEXTS[self.field](row)
        for wanted in self.anyone_of:  # noqa: SIM110 - half the time of any()
            if wanted in text:
                return True
        return False

    def implies(self, other: "Condition") -> bool:
        """Whether whatever meets this meets the other."""
        return (
            isinstance(other, Text)
            and self.field == other.field
            and all(any(shorter in longer for shorter in other.anyone_of) for longer in self.anyone_of)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few known values stands in a field."""

    field: str
    anyone_of: frozenset[str]

    def matches(self, row: Prepared, today: date) -> bool:  # noqa: ARG002 - as the other conditions
        """Whether the row meets the condition."""
        return not self.anyone_of.isdisjoint(CHOICES[self.field](row))

    def implies(self, other: "Condition") -> bool:
        """Whether whatever meets this meets the other."""
        return isinstance(other, Choice) and self.field == other.field and self.anyone_of <= other.anyone_of


@dataclass(frozen=True, slots=True)
class Range:
    """A number or a day lies between two bounds; an unknown one lies nowhere."""

    field: str
    low: Any = None
    high: Any = None
    low_open: bool = False
    """Whether `low` itself is outside."""
    high_open: bool = False

    def matches(self, row: Prepared, today: date) -> bool:
        """Whether the row meets the condition."""
        value = VALUES[self.field](row, today)
        if value is None:
            return False
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        return self.high is None or value < self.high or (not self.high_open and value == self.high)

    def implies(self, other: "Condition") -> bool:
        """Whether whatever meets this meets the other."""
        return (
            isinstance(other, Range)
            and self.field == other.field
            and _inside(self.low, other.low, at_edge=other.low_open <= self.low_open, sign=1)
            and _inside(self.high, other.high, at_edge=other.high_open <= self.high_open, sign=-1)
        )


@dataclass(frozen=True, slots=True)
class Unknown:
    """A number or a day is not known."""

    field: str

    def matches(self, row: Prepared, today: date) -> bool:
        """Whether the row meets the condition."""
        return VALUES[self.field](row, today) is None

    def implies(self, other: "Condition") -> bool:
        """Whether whatever meets this meets the other."""
        return self == other


Condition = Text | Choice | Range | Unknown


def _inside(bound: Any, other: Any, *, at_edge: bool, sign: int) -> bool:
    """Whether a bound is at least as tight as another; `sign` is 1 for lower ones, -1 for upper ones."""
    if other is None or bound is None:
        return other is None
    tighter = bound > other if sign == 1 else bound < other
    return bool(tighter or (bound == other and at_edge))


TEXTS: Final[dict[str, Callable[[Prepared], str]]] = {
    "owner": lambda row: fold(row.deal.owner),
    "account": lambda row: fold(row.deal.account),
    "name": lambda row: fold(row.deal.name),
    "stage": lambda row: row.stage,
    "team": lambda row: fold(row.deal.team),
    "source": lambda row: fold(row.deal.source),
    "segment": lambda row: fold(row.deal.segment),
}
"""Field → its folded text."""


@lru_cache(maxsize=65_536)
def _flag_labels(flags: tuple[Flag, ...]) -> frozenset[str]:
    if not flags:
        return frozenset({"none"})
    return frozenset({"any", *(flag.name for flag in flags), *(flag.severity for flag in flags)})


def _state_labels(row: Prepared) -> Collection[str]:
    deal = row.deal
    labels: list[str] = [deal.status]
    if deal.status == "open" and deal.missing_since is not None:
        labels.append("missing")
    if deal.in_nurture:
        labels.append("nurture")
    if deal.amount is None:
        labels.append("unpriced")
    if row.flags:
        labels.append("flagged")
    return labels


CHOICES: Final[dict[str, Callable[[Prepared], Collection[str]]]] = {
    "category": lambda row: (row.deal.category or "unclassified",),
    "flag": lambda row: _flag_labels(row.flags),
    "status": lambda row: (row.deal.status,),
    "is": _state_labels,
}
"""Field → the labels it carries."""


def _close(row: Prepared, _today: date) -> date | None:
    return row.deal.close_date if row.deal.status == "open" else row.deal.settled_on


def _due(row: Prepared, _today: date) -> date | None:
    return row.deal.close_date if row.deal.status == "open" else None


VALUES: Final[dict[str, Callable[[Prepared, date], Any]]] = {
    "amount": lambda row, _today: row.amount,
    "close": _close,
    "due": _due,
    "age": lambda row, today: None if row.deal.created is None else (today - row.deal.created).days,
    "days": lambda row, today: None if row.deal.stage_since is None else (today - row.deal.stage_since).days,
}
"""Field → its number or day, as of today; of a closed deal the close is the actual one."""
