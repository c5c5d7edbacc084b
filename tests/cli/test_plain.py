"""The short way to the app and typer's way must mean the same."""

import os

import pytest
from typer.testing import CliRunner

from pipetui.cli import opening, plain
from pipetui.cli.commands import build
from pipetui.cli.context import Globals

Opened = tuple[Globals, bool, bool]


def through_typer(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> Opened | None:
    opened: list[Opened] = []

    def open_app(settings: Globals, *, demo: bool, mouse: bool) -> None:
        opened.append((settings, demo, mouse))

    monkeypatch.setattr(opening, "on_terminal", lambda: True)
    CliRunner().invoke(build(open_app), arguments)
    return opened[0] if opened else None


def shortly(arguments: list[str]) -> Opened | None:
    said = plain.read(arguments, os.environ)
    return None if said is None else (said.settings(), said.demo, said.mouse)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--no-mouse"],
        ["demo"],
        ["demo", "--no-mouse"],
        ["--db", "/tmp/x.db"],
        ["--db=/tmp/x=y.db", "--today", "2026-12-01"],
        ["--db", "a", "--db", "b", "demo"],
        ["--playbook", "own.toml", "--lang", "en"],
    ],
)
@pytest.mark.parametrize(
    "variables", [{}, {"PIPETUI_DB": "postgresql://db/x", "PIPETUI_TODAY": "2026-01-01"}]
)
def test_means_the_same_as_through_typer(
    arguments: list[str], variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert shortly(arguments) is not None
    assert shortly(arguments) == through_typer(arguments, monkeypatch)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["board"],
        ["demo", "--help"],
        ["demo", "demo"],
        ["demo", "--db", "x"],
        ["--db"],
        ["--db", "--no-mouse"],
        ["--db="],
        ["--no-mouse=1"],
        ["--today", "tomorrow"],
        ["--lang", "de"],
        ["--nothing"],
        [""],
        ["--"],
    ],
)
def test_anything_else_is_left_to_typer(arguments: list[str]) -> None:
    assert plain.read(arguments, os.environ) is None


def test_completion_is_left_to_typer() -> None:
    assert plain.read([], {"_PIPETUI_COMPLETE": "complete_bash"}) is None
