"""What is written wrongly on the command line is one sentence that says what to write, and exit code 2."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

SENTENCES = {
    ("board", "--filter", "stade:demo"): "“stade” is not known; do you mean “stage”?\n",
    ("flags", "--filter", "ower:claire"): "“ower” is not known; do you mean “owner”?\n",
    ("board", "--json", "--filter", "amount>lots"): "“lots” is no amount; write 20000, 20k or 1.2m.\n",
    ("flags", "--filter", "claire stage:"): "“stage:” wants a stage, such as Demo, Proposal.\n",
    ("--db", "postgresql://host/x", "board"): (
        "“postgresql://host/x” cannot be a store; name a file, as a path or as sqlite:///PATH.\n"
    ),
}


@pytest.mark.parametrize("arguments", SENTENCES, ids=" ".join)
def test_a_mistake_is_one_sentence_and_code_2(cli: Cli, arguments: tuple[str, ...]) -> None:
    result = cli(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == SENTENCES[arguments]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--preset", "salseforce"], "“salseforce”"),
        (["--encoding", "utf-5"], "“utf-5”"),
        (["--encoding", "hex"], "“hex”"),
        (["--map", "nme=Name"], "nme=Name"),
        (["--as-of", "yesterday"], "“yesterday”"),
        (["--currency", "euro"], "“euro”"),
    ],
)
def test_so_is_one_of_an_import(
    cli: Cli, store_path: Path, tmp_path: Path, wrong: list[str], said: str
) -> None:
    export = tmp_path / "deals.csv"
    export.write_text("Id,Name,Stage,Amount,Close Date\n1,x,Demo,5,2026-12-01\n", encoding="utf-8")
    before = store_path.read_bytes()
    result = cli("import", *wrong, str(export))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr.splitlines()[-1]
    assert store_path.read_bytes() == before


def test_what_is_not_there_is_no_mistake_of_writing(cli: Cli, tmp_path: Path) -> None:
    assert cli("import", str(tmp_path / "none.csv")).exit_code == 1
    assert cli("--playbook", str(tmp_path / "none.toml"), "board").exit_code == 1
