"""Columns of numbers: amounts in their currencies, probabilities."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from pipetui.deals.money import to_minor
from pipetui.deals.text import clean
from pipetui.exchange.importing import amounts, words
from pipetui.exchange.importing.cells import UNREADABLE, Cells, Unreadable
from pipetui.exchange.importing.pacing import paced
from pipetui.language import _, ngettext

_MILLIONTH: Final = Decimal("0.000001")


class NumberColumns(Cells):
    """The columns that hold numbers."""

    def money(self) -> tuple[list[int | None], list[str]]:
        """Amounts in minor units and their currencies; a text that is no amount rejects its row."""
        codes = self.currencies()
        cells = self.cells("amount")
        if cells is None:
            return [None] * self.size, codes
        unit = amounts.unit(self.column("amount"))
        told = "currency" in self.mapping or self.options.currency or unit.currency
        numbers = self._numbers("amount", cells)
        written = {
            cell: number
            for cell, number in numbers.items()
            if isinstance(number, amounts.Number) and number.currency
        }
        said = {number.currency_in(self.currency) for number in written.values()}
        if len(said) == 1 and not told:
            # What the column writes once it means everywhere.
            codes = [next(iter(said))] * self.size
        elif written:
            codes = [
                written[cell].currency_in(code) if cell in written else code
                for cell, code in zip(cells, codes, strict=True)
            ]
        self._reject("amount", cells, numbers, _("is no amount"))
        values = {
            cell: number.value if number.scaled or unit.scale == 1 else number.value * unit.scale
            for cell, number in paced(numbers.items(), self._tick)
            if isinstance(number, amounts.Number)
        }
        minor: dict[str, dict[str, int | None]] = {
            code: {
                cell: to_minor(values[cell], code) if cell in values else None
                for cell in paced(numbers, self._tick)
            }
            for code in set(codes)
        }
        return [minor[code][cell] for cell, code in zip(cells, codes, strict=True)], codes

    def won_amounts(self, codes: Sequence[str]) -> list[int | None] | None:
        """What won deals brought in fact, in minor units, where a column of its own says it."""
        cells = self.cells("won_amount")
        if cells is None:
            return None
        numbers = self._numbers("won_amount", cells)
        scale = amounts.unit(self.column("won_amount")).scale
        return [
            to_minor(number.value if number.scaled else number.value * scale, code)
            if isinstance(number := numbers[cell], amounts.Number)
            else None
            for cell, code in zip(cells, codes, strict=True)
        ]

    def currencies(self) -> list[str]:
        """The currency of every row."""
        cells = self.cells("currency")
        usual = self.currency
        if self.options.currency is None and "amount" in self.mapping:
            usual = amounts.unit(self.column("amount")).currency or usual
        if cells is None:
            return [usual] * self.size
        memo: dict[str, str] = {}
        unknown = []
        for cell in set(cells):
            text = clean(cell)
            code = amounts.currency_code(text) if text else None
            if code is None and len(text) == 3 and text.isascii() and text.isalpha():
                code = text.upper()
            if code is None and not words.is_empty(text):
                unknown.append(text)
            memo[cell] = code or usual
        if unknown:
            self.warnings.append(
                _("%(column)s: “%(value)s” is no currency; %(currency)s was taken.")
                % {"column": self.column("currency"), "value": unknown[0], "currency": usual}
            )
        return [memo[cell] for cell in cells]

    def _numbers(self, name: str, cells: Iterable[str]) -> "dict[str, amounts.Number | Unreadable | None]":
        """Distinct cell → number, nothing, or unreadable."""
        distinct = set(cells)
        votes = amounts.vote(paced(distinct, self._tick))
        mark = votes.mark or self.options.decimal
        if votes.either and mark is None and name == "probability":
            # Nothing is 60,000 % likely.
            mark = "," if "," in votes.example else "."
        if votes.either and mark is None:
            self.warnings.append(
                _(
                    "%(column)s: the mark in “%(value)s” could group thousands or begin decimals; it "
                    "was read as grouping. If that is wrong, say --decimal %(other)s."
                )
                % {
                    "column": self.column(name),
                    "value": votes.example,
                    "other": "comma" if "," in votes.example else "point",
                }
            )
        memo: dict[str, amounts.Number | Unreadable | None] = {}
        for cell in paced(distinct, self._tick):
            number = amounts.parse_number(cell, mark) if cell else None
            if number is None and cell:
                text = clean(cell)
                memo[cell] = None if words.is_empty(text) else UNREADABLE
            else:
                memo[cell] = number
        return memo

    def probabilities(self) -> list[float | None] | None:
        """Probabilities 0–1, whether written as 0.2, 20 or 20 %; others are left out with a warning."""
        cells = self.cells("probability")
        if cells is None:
            return None
        numbers = self._numbers("probability", cells)
        shares = amounts.fractions(
            {cell: number for cell, number in numbers.items() if isinstance(number, amounts.Number)},
            percent=self.mapping.preset.percent or "%" in self.column("probability"),
        )
        beyond = {cell for cell, share in shares.items() if not 0 <= share <= 1}
        beyond |= {cell for cell, number in numbers.items() if number is UNREADABLE}
        memo: dict[str, Any] = dict(numbers)
        for cell, share in shares.items():
            memo[cell] = float(share.quantize(_MILLIONTH, ROUND_HALF_UP)) if cell not in beyond else None
        memo.update(dict.fromkeys(beyond))
        if beyond:
            count = sum(cell in beyond for cell in cells)
            self.warnings.append(
                ngettext(
                    "%(column)s: %(n)d value is no probability, such as “%(value)s”, and was left out.",
                    "%(column)s: %(n)d values are no probability, such as “%(value)s”, and were left out.",
                    count,
                )
                % {"n": count, "column": self.column("probability"), "value": clean(min(beyond))}
            )
        return self._checked("probability", cells, memo, _("is no probability"))
