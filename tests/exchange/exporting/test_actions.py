"""Commitments of buyers and actions of ours, as every program reads them."""

import csv
import io
from datetime import date, datetime

import pytest
from icalendar import Calendar, Event
from python_calamine import CalamineWorkbook

from pipetui import language
from pipetui.deals.clock import Clock
from pipetui.deals.edits import Undertake
from pipetui.exchange.exporting.actions import actions_json, actions_markdown, actions_table
from pipetui.exchange.exporting.calendar import calendar, promise_events
from pipetui.exchange.exporting.delimited import csv_lines
from pipetui.exchange.exporting.undertakings import Undertaking
from pipetui.exchange.exporting.workbook import xlsx_bytes
from pipetui.store.batches import batch
from pipetui.store.engine import Store
from pipetui.store.undoing import redo, undo
from tests.exchange.conftest import Import
from tests.exchange.exporting.conftest import NOW, Do, Looked, Undertaken

TODAY = date(2026, 11, 22)
CRM = (
    "Id,Name,Account,Owner,Stage,Amount\n"
    "1,Portail,Nordimat,Claire,Discovery,500\n"
    "2,[/] *Extra*,=Lens,,Demo,900\n"
    "3,Sold,Béthune,Marc,Won,100\n"
)


@pytest.fixture
def four(bring: Import, undertake: Do, undertaken: Undertaken) -> None:
    """One late, one ahead, one kept, one without a date."""
    bring(CRM)
    undertake("2", "action", "+33 call", "Hugo")
    undertake("1", "commitment", "validate the annex; sign", "their DPO", date(2026, 11, 20))
    undertake("1", "action", "send the contract", "Claire", date(2026, 11, 27))
    undertake("3", "commitment", "pay", "", date(2026, 11, 10))
    (paid,) = (its.promise for its in undertaken() if its.promise.what == "pay")
    undertake("3", "commitment", "pay", "", date(2026, 11, 10), "kept", thread=paid.thread)


def whats(found: list[Undertaking]) -> list[str]:
    return [its.promise.what for its in found]


@pytest.mark.usefixtures("four")
def test_what_is_open_comes_first_then_by_date(undertaken: Undertaken) -> None:
    assert whats(undertaken()) == ["validate the annex; sign", "send the contract", "+33 call", "pay"]


@pytest.mark.usefixtures("four")
def test_only_what_counts(store: Store, undertake: Do, undertaken: Undertaken) -> None:
    (call,) = (its.promise for its in undertaken() if its.promise.what == "+33 call")
    undertake("2", "action", "+33 call", "Hugo", thread=call.thread, state="dropped")
    assert "+33 call" not in whats(undertaken())
    undo(store, by="claire", at=NOW)
    assert "+33 call" in whats(undertaken())
    undo(store, by="claire", at=NOW)  # that the buyer has paid
    assert {its.promise.what: its.promise.state for its in undertaken()}["pay"] == "open"
    undo(store, by="claire", at=NOW)
    assert "pay" not in whats(undertaken())
    redo(store, by="claire", at=NOW)
    assert "pay" in whats(undertaken())


def test_what_an_undone_import_brought_has_no_actions(
    store: Store, bring: Import, undertake: Do, undertaken: Undertaken
) -> None:
    bring(CRM)
    undertake("1", "action", "call")
    for _each in range(2):
        undo(store, by="claire", at=NOW)
    assert undertaken() == []


def test_since_the_day_it_was_written_or_settled(
    bring: Import, undertake: Do, undertaken: Undertaken
) -> None:
    bring(CRM)
    undertake("1", "action", "call", at=datetime(2026, 11, 10, 9))
    undertake("1", "action", "mail", at=datetime(2026, 11, 12, 9))
    (call,) = (its.promise for its in undertaken() if its.promise.what == "call")
    undertake("1", "action", "call", thread=call.thread, state="kept", at=datetime(2026, 11, 20, 9))
    assert whats(undertaken(since=date(2026, 11, 13))) == ["call"]
    assert whats(undertaken(since=date(2026, 11, 12))) == ["mail", "call"]
    assert whats(undertaken(since=date(2026, 11, 21))) == []


