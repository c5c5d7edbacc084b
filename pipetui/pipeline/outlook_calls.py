"""Forecast calls over the pipeline as it stands: what is to be frozen, and what became of what was frozen."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from pipetui.deals.category import Category
from pipetui.forecast.accuracy.commits import Conversion, Outcome, conversions, outcome_of
from pipetui.forecast.accuracy.horizons import Horizon, hits, won_in
from pipetui.forecast.accuracy.measures import Accuracy, Calibration, accuracy, calibration
from pipetui.forecast.calls.drift import Drift, drift
from pipetui.forecast.calls.entry import NOTHING_SAID, CallEntry, entry_of
from pipetui.forecast.calls.gate import contradictions
from pipetui.forecast.calls.snapshot import FrozenRange, Snapshot, freeze
from pipetui.forecast.categories import Side, category_of
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.outlook import Outlook
from pipetui.pipeline.outlook_people import in_scope
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.deals.deal import Deal
    from pipetui.store.calls import Frozen, Line, OpenedCall

_NO_LINES: "Mapping[int, Line]" = {}
_NO_CHANCES: Mapping[int, float] = {}


def entry(
    deal: "Deal",
    pipeline: Pipeline,
    period: Period,
    lines: "Mapping[int, Line]" = _NO_LINES,
    chances: Mapping[int, float] = _NO_CHANCES,
) -> CallEntry:
    """A deal as a call on a period sees it now.

    Args:
        deal: which.
        pipeline: where it stands.
        period: of the call.
        lines: by deal id, what was said in the call.
        chances: by deal id, the in-period probability.
    """
    line = lines.get(deal.id)
    against: tuple[str, ...] = ()
    if deal.counts:
        against = contradictions(deal, category_of(deal), pipeline.context, period)
    return entry_of(
        deal,
        pipeline.stages[deal.stage_id],
        pipeline.playbook.conversion,
        p=chances.get(deal.id),
        contradictions=against,
        said=line.said if line else NOTHING_SAID,
    )


def entries(
    pipeline: Pipeline,
    scope: Scope,
    period: Period,
    lines: "Mapping[int, Line]" = _NO_LINES,
    chances: Mapping[int, float] = _NO_CHANCES,
) -> list[CallEntry]:
    """All deals of a scope, whatever their state and close date: for `calls.drift` and `calls.agenda`."""
    deals = in_scope(pipeline.deals.values(), scope)
    return [entry(deal, pipeline, period, lines, chances) for deal in deals]


def snapshot_of(
    opened: "OpenedCall", found: Outlook, pipeline: Pipeline, *, at: datetime, by: str
) -> Snapshot:
    """What `Freeze` keeps of a call as it stands.

    Args:
        opened: the call, with the number and risks that were written down in it.
        found: the outlook of its period and scope, with its range.
        pipeline: the one it was made of.
        at: now.
        by: who freezes it.
    """
    call, range_ = opened.call, found.range
    chances = {deal_id: chance.p for deal_id, chance in found.chances.items()}
    deals = [*found.groups.won, *found.groups.open, *found.groups.omitted]
    return freeze(
        (entry(deal, pipeline, found.period, opened.lines, chances) for deal in deals),
        period=found.period,
        scope=found.scope,
        revision=len(call.revisions) + 1,
        frozen_at=at,
        by=by,
        currency=found.currency,
        quota=found.quota_amount,
        number=call.number,
        range_=FrozenRange(range_.p10, range_.p50, range_.p90, range_.p_quota) if range_ else None,
        risks=call.risks,
    )


def packed(snapshot: Snapshot) -> str:
    """A snapshot as `Freeze` takes it."""
    return json.dumps(snapshot.plain(), ensure_ascii=False, separators=(",", ":"))


def drift_of(snapshot: Snapshot, pipeline: Pipeline) -> Drift:
    """What of a frozen call no longer matches the pipeline."""
    return drift(snapshot, entries(pipeline, snapshot.scope, snapshot.period))


def last_categories(
    frozen: Iterable[Snapshot], deal_id: int, side: Side = "manager", at_most: int = 3
) -> tuple[Category | None, ...]:
    """What a deal was in the last calls that held it, the newest first; `None` is unclassified.

    Of a call that was frozen several times the last revision counts: give only that one.
    """
    found = (
        call.by_deal.get(deal_id) for call in sorted(frozen, key=lambda its: its.frozen_at, reverse=True)
    )
    return tuple(its.category_of(side) for its in found if its is not None)[:at_most]


class Held(NamedTuple):
    """What the calls held so far amount to."""

    last: "tuple[Frozen, ...]"
    """Of every call what was frozen last, oldest first."""
    drifts: Mapping[str, Drift]
    """By snapshot id, what no longer matches."""
    scope: Scope
    """Whose accuracy it is: everybody's if such a number was ever frozen, else that of most calls."""
    accuracy: Mapping[Horizon, Accuracy]
    calibration: Calibration
    """Of the last range of each period that has ended."""
    conversions: Mapping[str, Conversion]
    """By owner."""
    ranges: "Mapping[Period, Ended]"
    """By period that has ended, oldest first, the range that `calibration` looks at and what came."""


