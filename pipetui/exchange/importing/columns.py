"""The columns of an export, read as what they hold. Each distinct text is read once."""

from collections.abc import Callable
from typing import Any

from pipetui.deals.category import Category
from pipetui.deals.deal import Status
from pipetui.deals.text import clean
from pipetui.exchange.importing import words
from pipetui.exchange.importing.day_columns import DayColumns
from pipetui.exchange.importing.number_columns import NumberColumns
from pipetui.exchange.importing.pacing import paced
from pipetui.language import ngettext


class Columns(DayColumns, NumberColumns):
    """The mapped columns of one export."""

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
            if text and not words.is_empty(text) and not known(text):
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


def _category_value(category: Category | None) -> str | None:
    return category.value if category else None
