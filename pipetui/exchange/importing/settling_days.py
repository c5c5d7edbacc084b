"""What a column of days is after all, seen what the others are and how the deals ended."""

from collections.abc import Collection, Iterator
from typing import Final

from pipetui.deals.clock import Clock
from pipetui.deals.text import fold
from pipetui.exchange.importing import guessing, labels, words
from pipetui.exchange.importing.matching import Match
from pipetui.exchange.importing.presets import GENERIC
from pipetui.exchange.importing.reading import Table
from pipetui.exchange.importing.settling import sample

_EXPECTED: Final = frozenset(
    map(
        fold,
        ["expected", "exp", "estimated", "est", "forecast", "forecasted", "planned", "target", "projected",
         "anticipated", "prévu", "prévue", "prévisionnel", "prévisionnelle", "estimé", "estimée", "probable",
         "prévisible", "cible", "previsto", "prevista", "estimado", "estimada", "esperado", "esperada",
         "pronosticada", "objetivo", "план", "плановая", "плановый", "планируемая", "планируемое",
         "ожидаемая", "ожидаемое", "ожид", "предполагаемая", "предполагаемое", "предполаг", "прогноз",
         "прогнозная", "прогнозируемая", "oczekiwana", "oczekiwane", "oczekiwany", "przewidywana",
         "przewidywane", "przewidywany", "planowana", "planowane", "planowany", "spodziewana",
         "spodziewane", "szacowana", "szacowane", "szac", "prognozowana", "voraussichtlich", "erwartet",
         "erwartetes", "geplant", "geplantes"],
    )
)  # fmt: skip
"""Words of a date that has not come yet."""
_DUE: Final = frozenset(
    map(
        labels.key,
        ["due date", "due", "deadline", "by when", "target date", "échéance", "date limite",
         "date d'échéance", "pour le", "fecha límite", "vencimiento", "срок", "срок исполнения", "дедлайн",
         "когда", "termin", "do kiedy"],
    )
)  # fmt: skip
"""Labels of a day by which something is to be done: the deal, or the step beside it."""
_OTHER_DAYS: Final = frozenset(
    map(
        fold,
        ["start", "end", "begin", "contract", "renewal", "delivery", "modified", "updated", "last", "birth",
         "fiscal", "début", "fin", "contrat", "livraison", "renouvellement", "modification", "dernier",
         "dernière", "inicio", "contrato", "entrega", "renovación", "último", "última", "начала", "окончания",
         "договора", "поставки", "изменения", "последний", "последняя", "rozpoczęcia", "zakończenia",
         "umowy", "dostawy", "zmiany", "ostatni", "ostatnia"],
    )
)  # fmt: skip
"""Words of days that have nothing to do with the step beside them."""
_FIRM: Final = ("map", "remembered")
_ENOUGH: Final = 3
"""Deals of either kind, open and closed, from which on they show what a date is."""


def settle_days(table: Table, matches: dict[str, Match], wanted: Collection[str], clock: Clock) -> None:
    """Tell the expected close date from the actual one, and both from the day of the next step.

    Args:
        table: the export.
        matches: field → column, as found so far; it is brought in order.
        wanted: the fields that nobody has said a column for, or that they have none.
        clock: says what is past.
    """
    days = _Days(table, matches, clock)
    if "close_date" in wanted:
        days.tell_due(wanted)
        days.tell_expected()
    if "closed" in wanted and not matches.keys() & {"closed", "won_on", "lost_on"}:
        days.tell_actual()
    if "next_step_date" in wanted:
        days.tell_next()


class _Days:
    def __init__(self, table: Table, matches: dict[str, Match], clock: Clock) -> None:
        self.header = table.header
        self.rows = sample(table)
        self.matches = matches
        self.clock = clock

    def tell_due(self, wanted: Collection[str]) -> None:
        """A due date beside the next step is the step's, where another column is the deal's."""
        now = self._soft("close_date")
        if now is None or "next_step_date" not in wanted or "next_step_date" in self.matches:
            return
        step = self.matches.get("next_step")
        if step is None or now.position != step.position + 1 or labels.key(now.column) not in _DUE:
            return
        for position in self._free():
            if self._speaks_of_close(position) and self._has_days(position):
                self.matches["next_step_date"] = now
                self._give("close_date", position)
                return

    def tell_expected(self) -> None:
        """Of two close dates the one still to come is the expected one, the other when it was closed."""
        now = self._soft("close_date")
        if now is None or self._is_expected(now.column):
            return
        past, later = self._days(now.position)
        doubtful = [its.position for name in ("closed", "timeline") if (its := self._soft(name))]
        for position in (*self._free(), *doubtful):
            is_expected = self._is_expected(self.header[position])
            its_later = self._days(position)[1]
            if not (self._speaks_of_close(position) or (is_expected and its_later and not later)):
                continue
            if self._has_days(position) and (is_expected or (its_later and not later)):
                for name in ("closed", "timeline"):
                    if name in self.matches and self.matches[name].position == position:
                        del self.matches[name]
                self._give("close_date", position)
                if past and not later and "closed" not in self.matches:
                    self.matches["closed"] = now
                return

    def tell_actual(self) -> None:
        """Past days that closed deals have and open ones have not are those on which they were closed."""
        ends = list(self._ends())
        closed = [row for row, end in zip(self.rows, ends, strict=True) if end in ("won", "lost")]
        still = [row for row, end in zip(self.rows, ends, strict=True) if end == "open"]
        if min(len(closed), len(still)) < _ENOUGH:
            return
        for position in self._free():
            past, later = self._days(position)
            if not past or later or any(row[position].strip() for row in still):
                continue
            if sum(bool(row[position].strip()) for row in closed) >= guessing.FITS * len(closed):
                self._give("closed", position)
                return

    def tell_next(self) -> None:
        """The days right beside the next step are the step's, if no label says otherwise."""
        step = self.matches.get("next_step")
        if step is None or "next_step_date" in self.matches:
            return
        position = step.position + 1
        if position not in self._free() or not self._has_days(position):
            return
        if _OTHER_DAYS.isdisjoint(labels.words(self.header[position])):
            self._give("next_step_date", position)

    def _ends(self) -> Iterator[str]:
        """Of each row "won", "lost" or "open"."""
        told = [self.matches[name].position for name in ("status", "stage") if name in self.matches]
        for row in self.rows:
            said = (words.status(row[position]) for position in told)
            yield next((status for status in said if status in ("won", "lost")), "open")

    def _soft(self, name: str) -> Match | None:
        """A field's column, unless somebody said that it is its."""
        match = self.matches.get(name)
        return None if match is None or match.how in _FIRM else match

    def _free(self) -> list[int]:
        used = {match.position for match in self.matches.values()}
        return [at for at, label in enumerate(self.header) if label and at not in used]

    def _speaks_of_close(self, position: int) -> bool:
        label = self.header[position]
        return (
            labels.key(label) in GENERIC.keys["close_date"]
            or guessing.likeness("close_date", label) >= guessing.LEAST
        )

    def _is_expected(self, label: str) -> bool:
        return not _EXPECTED.isdisjoint(labels.words(label))

    def _days(self, position: int) -> tuple[int, int]:
        return guessing.days([row[position] for row in self.rows], self.clock)

    def _has_days(self, position: int) -> bool:
        return any(self._days(position))

    def _give(self, name: str, position: int) -> None:
        self.matches[name] = Match(position, self.header[position], guessing.LEAST, "guess")
