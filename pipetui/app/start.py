"""Opening the app: what it needs before its first paint, and nothing else."""

import gc
import sys
from collections.abc import Mapping

from pipetui.app.app import PipetuiApp
from pipetui.app.commands import BOARD, DASHBOARD
from pipetui.app.preferences import preferences
from pipetui.app.session import Launch, Session
from pipetui.pipeline.ahead import Ahead

SWITCH = 0.0005
"""Seconds that a key waits for a thread that computes, instead of Python's 5 ms for each of its steps."""


def make_app(
    launch: Launch,
    ahead: Ahead | None = None,
    *,
    demo: bool = False,
    theme: str | None = None,
    keys: Mapping[str, str] | None = None,
    first_place: str = BOARD,
) -> PipetuiApp:
    """The app, not yet running."""
    chosen = preferences(theme, keys or {})
    return PipetuiApp(Session(launch, ahead), chosen, demo=demo, first_place=first_place)


def open_app(
    launch: Launch,
    ahead: Ahead | None,
    *,
    demo: bool,
    mouse: bool,
    theme: str | None,
    keys: Mapping[str, str],
) -> int:
    """Run the app until the user quits; the exit code.

    Args:
        launch: store, playbook, clock, user.
        ahead: the pipeline, if somebody is reading it already.
        demo: begin on the sample data instead of the user's store.
        mouse: whether the app takes the mouse; else the terminal keeps it to select text.
        theme: the config's theme.
        keys: the config's keys, command id → keys.
    """
    app = make_app(launch, ahead, demo=demo, theme=theme, keys=keys, first_place=DASHBOARD)
    sys.setswitchinterval(SWITCH)
    gc.disable()  # nothing is thrown away on the way to the first cards; the app turns it on again
    app.run(mouse=mouse)
    gc.freeze()  # nor on the way out: the process ends anyway
    return app.return_code or 0
