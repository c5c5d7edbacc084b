"""The config file: a few keys in TOML, all of them optional.

lang = "fr"
theme = "nuit"
db = "~/pipeline/team.db"
playbook = "playbook.toml"     # relative to this file
mouse = false
timezone = "Europe/Paris"

[keys]                         # command = keys
"board.undo" = "ctrl+z"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Literal

from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.language import _

NAME = "config.toml"
"""The file's name in the config folder."""


@dataclass(frozen=True)
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

    __pydantic_config__: ClassVar[Any] = {"extra": "forbid", "strict": False}


def load(path: Path, *, required: bool = False) -> Config:
    """What a config file says; the defaults if there is none and none is required.

    Raises:
        Problem: naming the file, the line, the key and what is allowed.
    """
    text = _read(path, required=required)
    if text is None:
        return Config()
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Problem(
            _("The config file “%(path)s” is not valid TOML: %(reason)s.")
            % {"path": clean(str(path)), "reason": clean(str(error)).rstrip(".")}
        ) from None
    config = _validated(path, text, data)
    if config.playbook is None:
        return config
    return Config(**{**config.__dict__, "playbook": path.parent / config.playbook.expanduser()})


def language(path: Path) -> str | None:
    """The `lang` of a config file, if it can be read at all; whatever is wrong with it is told by `load`."""
    try:
        lang = tomllib.loads(path.read_text(encoding="utf-8")).get("lang")
    except (OSError, ValueError):
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
    from pydantic import TypeAdapter, ValidationError

    try:
        config = TypeAdapter(Config).validate_python(data)
        _check_zone(config.timezone)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
            allowed = ", ".join(Config.__dataclass_fields__)
            reason = _("it is unknown; known are %(allowed)s") % {"allowed": allowed}
        else:
            reason = clean(first["msg"])
    except KeyError as error:
        key, reason = (
            "timezone",
            _("“%(zone)s” is no IANA timezone such as Europe/Paris") % {"zone": error.args[0]},
        )
    else:
        return config
    raise Problem(
        _("The config file “%(path)s”, line %(line)d, key “%(key)s”: %(reason)s.")
        % {"path": clean(str(path)), "line": _line(text, key), "key": clean(key), "reason": reason}
    )


def _check_zone(name: str | None) -> None:
    from zoneinfo import ZoneInfo

    if name is not None:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            raise KeyError(name) from None


def _line(text: str, key: str) -> int:
    """The line on which a key stands, 1 for the first."""
    name = key.rsplit(".", maxsplit=1)[-1]
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip().strip("[").startswith((name, f'"{name}"', f"'{name}'")):
            return number
    return 1
