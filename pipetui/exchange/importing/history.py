"""A stage history given beside the deals → events of their past."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.deals.money import to_minor
from pipetui.deals.text import clean, fold
from pipetui.exchange.importing import amounts, dates, labels
from pipetui.exchange.importing.reading import Table
from pipetui.language import _, ngettext

_LABELS: Final[Mapping[str, tuple[str, ...]]] = {
    "deal": (
        "Opportunity ID", "OpportunityId", "Deal ID", "Record ID", "External ID", "ID de l'opportunité",
        "ID affaire", "ID de fiche d'informations",
    ),
    "name": ("Opportunity Name", "Deal Name", "Deal", "Opportunity", "Nom de l'opportunité", "Affaire",
        "Nom de l'affaire"),
    "from": ("From Stage", "Previous Stage", "Old Stage", "Stage From", "From", "Ancienne étape",
        "De l'étape", "Étape précédente"),
    "to": (
        "To Stage", "New Stage", "Stage To", "To", "StageName", "Stage", "Nouvelle étape", "À l'étape",
        "Étape",
    ),
    "at": (
        "Transition Date", "Changed At", "Change Date", "Changed On", "Edit Date", "Last Modified",
        "Last Modified Date", "Date entered", "Entered", "Timestamp", "At", "Date", "CreatedDate",
        "Date de modification", "Date de changement", "Modifié le",
    ),
    "amount": ("Amount", "Montant"),
    "close_date": ("Close Date", "Date de clôture"),
}  # fmt: skip


class Step(NamedTuple):
    """One row of a history: where a deal stood from a moment on."""

    line: int
    deal: str
    """The deal's id, or its name where the history has no ids."""
    at: datetime
    before: str
    """The stage it came from; "" if not told."""
    stage: str
    amount: "amounts.Number | None"
    close_date: date | None


@dataclass(frozen=True, slots=True)
class History:
    """A history file, read."""

    name: str
    rows: int
    by_id: bool
    knows: frozenset[str]
    """Which of amount and close_date it has."""
    steps: dict[str, list[Step]]
    """Deal → its steps in time."""
    warnings: list[str]


class PastEvent(NamedTuple):
    """A change in a deal's past; stages by name."""

    deal: str
    field: str
    old: str | int | date | None
    new: str | int | date | None
    at: datetime


def is_label(cell: str) -> bool:
    """Whether a cell is a column label of a history."""
    return 0 < len(cell) <= 80 and labels.key(cell) in _KEYS


_KEYS: Final = frozenset(labels.key(label) for names in _LABELS.values() for label in names)


def read_history(table: Table, clock: Clock) -> History:
    """The steps of a history file: from/to/at rows, or one row for each state of a deal.

    Raises:
        Problem: a column for the deal, the stage or the moment is missing.
    """
    columns = _columns(table)
    missing = [
        what for name, what in (("to", _("the new stage")), ("at", _("the moment"))) if name not in columns
    ]
    if "deal" not in columns and "name" not in columns:
        missing.insert(0, _("the deal"))
    if missing:
        raise Problem(
            _("%(file)s is no stage history: it has no column for %(what)s.")
            % {"file": table.name, "what": ", ".join(missing)}
        )
    by_id = "deal" in columns
    whose = columns["deal" if by_id else "name"]
    order = dates.vote(clean(row[columns["at"]]) for row in table.rows).order
    if "close_date" in columns:
        order = order or dates.vote(clean(row[columns["close_date"]]) for row in table.rows).order
    steps: dict[str, list[Step]] = {}
    unread: list[int] = []
    for line, row in zip(table.lines, table.rows, strict=True):
        deal, stage = clean(row[whose]), clean(row[columns["to"]])
        at = dates.parse_moment(clean(row[columns["at"]]), order or "mdy", clock)
        if not (deal and stage and isinstance(at, datetime)):
            unread.append(line)
            continue
        before = clean(row[columns["from"]]) if "from" in columns else ""
        step = Step(
            line, deal, at, before, stage, _amount(row, columns), _day(row, columns, order or "mdy", clock)
        )
        steps.setdefault(deal if by_id else fold(deal), []).append(step)
    for its in steps.values():
        its.sort(key=lambda step: step.at)
    warnings = []
    if unread:
        warnings.append(
            ngettext(
                "%(file)s: %(n)d row names no deal, stage or moment and was left out (line %(line)d).",
                "%(file)s: %(n)d rows name no deal, stage or moment and were left out (the first on "
                "line %(line)d).",
                len(unread),
            )
            % {"n": len(unread), "file": table.name, "line": unread[0]}
        )
    knows = frozenset(name for name in ("amount", "close_date") if name in columns)
    return History(table.name, len(table.rows), by_id, knows, steps, warnings)


def _columns(table: Table) -> dict[str, int]:
    positions: dict[str, int] = {}
    for index, label in enumerate(table.header):
        positions.setdefault(labels.key(label), index)
    found: dict[str, int] = {}
    for name, names in _LABELS.items():
        for label in names:
            position = positions.get(labels.key(label))
            if position is not None and position not in found.values():
                found[name] = position
                break
    return found


def _amount(row: Sequence[str], columns: Mapping[str, int]) -> "amounts.Number | None":
    return (
        amounts.parse_number(row[columns["amount"]], None)
        if "amount" in columns and row[columns["amount"]]
        else None
    )


def _day(row: Sequence[str], columns: Mapping[str, int], order: dates.Order, clock: Clock) -> date | None:
    if "close_date" not in columns:
        return None
    day = dates.parse_day(clean(row[columns["close_date"]]), order, clock)
    return day if isinstance(day, date) else None


def past_of(
    history: History, deal: str, *, created: date | None, currency: str, until: datetime
) -> Iterator[PastEvent]:
    """The events that a deal's steps amount to, up to a moment. Only changes are events.

    The stage before the first step is dated at the deal's creation, where that is known and lies before it.
    """
    steps = history.steps.get(deal, ())
    stage: str | None = None
    last: Step | None = None
    for step in steps:
        if step.at > until:
            return
        if last is None and step.before and fold(step.before) != fold(step.stage):
            born = datetime.combine(created, datetime.min.time()) if created else None
            if born is not None and born <= step.at:
                yield PastEvent(deal, "stage_id", None, step.before, born)
            stage = step.before
        if stage is None or fold(stage) != fold(step.stage):
            yield PastEvent(deal, "stage_id", stage, step.stage, step.at)
            stage = step.stage
        if last is not None:
            yield from _edits(history, deal, last, step, currency)
        last = step


def _edits(history: History, deal: str, last: Step, step: Step, currency: str) -> Iterator[PastEvent]:
    if "amount" in history.knows:
        old, new = _minor(last.amount, currency), _minor(step.amount, currency)
        if old != new:
            yield PastEvent(deal, "amount", old, new, step.at)
    if "close_date" in history.knows and last.close_date != step.close_date:
        yield PastEvent(deal, "close_date", last.close_date, step.close_date, step.at)


def _minor(number: "amounts.Number | None", currency: str) -> int | None:
    return None if number is None else to_minor(number.value, number.currency or currency)
