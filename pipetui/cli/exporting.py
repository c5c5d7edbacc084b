"""`pipetui export`: deals, flags, conflicts and changes for spreadsheets, calendars, scripts and the CRM."""

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple

import typer

from pipetui.cli.usage import Command
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.cli.finding import Found
    from pipetui.exchange.exporting.tables import Table
    from pipetui.store.engine import Run

What = Literal["deals", "flags", "conflicts", "changes"]
Form = Literal["csv", "xlsx", "json", "ics", "md"]

FORMS: Final[Mapping[What, tuple[Form, ...]]] = {
    "deals": ("csv", "xlsx", "json", "ics"),
    "flags": ("csv", "xlsx", "json", "md"),
    "conflicts": ("csv", "xlsx", "json", "md"),
    "changes": ("md", "csv", "xlsx", "json"),
}
"""The formats of each list; the first is the usual one."""

_SUFFIXES: Final[Mapping[str, Form]] = {
    ".csv": "csv", ".xlsx": "xlsx", ".json": "json", ".ics": "ics", ".md": "md", ".markdown": "md",
}  # fmt: skip


class Listing(NamedTuple):
    """One list, in the shapes that its formats are made of."""

    table: Callable[[], "Table"]
    json: Callable[[], dict[str, Any]]
    markdown: Callable[[], Iterable[str]] | None = None
    calendar: Callable[[], bytes] | None = None


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_(
            "Write deals, flags, conflicts or changes. Changes are what to carry back into the CRM. A list "
            "of deals can be imported again."
        ),
        epilog=_("Example: pipetui export deals --filter owner:marc -o deals.xlsx"),
    )
    def export(
        ctx: typer.Context,
        what: Annotated[
            What, typer.Argument(metavar="deals|flags|conflicts|changes", help=_("What to export."))
        ],
        *,
        form: Annotated[
            Form | None,
            typer.Option(
                "--format",
                help=_("The format; by default as the file is called, else CSV, and Markdown for changes."),
            ),
        ] = None,
        expression: Annotated[
            str | None,
            typer.Option("--filter", metavar=_("EXPR"), help=_("Only the deals that this filter finds.")),
        ] = None,
        since: Annotated[
            Any,
            typer.Option(
                metavar="YYYY-MM-DD", parser=_day, help=_("Only what was changed on this day or later.")
            ),
        ] = None,
        output: Annotated[
            Path | None,
            typer.Option("--output", "-o", metavar=_("FILE"), help=_("The file; - is the standard output.")),
        ] = None,
    ) -> None:
        target = None if output is None or str(output) == "-" else output
        chosen = _form(what, form, target)
        if since is not None and what in ("deals", "flags"):
            raise typer.BadParameter(_("--since is for changes and conflicts."))
        if chosen == "xlsx" and target is None and sys.stdout.isatty():
            raise typer.BadParameter(_("XLSX is nothing to read on a screen: name a file with -o."))
        data = content(ctx.obj, what, chosen, expression, since)
        if target is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
        else:
            _save(ctx.obj, target, data, chosen)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(_("“%(text)s” is no day; write 2026-11-22.") % {"text": text}) from None


def _form(what: What, wanted: Form | None, target: Path | None) -> Form:
    """The format as asked for, else as the file is called, else the usual one."""
    known = FORMS[what]
    form = wanted or (_SUFFIXES.get(target.suffix.lower()) if target else None) or known[0]
    if form not in known:
        raise typer.BadParameter(
            _("There is no %(format)s of %(what)s; there are %(all)s.")
            % {"format": form, "what": what, "all": ", ".join(known)}
        )
    return form


def content(settings: "Globals", what: What, form: Form, expression: str | None, since: date | None) -> bytes:
    """What is exported, as the bytes of a file without a byte order mark. Raises `Problem`."""
    from pipetui.cli.finding import find

    with settings.store() as store:
        found = find(settings, store, expression)
        with store.reading() as run:
            return _written(_listing(settings, what, found, run, since), form, settings)


def _listing(settings: "Globals", what: What, found: "Found", run: "Run", since: date | None) -> Listing:
    match what:
        case "deals":
            return _deals(settings, found, run)
        case "flags":
            return _flags(found)
        case "conflicts":
            return _conflicts(found, run, since)
        case "changes":
            return _changes(found, run, since)


def _deals(settings: "Globals", found: "Found", run: "Run") -> Listing:
    from pipetui.exchange.exporting import deals
    from pipetui.exchange.exporting.calendar import calendar_bytes

    known = deals.beside(run)
    # What has gone between the two looks at the store is left out.
    chosen = [deal for deal in found.deals if deal.id in known]
    return Listing(
        partial(deals.deal_table, found.pipeline, chosen, known),
        partial(deals.deal_json, found.pipeline, chosen, known),
        calendar=lambda: calendar_bytes(found.pipeline, chosen, known, _in_utc(settings)),
    )


def _flags(found: "Found") -> Listing:
    from pipetui.cli import flags
    from pipetui.exchange.exporting.flags import flag_table

    return Listing(
        partial(flag_table, found.pipeline, found.deals),
        lambda: flags.as_json(found, flags.explained(found, by_owner=False)),
        lambda: flags.markdown(found, flags.explained(found, by_owner=True), by_owner=True),
    )


def _conflicts(found: "Found", run: "Run", since: date | None) -> Listing:
    from pipetui.exchange.exporting import differing, lists

    today = found.pipeline.today
    conflicts = differing.disagreements(run, found.pipeline, found.deals, since)
    return Listing(
        partial(lists.conflicts_table, conflicts),
        partial(lists.conflicts_json, conflicts, today),
        partial(lists.conflicts_markdown, conflicts, today),
    )


def _changes(found: "Found", run: "Run", since: date | None) -> Listing:
    from pipetui.exchange.exporting import differing, lists

    today = found.pipeline.today
    changes = differing.changes_to_carry(run, found.pipeline, found.deals, since)
    return Listing(
        partial(lists.changes_table, changes),
        partial(lists.changes_json, changes, today),
        partial(lists.changes_markdown, changes, today),
    )


def _written(listing: Listing, form: Form, settings: "Globals") -> bytes:
    from pipetui.cli.output import json_text
    from pipetui.exchange.exporting.delimited import csv_bytes
    from pipetui.exchange.exporting.workbook import xlsx_bytes

    if form == "csv":
        return csv_bytes(listing.table())
    if form == "xlsx":
        return xlsx_bytes(listing.table(), settings.clock.now())
    if form == "md" and listing.markdown:
        return "".join(f"{line}\n" for line in listing.markdown()).encode()
    if form == "ics" and listing.calendar:
        return listing.calendar()
    return f"{json_text(listing.json())}\n".encode()


def _in_utc(settings: "Globals") -> datetime:
    """Now; a clock without a timezone goes by the machine's."""
    return settings.clock.now().replace(tzinfo=settings.clock.zone).astimezone(UTC)


def _save(settings: "Globals", target: Path, data: bytes, form: Form) -> None:
    from pipetui.exchange.exporting.delimited import BOM
    from pipetui.exchange.exporting.files import write_file

    with settings.store() as store:
        never = store.path
    # Excel opens files, and takes them for its own code page without the mark; programs read the output.
    write_file(target, BOM + data if form == "csv" else data, never=never)
    print(_("%(file)s was written.") % {"file": target})
