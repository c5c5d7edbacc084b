"""`pipetui import`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipetui.cli.commands import build
from pipetui.exchange.importing.matching import FIELDS
from tests.exchange import making
from tests.exchange.test_real_files import DATA

DEALS = "Deal Name,Stage,Amount,Notes about it\nA,Demo,100,x\nB,Demo,lots,y\n"
KEYS = [
    "source", "preset", "batch", "rows", "new", "changed", "unchanged", "skipped", "rejected", "missing",
    "back",
    "conflicts", "history_rows", "events", "warnings", "mapping", "rejects",
]  # fmt: skip


@pytest.fixture
def pipetui(tmp_path: Path) -> Callable[..., Result]:
    def run(*arguments: str | Path, **options: str | bytes) -> Result:
        line = ["--db", str(tmp_path / "pipe.db"), "import", *map(str, arguments)]
        return CliRunner().invoke(build(lambda *_args, **_options: None), line, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(DEALS)
    return path


def test_json_has_the_keys_of_the_contract(pipetui: Callable[..., Result], deals: Path) -> None:
    result = pipetui(deals, "--json", "--map", "segment=Notes about it")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert list(told) == KEYS
    assert (
        told["rows"]
        == sum(told[name] for name in ("new", "changed", "unchanged", "skipped", "rejected"))
        == 2
    )
    assert told["mapping"] == {
        "name": "Deal Name",
        "stage": "Stage",
        "amount": "Amount",
        "segment": "Notes about it",
    }
    assert told["rejects"] == [
        {"line": 3, "column": "Amount", "value": "lots", "reason": "“lots” is no amount"}
    ]


def test_text_says_why_and_what(pipetui: Callable[..., Result], deals: Path) -> None:
    out = pipetui(deals, "--dry-run", "--as-of", "2026-11-20").stdout
    assert "generic list" in out
    assert "as of 2026-11-20 (as given)" in out
    assert "Nothing was written" in out
    assert "2 rows = 1 new + 0 changed + 0 unchanged + 0 skipped + 1 rejected" in out
    assert "line 3, Amount: “lots” is no amount" in out


def test_rejects_are_written(pipetui: Callable[..., Result], deals: Path, tmp_path: Path) -> None:
    assert pipetui(deals, "--rejects", tmp_path / "rejects.csv").exit_code == 0
    assert "B,Demo,lots,y,3,Amount,lots" in (tmp_path / "rejects.csv").read_text("utf-8-sig")
    missing = pipetui(deals, "--source", "x", "--rejects", tmp_path / "no" / "rejects.csv")
    assert missing.exit_code == 1
    assert "cannot be written" in missing.stderr


def test_standard_input(pipetui: Callable[..., Result]) -> None:
    result = pipetui("-", "--json", input=DEALS.encode())
    assert json.loads(result.stdout)["new"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["missing.csv"], 1, "no file missing.csv"),
        ([str(DATA)], 1, "holds no exports"),
        ([str(DATA / "salesforce_devorg" / "Account.csv")], 1, "a list of accounts"),
        (
            [str(DATA / "salesforce_devorg" / "Opportunity.csv"), "--preset", "hubspot"],
            1,
            "looks like one of Salesforce",
        ),
        (
            [str(DATA / "salesforce_devorg" / "Opportunity.csv"), "--encoding", "utf-16"],
            1,
            "not in the encoding",
        ),
        (
            [str(DATA / "salesforce_devorg" / "Opportunity.csv"), "--map", "owner=Nobody"],
            1,
            "no column “Nobody”",
        ),
        ([str(DATA / "salesforce_devorg" / "Opportunity.csv"), "--map", "colour=Id"], 2, "FIELD=COLUMN"),
        ([str(DATA / "salesforce_devorg" / "Opportunity.csv"), "--as-of", "yesterday"], 2, "is no day"),
        ([str(DATA / "salesforce_devorg" / "Opportunity.csv"), "--currency", "euro"], 2, "no ISO currency"),
        ([], 2, "FILE"),
    ],
)
def test_mistakes_are_one_sentence_and_make_no_store(
    pipetui: Callable[..., Result], tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    result = pipetui(*arguments)
    assert result.exit_code == code
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""
    assert not (tmp_path / "pipe.db").exists()


def test_every_field_can_be_mapped(pipetui: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(
        ",".join(f"Kolonne {n}" for n in range(len(FIELDS)))
        + "\n"
        + "," * (len(FIELDS) - 1)
        + "x\n"
        + "1," * 29
        + "1\n"
    )
    options = [f"--map={name}=Kolonne {n}" for n, name in enumerate(FIELDS)]
    told = json.loads(pipetui(path, "--json", *options).stdout)
    assert told["mapping"] == {name: f"Kolonne {n}" for n, name in enumerate(FIELDS)}


def test_options_of_reading(pipetui: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    header = ["Deal Name", "Stage", "Amount", "Close Date"]
    path.write_bytes(
        making.workbook(
            {
                "A": [header, ["X", "Demo", "12,500", "03/04/2026"]],
                "B": [header, ["Y", "Demo", 1, "03/04/2026"]],
            }
        )
    )
    options = ("--sheet", "A", "--dates", "dmy", "--decimal", "comma", "--preset", "odoo")
    told = json.loads(pipetui(path, "--json", *options).stdout)
    assert (told["rows"], told["warnings"], told["preset"]) == (1, [], "odoo")
    wrong = pipetui(path, "--sheet", "C")
    assert (wrong.exit_code, "it has A, B" in wrong.stderr) == (1, True)
    assert pipetui(path, "--dates", "ymd").exit_code == 2
    assert pipetui(path, "--decimal", ";").exit_code == 2


def test_a_mapping_given_once_is_remembered(pipetui: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Thing,Where\nA,Demo\n")
    given = ("--map", "name=Thing", "--map", "stage=Where")
    first = json.loads(pipetui(path, "--json", *given).stdout)
    again = json.loads(pipetui(path, "--json").stdout)
    assert again["mapping"] == first["mapping"] == {"name": "Thing", "stage": "Where"}
    assert (again["unchanged"], again["source"]) == (1, first["source"])
