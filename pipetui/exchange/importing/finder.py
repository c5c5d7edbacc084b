"""The search for each field's column: as given or accepted before, by label, by guess, by what cells hold."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingType
from difflib import get_close_matches
from typing import Final

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.exchange.importing import amounts, guessing, labels
from pipetui.exchange.importing.matching import FIELDS, HELPERS, REJECTED, How, Match
from pipetui.exchange.importing.presets import GENERIC, Preset
from pipetui.exchange.importing.reading import Table
from pipetui.language import _

_DOUBLED: Final = re.compile(r" \(\d+\)$")


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


class Finder:
    """Gives each field at most one column and each column to at most one field."""

    def __init__(self, table: Table, given: MappingType[str, str], clock: Clock) -> None:
        self.table = table
        self.clock = clock
        self.matches: dict[str, Match] = {}
        self.used = {index for index, label in enumerate(table.header) if not label or label in REJECTED}
        for name, column in given.items():
            _check_field(name)
            if column:
                self._take(name, _column(table, column), 1.0, "map")
        self.wanted = [name for name in (*FIELDS, *HELPERS) if name not in given]

    def by_memory(self, remembered: MappingType[str, str]) -> None:
        """Take the columns that the source's last import had, and leave out what that left out."""
        for name, column in remembered.items():
            if name not in self.wanted or (column and column not in self.table.header):
                continue
            position = self.table.header.index(column) if column else None
            if position in self.used:
                continue
            self.wanted.remove(name)
            if position is not None:
                self._take(name, position, 1.0, "remembered")

    def left_out(self) -> tuple[str, ...]:
        """The fields that are to have no column."""
        return tuple(name for name in FIELDS if name not in self.wanted and name not in self.matches)

    def by_label(self, preset: Preset, how: How) -> None:
        """Take the columns that carry one of a preset's labels and do not hold something else."""
        exact: dict[str, list[int]] = {}
        without_unit: dict[str, list[int]] = {}
        for index, label in enumerate(self.table.header):
            if index not in self.used:
                for key, where in zip(labels.keys(_undoubled(label)), (exact, without_unit), strict=False):
                    where.setdefault(key, []).append(index)
        for name in self.wanted:
            if name in self.matches:
                continue
            for key in preset.keys.get(name, ()):
                near = (*exact.get(key, ()), *without_unit.get(key, ()))
                free = [index for index in near if index not in self.used]
                # Of two columns with one label the first that holds anything.
                filled = [index for index in free if any(row[index] for row in self.table.rows)]
                if preset.is_own:
                    fit = filled or free
                else:
                    fit = [index for index in filled if not self._contradicts(index, name)]
                    if not filled and name != "status" and not self._is_vague(key, name):
                        fit = free
                if fit:
                    self._take(name, fit[0], 1.0, how)
                    break

    def by_loose_label(self, preset: Preset) -> None:
        """Take the columns whose labels lack a little word, or have one more."""
        near: dict[str, list[int]] = {}
        for index, label in enumerate(self.table.header):
            if index not in self.used and (key := labels.loose(_undoubled(label))):
                near.setdefault(key, []).append(index)
        for name in self.wanted:
            for key in preset.loose_keys.get(name, ()) if name not in self.matches else ():
                found = next((at for at in near.get(key, ()) if self._holds(at, name)), None)
                if found is not None:
                    self._take(name, found, 0.95, "guess")
                    break

    def _holds(self, index: int, name: str) -> bool:
        """Whether a free column may be a field's by what it holds."""
        return (
            index not in self.used
            and guessing.fits(self._values(index), name, self.clock)
            and not self._contradicts(index, name)
        )

    def by_guess(self) -> None:
        """Take the columns whose labels are like those of a field, the likest first."""
        free = [index for index in range(len(self.table.header)) if index not in self.used]
        scores = [
            (score, -rank, -index, name)
            for rank, name in enumerate(FIELDS)
            if name in self.wanted and name not in self.matches
            for index in free
            if (score := guessing.likeness(name, _undoubled(self.table.header[index]))) >= guessing.LEAST
        ]
        for score, _rank, negated, name in sorted(scores, reverse=True):
            index = -negated
            if name not in self.matches and self._holds(index, name):
                self._take(name, index, min(0.95, round(score, 2)), "guess")

    def by_values(self) -> None:
        """Take the one column that holds stages, or money, where no label tells which it is."""
        if not self.matches.keys() & {"stage", "status"} and "stage" in self.wanted:
            self._take_likeliest("stage", guessing.stages_told)
        if "stage" not in self.matches and "stage" in self.wanted:
            found = next((at for at in self._free() if guessing.names_a_stage(self.table.header[at])), None)
            if found is not None and guessing.are_stages(self._values(found), self.clock):
                self._take("stage", found, guessing.LEAST, "guess")
        if "amount" not in self.matches and "amount" in self.wanted:
            self._take_likeliest("amount", lambda values: float(guessing.is_money(values)))
        if "amount" not in self.matches and "amount" in self.wanted:
            sums = (
                index
                for index, label in enumerate(self.table.header)
                if index not in self.used and guessing.names_an_amount(_undoubled(label))
            )
            found = next((index for index in sums if guessing.is_numeric(self._values(index))), None)
            if found is not None:
                self._take("amount", found, guessing.LEAST, "guess")
        if "amount" not in self.matches and "amount" in self.wanted:
            named = {index for index, label in enumerate(self.table.header) if amounts.unit(label).currency}
            priced = [index for index in named - self.used if guessing.is_numeric(self._values(index))]
            if len(priced) == 1:
                self._take("amount", priced[0], guessing.LEAST, "guess")
        if "probability" not in self.matches and "probability" in self.wanted:
            chances = (
                index
                for index, label in enumerate(self.table.header)
                if index not in self.used and guessing.names_a_chance(label)
            )
            found = next((index for index in chances if guessing.are_chances(self._values(index))), None)
            if found is not None:
                self._take("probability", found, guessing.LEAST, "guess")
        if "currency" not in self.matches and "currency" in self.wanted:
            self._take_likeliest("currency", lambda values: float(guessing.are_currencies(values)))

    def by_days(self) -> None:
        """Take the dates that no label told for sure.

        The one column of days to come is the close date, a second close date of past days alone the actual
        one, and mere dates are when deals were created.
        """
        if not {"close_date", "closed", "created"}.intersection(self.wanted) - self.matches.keys():
            return
        days = {
            index: guessing.days(self._values(index), self.clock)
            for index in range(len(self.table.header))
            if index not in self.used
        }
        if "close_date" in self.wanted and "close_date" not in self.matches:
            found = [index for index, (_past, later) in days.items() if later]
            if len(found) == 1:
                self._take("close_date", found[0], guessing.LEAST, "guess")
        if "closed" in self.wanted and "close_date" in self.matches and "closed" not in self.matches:
            for index, (past, later) in days.items():
                is_close = GENERIC.keys["close_date"].count(labels.key(_undoubled(self.table.header[index])))
                if is_close and index not in self.used and past and not later:
                    self._take("closed", index, guessing.LEAST, "guess")
                    break
        if "created" in self.wanted and "created" not in self.matches:
            for index, (past, later) in days.items():
                plain = guessing.is_plain_date(self.table.header[index])
                if index not in self.used and past and not later and plain:
                    self._take("created", index, guessing.LEAST, "guess")
                    return

    def by_distinctness(self) -> None:
        """Without a name, take a column of words that tells the deals apart; beside an id, if it says so."""
        has_deals = "amount" in self.matches and self.matches.keys() & {"stage", "status", "close_date"}
        if not has_deals or "name" not in self.wanted or "name" in self.matches:
            return
        described = self.matches.get("description")
        if (
            described
            and described.how != "map"
            and guessing.tells_apart(self._values(described.position), self.clock)
        ):
            # Business software calls a deal's name its description.
            del self.matches["description"]
            self.matches["name"] = described._replace(score=guessing.LEAST, how="guess")
            return
        told = [at for at in self._free() if guessing.tells_apart(self._values(at), self.clock)]
        named = [at for at in told if guessing.names_a_deal(self.table.header[at])]
        if "id" not in self.matches:
            named += [at for at in told if not guessing.names_a_number(self.table.header[at])] + told
        if named:
            self._take("name", named[0], guessing.LEAST, "guess")

    def _free(self) -> list[int]:
        return [index for index in range(len(self.table.header)) if index not in self.used]

    def _take_likeliest(self, name: str, likelihood: Callable[[Sequence[str]], float]) -> None:
        found = {
            index: score
            for index in range(len(self.table.header))
            if index not in self.used and (score := likelihood(self._values(index))) >= 0.5
        }
        best = [index for index, score in found.items() if score == max(found.values())]
        if len(best) == 1:
            self._take(name, best[0], guessing.LEAST, "guess")

    def _is_vague(self, key: str, name: str) -> bool:
        """Whether only values tell what a label means: "Next activity" is one, or the day of one."""
        return name == "next_step" and key in GENERIC.keys["next_step_date"]

    def _contradicts(self, index: int, name: str) -> bool:
        if name == "category" and len(labels.words(self.table.header[index])) > 1:
            return guessing.is_numeric(
                self._values(index)
            )  # a "Forecast category" with words of a team's own, which are told
        return guessing.contradicts((row[index] for row in self.table.rows), name, self.clock)

    def _values(self, index: int) -> list[str]:
        return [row[index] for row in self.table.rows]

    def _take(self, name: str, position: int, score: float, how: How) -> None:
        self.matches[name] = Match(position, self.table.header[position], score, how)
        self.used.add(position)


def _undoubled(label: str) -> str:
    """A label without the number that told it from another of the same name."""
    return _DOUBLED.sub("", label)
