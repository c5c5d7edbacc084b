import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.text import fold


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
