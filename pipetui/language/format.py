"""Money, numbers and days as a reader of the language in use writes them.

The forms come from the catalogue and not from Babel, which the first paint should not load; the tests hold
them against Babel's. French numbers hold U+202F and U+00A0, negative ones the true minus sign.
"""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from pipetui.deals.money import digits, to_major
from pipetui.language import current, pgettext

NEAR_DAYS = 14
"""How many days ahead, or back, a day is told relative to today."""
NEAR_OVERDUE_DAYS = 99
"""How many days back a day that is overdue is told relative to today."""

_LETTER_THEN_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
"""Where CLDR wants a space between a symbol and its number: "CHF 46k", but "A$46k"."""


def money(minor: int, currency: str, *, signed: bool = False, whole: bool = False) -> str:
    """An exact amount: 4600000, "EUR" → "€46,000.00", « 46 000,00 € »; `whole`: rounded to "€46,000"."""
    number = _number(abs(to_major(minor, currency)), 0 if whole else digits(currency))
    return _with_currency(number, "", currency, _sign(minor, number, signed=signed))


def short_money(minor: int, currency: str, *, signed: bool = False) -> str:
    """An amount for lists, rounded half-up: "€950", "€4.6k", "€46k", "€1.2M" ; « 46 k€ », « 1,2 Md€ »."""
    number, unit = _scaled(abs(to_major(minor, currency)))
    return _with_currency(number, unit, currency, _sign(minor, number, signed=signed))


def whole_money(minor: int, currency: str, *, signed: bool = False) -> str:
    """An amount without its decimals, rounded half-up: "€46,000", « 46 000 € »."""
    number = _number(abs(to_major(minor, currency)), 0)
    return _with_currency(number, "", currency, _sign(minor, number, signed=signed))


def number(value: Decimal | float, places: int = 0, *, signed: bool = False) -> str:
    """A number rounded half-up, digits grouped: "2,777.78", « 2 777,78 »."""
    exact = Decimal(str(value))
    rounded = _number(abs(exact), places)
    return _sign(exact, rounded, signed=signed) + rounded


def percent(fraction: Decimal | float, places: int = 0, *, signed: bool = False) -> str:
    """A fraction 0–1 as a percentage: "62%", « 62 % »."""
    value = number(Decimal(str(fraction)) * 100, places, signed=signed)
    return pgettext("number", "%(number)s%%") % {"number": value}


def days(n: int) -> str:
    """A length of time: "31 d", « 31 j »."""
    return pgettext("short", "%(n)d\u00a0d") % {"n": n}


def due(day: date, today: date) -> str:
    """A day on which something should happen: "today", "in 12 d", "overdue 5 d"; far away it is a date."""
    ahead = (day - today).days
    if 0 <= ahead <= NEAR_DAYS:
        return _ahead(ahead)
    if -NEAR_OVERDUE_DAYS <= ahead < 0:
        return pgettext("short", "overdue %(n)d\u00a0d") % {"n": -ahead}
    return short_date(day, today)


def ago(day: date, today: date) -> str:
    """A day on which something happened: "today", "yesterday", "5 d ago"; far away it is a date."""
    behind = (today - day).days
    if behind == 1:
        return pgettext("short", "yesterday")
    if 1 < behind <= NEAR_DAYS:
        return pgettext("short", "%(n)d\u00a0d ago") % {"n": behind}
    return _ahead(-behind) if 0 <= -behind <= NEAR_DAYS else short_date(day, today)


def short_date(day: date, today: date) -> str:
    """A date without its year if that is this year: "15 Dec", « 15 déc. 2027 », « 1er janv. »."""
    forms = _forms(current())
    values = {"day": _day_of_month(day, forms), "month": forms.months[day.month - 1], "year": day.year}
    if day.year == today.year:
        return pgettext("date", "%(day)s %(month)s") % values
    return pgettext("date", "%(day)s %(month)s %(year)d") % values


def long_date(day: date, *, short: bool = False) -> str:
    """A date with its weekday: "Sunday 22 Nov", « dimanche 22 nov. »; `short`: "Sun 22 Nov"."""
    forms = _forms(current())
    names = forms.short_weekdays if short else forms.weekdays
    values = {
        "weekday": names[day.weekday()],
        "day": _day_of_month(day, forms),
        "month": forms.months[day.month - 1],
    }
    return pgettext("date", "%(weekday)s %(day)s %(month)s") % values


