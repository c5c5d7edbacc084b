"""The language to speak, found out before the command line is built: its help texts are fixed by then."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipetui import language as languages
from pipetui.settings import config as settings


def language(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """`--lang`, else `PIPETUI_LANG`, else the config file's, else the locale's."""
    wanted = _option(arguments, "--lang") or environ.get("PIPETUI_LANG")
    if not wanted:
        wanted = settings.language(_config_path(arguments, environ))
    return languages.choose(wanted, environ)


def _config_path(arguments: Sequence[str], environ: Mapping[str, str]) -> Path:
    named = _option(arguments, "--config") or environ.get("PIPETUI_CONFIG")
    if named:
        return Path(named)
    from pipetui.store.paths import config_dir

    return config_dir() / settings.NAME


def _option(arguments: Sequence[str], name: str) -> str | None:
    """The value of a global option; the last one given counts."""
    found = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument.startswith(f"{name}="):
            found = argument.partition("=")[2]
        elif argument == name and position + 1 < len(arguments):
            found = arguments[position + 1]
    return found
