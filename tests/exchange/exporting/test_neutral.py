import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.exchange.neutral import neutral, restored

STARTS = "=+-@\t\r"


@pytest.mark.parametrize("text", [f"{start}1+1" for start in STARTS] + ["=", "'=1+1", "''=1+1"])
def test_what_may_begin_a_formula_is_text(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Acme", "a=1", "'quoted'", " =1", "d'Artagnan", "’=1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


@given(st.text(alphabet="'=+-@\t\ra1 ", max_size=6))
def test_it_is_reversible_and_never_begins_a_formula(text: str) -> None:
    written = neutral(text)
    assert restored(written) == text
    assert not written.startswith(tuple(STARTS))
