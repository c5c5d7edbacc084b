"""`pipetui` and `pipetui demo`: open the app, or print the board where there is no terminal to open it on."""

import sys
from typing import Protocol

from pipetui.cli.context import Globals
from pipetui.language import _


class OpenApp(Protocol):
    """Opens the app and comes back when it is closed. The command line does not know the app itself."""

    def __call__(self, settings: Globals, *, demo: bool, mouse: bool) -> None:
        """Open on the user's store, or on the demo's."""


def open_or_print(settings: Globals, open_app: OpenApp, *, demo: bool, mouse: bool) -> None:
    """Open the app; without a terminal on stdout print the board and how to open it. Raises `Problem`."""
    if sys.stdout.isatty() and sys.stdin.isatty():
        open_app(settings, demo=demo, mouse=mouse and settings.config.mouse)
        return
    from pipetui.cli.board import show

    command = "pipetui demo" if demo else "pipetui"
    show(settings, _demo(settings) if demo else settings.location)
    print()
    print(_("To open the app, run “%(command)s” in a terminal.") % {"command": command})


def _demo(settings: Globals) -> str:
    """The demo's store, made if it is not there or not of this week."""
    from pipetui.exchange.demo import prepare

    return str(prepare(settings.clock))
