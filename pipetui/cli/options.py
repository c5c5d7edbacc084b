"""Options that several commands have, made anew for each: their help is in the language in use."""

from typing import Any

import typer

from pipetui.cli.days import day
from pipetui.language import _


def owner() -> Any:
    """`--owner`."""
    return typer.Option("--owner", metavar=_("NAME"), help=_("Only the deals of this owner."))


def team() -> Any:
    """`--team`."""
    return typer.Option("--team", metavar=_("NAME"), help=_("Only the deals of this team."))


def period() -> Any:
    """`--period`, this quarter if it is not given."""
    told = _("A fiscal quarter (2026-Q4), a month (2026-11) or a year; by default this quarter.")
    return typer.Option("--period", metavar=_("PERIOD"), help=told)


def day_of(name: str, told: str) -> Any:
    """A day, such as `--from`."""
    return typer.Option(name, metavar="YYYY-MM-DD", parser=day, help=told)


def since() -> Any:
    """`--from`, of a window."""
    return day_of("--from", _("The first day of the window; by default it has 365 days."))


def until() -> Any:
    """`--to`, of a window."""
    return day_of("--to", _("Its last day; by default today."))


def by() -> Any:
    """`--by`."""
    return typer.Option("--by", help=_("The periods of the window; by default quarters."))


def width() -> Any:
    """`--width`."""
    told = _("Columns of the charts; by default the terminal's.")
    return typer.Option("--width", min=60, max=400, help=told)


def form() -> Any:
    """`--format`, of a page."""
    return typer.Option("--format", help=_("The format; by default as the file is called, else Markdown."))


def output() -> Any:
    """`--output`, `-o`."""
    return typer.Option("--output", "-o", metavar=_("FILE"), help=_("The file; - is the standard output."))