def in_no_deal(store: Store) -> None:
    """What a meeting leaves: an action that concerns no single deal."""
    with batch(store, kind="edit", by="claire", at=NOW) as writer:
        writer.undertake([Undertake(None, "action", "book a room", "Hugo", date(2026, 11, 24))])  # type: ignore[arg-type]


def test_what_concerns_no_single_deal_stands_under_who_does_it(
    store: Store, bring: Import, undertaken: Undertaken
) -> None:
    bring(CRM)
    in_no_deal(store)
    assert undertaken() == []
    found = undertaken(with_loose=True)
    assert actions_table(found, TODAY).rows[0][:4] == ("Hugo", "", "", "")
    (record,) = actions_json(found, TODAY)["actions"]
    assert (record["deal"], record["owner"], record["what"]) == (None, "Hugo", "book a room")
    assert list(actions_markdown(found, TODAY))[2:] == [
        "## Hugo",
        "",
        "**Our actions**",
        "",
        "- [ ] Tuesday 24 Nov: book a room",
    ]


@pytest.mark.usefixtures("four")
def test_as_csv(undertaken: Undertaken) -> None:
    data = b"".join(csv_lines(actions_table(undertaken(), TODAY))).decode()
    late, ahead, undated, kept = csv.DictReader(io.StringIO(data, newline=""))
    assert late == {
        "Owner": "Claire",
        "Deal": "Portail",
        "Account": "Nordimat",
        "ID": "1",
        "Kind": "commitment",
        "Who": "their DPO",
        "What": "validate the annex; sign",
        "Due": "2026-11-20",
        "State": "open",
        "Late": "yes",
        "Changed on": "2026-11-22",
    }
    assert (ahead["Kind"], ahead["Late"]) == ("action", "no")
    assert (undated["Account"], undated["What"], undated["Due"]) == ("'=Lens", "'+33 call", "")
    assert (kept["State"], kept["Late"]) == ("kept", "no")


@pytest.mark.usefixtures("four")
def test_as_xlsx_in_french(undertaken: Undertaken) -> None:
    language.use("fr")
    data = xlsx_bytes(actions_table(undertaken(), TODAY), NOW)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    header, late, *_others = sheet.to_python()
    assert header[:4] == ["Commercial", "Affaire", "Compte", "ID"]
    assert header[4:] == ["Nature", "Qui", "Quoi", "Échéance", "État", "En retard", "Modifié le"]
    assert late[4:] == [
        "engagement", "their DPO", "validate the annex; sign", date(2026, 11, 20), "en cours", "oui", TODAY,
    ]  # fmt: skip


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("tongue", ["en", "fr"])
def test_json_is_the_same_in_every_language(undertaken: Undertaken, looked: Looked, tongue: str) -> None:
    language.use(tongue)
    found = undertaken()
    said = actions_json(found, TODAY)
    assert said["as_of"] == TODAY
    portail = next(deal for deal in looked().deals.values() if deal.external_id == "1")
    assert said["actions"][0] == {
        "id": found[0].promise.thread,
        "deal": portail.id,
        "source": portail.source,
        "external_id": "1",
        "name": "Portail",
        "account": "Nordimat",
        "owner": "Claire",
        "kind": "commitment",
        "who": "their DPO",
        "what": "validate the annex; sign",
        "due": date(2026, 11, 20),
        "state": "open",
        "late": True,
        "changed_on": TODAY,
    }
    assert [(its["state"], its["late"]) for its in said["actions"][1:]] == [
        ("open", False), ("open", False), ("kept", False),
    ]  # fmt: skip


