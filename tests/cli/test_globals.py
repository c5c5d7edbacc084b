from datetime import date
from pathlib import Path

import pytest

from pipetui import __version__
from pipetui.cli.context import Globals
from pipetui.cli.speaking import language
from pipetui.language import use
from pipetui.store.paths import without_password
from tests.cli.conftest import Cli

Opened = list[tuple[Globals, bool, bool]]


def write_config(world: Path, text: str) -> Path:
    path = world / "config" / "pipetui" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_version(cli: Cli) -> None:
    assert cli("--version").stdout == f"pipetui {__version__}\n"


def test_every_command_has_help_with_an_example(cli: Cli) -> None:
    words = [[], ["demo"], ["board"], ["flags"], ["undo"], ["log"], ["locate"], ["playbook"]]
    words += [["playbook", "init"], ["playbook", "check"], ["playbook", "show"]]
    for command in words:
        result = cli(*command, "--help")
        assert result.exit_code == 0
        assert "Example: " in result.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        ["--today", "tomorrow", "board"],
        ["--lang", "de", "board"],
        ["nothing"],
        ["board", "--nope"],
        ["locate", "x"],
    ],
)
def test_wrong_usage_is_two(cli: Cli, wrong: list[str]) -> None:
    result = cli(*wrong)
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            ["--today", "tomorrow", "board"],
            "Invalid value for '--today': “tomorrow” is no day; write 2026-11-22.",
        ),
        (["flags", "--by", "x"], "Invalid value for '--by': 'x' is none of 'owner'."),
        (["bord"], "No such command: 'bord'. Did you mean 'board'?"),
        (["board", "--jsn"], "No such option: --jsn. Did you mean --json?"),
        (["board", "--nope"], "No such option: --nope."),
        (["board", "x"], "Nothing is expected here: x."),
        (["board", "--filter"], "The option '--filter' needs a value."),
        (["board", "--json=1"], "The option '--json' takes no value."),
        (["import"], "Missing argument 'FILE...'."),
    ],
)
def test_wrong_usage_is_one_sentence_at_the_end(cli: Cli, wrong: list[str], said: str) -> None:
    assert cli(*wrong).stderr.splitlines()[-1] == said


def test_typer_speaks_the_language_in_use(cli: Cli) -> None:
    use("fr")
    said = cli("--help").stdout
    for english in ("Usage:", "Options:", "Commands:", "ARGS", "Show ", "Install ", "env var"):
        assert english not in said
    assert "Usage\u00a0: pipetui" in said
    assert "Afficher cette aide" in cli("playbook", "init", "--help").stdout
    wrong = cli("board", "--jsn")
    assert "L’option --jsn n’existe pas" in wrong.stderr
    assert "--help" in wrong.stderr


def test_without_a_terminal_the_board_is_printed_with_how_to_open_the_app(cli: Cli, opened: Opened) -> None:
    result = cli()
    assert result.exit_code == 0
    assert "Portail fournisseurs" in result.stdout
    assert result.stdout.endswith("To open the app, run “pipetui” in a terminal.\n")
    assert opened == []


def test_the_day_comes_from_the_option_then_the_environment(cli: Cli) -> None:
    assert "1 Dec 2026" in cli("--today", "2026-12-01", "board").stdout
    assert "22 Nov 2026" in cli("board").stdout


def test_the_store_comes_from_the_environment_too(cli: Cli, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    located = Globals.resolve(db=str(other)).location
    assert located == str(other)
    assert Globals.resolve().location.endswith("pipetui.db")


def test_config_gives_way_to_options(own_world: Path, tmp_path: Path) -> None:
    write_config(
        own_world, 'db = "/srv/team.db"\nplaybook = "own.toml"\ntimezone = "Europe/Paris"\nmouse = false\n'
    )
    settings = Globals.resolve()
    assert settings.location == "/srv/team.db"
    assert settings.playbook_path == own_world / "config" / "pipetui" / "own.toml"
    assert str(settings.clock.zone) == "Europe/Paris"
    assert settings.config.mouse is False
    assert Globals.resolve(db="/tmp/x.db", today=date(2026, 1, 2)).location == "/tmp/x.db"
    assert Globals.resolve(today=date(2026, 1, 2)).clock.today() == date(2026, 1, 2)


def test_a_wrong_config_is_one_sentence(cli: Cli, own_world: Path) -> None:
    path = write_config(own_world, 'theme = "nuit"\ncolour = "red"\n')
    result = cli("board")
    assert result.exit_code == 1
    assert f"“{path}”, line 2, key “colour”" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_named_config_must_be_there(cli: Cli, tmp_path: Path) -> None:
    result = cli("--config", str(tmp_path / "none.toml"), "board")
    assert result.exit_code == 1
    assert "There is no config file" in result.stderr


def test_locate_names_files_that_may_not_be_there_yet(cli: Cli, own_world: Path, store_path: Path) -> None:
    assert cli("locate", "data").stdout == f"{store_path}\n"
    assert cli("locate", "themes").stdout == f"{own_world / 'config' / 'pipetui' / 'themes'}\n"
    assert cli("locate", "config").stdout == cli("locate", "keys").stdout
    assert len(cli("locate").stdout.splitlines()) == 5


def test_locate_never_shows_a_password() -> None:
    assert without_password("postgresql://claire:s3cr3t@db:5432/pipe") == "postgresql://claire@db:5432/pipe"
    assert without_password("postgresql://db/pipe") == "postgresql://db/pipe"
    assert without_password("/tmp/a@b.db") == "/tmp/a@b.db"


@pytest.mark.parametrize(
    ("arguments", "environ", "expected"),
    [
        (["--lang", "fr", "board"], {}, "fr"),
        (["--lang=fr"], {"PIPETUI_LANG": "en"}, "fr"),
        ([], {"PIPETUI_LANG": "fr"}, "fr"),
        ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        (["--lang"], {}, "en"),
        (["board", "--", "--lang", "fr"], {}, "en"),
    ],
)
def test_the_language_is_known_before_the_help_is_built(
    arguments: list[str], environ: dict[str, str], expected: str
) -> None:
    assert language(arguments, environ) == expected


def test_the_language_of_the_config(own_world: Path, tmp_path: Path) -> None:
    write_config(own_world, 'lang = "fr"\n')
    assert language([], {}) == "fr"
    assert language(["--lang", "en"], {}) == "en"
    other = tmp_path / "other.toml"
    other.write_text("lang = 3\n", encoding="utf-8")
    assert language(["--config", str(other)], {"LANG": "C"}) == "en"
