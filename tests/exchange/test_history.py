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
from tests.exchange.test_real_files import DATA, table

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
    assert "the last stage of 1 deal is not the one it is in: “B”" in said
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


def intervals(store: Store) -> dict[str, list[tuple[str, str, str | None]]]:
    """External id → (stage, from, to) as the events replay them, from the first moment that is known."""
    board = read_board(store)
    names = {str(stage.id): stage.name for stage in board.stages}
    found: dict[str, list[tuple[str, str, str | None]]] = {}
    for deal in board.deals:
        told = [story.event for story in read_story(store, deal.id).events if story.event.origin == "history"]
        moves = [event for event in told if event.field == "stage_id"]
        if moves:
            ends = [str(event.at) for event in moves[1:]]
            found[deal.external_id] = [
                (names[event.new or ""], str(event.at), end)
                for event, end in zip(moves, [*ends, None], strict=True)
            ]
    return found


def test_stays_in_stages_are_those_that_sql_computes_from_states(store: Store, bring: Import) -> None:
    folder = DATA / "salesforce_devorg"
    bring(folder / "Opportunity.csv", history=[folder / "OpportunityHistory.csv"])
    with table("salesforce_devorg/OpportunityHistory.csv") as database:
        expected: dict[str, list[tuple[str, str, str | None]]] = {}
        for deal, stage, begin, end in database.execute(
            """
            WITH told AS (
                SELECT rowid AS line, OpportunityId AS deal, StageName AS stage,
                    '20' || substr(CreatedDate, 7, 2) || '-' || substr(CreatedDate, 1, 2) || '-'
                    || substr(CreatedDate, 4, 2) || ' ' || printf('%02d',
                        (CAST(substr(CreatedDate, 10, 2) AS INT) % 12)
                        + CASE substr(CreatedDate, 16, 2) WHEN 'PM' THEN 12 ELSE 0 END)
                    || substr(CreatedDate, 12, 3) || ':00' AS at
                FROM file),
            moves AS (
                SELECT *, lag(stage) OVER (PARTITION BY deal ORDER BY at, line) AS last FROM told)
            SELECT deal, stage, at, lead(at) OVER (PARTITION BY deal ORDER BY at, line)
            FROM moves WHERE last IS NULL OR last <> stage ORDER BY deal, at, line
            """
        ):
            expected.setdefault(deal, []).append((stage, begin, end))
    assert intervals(store) == expected


def test_stays_in_stages_are_those_that_sql_computes_from_transitions(store: Store, bring: Import) -> None:
    folder = DATA / "dealintel_transitions"
    report = bring(folder / "deals.csv", history=[folder / "stage_transitions.csv"])
    expected: dict[str, list[tuple[str, str, str | None]]] = {}
    with table("dealintel_transitions/stage_transitions.csv") as database:
        with (folder / "deals.csv").open(newline="") as source:
            rows = [(row["deal_id"], row["stage"], row["created_date"]) for row in csv.DictReader(source)]
        database.execute("CREATE TABLE deal (id TEXT, stage TEXT, created TEXT)")
        database.executemany("INSERT INTO deal VALUES (?, ?, ?)", rows)
        for deal, stage, begin, end in database.execute(
            """
            WITH told AS (
                SELECT deal_id AS deal, from_stage AS last, to_stage AS stage, transition_date AS at,
                    rowid AS line,
                    row_number() OVER (PARTITION BY deal_id ORDER BY transition_date, rowid) AS n
                FROM file),
            stays AS (
                SELECT deal, stage, at, line FROM told
                UNION ALL
                SELECT told.deal, told.last, created, 0 FROM told JOIN deal ON deal.id = told.deal
                WHERE n = 1 AND created <= at)
            SELECT deal, stage, at || ' 00:00:00',
                lead(at || ' 00:00:00') OVER (PARTITION BY deal ORDER BY at, line)
            FROM stays ORDER BY deal, at, line
            """
        ):
            expected.setdefault(deal, []).append((stage, begin, end))
        contradicted = database.execute(
            "SELECT deal.id FROM deal JOIN file ON file.deal_id = deal.id GROUP BY deal.id "
            "HAVING deal.stage <> (SELECT to_stage FROM file WHERE deal_id = deal.id "
            "ORDER BY transition_date DESC, rowid DESC LIMIT 1)"
        ).fetchall()
    assert intervals(store) == expected
    (warning,) = (warning for warning in report.warnings if "the last stage of" in warning)
    names = {deal.external_id: deal.name for deal in read_board(store).deals}
    assert contradicted
    assert all(f"“{names[deal]}”" in warning for (deal,) in contradicted)


