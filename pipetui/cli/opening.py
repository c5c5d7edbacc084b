"""`pipetui` and `pipetui demo`: open the app, or print the board where there is no terminal to open it on."""

import sys
from dataclasses import replace
from typing import Protocol

from pipetui.cli.context import Globals
from pipetui.language import _


class OpenApp(Protocol):
    """Opens the app and comes back when it is closed. The command line does not know the app itself."""

    def __call__(self, settings: Globals, *, demo: bool, mouse: bool) -> None:
        """Open on the user's store, or on the demo's."""


def open_or_print(settings: Globals, open_app: OpenApp, *, demo: bool, mouse: bool) -> None:
    """Open the app; without a terminal on stdout print the board and how to open it. Raises `Problem`."""
    if on_terminal():
        open_app(settings, demo=demo, mouse=mouse and settings.config.mouse)
        return
    command = "pipetui demo" if demo else "pipetui"
    if demo:
        _print_demo(settings)
    else:
        _print(settings)
    print()
    print(_("To open the app, run “%(command)s” in a terminal.") % {"command": command})


def on_terminal() -> bool:
    """Whether there is somebody to show the app to."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _print(settings: Globals) -> None:
    from pipetui.cli.board import show

    with settings.store() as store:
        show(settings, store)


def _print_demo(settings: Globals) -> None:
    from pipetui.cli.board import show
    from pipetui.exchange import demo

    sample = replace(settings)
    sample.clock = settings.clock
    sample.playbook = demo.playbook(settings.clock)
    with demo.open_demo(settings.clock, _progress) as store:
        show(sample, store)


def _progress(share: float) -> None:
    """How much of the sample data is there, 0–1; on a terminal only."""
    if sys.stderr.isatty():
        from pipetui.language.format import percent

        end = "\r\x1b[K" if share >= 1 else ""
        told = _("Preparing the sample data … %(percent)s") % {"percent": percent(share)}
        print(f"\r{told}{end}", end="", file=sys.stderr, flush=True)
