from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui import language
from pipetui.deals.category import Category
from pipetui.forecast.explaining import why
from pipetui.forecast.periods import Period, before
from pipetui.forecast.probabilities import (
    NOTHING,
    Sample,
    Standing,
    learn,
    matching_days,
    standings,
)
from tests.signals.making import TODAY, days, deal

Q4, Q3, Q2 = (Period.parse(name) for name in ("2026-Q4", "2026-Q3", "2026-Q2"))
IN_Q3 = date(2026, 9, 15)
MATCHING = date(2026, 8, 22)
"""39 days before the end of September, as the 22nd of November is before that of December."""


def stood(won: int, n: int, stage: int = 2, age: int | None = 20, team: str = "") -> list[Standing]:
    return [Standing(team, stage, age, index < won) for index in range(n)]


def due(**given: object) -> object:
    return deal(**{"close_date": date(2026, 12, 20), "stage_since": days(-20), **given})


def chance(samples: list[Standing], playbook: float = 0.4, **given: object):
    return learn(samples).of(due(**given), Q4, TODAY, playbook)  # type: ignore[arg-type]


def test_own_history_where_it_is_long_enough() -> None:
    found = chance(stood(13, 34))
    assert (found.p, found.source, found.sample, found.ages) == (13 / 34, "own", Sample(13, 34), (15, 30))
    assert found.towards is None


def test_a_few_are_shrunk_towards_the_rate_of_their_stage() -> None:
    # The stage: 4 of 8 here and 6 of 32 elsewhere, 10 of 40. (4 + 20 × 10/40) ÷ (8 + 20)
    found = chance(stood(4, 8) + stood(6, 32, age=5))
    assert (found.source, found.sample, found.towards) == ("shrunk", Sample(4, 8), 0.25)
    assert found.p == pytest.approx(9 / 28)


def test_a_thin_stage_is_itself_shrunk_towards_the_blended_rate() -> None:
    # All: 6 of 30 = .2. The stage: 3 of 10 → (3 + 20 × .2) ÷ 30 = 7/30. The cell: 2 of 4.
    found = chance(stood(2, 4) + stood(1, 6, age=100) + stood(3, 20, stage=1))
    assert found.source == "shrunk"
    assert found.towards == pytest.approx(7 / 30)
    assert found.p == pytest.approx((2 + 20 * 7 / 30) / 24)


def test_unknown_days_in_stage_look_at_the_whole_stage() -> None:
    found = chance(stood(5, 10) + stood(1, 12, age=None), stage_since=None)
    assert (found.p, found.source, found.sample, found.ages) == (6 / 22, "own", Sample(6, 22), None)


def test_the_playbook_stands_where_nothing_or_too_little_was_seen() -> None:
    assert chance(stood(19, 19)).source == "playbook"
    assert chance(stood(5, 50, stage=1)).source == "playbook"
    found = NOTHING.of(due(), Q4, TODAY, 0.4)  # type: ignore[arg-type]
    assert (found.p, found.source, found.sample) == (0.4, "playbook", Sample())


def test_zero_is_a_value_of_the_playbook_and_of_history() -> None:
    assert chance([], playbook=0.0)[:2] == (0.0, "playbook")
    assert chance(stood(0, 25), playbook=0.9)[:2] == (0.0, "own")


def test_a_team_without_wins_inherits_nobodys() -> None:
    others = stood(90, 100, team="Ouest")
    lost = chance(others + stood(0, 40, team="Est"), team="Est")
    assert (lost.p, lost.source) == (0.0, "own")
    thin = chance(others + stood(0, 5, team="Est"), team="Est")
    assert (thin.p, thin.source) == (0.4, "playbook")
    shrunk = chance(others + stood(0, 5, team="Est") + stood(0, 30, age=100, team="Est"), team="Est")
    assert (shrunk.p, shrunk.source) == (0.0, "shrunk")
    assert chance(others, team="Neu").source == "playbook"


@pytest.mark.parametrize(
    ("age", "bucket"),
    [(0, (0, 14)), (14, (0, 14)), (15, (15, 30)), (60, (31, 60)), (61, (61, 90)), (91, (91, None))],
)
def test_buckets_of_days(age: int, bucket: tuple[int, int | None]) -> None:
    assert chance([], stage_since=days(-age)).ages == bucket


