"""Columns of days and moments: which way round a column writes them is voted on by all of its cells."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from pipetui.deals.text import clean
from pipetui.exchange.importing import amounts, dates, words
from pipetui.exchange.importing.cells import UNREADABLE, Cells
from pipetui.exchange.importing.guessing import DATES
from pipetui.exchange.importing.matching import HELPER_DATES
from pipetui.exchange.importing.pacing import paced
from pipetui.exchange.importing.presets import is_english
from pipetui.language import _, current, ngettext

_MAY_BE_MONTHS: Final = ("close_date", "closed")
"""Dates of which people often know the month or quarter only: its last day stands for it."""


class DayColumns(Cells):
    """The columns that hold days."""

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
            elif value is None and text and not words.is_empty(text):
                value = dates.parse_span(text) if must and name in _MAY_BE_MONTHS else None
                if value is not None:
                    vague.add(cell)
                elif must:
                    value = UNREADABLE
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
        is_english_table = self.table.delimiter != ";" and is_english(self.table.header)
        return current() != "en" or not is_english_table or self._has_decimal_commas

    @property
    def _has_decimal_commas(self) -> bool:
        """Whoever writes decimals behind a comma puts the day first, in English, too."""
        mark = amounts.vote(self.cells("amount") or ()).mark or self.options.decimal
        return mark == ","
