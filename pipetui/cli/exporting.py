"""`pipetui export`: what the store holds, for spreadsheets, calendars, scripts, mails and the CRM."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple

import typer

from pipetui.cli.usage import Command
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.cli.finding import Found
    from pipetui.exchange.exporting.tables import Table
    from pipetui.store.engine import Run, Store

What = Literal["deals", "flags", "conflicts", "changes", "actions"]
Form = Literal["csv", "xlsx", "json", "ics", "md"]

FORMS: Final[Mapping[What, tuple[Form, ...]]] = {
    "deals": ("csv", "xlsx", "json", "ics"),
    "flags": ("csv", "xlsx", "json", "md"),
    "conflicts": ("csv", "xlsx", "json", "md"),
    "changes": ("md", "csv", "xlsx", "json"),
    "actions": ("csv", "xlsx", "json", "ics", "md"),
}
"""The formats of each list; the first is the usual one."""

_SUFFIXES: Final[Mapping[str, Form]] = {
    ".csv": "csv", ".xlsx": "xlsx", ".json": "json", ".ics": "ics", ".md": "md", ".markdown": "md",
}  # fmt: skip


class Asked(NamedTuple):
    """What a list is made of."""

    settings: "Globals"
    store: "Store"
    found: "Found"
    run: "Run"
    is_filtered: bool
    since: date | None


class Listing(NamedTuple):
    """One list, in the shapes that its formats are made of."""

    table: Callable[[], "Table"]
    json: Callable[[], Mapping[str, Any]]
    """The last value are the items, of which only one at a time need be in memory."""
    markdown: Callable[[], Iterable[str]] = tuple
    """Lines; of a list without it there are none."""
    calendar: Callable[[], Iterable[bytes]] = tuple


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_(
            "Write deals, flags, conflicts, changes or actions. Changes are what to carry back into the CRM; "
            "actions are ours and what buyers have promised. A list of deals can be imported again."
        ),
        epilog=_("Example: pipetui export deals --filter owner:marc -o deals.xlsx"),
    )
    def export(
        ctx: typer.Context,
        what: Annotated[
            What, typer.Argument(metavar="deals|flags|conflicts|changes|actions", help=_("What to export."))
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
            raise typer.BadParameter(_("--since is for changes, conflicts and actions."))
        if chosen == "xlsx" and target is None and sys.stdout.isatty():
            raise typer.BadParameter(_("XLSX is nothing to read on a screen: name a file with -o."))
        parts = content(ctx.obj, what, chosen, expression, since)
        if target is None:
            sys.stdout.flush()
            sys.stdout.buffer.writelines(parts)
        else:
            _save(ctx.obj, target, parts, chosen)


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


def content(
    settings: "Globals", what: What, form: Form, expression: str | None, since: date | None
) -> Iterable[bytes]:
    """What is exported, as the parts of a file without a byte order mark. Raises `Problem`."""
    from pipetui.cli.finding import find

    with settings.store() as store:
        found = find(settings, store, expression)
        with store.reading() as run:
            listing = _LISTINGS[what](Asked(settings, store, found, run, bool(expression), since))
    match form:
        case "csv":
            from pipetui.exchange.exporting.delimited import csv_lines

            return csv_lines(listing.table())
        case "xlsx":
            from pipetui.exchange.exporting.workbook import xlsx_bytes

            return (xlsx_bytes(listing.table(), settings.clock.now()),)
        case "json":
            return json_parts(listing.json())
        case "ics":
            return listing.calendar()
        case "md":
            return (f"{line}\n".encode() for line in listing.markdown())


def _deals(asked: Asked) -> Listing:
    from pipetui.exchange.exporting import calendar, deals

    view, known = asked.found.pipeline, deals.beside(asked.run)
    # What has gone between the two looks at the store is left out.
    chosen = [deal for deal in asked.found.deals if deal.id in known]
    return Listing(
        partial(deals.deal_table, view, chosen, known),
        partial(deals.deal_json, view, chosen, known),
        calendar=lambda: calendar.calendar(
            _("Pipeline"), calendar.deal_events(view, chosen, known), asked.settings.clock
        ),
    )


def _flags(asked: Asked) -> Listing:
    from pipetui.cli import flags
    from pipetui.exchange.exporting.flags import flag_table
    from pipetui.pipeline.trend import hygiene_by_week

    found = asked.found

    def as_json() -> dict[str, Any]:
        among = {deal.id for deal in found.deals} if asked.is_filtered else None
        weeks = hygiene_by_week(asked.store, found.pipeline, among=among)
        return flags.as_json(found, flags.explained(found, by_owner=False), weeks)

    return Listing(
        partial(flag_table, found.pipeline, found.deals),
        as_json,
        lambda: flags.markdown(found, flags.explained(found, by_owner=True), by_owner=True),
    )


def _conflicts(asked: Asked) -> Listing:
    from pipetui.exchange.exporting import differing, lists

    view = asked.found.pipeline
    conflicts = differing.disagreements(asked.run, view, asked.found.deals, asked.since)
    return Listing(
        partial(lists.conflicts_table, conflicts),
        partial(lists.conflicts_json, conflicts, view.today),
        partial(lists.conflicts_markdown, conflicts, view.today),
    )


def _changes(asked: Asked) -> Listing:
    from pipetui.exchange.exporting import differing, lists

    view = asked.found.pipeline
    changes = differing.changes_to_carry(asked.run, view, asked.found.deals, asked.since)
    return Listing(
        partial(lists.changes_table, changes),
        partial(lists.changes_json, changes, view.today),
        partial(lists.changes_markdown, changes, view.today),
    )


def _actions(asked: Asked) -> Listing:
    from pipetui.exchange.exporting import actions, calendar
    from pipetui.exchange.exporting.undertakings import undertakings

    view = asked.found.pipeline
    # A filter finds deals, and so nothing that concerns no single one.
    items = undertakings(asked.run, asked.found.deals, with_loose=not asked.is_filtered, since=asked.since)
    return Listing(
        partial(actions.actions_table, items, view.today),
        partial(actions.actions_json, items, view.today),
        partial(actions.actions_markdown, items, view.today),
        lambda: calendar.calendar(
            _("Commitments and actions"), calendar.promise_events(view, items), asked.settings.clock
        ),
    )


_LISTINGS: Final[Mapping[What, Callable[[Asked], Listing]]] = {
    "deals": _deals,
    "flags": _flags,
    "conflicts": _conflicts,
    "changes": _changes,
    "actions": _actions,
}


def json_parts(result: Mapping[str, Any]) -> Iterator[bytes]:
    """A result as `json_text` writes it, one at a time of the items that are its last value."""
    from pipetui.cli.output import json_text

    *_others, last = result
    empty = json_text({**result, last: []})
    texts = (json_text(item).replace("\n", "\n    ") for item in result[last])
    first = next(texts, None)
    if first is None:
        yield f"{empty}\n".encode()
        return
    end = "]\n}"
    yield f"{empty.removesuffix(end)}\n    {first}".encode()
    for text in texts:
        yield f",\n    {text}".encode()
    yield f"\n  {end}\n".encode()


def _save(settings: "Globals", target: Path, parts: Iterable[bytes], form: Form) -> None:
    from pipetui.exchange.exporting.delimited import BOM
    from pipetui.exchange.exporting.files import write_file

    with settings.store() as store:
        never = store.path
    # Excel opens files, and takes them for its own code page without the mark; programs read the output.
    write_file(target, chain((BOM,), parts) if form == "csv" else parts, never=never)
    print(_("%(file)s was written.") % {"file": target})
