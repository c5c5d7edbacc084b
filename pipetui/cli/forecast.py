"""`pipetui forecast`: a period against its quota, as text or JSON."""

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipetui.cli import options
from pipetui.cli.usage import Command
from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.forecast.figures import Figures
    from pipetui.pipeline.outlook import Outlook, Part
    from pipetui.pipeline.pipeline import Pipeline


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
        width: Annotated[int | None, options.width()] = None,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    ) -> None:
        found, pipeline = find(ctx.obj, period, owner, team)
        if as_json:
            from pipetui.cli.output import emit_json

            emit_json(forecast_json(found))
            return
        from pipetui.cli.forecast_text import forecast_text

        for line in forecast_text(found, pipeline, width):
            print(line)


def find(
    settings: "Globals", period: str | None, owner: str | None, team: str | None
) -> "tuple[Outlook, Pipeline]":
    """The forecast of a store. Raises `Problem`."""
    from pipetui.pipeline.learning import learn
    from pipetui.pipeline.looking import look
    from pipetui.pipeline.outlook import outlook, period_of_name
    from pipetui.pipeline.outlook_people import scope_of_names

    today, playbook = settings.clock.today(), settings.playbook
    with settings.store() as store:
        pipeline = look(store, playbook, today, learn(store, playbook, today))
        scope = scope_of_names(pipeline, owner, team)
        return outlook(store, pipeline, period_of_name(period, pipeline), scope), pipeline


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


def is_plain() -> bool:
    """Whether stdout takes no more than ASCII."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")
