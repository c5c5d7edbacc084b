"""Numbers and money as exports write them; the decimal mark is voted by the whole column."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

Mark = Literal[".", ","]

_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009\u2007\t'’`_")
_SYMBOLS = {
    "€": "EUR", "$": "USD", "us$": "USD", "$us": "USD", "£": "GBP", "¥": "JPY", "₽": "RUB", "руб": "RUB",
    "руб.": "RUB",
    "zł": "PLN", "zl": "PLN", "₹": "INR", "r$": "BRL", "a$": "AUD", "c$": "CAD", "ca$": "CAD",
    "$ca": "CAD", "₩": "KRW",
    "₺": "TRY", "₴": "UAH", "kč": "CZK", "ft": "HUF", "fr.": "CHF", "sfr": "CHF", "euro": "EUR",
    "euros": "EUR",
}  # fmt: skip
_CODES = frozenset(
    [
        "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "JPY", "CNY", "HKD", "SGD", "INR", "SEK", "NOK",
        "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "RUB", "UAH", "TRY", "ILS", "AED", "SAR", "QAR", "KWD",
        "BHD", "OMR", "JOD", "EGP", "MAD", "TND", "DZD", "XOF", "XAF", "ZAR", "NGN", "KES", "GHS", "BRL",
        "MXN", "ARS", "CLP", "COP", "PEN", "UYU", "KRW", "TWD", "THB", "VND", "IDR", "MYR", "PHP", "ISK",
    ]
)  # fmt: skip
_SCALES = {
    "": 1, "k": 10**3, "m": 10**6, "mio": 10**6, "mn": 10**6, "mm": 10**6,
    "million": 10**6, "millions": 10**6,
    "md": 10**9, "mrd": 10**9, "mds": 10**9, "bn": 10**9, "b": 10**9,
}  # fmt: skip
_NUMBER = re.compile(r"[-+−–]?(?:\d[\d.,]*|[.,]\d+)(?:e[-+]?\d{1,2})?", re.IGNORECASE)
_PLAIN = re.compile(r"-?\d{1,15}(?:\.\d{1,2})?")
_LIMIT = Decimal(10) ** 15
"""Major units; more than this is no amount of a deal and would not fit the store."""


class Number(NamedTuple):
    """A number and the currency written beside it ("" if none)."""

    value: Decimal
    currency: str = ""
    percent: bool = False


@dataclass(slots=True)
class Votes:
    """How many values of a column can only be read with a decimal point, only with a comma, or both ways."""

    point: int = 0
    comma: int = 0
    either: int = 0
    example: str = ""
    """A value that reads both ways, such as 12,500."""

    @property
    def mark(self) -> Mark | None:
        """The decimal mark that the values decide; `None` if they do not."""
        if self.point == self.comma:
            return None
        return "." if self.point > self.comma else ","


def vote(values: Iterable[str]) -> Votes:
    """The votes of a column's values for the decimal mark."""
    votes = Votes()
    for text in values:
        if _PLAIN.fullmatch(text):
            votes.point += "." in text
            continue
        match = _NUMBER.search(text.translate(_SPACES))
        if match is None:
            continue
        told = _evidence(match[0])
        if told == ".":
            votes.point += 1
        elif told == ",":
            votes.comma += 1
        elif told:
            votes.either += 1
            votes.example = votes.example or text
    return votes


def _evidence(number: str) -> str:
    """The decimal mark a number shows: "." or ","; "?" if it reads both ways; "" if it says nothing."""
    number = number.lower().partition("e")[0].lstrip("+-−–")
    points, commas = number.count("."), number.count(",")
    if points and commas:
        return "." if number.rindex(".") > number.rindex(",") else ","
    mark = "." if points else ","
    count = points or commas
    if count == 0:
        return ""
    if count > 1:
        return "," if mark == "." else "."
    whole, _mark, decimals = number.partition(mark)
    if len(decimals) != 3 or len(whole) > 3 or whole in ("", "0"):
        return mark
    return "?"


def parse_number(text: str, mark: Mark | None) -> Number | None:
    """The number that a text means; `None` if it is none.

    A number that shows its own decimal mark is read so. One that reads both ways (12,500) follows the
    column's mark, and without one it is grouped: nobody writes money with three decimals.
    """
    if mark != "," and _PLAIN.fullmatch(text) and (mark or "." not in text):
        return Number(Decimal(text))
    bare = text.translate(_SPACES).replace("−", "-").replace("–", "-")
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1]
    match = _NUMBER.search(bare)
    if match is None:
        return None
    before, after = bare[: match.start()], bare[match.end() :]
    if after.endswith("-") or before.endswith("-"):
        negative, after, before = True, after.removesuffix("-"), before.removesuffix("-")
    if before.startswith("-"):
        negative, before = True, before[1:]
    percent = after == "%"
    affix = _affix(before, "" if percent else after)
    if affix is None:
        return None
    scale, currency = affix
    value = _decimal(match[0], mark)
    if value is None or abs(value) * scale >= _LIMIT:
        return None
    return Number(-value * scale if negative else value * scale, currency, percent)


def _affix(before: str, after: str) -> tuple[int, str] | None:
    """Scale and currency from what stands around a number; `None` if it is neither."""
    currency = currency_code(before) if before else ""
    if currency is None:
        return None
    if after in _SCALES or after.lower() in _SCALES:
        return _SCALES[after.lower()], currency
    for size in range(min(8, len(after)), -1, -1):
        scale = _SCALES.get(after[:size].lower())
        code = currency_code(after[size:])
        if scale is not None and code:
            return scale, code
    return None


def currency_code(text: str) -> str | None:
    """The ISO code behind a currency's name, sign or code; `None` if it is none."""
    bare = text.strip()
    if bare.upper() in _CODES:
        return bare.upper()
    named = _SYMBOLS.get(bare.lower())
    if named:
        return named
    match = re.search(r"\b([A-Z]{3})\b", bare)  # "Euro (EUR)", "EUR - Euro"
    return match[1] if match and match[1] in _CODES else None


def _decimal(number: str, mark: Mark | None) -> Decimal | None:
    told = _evidence(number)
    if told in (".", ","):
        mark = "." if told == "." else ","
    elif told == "?":
        sign = "." if "." in number else ","
        if mark is None:
            mark = "," if sign == "." else "."
    if mark == ",":
        whole, _mark, decimals = number.replace(".", "").partition(",")
    else:
        whole, _mark, decimals = number.replace(",", "").partition(".")
    if "," in decimals or "." in decimals:
        return None
    try:
        return Decimal(f"{whole}.{decimals}" if decimals else whole or "0")
    except InvalidOperation:
        return None
