"""Stage histories beside the deals."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.run import run_import
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from pipetui.store.reading import read_board, read_story
from tests.exchange.conftest import Import
from tests.exchange.test_real_files import DATA

DEALS = (
    "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Created Date\n"
    "1,A,Proposal,300,2026-12-20,2026-08-01\n2,B,Demo,50,2026-12-01,2026-09-01\n"
)
REPORT = (
    "Opportunity ID,Opportunity Name,From Stage,To Stage,Last Modified,Amount,Close Date\n"
    "1,A,Discovery,Demo,2026-09-10 09:00,100,2026-11-01\n"
    "1,A,Demo,Demo,2026-10-01 09:00,300,2026-12-20\n"
    "1,A,Demo,Proposal,2026-10-15 09:00,300,2026-12-20\n"
)


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content)
    return path


def past(store: Store, name: str) -> list[tuple[str, datetime, str | None, str | None]]:
    """(field, at, old, new) of a deal's history, stages by name."""
    board = read_board(store)
    stages = {str(stage.id): stage.name for stage in board.stages}
    (deal,) = (deal for deal in board.deals if deal.name == name)
    events = [told.event for told in read_story(store, deal.id).events if told.event.origin == "history"]
    return [
        (
            event.field,
            event.at,
            stages.get(event.old or "", event.old),
            stages.get(event.new or "", event.new),
        )
        if event.field == "stage_id"
        else (event.field, event.at, event.old, event.new)
        for event in sorted(events, key=lambda event: (event.at, event.id))
    ]


def test_stages_amounts_and_dates_from_a_report(store: Store, bring: Import, tmp_path: Path) -> None:
    report = bring(DEALS, history=[write(tmp_path, "history.csv", REPORT)])
    assert (report.rows, report.history_rows) == (2, 3)
    assert past(store, "A") == [
        ("stage_id", datetime(2026, 8, 1), None, "Discovery"),
        ("stage_id", datetime(2026, 9, 10, 9), "Discovery", "Demo"),
        ("amount", datetime(2026, 10, 1, 9), "10000", "30000"),
        ("close_date", datetime(2026, 10, 1, 9), "2026-11-01", "2026-12-20"),
        ("stage_id", datetime(2026, 10, 15, 9), "Demo", "Proposal"),
    ]
    deal = next(deal for deal in read_board(store).deals if deal.name == "A")
    assert (deal.stage_since, deal.push_count, deal.moved_on) == (date(2026, 10, 15), 1, date(2026, 10, 15))


def test_twice_tells_nothing_new(store: Store, bring: Import, tmp_path: Path) -> None:
    history = write(tmp_path, "history.csv", REPORT)
    bring(DEALS, history=[history])
    before = past(store, "A")
    again = bring(DEALS, history=[history])
    assert (again.events, past(store, "A")) == (0, before)


def test_a_history_among_the_files_is_taken_as_one(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    paths = [write(tmp_path, "history.csv", REPORT), write(tmp_path, "deals.csv", DEALS)]
    report = run_import(store, playbook, clock, paths, by="claire")
    assert (report.rows, report.history_rows, report.events) == (2, 3, 7)


def test_what_does_not_fit_is_told_and_never_invented(store: Store, bring: Import, tmp_path: Path) -> None:
    history = (
        "deal_id,from_stage,to_stage,transition_date\n"
        "2,Discovery,Proposal,2026-10-01\n9,Discovery,Demo,2026-10-01\n1,Demo,Proposal,2026-11-21\n1,Demo,,2026-10-10\n"
    )
    report = bring(DEALS, history=[write(tmp_path, "history.csv", history)], as_of=date(2026, 11, 20))
    said = "\n".join(report.warnings)
    assert "1 deal that is not in the export" in said
    assert "the last stage of 1 deal is not the one it is in, such as “B”" in said
    assert "1 row is later than the export" in said
    assert "line 5" in said
    assert past(store, "A") == []
    deal = next(deal for deal in read_board(store).deals if deal.name == "B")
    assert next(stage.name for stage in read_board(store).stages if stage.id == deal.stage_id) == "Demo"


def test_the_object_dump(store: Store, bring: Import) -> None:
    folder = DATA / "salesforce_devorg"
    report = bring(folder / "Opportunity.csv", history=[folder / "OpportunityHistory.csv"])
    assert report.history_rows == 48
    with (folder / "OpportunityHistory.csv").open(newline="") as source:
        rows = sorted(
            csv.DictReader(source), key=lambda row: datetime.strptime(row["CreatedDate"], "%m/%d/%y %I:%M %p")
        )
    expected: dict[str, list[str]] = {}
    for row in rows:
        stages = expected.setdefault(row["OpportunityId"], [])
        if not stages or stages[-1] != row["StageName"]:
            stages.append(row["StageName"])
    board = read_board(store)
    names = {str(stage.id): stage.name for stage in board.stages}
    found = {}
    for deal in board.deals:
        events = [told.event for told in read_story(store, deal.id).events if told.event.origin == "history"]
        moves = sorted((e for e in events if e.field == "stage_id"), key=lambda event: (event.at, event.id))
        found[deal.external_id] = [names[event.new or ""] for event in moves]
    assert found == expected


def test_transitions_and_their_contradictions(bring: Import) -> None:
    folder = DATA / "dealintel_transitions"
    report = bring(folder / "deals.csv", history=[folder / "stage_transitions.csv"])
    assert report.history_rows == 169
    with (folder / "deals.csv").open(newline="") as source:
        stage = {row["deal_id"]: row["stage"] for row in csv.DictReader(source)}
    with (folder / "stage_transitions.csv").open(newline="") as source:
        last = {row["deal_id"]: row["to_stage"] for row in csv.DictReader(source)}
    contradicted = sum(stage[deal] != to for deal, to in last.items())
    assert any(
        f"the last stage of {contradicted} deals is not the one" in warning for warning in report.warnings
    )


def test_what_is_no_history(store: Store, playbook: Playbook, clock: Clock, tmp_path: Path) -> None:
    deals, other = (
        write(tmp_path, "deals.csv", DEALS),
        write(tmp_path, "other.csv", "Deal ID,Colour\n1,red\n"),
    )
    with pytest.raises(Problem, match=r"other\.csv is no stage history.*the new stage, the moment"):
        run_import(store, playbook, clock, [deals], Options(history=[other]), by="claire")
