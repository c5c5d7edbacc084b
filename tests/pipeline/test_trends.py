"""Figures over time from the store's history."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipetui.deals.deal import Deal
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.flowing import flow_between
from pipetui.pipeline.looking import look
from pipetui.pipeline.trends import Choice, Trends, window_between
from pipetui.pipeline.trends_ahead import creation_pace, diagnosis, next_periods
from pipetui.pipeline.trends_past import month_ends, read_past
from pipetui.store.engine import Store
from pipetui.store.history import read_told
from pipetui.store.past import open_deals_on
from pipetui.store.visits import stage_visits
from pipetui.trends.spans import Span, trailing
from tests.pipeline.making import TODAY, learned, looked
from tests.store.making import CLOSING, DISCOVERY, LOST, PLAYBOOK, PROPOSAL, WON, bring, report

MAY = datetime(2026, 5, 4, 9)
MONEY = {"currency": "EUR", "amount": 100_00}


def of(store: Store, choice: Choice | None = None) -> Trends:
    pipeline = looked(store)
    return Trends(pipeline, read_past(store, pipeline), choice)


def test_month_ends() -> None:
    assert month_ends(date(2026, 3, 31), 2) == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]
    assert month_ends(date(2026, 3, 1), 1) == [date(2026, 2, 28), date(2026, 3, 1)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, trailing(TODAY)),
        (date(2026, 1, 1), None, Span("", date(2026, 1, 1), TODAY)),
        (None, date(2026, 6, 30), Span("", date(2025, 7, 1), date(2026, 6, 30))),
    ],
)
def test_windows(start: date | None, end: date | None, expected: Span) -> None:
    assert window_between(start, end, TODAY) == expected


def test_nothing_is_said_of_the_time_before_the_first_export(store: Store) -> None:
    bring(store, {"created": date(2025, 1, 1), **MONEY}, at=MAY)
    points = of(store).points
    assert points[0].day == date(2026, 5, 31)
    assert [point.ages.count for point in points] == [1] * 7
    assert not of(store).is_judged_by_moves


def test_ages_are_those_of_the_day(store: Store) -> None:
    (one, _two) = bring(store, {"created": date(2026, 4, 1)}, {"created": date(2026, 4, 30)}, at=MAY)
    report(store, one, "status", "open", "lost", at=datetime(2026, 8, 15))
    found = {point.day.month: [bucket.count for bucket in point.ages.buckets] for point in of(store).points}
    assert found == {
        5: [2, 0, 0, 0],
        6: [1, 1, 0, 0],
        7: [0, 2, 0, 0],
        8: [0, 1, 0, 0],
        9: [0, 1, 0, 0],
        10: [0, 0, 1, 0],
        11: [0, 0, 1, 0],
    }


def test_a_choice_is_judged_as_the_deal_stood(store: Store) -> None:
    """It was Ann's until September."""
    (one,) = bring(store, {"created": date(2026, 4, 1), "owner": "Ann"}, at=MAY)
    report(store, one, "owner", "Ann", "Bea", at=datetime(2026, 9, 15))
    counts = [
        point.ages.count for point in of(store, Choice(trailing(TODAY), scope=Scope(owner="Ann"))).points
    ]
    assert counts == [1, 1, 1, 1, 0, 0, 0]


def test_velocity_leaves_out_what_is_weak_or_stale(store: Store) -> None:
    won = {
        "status": "won",
        "stage_id": WON,
        "closed_on": date(2026, 5, 1),
        "created": date(2026, 1, 1),
        **MONEY,
    }
    lost = {"status": "lost", "stage_id": LOST, "closed_on": date(2026, 5, 1), **MONEY}
    bring(
        store,
        *[won] * 10,
        *[lost] * 10,
        {"last_activity": TODAY, **MONEY},
        {"last_activity": TODAY - timedelta(days=40), **MONEY},
        {"last_activity": TODAY, "missing_since": TODAY, **MONEY},
        at=MAY,
    )
    its = of(store)
    assert (its.velocity.n, its.velocity.win_rate, its.velocity.cycle_days) == (1, 0.5, 120)
    assert its.velocity.value == pytest.approx(1 * 0.5 * 100_00 / 120)
    assert its.points[-1].velocity == its.velocity


def test_parts(store: Store) -> None:
    won = {"status": "won", "stage_id": WON, "closed_on": date(2026, 5, 1), **MONEY}
    bring(store, {**won, "lead_source": "Web"}, {**won, "lead_source": "Fair"}, won, at=MAY)
    its = of(store)
    assert [(part.name, part.results.won) for part in its.by(lambda deal: deal.lead_source)] == [
        ("Fair", 1),
        ("Web", 1),
        ("", 1),
    ]
    assert [span.name for span in its.periods] == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert its.periods[0].start == its.window.start
    assert [part.won for _span, part in its.by_period] == [0, 0, 3, 0, 0]


