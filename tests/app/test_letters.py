"""Large letters: every word and number of the answer can be drawn, as high and as wide as it says."""

import pytest

from pipetui.app.dashboard.big import LARGE, SMALL, TALL, Size, big
from pipetui.language import format, use

WORDS = (
    "AHEAD",
    "ON TRACK",
    "BEHIND",
    "LANDING",
    "EN AVANCE",
    "EN RETARD",
    "AU RYTHME",
    "PRÉVU",
    "À L’HEURE",
)


@pytest.mark.parametrize("size", [SMALL, TALL, LARGE])
def test_words_and_amounts_of_both_languages(size: Size) -> None:
    texts = list(WORDS)
    for language in ("en", "fr"):
        use(language)
        for currency in ("EUR", "USD", "GBP", "CHF", "JPY", "CAD", "PLN"):
            texts += [
                format.short_money(minor, currency, signed=True)
                for minor in (-18_900_000, 123_456_789_00, 5_000, 0, -7_800_000_000_00)
            ]
    for text in texts:
        rows = big(text, size)
        assert rows is not None, text
        assert len(rows) in (size.rows, 5)
        assert len({len(row) for row in rows}) == 1
        assert any(row.strip() for row in rows)


def test_what_cannot_be_drawn_is_not() -> None:
    assert big("₹46k", SMALL) is None
    assert big("", SMALL) is None


def test_small_letters_fit_beside_an_amount_on_eighty_columns() -> None:
    for word in WORDS[:3] + WORDS[4:7]:
        for amount in ("−€1.3M", "−189\u00a0k€", "+1,2\u00a0M€"):
            rows = [big(text, SMALL) for text in (word, amount)]
            assert sum(len(its[0]) for its in rows if its) + 5 <= 76
