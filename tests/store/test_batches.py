import json
from datetime import date, timedelta

import pytest

from pipetui.deals.fields import Value
from pipetui.store.batches import FieldChange, NewDeal, Reject, batch
from pipetui.store.changing import Stale
from pipetui.store.engine import Store
from pipetui.store.reading import read_batches, read_board, read_sources, read_story
from pipetui.store.undoing import undo
from tests.store.making import DISCOVERY, NOON, PROPOSAL, bring, deal_of, report, rows

EVERYTHING: dict[str, Value] = {
    "name": "Migration [/] 🚀",
    "account": "Société Générale",
    "owner": "Claire",
    "stage_id": PROPOSAL,
    "status": "open",
    "amount": 9_007_199_254_740_993,
    "currency": "EUR",
    "probability": 0.0,
    "created": date(2026, 1, 2),
    "close_date": date(2026, 12, 31),
    "closed_on": date(2026, 12, 30),
    "close_reason": "price",
    "crm_category": "commit",
    "rep_category": "best_case",
    "manager_category": "upside",
    "next_step": "call",
    "next_step_date": date(2026, 11, 30),
    "last_activity": date(2026, 11, 1),
    "last_stage_change": date(2026, 10, 1),
    "missing_since": date(2026, 11, 2),
    "resume_on": date(2027, 1, 1),
    "segment": "SMB",
    "lead_source": "Web",
    "kind": "New",
    "description": "one\ntwo",
    "levels": "0123000",
}


def test_what_an_export_says_is_what_is_read(store: Store) -> None:
    (id_,) = bring(store, EVERYTHING)
    deal = deal_of(store, id_)
    for field, value in EVERYTHING.items():
        if field not in ("description", "last_stage_change"):
            assert getattr(deal, field) == value, field
    assert (deal.source, deal.external_id, deal.version) == ("crm", "ID-1", 1)
    assert deal.stage_since == date(2026, 10, 1)
    assert read_story(store, id_).description == "one\ntwo"


def test_zero_is_a_value_and_nothing_is_not(store: Store) -> None:
    zero, nothing = bring(store, {"amount": 0, "probability": 0}, {"amount": None, "probability": None})
    assert (deal_of(store, zero).amount, deal_of(store, zero).probability) == (0, 0)
    assert (deal_of(store, nothing).amount, deal_of(store, nothing).probability) == (None, None)


def test_owners_and_accounts_are_found_again(store: Store) -> None:
    bring(store, {"owner": "Claire", "account": "Acme"}, {"owner": "Claire", "account": "Acme"})
    bring(store, {"owner": "Claire", "account": "Acme"}, {"owner": "Marc", "account": ""})
    assert [row["name"] for row in rows(store, "SELECT name FROM owner ORDER BY id")] == ["Claire", "Marc"]
    assert [row["name"] for row in rows(store, "SELECT name FROM account")] == ["Acme"]
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        claire = writer.owner_id("Claire", team="North")
        assert writer.owner_id("Claire") == claire, "no team named: it keeps its team"
        assert (writer.owner_id(""), writer.account_id("")) == (None, None)
        assert writer.account_id("Acme") == writer.account_id("Acme")
    assert deal_of(store, 1).team == "North"


def test_a_stage_is_found_by_its_name_whatever_case_and_accents(store: Store) -> None:
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        new = writer.stage_id("Sales", "Étude", kind="open", position=150, probability=0.2)
        assert writer.stage_id("SALES", "etude ", kind="open", position=999, probability=0.9) == new
        assert writer.stage_id("Sales", "DISCOVERY", kind="open", position=999, probability=0.9) == DISCOVERY
        elsewhere = writer.stage_id("Renewals", "Étude", kind="open", position=1, probability=0.5)
        assert elsewhere != new
    stages = read_board(store).stages
    assert [stage.name for stage in stages if stage.pipeline == "Sales"][:3] == [
        "Discovery",
        "Étude",
        "Proposal",
    ]
    assert next(stage for stage in stages if stage.id == new).probability == 0.2


def test_a_stage_takes_the_crms_own_name_unless_it_is_taken(store: Store) -> None:
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        writer.rename_stage(PROPOSAL, "Proposal/Price Quote")
        writer.rename_stage(DISCOVERY, "closing")
        found = writer.stage_id("Sales", "proposal/price quote", kind="open", position=9, probability=0)
        assert found == PROPOSAL
    names = [stage.name for stage in read_board(store).stages]
    assert names == ["Discovery", "Proposal/Price Quote", "Closing", "Won", "Lost"]


