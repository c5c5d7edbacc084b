"""`pipetui trends`: what the pipeline did over time, as charts in text or as JSON."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipetui.cli import options
from pipetui.cli.usage import Command
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.pipeline.trends import Trends
    from pipetui.trends.diagnosis.facts import Finding
    from pipetui.trends.diagnosis.rules import Diagnosis
    from pipetui.trends.winning import Cycle

_AMOUNTS = {"inflated": frozenset({"amount"}), "fragile": frozenset({"won", "expected", "open", "quota"})}
"""By rule, the values of its evidence that are amounts."""


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_("Print the trends. Velocity, conversion, cycle, win rate and time in stage over a window."),
        epilog=_("Example: pipetui trends --from 2026-01-01 --by month --team West"),
    )
    def trends(
        ctx: typer.Context,
        *,
        since: Annotated[Any, options.since()] = None,
        until: Annotated[Any, options.until()] = None,
        by: Annotated[Literal["month", "quarter"], options.by()] = "quarter",
        owner: Annotated[str | None, options.owner()] = None,
        team: Annotated[str | None, options.team()] = None,
        width: Annotated[int | None, options.width()] = None,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    ) -> None:
        found, diagnosis = find(ctx.obj, since, until, by=by, owner=owner, team=team)
        if as_json:
            from pipetui.cli.output import emit_json

            emit_json(trends_json(found, diagnosis))
            return
        from pipetui.cli.trends_text import trends_text

        for line in trends_text(found, diagnosis, width):
            print(line)


def find(
    settings: "Globals",
    since: date | None,
    until: date | None,
    *,
    by: Literal["month", "quarter"],
    owner: str | None,
    team: str | None,
) -> "tuple[Trends, Diagnosis]":
    """The figures of a store. Raises `Problem`."""
    from pipetui.pipeline.learning import learn
    from pipetui.pipeline.looking import look
    from pipetui.pipeline.outlook_people import scope_of_names
    from pipetui.pipeline.trends import Choice, Trends, window_between
    from pipetui.pipeline.trends_ahead import diagnosis
    from pipetui.pipeline.trends_past import read_past
    from pipetui.store.calls import read_frozen

    today, playbook = settings.clock.today(), settings.playbook
    window = window_between(since, until, today)
    if window.start > window.end:
        raise typer.BadParameter(_("--from lies after --to."))
    with settings.store() as store:
        pipeline = look(store, playbook, today, learn(store, playbook, today))
        scope = scope_of_names(pipeline, owner, team)
        past = read_past(store, pipeline)
        frozen = tuple(its.snapshot for its in read_frozen(store))
    found = Trends(pipeline, past, Choice(window, by, scope))
    return found, diagnosis(found, frozen)


def trends_json(found: "Trends", diagnosis: "Diagnosis") -> dict[str, Any]:
    """The keys of the command line's contract."""
    from pipetui.cli.output import major
    from pipetui.trends.wording import refusal, undefined

    currency, its, velocity = found.pipeline.currency, found.results, found.velocity

    def amount(minor: float | None) -> Any:
        if minor is None:
            return None
        return major(int(Decimal(str(minor)).quantize(Decimal(1), ROUND_HALF_UP)), currency)

    return {
        "as_of": found.pipeline.today,
        "from": found.window.start,
        "to": found.window.end,
        "currency": currency,
        "deals": {
            "open": len(found.open_deals),
            "won": its.won,
            "lost": its.lost,
            "unpriced_open": sum(deal.amount is None for deal in found.open_deals),
        },
        "win_rate": {
            "value": its.win_rate.value,
            "n": its.win_rate.n,
            "won": its.won,
            "lost": its.lost,
            "reason": refusal(its.win_rate, found.enough),
        },
        "average_won": {
            "value": amount(its.average.mean),
            "median": amount(its.average.median),
            "n": its.average.n,
        },
        "cycle_days": {"won": _cycle(its.won_cycle), "lost": _cycle(its.lost_cycle)},
        "velocity": {
            "value": amount(velocity.value),
            "n": velocity.n,
            "win_rate": velocity.win_rate,
            "average_won": amount(velocity.average_won),
            "cycle_days": velocity.cycle_days,
            "reason": undefined(velocity, found.enough),
        },
        "conversion": [
            {
                "stage": one.stage.name,
                "entered": one.entered,
                "moved_on": one.moved_on,
                "died": one.died,
                "open": one.open,
                "rate": one.rate.value,
                "n": one.rate.n,
                "reason": refusal(one.rate, found.enough),
            }
            for one in found.conversion
            if one.entered or one.stage.id in found.pipeline.used_stages
        ],
        "time_in_stage": [
            {
                "stage": one.stage.name,
                "median_days": one.median,
                "n": one.curve.completed,
                "censored": one.curve.censored,
            }
            for one in found.stays
            if one.curve.completed or one.curve.censored or one.stage.id in found.pipeline.used_stages
        ],
        "by_owner": [
            {
                "owner": part.name,
                "won": part.results.won,
                "lost": part.results.lost,
                "win_rate": part.results.win_rate.value,
                "won_amount": amount(part.results.won_amount),
            }
            for part in found.by_owner
        ],
        "by_period": [
            {
                "period": span.name,
                "won": part.won,
                "lost": part.lost,
                "won_amount": amount(part.won_amount),
            }
            for span, part in found.by_period
        ],
        "diagnosis": [_finding(finding, found, amount) for finding in diagnosis.findings],
    }


def _cycle(its: "Cycle") -> dict[str, Any]:
    return {
        "median": its.median,
        "mean": its.mean,
        "p75": its.p75,
        "n": its.n,
        "left_out": its.left_out,
    }


def _finding(finding: "Finding", found: "Trends", amount: Callable[[Any], Any]) -> dict[str, Any]:
    from pipetui.trends.diagnosis.wording import told

    words = told(finding, found.pipeline.currency, found.pipeline.today)
    amounts: Iterable[str] = _AMOUNTS.get(finding.rule, ())
    values = {name: amount(its) if name in amounts else its for name, its in finding.values.items()}
    return {
        "rule": finding.rule,
        "text": words.text,
        "evidence": {"text": words.evidence, **values},
        "try": words.attempt,
    }
