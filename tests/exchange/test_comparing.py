"""The same source again: what is new, changed, missing, back; who wins; undo; nothing half-written."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipetui.deals.clock import Clock
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Change
from pipetui.deals.errors import Problem
from pipetui.deals.event import replay
from pipetui.exchange.importing.options import Options
from pipetui.exchange.importing.run import read_files, run_import, write_import
from pipetui.playbook.loading import load
from pipetui.playbook.models import Playbook
from pipetui.store.engine import Store
from pipetui.store.reading import read_batches, read_board, read_story
from pipetui.store.undoing import redo, undo
from pipetui.store.writing import apply
from tests.exchange.conftest import Import

HEADER = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Next Step,Last Modified Date"
FIRST, SECOND, THIRD = date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20)
A = "1,A,Demo,100,2026-12-01,call,2026-11-01"
B = "2,B,Demo,200,2026-12-02,,2026-11-01"
C = "3,C,Proposal,300,2026-12-03,,2026-11-01"


def lines(*rows: str) -> str:
    return "\n".join((HEADER, *rows, ""))


def deals(store: Store) -> dict[str, Deal]:
    return {deal.name: deal for deal in read_board(store).deals}


def edit(store: Store, playbook: Playbook, deal: Deal, field: str, value: object) -> None:
    change = Change(deal.id, deal.version, field, value)  # type: ignore[arg-type]
    apply(store, [change], by="claire", at=datetime(2026, 11, 10, 9), playbook=playbook)


def test_the_same_file_twice_changes_nothing(store: Store, bring: Import) -> None:
    first = bring(lines(A, B, C), as_of=FIRST)
    before = read_board(store)
    again = bring(lines(A, B, C), as_of=FIRST)
    assert (first.new, first.events, first.batch) == (3, 3, 1)
    assert (again.new, again.changed, again.unchanged, again.events, again.batch) == (0, 0, 3, 0, None)
    assert read_board(store) == before


def test_a_column_that_goes_and_comes_back_is_no_conflict(store: Store, bring: Import) -> None:
    def without_amount(text: str) -> str:
        return "\n".join(",".join(line.split(",")[:3] + line.split(",")[4:]) for line in text.split("\n"))

    bring(lines(A), as_of=FIRST)
    second = bring(
        without_amount(lines("1,A,Proposal,,2026-12-01,call,2026-11-12")), as_of=SECOND, source="salesforce"
    )
    third = bring(lines("1,A,Proposal,150,2026-12-01,call,2026-11-19"), as_of=THIRD, source="salesforce")
    assert (second.changed, third.changed, third.conflicts) == (1, 1, 0)
    assert deals(store)["A"].amount == 15000


def test_differences_become_events_at_the_exports_moment(store: Store, bring: Import) -> None:
    bring(lines(A, B, C), as_of=FIRST)
    report = bring(
        lines(
            "1,A,Proposal,100,2027-01-15,call,2026-11-12",
            B,
            "3,C,Proposal,250,2026-12-03,,2026-11-12",
            "4,D,Demo,1,,,",
        ),
        as_of=SECOND,
    )
    assert (report.new, report.changed, report.unchanged, report.missing) == (1, 2, 1, 0)
    assert dict(report.changes) == {"stage_id": 1, "close_date": 1, "amount": 1}
    deal = deals(store)["A"]
    assert (deal.close_date, deal.push_count, deal.stage_since) == (date(2027, 1, 15), 1, SECOND)
    events = [event for event, *_rest in read_story(store, deal.id).events]
    assert {
        (event.field, event.old, event.new, event.at) for event in events if event.field == "close_date"
    } == {("close_date", "2026-12-01", "2027-01-15", datetime(2026, 11, 13))}


def test_missing_and_back(store: Store, bring: Import) -> None:
    bring(lines(A, B, C), as_of=FIRST)
    gone = bring(lines(A, C), as_of=SECOND)
    assert (gone.missing, gone.unchanged, gone.changed) == (1, 2, 0)
    assert deals(store)["B"].missing_since == SECOND
    still = bring(lines(A, C), as_of=THIRD)
    assert still.missing == 0
    back = bring(lines(A, B, C), as_of=THIRD)
    assert (back.back, back.unchanged, back.new) == (1, 3, 0)
    assert deals(store)["B"].missing_since is None


def test_what_is_said_to_be_open_still_is_not_asked_again(
    store: Store, bring: Import, playbook: Playbook
) -> None:
    bring(lines(A, B, C), as_of=FIRST)
    bring(lines(A, C), as_of=SECOND)
    edit(store, playbook, deals(store)["B"], "missing_since", None)
    still = bring(lines(A, C), as_of=THIRD)
    assert (still.missing, deals(store)["B"].missing_since) == (0, None)
    assert bring(lines(A, B, C), as_of=date(2026, 11, 21)).back == 0
    gone = bring(lines(A, C), as_of=date(2026, 11, 22))
    assert gone.missing == 1, "it was in the export again, and is gone once more"


def test_a_rejected_deal_is_not_missing(store: Store, bring: Import) -> None:
    bring(lines(A, B, C), as_of=FIRST)
    report = bring(lines(A, "2,B,Demo,lots,,,", C), as_of=SECOND)
    assert (report.rejected, report.missing, report.unchanged) == (1, 0, 2)


def test_what_was_set_here_survives_until_both_sides_differ(
    store: Store, bring: Import, playbook: Playbook
) -> None:
    bring(lines(A, B, C), as_of=FIRST)
    for name in ("A", "B", "C"):
        edit(store, playbook, deals(store)[name], "amount", 99_900)
    report = bring(lines(A, "2,B,Demo,999,2026-12-02,,", "3,C,Proposal,350,2026-12-03,,"), as_of=SECOND)
    assert (report.unchanged, report.changed, report.conflicts) == (1, 2, 1)
    assert {name: deal.amount for name, deal in deals(store).items()} == {
        "A": 99_900,
        "B": 99_900,
        "C": 99_900,
    }
    again = bring(lines(A, "2,B,Demo,999,2026-12-02,,", "3,C,Proposal,350,2026-12-03,,"), as_of=THIRD)
    assert (again.changed, again.conflicts) == (0, 0), "a conflict is told once"
    moved = bring(lines(A, "2,B,Demo,1000,2026-12-02,,", "3,C,Proposal,350,2026-12-03,,"), as_of=THIRD)
    assert (moved.changed, moved.conflicts, deals(store)["B"].amount) == (1, 0, 100_000)


def test_only_the_crm_changed(store: Store, bring: Import, playbook: Playbook) -> None:
    bring(lines(A), as_of=FIRST)
    edit(store, playbook, deals(store)["A"], "next_step", "workshop")
    bring(lines("1,A,Demo,150,2026-12-01,call,"), as_of=SECOND)
    deal = deals(store)["A"]
    assert (deal.amount, deal.next_step) == (15_000, "workshop")


def test_a_column_that_is_no_longer_there_empties_nothing(store: Store, bring: Import) -> None:
    bring(lines(A, B), as_of=FIRST)
    report = bring(
        "Opportunity ID,Opportunity Name,Stage,Last Modified Date\n1,A,Demo,\n2,B,Proposal,\n", as_of=SECOND
    )
    assert (report.changed, report.unchanged) == (1, 1)
    assert deals(store)["A"].amount == 10_000


def test_an_older_export_leaves_the_present_alone(store: Store, bring: Import) -> None:
    bring(lines(A, B), as_of=SECOND)
    report = bring(lines("1,A,Discovery,50,2026-11-01,,", C), as_of=FIRST)
    assert (report.new, report.changed, report.unchanged, report.missing) == (1, 1, 0, 0)
    assert any("older" in warning for warning in report.warnings)
    found = deals(store)
    assert (found["A"].amount, found["B"].missing_since, found["C"].missing_since) == (10_000, None, SECOND)


def test_two_orgs_in_one_store_do_not_know_each_other(store: Store, bring: Import) -> None:
    bring(lines(A, B), name="one.csv", as_of=FIRST)
    other = bring(
        "Id,Name,StageName,IsClosed,IsWon,CloseDate\n9,X,Demo,,,2026-12-01\n", name="two.csv", as_of=FIRST
    )
    assert (other.source, other.missing) == ("salesforce-2", 0)
    again = bring(lines(A), name="later.csv", as_of=SECOND)
    assert (again.source, again.missing) == ("salesforce", 1)


def test_a_named_source_is_that_source(store: Store, bring: Import) -> None:
    bring(lines(A, B), source="crm", as_of=FIRST)
    report = bring("Titre;Étape\nZ;Démo\n", name="other.csv", source="crm", as_of=SECOND)
    assert (report.source, report.new, report.missing) == ("crm", 1, 2)


def test_several_files_of_one_day_are_one_export(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    paths = [tmp_path / "open.csv", tmp_path / "closed.csv"]
    for path, row in zip(paths, (A, B), strict=True):
        path.write_text(lines(row))
    report = run_import(store, playbook, clock, paths, Options(as_of=FIRST), by="claire")
    assert (report.new, report.missing, report.sources) == (2, 0, ["salesforce"])
    again = run_import(store, playbook, clock, list(reversed(paths)), Options(as_of=SECOND), by="claire")
    assert (again.unchanged, again.missing) == (2, 0)
    assert len(read_batches(store)) == 2


def test_files_of_several_weeks_are_taken_in_order(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    paths = [tmp_path / "deals_2026-11-13.csv", tmp_path / "deals_2026-11-06.csv"]
    for path, rows in zip(paths, (("1,A,Demo,150,,,",), (A, B)), strict=True):
        path.write_text(lines(*rows))
    report = run_import(store, playbook, clock, paths, by="claire")
    assert (report.rows, report.new, report.changed, report.missing) == (3, 2, 1, 1)
    found = deals(store)
    assert (found["A"].amount, found["B"].missing_since) == (15_000, SECOND)
    assert len(read_batches(store)) == 1, "one import is one step"


def test_duplicate_ids(store: Store, bring: Import) -> None:
    report = bring(
        lines(A, "1,A,Demo,500,2026-12-01,call,2026-11-05", "1,A,Demo,70,2026-12-01,call,2026-10-05", B, B)
    )
    assert (report.rows, report.new) == (5, 2)
    assert dict(report.skipped) == {"an older row of the same deal": 2, "a copy of another row": 1}
    assert deals(store)["A"].amount == 50_000
    assert any("lines 2, 3, 4" in warning for warning in report.warnings)


def test_names_without_ids_are_kept_apart(store: Store, bring: Import) -> None:
    text = (
        "Deal Name,Account Name,Stage,Amount,Created Date\n"
        "Renewal,Acme,Demo,1,2026-01-01\nRenewal,Acme,Demo,2,2026-01-02\nRenewal,Beta,Demo,3,2026-01-01\n"
        "Renewal,Beta,Demo,4,2026-01-01\nRenewal,Beta,Demo,4,2026-01-01\n"
    )
    report = bring(text)
    assert (report.new, report.skipped.total()) == (4, 1)
    assert any("lines 4, 5" in warning for warning in report.warnings)
    again = bring(text.replace("Renewal", "RENEWAL").replace("Acme", "Acmé"))
    assert (again.new, again.unchanged + again.changed) == (0, 4)


def test_deleted_rows_are_skipped_unless_all_are(store: Store, bring: Import) -> None:
    header = "Id,Name,StageName,IsDeleted\n"
    report = bring(f"{header}1,A,Demo,true\n2,B,Demo,false\n")
    assert (report.new, dict(report.skipped)) == (1, {"deleted in the CRM": 1})
    whole = bring(f"{header}8,X,Demo,true\n9,Y,Demo,true\n", name="all.csv", source="other")
    assert (whole.new, whole.skipped.total()) == (2, 0)
    assert any("ignored" in warning for warning in whole.warnings)


def test_rejects_are_whole_and_can_be_mended(store: Store, bring: Import, tmp_path: Path) -> None:
    target = tmp_path / "rejects.csv"
    report = bring(
        lines(
            A,
            '2,"B, the second",Demo,lots,2026-12-02,,',
            "3,C,Demo,5,soon,,",
            "4,D,Demo,1,,,,extra",
            "Total,,,305,,,",
        ),
        rejects=target,
        as_of=FIRST,
    )
    assert (report.rows, report.new, report.rejected) == (4, 1, 3)
    assert [(row.line, row.column, row.value) for row in report.rejects] == [
        (3, "Amount", "lots"), (4, "Close Date", "soon"), (5, "", ""),
    ]  # fmt: skip
    assert report.rejects[0].reason == "“lots” is no amount"
    written = target.read_text("utf-8-sig")
    assert '2,"B, the second",Demo,lots,2026-12-02,,,3,Amount,lots' in written
    mended = bring(
        written.replace("lots", "200").replace("soon", "2026-12-05"), name="rejects.csv", as_of=FIRST
    )
    assert (mended.new, mended.rejected, mended.missing) == (2, 1, 0)


def test_undo_takes_the_import_back_and_importing_again_brings_it(store: Store, bring: Import) -> None:
    bring(lines(A, B), as_of=FIRST)
    bring(lines("1,A,Demo,150,2026-12-01,call,", C), as_of=SECOND)
    undo(store, by="claire", at=datetime(2026, 11, 22, 10))
    found = deals(store)
    assert (set(found), found["A"].amount, found["B"].missing_since) == ({"A", "B"}, 10_000, None)
    again = bring(lines("1,A,Demo,150,2026-12-01,call,", C), as_of=SECOND)
    assert (again.new, again.changed, again.missing) == (1, 1, 1)
    undo(store, by="claire", at=datetime(2026, 11, 22, 11))
    undo(store, by="claire", at=datetime(2026, 11, 22, 11))
    assert deals(store) == {}
    whole = bring(lines(A, B), as_of=FIRST)
    assert (whole.new, set(deals(store))) == (2, {"A", "B"})


def test_undo_puts_owners_back_into_their_teams(store: Store, bring: Import) -> None:
    """Or a column taken for the team by mistake would stay in every roll-up, whatever is imported later."""
    header = "Id,Deal name,Stage,Owner,Team\n"

    def teams() -> dict[str, str]:
        return {deal.owner: deal.team for deal in deals(store).values()}

    bring(f"{header}1,A,Demo,Claire,West\n2,B,Demo,Marc,\n", as_of=FIRST)
    bring(f"{header}1,A,Demo,Claire,Enterprise\n2,B,Demo,Marc,Public\n3,C,Demo,Zoé,Public\n", as_of=SECOND)
    assert teams() == {"Claire": "Enterprise", "Marc": "Public", "Zoé": "Public"}
    undo(store, by="claire", at=datetime(2026, 11, 22, 10))
    assert teams() == {"Claire": "West", "Marc": ""}
    redo(store, by="claire", at=datetime(2026, 11, 22, 11))
    assert teams() == {"Claire": "Enterprise", "Marc": "Public", "Zoé": "Public"}
    undo(store, by="claire", at=datetime(2026, 11, 22, 12))
    undo(store, by="claire", at=datetime(2026, 11, 22, 12))
    again = bring(f"{header}1,A,Demo,Claire,\n2,B,Demo,Marc,\n", as_of=FIRST)
    assert (again.rows, again.new) == (2, 2)
    assert teams() == {"Claire": "", "Marc": ""}


def test_after_an_undo_every_row_is_new_again_and_has_its_history_back(store: Store, bring: Import) -> None:
    first = bring(lines(A, B), as_of=FIRST)
    before = {name: deal._replace(id=0, version=0) for name, deal in deals(store).items()}
    undo(store, by="claire", at=datetime(2026, 11, 22, 10))
    assert deals(store) == {}
    again = bring(lines(A, B), as_of=FIRST)
    assert (again.rows, again.new) == (first.rows, first.rows)
    assert {name: deal._replace(id=0, version=0) for name, deal in deals(store).items()} == before
    third = bring(lines(A, B), as_of=FIRST)
    assert (third.new, third.changed, third.unchanged) == (0, 0, 2)


def test_a_dry_run_tells_the_same_and_writes_nothing(store: Store, bring: Import) -> None:
    bring(lines(A, B), as_of=FIRST)
    before, at = read_board(store), store.path.read_bytes()
    planned = bring(lines("1,A,Pilot,150,2026-12-01,call,", C), as_of=SECOND, dry_run=True).as_json()
    assert (read_board(store), store.path.read_bytes(), planned["batch"]) == (before, at, None)
    done = bring(lines("1,A,Pilot,150,2026-12-01,call,", C), as_of=SECOND).as_json()
    assert planned | {"batch": 2} == done


def test_nothing_is_written_where_one_file_fails(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.xlsx"
    good.write_text(lines(A))
    bad.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(Problem, match=r"bad\.xlsx"):
        run_import(store, playbook, clock, [good, bad], by="claire")
    assert deals(store) == {}
    assert read_batches(store) == []


def test_the_moment_of_an_export(store: Store, playbook: Playbook, clock: Clock, tmp_path: Path) -> None:
    def moment(name: str, given: date | None = None) -> date:
        path = tmp_path / name
        path.write_text(lines(A))
        os.utime(path, (1_780_000_000, 1_780_000_000))
        (export,) = read_files(playbook, clock, [path], Options(as_of=given)).exports
        return export.as_of.at.date()

    assert moment("deals_2026-11-06.csv") == FIRST
    assert moment("deals 20261106 final.csv") == FIRST
    assert moment("06-11-2026.csv") == FIRST
    assert moment("deals_2026-11-06.csv", SECOND) == SECOND
    assert moment("deals.csv") == date(2026, 5, 28)
    assert moment("deals_2027-01-01.csv") == date(2026, 5, 28), "not a day that has not come"
    assert moment("deals.csv", date(2031, 1, 1)) == clock.today()


def test_progress_only_grows_and_reaches_the_end(
    store: Store, playbook: Playbook, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(lines(A, B, C))
    told: list[float] = []
    run_import(store, playbook, clock, [path], by="claire", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1


ROW = st.tuples(
    st.integers(1, 4),
    st.sampled_from(["Demo", "Proposal", "Closed Won", "Pilot", ""]),
    st.sampled_from(["", "100", "250.50", "lots"]),
    st.sampled_from(["", "2026-12-01", "2027-02-01", "soon"]),
)


@given(st.lists(st.lists(ROW, max_size=5), min_size=1, max_size=4))
def test_counts_add_up_and_history_ends_in_the_present(
    tmp_path_factory: pytest.TempPathFactory, weeks: list[list[tuple[int, str, str, str]]]
) -> None:
    folder = tmp_path_factory.mktemp("weeks")
    clock, playbook = Clock(fixed=date(2026, 11, 22)), load(None)
    with Store.open(folder / "pipe.db") as store:
        for number, rows in enumerate(weeks):
            path = folder / f"deals_2026-10-{number + 1:02}.csv"
            path.write_text(
                lines(
                    "0,Zero,Demo,1,,,",
                    *(f"{n},D{n},{stage},{amount},{day},," for n, stage, amount, day in rows),
                )
            )
            reading = read_files(playbook, clock, [path])
            report = write_import(store, playbook, clock, reading, by="claire")
            assert report.adds_up()
            assert report.rows == len(rows) + 1
            again = write_import(store, playbook, clock, reading, by="claire")
            assert (again.new, again.changed, again.events) == (0, 0, 0)
        for deal in read_board(store).deals:
            told = read_story(store, deal.id).events
            state = replay(event.event for event in told if event.effective)
            known = ("stage_id", "amount", "close_date", "missing_since")
            assert tuple(state.get(name) for name in known) == (
                deal.stage_id, deal.amount, deal.close_date, deal.missing_since,
            )  # fmt: skip
