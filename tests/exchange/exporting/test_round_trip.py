"""What is exported and imported again changes nothing; what was changed in between, is changed."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipetui.deals.clock import Clock
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Change
from pipetui.deals.text import TEXT_LIMIT, clean, clean_lines
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.models import Playbook
from pipetui.store.batches import NewDeal, batch
from pipetui.store.engine import Store
from pipetui.store.reading import read_board, read_story, revision
from pipetui.store.writing import apply
from tests.exchange.conftest import Import
from tests.exchange.exporting.conftest import NOW, Export, Looked

BLNS = Path(__file__).parents[2] / "data" / "blns" / "blns.json"
NAUGHTY = [text for text in json.loads(BLNS.read_text(encoding="utf-8")) if clean(text)] + [
    "=1+1",
    "'=1+1",
    "''@x",
    "-",
    "_x0041_",
    "#N/A",
    "(null)",
    "None",
    "Nobody",
    "Total",
    "Copyright",
    "00123",
    "1e5",
    "12,5",
    "sep=;",
    'a "quoted"; text, with | all\t',
]
FORMS = [(form, tongue) for form in ("csv", "xlsx") for tongue in ("en", "fr")]


@pytest.fixture
def naughty(store: Store) -> None:
    """A deal for each naughty string, in every text that a deal has; closed, foreign and bare ones."""
    with batch(store, kind="import", by="claire", at=NOW) as writer:
        source = writer.source_id("=crm", preset="generic", signature="x", mapping={"name": "Name"})
        stages = [
            (writer.stage_id("Sales", name, kind=kind, position=place, probability=0.5), kind)
            for place, (name, kind) in enumerate(
                [("=Demo", "open"), ("@Won", "won"), ("-Lost", "lost")], start=1
            )
        ]
        deals = []
        for n, text in enumerate(NAUGHTY):
            stage_id, status = stages[n % 3]
            texts = dict.fromkeys(("name", "account", "owner", "segment", "lead_source", "kind"), clean(text))
            state: dict[str, Any] = {
                **texts,
                "stage_id": stage_id,
                "status": status,
                "next_step": clean(text, TEXT_LIMIT),
                "description": clean_lines(f"{text}\n{text}"),
                "close_reason": clean(text),
                "currency": ["EUR", "JPY", "TND"][n % 3],
                "created": date(1999, 1, 1 + n % 28),
                "amount": [None, 12345, -999][n % 3],
                "probability": [None, 0.333333, 1.0][n % 3],
                "crm_category": [None, "best_case", "omitted"][n % 3],
            }
            if status != "open":
                state["closed_on"] = date(2026, 11, 3)
            deals.append(NewDeal(source, f"k{n}", f"{n:04}" if n % 2 else "", state))
        writer.create(deals)


def plain(deals: list[Deal]) -> list[tuple[Any, ...]]:
    """What of deals is the same in every store that has them."""
    out = ("id", "version", "stage_id", "stage_since", "moved_on", "set_here", "levels", "crm_category")
    return sorted(tuple(v for k, v in deal._asdict().items() if k not in out) for deal in deals)


@pytest.mark.usefixtures("naughty")
@pytest.mark.parametrize(("form", "tongue"), FORMS)
def test_nothing_is_new_and_nothing_changed(
    store: Store, export: Export, bring: Import, form: str, tongue: str
) -> None:
    before, count = revision(store), len(NAUGHTY)
    report = bring(export(form, tongue), name=f"deals.{form}")
    assert (report.rows, report.new, report.changed, report.unchanged) == (count, 0, 0, count)
    assert (report.missing, report.rejected, report.events) == (0, 0, 0)
    assert revision(store) == before


@pytest.mark.usefixtures("naughty")
@pytest.mark.parametrize(("form", "tongue"), FORMS)
def test_an_empty_store_takes_it_whole_and_a_second_time_nothing(
    store: Store, export: Export, playbook: Playbook, clock: Clock, tmp_path: Path, form: str, tongue: str
) -> None:
    path = tmp_path / f"deals.{form}"
    path.write_bytes(export(form, tongue))
    with Store.open(tmp_path / "other.db") as other:
        report = run_import(other, playbook, clock, [path], by="marc")
        assert (report.new, report.rows) == (len(NAUGHTY), len(NAUGHTY))
        ours, theirs = read_board(store), read_board(other)
        assert plain(theirs.deals) == plain(ours.deals)
        stages = [{stage.id: (stage.name, stage.kind) for stage in each.stages} for each in (ours, theirs)]
        names = [
            sorted((deal.name, known[deal.stage_id], deal.category) for deal in each.deals)
            for each, known in zip((ours, theirs), stages, strict=True)
        ]
        assert names[0] == names[1]
        texts = [
            sorted(read_story(each, deal.id).description for deal in read.deals)
            for each, read in ((store, ours), (other, theirs))
        ]
        assert texts[0] == texts[1]
        again = run_import(other, playbook, clock, [path], by="marc")
        assert (again.new, again.changed) == (0, 0)


CRM = (
    "Id,Name,Owner,Stage,Amount,Close Date\n"
    "1,Portail,Claire,Discovery,500,2026-12-15\n"
    "2,Extranet,Marc,Demo,900,\n"
)


def edited(data: bytes, name: str, **cells: str) -> bytes:
    """A CSV list with some cells of one deal changed."""
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    target = io.StringIO()
    writer = csv.DictWriter(target, list(rows[0]))
    writer.writeheader()
    for row in rows:
        writer.writerow(
            {**row, **({key.replace("_", " "): text for key, text in cells.items()})}
            if row["Deal"] == name
            else row
        )
    return target.getvalue().encode()


def test_what_was_set_here_is_no_change_and_stays_to_be_carried_back(
    store: Store, bring: Import, export: Export, looked: Looked, playbook: Playbook
) -> None:
    from pipetui.exchange.exporting.differing import changes_to_carry

    bring(CRM)
    pipeline = looked()
    deal = next(deal for deal in pipeline.deals.values() if deal.name == "Portail")
    apply(store, [Change(deal.id, deal.version, "amount", 70000)], by="claire", at=NOW, playbook=playbook)
    report = bring(export("csv"))
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    pipeline = looked()
    with store.reading() as run:
        assert [item.field for item in changes_to_carry(run, pipeline, pipeline.deals.values())] == ["amount"]


def test_a_cell_changed_in_the_list_is_changed_here_as_if_by_hand(
    store: Store, bring: Import, export: Export, looked: Looked
) -> None:
    bring(CRM)
    report = bring(
        edited(export("csv"), "Portail", Amount="750.00", Next_step="=call", Forecast_category="upside")
    )
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    deal = next(deal for deal in looked().deals.values() if deal.name == "Portail")
    assert (deal.amount, deal.next_step, deal.rep_category) == (75000, "=call", "upside")
    assert {"amount", "next_step", "rep_category"} <= deal.set_here
    # The CRM has not changed its mind: what was set here stays.
    assert bring(CRM, as_of=date(2026, 11, 23)).changed == 0
    assert next(deal for deal in looked().deals.values() if deal.name == "Portail").amount == 75000


def test_a_stage_changed_in_the_list_takes_the_status_with_it(
    bring: Import, export: Export, looked: Looked
) -> None:
    bring(CRM)
    bring(edited(export("csv"), "Portail", Stage="Lost", Closed_on="2026-11-20"))
    deal = next(deal for deal in looked().deals.values() if deal.name == "Portail")
    assert (deal.status, deal.closed_on) == ("lost", date(2026, 11, 20))


def test_a_deal_changed_since_the_list_was_written_stays_as_it_is(
    store: Store, bring: Import, export: Export, looked: Looked, playbook: Playbook
) -> None:
    bring(CRM)
    written = export("csv")
    deal = next(deal for deal in looked().deals.values() if deal.name == "Portail")
    apply(store, [Change(deal.id, deal.version, "amount", 70000)], by="claire", at=NOW, playbook=playbook)
    report = bring(written)
    assert (report.changed, report.unchanged, report.skipped.total()) == (0, 1, 1)
    assert looked().deals[deal.id].amount == 70000


def test_a_filtered_list_leaves_nothing_missing_and_no_source_behind(
    store: Store, bring: Import, export: Export, looked: Looked
) -> None:
    bring(CRM, source="salesforce")
    header, first, *_rest = export("csv").decode().splitlines(keepends=True)
    report = bring(header + first)
    assert (report.rows, report.unchanged, report.missing) == (1, 1, 0)
    assert {deal.missing_since for deal in looked().deals.values()} == {None}
    assert set(read_board(store).sources) == {"salesforce"}


def test_a_row_added_to_the_list_is_a_new_deal_once(bring: Import, export: Export, looked: Looked) -> None:
    bring(CRM)
    header, *rows = export("csv").decode().splitlines(keepends=True)
    width = header.count(",")
    written = "".join([header, *rows, f",Added,Acme,Marc,,Sales,Demo,open,100.00,EUR{',' * (width - 9)}\r\n"])
    assert (bring(written).new, bring(written).new) == (1, 0)
    assert sorted(deal.name for deal in looked().deals.values()) == ["Added", "Extranet", "Portail"]


def test_equal_ids_of_two_sources_are_two_deals(bring: Import, export: Export, looked: Looked) -> None:
    bring(CRM, source="one")
    bring(CRM.replace("Portail", "Other"), source="two")
    report = bring(export("xlsx"), name="deals.xlsx")
    assert (report.rows, report.new, report.changed, report.unchanged) == (4, 0, 0, 4)


def test_undo_takes_a_changed_list_back(store: Store, bring: Import, export: Export, looked: Looked) -> None:
    from pipetui.store.undoing import undo

    bring(CRM)
    bring(edited(export("csv"), "Portail", Amount="750.00"))
    undo(store, by="claire", at=NOW)
    assert sorted(deal.amount or 0 for deal in looked().deals.values()) == [50000, 90000]
