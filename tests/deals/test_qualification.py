"""The levels of a deal as text: seven digits, and what further items are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.qualification import ITEMS, NOTHING_KNOWN, level, levels_by_item, score, with_level

OTHERS = st.from_regex(r"\A[a-z][a-z0-9_]{0,6}\Z").filter(lambda item: item not in ITEMS)
CHOICES = st.lists(st.tuples(st.sampled_from(ITEMS) | OTHERS, st.integers(0, 3)))


@pytest.mark.parametrize(
    ("item", "value", "before", "after"),
    [
        ("need", 2, "0000000", "2000000"),
        ("sponsor", 3, "1111111", "1111113"),
        ("metrics", 2, "1000000", "1000000 metrics=2"),
        ("competition", 1, "1000000 metrics=2", "1000000 competition=1 metrics=2"),
        ("metrics", 3, "1000000 competition=1 metrics=2", "1000000 competition=1 metrics=3"),
        ("metrics", 0, "1000000 competition=1 metrics=2", "1000000 competition=1"),
        ("competition", 0, "1000000 competition=1", "1000000"),
        ("metric", 1, "0000000 metrics=2", "0000000 metric=1 metrics=2"),
        ("budget", 1, "1000000 old_item=3", "1010000 old_item=3"),
    ],
)
def test_one_item_is_set(item: str, value: int, before: str, after: str) -> None:
    assert with_level(before, item, value) == after
    assert level(after, item) == value


@given(CHOICES)
def test_every_item_keeps_what_was_said_last(choices: list[tuple[str, int]]) -> None:
    levels, said = NOTHING_KNOWN, dict.fromkeys(ITEMS, 0)
    for item, value in choices:
        levels = with_level(levels, item, value)
        said[item] = value
    assert {item: level(levels, item) for item in said} == said
    assert levels_by_item(levels) == {item: value for item, value in said.items() if value or item in ITEMS}
    assert levels[:7].isdigit()
    assert len(levels) == 7 or levels[7] == " "


@given(CHOICES, st.sampled_from(ITEMS) | OTHERS, st.integers(0, 3))
def test_setting_an_item_back_leads_back_to_the_same_text(
    choices: list[tuple[str, int]], item: str, value: int
) -> None:
    levels = NOTHING_KNOWN
    for other, known in choices:
        levels = with_level(levels, other, known)
    assert with_level(with_level(levels, item, value), item, level(levels, item)) == levels


@given(st.permutations([("need", 1), ("metrics", 2), ("impact", 3), ("competition", 1)]))
def test_the_order_of_the_answers_does_not_matter(choices: list[tuple[str, int]]) -> None:
    levels = NOTHING_KNOWN
    for item, value in choices:
        levels = with_level(levels, item, value)
    assert levels == "1000000 competition=1 impact=3 metrics=2"


@pytest.mark.parametrize(
    ("item", "value"),
    [("need", 4), ("need", -1), ("metrics", 4), ("Metrics", 1), ("a b", 1), ("a=1", 1), ("", 1)],
)
def test_what_is_no_level_or_no_item_is_refused(item: str, value: int) -> None:
    with pytest.raises(ValueError, match="is n"):
        with_level(NOTHING_KNOWN, item, value)


def test_nothing_is_known_of_an_item_that_nobody_has_answered() -> None:
    assert level("3333333", "metrics") == 0


@pytest.mark.parametrize(
    ("levels", "items", "expected"),
    [
        ("0000000", ITEMS, 0),
        ("3333333", ITEMS, 1),
        ("2110000", ITEMS, 4 / 21),
        ("3333333 metrics=3", ITEMS, 1),
        ("2100000 metrics=3", ("metrics", "decision_makers", "need", "competition"), 6 / 12),
        ("0033000", ("budget", "decision_makers", "need", "timeline"), 6 / 12),
    ],
)
def test_the_score_is_the_sum_of_the_levels_of_the_profile(
    levels: str, items: tuple[str, ...], expected: float
) -> None:
    assert score(levels, items) == expected