FIELD_HISTORY = (
    "Opportunity ID,Opportunity Name,Field / Event,Old Value,New Value,Edit Date\n"
    "1,A,Created.,,,2026-08-02 08:00\n1,A,Stage,Discovery,Demo,2026-09-10 09:00\n"
    "1,A,Amount,100,300,2026-10-01 09:00\n1,A,Close Date,2026-11-01,2026-12-20,2026-10-02 09:00\n"
    "1,A,Opportunity Owner,Al,Bo,2026-10-03 09:00\n1,A,Stage,Demo,Proposal,2026-10-15 09:00\n"
)
PAST = [
    ("stage_id", datetime(2026, 9, 10, 9), "Discovery", "Demo"),
    ("amount", datetime(2026, 10, 1, 9), "10000", "30000"),
    ("close_date", datetime(2026, 10, 2, 9), "2026-11-01", "2026-12-20"),
    ("stage_id", datetime(2026, 10, 15, 9), "Demo", "Proposal"),
]


def test_a_history_of_fields(store: Store, bring: Import, tmp_path: Path) -> None:
    report = bring(DEALS, history=[write(tmp_path, "history.csv", FIELD_HISTORY)])
    assert report.history_rows == 6
    assert past(store, "A") == [("stage_id", datetime(2026, 8, 2, 8), None, "Discovery"), *PAST]


