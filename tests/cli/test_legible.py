"""Text for an encoding that does not know all of it."""

import pytest

from pipetui.cli import legible


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("Démo – Île-de-France · 62 % de 1,4 M€", "ascii", b"Demo - Ile-de-France | 62 % de 1,4 ME"),
        ("« à venir » … −5 €", "latin-1", b"\xab \xe0 venir \xbb ~ -5 E"),
        ("▲ 3,1× → ✓", "ascii", b"! 3,1x > +"),
        ("日本", "ascii", b"??"),
        ("e\u0301", "ascii", b"e"),
    ],
)
def test_it_can_still_be_read(text: str, encoding: str, expected: bytes) -> None:
    legible.register()
    assert text.encode(encoding, legible.NAME) == expected


@pytest.mark.parametrize("text", ["811 k€", "20–50 k€ · « oui »", "▲●✓→×÷−"])
def test_columns_stay_as_wide(text: str) -> None:
    legible.register()
    assert len(text.encode("ascii", legible.NAME)) == len(text)
