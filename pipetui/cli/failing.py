"""What a user reads when a command fails."""

import sys

from pipetui.deals.errors import Problem
from pipetui.deals.text import clean, clean_lines
from pipetui.language import _


def report(error: Exception) -> None:
    """Say what went wrong on stderr; details of what nobody foresaw go to a log file."""
    if isinstance(error, Problem):
        say(str(error))
        return
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


def say(sentence: str) -> None:
    """One message on stderr, without anything a terminal would obey."""
    print(clean_lines(sentence), file=sys.stderr)
