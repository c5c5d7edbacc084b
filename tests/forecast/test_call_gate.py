import pytest

from pipetui.deals.category import Category
from pipetui.forecast.calls.entry import Said
from pipetui.forecast.calls.gate import Asked, asked, contradictions
from pipetui.forecast.periods import Period, after
from tests.signals.making import context, days, deal, playbook

Q4 = Period.parse("2026-Q4")
COMMIT, BEST, UPSIDE, OMITTED = Category
CONTEXT = context(playbook(demo={"requires": {"budget": 2}}))


def sound(**given: object):
    facts = {"close_date": days(20), "amount": 100, "levels": "3333333"}
    return deal(**{**facts, "next_step": "Sign", "next_step_date": days(3), **given})


@pytest.mark.parametrize("category", [COMMIT, UPSIDE, OMITTED])
def test_one_key_if_nothing_is_wrong(category: Category) -> None:
    assert asked(sound(), category, CONTEXT, Q4).unanswered(Said()) == ()


BAD = {
    "weak": {"levels": "0000000"},
    "overdue": {"close_date": days(-1)},
    "outside_period": {"close_date": days(60)},
    "pushed": {"push_count": 2},
    "unpriced": {"amount": None},
    "no_next_step": {"next_step": "", "next_step_date": None},
}


@pytest.mark.parametrize("fact", BAD)
def test_each_fact_that_contradicts_a_commit_needs_a_reason(fact: str) -> None:
    found = asked(sound(**BAD[fact]), COMMIT, CONTEXT, Q4)
    assert found.contradictions == (fact,)
    assert found.unanswered(Said()) == ("reason",)
    assert found.unanswered(Said(reason="  ")) == ("reason",)
    assert found.unanswered(Said(reason="The buyer called")) == ()


@pytest.mark.parametrize(
    ("category", "against"),
    [
        (COMMIT, set(BAD)),
        (BEST, set(BAD) - {"pushed"}),
        (UPSIDE, {"overdue", "outside_period"}),
        (OMITTED, set()),
        (None, set()),
    ],
)
def test_what_contradicts_which_category(category: Category | None, against: set[str]) -> None:
    found = {fact for fact, its in BAD.items() if contradictions(sound(**its), category, CONTEXT, Q4)}
    assert found == against


def test_the_category_in_force_does_not_matter_but_the_one_that_is_asked_for() -> None:
    weak = sound(levels="0000000", manager_category=OMITTED)
    assert contradictions(weak, COMMIT, CONTEXT, Q4) == ("weak",)


def test_the_period_is_that_of_the_call() -> None:
    ahead = after(Q4)
    assert contradictions(sound(), COMMIT, CONTEXT, ahead) == ("outside_period",)
    assert contradictions(sound(close_date=days(60)), COMMIT, CONTEXT, ahead) == ()
    assert contradictions(sound(close_date=None), UPSIDE, CONTEXT, Q4) == ("outside_period",)


def test_a_fact_that_the_source_cannot_tell_contradicts_nothing() -> None:
    silent = context(playbook(demo={"requires": {"budget": 2}}), mapped=frozenset({"close_date"}))
    bare = deal(close_date=days(20), amount=None)
    assert contradictions(bare, COMMIT, silent, Q4) == ()


def test_a_best_case_needs_a_condition_with_a_date() -> None:
    found = asked(sound(), BEST, CONTEXT, Q4)
    assert found.unanswered(Said()) == ("condition", "condition_by")
    assert found.unanswered(Said(condition="Budget voted")) == ("condition_by",)
    assert found.unanswered(Said(condition="Budget voted", condition_by=days(9))) == ()


@pytest.mark.parametrize(
    ("last", "category", "turned"),
    [
        (UPSIDE, COMMIT, "up"),
        (COMMIT, OMITTED, "down"),
        (OMITTED, UPSIDE, "up"),
        (COMMIT, COMMIT, None),
        (None, COMMIT, None),
    ],
)
def test_up_and_down_against_the_last_call_ask_why(last, category, turned) -> None:
    found = asked(sound(), category, CONTEXT, Q4, last=last)
    assert found.turned == turned
    assert ("reason" in found.unanswered(Said())) is (turned is not None)


def test_a_manager_who_overrides_says_why_and_one_who_agrees_does_not() -> None:
    weak = sound(levels="0000000", rep_category=COMMIT)
    assert asked(weak, COMMIT, CONTEXT, Q4, side="manager") == Asked()
    found = asked(weak, UPSIDE, CONTEXT, Q4, side="manager", last=UPSIDE)
    assert found == Asked(overrides=True)
    assert found.unanswered(Said(reason="the rep's"), "manager") == ("override_reason",)
    assert found.unanswered(Said(override_reason="Nobody signs"), "manager") == ()
