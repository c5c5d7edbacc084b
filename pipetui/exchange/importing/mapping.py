"""Which column is which field of a deal, and why."""

import re
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches
from itertools import islice
from typing import Final, Literal, NamedTuple

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.deals.text import is_placeholder
from pipetui.exchange.importing import amounts, dates, labels, words
from pipetui.exchange.importing.presets import GENERIC, PRESETS, Preset, evidence, recognise
from pipetui.exchange.importing.reading import Table
from pipetui.language import _, ngettext

FIELDS: Final = [
    "id", "name", "account", "owner", "team", "pipeline", "stage", "status", "amount", "currency",
    "probability", "created", "close_date", "closed", "last_activity", "last_stage_change", "next_step",
    "next_step_date", "category", "lead_source", "type", "segment", "loss_reason", "description", "need",
    "decision_makers", "budget", "timeline", "risk", "sponsor",
]  # fmt: skip
"""The fields of `--map` and of the mapping that an import reports."""

HELPERS: Final = ("is_closed", "is_won", "is_deleted", "updated", "won_on", "lost_on")
"""Columns that are read without being a field of a deal."""

DATES: Final = ("created", "close_date", "closed", "last_activity", "last_stage_change", "next_step_date")
HELPER_DATES: Final = ("updated", "won_on", "lost_on")
BOOLEANS: Final = ("is_closed", "is_won", "is_deleted")

REJECTED: Final = ("rejected line", "rejected column", "rejected value", "rejected reason")
"""The columns that a rejects file has besides the export's own."""

_GUESS: Final = 0.6
"""Lowest score of a header that is no known label."""
_COMMON: Final = frozenset(
    [
        "date", "time", "name", "last", "nom", "dernier", "derniere", "derniers", "deal", "opportunity",
        "affaire", "opportunite", "sales", "vente", "number", "numero",
    ]
)  # fmt: skip
"""Words that tell nothing by themselves."""
_FITS: Final = 0.7
"""Share of a guessed column's values that must be what the field holds."""
_SAMPLE: Final = 500
_DOUBLED: Final = re.compile(r" \(\d+\)$")

How = Literal["map", "preset", "label", "guess"]