def moment(at: datetime, today: date) -> str:
    """A date and a time of day: "15 Nov 14:05"."""
    return f"{short_date(at.date(), today)} {at:%H:%M}"


def period(name: str) -> str:
    """A fiscal period by its name: "2026-Q4" → "Q4 2026", "2026-11" → "November 2026", "2026"."""
    year, _dash, part = name.partition("-")
    if not part:
        return year
    if part[0] in "Qq":
        return pgettext("quarter", "Q%(number)s %(year)s") % {"number": part[1:], "year": year}
    names = pgettext(
        "month", "January February March April May June July August September October November December"
    )
    return f"{names.split()[int(part) - 1]} {year}"


class _Forms(NamedTuple):
    """What a language brings along; made once, because the board asks for it a hundred times a frame."""

    separators: dict[int, str]
    symbols: dict[str, str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    first: str
    """The first day of a month."""


@lru_cache(maxsize=4)
def _forms(language: str) -> _Forms:  # noqa: ARG001 - the key of the cache
    # Translators: the mark before decimals, then the one between groups of three digits (U+202F in French).
    decimal_mark, group = pgettext("number", "."), pgettext("number", ",")
    # Translators: CURRENCY=symbol as the Unicode CLDR has it; what is not listed is shown by its code.
    symbols = pgettext(
        "currency symbols",
        "EUR=€ USD=$ GBP=£ JPY=¥ CAD=CA$ AUD=A$ NZD=NZ$ BRL=R$ MXN=MX$ CNY=CN¥ HKD=HK$ TWD=NT$ INR=₹ KRW=₩ "
        "ILS=₪ VND=₫ PHP=₱ XAF=FCFA XPF=CFPF",
    )
    return _Forms(
        separators=str.maketrans({".": decimal_mark, ",": group}),
        symbols=dict(pair.split("=") for pair in symbols.split()),
        months=tuple(pgettext("date", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()),
        weekdays=tuple(pgettext("date", "Monday Tuesday Wednesday Thursday Friday Saturday Sunday").split()),
        short_weekdays=tuple(pgettext("date", "Mon Tue Wed Thu Fri Sat Sun").split()),
        first=pgettext("first of a month", "1"),
    )


def _day_of_month(day: date, forms: _Forms) -> str:
    return forms.first if day.day == 1 else str(day.day)


def _ahead(n: int) -> str:
    if n == 0:
        return pgettext("short", "today")
    return pgettext("short", "tomorrow") if n == 1 else pgettext("short", "in %(n)d\u00a0d") % {"n": n}


def _sign(value: Decimal | int, shown: str, *, signed: bool) -> str:
    if not any(digit in shown for digit in "123456789"):
        return ""
    return "−" if value < 0 else "+" if signed else ""


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _number(value: Decimal, places: int) -> str:
    return f"{_round(value, places):,f}".translate(_forms(current()).separators)


def _scaled(major: Decimal) -> tuple[str, str]:
    """The number, at most four digits long, and its unit."""
    units = ((0, "", 0), (3, pgettext("money unit", "k"), 10), (6, pgettext("money unit", "M"), 100))
    for power, unit, decimal_below in units:
        scaled = major.scaleb(-power)
        if _round(scaled, 0) < 1000:
            return _short_number(scaled, decimal_below), unit
    return _short_number(major.scaleb(-9), 100), pgettext("money unit", "bn")


def _short_number(scaled: Decimal, decimal_below: int) -> str:
    tenths = _round(scaled, 1)
    return _number(scaled, 1 if tenths < decimal_below and tenths % 1 else 0)


def _with_currency(number: str, unit: str, currency: str, sign: str) -> str:
    symbol = _forms(current()).symbols.get(currency, currency)
    amount = pgettext("money", "%(sign)s%(symbol)s%(number)s%(unit)s") % {
        "sign": sign,
        "symbol": symbol,
        "number": number,
        "unit": unit,
    }
    return _LETTER_THEN_DIGIT.sub("\u00a0", amount)