def test_in_a_period_that_is_over_nothing_is_won() -> None:
    found = learn(stood(30, 30)).of(deal(close_date=date(2026, 9, 1)), Q3, TODAY, 0.4)
    assert (found.p, found.source) == (0.0, "over")
    assert learn(stood(30, 30)).of(due(), Q4, Q4.end, 0.4).p == 1.0  # type: ignore[arg-type]


def test_the_sample_of_a_period() -> None:
    since = date(2026, 8, 2)
    then = [
        deal(id=1, close_date=IN_Q3, stage_since=since),  # won in it
        deal(id=2, close_date=IN_Q3, stage_since=since),  # won after it
        deal(id=3, close_date=IN_Q3, stage_since=None),  # never won
        deal(id=4, close_date=date(2026, 10, 1)),  # not due in it
        deal(id=5, close_date=None),
        deal(id=6, close_date=IN_Q3, status="lost", stage_id=5),  # closed lost never counts
        deal(id=7, close_date=IN_Q3, status="won", stage_id=4),
        deal(id=8, close_date=IN_Q3, missing_since=since),
        deal(id=9, close_date=IN_Q3, resume_on=date(2026, 12, 1), rep_category=Category.OMITTED),
        deal(id=10, close_date=IN_Q3, crm_category=Category.OMITTED),
        deal(id=11, close_date=IN_Q3),  # won the day before, which was exported later
        deal(id=12, close_date=date(2026, 7, 3), stage_since=MATCHING),  # overdue, but of the period
    ]
    won = {
        1: MATCHING,
        2: date(2026, 10, 1),
        7: date(2026, 8, 1),
        11: date(2026, 8, 21),
        12: date(2026, 9, 30),
    }
    found = standings(Q3, MATCHING, then, won)
    assert [(its.team, its.stage_id) for its in found] == [("", 2)] * 4
    assert [its.days for its in found] == [20, 20, None, 0]
    assert [its.won for its in found] == [True, False, False, True]


def test_only_periods_that_have_ended_teach() -> None:
    past = [Q2, Q3, Q4, Period.parse("2027-Q1")]
    assert matching_days(Q4, TODAY, past) == [(Q2, date(2026, 5, 22)), (Q3, MATCHING)]
    # For a period ahead, the present one is no past.
    ahead = Period.parse("2027-Q1")
    assert matching_days(ahead, TODAY, past)[-1] == (Q3, date(2026, 5, 22))


def test_nobody_looks_ahead() -> None:
    periods = [before(Q4), before(before(Q4))]
    assert all(day <= its.end < TODAY for its, day in matching_days(Q4, TODAY, periods))


@given(st.lists(st.tuples(st.sampled_from([1, 2]), st.integers(0, 120), st.booleans()), max_size=80))
def test_a_probability_is_one_and_lies_between_what_it_is_made_of(rows: list[tuple[int, int, bool]]) -> None:
    samples = [Standing("", *row) for row in rows]
    found = chance(samples)
    assert 0 <= found.p <= 1
    assert found.sample.won <= found.sample.n <= found.blended.n == len(rows)
    if found.source == "shrunk" and found.sample.n and found.towards is not None:
        low, high = sorted([found.towards, found.sample.won / found.sample.n])
        assert low - 1e-12 <= found.p <= high + 1e-12


def test_it_can_be_said() -> None:
    assert why(chance(stood(13, 34)), "Demo") == (
        "38%: 13 of 34 deals that stood in Demo for 15–30 days with as much of the period left were won in it"
    )
    assert why(chance(stood(4, 8) + stood(6, 32, age=5)), "Demo") == (
        "32%: 4 of 8 deals that stood in Demo for 15–30 days with as much of the period left were won in it "
        "(too few alone, so drawn towards the 25% of similar deals)"
    )
    assert why(chance(stood(6, 30, age=5)), "Demo") == (
        "20%: the rate of similar deals; none stood in Demo as long with as much of the period left"
    )
    assert "more than 90 days" in why(chance(stood(9, 30, age=99), stage_since=days(-99)), "Demo")
    assert "stood in Demo with as much" in why(chance(stood(9, 30), stage_since=None), "Demo")
    assert why(chance(stood(1, 3)), "Demo") == (
        "40%: the playbook’s probability for Demo (past periods had only 3 such deals of 20)"
    )
    assert why(chance(stood(9, 30, stage=1)), "Demo") == (
        "40%: the playbook’s probability for Demo "
        "(no deal of past periods stood there with as much of the period left)"
    )
    language.use("fr")
    assert why(chance(stood(13, 34)), "Démo").startswith("38")