class Match(NamedTuple):
    """A field's column."""

    position: int
    column: str
    score: float
    """1 for a given or known label, less for a guess."""
    how: How


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the columns of an export are read."""

    preset: Preset
    reason: str
    """Why this preset, in words."""
    matches: dict[str, Match]
    """Field or helper → column."""
    warnings: list[str] = field(default_factory=list)

    def columns(self) -> dict[str, str]:
        """Field → column, for the report."""
        return {name: self.matches[name].column for name in FIELDS if name in self.matches}

    def __contains__(self, name: str) -> bool:
        return name in self.matches


def map_columns(table: Table, *, preset: str, given: MappingType[str, str], clock: Clock) -> Mapping:
    """Find the column of each field: as given, else by the preset's labels, else by anybody's, else a guess.

    Args:
        table: the export.
        preset: a preset's name, or "auto".
        given: field → column as the user says; "" leaves a field out.
        clock: reads the moments by which a guess is checked.

    Raises:
        Problem: an unknown field, column or preset, or an export that is clearly another CRM's.
    """
    chosen, reason = _preset(table, preset)
    finder = _Finder(table, given)
    finder.by_label(chosen, "preset")
    if chosen is not GENERIC:
        finder.by_label(GENERIC, "label")
    finder.by_guess(clock)
    _settle_status(table, finder.matches)
    if "closed" in finder.matches and "close_date" not in finder.matches and given.get("close_date") != "":
        # One date column for both: its meaning follows the deal's status.
        finder.matches["close_date"] = finder.matches.pop("closed")
    return Mapping(chosen, reason, finder.matches)


def signature(table: Table) -> str:
    """What identifies the same kind of export again."""
    return "\n".join(sorted({labels.key(label) for label in table.header if label and label not in REJECTED}))


def _preset(table: Table, wanted: str) -> tuple[Preset, str]:
    found, told = recognise(table.header)
    if wanted == "auto":
        if found is GENERIC:
            return GENERIC, _("read as a generic list: no CRM's own columns were recognised")
        some = ", ".join(told[:3])
        reason = ngettext(
            "recognised as %(crm)s by %(n)d column: %(columns)s",
            "recognised as %(crm)s by %(n)d columns: %(columns)s",
            len(told),
        ) % {"crm": found.title, "n": len(told), "columns": f"{some}, …" if len(told) > 3 else some}
        return found, reason
    if wanted not in PRESETS:
        raise Problem(
            _("There is no preset called “%(name)s”; there are %(all)s.")
            % {"name": wanted, "all": ", ".join(("auto", *PRESETS))}
        )
    chosen = PRESETS[wanted]
    if (
        found is not GENERIC
        and found is not chosen
        and chosen is not GENERIC
        and not evidence(chosen, table.header)
    ):
        raise Problem(
            _(
                "%(file)s is no %(wanted)s export but looks like one of %(found)s: leave --preset out"
                " or say --preset %(name)s."
            )
            % {"file": table.name, "wanted": chosen.title, "found": found.title, "name": found.name}
        )
    return chosen, _("read as %(preset)s, as asked") % {"preset": chosen.title or chosen.name}


def _check_field(name: str) -> None:
    if name not in FIELDS:
        near = get_close_matches(name, FIELDS, 1)
        hint = (
            _("did you mean %(near)s?") % {"near": near[0]}
            if near
            else _("there are %(all)s.") % {"all": ", ".join(FIELDS)}
        )
        raise Problem(_("A deal has no field “%(name)s”: %(hint)s") % {"name": name, "hint": hint})


def _column(table: Table, wanted: str) -> int:
    if wanted in table.header:
        return table.header.index(wanted)
    same = [
        index for index, label in enumerate(table.header) if label and labels.key(label) == labels.key(wanted)
    ]
    if len(same) == 1:
        return same[0]
    names = [label for label in table.header if label]
    shown = get_close_matches(wanted, names, 3) or names[:12]
    raise Problem(
        _("%(file)s has no column “%(column)s”; it has, for example, %(all)s.")
        % {"file": table.name, "column": wanted, "all": ", ".join(shown)}
    )


class _Finder:
    """Gives each field at most one column and each column to at most one field."""

    def __init__(self, table: Table, given: MappingType[str, str]) -> None:
        self.table = table
        self.matches: dict[str, Match] = {}
        self.used = {index for index, label in enumerate(table.header) if not label or label in REJECTED}
        for name, column in given.items():
            _check_field(name)
            if column:
                self._take(name, _column(table, column), 1.0, "map")
        self.wanted = [name for name in (*FIELDS, *HELPERS) if name not in given]

    def by_label(self, preset: Preset, how: How) -> None:
        """Take the columns that carry one of a preset's labels."""
        positions: dict[str, list[int]] = {}
        for index, label in enumerate(self.table.header):
            if index not in self.used:
                positions.setdefault(labels.key(_undoubled(label)), []).append(index)
        for name in self.wanted:
            if name in self.matches:
                continue
            for key in preset.keys.get(name, ()):
                free = [index for index in positions.get(key, ()) if index not in self.used]
                if free:
                    # Of two columns with one label the first that holds anything.
                    filled = (index for index in free if any(row[index] for row in self.table.rows))
                    self._take(name, next(filled, free[0]), 1.0, how)
                    break

    def by_guess(self, clock: Clock) -> None:
        """Take the columns whose labels are like those of a field, the likest first."""
        free = [
            (index, labels.words(label))
            for index, label in enumerate(self.table.header)
            if index not in self.used
        ]
        scores = [
            (score, -rank, -index, name)
            for rank, name in enumerate(FIELDS)
            if name in self.wanted and name not in self.matches
            for index, found in free
            if (score := _likeness(name, found)) >= _GUESS
        ]
        for score, _rank, negated, name in sorted(scores, reverse=True):
            index = -negated
            if name not in self.matches and index not in self.used and _fits(self.table, index, name, clock):
                self._take(name, index, round(score, 2), "guess")

    def _take(self, name: str, position: int, score: float, how: How) -> None:
        self.matches[name] = Match(position, self.table.header[position], score, how)
        self.used.add(position)


def _undoubled(label: str) -> str:
    """A label without the number that told it from another of the same name."""
    return _DOUBLED.sub("", label)


def _likeness(name: str, found: frozenset[str]) -> float:
    """How much a header's words are like the best of a field's labels, 0–1."""
    if not found or "id" in found:
        return 0.0
    best = 0.0
    for label in GENERIC.fields.get(name, ()):
        wanted = labels.words(label)
        shared = len(wanted & found)
        if shared and wanted - _COMMON and wanted - _COMMON <= found:
            best = max(best, shared / max(len(wanted), len(found)))
        elif len(wanted) == len(found) == 1:
            typo = SequenceMatcher(None, next(iter(wanted)), next(iter(found))).ratio()
            best = max(best, typo if typo >= 0.88 else 0.0)
    return best


def _fits(table: Table, index: int, name: str, clock: Clock) -> bool:
    """Whether a guessed column's values are what the field holds; an empty column fits."""
    values = list(islice({row[index].strip() for row in table.rows if row[index].strip()}, _SAMPLE))
    values = [value for value in values if not is_placeholder(value)]
    if not values:
        return True
    if name in DATES:
        good = sum(dates.parse_day(value, "dmy", clock) is not None for value in values)
    elif name in ("amount", "probability"):
        good = sum(amounts.parse_number(value, None) is not None for value in values)
    else:
        return True
    return good >= _FITS * len(values)


def _settle_status(table: Table, matches: dict[str, Match]) -> None:
    """A status column without statuses is the stage, or nothing."""
    match = matches.get("status")
    if match is None or match.how == "map":
        return
    values = {row[match.position].strip() for row in table.rows} - {""}
    known = sum(words.status(value) is not None for value in values)
    if not values or known < _FITS * len(values):
        del matches["status"]
        if values and "stage" not in matches:
            matches["stage"] = match._replace(score=_FITS, how="guess")
