"""What a history file, or the wide columns of an export, tell of deals → events of their past."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from pipetui.deals.fields import Value
from pipetui.deals.money import to_minor
from pipetui.deals.text import fold
from pipetui.exchange.importing import amounts


class _Unsaid:
    """What a history does not tell."""


UNSAID: Final = _Unsaid()
Amount = Decimal | amounts.Number | _Unsaid | None
"""A bare number where no currency is written beside it: there may be hundreds of thousands."""
Day = date | _Unsaid | None


class Facts(NamedTuple):
    """What else is told of a deal."""

    amount: Amount = UNSAID
    close_date: Day = UNSAID


NO_FACTS: Final = Facts()


class Step(NamedTuple):
    """What is told of a deal from a moment on."""

    line: int
    at: datetime
    before: str
    """The stage it came from; "" if not told."""
    stage: str
    """"" for a row about something else."""
    old: Facts = NO_FACTS
    new: Facts = NO_FACTS


@dataclass(slots=True)
class History:
    """The past of deals, as one file tells it."""

    name: str
    by_id: bool
    """Whether deals are called by their ids; else by their folded names."""
    rows: int = 0
    steps: dict[str, list[Step]] = field(default_factory=dict)
    """Deal → its steps in time."""
    born: dict[str, datetime] = field(default_factory=dict)
    """Deal → when it was created, where the history tells."""
    warnings: list[str] = field(default_factory=list)
    stages: frozenset[str] | None = None
    """The folded names of those that it can tell of at all; `None` for any."""


PastEvent = tuple[str, Value, Value, datetime]
"""A change in a deal's past: field, old, new, when; stages by name. A plain tuple: there may be a million."""


def past_of(
    history: History, deal: str, *, created: date | None, currency: str, until: datetime
) -> Iterator[PastEvent]:
    """The events that a deal's steps amount to, up to a moment. Only changes are events.

    The stage before the first step is dated at the deal's creation, where that is known and lies before it.
    """
    stage: str | None = None
    facts: dict[str, Value] = {}
    born = history.born.get(deal) or (datetime.combine(created, datetime.min.time()) if created else None)
    for step in history.steps.get(deal, ()):
        if step.at > until:
            return
        if step.stage:
            if stage is None and step.before and fold(step.before) != fold(step.stage):
                stage = step.before
                if born is not None and born <= step.at:
                    yield "stage_id", None, stage, born
            if stage is None or fold(stage) != fold(step.stage):
                yield "stage_id", stage, step.stage, step.at
                stage = step.stage
        if step.new is not NO_FACTS:
            yield from _edits(facts, step, currency)


def _edits(facts: dict[str, Value], step: Step, currency: str) -> Iterator[PastEvent]:
    """What a step changes in amount and close date; `facts` are the last ones known, and become its own."""
    for name, before, after in zip(Facts._fields, step.old, step.new, strict=True):
        if isinstance(after, _Unsaid):
            continue
        new = _value(after, currency)
        if name in facts or not isinstance(before, _Unsaid):
            old = facts[name] if name in facts else _value(before, currency)
            if old != new:
                yield name, old, new, step.at
        facts[name] = new


def _value(told: Amount | Day, currency: str) -> Value:
    if isinstance(told, Decimal):
        return to_minor(told, currency)
    if isinstance(told, amounts.Number):
        return to_minor(told.value, told.currency)
    return told if isinstance(told, date) else None
