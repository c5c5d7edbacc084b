"""`pipetui flags`: flagged deals with evidence, threshold and fix."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from pipetui.cli.usage import Command
from pipetui.exchange.exporting.markdown import escaped
from pipetui.exchange.neutral import neutral
from pipetui.language import _, labelled, ngettext

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.cli.finding import Found
    from pipetui.deals.deal import Deal
    from pipetui.signals.explaining import Explanation
    from pipetui.signals.flag import Flag
    from pipetui.signals.hygiene import Hygiene
    from pipetui.signals.trend import Week


class Item(NamedTuple):
    """One flag of one deal, explained."""

    deal: "Deal"
    flag: "Flag"
    why: "Explanation"


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_("Print the flagged deals. The riskiest come first, each flag has its evidence and threshold."),
        epilog=_("Example: pipetui flags --by owner --format md --fail-on high"),
    )
    def flags(
        ctx: typer.Context,
        *,
        expression: Annotated[
            str | None,
            typer.Option("--filter", metavar=_("EXPR"), help=_("Only the deals that this filter finds.")),
        ] = None,
        fail_on: Annotated[
            Literal["high", "medium", "low"] | None,
            typer.Option(
                "--fail-on", help=_("Exit with 1 if there is a flag of this severity or a worse one.")
            ),
        ] = None,
        by: Annotated[Literal["owner"] | None, typer.Option("--by", help=_("Group the deals."))] = None,
        form: Annotated[
            Literal["md", "csv"] | None, typer.Option("--format", help=_("Print Markdown or CSV."))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    ) -> None:
        if form and as_json:
            raise typer.BadParameter(_("--format and --json exclude each other."))
        worst = show(ctx.obj, expression, form="json" if as_json else form or "text", by_owner=by == "owner")
        if fail_on is not None and worst is not None and worst <= ("high", "medium", "low").index(fail_on):
            raise typer.Exit(1)


def show(settings: "Globals", expression: str | None, *, form: str, by_owner: bool) -> int | None:
    """Print the flags. The rank of the worst one (0 is high), `None` without any. Raises `Problem`."""
    from pipetui.cli.finding import find
    from pipetui.cli.output import emit_json
    from pipetui.pipeline.trend import hygiene_by_week

    weeks: Sequence[Week] = ()
    with settings.store() as store:
        found = find(settings, store, expression)
        if form in ("json", "text"):
            among = {deal.id for deal in found.deals} if expression else None
            weeks = hygiene_by_week(store, found.pipeline, among=among)
    items = explained(found, by_owner=by_owner)
    if form == "json":
        emit_json(as_json(found, items, weeks))
    elif form == "csv":
        print(_csv(found, items), end="")
    else:
        lines = (
            markdown(found, items, by_owner=by_owner)
            if form == "md"
            else _text(found, items, weeks, by_owner=by_owner)
        )
        for line in lines:
            print(line)
    return min((item.flag.severity.rank for item in items), default=None)


def explained(found: "Found", *, by_owner: bool) -> list[Item]:
    """The flags of the deals found, in the order of these, or of their owners' names."""
    from pipetui.signals.explaining import explain

    deals = list(found.deals)
    if by_owner:
        deals.sort(key=lambda deal: deal.owner.casefold())
    return [
        Item(deal, flag, explain(flag, deal, found.pipeline.context))
        for deal in deals
        for flag in found.pipeline.flags_of(deal)
    ]


def as_json(found: "Found", items: list[Item], weeks: "Sequence[Week]") -> dict[str, Any]:
    """The keys of the command line's contract."""
    score, counted, flagged, *_amounts = found.hygiene()
    return {
        "as_of": found.pipeline.today,
        "hygiene": {
            "score": score,
            "open": counted,
            "flagged": flagged,
            "by_week": [
                {"week_end": week.week_end, "score": week.score, "open": week.open} for week in weeks
            ],
        },
        "flags": [
            {
                "deal": deal.id,
                "name": deal.name,
                "owner": deal.owner,
                "flag": flag.name,
                "severity": flag.severity,
                "evidence": {"text": why.evidence_text, **why.evidence_values},
                "threshold": {"text": why.threshold_text, **why.threshold_values},
                "fix": why.fix,
            }
            for deal, flag, why in items
        ],
    }


