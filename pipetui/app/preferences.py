"""What the user has settled: themes, keys, what was remembered. What is wrong with it is told once."""

from collections.abc import Mapping
from typing import NamedTuple

from textual.theme import Theme

from pipetui import resources
from pipetui.app import keymap, themes
from pipetui.app.memory import Memory
from pipetui.deals.text import clean
from pipetui.language import _, ngettext
from pipetui.store import paths

TOLD = 3
"""Problems that are told one by one; of more only how many there are."""


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
    wanted = (memory.text("theme", ""), theme, themes.DEFAULT, *available)
    begin = next(name for name in wanted if name in available)
    problems = wrong_themes + wrong_keys
    if theme is not None and theme not in available:
        said = _("There is no theme “%(name)s”, as config.toml wants; there are %(names)s.")
        problems.insert(0, said % {"name": clean(theme, 40), "names": ", ".join(sorted(available))})
    return Preferences(available, begin, keys_in_use, memory, _first(problems))


def _first(problems: list[str]) -> list[str]:
    rest = len(problems) - TOLD
    if rest <= 0:
        return problems
    more = ngettext(
        "%(n)d more mistake in config.toml or your themes.",
        "%(n)d more mistakes in config.toml or your themes.",
        rest,
    )
    return [*problems[:TOLD], more % {"n": rest}]
