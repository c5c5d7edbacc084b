import csv
import io
import json
import subprocess
import sys
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from pipetui.cli.exporting import json_parts
from pipetui.deals.edits import Undertake
from pipetui.store.batches import batch
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.cli.conftest import IMPORTED, Cli


def rows(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def exported(cli: Cli, *arguments: str) -> Any:
    result = cli("export", *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


def test_deals_are_csv_on_the_standard_output(cli: Cli) -> None:
    data = exported(cli, "deals")
    assert not data.startswith(b"\xef\xbb\xbf")
    found = rows(data.decode())
    assert len(found) == 7
    assert {row["Status"] for row in found} == {"open", "won"}
    hostile = next(row for row in found if row["Account"].endswith("SUM(A1)"))
    assert hostile["Account"] == "'=SUM(A1)"


def test_a_filter_chooses_deals(cli: Cli) -> None:
    found = rows(exported(cli, "deals", "--filter", "owner:claire").decode())
    assert [row["Deal"] for row in found] == ["Portail fournisseurs"]


def test_csv_files_carry_the_mark_that_excel_wants(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    said = exported(cli, "deals", "-o", str(path))
    assert said.decode() == f"{path} was written.\n"
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows(data.decode("utf-8-sig"))[0]["ID"] == "006-0"


def test_the_name_of_the_file_tells_its_format(cli: Cli, tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.ics", "a.json"):
        exported(cli, "deals", "-o", str(tmp_path / name))
    sheet = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0)
    assert len(sheet.to_python()) == 8
    assert Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert len(json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["deals"]) == 7


def test_a_format_that_is_asked_for_goes_before_the_name(cli: Cli, tmp_path: Path) -> None:
    exported(cli, "deals", "-o", str(tmp_path / "deals.txt"), "--format", "json")
    assert json.loads((tmp_path / "deals.txt").read_text(encoding="utf-8"))["currency"] == "EUR"


def test_json_of_deals_agrees_with_the_board(cli: Cli) -> None:
    said = json.loads(exported(cli, "deals", "--format", "json"))
    assert said["as_of"] == "2026-11-22"
    board = json.loads(cli("board", "--json").stdout)
    shown = {
        deal["id"]: (deal["external_id"], deal["name"], deal["amount"], deal["currency"], deal["flags"])
        for stage in board["stages"]
        for deal in stage["deals"]
    }
    mine = {
        deal["id"]: (deal["external_id"], deal["name"], deal["amount"], deal["currency"], deal["flags"])
        for deal in said["deals"]
    }
    assert {id_: mine[id_] for id_ in shown} == shown


def test_json_is_the_same_in_french(cli: Cli) -> None:
    assert json.loads(cli("--lang", "fr", "export", "deals", "--format", "json").stdout) == json.loads(
        cli("export", "deals", "--format", "json").stdout
    )


def test_flags_in_every_format(cli: Cli, tmp_path: Path) -> None:
    assert json.loads(exported(cli, "flags", "--format", "json")) == json.loads(cli("flags", "--json").stdout)
    assert (
        exported(cli, "flags", "--format", "md").decode()
        == cli("flags", "--format", "md", "--by", "owner").stdout
    )
    first = rows(exported(cli, "flags").decode())[0]
    assert (first["ID"], first["Flag"], first["Severity"]) == ("006-0", "stalled", "severe")
    assert first["Evidence"] == "31 days in Démo without a move, since 22 Oct"
    exported(cli, "flags", "-o", str(tmp_path / "flags.xlsx"))
    sheet = CalamineWorkbook.from_path(str(tmp_path / "flags.xlsx")).get_sheet_by_index(0)
    assert sheet.to_python()[1][5] == "stalled"


def test_conflicts_and_changes_of_a_store_without_any(cli: Cli) -> None:
    assert rows(exported(cli, "conflicts").decode()) == []
    assert json.loads(exported(cli, "conflicts", "--format", "json")) == {
        "as_of": "2026-11-22",
        "conflicts": [],
    }
    assert exported(cli, "changes").decode().startswith("# Changes to carry back into the CRM · 2026-11-22\n")
    assert json.loads(exported(cli, "changes", "--format", "json", "--since", "2026-11-01"))["changes"] == []


def test_json_is_written_before_all_of_it_is_made() -> None:
    without_end = json_parts({"as_of": date(2026, 11, 22), "numbers": count()})
    assert (
        b"".join(islice(without_end, 2)).decode()
        == '{\n  "as_of": "2026-11-22",\n  "numbers": [\n    0,\n    1'
    )


@pytest.fixture
def undertaken(store_path: Path) -> None:
    """A late commitment in Claire's deal, an action in Marc's, and one in none."""
    with Store.open(store_path) as store, batch(store, kind="edit", by="claire", at=IMPORTED) as writer:
        claire, marc = (
            next(deal.id for deal in read_board(store).deals if deal.external_id == external_id)
            for external_id in ("006-0", "006-1")
        )
        writer.undertake(
            [
                Undertake(claire, "commitment", "=sign\x1b[2J", "DAF", date(2026, 11, 18)),
                Undertake(marc, "action", "call", "Marc", date(2026, 11, 25)),
                Undertake(None, "action", "book a room", "Hugo", date(2026, 11, 24)),  # type: ignore[arg-type]
            ]
        )


@pytest.mark.usefixtures("undertaken")
def test_actions_in_every_format(cli: Cli, tmp_path: Path) -> None:
    found = rows(exported(cli, "actions").decode())
    assert [(row["Who"], row["Due"], row["Late"]) for row in found] == [
        ("DAF", "2026-11-18", "yes"),
        ("Hugo", "2026-11-24", "no"),
        ("Marc", "2026-11-25", "no"),
    ]
    assert found[0]["What"].startswith("'=sign")
    for name in ("a.xlsx", "a.ics", "a.json", "a.md"):
        exported(cli, "actions", "-o", str(tmp_path / name))
    sheet = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).get_sheet_by_index(0)
    assert sheet.to_python()[1][7] == date(2026, 11, 18)
    events = Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert [event["dtstart"].dt.day for event in events] == [18, 24, 25]
    said = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (said["as_of"], [item["late"] for item in said["actions"]]) == ("2026-11-22", [True, False, False])
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Claire Dubois", "## Hugo", "## Marc",
    ]  # fmt: skip


@pytest.mark.usefixtures("undertaken")
def test_a_filter_and_a_day_choose_actions(cli: Cli) -> None:
    def whom(*arguments: str) -> list[str]:
        return [row["Who"] for row in rows(exported(cli, "actions", *arguments).decode())]

    assert whom("--filter", "owner:claire") == ["DAF"]
    assert whom("--filter", "status:open") == ["DAF", "Marc"]  # what is for no deal, no filter finds
    assert whom("--since", "2026-11-20") == ["DAF", "Hugo", "Marc"]
    assert whom("--since", "2026-11-21") == []


def test_actions_of_a_store_without_any(cli: Cli) -> None:
    assert rows(exported(cli, "actions").decode()) == []
    assert json.loads(exported(cli, "actions", "--format", "json")) == {"as_of": "2026-11-22", "actions": []}


@pytest.mark.usefixtures("undertaken")
def test_json_that_is_written_bit_by_bit_looks_like_all_of_it_at_once(cli: Cli) -> None:
    text = exported(cli, "actions", "--format", "json").decode()
    assert text.count('\n      "what"') == 3
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("minutes",), "'minutes' is none of"),
        (("changes", "--format", "ics"), "There is no ics of changes; there are md, csv, xlsx, json."),
        (("deals", "-o", "deals.md"), "There is no md of deals"),
        (("deals", "--since", "2026-11-01"), "--since is for changes, conflicts and actions."),
        (("changes", "--since", "yesterday"), "“yesterday” is no day"),
    ],
)
def test_wrong_usage_is_2(cli: Cli, arguments: tuple[str, ...], sentence: str) -> None:
    result = cli("export", *arguments)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_a_filter_that_is_not_understood_leaves_the_file_alone(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("mine", encoding="utf-8")
    result = cli("export", "deals", "--filter", "amount>x", "-o", str(path))
    assert result.exit_code != 0
    assert result.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_file_that_cannot_be_written_is_one_sentence(cli: Cli, tmp_path: Path) -> None:
    result = cli("export", "deals", "-o", str(tmp_path / "none" / "deals.csv"))
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "cannot be written" in result.stderr


def test_the_store_is_not_overwritten(cli: Cli, store_path: Path) -> None:
    before = store_path.read_bytes()
    result = cli("export", "deals", "-o", str(store_path))
    assert (result.exit_code, store_path.read_bytes()) == (1, before)


def test_exporting_writes_nothing_to_the_store(cli: Cli, store_path: Path) -> None:
    before = store_path.read_bytes()
    for what in ("deals", "flags", "conflicts", "changes", "actions"):
        exported(cli, what)
    assert store_path.read_bytes() == before


def test_a_pipe_that_closes_early_is_quiet(store_path: Path) -> None:
    command = [sys.executable, "-m", "pipetui", "--db", str(store_path), "export", "deals"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
