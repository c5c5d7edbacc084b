"""A field that was set here and changed in the CRM since: kept, told, settled for either side, undone."""

from datetime import date, datetime

import pytest

from pipetui.deals.deal import Deal
from pipetui.deals.edits import Change, Close, Settle
from pipetui.playbook.models import Playbook
from pipetui.store.conflicts import Conflict, read_conflicts
from pipetui.store.engine import Store
from pipetui.store.reading import changed_since, read_board, revision
from pipetui.store.undoing import redo, undo
from pipetui.store.writing import apply
from tests.exchange.conftest import Import

FIRST, SECOND, THIRD = date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20)
NOW = datetime(2026, 11, 22, 9)


def lines(*rows: str) -> str:
    return "\n".join(("Opportunity ID,Opportunity Name,Stage,Amount,Close Date", *rows, ""))


def only(store: Store) -> Deal:
    (deal,) = read_board(store).deals
    return deal


@pytest.fixture
def disputed(store: Store, bring: Import, playbook: Playbook) -> Store:
    """The amount was 100, is 777 here and 150 in the CRM."""
    bring(lines("1,A,Demo,100,2026-12-01"), as_of=FIRST)
    edit = Change(only(store).id, 1, "amount", 77_700)
    apply(store, [edit], by="claire", at=datetime(2026, 11, 10, 9), playbook=playbook)
    report = bring(lines("1,A,Demo,150,2026-12-24"), as_of=SECOND)
    assert (report.changed, report.conflicts) == (1, 1)
    assert only(store).close_date == date(2026, 12, 24), "what nobody set here follows the CRM"
    return store


def waiting(store: Store) -> list[tuple[str, object, object]]:
    return [(item.field, item.ours, item.theirs) for item in read_conflicts(store)]


def test_the_local_value_is_in_force_until_it_is_settled(disputed: Store) -> None:
    deal = only(disputed)
    assert deal.amount == 77_700
    assert read_conflicts(disputed) == [Conflict(deal.id, "amount", 77_700, 15_000, datetime(2026, 11, 13))]


@pytest.mark.parametrize(("keep", "amount"), [("ours", 77_700), ("theirs", 15_000)])
def test_either_side_is_one_step_that_can_be_undone(
    disputed: Store, playbook: Playbook, keep: str, amount: int
) -> None:
    deal, before = only(disputed), revision(disputed)
    settle = Settle(deal.id, "amount", keep)  # type: ignore[arg-type]
    done = apply(disputed, [settle], by="claire", at=NOW, playbook=playbook)
    assert done.deal_ids == changed_since(disputed, before).deal_ids == (deal.id,)
    assert (only(disputed).amount, waiting(disputed)) == (amount, [])
    assert undo(disputed, by="claire", at=NOW).deal_ids == (deal.id,)
    assert (only(disputed).amount, waiting(disputed)) == (77_700, [("amount", 77_700, 15_000)])
    redo(disputed, by="claire", at=NOW)
    assert (only(disputed).amount, waiting(disputed)) == (amount, [])


def test_what_was_settled_stays_so_until_the_crm_changes_again(
    disputed: Store, bring: Import, playbook: Playbook
) -> None:
    apply(disputed, [Settle(only(disputed).id, "amount", "ours")], by="claire", at=NOW, playbook=playbook)
    assert bring(lines("1,A,Demo,150,2026-12-24"), as_of=THIRD).conflicts == 0
    assert waiting(disputed) == []
    assert bring(lines("1,A,Demo,160,2026-12-24"), as_of=date(2026, 11, 21)).conflicts == 1
    assert waiting(disputed) == [("amount", 77_700, 16_000)]


def test_a_crm_that_comes_round_settles_it(disputed: Store, bring: Import) -> None:
    assert bring(lines("1,A,Demo,777,2026-12-24"), as_of=THIRD).conflicts == 0
    assert (only(disputed).amount, waiting(disputed)) == (77_700, [])
    undo(disputed, by="claire", at=NOW)
    assert waiting(disputed) == [("amount", 77_700, 15_000)]


def test_undoing_the_import_takes_the_conflict_back(disputed: Store) -> None:
    undo(disputed, by="claire", at=NOW)
    assert (only(disputed).amount, waiting(disputed)) == (77_700, [])


def test_stage_status_and_date_of_closing_are_settled_together(
    store: Store, bring: Import, playbook: Playbook
) -> None:
    bring(lines("1,A,Demo,100,2026-12-01"), as_of=FIRST)
    lost = next(stage for stage in read_board(store).stages if stage.kind == "lost")
    close = Close(only(store).id, 1, lost.id, date(2026, 11, 10), "price")
    apply(store, [close], by="claire", at=datetime(2026, 11, 10, 9), playbook=playbook)
    bring(lines("1,A,Closed Won,100,2026-11-12"), as_of=SECOND)
    assert (only(store).status, only(store).stage_id) == ("lost", lost.id)
    assert {field for field, _ours, _theirs in waiting(store)} >= {"stage_id", "status"}
    apply(store, [Settle(only(store).id, "status", "theirs")], by="claire", at=NOW, playbook=playbook)
    won = next(stage for stage in read_board(store).stages if stage.kind == "won")
    assert (only(store).status, only(store).stage_id, waiting(store)) == ("won", won.id, [])
