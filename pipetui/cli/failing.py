"""What a user reads when a command fails."""

import sys

from pipetui.deals.errors import Misuse, Problem
from pipetui.deals.text import clean, clean_lines
from pipetui.language import _


def report(error: Exception) -> int:
    """Say what went wrong on stderr and return the exit code; a log file has what nobody foresaw."""
    if isinstance(error, Problem):
        say(str(error))
        return 2 if isinstance(error, Misuse) else 1
    from pipetui.store.journal import note

    where = note(error)
    summary = clean(f"{type(error).__name__}: {error}", 200)
    if where is None:
        say(_("Something went wrong inside pipetui (%(error)s).") % {"error": summary})
    else:
        say(
            _("Something went wrong inside pipetui (%(error)s); the details are in “%(path)s”.")
            % {"error": summary, "path": where}
        )
    return 1


def say(sentence: str) -> None:
    """One message on stderr, without anything a terminal would obey."""
    print(clean_lines(sentence), file=sys.stderr)
