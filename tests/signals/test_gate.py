"""A commit that its own facts contradict."""

from typing import Any

import pytest

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.signals.context import Context
from pipetui.signals.rules import flags_of
from tests.signals.making import context, days, deal, playbook


def raised(flag: str, one: Deal, known: Context) -> bool:
    return flag in [found.name for found in flags_of(one, known)]


GOOD: dict[str, Any] = {
    "rep_category": Category.COMMIT,
    "amount": 1_00,
    "close_date": days(20),
    "next_step": "sign",
    "next_step_date": days(3),
    "levels": "1000000",
}
ASKING = playbook(demo={"requires": {"need": 1}})


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({}, None),
        ({"close_date": days(0)}, None),
        ({"close_date": days(-1)}, ("overdue",)),
        ({"close_date": days(39)}, None),  # 31 December, the last day of the quarter
        ({"close_date": days(40)}, ("outside_period",)),
        ({"close_date": None}, ("outside_period",)),
        ({"push_count": 1}, None),
        ({"push_count": 2}, ("pushed",)),
        ({"amount": None}, ("unpriced",)),
        ({"amount": 0}, None),
        ({"next_step_date": None}, ("no_next_step",)),
        ({"levels": "0333333"}, ("weak",)),
        ({"close_date": days(-9), "levels": "0000000", "push_count": 3}, ("overdue", "weak", "pushed")),
    ],
)
def test_gate_names_what_contradicts_a_commit(
    change: dict[str, Any], reasons: tuple[str, ...] | None
) -> None:
    found = {flag.name: flag.values for flag in flags_of(deal(**{**GOOD, **change}), context(ASKING))}
    assert found.get("gate") == reasons


@pytest.mark.parametrize(
    ("categories", "expected"),
    [
        ((Category.COMMIT, None, None), True),
        ((Category.COMMIT, Category.UPSIDE, None), False),  # in force is what the rep says
        ((Category.UPSIDE, Category.BEST_CASE, Category.COMMIT), True),  # or the manager
        ((None, Category.COMMIT, Category.OMITTED), False),
        ((None, None, None), False),
    ],
)
def test_gate_concerns_the_category_in_force(categories: tuple[Category | None, ...], expected: bool) -> None:
    names_of = ("crm_category", "rep_category", "manager_category")
    one = deal(**{**GOOD, **dict(zip(names_of, categories, strict=True)), "close_date": days(-1)})
    assert raised("gate", one, context(ASKING)) is expected


def test_gate_is_silent_about_what_the_source_cannot_tell() -> None:
    bare = deal(rep_category=Category.COMMIT)
    assert not raised("gate", bare, context(ASKING, mapped=frozenset({"name"})))
    assert raised("gate", bare, context(ASKING, mapped=frozenset({"close_date"})))
    assert raised("gate", bare, context(ASKING, mapped=frozenset({"amount"})))