@pytest.mark.usefixtures("four")
def test_as_markdown_owner_by_owner(undertaken: Undertaken) -> None:
    assert list(actions_markdown(undertaken(), TODAY)) == [
        "# Commitments and actions · Sunday 22 Nov",
        "",
        "## Claire",
        "",
        "**Our actions**",
        "",
        "- [ ] Friday 27 Nov: send the contract — Portail (Nordimat)",
        "",
        "**The buyers' commitments**",
        "",
        "- [ ] Friday 20 Nov: validate the annex; sign (their DPO) — Portail (Nordimat) · **2 days late**",
        "",
        "## Marc",
        "",
        "**The buyers' commitments**",
        "",
        "- [x] Tuesday 10 Nov: pay — Sold (Béthune)",
        "",
        "## Nobody",
        "",
        "**Our actions**",
        "",
        r"- [ ] no date: +33 call (Hugo) — \[/\] \*Extra\* (=Lens)",
    ]


@pytest.mark.usefixtures("four")
def test_as_markdown_in_french(undertaken: Undertaken) -> None:
    language.use("fr")
    lines = list(actions_markdown(undertaken(), TODAY))
    assert lines[0] == "# Engagements et actions · dimanche 22 nov."
    assert "**Nos actions**" in lines
    assert (
        "- [ ] vendredi 20 nov.\u00a0: validate the annex; sign (their DPO) — Portail (Nordimat) · "
        "**en retard de 2 jours**"
    ) in lines


def test_nothing_undertaken_is_said(undertaken: Undertaken) -> None:
    assert list(actions_markdown(undertaken(), TODAY))[-1] == "Nothing: nobody has undertaken anything."


def events(looked: Looked, undertaken: Undertaken) -> dict[str, Event]:
    data = b"".join(calendar("Actions", promise_events(looked(), undertaken()), Clock(fixed=TODAY)))
    assert max(map(len, data.split(b"\r\n"))) <= 75
    return {str(event["uid"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


@pytest.mark.usefixtures("four")
def test_as_all_day_events_of_what_is_dated(looked: Looked, undertaken: Undertaken) -> None:
    late, ahead, kept = events(looked, undertaken).values()
    assert str(late["summary"]) == "their DPO: validate the annex; sign · Portail — Nordimat"
    assert (late["dtstart"].dt, late["dtend"].dt) == (date(2026, 11, 20), date(2026, 11, 21))
    assert late["dtstart"].params["VALUE"] == "DATE"
    assert late["description"] == "Commitment: open\nOwner: Claire\nStage: Discovery\nAmount: €500.00"
    assert str(ahead["summary"]) == "Claire: send the contract · Portail — Nordimat"
    assert str(kept["summary"]) == "✓ pay · Sold — Béthune"


@pytest.mark.usefixtures("four")
def test_an_event_keeps_its_uid_and_counts_up_whatever_becomes_of_it(
    store: Store, looked: Looked, undertake: Do, undertaken: Undertaken
) -> None:
    before = events(looked, undertaken)
    assert len(before) == 3
    (sent,) = (its.promise for its in undertaken() if its.promise.what == "send the contract")
    late = date(2026, 12, 4)
    undertake("1", "action", "send it", "Marc", late, "broken", thread=sent.thread)
    after = events(looked, undertaken)
    assert before.keys() == after.keys()
    (uid,) = (uid for uid in after if after[uid]["summary"] != before[uid]["summary"])
    assert str(after[uid]["summary"]) == "✗ Marc: send it · Portail — Nordimat"
    assert after[uid]["dtstart"].dt == late
    undo(store, by="claire", at=NOW)
    undone = events(looked, undertaken)
    assert undone.keys() == before.keys()
    assert undone[uid]["summary"] == before[uid]["summary"]
    assert undone[uid]["sequence"] > after[uid]["sequence"] > before[uid]["sequence"]


def test_two_stores_do_not_share_a_uid(
    store: Store, bring: Import, undertake: Do, undertaken: Undertaken
) -> None:
    bring(CRM)
    undertake("1", "action", "call")
    (one,) = undertaken()
    undo(store, by="claire", at=NOW)
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM promise")  # as it is in a store that begins anew
    undertake("1", "action", "mail")
    (other,) = undertaken()
    assert one.promise.thread == other.promise.thread
    assert one.uid != other.uid
