"""What the first screen counts: by hand, of a few deals whose history is known."""

from datetime import date, datetime
from pathlib import Path

import pytest

from pipetui.deals.edits import Change, SetQuota, Undertake
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.dashboard import Dashboard, begin, read, with_chances, with_past, with_weeks
from pipetui.pipeline.dashboard_tiles import tiles
from pipetui.pipeline.dashboard_told import answer, sayings
from pipetui.pipeline.looking import look
from pipetui.pipeline.outlook_past import teach
from pipetui.pipeline.trends_past import read_past
from pipetui.signals.flag import Severity
from pipetui.store.batches import NewDeal, batch
from pipetui.store.engine import Store
from pipetui.store.writing import apply
from tests.app.making import DISCOVERY, MAPPED, PLAYBOOK, PROPOSAL, WON, deal
from tests.store.making import sync_stages

TODAY = date(2026, 11, 22)
PERIOD = Period.parse("2026-Q4")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exported on the first of the month; in the last week one was pushed and one was raised."""
    path = tmp_path_factory.mktemp("store") / "deals.db"
    began = datetime(2026, 11, 1, 9)
    states = [
        deal("Kept", DISCOVERY, 100, owner="Ana", close_date=date(2026, 12, 10), crm_category="commit"),
        deal("Pushed", PROPOSAL, 50, owner="Ana", close_date=date(2026, 12, 1)),
        deal("Raised", PROPOSAL, 30, owner="Ben", close_date=date(2026, 12, 20)),
        deal(
            "Next", DISCOVERY, 80, owner="Ben", close_date=date(2027, 2, 1), next_step_date=date(2026, 11, 20)
        ),
        deal("Done", WON, 40, owner="Ben", status="won", closed_on=date(2026, 10, 10)),
    ]
    with Store.open(path) as opened:
        sync_stages(opened, PLAYBOOK)
        with batch(opened, kind="import", by="import", at=began, as_of=began) as writer:
            mapping = {name: name for name in MAPPED}
            source = writer.source_id("crm", preset="generic", signature="s", mapping=mapping)
            writer.create([NewDeal(source, str(n), f"ID-{n}", its) for n, its in enumerate(states, start=1)])
        edits = [
            Change(2, 1, "close_date", date(2027, 1, 15)),
            Change(3, 1, "amount", 4_500),
            Undertake(1, "commitment", "sign", "the CFO", date(2026, 11, 18)),
            Undertake(4, "action", "call", "Ben", TODAY),
            SetQuota("2026-Q4", 20_000, "", ""),
            SetQuota("2027-Q1", 100_000, "", ""),
        ]
        apply(opened, edits, by="ana", at=datetime(2026, 11, 18, 9), playbook=PLAYBOOK)
    return path


def whole(path: Path, scope: Scope) -> Dashboard:
    with Store.open(path) as opened:
        pipeline = look(opened, PLAYBOOK, TODAY)
        found = begin(pipeline, PERIOD, scope, read(opened, pipeline, PERIOD, scope))
        found = with_past(found, opened, read_past(opened, pipeline), ())
        return with_weeks(with_chances(found, teach(opened, pipeline, PERIOD)), opened)


def names(deals: tuple[object, ...]) -> list[str]:
    return [its.name for its in deals]  # type: ignore[attr-defined]


def test_everything_is_counted_as_defined(store: Path) -> None:
    its = whole(store, Scope())
    # won 40 of 200 where 53 ÷ 92 of it was expected; landing 40 + 100
    assert its.outlook.pace is not None
    assert its.outlook.pace.state == "behind"
    assert its.outlook.figures.gap == 14_000 - 20_000
    assert names(its.blocked.deals) == ["Kept"]  # what its buyer promised is late
    assert names(its.late.deals) == ["Next"]
    assert names(its.slipping.deals) == []  # pushed once only
    assert (len(its.agenda.actions), len(its.agenda.commitments)) == (1, 1)
    # open ÷ (quota − won): (100 + 45) ÷ 160, then (50 + 80) ÷ 1,000; no quota beyond
    assert [one.coverage for one in its.coverage] == [14_500 / 16_000, 13_000 / 100_000, None, None]
    assert its.needed is None  # one closed deal makes no rate
    assert its.movement is not None
    assert its.movement.flow.end - its.movement.flow.start == 1_500
    assert its.movement.pushed == (2,)
    assert {week.open for week in its.weeks[-2:]} == {4}


def test_a_scope_is_counted_alone(store: Path) -> None:
    its = whole(store, Scope(owner="Ben"))
    assert names(its.blocked.deals) == []
    assert names(its.late.deals) == ["Next"]
    assert [promise.what for promise in its.agenda.actions] == ["call"]
    assert its.agenda.commitments == ()
    assert its.movement is not None
    assert its.movement.pushed == ()
    assert its.hygiene.open == 2


def test_words_say_it_without_inventing_anything(store: Path) -> None:
    its = whole(store, Scope())
    told = answer(its, "Q")
    assert (told.word, told.number, told.is_enough) == ("BEHIND", "−€60", False)
    assert told.lines[0] == "20% of the quota won · 58% of the time gone"
    by_key = {tile.key: tile for tile in tiles(its)}
    assert by_key["movement"].parts == ("1 pushed",)
    assert by_key["coverage"].mark is None  # nobody knows how much is needed
    assert by_key["blocked"].mark is Severity.HIGH
    assert by_key["late"].rows == (("Next", "overdue 2\u00a0d"),)
    said = sayings(its)
    assert said[0].text == "There is too little data for a diagnosis:"
    assert not any("%" in saying.text for saying in said)
    none = answer(whole(store, Scope(owner="Ana")), "Q")
    assert (none.state, none.word, none.number) == (None, "LANDING", "€100")
    assert "Q sets the quota" in none.lines[1]