def test_an_empty_store_has_figures_without_values(store: Store) -> None:
    its = of(store)
    assert its.points == ()
    assert its.velocity.value is None
    assert its.steps == ()
    assert its.losses == []
    assert diagnosis(its).findings == ()
    assert creation_pace(its) is not None
    assert len(next_periods(its)) == 4


def test_the_stage_of_a_loss(store: Store) -> None:
    one, two = bring(
        store,
        {"stage_id": PROPOSAL, "close_reason": "Price", "created": date(2026, 5, 4)},
        {"stage_id": PROPOSAL, "status": "lost", "closed_on": date(2026, 5, 1)},
        at=MAY,
    )
    report(store, one, "stage_id", PROPOSAL, LOST, at=datetime(2026, 8, 15))
    report(store, one, "status", "open", "lost", at=datetime(2026, 8, 15))
    report(store, one, "closed_on", None, date(2026, 8, 14), at=datetime(2026, 8, 15))
    its = of(store).losses
    assert [(loss.stage.name if loss.stage else None, set(loss.deals)) for loss in its] == [
        ("Proposal", {one, two})
    ]


def test_flow_from_the_store(store: Store) -> None:
    one, two, three = bring(
        store,
        {"close_date": date(2026, 12, 1), **MONEY},
        {"close_date": date(2026, 12, 1), **MONEY},
        {"close_date": date(2027, 2, 1), **MONEY},
        at=MAY,
    )
    report(store, one, "amount", 100_00, 150_00, at=datetime(2026, 6, 2))
    report(store, two, "status", "open", "won", at=datetime(2026, 6, 2))
    report(store, two, "closed_on", None, date(2026, 6, 1), at=datetime(2026, 6, 2))
    report(store, three, "close_date", date(2027, 2, 1), date(2026, 12, 1), at=datetime(2026, 6, 2))
    report(store, one, "amount", 150_00, 170_00, at=datetime(2026, 6, 3))
    from pipetui.forecast.periods import Period

    quarter = Period.parse("2026-Q4")
    found = flow_between(store, looked(store), date(2026, 6, 1), date(2026, 6, 2), period=quarter)
    assert (found.start, found.end) == (200_00, 250_00)
    assert {part.deal_id: (part.bar, part.amount) for part in found.parts} == {
        one: ("increased", 50_00),
        two: ("won", 100_00),
        three: ("pulled_in", 100_00),
    }
    assert found.balanced


FIRST = {"amount": 100_00, "status": "open", "owner": "Ann", "close_date": date(2026, 12, 1)}
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["amount", "close_date", "status", "owner", "missing_since"]),
        st.integers(0, 5),
        st.integers(0, 60),
    ),
    max_size=12,
)
VALUES = {
    "amount": [None, 1, 250_00, 999_99, 100_00, 7],
    "close_date": [None, *(date(2026, 12, 1) + timedelta(days=40 * n) for n in range(5))],
    "status": ["open", "won", "lost", "open", "won", "open"],
    "owner": ["Ann", "Bea", "Ann", "Bea", "Ann", "Bea"],
    "missing_since": [None, date(2026, 6, 1), None, None, None, None],
}


@settings(max_examples=25)
@given(CHANGES, st.integers(0, 60), st.integers(0, 30))
def test_flow_balances_with_what_the_store_replays(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, str, int, int]], first: int, days: int
) -> None:
    from tests.store.making import new_store

    since = MAY.date() + timedelta(days=first)
    until = since + timedelta(days=days)
    with new_store(tmp_path_factory.mktemp("flow") / "flow.db") as store:
        ids = bring(store, *[{**FIRST, "currency": "EUR"}] * 4, at=MAY)
        now: dict[tuple[int, str], object] = {}
        for which, field, value, day in sorted(changes, key=lambda its: its[3]):
            old = now.get((which, field), FIRST.get(field))
            new = VALUES[field][value]
            if old != new:
                now[which, field] = new
                at = MAY + timedelta(days=day, hours=1)
                report(store, ids[which], field, old, new, at=at)  # type: ignore[arg-type]
        pipeline = look(store, PLAYBOOK, TODAY)

        def is_anns(deal: Deal) -> bool:
            return deal.owner == "Ann"

        found = flow_between(store, pipeline, since, until, which=is_anns)
        then = open_deals_on(store, pipeline.deals, sorted({since, until}))
    assert found.balanced
    for day, its in ((since, found.start), (until, found.end)):
        assert its == sum(deal.amount or 0 for deal in then[day] if deal.counts and is_anns(deal))


