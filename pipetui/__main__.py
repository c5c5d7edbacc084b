"""The console script, and the only place that knows both the command line and the app."""

import sys
from functools import partial
from typing import TYPE_CHECKING

from pipetui.cli.main import run

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.pipeline.pipeline import Pipeline


def main() -> None:
    """Run pipetui and exit."""
    run(_open_app)


def _open_app(settings: "Globals", *, demo: bool, mouse: bool) -> None:
    from pipetui.pipeline.ahead import read_ahead

    ahead = None if demo else read_ahead(partial(_look, settings))  # before Textual, which takes its time
    from pipetui.app.start import open_app

    config = settings.config
    code = open_app(settings, ahead, demo=demo, mouse=mouse, theme=config.theme, keys=config.keys)
    if code:
        sys.exit(code)


def _look(settings: "Globals") -> "Pipeline | None":
    """The pipeline, if it can be read without making or changing a store."""
    from pipetui.pipeline.keeping import recall
    from pipetui.pipeline.looking import look
    from pipetui.store.engine import Store

    if not Store.is_current(settings.location):
        return None
    store = settings.store()
    return look(store, settings.playbook, settings.clock.today(), recall(store.path))


if __name__ == "__main__":
    main()
