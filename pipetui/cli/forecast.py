"""`pipetui forecast`: a period against its quota, as text or JSON."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pipetui.cli import options
from pipetui.cli.usage import Command
from pipetui.language import _, labelled, ngettext, pgettext

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.forecast.figures import Figures
    from pipetui.pipeline.outlook import Outlook, Part
    from pipetui.pipeline.pipeline import Pipeline

LONGEST: Final = 60
"""Cells of the longest bar."""
_FELT: Final = 0.005
"""A deal that moves the chance of the quota by less is not worth to be called first."""


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_("Print the forecast of a period. Categories, landing and range stand against the quota."),
        epilog=_("Example: pipetui forecast --period 2026-Q4 --team West"),
    )
    def forecast(
        ctx: typer.Context,
        *,
        period: Annotated[str | None, options.period()] = None,
        owner: Annotated[str | None, options.owner()] = None,
        team: Annotated[str | None, options.team()] = None,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    ) -> None:
        show(ctx.obj, period, owner, team, as_json=as_json)


def show(
    settings: "Globals", period: str | None, owner: str | None, team: str | None, *, as_json: bool
) -> None:
    """Print the forecast of a store. Raises `Problem`."""
    from pipetui.cli.output import emit_json
    from pipetui.pipeline.learning import learn
    from pipetui.pipeline.looking import look
    from pipetui.pipeline.outlook import outlook, period_of_name
    from pipetui.pipeline.outlook_people import scope_of_names

    today, playbook = settings.clock.today(), settings.playbook
    with settings.store() as store:
        pipeline = look(store, playbook, today, learn(store, playbook, today))
        scope = scope_of_names(pipeline, owner, team)
        found = outlook(store, pipeline, period_of_name(period, pipeline), scope)
    if as_json:
        emit_json(forecast_json(found))
    else:
        for line in forecast_text(found, pipeline):
            print(line)


def forecast_json(found: "Outlook") -> dict[str, Any]:
    """The keys of the command line's contract."""
    from pipetui.cli.output import major, others
    from pipetui.forecast.totals import together

    its, currency = found.figures, found.currency

    def amount(minor: int | None) -> Any:
        return None if minor is None else major(minor, currency)

    range_ = found.range
    return {
        "period": found.period.name,
        "from": found.period.start,
        "to": found.period.end,
        "currency": currency,
        "quota": amount(its.quota),
        **_categories(its, currency),
        "omitted": amount(its.omitted.amount),
        "missing": amount(its.missing.amount),
        "weighted": amount(its.weighted),
        "landing": amount(its.landing),
        "coverage": its.coverage.value,
        "pace": {"state": found.pace.state if found.pace else None, "gap": amount(its.gap)},
        "range": {
            "p10": amount(range_.p10 if range_ else None),
            "p50": amount(range_.p50 if range_ else None),
            "p90": amount(range_.p90 if range_ else None),
            "p_quota": range_.p_quota if range_ else None,
        },
        "unpriced": its.open.unpriced,
        **others(together([its.won, its.open]).other_currencies),
        "by_owner": [_part("owner", part, currency) for part in found.by_owner],
        "by_team": [_part("team", part, currency) for part in found.by_team],
    }


def _categories(its: "Figures", currency: str) -> dict[str, Any]:
    from pipetui.cli.output import major

    return {
        "won": major(its.won.amount, currency),
        "commit": major(its.commit.amount, currency),
        "best_case": major(its.best_case.amount, currency),
        "upside": major(its.upside.amount, currency),
        "unclassified": major(its.unclassified.amount, currency),
    }


def _part(what: str, part: "Part", currency: str) -> dict[str, Any]:
    from pipetui.cli.output import major

    return {
        what: part.name,
        "quota": None if part.quota is None else major(part.quota.amount, currency),
        **_categories(part.figures, currency),
        "landing": major(part.figures.landing, currency),
    }


