"""A period is shown as the definitions say, and what past periods teach is what the deals did then."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from pipetui.deals.edits import BeginCall, Change, Freeze, SetNumber, SetQuota
from pipetui.deals.errors import Misuse
from pipetui.deals.fields import Value
from pipetui.forecast.categories import Side
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope, Target
from pipetui.forecast.ranges import Doubt
from pipetui.pipeline.looking import look
from pipetui.pipeline.outlook import Outlook, begin, outlook, period_of_name, with_range
from pipetui.pipeline.outlook_calls import drift_of, packed, snapshot_of
from pipetui.pipeline.outlook_past import teach
from pipetui.pipeline.outlook_people import scope_of_names
from pipetui.playbook.models import Playbook, Quota, Team
from pipetui.store.batches import FieldChange, batch
from pipetui.store.calls import read_call, read_frozen
from pipetui.store.engine import Store
from pipetui.store.past import open_deals_on
from pipetui.store.writing import apply
from tests.pipeline.making import TODAY, learned, looked
from tests.store.making import CLOSING, DISCOVERY, LOST, NOON, PLAYBOOK, PROPOSAL, WON, bring, deal_of

Q4 = Period.parse("2026-Q4")
DUE: dict[str, Any] = {"currency": "EUR", "close_date": date(2026, 12, 10), "stage_id": PROPOSAL}
TEAMS = replace(
    PLAYBOOK,
    teams=(Team(name="West", owners=("Ana", "Ben")), Team(name="East", owners=("Eve",))),
    quotas=(
        Quota(period="2026-Q4", amount=Decimal(60), owner="ana"),
        Quota(period="2026-Q4", amount=Decimal(40), owner="Ben"),
        Quota(period="2026-Q4", amount=Decimal(50), team="East"),
    ),
)


def won(amount: int | None, on: date, **state: Any) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR", "status": "won", "stage_id": WON, "closed_on": on, **state}


def of(
    store: Store,
    scope: Scope | None = None,
    *,
    period: Period = Q4,
    side: Side = "manager",
    playbook: Playbook = PLAYBOOK,
) -> Outlook:
    pipeline = look(store, playbook, TODAY, learned(store, playbook=playbook))
    return outlook(store, pipeline, period, scope, side=side)


def test_every_deal_of_the_period_is_in_one_figure(store: Store) -> None:
    bring(
        store,
        won(10_00, date(2026, 11, 2)),
        won(99_00, date(2026, 9, 30)),
        {**DUE, "amount": 1_00, "crm_category": "commit"},
        {**DUE, "amount": 2_00, "crm_category": "best_case", "rep_category": "commit"},
        {**DUE, "amount": 4_00, "crm_category": "upside"},
        {**DUE, "amount": 8_00},
        {**DUE, "amount": 16_00, "crm_category": "omitted"},
        {**DUE, "amount": 32_00, "missing_since": date(2026, 11, 20)},
        {**DUE, "amount": 64_00, "close_date": None},
        {**DUE, "amount": 128_00, "close_date": date(2027, 1, 1)},
        {**DUE, "amount": None, "crm_category": "commit"},
        {**DUE, "amount": 7_00, "currency": "USD", "crm_category": "commit"},
    )
    its = of(store).figures
    amounts = {
        name: getattr(its, name).amount
        for name in ("won", "commit", "best_case", "upside", "unclassified", "omitted", "missing", "undated")
    }
    assert list(amounts.values()) == [10_00, 3_00, 0, 4_00, 8_00, 16_00, 32_00, 64_00]
    assert (its.landing, its.open.unpriced, its.commit.other_currencies) == (13_00, 1, {"USD": (1, 7_00)})
    # Half of 1, 2, 4 and 8: nobody has won enough here to know better than the playbook.
    assert its.weighted == 7_50


def test_reps_and_manager_call_the_same_deal_differently(store: Store) -> None:
    bring(store, {**DUE, "amount": 5_00, "rep_category": "commit", "manager_category": "upside"})
    found = of(store)
    assert (found.figures, found.rep.commit.amount, found.manager.upside.amount) == (
        found.manager,
        5_00,
        5_00,
    )
    theirs = of(store, side="rep")
    assert (theirs.figures, theirs.groups.commit) == (theirs.rep, found.groups.upside)
    assert theirs.manager.upside.amount == 5_00


def test_owners_and_teams_stand_beside_their_quotas(store: Store) -> None:
    bring(
        store,
        won(30_00, date(2026, 10, 5), owner="Ana"),
        {**DUE, "amount": 20_00, "owner": "Ben", "crm_category": "commit"},
        {**DUE, "amount": 7_00, "crm_category": "commit"},
    )
    found = of(store, playbook=TEAMS)
    assert found.quota == Target(150_00, is_sum=True)
    owners = [(its.name, its.quota and its.quota.amount, its.figures.landing) for its in found.by_owner]
    assert owners == [("Ana", 60_00, 30_00), ("Ben", 40_00, 20_00), ("", None, 7_00)]
    teams = [(its.name, its.quota, its.figures.landing) for its in found.by_team]
    assert teams == [
        ("East", Target(50_00, is_sum=False), 0),
        ("West", Target(100_00, is_sum=True), 50_00),
        ("", None, 7_00),
    ]
    west = of(store, Scope(team="West"), playbook=TEAMS)
    assert (west.figures.landing, west.figures.gap, west.lacking) == (50_00, -50_00, 2)
    assert [its.name for its in west.by_owner] == ["Ana", "Ben"]
    assert of(store, Scope(owner="Ben"), playbook=TEAMS).figures.won.amount == 0
    assert sum(its.figures.open.amount for its in found.by_owner) == found.figures.open.amount


def test_a_quota_that_is_set_here_holds_at_once(store: Store) -> None:
    bring(store, won(30_00, date(2026, 10, 5), owner="Ana"))
    edit = SetQuota("2026-Q4", 20_00, owner="Ana")
    apply(store, [edit], by="claire", at=NOON, playbook=TEAMS)
    found = of(store, Scope(owner="Ana"), playbook=TEAMS)
    assert (found.quota, found.figures.gap, found.figures.coverage.is_met) == (
        Target(20_00, is_sum=False),
        10_00,
        True,
    )


def test_without_teams_there_are_no_teams(store: Store) -> None:
    bring(store, {**DUE, "amount": 1_00, "owner": "Ana"})
    found = of(store)
    assert (found.by_team, found.pace, found.range and found.range.p_quota) == ((), None, None)


def test_coverage_with_and_without_what_is_stale(store: Store) -> None:
    apply(store, [SetQuota("2026-Q4", 100_00)], by="claire", at=NOON, playbook=PLAYBOOK)
    fresh = {"last_activity": date(2026, 11, 20)}
    bring(
        store,
        {**DUE, **fresh, "amount": 60_00},
        {**DUE, "amount": 140_00, "last_activity": date(2026, 10, 1)},
    )
    its = of(store).figures
    assert (its.coverage.value, its.coverage_without_stale.value) == (2.0, 0.6)


def test_the_figures_come_first_and_the_range_completes_them(store: Store) -> None:
    apply(store, [SetQuota("2026-Q4", 100_00)], by="claire", at=NOON, playbook=PLAYBOOK)
    # The vector of the definitions, by four stages' probabilities.
    stages = {0.9: CLOSING, 0.5: PROPOSAL, 0.2: DISCOVERY}
    book = replace(
        PLAYBOOK,
        pipelines=(
            replace(
                PLAYBOOK.pipelines[0],
                stages=tuple(
                    replace(
                        stage,
                        probability={"Closing": 0.9, "Discovery": 0.2}.get(stage.name, stage.probability),
                    )
                    for stage in PLAYBOOK.pipelines[0].stages
                ),
            ),
        ),
    )
    bring(
        store,
        *(
            {**DUE, "amount": amount * 100, "stage_id": stages[p], "name": f"{amount}"}
            for amount, p in ((50, 0.9), (30, 0.5), (20, 0.5), (100, 0.2))
        ),
    )
    pipeline = look(store, book, TODAY)
    first = begin(store, pipeline, Q4)
    assert (first.is_learned, first.range, first.pace) == (False, None, None)
    found = with_range(first, pipeline, teach(store, pipeline, Q4))
    its = found.range
    assert its is not None
    assert (its.p10, its.p50, its.p90) == (50_00, 80_00, 170_00)
    assert its.mean == pytest.approx(90_00)
    assert its.p_quota == pytest.approx(0.38)
    # The large one alone reaches the quota; else it takes all three others: .9 × .5 × .5.
    (deal, moved), *_others = found.call_first
    assert (deal.name, moved) == ("100", pytest.approx(1 - 0.225))
    assert found.why(deal.id, pipeline) == (
        "20%: the playbook’s probability for Discovery (past periods had only 0 such deals of 20)"
    )
    doubted = with_range(first, pipeline, teach(store, pipeline, Q4), Doubt(correlation=0.3, seed=1))
    assert doubted.range is not None
    assert (doubted.range.exact, doubted.call_first) == (False, found.call_first)


def test_pace_by_what_the_teams_own_past_periods_had_won(store: Store) -> None:
    apply(store, [SetQuota("2026-Q4", 1000_00)], by="claire", at=NOON, playbook=PLAYBOOK)
    # 39 days are left of this quarter; each of four past ones had won half when as many were left of it.
    matching = [date(2026, 8, 22), date(2026, 5, 22), date(2026, 2, 20), date(2025, 11, 22)]
    bring(
        store,
        won(300_00, date(2026, 10, 20)),
        *(won(100_00, day) for day in matching),
        *(won(100_00, day + timedelta(days=1)) for day in matching),
        won(1_00, date(2025, 10, 1)),
    )
    its = of(store).pace
    assert its is not None
    assert (its.state, its.share.source, its.share.periods) == ("behind", "own", 4)
    assert its.share.value == Fraction(401, 801)


HISTORY = datetime(2026, 7, 1, 9)


def tell(store: Store, changes: Iterable[tuple[int, str, Value, Value, datetime]]) -> None:
    """A history file says what deals did before the only export."""
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        writer.history(
            [FieldChange(id_, field, old, new, at, "history") for id_, field, old, new, at in changes]
        )


def past_deals(store: Store, *, with_history: bool) -> None:
    """24 deals stood in Proposal for 12 days on 22 August, 39 days before the end of the third quarter.

    9 were won in it and 15 lost. Two more were not due in it then.
    """
    ends = [("won", WON, date(2026, 9, 15))] * 9 + [("lost", LOST, date(2026, 9, 20))] * 15
    states = [
        {"amount": 1_00, "status": status, "stage_id": stage, "closed_on": on} for status, stage, on in ends
    ]
    ids = bring(
        store,
        *states,
        {
            "amount": 1_00,
            "stage_id": PROPOSAL,
            "close_date": date(2026, 12, 10),
            "last_stage_change": date(2026, 11, 12),
        },
        {"amount": 1_00, "status": "won", "stage_id": WON, "closed_on": date(2026, 9, 1)},
        {"amount": 1_00, "status": "lost", "stage_id": LOST, "closed_on": date(2026, 6, 30)},
    )
    if with_history:
        moved = datetime(2026, 8, 10, 9)
        tell(
            store,
            [
                change
                for id_ in (*ids[:24], ids[25])
                for change in (
                    (id_, "stage_id", None, DISCOVERY, HISTORY),
                    (id_, "stage_id", DISCOVERY, PROPOSAL, moved),
                )
            ]
            # It was due in the fourth quarter on that day, and brought forward.
            + [(ids[25], "close_date", date(2026, 10, 5), date(2026, 9, 1), datetime(2026, 8, 30))],
        )


def test_chances_come_from_what_deals_of_past_periods_did(store: Store) -> None:
    past_deals(store, with_history=True)
    pipeline = looked(store)
    found = outlook(store, pipeline, Q4)
    (deal,) = found.groups.open
    chance = found.chances[deal.id]
    assert (chance.p, chance.source, chance.sample, chance.ages) == (9 / 24, "own", (9, 24), (0, 14))
    assert found.figures.weighted == 38  # 100 × .375, half-up
    assert found.why(deal.id, pipeline) == (
        "38%: 9 of 24 deals that stood in Proposal for 0–14 days "
        "with as much of the period left were won in it"
    )


def test_one_export_without_a_history_teaches_nothing(store: Store) -> None:
    past_deals(store, with_history=False)
    found = of(store)
    assert {chance.source for chance in found.chances.values()} == {"playbook"}


def test_exports_week_by_week_teach_the_same(store: Store) -> None:
    ids = bring(
        store,
        *[{**DUE, "amount": 1_00, "close_date": date(2026, 9, 25), "last_stage_change": date(2026, 8, 10)}]
        * 24,
        {"status": "lost", "stage_id": LOST, "closed_on": date(2026, 6, 30)},
        at=datetime(2026, 8, 11),
    )
    for number, id_ in enumerate(ids[:24]):
        status, stage, at = (
            ("won", WON, datetime(2026, 9, 15)) if number < 9 else ("lost", LOST, datetime(2026, 9, 20))
        )
        with batch(store, kind="import", by="claire", at=at, as_of=at) as writer:
            writer.change(
                [
                    FieldChange(id_, "status", "open", status, at),
                    FieldChange(id_, "stage_id", PROPOSAL, stage, at),
                    FieldChange(id_, "closed_on", None, at.date(), at),
                ]
            )
    pipeline = looked(store)
    taught = teach(store, pipeline, Q4)
    assert taught.known_since == date(2026, 6, 30)
    assert [period.name for period in taught.past] == ["2026-Q3"]
    assert taught.chances.cells == {("", PROPOSAL, 0): (9, 24)}


def test_a_period_of_which_not_all_is_known_teaches_nothing(store: Store) -> None:
    past_deals(store, with_history=True)
    at = datetime(2026, 11, 22, 13)
    with batch(store, kind="import", by="claire", at=at) as writer:
        (old,) = [deal.id for deal in looked(store).deals.values() if deal.settled_on == date(2026, 6, 30)]
        writer.change([FieldChange(old, "closed_on", date(2026, 6, 30), date(2026, 7, 2), at)])
    assert teach(store, looked(store), Q4).past == ()


def test_a_history_tells_where_a_deal_stood_before_its_first_export(store: Store) -> None:
    (id_,) = bring(
        store,
        {
            "amount": 5_00,
            "stage_id": CLOSING,
            "created": date(2026, 6, 20),
            "close_date": date(2026, 12, 1),
            "owner": "Ana",
        },
    )
    tell(
        store,
        [
            (id_, "stage_id", None, DISCOVERY, datetime(2026, 6, 20, 8)),
            (id_, "stage_id", DISCOVERY, PROPOSAL, datetime(2026, 7, 10, 8)),
            (id_, "stage_id", PROPOSAL, WON, datetime(2026, 8, 3, 8)),
            (id_, "stage_id", WON, CLOSING, datetime(2026, 8, 20, 8)),
            (id_, "amount", 9_00, 5_00, datetime(2026, 7, 20, 8)),
            (id_, "close_date", date(2026, 9, 1), date(2026, 12, 1), datetime(2026, 8, 1, 8)),
        ],
    )
    days = [
        date(2026, 6, 19),
        date(2026, 6, 20),
        date(2026, 7, 31),
        date(2026, 8, 10),
        date(2026, 8, 20),
        TODAY,
    ]
    found = open_deals_on(store, {id_: deal_of(store, id_)}, days, told=True)
    seen = [
        [(deal.stage_id, deal.amount, deal.close_date, deal.stage_since, deal.owner) for deal in its]
        for its in found.values()
    ]
    assert seen == [
        [],
        [(DISCOVERY, 9_00, date(2026, 9, 1), date(2026, 6, 20), "Ana")],
        [(PROPOSAL, 5_00, date(2026, 9, 1), date(2026, 7, 10), "Ana")],
        [],
        [(CLOSING, 5_00, date(2026, 12, 1), date(2026, 8, 20), "Ana")],
        [(CLOSING, 5_00, date(2026, 12, 1), date(2026, 8, 20), "Ana")],
    ]
    untold = open_deals_on(store, {id_: deal_of(store, id_)}, days)
    assert [len(its) for its in untold.values()] == [0, 0, 0, 0, 0, 1]


def test_only_what_was_due_between_two_days_is_read(store: Store) -> None:
    due, pushed, other = bring(
        store,
        {**DUE, "close_date": date(2026, 9, 5)},
        {**DUE, "close_date": date(2026, 9, 7)},
        {**DUE, "close_date": date(2026, 12, 5)},
        at=datetime(2026, 8, 1),
    )
    edit = Change(pushed, 1, "close_date", date(2026, 12, 1))
    apply(store, [edit], by="claire", at=datetime(2026, 9, 6), playbook=PLAYBOOK)
    deals = {id_: deal_of(store, id_) for id_ in (due, pushed, other)}
    day = date(2026, 9, 1)
    found = open_deals_on(store, deals, [day], due=(day, date(2026, 9, 30)))[day]
    assert {deal.id for deal in found} == {due, pushed}
    assert {deal.close_date for deal in found} == {date(2026, 9, 5), date(2026, 9, 7)}


def test_a_call_is_frozen_as_it_is_seen_and_then_left(store: Store) -> None:
    stays, leaves = bring(
        store,
        {**DUE, "amount": 10_00, "crm_category": "commit"},
        {**DUE, "amount": 30_00, "crm_category": "commit"},
    )
    call_id = apply(store, [BeginCall("2026-Q4")], by="claire", at=NOON, playbook=PLAYBOOK).call_id
    assert call_id is not None
    edits = [SetNumber(call_id, 0, 35_00, "one signature")]
    apply(store, edits, by="claire", at=NOON, playbook=PLAYBOOK)
    pipeline = looked(store)
    opened = read_call(store, call_id)
    assert opened is not None
    found = outlook(store, pipeline, Q4)
    snapshot = snapshot_of(opened, found, pipeline, at=NOON, by="claire")
    assert (snapshot.number, snapshot.risks, snapshot.totals.commit) == (35_00, "one signature", 40_00)
    assert snapshot.range is not None
    assert found.range is not None
    assert snapshot.range.p50 == found.range.p50
    assert snapshot.by_deal[stays].p == 0.5
    apply(store, [Freeze(call_id, packed(snapshot))], by="claire", at=NOON, playbook=PLAYBOOK)
    (kept,) = read_frozen(store)
    assert kept.snapshot == snapshot
    assert drift_of(kept.snapshot, looked(store)).matches
    (headline,) = of(store).calls
    assert (headline.id, headline.number, headline.entries) == (snapshot.id, 35_00, ())
    edit = Change(leaves, deal_of(store, leaves).version, "close_date", date(2027, 1, 15))
    apply(store, [edit], by="claire", at=NOON, playbook=PLAYBOOK)
    left = drift_of(kept.snapshot, looked(store))
    assert [change.deal_id for change in left.left] == [leaves]
    assert (left.matches, left.landing, left.left[0].differences[0].kind) == (False, -30_00, "pushed_out")


def test_periods_and_people_by_name(store: Store) -> None:
    bring(store, {**DUE, "owner": "Élise Verhaegen"})
    pipeline = look(store, TEAMS, TODAY)
    assert period_of_name(None, pipeline) == Q4
    assert period_of_name("2026-11", pipeline).start == date(2026, 11, 1)
    assert scope_of_names(pipeline) == Scope()
    assert scope_of_names(pipeline, owner="elise verhaegen") == Scope(owner="Élise Verhaegen")
    assert scope_of_names(pipeline, team="WEST") == Scope(team="West")
    with pytest.raises(Misuse, match="“soon” is no period"):
        period_of_name("soon", pipeline)
    with pytest.raises(Misuse, match=r"“Elise Verhagen”\. Did you mean “Élise Verhaegen”"):
        scope_of_names(pipeline, owner="Elise Verhagen")
    with pytest.raises(Misuse, match="There is no team “North”"):
        scope_of_names(pipeline, team="North")
    with pytest.raises(Misuse, match="not both"):
        scope_of_names(pipeline, owner="Ana", team="West")
