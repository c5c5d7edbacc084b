"""Text of a sheet is wrapped between words, in cells, and loses none."""

from hypothesis import given
from hypothesis import strategies as st

from pipetui.app.board.cells import width_of
from pipetui.app.sheet import wrapped


def test_a_number_stays_with_its_unit() -> None:
    assert wrapped("overdue by 31 days (n = 86)", 13) == ["overdue by", "31 days", "(n = 86)"]
    assert wrapped("dépassée le 24 juil.", 15) == ["dépassée le", "24 juil."]


def test_between_words() -> None:
    assert wrapped("31 days in Demo", 8) == ["31 days", "in Demo"]
    assert wrapped("", 8) == [""]
    assert wrapped("one\ntwo", 8) == ["one", "two"]


def test_an_indented_line_stays_indented() -> None:
    assert wrapped("  31 days in Demo", 10) == ["  31 days", "  in Demo"]


def test_a_word_that_is_too_long_is_cut_in_cells() -> None:
    assert wrapped("abcdefghij", 4) == ["abcd", "efgh", "ij"]
    assert wrapped("日本語日本語", 4) == ["日本", "語日", "本語"]


@given(st.text("ab 日\u202fé", max_size=60), st.integers(2, 20))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
