"""What is to be carried back into the CRM, and where it disagrees."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from pipetui.deals.edits import Change, Close, Move
from pipetui.deals.money import Money
from pipetui.exchange.exporting.differing import Carry, Disagreement, changes_to_carry, disagreements
from pipetui.exchange.exporting.lists import (
    changes_json,
    changes_markdown,
    changes_table,
    conflicts_markdown,
    conflicts_table,
)
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from pipetui.store.undoing import undo
from pipetui.store.writing import apply
from tests.exchange.conftest import Import
from tests.exchange.exporting.conftest import NOW, Looked

HEAD = "Id,Name,Owner,Stage,Amount,Close Date,Next Step\n"
FIRST = f"{HEAD}1,Portail,Claire,Discovery,500,2026-12-15,\n2,[/] *Extra*,,Demo,900,2026-12-20,call\n"
EARLIER, TODAY = date(2026, 11, 20), date(2026, 11, 22)

Do = Callable[..., None]


@pytest.fixture
def edit(store: Store, looked: Looked, playbook: Playbook) -> Do:
    """Sets fields of the deal with an external id."""

    def run(external_id: str, at: datetime = NOW, **fields: Any) -> None:
        deal = next(deal for deal in looked().deals.values() if deal.external_id == external_id)
        edits = [Change(deal.id, deal.version, field, value) for field, value in fields.items()]
        apply(store, edits, by="claire", at=at, playbook=playbook)

    return run


@pytest.fixture
def changes(store: Store, looked: Looked) -> Callable[..., list[Carry]]:
    def run(since: date | None = None) -> list[Carry]:
        pipeline = looked()
        with store.reading() as reading:
            return changes_to_carry(reading, pipeline, pipeline.deals.values(), since)

    return run


@pytest.fixture
def conflicts(store: Store, looked: Looked) -> Callable[[], list[Disagreement]]:
    def run() -> list[Disagreement]:
        pipeline = looked()
        with store.reading() as reading:
            return disagreements(reading, pipeline, pipeline.deals.values())

    return run


def told(found: list[Carry]) -> list[tuple[Any, ...]]:
    return [(item.deal.name, item.field, item.crm, item.ours) for item in found]


def test_what_only_the_crm_changes_is_not_carried(bring: Import, changes: Any) -> None:
    bring(FIRST, as_of=EARLIER)
    bring(FIRST.replace("500", "600"), as_of=TODAY)
    assert changes() == []


def test_changes_by_owner_with_both_values(bring: Import, edit: Do, changes: Any) -> None:
    bring(FIRST, as_of=EARLIER)
    edit("2", next_step="")
    edit("1", amount=70000, close_date=date(2027, 1, 15))
    assert told(changes()) == [
        ("Portail", "amount", Money(50000, "EUR"), Money(70000, "EUR")),
        ("Portail", "close_date", date(2026, 12, 15), date(2027, 1, 15)),
        ("[/] *Extra*", "next_step", "call", None),
    ]
    assert {(item.by, item.on) for item in changes()} == {("claire", TODAY)}


def test_a_later_import_that_confirms_takes_it_off_the_list(bring: Import, edit: Do, changes: Any) -> None:
    bring(FIRST, as_of=EARLIER)
    edit("1", amount=70000, next_step="demo")
    bring(FIRST.replace("500", "700"), as_of=TODAY)
    assert [item.field for item in changes()] == ["next_step"]


def test_undo_takes_it_off_the_list(store: Store, bring: Import, edit: Do, changes: Any) -> None:
    bring(FIRST, as_of=EARLIER)
    edit("1", amount=70000)
    undo(store, by="claire", at=NOW)
    assert changes() == []


def test_set_back_to_what_the_crm_says_it_is_done(bring: Import, edit: Do, changes: Any) -> None:
    bring(FIRST, as_of=EARLIER)
    edit("1", amount=70000)
    edit("1", amount=50000)
    assert changes() == []


def test_since_a_day(bring: Import, edit: Do, changes: Any) -> None:
    bring(FIRST, as_of=date(2026, 11, 1))
    edit("1", at=datetime(2026, 11, 10, 9), amount=70000)
    edit("1", at=datetime(2026, 11, 20, 9), next_step="demo")
    assert [item.field for item in changes(date(2026, 11, 20))] == ["next_step"]
    assert [item.field for item in changes(date(2026, 11, 21))] == []
    assert len(changes(date(2026, 11, 10))) == 2


def test_a_move_is_carried_as_a_stage_and_a_closing_with_its_day(
    store: Store, bring: Import, edit: Do, changes: Any, looked: Looked, playbook: Playbook
) -> None:
    bring(FIRST, as_of=EARLIER)
    edit("2", close_date=date(2027, 1, 31))  # of no interest any more, once it is closed
    pipeline = looked()
    stages = {stage.name: stage.id for stage in pipeline.stages.values()}
    deals = {deal.external_id: deal for deal in pipeline.deals.values()}
    one, two = deals["1"], deals["2"]
    edits = [
        Move(one.id, one.version, stages["Demo"], "agreed"),
        Close(two.id, two.version, stages["Lost"], date(2026, 11, 20), "Price"),
    ]
    apply(store, edits, by="claire", at=NOW, playbook=playbook)
    assert told(changes()) == [
        ("Portail", "stage", "Discovery", "Demo"),
        ("[/] *Extra*", "stage", "Demo", "Lost"),
        ("[/] *Extra*", "closed", date(2026, 12, 20), date(2026, 11, 20)),
        ("[/] *Extra*", "loss_reason", None, "Price"),
    ]
    assert [item.in_export for item in changes()] == [True, True, True, False]
    # The CRM has one date for both: once it says the day of the closing, nothing is left of it.
    bring(
        f"{HEAD}1,Portail,Claire,Demo,500,2026-12-15,\n2,[/] *Extra*,,Lost,900,2026-11-20,call\n", as_of=TODAY
    )
    assert [item.field for item in changes()] == ["loss_reason"]


def test_the_category_in_force_is_carried(bring: Import, edit: Do, changes: Any) -> None:
    bring("Id,Name,Stage,Forecast Category\n1,A,Demo,Commit\n2,B,Demo,Upside\n")
    edit("1", rep_category="upside")
    edit("1", manager_category="best_case")
    edit("2", rep_category="upside")
    assert told(changes()) == [("A", "category", "commit", "best_case")]


def test_conflicts_are_listed_until_one_side_is_chosen(
    store: Store, bring: Import, edit: Do, conflicts: Any, playbook: Playbook, looked: Looked
) -> None:
    from pipetui.deals.edits import Settle

    bring(FIRST, as_of=EARLIER)
    edit("1", amount=70000)
    assert conflicts() == []
    bring(FIRST.replace("500", "600"), as_of=TODAY)
    (found,) = conflicts()
    assert (found.deal.name, found.field, found.ours, found.crm, found.since) == (
        "Portail", "amount", Money(70000, "EUR"), Money(60000, "EUR"), TODAY,
    )  # fmt: skip
    assert conflicts_table([found]).rows == [
        ("Claire", "Portail", "", "1", "Amount (EUR)", found.crm, found.ours, TODAY)
    ]
    text = "\n".join(conflicts_markdown([found], TODAY))
    assert "    - Amount: here **€700.00**, in the CRM **€600.00** since 2026-11-22" in text
    deal = looked().deals[found.deal.id]
    apply(store, [Settle(deal.id, "amount", "ours")], by="claire", at=NOW, playbook=playbook)
    assert conflicts() == []


def test_as_markdown_to_tick_off(bring: Import, edit: Do, changes: Any) -> None:
    bring(FIRST, as_of=EARLIER)
    edit("1", amount=70000, close_date=None)
    edit("2", next_step="mail\nboss")
    assert list(changes_markdown(changes(), TODAY)) == [
        "# Changes to carry back into the CRM · 2026-11-22",
        "",
        "## Claire",
        "",
        "- [ ] **Portail · 1**",
        "    - Amount: €500.00 → **€700.00** (2026-11-22, claire)",
        "    - Expected close: 2026-12-15 → **(empty)** (2026-11-22, claire)",
        "",
        "## Nobody",
        "",
        r"- [ ] **\[/\] \*Extra\* · 2**",
        "    - Next step: call → **mail boss** (2026-11-22, claire)",
    ]


def test_nothing_to_carry_is_said(bring: Import, changes: Any) -> None:
    bring(FIRST, as_of=EARLIER)
    assert (
        list(changes_markdown(changes(), TODAY))[-1] == "Nothing: the CRM has everything that was set here."
    )


def test_as_a_table_and_as_json(bring: Import, edit: Do, changes: Any) -> None:
    bring(FIRST, as_of=EARLIER)
    edit("1", amount=70000)
    table = changes_table(changes())
    assert table.header == ("Owner", "Deal", "Account", "ID", "Field", "In the CRM", "Here", "Set on", "By")
    assert table.rows == [
        (
            "Claire",
            "Portail",
            "",
            "1",
            "Amount (EUR)",
            Money(50000, "EUR"),
            Money(70000, "EUR"),
            TODAY,
            "claire",
        )
    ]
    said = changes_json(changes(), TODAY)
    assert said["as_of"] == TODAY
    (change,) = said["changes"]
    assert (change["field"], change["crm"], change["ours"], change["currency"]) == ("amount", 500, 700, "EUR")
    assert change["in_export"] is True
