"""The config file: a few keys in TOML, all of them optional.

lang = "fr"
theme = "nuit"
db = "~/pipeline/team.db"
playbook = "playbook.toml"     # relative to this file
mouse = false
timezone = "Europe/Paris"

[keys]                         # command = keys
"app.undo" = "ctrl+z"
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.language import LANGUAGES, N_, _

NAME = "config.toml"
"""The file's name in the config folder."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the config file says. Options and environment variables go before it."""

    lang: Literal["en", "fr"] | None = None
    theme: str | None = None
    db: str | None = None
    """A path or a URL."""
    playbook: Path | None = None
    mouse: bool = True
    timezone: str | None = None
    """An IANA name; absent: the playbook's, else the machine's."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Command id → keys, separated by commas."""


def load(path: Path, *, required: bool = False) -> Config:
    """What a config file says; the defaults if there is none and none is required.

    Raises:
        Problem: naming the file, the line, the key and what is allowed.
    """
    text = _read(path, required=required)
    if text is None:
        return Config()
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem(
            _("The config file “%(path)s” is not valid TOML: %(reason)s.")
            % {"path": clean(str(path)), "reason": clean(str(error)).rstrip(".")}
        ) from None
    return _validated(path, text, data)


def language(path: Path) -> str | None:
    """The `lang` of a config file, if it can be read at all; whatever is wrong with it is told by `load`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    import tomllib

    try:
        lang = tomllib.loads(text).get("lang")
    except tomllib.TOMLDecodeError:
        return None
    return lang if isinstance(lang, str) else None


def _read(path: Path, *, required: bool) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        if required:
            raise Problem(_("There is no config file “%(path)s”.") % {"path": clean(str(path))}) from None
        return None
    except UnicodeDecodeError:
        reason = _("it is not UTF-8 text")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
    raise Problem(
        _("The config file “%(path)s” cannot be read: %(reason)s.")
        % {"path": clean(str(path)), "reason": reason}
    )


def _validated(path: Path, text: str, data: dict[str, Any]) -> Config:
    for key, value in data.items():
        allowed = _ALLOWED.get(key)
        if allowed is None:
            reason = _("it is unknown; known are %(keys)s") % {"keys": ", ".join(_ALLOWED)}
        elif not allowed.accepts(value):
            reason = _(allowed.reason)
        else:
            continue
        raise Problem(
            _("The config file “%(path)s”, line %(line)d, key “%(key)s”: %(reason)s.")
            % {"path": clean(str(path)), "line": _line(text, key), "key": clean(key), "reason": reason}
        )
    playbook = data.get("playbook")
    if playbook is not None:
        data = {**data, "playbook": path.parent / Path(playbook).expanduser()}
    return Config(**data)


class _Allowed(NamedTuple):
    """What a key may hold, and what to say where it does not."""

    accepts: Callable[[Any], bool]
    reason: str


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_zone(value: object) -> bool:
    if not isinstance(value, str):
        return False
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        return False
    return True


def _is_keymap(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(keys, str) for keys in value.values())


_ALLOWED: Final = {
    "lang": _Allowed(lambda value: value in LANGUAGES, N_("it is “en” or “fr”")),
    "theme": _Allowed(_is_text, N_("it is the name of a theme, in quotes")),
    "db": _Allowed(_is_text, N_("it is a path or a URL, in quotes")),
    "playbook": _Allowed(_is_text, N_("it is a path, in quotes")),
    "mouse": _Allowed(lambda value: isinstance(value, bool), N_("it is true or false")),
    "timezone": _Allowed(_is_zone, N_("it is an IANA timezone such as “Europe/Paris”")),
    "keys": _Allowed(
        _is_keymap, N_('it is a table of commands and their keys, such as "app.undo" = "ctrl+z"')
    ),
}
"""Checked here and not by pydantic: the app reads this file before its first paint."""


def _line(text: str, key: str) -> int:
    """The line on which a key or its table begins, 1 for the first."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip(" \t[\"'").startswith(key):
            return number
    return 1
