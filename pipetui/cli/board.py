"""`pipetui board`: the board as text or JSON."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipetui.cli.usage import Command
from pipetui.language import _, ngettext

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.cli.finding import Found
    from pipetui.cli.output import Column
    from pipetui.deals.deal import Deal
    from pipetui.store.engine import Store


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_("Print the board. Every stage with its deals and their flags, then what was won and lost."),
        epilog=_("Example: pipetui board --filter 'owner:claire amount>20k'"),
    )
    def board(
        ctx: typer.Context,
        expression: Annotated[
            str | None,
            typer.Option("--filter", metavar=_("EXPR"), help=_("Only the deals that this filter finds.")),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    ) -> None:
        with ctx.obj.store() as store:
            show(ctx.obj, store, expression, as_json=as_json)


def show(
    settings: "Globals", store: "Store", expression: str | None = None, *, as_json: bool = False
) -> None:
    """Print the board of a store. Raises `Problem`."""
    from pipetui.cli.finding import find
    from pipetui.cli.output import emit_json

    found = find(settings, store, expression)
    if as_json:
        emit_json(board_json(found))
    else:
        for line in board_text(found):
            print(line)


def board_json(found: "Found") -> dict[str, Any]:
    """Every stage, closed ones with all of their deals; what is in no stage's figures stands apart."""
    from pipetui.cli.output import major, others

    currency = found.pipeline.currency
    stages = []
    for stage in found.pipeline.stages.values():
        deals = found.in_stage(stage)
        totals = found.pipeline.totals(deals)
        stages.append(
            {
                "stage": stage.name,
                "kind": stage.kind,
                "count": totals.count,
                "amount": major(totals.amount, currency),
                "weighted": major(totals.weighted, currency),
                "unpriced": totals.unpriced,
                **others(totals.other_currencies),
                "deals": [_deal_json(found, deal) for deal in deals],
            }
        )
    return {
        "as_of": found.pipeline.today,
        "currency": currency,
        "stages": stages,
        "missing": [_deal_json(found, deal) for deal in found.missing],
        "nurture": [_deal_json(found, deal) for deal in found.nurture],
    }


def _deal_json(found: "Found", deal: "Deal") -> dict[str, Any]:
    from pipetui.cli.output import major

    currency = deal.currency or found.pipeline.currency
    return {
        "id": deal.id,
        "external_id": deal.external_id,
        "name": deal.name,
        "account": deal.account,
        "owner": deal.owner,
        "amount": None if deal.amount is None else major(deal.amount, currency),
        "currency": currency,
        "close_date": deal.close_date if deal.status == "open" else deal.settled_on,
        "category": deal.category,
        "days_in_stage": _days_in_stage(found, deal),
        "flags": [flag.name for flag in found.pipeline.flags_of(deal)],
    }


def board_text(found: "Found") -> Iterator[str]:
    """The open stages with their deals, then what was won and lost in this quarter."""
    from pipetui.cli.output import paint, table
    from pipetui.language.format import long_date

    sections = list(_sections(found))
    # One table, so that all stages share their columns.
    lines = iter(
        table([_row(found, deal) for _heading, deals in sections for deal in deals], _columns(), "  ")
    )
    yield paint(
        f"pipetui · {long_date(found.pipeline.today)} {found.pipeline.today.year} · {_how_many(found)}", "1"
    )
    for heading, deals in sections:
        yield ""
        yield paint(_summary(found, heading, deals), "1")
        yield from islice(lines, len(deals))
    yield ""
    yield paint(_summary(found, _("Open"), found.counted), "1")
    for notice in found.notices():
        yield paint(notice, "2")


def _sections(found: "Found") -> "Iterator[tuple[str, list[Deal]]]":
    from pipetui.forecast.periods import quarter
    from pipetui.language.builtin import shown

    period = quarter(found.pipeline.today, found.pipeline.playbook.fiscal_year_start)
    for stage in found.pipeline.stages.values():
        deals = found.in_stage(stage)
        if stage.kind == "open":
            yield shown(stage.name), deals
        else:
            yield (
                f"{shown(stage.name)} · {period.name}",
                [deal for deal in deals if deal.settled_on in period],
            )
    if found.missing:
        yield _("Missing from the newest export"), found.missing
    if found.nurture:
        yield _("Nurture"), found.nurture


def _how_many(found: "Found") -> str:
    n, every = len(found.deals), len(found.pipeline.deals)
    if n == every:
        return ngettext("%(n)d deal", "%(n)d deals", n) % {"n": n}
    return ngettext("%(n)d of %(all)d deal", "%(n)d of %(all)d deals", every) % {"n": n, "all": every}


def _columns() -> "Sequence[Column]":
    from pipetui.cli.output import Column

    return (
        Column(),  # the worst severity
        Column(flexible=True, least=16),  # name
        Column(flexible=True),  # account
        Column(flexible=True),  # owner
        Column(right=True),  # amount
        Column(),  # close date
        Column(right=True),  # days in stage
        Column(),  # category
        Column(flexible=True),  # flags
    )


def _summary(found: "Found", heading: str, deals: "list[Deal]") -> str:
    from pipetui.deals.text import clean
    from pipetui.language.format import money, short_money

    # Missing deals and those in nurture are in no sum, but their own line counts them.
    totals = found.pipeline.totals(deals)
    count = len(deals)
    parts = [clean(heading), ngettext("%(n)d deal", "%(n)d deals", count) % {"n": count}]
    if totals.count:
        currency = found.pipeline.currency
        parts.append(short_money(totals.amount, currency))
        if any(deal.status == "open" for deal in deals):
            parts.append(_("weighted %(amount)s") % {"amount": short_money(totals.weighted, currency)})
    if totals.unpriced:
        parts.append(ngettext("%(n)d unpriced", "%(n)d unpriced", totals.unpriced) % {"n": totals.unpriced})
    if totals.flagged:
        parts.append(ngettext("%(n)d flagged", "%(n)d flagged", totals.flagged) % {"n": totals.flagged})
    parts += [money(minor, currency) for currency, (_n, minor) in sorted(totals.other_currencies.items())]
    return " · ".join(parts)


def _row(found: "Found", deal: "Deal") -> list[str]:
    from pipetui.deals.category import LETTERS
    from pipetui.language.format import days, due, short_date, short_money
    from pipetui.signals.flag import SYMBOLS, TITLES

    flags = found.pipeline.flags_of(deal)
    day = deal.close_date if deal.status == "open" else deal.settled_on
    when = due if deal.status == "open" else short_date
    stay = _days_in_stage(found, deal)
    return [
        SYMBOLS[flags[0].severity] if flags else " ",
        deal.name,
        deal.account,
        deal.owner,
        "—" if deal.amount is None else short_money(deal.amount, deal.currency or found.pipeline.currency),
        when(day, found.pipeline.today) if day else "",
        "" if stay is None else days(stay),
        LETTERS[deal.category] if deal.category else "",
        ", ".join(_(TITLES[flag.name]) for flag in flags),
    ]


def _days_in_stage(found: "Found", deal: "Deal") -> int | None:
    """Days that an open deal has been in its stage; `None` if nobody knows."""
    if deal.status != "open" or deal.stage_since is None:
        return None
    return (found.pipeline.today - deal.stage_since).days
