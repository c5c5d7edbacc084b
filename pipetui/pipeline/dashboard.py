"""What the first screen shows: where the period stands, and what is to be acted on.

`begin` needs no event and is fast: the answer, the coverage, what is blocked, late and slipping, the agenda.
`with_past` adds what the events tell: the range, the movement of the last week, the diagnosis.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.promise import Promise
from pipetui.forecast.pace import pace
from pipetui.forecast.periods import Period, after
from pipetui.forecast.probabilities import NOTHING
from pipetui.forecast.quotas import Quota, Scope
from pipetui.pipeline.outlook import Outlook, begin_with, with_range
from pipetui.pipeline.outlook_past import Taught
from pipetui.pipeline.outlook_people import in_scope
from pipetui.pipeline.pipeline import Pipeline
from pipetui.pipeline.trends import Choice, Trends
from pipetui.pipeline.trends_ahead import covered, diagnosis
from pipetui.pipeline.trends_past import Past
from pipetui.signals.flag import Severity
from pipetui.signals.hygiene import Hygiene, hygiene, worth
from pipetui.signals.trend import Week
from pipetui.trends.diagnosis.facts import Covered
from pipetui.trends.diagnosis.rules import Diagnosis
from pipetui.trends.flow import Flow
from pipetui.trends.spans import trailing

if TYPE_CHECKING:
    from pipetui.forecast.calls.snapshot import Snapshot
    from pipetui.store.calls import Call
    from pipetui.store.engine import Store

PERIODS: Final = 4
"""Periods whose coverage is told: the one that is looked at and those after it."""
WEEK: Final = 7
"""Days of the movement."""
LATE: Final = "late_action"
"""The flag of a next step that should have been done."""
SLIPPING: Final = frozenset({"overdue", "pushed"})
"""The flags of a deal whose close date is not kept."""


class Pile(NamedTuple):
    """Deals of which the same is to be said, the largest first."""

    deals: tuple[Deal, ...]
    amount: int
    """In minor units of the reporting currency; without what is unpriced or has no rate."""


class Agenda(NamedTuple):
    """What is due by the end of today."""

    actions: tuple[Promise, ...]
    """Ours, the oldest first."""
    commitments: tuple[Promise, ...]
    """The buyers'."""
    steps: tuple[Deal, ...]
    """Deals whose next step is dated today."""
    call: "Call | None"
    """A forecast call on the period that was begun and is not frozen."""

    @property
    def total(self) -> int:
        """How many things are to be done today."""
        return len(self.actions) + len(self.commitments) + len(self.steps) + (self.call is not None)


class Movement(NamedTuple):
    """What became of the open pipeline since a day."""

    flow: Flow
    pushed: tuple[int, ...]
    """Ids of the deals whose close date was moved later."""
    known_from: date | None
    """The first day of which the open deals are known."""


class Read(NamedTuple):
    """What of the store is needed besides its deals; small."""

    quotas: tuple[Quota, ...]
    promises: tuple[Promise, ...]
    calls: "tuple[Call, ...]"
    frozen: "tuple[Snapshot, ...]"
    """Of the period and the scope, without entries."""


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """One look. Amounts are minor units of the reporting currency."""

    pipeline: Pipeline
    outlook: Outlook
    """The period, with its pace; with its range once the past is read."""
    coverage: tuple[Covered, ...]
    needed: float | None
    """The coverage that the win rate of the last year asks for; `None` where it is not published."""
    blocked: Pile
    """With a severe flag that nobody has settled, or a commitment of the buyer that is late or broken."""
    late: Pile
    """With a next step that should have been done."""
    slipping: Pile
    """Overdue, or pushed too often."""
    hygiene: Hygiene
    agenda: Agenda
    movement: Movement | None = None
    """`None`: not read yet."""
    diagnosis: Diagnosis | None = None
    """`None`: not read yet."""
    weeks: tuple[Week, ...] = ()
    """The hygiene of the last weeks; empty until it is read."""

    @property
    def scope(self) -> Scope:
        """Whose deals."""
        return self.outlook.scope

    def has(self, deal: Deal) -> bool:
        """Whether a deal is in the scope."""
        scope = self.scope
        return (not scope.owner or deal.owner == scope.owner) and (not scope.team or deal.team == scope.team)


def read(store: "Store", pipeline: Pipeline, period: Period, scope: Scope) -> Read:
    """The few rows that are not deals. Raises `Problem` if the store cannot be read."""
    from pipetui.store.calls import calls_of, read_frozen
    from pipetui.store.quotas import quotas_in_force
    from pipetui.store.rows import read_promises

    with store.reading() as run:
        promises, calls = tuple(read_promises(run)), calls_of(run)
    frozen = read_frozen(store, period.name, scope, entries=False)
    newest = {its.call_id: its.snapshot for its in frozen}
    return Read(quotas_in_force(store, pipeline.playbook), promises, calls, tuple(newest.values()))


