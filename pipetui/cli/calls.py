"""`pipetui calls`: the forecast calls held, what became of them, and how good they were."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from pipetui.cli.usage import Command
from pipetui.language import _, labelled, ngettext

if TYPE_CHECKING:
    from pipetui.cli.context import Globals
    from pipetui.forecast.accuracy.commits import Conversion
    from pipetui.forecast.accuracy.measures import Accuracy
    from pipetui.forecast.calls.drift import Change
    from pipetui.pipeline.outlook_calls import Held
    from pipetui.pipeline.pipeline import Pipeline
    from pipetui.store.calls import Call, Frozen

_MONEY: Final = frozenset({"raised", "lowered", "priced", "unpriced"})
"""The changes that are between amounts."""


def register(app: typer.Typer) -> None:
    """Add the command, with its help in the language in use."""

    @app.command(
        cls=Command,
        help=_("Print the forecast calls held. Frozen numbers stand beside what became of them."),
        epilog=_("Example: pipetui calls --json"),
    )
    def calls(
        ctx: typer.Context,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON."))] = False,
    ) -> None:
        show(ctx.obj, as_json=as_json)


def show(settings: "Globals", *, as_json: bool) -> None:
    """Print the calls of a store. Raises `Problem`."""
    from pipetui.cli.output import emit_json
    from pipetui.pipeline.learning import learn
    from pipetui.pipeline.looking import look
    from pipetui.pipeline.outlook_calls import held
    from pipetui.store.calls import read_calls, read_frozen

    today, playbook = settings.clock.today(), settings.playbook
    with settings.store() as store:
        pipeline = look(store, playbook, today, learn(store, playbook, today))
        frozen, going_on = read_frozen(store), [call for call in read_calls(store) if not call.is_frozen]
    found = held(frozen, pipeline)
    if as_json:
        emit_json(calls_json(found))
    else:
        for line in calls_text(found, going_on, pipeline):
            print(line)


def calls_json(found: "Held") -> dict[str, Any]:
    """The keys of the command line's contract."""
    return {
        "calls": [_call_json(its, found) for its in found.last],
        "accuracy": [
            {
                "horizon": horizon.value,
                "bias": its.bias,
                "wape": its.wape,
                "n": its.n,
                "reason": its.reason,
            }
            for horizon, its in found.accuracy.items()
        ],
        "by_owner": [
            {
                "owner": owner,
                "commit_conversion": its.rate,
                "n": its.n,
                "reason": its.reason,
                "slipped": its.missed("slipped"),
                "lost": its.missed("lost"),
                "open": its.missed("open"),
                "from_outside": len(its.outside),
            }
            for owner, its in found.conversions.items()
        ],
    }


def _call_json(frozen: "Frozen", found: "Held") -> dict[str, Any]:
    from pipetui.cli.output import major

    its, totals = frozen.snapshot, frozen.snapshot.totals

    def amount(minor: int | None) -> Any:
        return None if minor is None else major(minor, its.currency)

    drift = found.drifts[its.id]
    return {
        "id": its.id,
        "period": its.period.name,
        "scope": its.scope.owner or its.scope.team or "all",
        "revision": its.revision,
        "frozen_at": its.frozen_at,
        "currency": its.currency,
        "quota": amount(its.quota),
        "won": amount(totals.won),
        "commit": amount(totals.commit),
        "best_case": amount(totals.best_case),
        "upside": amount(totals.upside),
        "number": amount(its.number),
        "matches": drift.matches,
        "left": [_left_json(change, its.currency) for change in drift.left],
    }


def _left_json(change: "Change", currency: str) -> dict[str, Any]:
    from pipetui.cli.output import major

    entry = change.entry

    def value(kind: str, its: Any) -> Any:
        return major(its, entry.currency) if kind in _MONEY and its is not None else its

    return {
        "deal": change.deal_id,
        "name": entry.name,
        "owner": entry.owner,
        "changes": [
            {"what": its.kind, "old": value(its.kind, its.old), "new": value(its.kind, its.new)}
            for its in change.differences
        ],
        "landing": major(change.landing, currency),
    }


def calls_text(found: "Held", going_on: "list[Call]", pipeline: "Pipeline") -> Iterator[str]:
    """Each call with its totals, the deals that have left it, then how good the forecasts were."""
    from pipetui.cli.output import paint

    for call in going_on:
        said = _("%(call)s is going on, begun by %(name)s.") % {
            "call": _called(call.period, call.scope.owner or call.scope.team),
            "name": call.by,
        }
        draft = _("“%(command)s” prints its draft.") % {"command": f"pipetui minutes {call.id}"}
        yield f"{said} {draft}"
    if not found.last:
        yield _("No forecast call was frozen yet.")
        return
    yield from _held(found, pipeline)
    # Of one period and scope the newest call is meant; of a period that is over none is any more.
    meant = {(its.snapshot.period, its.snapshot.scope): its for its in found.last}
    for frozen in meant.values():
        if frozen.snapshot.period.end >= pipeline.today:
            yield from _left(frozen, found, pipeline.today)
    yield ""
    yield paint(_accuracy_heading(found), "1")
    for line in (_accuracy(its, _horizon(name)) for name, its in found.accuracy.items()):
        yield f"  {line}"
    yield f"  {_calibration(found)}"
    if found.conversions:
        yield ""
        yield paint(_("What became of the commits"), "1")
        yield from _conversions(found)


def _called(period: str, whose: str) -> str:
    return " · ".join(part for part in (period, whose or _("everybody")) if part)


