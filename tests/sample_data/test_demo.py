"""The demo's store: this week's, its own, and made once."""

import sqlite3
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pipetui.deals.clock import Clock
from pipetui.exchange import demo
from pipetui.pipeline.learning import learn
from pipetui.pipeline.looking import look
from pipetui.signals.flag import Severity
from pipetui.signals.rules import RULES
from pipetui.store import paths
from pipetui.store.engine import Store
from pipetui.store.reading import read_batches, read_board, read_story

SUNDAY = Clock(fixed=date(2026, 11, 22))
"""In the week of the newest export."""
LATER = Clock(fixed=date(2027, 3, 3))
"""A Wednesday fifteen weeks on."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    demo.build(path, SUNDAY)
    return path


def test_everything_of_the_sample_is_there(built: Path) -> None:
    with Store.open(built) as store:
        board = read_board(store)
        (imported,) = read_batches(store)
    open_deals = [deal for deal in board.deals if deal.status == "open"]
    assert 1_400 <= len(board.deals) <= 1_500
    assert 215 <= len(open_deals) <= 260
    assert not any(deal.missing_since for deal in board.deals)
    assert {deal.team for deal in open_deals} == {
        "Ouest", "Île-de-France", "Sud-Est", "Ardolys Belgique", "Ardolys Partenaires",
    }  # fmt: skip
    assert imported.summary["rejected"] == 0
    assert imported.by == demo.BY
    kinds = {stage.id: stage for stage in board.stages}
    assert {kinds[deal.stage_id].name for deal in open_deals} == {
        "Qualification", "Découverte", "Démo", "Proposition", "Négociation", "Closing",
    }  # fmt: skip
    assert all(kinds[deal.stage_id].kind == deal.status for deal in board.deals)


def test_deals_have_their_past(built: Path) -> None:
    with Store.open(built) as store:
        deals = [deal for deal in read_board(store).deals if deal.source.startswith("salesforce")]
        pushed = max(deals, key=lambda deal: deal.push_count)
        story = read_story(store, pushed.id)
    assert pushed.push_count >= 4
    pushes = [
        event
        for event, *_ in story.events
        if event.field == "close_date" and event.old and event.new > event.old
    ]
    assert len(pushes) == pushed.push_count
    assert all(deal.stage_since and deal.created <= deal.stage_since for deal in deals)
    assert sum(deal.push_count >= 2 for deal in deals if deal.status == "open") >= 15


@pytest.mark.parametrize("day", range(16, 23))
def test_flags_do_not_cry_wolf(built: Path, day: int) -> None:
    """Whichever day of the week it is tried out."""
    clock = Clock(fixed=date(2026, 11, day))
    playbook = demo.playbook(clock)
    with Store.open(built) as store:
        pipeline = look(store, playbook, clock.today(), learn(store, playbook, clock.today()))
    open_deals = [deal for deal in pipeline.deals.values() if deal.counts]
    assert 0.4 < len(pipeline.flags) / len(open_deals) < 0.55
    counts = Counter(flag.name for flags in pipeline.flags.values() for flag in flags)
    assert set(counts) == set(RULES)
    assert counts.most_common(1)[0][1] / len(open_deals) < 0.22


def test_two_owners_have_the_most_severe_flags(built: Path) -> None:
    playbook = demo.playbook(SUNDAY)
    with Store.open(built) as store:
        pipeline = look(store, playbook, SUNDAY.today(), learn(store, playbook, SUNDAY.today()))
    severe = Counter(
        pipeline.deals[key].owner
        for key, flags in pipeline.flags.items()
        if any(flag.severity is Severity.HIGH for flag in flags)
    )
    assert {owner for owner, _count in severe.most_common(2)} == {"Camille Faure", "Thomas Lefèvre"}
    assert len(severe) >= 8


def test_dates_move_by_whole_weeks(built: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.db"
    demo.build(later, LATER)
    with Store.open(built) as before, Store.open(later) as after:
        then = {(deal.source, deal.external_id): deal for deal in read_board(before).deals}
        now = {(deal.source, deal.external_id): deal for deal in read_board(after).deals}
    weeks = timedelta(weeks=15)
    assert set(then) == set(now)
    for key, old in then.items():
        new = now[key]
        assert (new.name, new.account, new.owner, new.amount) == (
            old.name,
            old.account,
            old.owner,
            old.amount,
        )
        assert new.created == old.created + weeks
        assert new.close_date == (old.close_date and old.close_date + weeks)
        assert new.next_step_date == (old.next_step_date and old.next_step_date + weeks)
        assert new.stage_since == (old.stage_since and old.stage_since + weeks)
        assert new.push_count == old.push_count
    newest = max(deal.last_activity for deal in now.values() if deal.last_activity)
    assert newest == date(2027, 2, 26), "the Friday before this week's Monday"


def test_quotas_move_with_the_quarter() -> None:
    def total(clock: Clock, period: str) -> list[int]:
        return [
            int(quota.amount)
            for quota in demo.playbook(clock).quotas
            if quota.period == period and not quota.owner and not quota.team
        ]

    assert total(SUNDAY, "2026-Q4") == [1_390_000]
    assert total(LATER, "2027-Q1") == [1_390_000]
    assert total(LATER, "2027-03") == [390_000]
    assert total(Clock(fixed=date(2026, 12, 2)), "2026-12") == [390_000], "a new month of the same quarter"
    assert total(Clock(fixed=date(2026, 12, 2)), "2026-Q4") == [1_390_000]


def test_it_is_made_once_a_week_and_touches_nothing_else() -> None:
    told: list[float] = []
    path = demo.prepare(SUNDAY, told.append)
    assert told
    assert told == sorted(told)
    assert told[-1] <= 1
    made = path.stat().st_ino
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE deal SET name = 'Mine' WHERE id = 1")
    told.clear()
    assert demo.prepare(Clock(fixed=date(2026, 11, 16)), told.append) == path
    assert (path.stat().st_ino, told) == (made, []), (
        "what was tried out in the demo stays until the week is over"
    )
    demo.prepare(LATER)
    assert path.stat().st_ino != made
    assert not paths.default_store().exists()
    assert sorted(file.name for file in path.parent.iterdir()) == ["demo.db", "demo.json"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_broken_stamp_or_store_is_made_again() -> None:
    path = demo.prepare(SUNDAY)
    path.with_suffix(".json").write_text("{")
    made = path.stat().st_ino
    demo.prepare(SUNDAY)
    assert path.stat().st_ino != made
    path.unlink()
    with demo.open_demo(SUNDAY) as store:
        assert read_board(store).deals


def test_history_lies_before_today(built: Path) -> None:
    with sqlite3.connect(built) as connection:
        ((newest,),) = connection.execute("SELECT max(at) FROM deal_event").fetchall()
    assert datetime.fromisoformat(newest) <= datetime(2026, 11, 23)