def begin(pipeline: Pipeline, period: Period, scope: Scope, its: Read) -> Dashboard:
    """Everything that needs no event: 0.2 s for 10,000 deals, so not on the event loop."""
    outlook = begin_with(its.quotas, pipeline, period, scope, calls=its.frozen)
    share = _taught(pipeline, period).share(pipeline, scope)
    outlook = replace(outlook, pace=pace(outlook.figures.won.amount, outlook.quota_amount, share))
    deals = [deal for deal in in_scope(pipeline.deals.values(), scope) if deal.counts]
    ids = {deal.id for deal in deals}
    promised = [promise for promise in its.promises if _is_of(promise, ids, scope)]
    broken = {
        promise.deal_id
        for promise in promised
        if promise.kind == "commitment" and (promise.state == "broken" or promise.is_late(pipeline.today))
    }
    trends = Trends(pipeline, _unread(pipeline, its.quotas), Choice(trailing(pipeline.today), scope=scope))

    rate = trends.results.win_rate.value

    blocked, late, slipping = [], [], []
    meanings: dict[int, tuple[bool, bool, bool]] = {}
    for deal in deals:
        flags = pipeline.flags_of(deal)
        meaning = meanings.get(id(flags))  # the very same for all deals of which the same is to be said
        if meaning is None:
            names = {flag.name for flag in flags}
            is_severe = any(flag.severity is Severity.HIGH for flag in flags)
            meaning = meanings[id(flags)] = (is_severe, LATE in names, bool(SLIPPING & names))
        if meaning[0] or deal.id in broken:
            blocked.append(deal)
        if meaning[1]:
            late.append(deal)
        if meaning[2]:
            slipping.append(deal)
    return Dashboard(
        pipeline=pipeline,
        outlook=outlook,
        coverage=_coverage(trends, period),
        needed=1 / rate if rate else None,
        blocked=_pile(blocked, pipeline),
        late=_pile(late, pipeline),
        slipping=_pile(slipping, pipeline),
        hygiene=hygiene(deals, pipeline.flags, pipeline.context, pipeline.playbook.conversion),
        agenda=_agenda(pipeline, deals, promised, its.calls, outlook),
    )


def with_past(found: Dashboard, store: "Store", past: Past, frozen: "Sequence[Snapshot]") -> Dashboard:
    """The same with the movement of the last week and the diagnosis; not on the event loop.

    Args:
        found: from `begin`.
        store: where the events are.
        past: read for the same pipeline.
        frozen: all frozen calls, with their entries.

    Raises:
        Problem: the store cannot be read.
    """
    from pipetui.pipeline.flowing import flow_between

    pipeline = found.pipeline
    choice = Choice(trailing(pipeline.today), scope=found.scope)
    since = pipeline.today - timedelta(days=WEEK)
    which: Callable[[Deal], bool] | None = None if choice.is_everything else choice.has
    flow = flow_between(store, pipeline, since, pipeline.today, which=which, past=past)
    pushed = []
    for then in past.open_on.get(since, ()):
        now = pipeline.deals.get(then.id)
        is_open = now is not None and then.counts and now.counts and choice.has(now)
        if now is not None and is_open and then.close_date and now.close_date:
            pushed += [now.id] if now.close_date > then.close_date else []
    return replace(
        found,
        movement=Movement(flow, tuple(pushed), past.known_from),
        diagnosis=diagnosis(Trends(pipeline, past, choice), tuple(frozen)),
    )


def with_chances(found: Dashboard, taught: Taught) -> Dashboard:
    """The same with the range of the period."""
    return replace(found, outlook=with_range(found.outlook, found.pipeline, taught))


def with_weeks(found: Dashboard, store: "Store") -> Dashboard:
    """The same with the hygiene of the last weeks. Raises `Problem` if the store cannot be read."""
    from pipetui.pipeline.trend import hygiene_by_week

    among = None
    if found.scope != Scope():
        among = frozenset(deal.id for deal in in_scope(found.pipeline.deals.values(), found.scope))
    return replace(found, weeks=hygiene_by_week(store, found.pipeline, among=among))


def _taught(pipeline: Pipeline, period: Period) -> Taught:
    """What the closed deals alone teach: enough for the expected share."""
    closed = (its.settled_on for its in pipeline.deals.values() if its.status != "open")
    return Taught(period, pipeline.today, NOTHING, min((day for day in closed if day), default=None), ())


def _unread(pipeline: Pipeline, quotas: tuple[Quota, ...]) -> Past:
    """A past of which only the quotas are known: no more is needed for coverage."""
    return Past(
        revision=pipeline.revision,
        today=pipeline.today,
        visits=(),
        journeys=(),
        points=(),
        open_on={},
        known_from=None,
        exported_from=None,
        first_exports={},
        quotas=quotas,
    )


def _coverage(trends: Trends, period: Period) -> tuple[Covered, ...]:
    start = trends.pipeline.playbook.fiscal_year_start
    found = []
    for _number in range(PERIODS):
        found.append(covered(trends, period))
        period = after(period, start)
    return tuple(found)


def _pile(deals: Iterable[Deal], pipeline: Pipeline) -> Pile:
    rates = pipeline.playbook.conversion
    its = sorted((-worth(deal, rates), deal.name, deal.id, deal) for deal in deals)
    return Pile(tuple(deal for *_key, deal in its), -sum(minor for minor, *_deal in its))


def _is_of(promise: Promise, ids: set[int], scope: Scope) -> bool:
    """Whether a promise concerns a deal of the scope, or no deal at all and everybody is looked at."""
    if promise.deal_id is not None:
        return promise.deal_id in ids
    return scope == Scope() or bool(scope.owner and promise.who == scope.owner)


def _agenda(
    pipeline: Pipeline, deals: list[Deal], promised: list[Promise], calls: "tuple[Call, ...]", its: Outlook
) -> Agenda:
    from pipetui.store.calls import open_call

    today = pipeline.today
    due = sorted(
        (p for p in promised if p.state == "open" and p.due is not None and p.due <= today),
        key=lambda promise: promise.due or today,
    )
    return Agenda(
        tuple(promise for promise in due if promise.kind == "action"),
        tuple(promise for promise in due if promise.kind == "commitment"),
        _pile((deal for deal in deals if deal.next_step_date == today), pipeline).deals,
        open_call(calls, its.period.name, its.scope),
    )
