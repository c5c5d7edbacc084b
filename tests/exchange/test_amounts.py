"""Numbers and money: marks, groups, signs, scales, currencies."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.exchange.importing import amounts, workbook


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
        ("1'200.-", "1200", ""),
        ("1.200.—", "1200", ""),
        ("12 тыс. руб.", "12000", "RUB"),
        ("1,5 млн ₽", "1500000", "RUB"),
        ("15 000 zł netto", "15000", "PLN"),
        ("12 500 € HT", "12500", "EUR"),
        ("~12 k€", "12000", "EUR"),
        ("USD 1,000.00 (EUR 900.00)", "1000", "USD"),
        ("(1 200,00 €)", "-1200", "EUR"),
    ],
)
def test_amounts(text: str, value: str, currency: str) -> None:
    number = amounts.parse_number(text, None)
    assert number is not None
    assert (number.value, number.currency) == (Decimal(value), currency)


@pytest.mark.parametrize(
    "text", ["abc", "12 apples", "1.2.3,4,5", "--", "€", "1e99", "9" * 20, "5 EUR USD", "1-2", "2 mil"]
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


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Montant (k€)", ("Montant", 1000, "EUR")),
        ("Montant HT (€)", ("Montant HT", 1, "EUR")),
        ("Montant k€", ("Montant", 1000, "EUR")),
        ("CA (en milliers d'euros)", ("CA", 1000, "EUR")),
        ("Сумма, тыс. руб.", ("Сумма", 1000, "RUB")),
        ("Сумма, руб.", ("Сумма", 1, "RUB")),
        ("Kwota netto (tys. zł)", ("Kwota netto", 1000, "PLN")),
        ("Kwota [PLN]", ("Kwota", 1, "PLN")),
        ("TCV (M$)", ("TCV", 10**6, "USD")),
        ("Est. value (£k)", ("Est. value", 1000, "GBP")),
        ("ACV ($000)", ("ACV", 1000, "USD")),
        ("Value ('000)", ("Value", 1000, "")),
        ("Сумма, млн ₽", ("Сумма", 10**6, "RUB")),
        ("Sprzedaż w tys. zł", ("Sprzedaż", 1000, "PLN")),
        ("Ingresos en miles de €", ("Ingresos", 1000, "EUR")),
        ("Amount_USD", ("Amount", 1, "USD")),
        ("Contract ARR", ("Contract ARR", 1, "")),
        ("Amount (in thousands)", ("Amount", 1000, "")),
        ("Amount (converted)", ("Amount (converted)", 1, "")),
        ("Date de clôture (prévue)", ("Date de clôture (prévue)", 1, "")),
        ("Last try", ("Last try", 1, "")),
        ("Probability (%)", ("Probability (%)", 1, "")),
    ],
)
def test_the_unit_in_a_label(label: str, unit: tuple[str, int, str]) -> None:
    assert amounts.unit(label) == unit


def test_a_sign_of_several_currencies_yields_to_what_else_is_known() -> None:
    dollars, euros = amounts.parse_number("$5", None), amounts.parse_number("5 €", None)
    assert dollars is not None
    assert euros is not None
    assert [dollars.currency_in(known) for known in ("CAD", "MXN", "EUR")] == ["CAD", "MXN", "USD"]
    assert euros.currency_in("CAD") == "EUR"


@given(st.floats(-1e12, 1e12).map(lambda value: round(value, 6)), st.sampled_from([None, ".", ","]))
def test_a_sheets_number_is_read_back_whatever_the_mark(value: float, mark: amounts.Mark | None) -> None:
    number = amounts.parse_number(workbook.number_text(value), mark)
    assert number is not None
    assert float(number.value) == pytest.approx(value, rel=1e-14)


@given(st.text(max_size=40))
def test_any_label_has_a_unit_or_none(label: str) -> None:
    assert amounts.unit(label).scale >= 1
