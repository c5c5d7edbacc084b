"""What people type into a field of money or a day."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipetui.deals.money import Money
from pipetui.language import format
from pipetui.query.typed import read_amount, read_day

TODAY = date(2026, 11, 22)
"""A Sunday."""


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("250k", 25_000_000),
        ("250 K€", 25_000_000),
        ("1,2 M€", 120_000_000),
        ("1.25m", 125_000_000),
        ("12 500,50 €", 1_250_050),
        ("12\u202f500,50\u00a0€", 1_250_050),
        ("12,500.50", 1_250_050),
        ("12.500,50", 1_250_050),
        ("12,500", 1_250_000),
        ("12.500", 1_250_000),
        ("1,234,567", 123_456_700),
        ("12,5", 1_250),
        ("12,50", 1_250),
        ("0,125", 13),
        ("1.250k", 125_000),
        ("12'500", 1_250_000),
        ("0", 0),
        ("617.255", 61_725_500),
    ],
)
def test_amounts(typed: str, minor: int) -> None:
    assert read_amount(typed, "EUR") == Money(minor, "EUR")


@pytest.mark.parametrize(
    ("typed", "money"),
    [
        ("$12k", Money(1_200_000, "USD")),
        ("USD 1200", Money(120_000, "USD")),
        ("1200 chf", Money(120_000, "CHF")),
        ("¥", None),
        ("1200 JPY", Money(1200, "JPY")),
        ("500 mad", Money(50_000, "MAD")),
        ("£1.5k", Money(150_000, "GBP")),
    ],
)
def test_a_currency_may_be_named(typed: str, money: Money | None) -> None:
    assert read_amount(typed, "EUR") == money


@pytest.mark.parametrize(
    "typed", ["", "k", "abc", "-5", "1,23,456", "1.2.3", "12,5,0", "$5€", "12 apples", "5kk", "9" * 20, "12,"]
)
def test_what_is_no_amount(typed: str) -> None:
    assert read_amount(typed, "EUR") is None


@given(st.integers(0, 10**13), st.sampled_from(["en", "fr"]))
def test_an_amount_as_it_is_shown_can_be_typed(minor: int, language: str) -> None:
    from pipetui import language as languages

    before = languages.current()
    try:
        languages.use(language)
        assert read_amount(format.money(minor, "EUR"), "EUR") == Money(minor, "EUR")
    finally:
        languages.use(before)


@given(st.text(max_size=20))
@example("-9999")
@example("2026-W47-7")
@example("٣/٤")
def test_nothing_that_is_typed_raises(text: str) -> None:
    read_amount(text, "EUR")
    read_day(text, TODAY)
    read_day(text, TODAY, past=True)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("30/11", date(2026, 11, 30)),
        ("30.11.", None),
        ("30.11.26", date(2026, 11, 30)),
        ("30 11 2027", date(2027, 11, 30)),
        ("11/30", date(2026, 11, 30)),
        ("15/1", date(2027, 1, 15)),
        ("22/11", TODAY),
        ("21/11", date(2027, 11, 21)),
        ("31/4", None),
        ("29/2", date(2028, 2, 29)),
        ("30 nov", date(2026, 11, 30)),
        ("30 Novembre 2027", date(2027, 11, 30)),
        ("1er déc.", date(2026, 12, 1)),
        ("dec 3", date(2026, 12, 3)),
        ("December 3rd, 2026", date(2026, 12, 3)),
        ("3 août", date(2027, 8, 3)),
        ("3 jui", None),
        ("fri", date(2026, 11, 27)),
        ("ven.", date(2026, 11, 27)),
        ("Vendredi", date(2026, 11, 27)),
        ("sunday", date(2026, 11, 29)),
        ("mardi", date(2026, 11, 24)),
        ("+2w", date(2026, 12, 6)),
        ("+2 sem", date(2026, 12, 6)),
        ("+ 10", date(2026, 12, 2)),
        ("+10j", date(2026, 12, 2)),
        ("in 3 days", date(2026, 11, 25)),
        ("dans 3 jours", date(2026, 11, 25)),
        ("-2", date(2026, 11, 20)),
        ("−2", date(2026, 11, 20)),
        ("+1m", date(2026, 12, 22)),
        ("+3 mois", date(2027, 2, 22)),
        ("+1y", date(2027, 11, 22)),
        ("today", TODAY),
        ("auj", TODAY),
        ("demain", date(2026, 11, 23)),
        ("hier", date(2026, 11, 21)),
        ("fin nov", date(2026, 11, 30)),
        ("end of January", date(2027, 1, 31)),
        ("fin janv.", date(2027, 1, 31)),
        ("mi-déc", date(2026, 12, 15)),
        ("mid dec", date(2026, 12, 15)),
        ("mid nov", date(2027, 11, 15)),
        ("fin févr. 2028", date(2028, 2, 29)),
        ("janvier", date(2027, 1, 31)),
        ("fin de mois", date(2026, 11, 30)),
        ("eom", date(2026, 11, 30)),
        ("fin du mois", date(2026, 11, 30)),
        ("end of quarter", date(2026, 12, 31)),
        ("fin de trimestre", date(2026, 12, 31)),
        ("eoy", date(2026, 12, 31)),
        ("fin d'année", date(2026, 12, 31)),
        ("soon", None),
        ("+2x", None),
        ("32/1", None),
        ("+9999y", None),
    ],
)
def test_days_to_come(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("30/11", date(2025, 11, 30)),
        ("21/11", date(2026, 11, 21)),
        ("fri", date(2026, 11, 20)),
        ("sunday", TODAY),
        ("29/2", date(2024, 2, 29)),
        ("3 dec", date(2025, 12, 3)),
        ("fin oct", date(2026, 10, 31)),
        (" -0 ", TODAY),
        ("1/2", date(2026, 2, 1)),
        ("29/02/2026", None),
        ("2026-13-01", None),
        ("0/0", None),
        ("-", None),
        ("12", None),
        ("20/11/026", None),
        ("", None),
        ("fin nov", date(2025, 11, 30)),
    ],
)
def test_days_gone_by(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY, past=True) == day


def test_the_31st_of_a_month_later_is_its_last_day() -> None:
    assert read_day("+1m", date(2027, 1, 31)) == date(2027, 2, 28)


def test_a_quarter_ends_with_the_fiscal_year() -> None:
    assert read_day("eoq", TODAY, fiscal_year_start=2) == date(2027, 1, 31)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.sampled_from(["en", "fr"]))
def test_a_day_as_it_is_shown_can_be_typed(day: date, language: str) -> None:
    from pipetui import language as languages

    before = languages.current()
    try:
        languages.use(language)
        shown = format.short_date(day, day)
        assert read_day(shown, day) == day
        assert read_day(format.short_date(day, day - timedelta(days=400)), day) == day
    finally:
        languages.use(before)