def _text(found: "Found", items: list[Item], weeks: "Sequence[Week]", *, by_owner: bool) -> Iterator[str]:
    from pipetui.cli.output import paint
    from pipetui.signals.flag import SYMBOLS, TITLES, Severity

    colors = {Severity.HIGH: "31", Severity.MEDIUM: "33", Severity.LOW: "2"}
    yield paint(_told(found.hygiene()), "1")
    yield from _trend(found.hygiene().score, weeks)
    owner = None
    parts = found.hygiene_by_owner() if by_owner else {}
    for deal, its in groupby(items, key=lambda item: item.deal):
        if by_owner and deal.owner != owner:
            owner = deal.owner
            yield ""
            yield paint(owner or _("Nobody"), "1;4")
            yield _told(parts[owner])
        yield ""
        yield paint(_heading(found, deal, with_owner=not by_owner), "1")
        for _deal, flag, why in its:
            title = f"{SYMBOLS[flag.severity]} {_(TITLES[flag.name])}"
            evidence = labelled(paint(title, colors[flag.severity]), why.evidence_text)
            yield f"  {evidence} ({why.threshold_text})"
            yield f"    {why.fix}"
    notices = found.notices()
    if notices:
        yield ""
    for notice in notices:
        yield paint(notice, "2")


def markdown(found: "Found", items: list[Item], *, by_owner: bool) -> Iterator[str]:
    """A list to tick off; by owner, a part for each that can be sent to them as it stands."""
    from pipetui.language.format import long_date
    from pipetui.signals.flag import SYMBOLS, TITLES

    title, nobody = _("Flagged deals"), _("Nobody")
    yield f"# {title} · {long_date(found.pipeline.today)}"
    yield ""
    yield escaped(_told(found.hygiene()))
    owner = None
    parts = found.hygiene_by_owner() if by_owner else {}
    for deal, its in groupby(items, key=lambda item: item.deal):
        if by_owner and deal.owner != owner:
            owner = deal.owner
            yield ""
            yield f"## {escaped(owner) or nobody}"
            yield ""
            yield escaped(_told(parts[owner]))
        yield ""
        yield f"- [ ] **{escaped(_heading(found, deal, with_owner=not by_owner))}**"
        for _deal, flag, why in its:
            title = f"{SYMBOLS[flag.severity]} {_(TITLES[flag.name])}"
            yield f"    - {labelled(title, escaped(why.evidence_text))}. {escaped(why.fix)}"


def _csv(found: "Found", items: list[Item]) -> str:
    stages = {stage.id: stage.name for stage in found.pipeline.stages.values()}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        (
            "deal",
            "external_id",
            "name",
            "account",
            "owner",
            "stage",
            "flag",
            "severity",
            "evidence",
            "threshold",
            "fix",
        )
    )
    for deal, flag, why in items:
        writer.writerow(
            (
                deal.id,
                *map(
                    neutral,
                    (
                        deal.external_id,
                        deal.name,
                        deal.account,
                        deal.owner,
                        stages[deal.stage_id],
                        flag.name,
                        flag.severity.value,
                        why.evidence_text,
                        why.threshold_text,
                        why.fix,
                    ),
                ),
            )
        )
    return out.getvalue()


def _told(its: "Hygiene") -> str:
    """ "2 of 4 open deals flagged · hygiene 50% (62% of the amount)"."""
    from pipetui.language.format import percent

    summary = ngettext(
        "%(flagged)d of %(n)d open deal flagged", "%(flagged)d of %(n)d open deals flagged", its.open
    )
    text = summary % {"flagged": its.flagged, "n": its.open}
    if its.score is None:
        return text
    hygiene = _("hygiene %(score)s") % {"score": percent(its.score)}
    if its.amount_score is not None:
        of_amount = _("%(score)s of the amount") % {"score": percent(its.amount_score)}
        hygiene = f"{hygiene} ({of_amount})"
    return f"{text} · {hygiene}"


def _trend(now: float | None, weeks: "Sequence[Week]") -> Iterator[str]:
    """ "hygiene 68%  ▁▂▃▅▅▆  +6 in 12 weeks"; nothing where there is no week to compare with."""
    import sys

    from pipetui.language.format import percent
    from pipetui.signals.explaining_trend import trend_told

    is_plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    if now is not None and (told := trend_told(weeks, now, plain=is_plain)):
        yield f"{_('hygiene %(score)s') % {'score': percent(now)}}  {told}"


def _heading(found: "Found", deal: "Deal", *, with_owner: bool) -> str:
    from pipetui.deals.text import clean
    from pipetui.language.builtin import shown
    from pipetui.language.format import short_money

    parts = [deal.name if not deal.account else f"{deal.name} — {deal.account}"]
    if with_owner:
        parts.append(deal.owner)
    if deal.amount is not None:
        parts.append(short_money(deal.amount, deal.currency or found.pipeline.currency))
    parts.append(shown(found.pipeline.context.stages[deal.stage_id].name))
    return " · ".join(clean(part, 600) for part in parts if part)