def _held(found: "Held", pipeline: "Pipeline") -> Iterator[str]:
    from pipetui.cli.output import Column, paint, table
    from pipetui.language import pgettext
    from pipetui.language.format import moment, short_money

    head = (
        *("", _("call"), _("frozen"), _("revision"), _("quota"), pgettext("figure", "won"), _("commit")),
        *(_("best case"), _("upside"), _("number"), _("matches")),
    )
    rows = []
    for frozen in found.last:
        its, totals = frozen.snapshot, frozen.snapshot.totals
        amounts = (its.quota, totals.won, totals.commit, totals.best_case, totals.upside, its.number)
        quota, won, commit, best_case, upside, number = (
            "—" if minor is None else short_money(minor, its.currency) for minor in amounts
        )
        rows.append(
            (
                *(its.id, _called(its.period.name, its.scope.owner or its.scope.team)),
                *(moment(its.frozen_at, pipeline.today), str(its.revision)),
                *(quota, won, commit, best_case, upside, number),
                _matches(frozen, found, pipeline.today),
            )
        )
    columns = (Column(), Column(flexible=True), Column(), *[Column(right=True)] * 7, Column())
    yield from (paint(line, "1" if n == 0 else "0") for n, line in enumerate(table([head, *rows], columns)))


def _matches(frozen: "Frozen", found: "Held", today: date) -> str:
    """Whether a call still is what its deals say; of a period that is over nobody asks any more."""
    drift = found.drifts[frozen.snapshot.id]
    if frozen.snapshot.period.end < today:
        return "—"
    if drift.matches:
        return _("yes")
    return ngettext("%(n)d deal left", "%(n)d deals left", len(drift.left)) % {"n": len(drift.left)}


def _left(frozen: "Frozen", found: "Held", today: date) -> Iterator[str]:
    from pipetui.cli.output import Column, paint, table
    from pipetui.forecast.wording import difference_told
    from pipetui.language.format import short_money

    its, drift = frozen.snapshot, found.drifts[frozen.snapshot.id]
    if drift.matches:
        return
    yield ""
    whose = _called(its.period.name, its.scope.owner or its.scope.team)
    landing = short_money(drift.landing, its.currency, signed=True)
    heading = _("%(call)s no longer matches, landing %(amount)s") % {"call": whose, "amount": landing}
    yield paint(f"{heading} ({its.id})", "1")
    rows = [
        (
            short_money(change.landing, its.currency, signed=True) if change.landing else "",
            change.entry.name,
            change.entry.owner,
            " · ".join(difference_told(one, change.entry.currency, today) for one in change.differences),
        )
        for change in drift.left
    ]
    columns = (
        Column(right=True),
        Column(flexible=True, least=16),
        Column(flexible=True),
        Column(flexible=True),
    )
    yield from table(rows, columns, "  ")


def _accuracy_heading(found: "Held") -> str:
    whose = found.scope.owner or found.scope.team or _("everybody")
    return _("Accuracy of the numbers, %(whose)s") % {"whose": whose}


def _horizon(name: str) -> str:
    return {
        "m_1": lambda: _("a month before"),
        "start": lambda: _("at its start"),
        "mid": lambda: _("in the middle"),
    }[name]()


def _accuracy(its: "Accuracy", horizon: str) -> str:
    from pipetui.language.format import percent

    if its.bias is None or its.wape is None:
        return labelled(horizon, _refused(its.reason, its.n))
    told = ngettext(
        "bias %(bias)s, off by %(wape)s (WAPE) over %(n)d period",
        "bias %(bias)s, off by %(wape)s (WAPE) over %(n)d periods",
        its.n,
    )
    values = {"bias": percent(its.bias, 1, signed=True), "wape": percent(its.wape, 1), "n": its.n}
    return labelled(horizon, told % values)


def _calibration(found: "Held") -> str:
    from pipetui.language.format import percent

    its = found.calibration
    head = _("inside P10–P90")
    if its.rate is None:
        return labelled(head, _refused(its.reason, its.n))
    told = ngettext(
        "%(share)s of %(n)d period; 80%% would be right",
        "%(share)s of %(n)d periods; 80%% would be right",
        its.n,
    )
    return labelled(head, told % {"share": percent(its.rate), "n": its.n})


def _refused(reason: str | None, n: int) -> str:
    """Why a figure is not published."""
    from pipetui.forecast.accuracy.commits import ENOUGH_COMMITS
    from pipetui.forecast.accuracy.measures import ENOUGH_PERIODS

    if reason == "nothing_won":
        return _("nothing was won in these periods")
    if reason == "few_commits":
        return _("not enough: %(n)d of %(of)d commits") % {"n": n, "of": ENOUGH_COMMITS}
    return _("not enough: %(n)d of %(of)d periods that have ended") % {"n": n, "of": ENOUGH_PERIODS}


def _conversions(found: "Held") -> Iterator[str]:
    from pipetui.cli.output import Column, table

    head = (
        *("", _("won of commits"), "", _("slipped"), _("lost"), _("still open")),
        _("won from outside"),
    )
    rows = [
        (
            owner or _("Nobody"),
            f"{its.won}/{its.n}",
            _band(its),
            *(str(its.missed("slipped")), str(its.missed("lost")), str(its.missed("open"))),
            str(len(its.outside)),
        )
        for owner, its in found.conversions.items()
    ]
    columns = (Column(flexible=True), Column(right=True), Column(), *[Column(right=True)] * 4)
    yield from table([head, *rows], columns, "  ")


def _band(its: "Conversion") -> str:
    from pipetui.language.format import percent

    if its.rate is None or its.band is None:
        return _refused(its.reason, its.n)
    bands = {
        "loose": lambda: _("loose"),
        "watch": lambda: _("to be watched"),
        "sound": lambda: _("sound"),
        "sandbagging": lambda: _("sandbagging"),
    }
    return f"{percent(its.rate)} {bands[its.band]()}"
