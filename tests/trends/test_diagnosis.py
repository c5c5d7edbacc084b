"""Each rule speaks where it should, is silent where it should, and is silent on thin data."""

from datetime import timedelta
from typing import Any

import pytest

from pipetui import language
from pipetui.trends.ages import Ages, Bucket
from pipetui.trends.conversion import Conversion, Entries
from pipetui.trends.creation import Pace
from pipetui.trends.diagnosis.facts import Covered, Facts, Standing
from pipetui.trends.diagnosis.rules import RULES, diagnose
from pipetui.trends.diagnosis.wording import lacking, title, told
from pipetui.trends.rate import rate
from pipetui.trends.spans import Span
from pipetui.trends.winning import Cycle, results
from tests.trends.making import DEMO, PROPOSAL, QUALIFICATION, STAGES, TODAY, closed

NOVEMBER = Span("2026-11", TODAY.replace(day=1), TODAY.replace(day=30))
NEXT = Span("2027-Q1", TODAY + timedelta(days=40), TODAY + timedelta(days=129))


def step(stage: Any, moved: int, died: int) -> Conversion:
    its = rate(moved, moved + died)
    return Conversion(stage, moved + died, moved, died, 0, its, (), ())


def cycle(median: float, n: int = 30) -> Cycle:
    return Cycle(median, median, median, n, 0)


def aged(young: int, old: int, back: int) -> Ages:
    none = Bucket(0, 0, ())
    buckets = (Bucket(young, 0, ()), Bucket(old, old * 100, tuple(range(old))), none, none)
    return Ages(TODAY - timedelta(days=back), buckets, 0)


def facts(**other: Any) -> Facts:
    """A sound team with enough of everything."""
    sound: dict[str, Any] = {
        "today": TODAY,
        "enough": 20,
        "results": results(closed(won=30, lost=30)),
        "conversion": [step(QUALIFICATION, 80, 20), step(DEMO, 60, 20), step(PROPOSAL, 50, 10)],
        "conversion_before": {},
        "demos": frozenset({DEMO.id}),
        "undecided": {},
        "cycles": [cycle(90), cycle(90), cycle(90)],
        "creation": None,
        "created": (50, 50),
        "ages": [aged(70, 30, 200), aged(70, 30, 0)],
        "going_on": [Standing(NOVEMBER, 100, 90, on_plan=True)],
        "coverage": [Covered(NEXT, 100_00, 0, 500_00, 5.0, 4.0, ())],
        "commits": {"Ann": (25, 30)},
    }
    return Facts(**{**sound, **other})


def found(**other: Any) -> list[str]:
    return [finding.rule for finding in diagnose(facts(**other)).findings]


def test_a_sound_team_hears_nothing() -> None:
    assert found() == []
    assert diagnose(facts()).lacking == ()


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("discovery", {"conversion": [step(QUALIFICATION, 20, 60), step(DEMO, 15, 5)]}),
        ("demo", {"conversion": [step(QUALIFICATION, 80, 20), step(DEMO, 35, 31), step(PROPOSAL, 25, 8)]}),
        ("creation", {"created": (30, 50)}),
        ("cycle", {"cycles": [cycle(90), cycle(100), cycle(120)]}),
        ("inflated", {"ages": [aged(70, 30, 200), aged(50, 50, 0)]}),
        ("fragile", {"coverage": [Covered(NEXT, 100_00, 0, 30_00, 0.3, 0.2, ())]}),
        ("sandbagging", {"commits": {"Ann": (25, 30), "Bea": (33, 34)}}),
    ],
)
def test_each_rule_names_its_problem_in_both_languages(rule: str, change: dict[str, Any]) -> None:
    assert found(**change) == [rule]
    finding = diagnose(facts(**change)).findings[0]
    assert 0 <= finding.excess <= 1
    for name in language.LANGUAGES:
        language.use(name)
        words = told(finding, "EUR", TODAY)
        assert all(words)
        assert "%(" not in "".join(words)
        assert title(rule)
    assert diagnose(facts(**change), off=[rule]).findings == ()


@pytest.mark.parametrize(
    "change",
    [
        {"conversion": [step(QUALIFICATION, 20, 60), step(DEMO, 8, 14)]},  # low everywhere, not only there
        {
            "conversion": [step(QUALIFICATION, 50, 50), step(DEMO, 30, 20), step(PROPOSAL, 10, 40)],
            "demos": {},
        },
        {"cycles": [cycle(90), cycle(120), cycle(110)]},
        {"cycles": [cycle(90), cycle(98), cycle(107)]},
        {"ages": [aged(70, 30, 200), aged(67, 33, 0)]},
        {"ages": [aged(70, 30, 100), aged(50, 50, 0)]},
        {"ages": [aged(70, 30, 300), aged(52, 48, 180), aged(50, 50, 0)]},
        {
            "going_on": [Standing(NOVEMBER, 50, 90, on_plan=False)],
            "coverage": [Covered(NEXT, 1, 0, 0, 0.1, 0, ())],
        },
        {"coverage": [Covered(NEXT, None, 0, 0, None, None, ())]},
        {"commits": {"Ann": (19, 20)}},
    ],
)
def test_what_is_no_problem_is_not_named(change: dict[str, Any]) -> None:
    assert found(**change) == []


def test_creation_against_the_quota() -> None:
    from pipetui.trends.creation import Need

    pace = Pace(10.0, 100.0, 13, Need(NOVEMBER, 200.0, 20.0))
    finding = diagnose(facts(creation=pace)).findings[0]
    assert finding.rule == "creation"
    assert "needs 20.0" in told(finding, "EUR", TODAY).evidence


def test_a_team_without_enough_hears_what_is_missing() -> None:
    its = diagnose(
        facts(
            results=results(closed(won=8, lost=4)),
            conversion=[step(QUALIFICATION, 8, 4), step(DEMO, 1, 9)],
            cycles=[cycle(90, 2), cycle(120, 3), cycle(150, 3)],
            created=(3, 2),
            ages=[aged(1, 1, 200), aged(0, 2, 0)],
            coverage=[Covered(NEXT, 100_00, 0, 30_00, 0.3, 0.2, ())],
            commits={"Ann": (5, 5)},
        )
    )
    assert its.findings == ()
    assert {thin.kind: (thin.n, thin.of) for thin in its.lacking} == {
        "resolved": (12, 20),
        "closed": (12, 20),
        "cycles": (2, 20),
        "open": (2, 20),
        "commits": (5, 20),
    }
    assert all("20" in lacking(thin) for thin in its.lacking)


def test_the_weightiest_comes_first() -> None:
    worse = {"conversion": [step(QUALIFICATION, 80, 20), step(DEMO, 20, 60), step(PROPOSAL, 25, 8)]}
    assert found(**worse, commits={"Bea": (33, 33)}) == ["demo", "sandbagging"]


def test_no_deals_at_all() -> None:
    nothing = facts(
        results=results([]),
        conversion=Entries([], STAGES).conversion(NOVEMBER),
        cycles=[],
        created=(0, 0),
        ages=[],
        going_on=[],
        coverage=[],
        commits={},
        demos=frozenset(),
    )
    assert diagnose(nothing).findings == ()


def test_the_playbook_may_name_every_rule() -> None:
    from typing import get_args

    from pipetui.playbook.rules import DiagnosisRule

    assert set(get_args(DiagnosisRule)) == {rule.name for rule in RULES}
