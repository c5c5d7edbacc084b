"""Opening the app without typer, whose import alone takes as long as the app's.

Only `pipetui` and `pipetui demo` with well-formed global options are read here. The rest is left to typer,
mistakes too, so that there is one place for commands, help and complaints.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from pipetui import language
from pipetui.cli.context import Globals

_VARIABLES: Final = {
    "--db": "PIPETUI_DB",
    "--playbook": "PIPETUI_PLAYBOOK",
    "--config": "PIPETUI_CONFIG",
    "--today": "PIPETUI_TODAY",
    "--lang": "PIPETUI_LANG",
}
"""Global option → the variable that stands in for it."""


class Opening(NamedTuple):
    """How the app is to be opened."""

    values: Mapping[str, str]
    """Global option → its value."""
    today: date | None
    demo: bool
    mouse: bool

    def settings(self) -> Globals:
        """The settings in force. Raises `Problem` if the config file is wrong."""
        playbook, config = self.values.get("--playbook"), self.values.get("--config")
        return Globals.resolve(
            db=self.values.get("--db"),
            playbook=Path(playbook) if playbook else None,
            config=Path(config) if config else None,
            today=self.today,
            language=language.current(),
        )


def read(arguments: Sequence[str], environ: Mapping[str, str]) -> Opening | None:
    """What a command line opens, or `None` if typer has to read it."""
    values = {option: environ[name] for option, name in _VARIABLES.items() if environ.get(name)}
    if "_PIPETUI_COMPLETE" in environ:
        return None
    rest = list(arguments)
    demo, mouse = False, True
    while rest:
        option, has_value, value = rest.pop(0).partition("=")
        if option == "demo" and not has_value and not demo:
            demo = True
        elif option == "--no-mouse" and not has_value:
            mouse = False
        elif option in _VARIABLES and not demo:
            if not has_value:
                value = rest.pop(0) if rest else ""
            if not value or value.startswith("-"):
                return None
            values[option] = value
        else:
            return None
    if values.get("--lang", "en") not in language.LANGUAGES:
        return None
    try:
        today = date.fromisoformat(values["--today"]) if "--today" in values else None
    except ValueError:
        return None
    return Opening(values, today, demo, mouse)
