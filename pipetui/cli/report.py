"""`pipetui report dashboard|trends`: one page of figures and charts, to be mailed, printed or kept."""

import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from pipetui.cli import options
from pipetui.cli.usage import Command, Group
from pipetui.exchange.exporting.report.writing import Form, content
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.exchange.exporting.report.page import Page

_SUFFIXES: Final[Mapping[str, Form]] = {".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}

FLOW: Final = 30
"""Days of the flow on the page of the trends."""


def register(app: typer.Typer) -> None:
    """Add the commands, with their help in the language in use."""
    group = typer.Typer(
        cls=Group,
        help=_("Write the dashboard or the trends as one page: HTML with charts, or Markdown."),
        epilog=_("Example: pipetui report dashboard -o monday.html"),
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    app.add_typer(group, name="report")
    _add_dashboard(group)
    _add_trends(group)


def _add_dashboard(group: typer.Typer) -> None:
    @group.command(
        cls=Command,
        help=_("Ahead, on track or behind, and what is to be done about it."),
        epilog=_("Example: pipetui report dashboard --team West -o west.html"),
    )
    def dashboard(
        ctx: typer.Context,
        *,
        period: Annotated[str | None, options.period()] = None,
        owner: Annotated[str | None, options.owner()] = None,
        team: Annotated[str | None, options.team()] = None,
        form: Annotated[Form | None, options.form()] = None,
        output: Annotated[Path | None, options.output()] = None,
    ) -> None:
        page, never = dashboard_of(ctx.obj, period, owner, team)
        _write(page, form, output, never)


def _add_trends(group: typer.Typer) -> None:
    @group.command(
        cls=Command,
        help=_("Velocity, conversion, cycle, win rate, time in stage, ages, flow, coverage and losses."),
        epilog=_("Example: pipetui report trends --from 2026-01-01 -o trends.html"),
    )
    def trends(
        ctx: typer.Context,
        *,
        since: Annotated[Any, options.since()] = None,
        until: Annotated[Any, options.until()] = None,
        by: Annotated[Literal["month", "quarter"], options.by()] = "quarter",
        owner: Annotated[str | None, options.owner()] = None,
        team: Annotated[str | None, options.team()] = None,
        form: Annotated[Form | None, options.form()] = None,
        output: Annotated[Path | None, options.output()] = None,
    ) -> None:
        page, never = trends_of(ctx.obj, since, until, by=by, owner=owner, team=team)
        _write(page, form, output, never)


def dashboard_of(
    settings: "Globals", period: str | None, owner: str | None, team: str | None
) -> "tuple[Page, Path]":
    """The page of a store, and where the store is. Raises `Problem`."""
    from pipetui.cli.report_dashboard import dashboard_page
    from pipetui.pipeline.dashboard import begin, read, with_chances, with_past, with_weeks
    from pipetui.pipeline.learning import learn
    from pipetui.pipeline.looking import look
    from pipetui.pipeline.outlook import period_of_name
    from pipetui.pipeline.outlook_past import teach
    from pipetui.pipeline.outlook_people import scope_of_names
    from pipetui.pipeline.trends_past import read_past
    from pipetui.store.calls import read_frozen

    today, playbook = settings.clock.today(), settings.playbook
    with settings.store() as store:
        pipeline = look(store, playbook, today, learn(store, playbook, today))
        scope, span = scope_of_names(pipeline, owner, team), period_of_name(period, pipeline)
        found = begin(pipeline, span, scope, read(store, pipeline, span, scope))
        frozen = tuple(its.snapshot for its in read_frozen(store))
        found = with_past(found, store, read_past(store, pipeline), frozen)
        found = with_weeks(with_chances(found, teach(store, pipeline, span)), store)
        return dashboard_page(found), store.path


def trends_of(
    settings: "Globals",
    since: date | None,
    until: date | None,
    *,
    by: Literal["month", "quarter"],
    owner: str | None,
    team: str | None,
) -> "tuple[Page, Path]":
    """The page of a store, and where the store is. Raises `Problem`."""
    from pipetui.cli.report_trends import trends_page
    from pipetui.cli.trends import find
    from pipetui.pipeline.flowing import flow_between

    found, diagnosis = find(settings, since, until, by=by, owner=owner, team=team)
    pipeline, choice = found.pipeline, found.choice
    first, which = pipeline.today - timedelta(days=FLOW), None if choice.is_everything else choice.has
    with settings.store() as store:
        flow = flow_between(store, pipeline, first, pipeline.today, which=which, past=found.past)
        return trends_page(found, diagnosis, flow), store.path


def _write(page: "Page", form: Form | None, output: Path | None, never: Path) -> None:
    from pipetui.exchange.exporting.files import write_file

    target = None if output is None or str(output) == "-" else output
    chosen = form or (_SUFFIXES.get(target.suffix.lower()) if target else None) or "md"
    data = content(page, chosen)
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    write_file(target, data, never=never)
    print(_("%(file)s was written.") % {"file": target})