def test_one_reading_tells_what_two_would(store: Store) -> None:
    """Stays and open deals, of deals with a history, reopened, pushed, and closed long ago."""
    told, long_gone, pushed = bring(
        store,
        {"stage_id": PROPOSAL, "created": date(2026, 1, 5)},
        {"stage_id": LOST, "status": "lost", "closed_on": date(2025, 5, 1), "created": date(2025, 1, 5)},
        {"close_date": date(2026, 12, 1), "created": date(2026, 4, 1)},
        at=MAY,
    )
    report(store, told, "stage_id", PROPOSAL, CLOSING, at=datetime(2026, 7, 2))
    report(store, told, "amount", None, 5, at=datetime(2026, 8, 2), origin="person")
    report(store, pushed, "close_date", date(2026, 12, 1), date(2027, 1, 1), at=datetime(2026, 7, 2))
    report(store, long_gone, "status", "lost", "open", at=datetime(2026, 9, 2))
    pipeline = look(store, PLAYBOOK, TODAY)
    stages = list(pipeline.stages.values())
    days = month_ends(TODAY)
    found = read_told(store, pipeline.deals, stages, TODAY, days)
    assert found.visits == stage_visits(store, TODAY, stages)
    expected = open_deals_on(store, pipeline.deals, days, told=True)
    for day in days[:-1]:
        assert found.open_on[day] == expected[day]
    # Today is what stands in the rows, which names a version and what nothing else does.
    assert {deal.id for deal in found.open_on[TODAY]} == {deal.id for deal in expected[TODAY]}
    july = next(deal for deal in found.open_on[date(2026, 7, 31)] if deal.id == told)
    assert (july.stage_since, july.moved_on, july.set_here) == (date(2026, 7, 2),) * 2 + (frozenset(),)
    august = next(deal for deal in found.open_on[date(2026, 8, 31)] if deal.id == told)
    assert (august.moved_on, august.set_here) == (date(2026, 8, 2), frozenset({"amount"}))
    assert [deal.push_count for deal in found.open_on[date(2026, 7, 31)] if deal.id == pushed] == [1]


def test_a_flow_from_a_day_that_was_read_is_the_same(store: Store) -> None:
    week = TODAY - timedelta(days=7)
    one, two, _three = bring(store, MONEY, MONEY, {**MONEY, "amount": 7}, at=MAY)
    report(store, one, "amount", 100_00, 150_00, at=datetime(2026, 11, 18))
    report(store, two, "status", "open", "won", at=datetime(2026, 11, 18))
    report(store, two, "closed_on", None, date(2026, 11, 17), at=datetime(2026, 11, 18))
    pipeline = looked(store)
    read = flow_between(store, pipeline, week, TODAY, past=read_past(store, pipeline))
    replayed = flow_between(store, pipeline, week, TODAY)
    assert read == replayed
    assert {part.bar for part in read.parts} == {"increased", "won"}


def test_the_past_is_read_once_until_something_is_written(store: Store) -> None:
    """The dashboard and the trends rest on the same reading."""
    (one,) = bring(store, MONEY, at=MAY)
    past = read_past(store, looked(store))
    assert read_past(store, looked(store)) is past
    assert read_past(store, look(store, PLAYBOOK, TODAY - timedelta(days=1))) is not past
    other = replace(PLAYBOOK, currency="USD")
    assert read_past(store, look(store, other, TODAY)) is not past
    report(store, one, "stage_id", DISCOVERY, PROPOSAL, at=datetime(2026, 7, 2))
    assert len(read_past(store, looked(store)).visits) == len(past.visits) + 1


def test_another_window_shares_what_does_not_depend_on_it(store: Store) -> None:
    one, _two = bring(store, {**MONEY, "created": MAY.date()}, {**MONEY, "created": MAY.date()}, at=MAY)
    report(store, one, "stage_id", DISCOVERY, PROPOSAL, at=datetime(2026, 7, 2))
    found = of(store)
    window = Span("", date(2026, 6, 1), date(2026, 7, 31))
    shared, anew = found.over(window), of(store, Choice(window))
    assert shared.entries is found.entries
    assert (shared.conversion, shared.stays) == (anew.conversion, anew.stays)
    assert [its.entered for its in shared.conversion] == [0, 1, 0]


def test_what_is_learned_is_not_needed(store: Store) -> None:
    """The app shows trends before it has learned."""
    bring(store, {"stage_id": DISCOVERY}, {"stage_id": CLOSING}, at=MAY)
    pipeline = look(store, PLAYBOOK, TODAY)
    past = read_past(store, pipeline)
    assert past.is_of(pipeline)
    assert Trends(pipeline, past).points
    assert learned(store)
