"""Money, numbers and days: by hand for what a reader sees, and against the Unicode CLDR (through Babel)."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from babel import dates, numbers
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.money import to_major
from pipetui.language import use
from pipetui.language.format import (
    ago,
    days,
    due,
    long_date,
    moment,
    money,
    number,
    percent,
    short_date,
    short_money,
)

TODAY = date(2026, 11, 22)
BOTH = pytest.mark.parametrize("language", ["en", "fr"])
CURRENCIES = [
    "EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "BRL", "MXN", "CNY", "HKD", "TWD", "INR", "KRW", "ILS",
    "JPY", "VND", "SEK", "NOK", "DKK", "PLN", "MAD", "XAF", "XPF", "SGD",
]  # fmt: skip
PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " "})


@pytest.mark.parametrize(
    ("major", "english", "french"),
    [
        ("0", "€0", "0 €"),
        ("617.25", "€617", "617 €"),
        ("999.49", "€999", "999 €"),
        ("999.50", "€1k", "1 k€"),
        ("1250", "€1.3k", "1,3 k€"),
        ("4000", "€4k", "4 k€"),
        ("9949", "€9.9k", "9,9 k€"),
        ("9950", "€10k", "10 k€"),
        ("46000", "€46k", "46 k€"),
        ("999499", "€999k", "999 k€"),
        ("999500", "€1M", "1 M€"),
        ("1234567", "€1.2M", "1,2 M€"),
        ("12500000", "€12.5M", "12,5 M€"),
        ("250000000", "€250M", "250 M€"),
        ("1200000000", "€1.2bn", "1,2 Md€"),
        ("-122000", "−€122k", "−122 k€"),
        ("-0.4", "€0", "0 €"),
    ],
)
def test_short_money(major: str, english: str, french: str) -> None:
    minor = int(Decimal(major) * 100)
    assert short_money(minor, "EUR") == english
    use("fr")
    assert short_money(minor, "EUR").translate(PLAIN) == french


def test_short_money_in_other_currencies() -> None:
    assert short_money(4_600_000, "USD") == "$46k"
    assert short_money(4_600_000, "CHF") == "CHF\u00a046k"
    assert short_money(46_000, "JPY") == "¥46k"
    use("fr")
    assert short_money(4_600_000, "CHF") == "46\u00a0kCHF"


def test_signs() -> None:
    assert short_money(12_200_000, "EUR", signed=True) == "+€122k"
    assert short_money(-12_200_000, "EUR", signed=True) == "−€122k"
    assert short_money(0, "EUR", signed=True) == "€0"
    assert percent(0.06, signed=True) == "+6%"
    assert number(-1234) == "−1,234"
    use("fr")
    assert money(-12_200_000, "EUR", signed=True) == "−122\u202f000,00\u00a0€"


def test_exact_money_has_the_currencys_decimals() -> None:
    assert money(4_600_000, "EUR") == "€46,000.00"
    assert money(46_000, "JPY") == "¥46,000"
    assert money(46_000, "TND") == "TND\u00a046.000"
    use("fr")
    assert money(4_600_000, "EUR") == "46\u202f000,00\u00a0€"


@BOTH
@given(minor=st.integers(-(10**14), 10**14), currency=st.sampled_from(CURRENCIES))
def test_exact_money_is_written_as_cldr_has_it(language: str, minor: int, currency: str) -> None:
    use(language)
    theirs = numbers.format_currency(to_major(minor, currency), currency, locale=language)
    spaced = re.sub(r"(?<=[A-Z])(?=\d)", "\u00a0", theirs)  # Babel leaves out CLDR's currencySpacing
    assert money(minor, currency) == spaced.replace("-", "−")


@BOTH
@given(value=st.decimals(-(10**12), 10**12, places=3))
def test_numbers_and_percentages_are_written_as_cldr_has_them(language: str, value: Decimal) -> None:
    use(language)
    rounded = Decimal(f"{int(abs(value) * 100 + Decimal('0.5'))}").scaleb(-2).copy_sign(value)
    theirs = numbers.format_decimal(rounded, "#,##0.00", locale=language)
    assert number(value, 2) == (theirs.replace("-", "−") if rounded else theirs.lstrip("-"))
    fraction = Decimal(int(value)) / 100
    assert percent(fraction) == numbers.format_percent(fraction, locale=language).replace("-", "−")


def test_rounding_is_half_up() -> None:
    assert number(Decimal("2777.775"), 2) == "2,777.78"
    assert number(2.5) == "3"
    assert number(-2.5) == "−3"
    assert percent(0.625) == "63%"
    assert percent(0.615, 1) == "61.5%"


@BOTH
def test_dates_are_written_as_cldr_has_them(language: str) -> None:
    use(language)

    def cldr(day: date, pattern: str) -> str:
        written = dates.format_date(day, pattern, locale=language)
        # The one exception: French counts the first of a month, which CLDR's patterns cannot tell.
        return written.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else written

    for day in (TODAY + timedelta(days=n) for n in range(-400, 400)):
        assert long_date(day) == cldr(day, "EEEE d MMM")
        assert long_date(day, short=True) == cldr(day, "EEE d MMM")
        assert short_date(day, TODAY) == cldr(day, "d MMM" if day.year == TODAY.year else "d MMM y")


def test_french_counts_the_first_of_a_month() -> None:
    first = date(2026, 11, 1)
    assert short_date(first, TODAY) == "1 Nov"
    use("fr")
    assert short_date(first, TODAY) == "1er nov."
    assert short_date(date(2027, 1, 1), TODAY) == "1er janv. 2027"
    assert long_date(first) == "dimanche 1er nov."
    assert short_date(date(2026, 11, 11), TODAY) == "11 nov."


@pytest.mark.parametrize(
    ("ahead", "english", "french"),
    [
        (0, "today", "auj."),
        (1, "tomorrow", "demain"),
        (2, "in 2\u00a0d", "dans 2\u00a0j"),
        (14, "in 14\u00a0d", "dans 14\u00a0j"),
        (23, "15 Dec", "15 déc."),
        (-1, "overdue 1\u00a0d", "dépassée 1\u00a0j"),
        (-5, "overdue 5\u00a0d", "dépassée 5\u00a0j"),
        (-99, "overdue 99\u00a0d", "dépassée 99\u00a0j"),
        (-100, "14 Aug", "14 août"),
        (388, "15 Dec 2027", "15 déc. 2027"),
    ],
)
def test_a_day_that_is_due(ahead: int, english: str, french: str) -> None:
    day = TODAY + timedelta(days=ahead)
    assert due(day, TODAY) == english
    use("fr")
    assert due(day, TODAY) == french


@pytest.mark.parametrize(
    ("behind", "english", "french"),
    [
        (0, "today", "auj."),
        (1, "yesterday", "hier"),
        (5, "5\u00a0d ago", "il y a 5\u00a0j"),
        (15, "7 Nov", "7 nov."),
        (-3, "in 3\u00a0d", "dans 3\u00a0j"),
        (-23, "15 Dec", "15 déc."),
    ],
)
def test_a_day_that_was(behind: int, english: str, french: str) -> None:
    day = TODAY - timedelta(days=behind)
    assert ago(day, TODAY) == english
    use("fr")
    assert ago(day, TODAY) == french


def test_lengths_and_moments() -> None:
    assert days(31) == "31\u00a0d"
    assert moment(datetime(2026, 11, 15, 14, 5), TODAY) == "15 Nov 14:05"
    use("fr")
    assert days(31) == "31\u00a0j"
