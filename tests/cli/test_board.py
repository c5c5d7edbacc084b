import json
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from pipetui import language
from pipetui.store.engine import Store
from pipetui.store.reading import read_board
from tests.cli.conftest import Cli


def board(cli: Cli, *arguments: str) -> Any:
    result = cli("board", "--json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout, parse_float=Decimal)


def test_json_has_the_shape_of_the_contract(cli: Cli) -> None:
    said = board(cli)
    assert said["as_of"] == "2026-11-22"
    assert said["currency"] == "EUR"
    stage = next(stage for stage in said["stages"] if stage["stage"] == "Démo")
    assert set(stage) == {"stage", "kind", "count", "amount", "weighted", "unpriced", "deals"}
    deal = next(deal for deal in stage["deals"] if deal["name"] == "Portail fournisseurs")
    assert deal == {
        "id": deal["id"],
        "external_id": "006-0",
        "name": "Portail fournisseurs",
        "account": "Nordimat",
        "owner": "Claire Dubois",
        "amount": Decimal("617.25"),
        "currency": "EUR",
        "close_date": "2026-11-19",
        "category": "commit",
        "days_in_stage": 31,
        "flags": ["stalled", "overdue", "gate"],
    }


def test_money_is_exact_and_weighted_is_rounded_deal_by_deal(cli: Cli) -> None:
    result = cli("board", "--json")
    demo = next(
        stage
        for stage in json.loads(result.stdout, parse_float=Decimal)["stages"]
        if stage["stage"] == "Démo"
    )
    assert (demo["count"], demo["amount"], demo["weighted"]) == (2, Decimal("1234.5"), Decimal("493.8"))
    assert '"amount": 46000,' in result.stdout


def test_every_open_stage_of_the_playbook_is_there_in_its_order_then_won_and_lost(cli: Cli) -> None:
    kinds = [(stage["kind"], stage["stage"]) for stage in board(cli)["stages"]]
    assert [name for kind, name in kinds if kind == "open"] == [
        *("Qualification", "Discovery", "Démo", "Proposal", "Negotiation", "Closing"),
    ]
    assert [kind for kind, _name in kinds] == ["open"] * 6 + ["won", "lost"]


def test_closed_stages_hold_all_closed_deals(cli: Cli) -> None:
    won = next(stage for stage in board(cli)["stages"] if stage["kind"] == "won")
    assert {deal["name"] for deal in won["deals"]} == {"Won now", "Won before"}
    assert (won["count"], won["amount"]) == (2, 46001)
    assert won["deals"][0]["close_date"] in ("2026-11-02", "2026-09-30")


def test_unpriced_other_currencies_and_missing_stand_apart(cli: Cli) -> None:
    said = board(cli)
    discovery = next(stage for stage in said["stages"] if stage["stage"] == "Discovery")
    assert (discovery["count"], discovery["amount"], discovery["unpriced"]) == (2, 0, 1)
    assert discovery["other_currencies"] == [{"currency": "USD", "count": 1, "amount": 100}]
    unpriced = next(deal for deal in discovery["deals"] if deal["name"] == "Unpriced")
    assert (unpriced["amount"], unpriced["days_in_stage"], unpriced["close_date"]) == (None, None, None)
    assert [deal["name"] for deal in said["missing"]] == ["Gone"]
    assert said["missing"][0]["flags"] == []


def test_filter_narrows_deals_and_figures(cli: Cli) -> None:
    said = board(cli, "--filter", "commercial:claire")
    assert [deal["name"] for stage in said["stages"] for deal in stage["deals"]] == ["Portail fournisseurs"]
    assert sum(stage["count"] for stage in said["stages"]) == 1


def test_keys_stay_english_in_french(cli: Cli) -> None:
    result = cli("--lang", "fr", "board", "--json")
    assert json.loads(result.stdout)["stages"][0].keys() >= {"stage", "kind", "count", "amount"}


def test_text_has_every_open_stage_and_this_quarters_won(cli: Cli) -> None:
    text = cli("board").stdout
    for name in ("Qualification", "Discovery", "Démo", "Closing", "Closed Won · 2026-Q4"):
        assert f"\n{name}" in text
    assert "Portail fournisseurs" in text
    assert "stalled, overdue" in text
    assert "Won now" in text
    assert "Won before" not in text  # closed in the quarter before
    assert "Missing from the newest export · 1 deal" in text
    assert "\x1b" not in text


def test_stages_of_the_built_in_playbook_are_shown_in_french_and_kept_in_json(cli: Cli) -> None:
    language.use("fr")
    text = cli("board").stdout
    assert "\nDécouverte · 2 affaires" in text
    assert "\nProposition · " in text
    assert "Discovery" in {stage["stage"] for stage in board(cli)["stages"]}


def test_text_says_what_the_flags_cannot_tell(cli: Cli) -> None:
    assert "has no column for qualification" in cli("board").stdout


def test_hostile_names_are_harmless_and_stay_in_line(cli: Cli) -> None:
    for width in ("60", "80", "200"):
        text = cli("board", env={"COLUMNS": width}).stdout
        line = next(line for line in text.splitlines() if "[Renewal]" in line)
        assert not any(unicodedata.category(char) in ("Cc", "Cf") for char in line)
        rows = [line for line in text.splitlines() if "€617" in line and line.startswith("  ")]
        ends = {cell_len(row[: row.index("€617")]) for row in rows}
        assert len(rows) == 2
        assert len(ends) == 1  # amounts are aligned, whatever stands before them


def test_no_line_is_wider_than_the_terminal(cli: Cli) -> None:
    lines = cli("board", env={"COLUMNS": "80"}).stdout.splitlines()
    assert max(cell_len(line) for line in lines if line.startswith("  ")) <= 80


def test_a_stage_of_a_store_that_the_playbook_lacks_is_shown(
    cli: Cli, store_path: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[pipelines]]\nname = "Sales"\nstages = [{name = "First", probability = 0.5}]\n', encoding="utf-8"
    )
    said = board(lambda *arguments: cli("--playbook", str(own), *arguments))
    assert [stage["stage"] for stage in said["stages"]] == [
        "First",
        "Discovery",
        "Démo",
        "Closed Won",
        "Closed Lost",
    ]
    with Store.open(store_path) as store:
        assert len(read_board(store).deals) == 7