def forecast_text(found: "Outlook", pipeline: "Pipeline") -> Iterator[str]:
    """The answer, the bars, what else counts, the range, and who stands where."""
    from pipetui.cli.output import paint
    from pipetui.deals.text import clean
    from pipetui.forecast.wording import period_told
    from pipetui.language.format import short_date

    begin, end = (short_date(day, pipeline.today) for day in (found.period.start, found.period.end))
    whose = found.scope.owner or found.scope.team or _("everybody")
    heading = [
        _("Forecast %(period)s") % {"period": period_told(found.period)},
        f"{begin} – {end}",
        clean(whose),
    ]
    yield paint(" · ".join(heading), "1")
    is_over = found.period.end < pipeline.today
    yield from _answer(found, is_over=is_over)
    yield ""
    yield from _bars(found)
    yield ""
    yield from _beside(found)
    yield from _range(found)
    yield from _call_first(found, pipeline)
    yield from _parts(found, _("By team"), found.by_team)
    if not found.scope.owner:
        yield from _parts(found, _("By owner"), found.by_owner)


def _answer(found: "Outlook", *, is_over: bool) -> Iterator[str]:
    """ "ON TRACK · €775k won of €1.4M, 58% were expected by today (7 past periods)"."""
    from pipetui.cli.output import paint
    from pipetui.language.format import percent, short_money

    its, currency, pace = found.figures, found.currency, found.pace
    won = short_money(its.won.amount, currency)
    if found.quota is None:
        yield _("%(won)s won · no quota is set") % {"won": won}
    else:
        told = _("%(won)s won of %(quota)s") % {
            "won": won,
            "quota": short_money(found.quota.amount, currency),
        }
        if pace is not None:
            states = {"ahead": _("ahead"), "on_track": _("on track"), "behind": _("behind")}
            colors = {"ahead": "32", "on_track": "36", "behind": "31"}
            told = f"{paint(states[pace.state].upper(), colors[pace.state])} · {told}"
            if is_over:
                share = _("the period is over")
            elif pace.share.source == "own":
                share = ngettext(
                    "%(share)s of it were expected by today, as in %(n)d past period",
                    "%(share)s of it were expected by today, as in %(n)d past periods",
                    pace.share.periods,
                )
            else:
                share = _("%(share)s of it were expected by today, by the days that are over")
            value = percent(float(pace.share.value))
            told = f"{told} · {share % {'share': value, 'n': pace.share.periods}}"
        yield told
    landing = _("landing %(amount)s") % {"amount": short_money(its.landing, currency)}
    gap = its.gap
    if gap is not None:
        said = _("gap %(amount)s") % {"amount": short_money(gap, currency, signed=True)}
        landing = f"{landing} · {said}"
    if found.lacking and found.average_deal and not is_over:
        of_size = ngettext(
            "%(n)d deal of average size (%(amount)s)",
            "%(n)d deals of average size (%(amount)s)",
            found.lacking,
        ) % {"n": found.lacking, "amount": short_money(found.average_deal, currency)}
        landing = f"{landing}, {of_size}"
    yield landing


def _bars(found: "Outlook") -> Iterator[str]:
    """Closed, commit, best case and upside, each with all before it; the quota is a line across them."""
    from pipetui.cli.output import Column, table, width
    from pipetui.language.format import short_money

    its = found.figures.cumulative
    names = (pgettext("figure", "won"), _("commit"), _("best case"), _("upside"))
    quota = found.quota_amount
    most = max(1, *its, quota or 0)
    heads = [(name, short_money(amount, found.currency)) for name, amount in zip(names, its, strict=True)]
    lines = table(heads, (Column(), Column(right=True)), "  ")
    longest = max(map(len, lines))
    room = max(10, min(LONGEST, width() - longest - 4))
    fill, line = ("#", "|") if is_plain() else ("█", "│")
    mark = None if quota is None else min(room, _cells(quota, most, room))
    for head, amount in zip(lines, its, strict=True):
        cells = list(fill * _cells(amount, most, room))
        if mark is not None and mark >= len(cells):
            cells += " " * (mark - len(cells)) + line
        yield f"{head:<{longest}}  {''.join(cells)}".rstrip()
    if quota is not None and mark is not None:
        told = labelled(_("quota"), short_money(quota, found.currency))
        yield " " * (longest + 2 + max(0, mark + 1 - len(told))) + told


