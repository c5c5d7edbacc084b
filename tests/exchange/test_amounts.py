"""Numbers and money: marks, groups, signs, scales, currencies."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.exchange.importing import amounts


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("12 500,50 €", "12500.50", "EUR"),
        ("12\u00a0500,50", "12500.50", ""),
        ("12\u202f500,50\u00a0€", "12500.50", "EUR"),
        ("12.500,50", "12500.50", ""),
        ("$1,234,567", "1234567", "USD"),
        ("$22,700.00", "22700.00", "USD"),
        ("1'234.50 CHF", "1234.50", "CHF"),
        ("EUR 500", "500", "EUR"),
        ("USD500", "500", "USD"),
        ("250k", "250000", ""),
        ("12 k€", "12000", "EUR"),
        ("1,2 M€", "1200000", "EUR"),
        ("$1.5M", "1500000", "USD"),
        ("2 Mio EUR", "2000000", "EUR"),
        ("(500)", "-500", ""),
        ("-500", "-500", ""),
        ("−500", "-500", ""),
        ("500-", "-500", ""),
        ("-$500", "-500", "USD"),
        ("0,5", "0.5", ""),
        (".5", "0.5", ""),
        ("1e+06", "1e6", ""),
        ("24120000", "24120000", ""),
        ("R$ 10", "10", "BRL"),
        ("100 zł", "100", "PLN"),
    ],
)
def test_amounts(text: str, value: str, currency: str) -> None:
    number = amounts.parse_number(text, None)
    assert number is not None
    assert (number.value, number.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(
    "text", ["abc", "12 apples", "1.2.3,4,5", "--", "€", "1e99", "9" * 20, "5 EUR USD", "1-2"]
)
def test_no_amount(text: str) -> None:
    assert amounts.parse_number(text, None) is None


def test_three_digits_after_the_mark_follow_the_column() -> None:
    assert amounts.parse_number("12,500", ".") == amounts.Number(Decimal(12500))
    assert amounts.parse_number("12,500", ",") == amounts.Number(Decimal("12.5"))
    assert amounts.parse_number("12,500", None) == amounts.Number(Decimal(12500))
    assert amounts.parse_number("0,125", None) == amounts.Number(Decimal("0.125"))


def test_votes() -> None:
    assert amounts.vote(["12,500", "8,25"]).mark == ","
    assert amounts.vote(["12,500", "8.25"]).mark == "."
    assert amounts.vote(["1.234.567"]).mark == ","
    assert amounts.vote(["500", "12 000"]).mark is None
    undecided = amounts.vote(["12,500", "300"])
    assert (undecided.mark, undecided.either, undecided.example) == (None, 1, "12,500")


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([",.", ".,", "\u202f,", " ,", "'."]))
def test_a_formatted_amount_is_read_back(value: Decimal, marks: str) -> None:
    group, mark = marks
    text = f"{value:,.2f}".translate(str.maketrans({",": group, ".": mark}))
    number = amounts.parse_number(text, None)
    assert number is not None
    assert number.value == value


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = amounts.parse_number(text, None)
    assert number is None or number.value.is_finite()
