import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.text import fold, stage_key


def slowly(text: str) -> str:
    """Unicode's own way, the whole text at once: compatibility decomposition without its combining marks."""
    for letter, plain in (("œ", "oe"), ("æ", "ae"), ("’", "'")):
        text = text.casefold().replace(letter, plain)
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.replace("_", " ").split())


@given(st.text())
def test_folding_letter_by_letter_is_folding_the_text(text: str) -> None:
    assert fold(text) == slowly(text)


def test_what_folds_alike() -> None:
    assert fold(" Étape_2 ") == fold("etape 2") == "etape 2"
    assert fold("Cœur d’ÆTHER") == "coeur d'aether"
    assert fold("e\u0301te\u0301") == fold("été") == "ete"
    assert fold("STRASSE") == fold("Straße") == "strasse"


@pytest.mark.parametrize(
    "name",
    [
        "Demo",
        "2 - Demo",
        "03. Démo",
        "Stage 3: Demo",
        "Étape 3 – demo",
        "Demo (40 %)",
        "✅ Demo",
        "DEMO 🎉",
        "10% Demo",
    ],
)
def test_a_stage_is_the_same_whatever_stands_around_its_name(name: str) -> None:
    assert stage_key(name) == "demo"


@pytest.mark.parametrize(
    ("name", "key"), [("Closed—won", "closed won"), ("3", "3"), ("?", "?"), ("Round 2", "round 2")]
)
def test_what_is_left_of_a_name_is_never_nothing(name: str, key: str) -> None:
    assert stage_key(name) == key
