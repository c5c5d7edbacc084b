"""The console script, and the only place that knows both the command line and the app."""

import sys
from typing import TYPE_CHECKING

from pipetui.cli.main import run

if TYPE_CHECKING:
    from pipetui.cli.context import Globals


def main() -> None:
    """Run pipetui and exit."""
    run(_open_app)


def _open_app(settings: "Globals", *, demo: bool, mouse: bool) -> None:
    from pipetui.app.start import open_app

    code = open_app(settings, demo=demo, mouse=mouse, theme=settings.config.theme, keys=settings.config.keys)
    if code:
        sys.exit(code)


if __name__ == "__main__":
    main()
