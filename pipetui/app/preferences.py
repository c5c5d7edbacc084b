"""What the user has settled: themes, keys, what was remembered. What is wrong with it is told once."""

from collections.abc import Mapping
from typing import NamedTuple

from textual.theme import Theme

from pipetui import resources
from pipetui.app import keymap, themes
from pipetui.app.memory import Memory
from pipetui.store import paths


class Preferences(NamedTuple):
    """Checked, and ready to be used."""

    themes: dict[str, Theme]
    theme: str
    """The one to begin with."""
    keymap: dict[str, str]
    """Command id → keys, separated by commas, where they are not the table's own."""
    memory: Memory
    problems: list[str]
    """A sentence each."""


def preferences(theme: str | None, keys: Mapping[str, str]) -> Preferences:
    """What is in force: the theme picked last, else the config's, else ours; the usable part of the keys."""
    available, wrong_themes = themes.load([resources.themes(), paths.config_dir() / "themes"])
    keys_in_use, wrong_keys = keymap.checked(keys)
    memory = Memory(paths.state_dir() / "app.json")
    wanted = memory.text("theme", theme or themes.DEFAULT)
    begin = next(name for name in (wanted, themes.DEFAULT, *available) if name in available)
    return Preferences(available, begin, keys_in_use, memory, wrong_themes + wrong_keys)
