"""Theme files: what can be read, and what is said of the others."""

from pathlib import Path

import pytest

from pipetui.app.themes import ThemeError, load, read

GOOD = 'name = "mine"\ndark = true\nprimary = "#ff8800"\n'


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_theme_needs_little(tmp_path: Path) -> None:
    theme = read(write(tmp_path, GOOD))
    assert theme.name == "mine"
    assert theme.dark
    assert theme.primary == "#ff8800"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD + 'acent = "#123456"\n', "acent"),
        (GOOD + 'accent = "reddish"\n', "reddish"),
        (GOOD + "accent = 3\n", "3"),
        (GOOD + 'accent = "$primary"\n', "$primary"),
        (GOOD.replace("true", '"yes"'), "yes"),
        ('dark = true\nprimary = "#ff8800"\n', "name"),
        ('name = "mine"\n', "primary"),
        (GOOD.replace('"mine"', '"My Theme"'), "My Theme"),
        (GOOD + '[variables]\nmoney = "$nothing"\n', "$nothing"),
        (GOOD + "[variables]\nmoney = 3\n", "3"),
        (GOOD + '[variables]\nmuted-text-style = "bold; color: red"\n', "bold; color: red"),
        ("name = \n", "line 1"),
        (GOOD + 'variables = "x"\n', "x"),
    ],
)
def test_a_mistake_is_named_with_its_file(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ThemeError) as caught:
        read(write(tmp_path, text))
    said = str(caught.value)
    assert "mine.toml" in said
    assert named in said
    assert "\n" not in said


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\0name")
    with pytest.raises(ThemeError, match=r"mine\.toml"):
        read(path)


def test_a_bad_file_leaves_the_others(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "name = 3", "bad.toml")
    write(tmp_path, "not a theme", "notes.txt")
    found, problems = load([tmp_path, tmp_path / "nowhere"])
    assert list(found) == ["mine"]
    assert len(problems) == 1
    assert "bad.toml" in problems[0]


def test_the_users_theme_replaces_ours_of_the_same_name(tmp_path: Path) -> None:
    ours, users = tmp_path / "ours", tmp_path / "users"
    ours.mkdir()
    users.mkdir()
    write(ours, GOOD)
    write(users, GOOD.replace("#ff8800", "#0088ff"))
    found, problems = load([ours, users])
    assert found["mine"].primary == "#0088ff"
    assert problems == []
