from pathlib import Path

from pipetui.playbook.loading import default_text, load
from tests.cli.conftest import Cli


def test_init_writes_the_default_where_it_will_be_found(cli: Cli, own_world: Path) -> None:
    result = cli("playbook", "init")
    path = own_world / "config" / "pipetui" / "playbook.toml"
    assert result.stdout == f"{path}\n"
    assert path.read_text(encoding="utf-8") == default_text()
    path.write_text(default_text().replace('name = "B2B in six stages"', 'name = "Ours"'), encoding="utf-8")
    assert cli("playbook", "show").stdout.startswith('name = "Ours"\n')


def test_init_replaces_nothing_unless_told(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "mine.toml"
    assert cli("playbook", "init", str(path)).exit_code == 0
    path.write_text("mine", encoding="utf-8")
    result = cli("playbook", "init", str(path))
    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    assert cli("playbook", "init", "--force", str(path)).exit_code == 0
    assert path.read_text(encoding="utf-8") == default_text()


def test_init_into_a_place_that_cannot_be_written(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = cli("playbook", "init", str(tmp_path / "file" / "mine.toml"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_check_names_every_mistake_with_its_line(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text('currency = "euro"\ncolour = 1\n', encoding="utf-8")
    result = cli("playbook", "check", str(path))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "line 1" in result.stderr
    assert "line 2" in result.stderr
    assert "colour" in result.stderr


def test_check_says_what_is_in_order(cli: Cli, tmp_path: Path) -> None:
    result = cli("playbook", "check")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "The built-in playbook is in order: Sales: Qualification, Discovery, Demo"
    )


def test_show_prints_a_playbook_that_is_the_one_in_force(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "shown.toml"
    path.write_text(cli("playbook", "show").stdout, encoding="utf-8")
    assert load(path) == load(None)


def test_a_broken_playbook_stops_the_board_with_its_line(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("currency = 3\n", encoding="utf-8")
    result = cli("--playbook", str(path), "board")
    assert result.exit_code == 1
    assert "line 1" in result.stderr
    assert "Traceback" not in result.stderr