def test_a_version_grows_once_a_batch(store: Store) -> None:
    (id_,) = bring(store, {"amount": 1})
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        writer.change([FieldChange(id_, "amount", 1, 2, NOON), FieldChange(id_, "segment", "", "SMB", NOON)])
        writer.change([FieldChange(id_, "amount", 2, 3, NOON)])
    deal = deal_of(store, id_)
    assert (deal.version, deal.amount, deal.segment) == (2, 3, "SMB")


def test_what_changes_nothing_leaves_no_trace(store: Store) -> None:
    (id_,) = bring(store, {"amount": 1, "segment": ""})
    before = deal_of(store, id_)
    report(store, id_, "amount", 1, 1)
    report(store, id_, "segment", None, "")
    assert deal_of(store, id_) == before
    assert len(rows(store, "SELECT * FROM deal_event")) == 1


def test_a_change_that_rests_on_another_value_is_refused_with_the_name(store: Store) -> None:
    ids = bring(store, {}, {"amount": 1, "name": "Acme renewal"})

    def outdated() -> None:
        with batch(store, kind="import", by="claire", at=NOON) as writer:
            writer.change([FieldChange(ids[0], "segment", None, "SMB", NOON)])
            writer.change([FieldChange(ids[1], "amount", 999, 2, NOON)])

    with pytest.raises(Stale, match="“Acme renewal” was changed meanwhile"):
        outdated()
    assert deal_of(store, ids[0]).segment == "", "all of a batch or nothing"


def test_more_deals_than_one_portion(store: Store) -> None:
    count = 10_050
    ids = bring(store, *[{"amount": number, "owner": f"Owner {number % 7}"} for number in range(count)])
    assert len(set(ids)) == count
    with batch(store, kind="import", by="claire", at=NOON) as writer:
        writer.change([FieldChange(id_, "amount", n, n + 1, NOON) for n, id_ in enumerate(ids)])
    deals = read_board(store).deals
    assert sorted(deal.amount or 0 for deal in deals) == list(range(1, count + 1))
    assert {deal.version for deal in deals} == {2}


def test_what_an_import_saw_and_could_not_read_is_kept(store: Store) -> None:
    with batch(store, kind="import", by="claire", at=NOON, as_of=NOON) as writer:
        source = writer.source_id(
            "crm", preset="hubspot", signature="a|b", mapping={"name": "Deal", "amount": ""}
        )
        (id_,) = writer.create([NewDeal(source, "1", "1", {"name": "A", "stage_id": DISCOVERY})])
        writer.observe([(source, id_, NOON, '{"name":"A"}')])
        writer.qualify([(id_, "need", "they said so")])
        writer.note(id_, "hello")
        writer.reject([Reject(7, "Amount", "abc", "no number", ["B", "abc"])])
        writer.summary["rows"] = 2
    (seen,) = rows(store, "SELECT * FROM observation")
    assert (seen["row"], seen["batch_id"]) == ('{"name":"A"}', 1)
    (rejected,) = rows(store, "SELECT * FROM rejected_row")
    assert (rejected["line"], rejected["column"], json.loads(rejected["row"])) == (7, "Amount", ["B", "abc"])
    story = read_story(store, id_)
    assert story.texts == {"need": "they said so"}
    assert [(note.text, note.by, note.at) for note in story.notes] == [("hello", "claire", NOON)]
    (record,) = read_batches(store)
    assert (record.source, record.summary, record.deals, record.events) == ("crm", {"rows": 2}, 1, 1)
    assert read_sources(store)["crm"].mapped == {"name"}


def test_a_source_remembers_how_it_was_read_last(store: Store) -> None:
    for as_of, mapping in (
        (NOON, {"name": "Deal"}),
        (NOON + timedelta(7), {"name": "Titre", "amount": "Montant"}),
    ):
        with batch(store, kind="import", by="claire", at=NOON, as_of=as_of) as writer:
            assert writer.source_id("crm", preset="generic", signature="s", mapping=mapping) == 1
    facts = read_sources(store)["crm"]
    assert facts.mapped == {"name", "amount"}
    assert facts.as_of == NOON + timedelta(7)


def test_what_is_undone_was_not_the_newest_export(store: Store) -> None:
    bring(store, {}, at=NOON)
    bring(store, {}, at=NOON + timedelta(7))
    undo(store, by="claire", at=NOON + timedelta(8))
    assert read_sources(store)["crm"].as_of == NOON
