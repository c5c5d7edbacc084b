"""`pipetui flow`: what became of the pipeline between two days, as a waterfall in text or as JSON."""

from collections.abc import Iterator
from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipetui.cli import options
from pipetui.cli.usage import Command
from pipetui.language import _, ngettext, pgettext

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.pipeline.pipeline import Pipeline
    from pipetui.trends.flow import Flow


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_(
            "Print the flow of the pipeline between two days. Every deal that came or left is in one bar."
        ),
        epilog=_("Example: pipetui flow --from 2026-11-09 --to 2026-11-16 --period 2026-Q4"),
    )
    def flow(
        ctx: typer.Context,
        *,
        since: Annotated[
            Any,
            options.day_of("--from", _("The day at whose end it begins; by default a week before the last.")),
        ] = None,
        until: Annotated[
            Any,
            options.day_of("--to", _("The day at whose end it ends; by default today.")),
        ] = None,
        period: Annotated[
            str | None,
            typer.Option(
                metavar=_("PERIOD"),
                help=_("Only deals that close in this quarter (2026-Q4), month (2026-11) or year; else all."),
            ),
        ] = None,
        width: Annotated[int | None, options.width()] = None,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    ) -> None:
        found, pipeline = find(ctx.obj, since, until, period)
        if as_json:
            from pipetui.cli.output import emit_json

            emit_json(flow_json(found, pipeline))
            return
        for line in flow_text(found, pipeline, width):
            print(line)


def find(
    settings: "Globals", since: date | None, until: date | None, period: str | None
) -> "tuple[Flow, Pipeline]":
    """The flow of a store. Raises `Problem`."""
    from pipetui.pipeline.flowing import flow_between
    from pipetui.pipeline.looking import look
    from pipetui.pipeline.outlook import period_of_name

    today = settings.clock.today()
    last = until or today
    first = since or last - timedelta(days=7)
    if first > last:
        raise typer.BadParameter(_("--from lies after --to."))
    with settings.store() as store:
        pipeline = look(store, settings.playbook, today)
        span = period_of_name(period, pipeline) if period else None
        return flow_between(store, pipeline, first, last, period=span), pipeline


def flow_json(found: "Flow", pipeline: "Pipeline") -> dict[str, Any]:
    """The keys of the command line's contract."""
    from pipetui.cli.output import major, others
    from pipetui.trends.flow import BARS

    currency = pipeline.currency
    return {
        "from": found.since,
        "to": found.until,
        "period": found.period.name if found.period else None,
        "currency": currency,
        "start": major(found.start, currency),
        **{bar: major(found.amount(bar), currency) for bar in BARS},
        "end": major(found.end, currency),
        "balanced": found.balanced,
        **others(found.other_currencies),
        "deals": [
            {
                "deal": part.deal_id,
                "name": pipeline.deals[part.deal_id].name,
                "owner": pipeline.deals[part.deal_id].owner,
                "bar": part.bar,
                "amount": major(part.amount, currency),
            }
            for part in found.parts
        ],
    }


def flow_text(found: "Flow", pipeline: "Pipeline", room: int | None = None) -> Iterator[str]:
    """The waterfall, with the number of deals of each bar, in some columns or in the terminal's."""
    from pipetui.charts.bars import Slab, waterfall
    from pipetui.cli.forecast import is_plain
    from pipetui.cli.output import Column, paint, table, width
    from pipetui.language.format import money, period, short_date
    from pipetui.trends.flow import BARS, EXITS
    from pipetui.trends.wording import bar as name_of

    days = " – ".join(short_date(day, pipeline.today) for day in (found.since, found.until))
    closing = period(found.period.name) if found.period else _("all close dates")
    yield paint(" · ".join((_("Flow of the pipeline"), days, closing)), "1")
    level = found.start
    rows = [(pgettext("flow", "start"), money(found.start, pipeline.currency), str(len(found.start_deals)))]
    slabs = [Slab(0, level)]
    for bar in BARS:
        amount = found.amount(bar) * (-1 if bar in EXITS else 1)
        rows.append((name_of(bar), money(amount, pipeline.currency, signed=True), str(len(found.deals(bar)))))
        slabs.append(Slab(level, level + amount))
        level += amount
    rows.append((pgettext("flow", "end"), money(found.end, pipeline.currency), str(len(found.end_deals))))
    slabs.append(Slab(0, found.end))
    columns = (Column(), Column(right=True), Column(right=True))
    lines = table([("", "", _("deals")), *rows], columns, "  ", room)
    longest = max(map(len, lines))
    drawn = waterfall(slabs, max(10, min(60, (room or width()) - longest - 2)), plain=is_plain())
    yield lines[0]
    for line, row in zip(lines[1:], drawn, strict=True):
        yield f"{line:<{longest}}  {row}".rstrip()
    before, after = found.unpriced
    if before or after:
        told = ngettext(
            "Unpriced, and in no bar: %(before)d deal at the start, %(after)d at the end.",
            "Unpriced, and in no bar: %(before)d deals at the start, %(after)d at the end.",
            before,
        )
        yield from _note(told % {"before": before, "after": after}, room or width())
    for currency, (n, minor) in sorted(found.other_currencies.items()):
        told = ngettext(
            "Without a rate, and in no bar: %(n)d deal worth %(amount)s.",
            "Without a rate, and in no bar: %(n)d deals worth %(amount)s.",
            n,
        )
        yield from _note(told % {"n": n, "amount": money(minor, currency)}, room or width())


def _note(text: str, room: int) -> Iterator[str]:
    from pipetui.cli.output import paint

    for line in wrap(text, room - 2, break_on_hyphens=False):
        yield paint(f"  {line}", "2")
