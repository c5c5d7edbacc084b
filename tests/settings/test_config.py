from pathlib import Path

import pytest

from pipetui.deals.errors import Problem
from pipetui.settings.config import Config, language, load


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_is_optional_the_file_too(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Config()
    assert load(written(tmp_path, "# nothing\n")) == Config()


def test_all_keys(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'lang = "fr"\ntheme = "nuit"\ndb = "postgresql://team@db/pipe"\nplaybook = "p/own.toml"\n'
        'mouse = false\ntimezone = "Europe/Paris"\n[keys]\n"board.undo" = "ctrl+z,u"\n',
    )
    assert load(path) == Config(
        lang="fr",
        theme="nuit",
        db="postgresql://team@db/pipe",
        playbook=tmp_path / "p" / "own.toml",
        mouse=False,
        timezone="Europe/Paris",
        keys={"board.undo": "ctrl+z,u"},
    )


def test_an_absolute_playbook_stays_where_it_is(tmp_path: Path) -> None:
    assert load(written(tmp_path, 'playbook = "/etc/own.toml"\n')).playbook == Path("/etc/own.toml")
    assert load(written(tmp_path, 'playbook = "~/own.toml"\n')).playbook == Path.home() / "own.toml"


@pytest.mark.parametrize(
    ("text", "where", "allowed"),
    [
        (
            'theme = "x"\n\ncolour = "red"\n',
            "line 3, key “colour”",
            "lang, theme, db, playbook, mouse, timezone, keys",
        ),
        ('lang = "de"\n', "line 1, key “lang”", "“en” or “fr”"),
        ('# mouse\nmouse = "no"\n', "line 2, key “mouse”", "true or false"),
        ("theme = 3\n", "line 1, key “theme”", "name of a theme"),
        ('db = ""\n', "line 1, key “db”", "a path or a URL"),
        ('timezone = "Mars/Base"\n', "line 1, key “timezone”", "Europe/Paris"),
        ('lang = "fr"\n[keys]\n"board.undo" = 1\n', "line 2, key “keys”", "commands and their keys"),
    ],
)
def test_a_mistake_names_file_line_key_and_what_is_allowed(
    tmp_path: Path, text: str, where: str, allowed: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(Problem) as caught:
        load(path)
    assert f"“{path}”, {where}: " in str(caught.value)
    assert allowed in str(caught.value)


def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="line 2"):
        load(written(tmp_path, 'lang = "fr"\nmouse =\n'))


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="cannot be read"):
        load(tmp_path)
    (tmp_path / "config.toml").write_bytes(b"theme = '\xff\xfe'")
    with pytest.raises(Problem, match="not UTF-8"):
        load(tmp_path / "config.toml")


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no config file"):
        load(tmp_path / "none.toml", required=True)


@pytest.mark.parametrize(
    ("text", "lang"), [('lang = "fr"\n', "fr"), ("lang = 3\n", None), ("", None), ("lang =\n", None)]
)
def test_the_language_alone_is_read_from_anything(tmp_path: Path, text: str, lang: str | None) -> None:
    assert language(written(tmp_path, text)) == lang
    assert language(tmp_path / "none.toml") is None
