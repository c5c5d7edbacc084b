"""Days as options of a command line."""

from datetime import date

import typer

from pipetui.language import _


def day(text: str) -> date:
    """The day of an option, written 2026-11-22."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(_("“%(text)s” is no day; write 2026-11-22.") % {"text": text}) from None