def test_a_history_of_fields_as_a_dump(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    history = (
        "Id,OpportunityId,Field,OldValue,NewValue,CreatedDate,IsDeleted\n"
        "a,1,StageName,Discovery,Demo,2026-09-10T09:00:00.000Z,false\n"
        "b,1,Amount,100,300,2026-10-01T09:00:00.000Z,false\n"
        "c,1,CloseDate,2026-11-01,2026-12-20,2026-10-02T09:00:00.000Z,false\n"
        "d,1,StageName,Demo,Proposal,2026-10-15T09:00:00.000Z,false\n"
    )
    paths = [write(tmp_path, "OpportunityFieldHistory.csv", history), write(tmp_path, "deals.csv", DEALS)]
    run_import(store, playbook, clock, paths, by="claire")
    moments = [(field, at.date(), old, new) for field, at, old, new in past(store, "A")]
    assert moments[1:] == [(field, at.date(), old, new) for field, at, old, new in PAST]


@pytest.mark.parametrize(
    ("header", "stage", "amount"),
    [
        ("ID affaire;Modification;Ancienne valeur;Nouvelle valeur;Date", "Étape", "Valeur"),
        ("Item ID;Event;Old value;New value;Timestamp", "Stage changed", "Value changed"),
        ("ID сделки;Событие;Значение до;Значение после;Дата", "Изменение этапа продажи", "Изменение бюджета"),
        (
            "ID transakcji;Zmiana;Poprzednia wartość;Nowa wartość;Data i czas",
            "Zmiana etapu",
            "Zmieniono wartość",
        ),
        ("ID del trato;Cambio;Antes;Después;Fecha y hora", "Cambio de etapa", "Importe modificado"),
    ],
)
def test_logs_of_changes_are_recognised_beside_the_deals(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path, header: str, stage: str, amount: str
) -> None:
    rows = (
        f"1;{stage};Discovery;Proposal;10/09/2026 09:00\n1;{amount};100;300;15/10/2026 09:00\n"
        "1;Responsible;Ann;Bob;16/10/2026 09:00\n"
    )
    paths = [write(tmp_path, "log.csv", f"{header}\n{rows}"), write(tmp_path, "deals.csv", DEALS)]
    report = run_import(store, playbook, clock, paths, by="claire")
    assert (report.rows, report.history_rows) == (2, 3)
    assert past(store, "A") == [
        ("stage_id", datetime(2026, 8, 1), None, "Discovery"),
        ("stage_id", datetime(2026, 9, 10, 9), "Discovery", "Proposal"),
        ("amount", datetime(2026, 10, 15, 9), "10000", "30000"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "ID de l'opportunité;Ancienne étape;Nouvelle étape;Date de modification",
        "ID de la oportunidad;Etapa anterior;Nueva etapa;Fecha de modificación",
        "ID сделки;Предыдущая стадия;Новая стадия;Дата изменения",
        "ID szansy;Poprzedni etap;Nowy etap;Data zmiany",
        "deal_id;from_stage;to_stage;changed_at",
    ],
)
def test_moves_in_five_languages_are_recognised_beside_the_deals(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path, header: str
) -> None:
    rows = "1;Discovery;Demo;10/09/2026 09:00\n1;Demo;Proposal;15/10/2026 09:00\n"
    paths = [write(tmp_path, "histo.csv", f"{header}\n{rows}"), write(tmp_path, "deals.csv", DEALS)]
    report = run_import(store, playbook, clock, paths, by="claire")
    assert (report.rows, report.history_rows) == (2, 2)
    assert [(at, new) for _field, at, _old, new in past(store, "A")] == [
        (datetime(2026, 8, 1), "Discovery"),
        (datetime(2026, 9, 10, 9), "Demo"),
        (datetime(2026, 10, 15, 9), "Proposal"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Deal ID,Stage,Date entered,Date exited",
        "ID de l'affaire,Étape,Date d'entrée,Date de sortie",
        "ID del negocio,Etapa,Fecha de entrada,Fecha de salida",
        "ID сделки,Этап,Дата входа,Дата выхода",
        "ID transakcji,Etap,Data wejścia,Data wyjścia",
    ],
)
def test_stays_with_a_gap_and_an_overlap(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path, header: str
) -> None:
    rows = "1,Discovery,2026-08-01,2026-08-10\n1,Demo,2026-08-20,2026-09-15\n1,Proposal,2026-09-10,\n"
    paths = [write(tmp_path, "stays.csv", f"{header}\n{rows}"), write(tmp_path, "deals.csv", DEALS)]
    report = run_import(store, playbook, clock, paths, by="claire")
    assert [(at, new) for _field, at, _old, new in past(store, "A")] == [
        (datetime(2026, 8, 1), "Discovery"),
        (datetime(2026, 8, 20), "Demo"),
        (datetime(2026, 9, 10), "Proposal"),
    ]
    said = "\n".join(report.warnings)
    assert "begins before the last one ended (line 4)" in said
    assert "nothing is known for a while (line 3)" in said


def test_rows_that_do_not_follow_from_one_another_are_told(
    store: Store, bring: Import, tmp_path: Path
) -> None:
    history = (
        "deal_id,from_stage,to_stage,changed_at\n1,Discovery,Demo,2026-09-01\n1,Pilot,Proposal,2026-10-01\n"
    )
    report = bring(DEALS, history=[write(tmp_path, "history.csv", history)])
    assert "leaves another stage than the one before it entered (line 3)" in "\n".join(report.warnings)
    assert [new for _field, _at, _old, new in past(store, "A")] == ["Discovery", "Demo", "Proposal"]


@pytest.mark.parametrize(
    ("entered", "exited"),
    [
        ("Date entered", "Date exited"),
        ("Date d'entrée dans", "Date de sortie de"),
        ("Fecha de entrada en", "Fecha de salida de"),
    ],
)
def test_wide_columns_of_the_deals_themselves(store: Store, bring: Import, entered: str, exited: str) -> None:
    stages = ("Appointment Scheduled", "Contract Sent", "Closed Won")
    wide = ",".join(
        f'"{what} ""{stage} (Sales Pipeline)"""' for stage in stages for what in (entered, exited)
    )
    report = bring(
        f"Record ID,Deal Name,Deal Stage,Amount,Create Date,{wide}\n"
        "77,A,Contract Sent,10,2026-06-30 08:00,2026-07-01 08:00,2026-08-01 10:00,2026-08-01 10:00,,,\n"
        "78,B,Closed Won,10,2026-06-30 08:00,,,,,2026-09-01 08:00,\n"
    )
    assert (report.rows, report.history_rows) == (2, 3)
    assert [(at, old, new) for _field, at, old, new in past(store, "A")] == [
        (datetime(2026, 7, 1, 8), None, "Appointment Scheduled"),
        (datetime(2026, 8, 1, 10), "Appointment Scheduled", "Contract Sent"),
    ]
    found = {deal.name: deal.stage_since for deal in read_board(store).deals}
    assert found == {"A": date(2026, 8, 1), "B": date(2026, 9, 1)}


def test_the_next_export_brings_only_what_is_new(store: Store, bring: Import, tmp_path: Path) -> None:
    history = write(tmp_path, "history.csv", REPORT)
    bring(DEALS, history=[history], as_of=date(2026, 11, 13))
    history.write_text(f"{REPORT}1,A,Proposal,Negotiation,2026-11-18 09:00,300,2026-12-20\n")
    moved = DEALS.replace("Proposal", "Negotiation")
    report = bring(moved, history=[history], as_of=date(2026, 11, 20))
    assert (report.changed, report.events, report.warnings) == (1, 1, [])


def test_what_is_no_history(store: Store, playbook: Playbook, clock: Clock, tmp_path: Path) -> None:
    deals, other = (
        write(tmp_path, "deals.csv", DEALS),
        write(tmp_path, "other.csv", "Deal ID,Colour\n1,red\n"),
    )
    with pytest.raises(Problem, match=r"other\.csv is no stage history.*the new stage, the moment"):
        run_import(store, playbook, clock, [deals], Options(history=[other]), by="claire")


def test_columns_that_tell_of_some_stages_contradict_no_other(store: Store, bring: Import) -> None:
    header = 'Record ID,Deal Name,Deal Stage,"Date entered ""Demo (Sales)"""'
    report = bring(f"{header}\n1,A,Closed Lost,2026-09-01\n2,B,Demo,2026-09-01\n")
    assert not [warning for warning in report.warnings if "the last stage" in warning]
