"""What a user reads when a command fails."""

import os
import sys

from pipetui.deals.clock import Clock
from pipetui.deals.errors import Problem
from pipetui.deals.text import clean, clean_lines
from pipetui.language import _


def report(error: Exception) -> None:
    """Say what went wrong on stderr; details of what nobody foresaw go to a log file."""
    if isinstance(error, Problem):
        say(str(error))
        return
    where = _log(error)
    summary = clean(f"{type(error).__name__}: {error}", 200)
    if where is None:
        say(_("Something went wrong inside pipetui (%(error)s).") % {"error": summary})
    else:
        say(
            _("Something went wrong inside pipetui (%(error)s); the details are in “%(path)s”.")
            % {"error": summary, "path": where}
        )


def say(sentence: str) -> None:
    """One message on stderr, without anything a terminal would obey."""
    print(clean_lines(sentence), file=sys.stderr)


def _log(error: Exception) -> str | None:
    """Append the traceback to the log; `None` if even that cannot be done."""
    import traceback

    from pipetui import __version__
    from pipetui.store.paths import state_dir

    path = state_dir() / "pipetui.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="replace") as file:
            file.write(f"{Clock().now()} pipetui {__version__}\n")
            file.writelines(traceback.format_exception(error))
    except OSError:
        return None
    return str(path)