class Ended(NamedTuple):
    """How a period ended against the last range that was frozen of it, in minor units."""

    range: FrozenRange
    actual: int


def held(
    frozen: "Iterable[Frozen]",
    pipeline: Pipeline,
    *,
    scope: Scope | None = None,
    like: Period | None = None,
    drifts: bool = True,
) -> Held:
    """Compare all frozen calls with what became of their deals.

    Accuracy is of one kind of period: a quarter's number beside those of its months would count the same
    deals twice.

    Args:
        frozen: all revisions, with their entries, oldest first (`store.calls.read_frozen`).
        pipeline: as it stands.
        scope: whose accuracy; `None`: everybody's if such a number was frozen, else that of most calls.
        like: a period of the kind wanted; `None`, or if no such call was held: that of most calls.
        drifts: whether it is asked what no longer matches; that takes its time.
    """
    every = tuple(frozen)
    newest = {its.call_id: its for its in every}
    snapshots = [its.snapshot for its in every]
    scope = _main_scope(snapshots) if scope is None else scope
    of_one_kind = _of_one_kind(snapshots, like)
    rates = pipeline.playbook.conversion
    deals = list(pipeline.deals.values())
    ended = {its.period for its in of_one_kind if its.period.end < pipeline.today}
    actual = {period: won_in(deals, period, scope, rates) for period in ended}
    outcomes = {deal.id: _outcome(deal, pipeline) for deal in deals}
    over = [(its, _of(its.scope, outcomes, pipeline)) for its in of_one_kind if its.period in ended]
    ranges = _ranges(of_one_kind, actual, scope)
    return Held(
        tuple(newest.values()),
        _drifts([its.snapshot for its in newest.values()], pipeline) if drifts else {},
        scope,
        {horizon: accuracy(hits(of_one_kind, horizon, actual, scope, pipeline.today)) for horizon in Horizon},
        calibration((its.range.p10, its.range.p90, its.actual) for its in ranges.values()),
        conversions(over),
        ranges,
    )


def _drifts(snapshots: Iterable[Snapshot], pipeline: Pipeline) -> dict[str, Drift]:
    """What of each call no longer matches; calls on the same period look at the same deals."""
    seen: dict[tuple[Scope, Period], list[CallEntry]] = {}
    found = {}
    for its in snapshots:
        of = its.scope, its.period
        if of not in seen:
            seen[of] = entries(pipeline, *of)
        found[its.id] = drift(its, seen[of])
    return found


def _ranges(snapshots: Iterable[Snapshot], actual: Mapping[Period, int], scope: Scope) -> dict[Period, Ended]:
    last = {its.period: its.range for its in snapshots if its.scope == scope and its.range is not None}
    return {
        period: Ended(range_, actual[period])
        for period, range_ in sorted(last.items(), key=lambda its: its[0].start)
        if range_ is not None and period in actual
    }


def _main_scope(snapshots: Iterable[Snapshot]) -> Scope:
    counted: dict[Scope, int] = {}
    for its in snapshots:
        if its.number is not None:
            counted[its.scope] = counted.get(its.scope, 0) + 1
    if not counted or Scope() in counted:
        return Scope()
    return max(counted, key=lambda scope: (counted[scope], bool(scope.team)))


def _of_one_kind(snapshots: Iterable[Snapshot], like: Period | None) -> list[Snapshot]:
    """Those on months, or quarters, or years: of the kind wanted, else of that which has most."""
    kinds: dict[int, list[Snapshot]] = {}
    for its in snapshots:
        kinds.setdefault(_kind(its.period), []).append(its)
    wanted = kinds.get(_kind(like)) if like else None
    return wanted or max(kinds.values(), key=len, default=[])


def _kind(period: Period) -> int:
    return round(period.days / 30)


def _outcome(deal: "Deal", pipeline: Pipeline) -> Outcome:
    rates = pipeline.playbook.conversion
    worth = None if deal.amount is None else rates.convert(deal.amount, deal.currency or rates.currency)
    return outcome_of(deal, worth)


def _of(scope: Scope, outcomes: Mapping[int, Outcome], pipeline: Pipeline) -> dict[int, Outcome]:
    return {deal.id: outcomes[deal.id] for deal in in_scope(pipeline.deals.values(), scope)}
