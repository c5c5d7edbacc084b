"""Themes from files: ours, and the user's own beside them. A bad file is told once and left out."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

from pipetui.deals.text import clean
from pipetui.language import _

DEFAULT = "harbour"
NO_COLOUR = "sixteen"
"""The theme that says everything by shape and weight, for terminals without colours."""

VARIABLES: Mapping[str, str] = {
    "card-cursor-background": "panel",
    "card-cursor-text-style": "none",
    "card-bar": "primary",
    "column-rule": "secondary",
    "flag-high": "error",
    "flag-medium": "warning",
    "flag-low": "secondary",
    "good": "success",
    "money": "foreground",
    "muted": "foreground",
    "muted-text-style": "dim",
    "match": "accent",
}
"""The variables of our own that a theme may set, and what each is where it does not."""

_COLOURS = frozenset(
    [
        "primary",
        "secondary",
        "accent",
        "foreground",
        "background",
        "surface",
        "panel",
        "boost",
        "success",
        "warning",
        "error",
    ]
)
_OTHER: Mapping[str, type | tuple[type, ...]] = {
    "name": str,
    "dark": bool,
    "ansi": bool,
    "luminosity_spread": (float, int),
    "text_alpha": (float, int),
    "variables": dict,
}
_STYLES = frozenset(["none", "bold", "dim", "italic", "underline", "reverse", "strike", "not"])
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


class ThemeError(ValueError):
    """One sentence that says what is wrong with a theme file."""


def read(path: Path) -> Theme:
    """The theme in a TOML file; `ThemeError` if it cannot be one."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ThemeError(
            _("Theme %(file)s cannot be read: %(why)s.")
            % {"file": clean(path.name), "why": clean(str(error))}
        ) from None
    problem = _problem(data)
    if problem:
        raise ThemeError(_("Theme %(file)s: %(why)s.") % {"file": clean(path.name), "why": clean(problem)})
    return Theme(**data)


def _problem(data: dict[str, Any]) -> str | None:
    for key, value in data.items():
        if key in _COLOURS:
            if not _is_colour(value):
                return _("“%(value)s” is no colour for %(key)s") % {"value": value, "key": key}
        elif key not in _OTHER:
            allowed = ", ".join(sorted(_COLOURS | _OTHER.keys()))
            return _("%(key)s is not known; allowed are %(allowed)s") % {"key": key, "allowed": allowed}
        elif not isinstance(value, _OTHER[key]):
            return _("“%(value)s” does not fit %(key)s") % {"value": value, "key": key}
    for key in ("name", "primary"):
        if key not in data:
            return _("%(key)s is missing") % {"key": key}
    if not _NAME.fullmatch(data["name"]):
        return _("“%(value)s” does not fit %(key)s") % {"value": data["name"], "key": "name"}
    for key, value in data.get("variables", {}).items():
        if not (_is_style(value) or _is_colour(value)):  # refusing a colour takes its time
            return _("“%(value)s” is neither a colour nor a text style, for %(key)s") % {
                "value": value,
                "key": key,
            }
    return None


def _is_colour(value: object) -> bool:
    if not isinstance(value, str):
        return False
    colour, _space, alpha = value.partition(" ")
    try:
        Color.parse(colour)
    except ColorParseError:
        return False
    return not alpha or bool(re.fullmatch(r"\d{1,3}%", alpha))


def _is_style(value: object) -> bool:
    return isinstance(value, str) and bool(value) and all(word in _STYLES for word in value.split())


def load(folders: list[Path]) -> tuple[dict[str, Theme], list[str]]:
    """The themes of several folders, later ones before earlier ones of that name, and what was wrong."""
    themes: dict[str, Theme] = {}
    problems: list[str] = []
    for folder in folders:
        for path in _files(folder):
            try:
                theme = read(path)
            except ThemeError as error:
                problems.append(str(error))
            else:
                themes[theme.name] = theme
    return themes, problems


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob("*.toml")) if folder.is_dir() else []
    except OSError:  # a folder that one may not look into holds no themes
        return []
