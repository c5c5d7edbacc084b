"""Texts in a row: where their lines end."""

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from pipetui.app.flow import Flow

SAID = "3 étapes ajoutées telles quelles\u00a0: «\u00a0Qualifié\u00a0», «\u00a0Démo programmée\u00a0»."


def lines(flow: Flow, width: int) -> list[str]:
    return flow._flowing(width).plain.split("\n")


def test_no_line_begins_with_a_closing_mark() -> None:
    for width in range(20, 80):
        told = lines(Flow.of(SAID), width)
        assert not any(line.startswith(("»", ":", ",", "\u00a0")) for line in told), width
        assert " ".join(told) == SAID


def test_parts_stay_whole_where_they_can() -> None:
    assert lines(Flow.of("two words · and three more"), 16) == ["two words", "and three more"]
    assert lines(Flow([Content("one"), Content(""), Content("two")]), 16) == ["one · two"]


@given(st.lists(st.text("ab «»\u00a0é", min_size=1, max_size=30), min_size=1, max_size=4), st.integers(8, 40))
def test_nothing_is_lost_and_every_line_fits(parts: list[str], width: int) -> None:
    told = lines(Flow(map(Content, parts)), width)
    assert all(Content(line).cell_length <= width for line in told)
    letters = "".join(parts).replace(" ", "")
    assert "".join(told).replace(" · ", "").replace(" ", "") == letters
