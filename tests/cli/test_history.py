from datetime import datetime
from pathlib import Path

import pytest

from pipetui import language
from pipetui.deals.edits import Change
from pipetui.playbook.loading import load
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from pipetui.store.writing import apply
from tests.cli.conftest import Cli

MOMENT = datetime(2026, 11, 21, 9, 30)


@pytest.fixture(autouse=True)
def claire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "claire")


def edit(path: Path, by: str) -> None:
    with Store.open(path) as store:
        deal = next(deal for deal in read_board(store).deals if deal.name == "Unpriced")
        change = Change(deal.id, deal.version, "amount", 700_00)
        apply(store, [change], by=by, at=MOMENT, playbook=load(None), because="the buyer said so")


def amount(path: Path) -> int | None:
    with Store.open(path) as store:
        return next(deal.amount for deal in read_board(store).deals if deal.name == "Unpriced")


def test_undo_takes_back_ones_own_last_edit(cli: Cli, store_path: Path) -> None:
    edit(store_path, "claire")
    assert amount(store_path) == 700_00
    result = cli("undo", "--yes")
    assert result.exit_code == 0
    assert result.stdout == "Undone: edit of 21 Nov 09:30: the buyer said so (1 deal).\n"
    assert amount(store_path) is None


def test_undo_asks_and_no_leaves_everything(cli: Cli, store_path: Path) -> None:
    edit(store_path, "claire")
    result = cli("undo", input="n\n")
    assert result.exit_code == 1
    assert "Undo edit of 21 Nov 09:30: the buyer said so?" in result.stderr
    assert amount(store_path) == 700_00
    assert cli("undo", input="y\n").exit_code == 0
    assert amount(store_path) is None


@pytest.mark.parametrize("answer", ["o", "OUI", "y"])
def test_undo_is_confirmed_in_the_language_in_use(cli: Cli, store_path: Path, answer: str) -> None:
    edit(store_path, "claire")
    language.use("fr")
    result = cli("undo", input=f"{answer}\n")
    assert "[o/N]" in result.stderr
    assert "Annulé" in result.stdout
    assert amount(store_path) is None


def test_the_log_names_kinds_as_things(cli: Cli, store_path: Path) -> None:
    edit(store_path, "claire")
    assert cli("undo", "--yes").exit_code == 0
    language.use("fr")
    assert "annulation" in cli("log").stdout


def test_undo_without_an_answer_does_nothing(cli: Cli, store_path: Path) -> None:
    edit(store_path, "claire")
    assert cli("undo", input="").exit_code == 1
    assert amount(store_path) == 700_00


def test_the_edits_of_others_are_not_ones_own(
    cli: Cli, store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(store_path, "claire")
    monkeypatch.setenv("LOGNAME", "marc")
    result = cli("undo", "--yes")
    assert result.exit_code == 1
    assert result.stderr == "There is nothing of yours to undo.\n"
    assert amount(store_path) == 700_00


def test_what_others_built_on_is_refused_with_the_deals(cli: Cli, store_path: Path) -> None:
    edit(store_path, "marc")
    result = cli("undo", "--yes")  # the import, on which marc's edit stands
    assert result.exit_code == 1
    assert "“Unpriced”" in result.stderr


def test_log_tells_who_when_what_and_why(cli: Cli, store_path: Path) -> None:
    edit(store_path, "claire")
    cli("undo", "--yes")
    lines = cli("log").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["3", "2", "1"]
    assert "undo" in lines[0]
    assert "takes back 2" in lines[0]
    assert "21 Nov 09:30" in lines[1]
    assert "the buyer said so · undone" in lines[1]
    assert "20 Nov 08:00" in lines[2]
    assert "crm" in lines[2]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("BUYER", ["2"]),
        ("unpriced", ["2", "1"]),
        ("nordimat", ["1"]),
        ("claire", ["2", "1"]),
        ("import", ["1"]),
    ],
)
def test_log_search(cli: Cli, store_path: Path, text: str, ids: list[str]) -> None:
    edit(store_path, "claire")
    assert [line.split()[0] for line in cli("log", "--search", text).stdout.splitlines()] == ids


def test_log_with_nothing_to_tell(cli: Cli) -> None:
    assert cli("log", "--search", "zebra").stdout == "Nothing found.\n"
