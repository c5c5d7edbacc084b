"""The theme files: complete, legible, and told apart by every pair of eyes."""

import re
import tomllib
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.theme import Theme
from textual.widgets import Button, DataTable, Footer, Header, Input, Markdown, OptionList, Select, TextArea

from pipetui.resources import themes
from tests.house.colours import EYES, contrast, difference

FILES = {path.stem: path for path in sorted(themes().glob("*.toml"))}
PARTS = {
    "card-cursor-background", "card-cursor-text-style", "card-bar", "column-rule", "flag-high", "flag-medium",
    "flag-low", "good", "money", "muted", "muted-text-style", "match",
}  # fmt: skip
BASE = {
    "name", "dark", "primary", "secondary", "accent", "foreground", "background", "surface", "panel",
    "success", "warning", "error", "variables",
}  # fmt: skip
ANSI = re.compile(r"ansi_(default|(bright_)?(black|red|green|yellow|blue|magenta|cyan|white))")


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


THEMES = {name: read(path) for name, path in FILES.items()}
IN_COLOUR = {name: theme for name, theme in THEMES.items() if not theme.get("ansi")}


def backgrounds(theme: dict[str, Any]) -> dict[str, str]:
    variables = theme["variables"]
    return {key: theme[key] for key in ("background", "surface", "panel")} | {
        key: variables[key] for key in ("card-cursor-background", "block-cursor-background")
    }


def test_there_are_dark_light_and_terminal_themes() -> None:
    assert sum(theme["dark"] for theme in IN_COLOUR.values()) >= 2
    assert any(not theme["dark"] for theme in IN_COLOUR.values())
    assert any(theme.get("ansi") for theme in THEMES.values())
    assert len(THEMES) >= 5


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_is_complete_and_named_as_its_file(name: str) -> None:
    theme = THEMES[name]
    assert theme["name"] == name
    assert theme.keys() - {"ansi"} == BASE
    assert theme["variables"].keys() >= PARTS


@pytest.mark.parametrize("name", [name for name in THEMES if name not in IN_COLOUR])
def test_a_terminal_theme_uses_the_terminals_colours_only(name: str) -> None:
    theme = THEMES[name]
    values = {key: value for key, value in (theme | theme["variables"]).items() if isinstance(value, str)}
    styles = {key for key in values if key.endswith("text-style")}
    assert not [key for key in values.keys() - styles - {"name"} if not ANSI.fullmatch(values[key])]


@pytest.mark.parametrize("name", IN_COLOUR)
def test_text_and_states_are_legible_on_every_background(name: str) -> None:
    theme = IN_COLOUR[name]
    texts = {
        key: theme[key] for key in BASE - {"name", "dark", "variables", "background", "surface", "panel"}
    }
    texts |= {
        key: theme["variables"][key]
        for key in ("flag-high", "flag-medium", "flag-low", "good", "money", "muted", "match", "card-bar")
    }
    poor = {
        (text, ground): round(contrast(colour, behind), 2)
        for (text, colour), (ground, behind) in product(texts.items(), backgrounds(theme).items())
        if contrast(colour, behind) < 4.5
    }
    assert not poor


@pytest.mark.parametrize("name", IN_COLOUR)
def test_the_card_under_the_cursor_stands_out(name: str) -> None:
    theme = IN_COLOUR[name]
    raised = theme["variables"]["card-cursor-background"]
    for ground in (theme["background"], theme["surface"]):
        assert contrast(raised, ground) >= 1.25
        assert all(difference(raised, ground, eyes) >= 12 for eyes in EYES)


@pytest.mark.parametrize("name", IN_COLOUR)
def test_rules_are_seen(name: str) -> None:
    theme = IN_COLOUR[name]
    assert contrast(theme["variables"]["column-rule"], theme["background"]) >= 1.8


@pytest.mark.parametrize("name", IN_COLOUR)
@pytest.mark.parametrize("eyes", EYES)
def test_states_differ_for_every_pair_of_eyes(name: str, eyes: str) -> None:
    variables = IN_COLOUR[name]["variables"]
    states = {key: variables[key] for key in ("flag-high", "flag-medium", "good")}
    for one, other in combinations(states, 2):
        assert difference(states[one], states[other], eyes) >= 15, (one, other)


class Gallery(App[None]):
    """One of each of the widgets that an app of ours may use."""

    def compose(self) -> ComposeResult:
        yield Header()
        yield Input("text")
        yield OptionList("one", "two")
        yield Button("press", variant="primary")
        yield DataTable()
        yield Select([("one", 1)])
        yield Markdown("# Title\n[link](target)")
        yield TextArea("text")
        yield Footer()


async def test_every_theme_paints() -> None:
    app = Gallery()
    async with app.run_test(notifications=True) as pilot:
        for theme in THEMES.values():
            app.register_theme(Theme(**theme))
            app.theme = theme["name"]
            app.notify("told")
            await pilot.pause()
            assert app.theme_variables.keys() >= PARTS