def _cells(amount: int, most: int, room: int) -> int:
    return max(0, (2 * amount * room + most) // (2 * most))


def is_plain() -> bool:
    """Whether stdout takes no more than ASCII."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def _beside(found: "Outlook") -> Iterator[str]:
    from pipetui.language.format import money, number, short_money

    its, currency = found.figures, found.currency
    parts = []
    for name, totals in (
        (pgettext("figure", "unclassified"), its.unclassified),
        (pgettext("figure", "omitted"), its.omitted),
        (pgettext("figure", "not in the export"), its.missing),
        (pgettext("figure", "in nurture"), its.nurture),
        (pgettext("figure", "without a close date"), its.undated),
    ):
        if totals.count:
            count = ngettext("%(n)d deal", "%(n)d deals", totals.count) % {"n": totals.count}
            parts.append(f"{name} {short_money(totals.amount, currency)} ({count})")
    unpriced = its.open.unpriced
    if unpriced:
        parts.append(ngettext("%(n)d unpriced", "%(n)d unpriced", unpriced) % {"n": unpriced})
    parts += [money(minor, name) for name, (_n, minor) in sorted(its.open.other_currencies.items())]
    if parts:
        yield " · ".join(parts)
    told = _("weighted %(amount)s") % {"amount": short_money(its.weighted, currency)}
    if its.coverage.is_met:
        said = _("quota met")
        told = f"{told} · {said}"
    elif its.open.count and its.coverage.value is not None and its.coverage_without_stale.value is not None:
        coverage = _("coverage %(all)s×, %(moving)s× without stale deals") % {
            "all": number(its.coverage.value, 1),
            "moving": number(its.coverage_without_stale.value, 1),
        }
        told = f"{told} · {coverage}"
    yield told


def _range(found: "Outlook") -> Iterator[str]:
    from pipetui.cli.output import paint
    from pipetui.language.format import percent, short_money

    its = found.range
    if its is None or not found.groups.open:
        return
    p10, p50, p90 = (short_money(minor, found.currency) for minor in (its.p10, its.p50, its.p90))
    values = {"p10": p10, "p50": p50, "p90": p90}
    told = _("range %(p10)s – %(p50)s – %(p90)s (P10, P50, P90)") % values
    if its.p_quota is not None:
        chance = _("%(share)s chance of the quota") % {"share": percent(its.p_quota)}
        told = f"{told} · {chance}"
    yield told
    if its.exact:
        yield paint(_("Deals are taken for independent, which makes the range too narrow."), "2")


def _call_first(found: "Outlook", pipeline: "Pipeline") -> Iterator[str]:
    from textwrap import wrap

    from pipetui.cli.output import Column, paint, table, width
    from pipetui.language.format import number, short_money

    first = [(deal, moved) for deal, moved in found.call_first if abs(moved) >= _FELT]
    if not first:
        return
    yield ""
    yield paint(_("Call these first: they move the chance to reach the quota most"), "1")
    rows = [
        (
            _("%(points)s pts") % {"points": number(100 * moved, signed=True)},
            deal.name,
            deal.owner,
            "" if deal.amount is None else short_money(deal.amount, deal.currency or found.currency),
        )
        for deal, moved in first
    ]
    columns = (Column(right=True), Column(flexible=True, least=16), Column(flexible=True), Column(right=True))
    for line, (deal, _moved) in zip(table(rows, columns, "  "), first, strict=True):
        yield line
        for part in wrap(found.why(deal.id, pipeline), width() - 6, break_on_hyphens=False):
            yield paint(f"      {part}", "2")


def _parts(found: "Outlook", heading: str, parts: "Sequence[Part]") -> Iterator[str]:
    from pipetui.cli.output import Column, paint, table
    from pipetui.language.format import short_money

    if not parts:
        return

    def short(minor: int) -> str:
        return short_money(minor, found.currency)

    head = (
        *("", _("quota"), pgettext("figure", "won"), _("commit"), _("best case"), _("upside")),
        *(pgettext("figure", "unclassified"), _("landing")),
    )
    rows = [
        (
            part.name or _("Nobody"),
            "—" if part.quota is None else short(part.quota.amount),
            *(short(its.won.amount), short(its.commit.amount), short(its.best_case.amount)),
            *(short(its.upside.amount), short(its.unclassified.amount), short(its.landing)),
        )
        for part in parts
        for its in [part.figures]
    ]
    yield ""
    yield paint(heading, "1")
    yield from table([head, *rows], (Column(flexible=True), *[Column(right=True)] * 7), "  ")
