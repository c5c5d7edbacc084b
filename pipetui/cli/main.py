"""The program: the language first, then the app by the shortest way, or a command."""

import os
import sys
from collections.abc import Sequence

from pipetui import language
from pipetui.cli import legible, plain, speaking
from pipetui.cli.failing import report
from pipetui.cli.opening import OpenApp, on_terminal, open_or_print


def run(open_app: OpenApp, argv: Sequence[str] | None = None) -> None:
    """Run the command line of this process and exit."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    legible.register()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A name that the terminal's encoding does not know is no reason to fail.
            stream.reconfigure(errors=legible.NAME)
    try:
        language.use(speaking.language(arguments, os.environ))
        opening = plain.read(arguments, os.environ) if on_terminal() else None
        if opening is None:
            from pipetui.cli.commands import build

            build(open_app)(args=arguments, prog_name="pipetui")
        else:
            _open(opening, open_app)
    except KeyboardInterrupt:
        sys.exit(130)


def _open(opening: plain.Opening, open_app: OpenApp) -> None:
    try:
        open_or_print(opening.settings(), open_app, demo=opening.demo, mouse=opening.mouse)
    except Exception as error:
        sys.exit(report(error))
