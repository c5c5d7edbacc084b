"""What both faces show of the past: every figure is worked out when it is asked for, once."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cached_property, wraps
from operator import itemgetter
from typing import Literal, NamedTuple, TypeVar

from pipetui.deals.acceptance import accepted_now
from pipetui.deals.deal import Deal, Stage
from pipetui.forecast.periods import Period, after, month, quarter
from pipetui.forecast.quotas import Quota, Scope
from pipetui.pipeline.outlook_people import as_called, owners_by_team
from pipetui.pipeline.pipeline import Pipeline
from pipetui.pipeline.trend import context_on
from pipetui.pipeline.trends_past import Past
from pipetui.signals.context import Context
from pipetui.signals.rules import idle, stalled, weak
from pipetui.store.cycles import without_cycle_search
from pipetui.trends.ages import Ages, ages
from pipetui.trends.closings import Closing, closings, within
from pipetui.trends.conversion import Conversion, Entries, Snapshot, snapshot
from pipetui.trends.creation import Week, created_by_week
from pipetui.trends.journeys import Journey
from pipetui.trends.losses import Reason, StageLosses, losses, reasons
from pipetui.trends.spans import Span, before, trailing
from pipetui.trends.stays import Stay, Stayed, stays, summed
from pipetui.trends.velocity import Step, Velocity, decomposed, velocity, velocity_of
from pipetui.trends.winning import Cohort, Results, cohorts, results

Found = TypeVar("Found")
By = Literal["month", "quarter"]
Key = Callable[[Deal], str]
"""What deals are told apart by."""

UNSOUND = frozenset({"weak", "stalled", "idle"})
"""The flags of deals that velocity leaves out."""
CREATED_WEEKS = 65
"""Weeks of new deals: the last quarter, and the same weeks a year before."""
_OF_ANY_WINDOW = ("deals", "closings", "journeys", "entries", "stayed")
"""Figures of `Trends` that do not depend on its window."""


def quietly(figure: "Callable[[Trends], Found]") -> "Callable[[Trends], Found]":
    """A figure that is worked out without a search for garbage: it makes none, and many objects."""

    @wraps(figure)
    def made(trends: "Trends") -> Found:
        with without_cycle_search():
            return figure(trends)

    return made


class Choice(NamedTuple):
    """What is looked at."""

    window: Span
    by: By = "quarter"
    scope: Scope = Scope()
    """Whose deals, and whose quota."""
    which: Callable[[Deal], bool] | None = None
    """Further filters (segment, source, pipeline, amount), of a deal as it stood on the day in question."""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.which is None and self.scope == Scope()

    def has(self, deal: Deal) -> bool:
        """Whether a deal is among them."""
        if self.scope.owner and deal.owner != self.scope.owner:
            return False
        if self.scope.team and deal.team != self.scope.team:
            return False
        return self.which is None or self.which(deal)


class Point(NamedTuple):
    """The pipeline at the end of a day, and what the year before it was like."""

    day: date
    velocity: Velocity
    ages: Ages
    deals: tuple[int, ...] = ()
    """Ids of those that velocity counts."""


class Part(NamedTuple):
    """What was closed of one owner, source, segment or period."""

    name: str
    """ "" is nobody's, or unknown."""
    results: Results
    deals: tuple[int, ...]
    """Ids of all that were closed."""


class Trends:
    """The figures of a choice of deals. Not on the event loop; of the first use of each figure only."""

    def __init__(self, pipeline: Pipeline, past: Past, choice: Choice | None = None) -> None:
        self.pipeline = pipeline
        self.past = past
        self.choice = choice or Choice(trailing(pipeline.today))
        self._rates = pipeline.playbook.conversion
        self.enough = pipeline.playbook.limits.min_sample

    def over(self, window: Span) -> "Trends":
        """The same of other days; what does not depend on them is worked out once for both."""
        other = Trends(self.pipeline, self.past, self.choice._replace(window=window))
        vars(other).update({name: getattr(self, name) for name in _OF_ANY_WINDOW})
        return other

    @property
    def window(self) -> Span:
        """The days that are looked at."""
        return self.choice.window

    @property
    def window_before(self) -> Span:
        """As many days just before."""
        return before(self.choice.window)

    @cached_property
    @quietly
    def deals(self) -> tuple[Deal, ...]:
        """All deals of the choice, open and closed."""
        every = tuple(self.pipeline.deals.values())
        return every if self.choice.is_everything else tuple(filter(self.choice.has, every))

    @cached_property
    @quietly
    def open_deals(self) -> tuple[Deal, ...]:
        """Those that count today."""
        return tuple(deal for deal in self.deals if deal.counts)

    @cached_property
    @quietly
    def due(self) -> list[tuple[date, Deal]]:
        """Those of them that have a close date, in order of it."""
        return sorted(
            ((deal.close_date, deal) for deal in self.open_deals if deal.close_date), key=itemgetter(0)
        )

    @cached_property
    @quietly
    def quotas(self) -> list[Quota]:
        """As the deals call their people and teams."""
        return as_called(self.past.quotas, self.pipeline) if self.past.quotas else []

    @cached_property
    @quietly
    def owners(self) -> dict[str, list[str]]:
        """By team, for quotas that are sums."""
        return owners_by_team(self.pipeline)

    @cached_property
    @quietly
    def closings(self) -> list[Closing]:
        """All that was closed by today, oldest first."""
        return closings(self.deals, self._rates, self.pipeline.today)

    @cached_property
    @quietly
    def closed(self) -> Sequence[Closing]:
        """What was closed in the window."""
        return within(self.closings, self.window)

    @cached_property
    @quietly
    def results(self) -> Results:
        """Win rate, average deal and cycles of the window."""
        return results(self.closed, self.enough)

    @cached_property
    @quietly
    def results_before(self) -> Results:
        """The same of the window before."""
        return results(within(self.closings, self.window_before), self.enough)

    @cached_property
    @quietly
    def sound(self) -> tuple[Deal, ...]:
        """The open deals that are qualified and not stale."""
        flags = self.pipeline.flags_of
        return tuple(
            deal for deal in self.open_deals if not any(flag.name in UNSOUND for flag in flags(deal))
        )

    @cached_property
    @quietly
    def velocity(self) -> Velocity:
        """Today's, by the window's rate, value and cycle."""
        return velocity_of(len(self.sound), self.results)

    @cached_property
    @quietly
    def points(self) -> tuple[Point, ...]:
        """Velocity and ages at the ends of months and today, oldest first.

        All of them by the same yardstick: if the first lies before the first export, nobody knows how deals
        were qualified then, and N leaves out only what is stalled (`is_judged_by_moves`).
        """
        return tuple(self._point(day, self.past.open_on[day]) for day in self.past.points)

    @property
    def is_judged_by_moves(self) -> bool:
        """Whether N of the points leaves out stalled deals only, not weak and idle ones."""
        first = next(iter(self.past.points), None)
        exported = self.past.exported_from
        return first is not None and exported is not None and first < exported

    @cached_property
    @quietly
    def steps(self) -> tuple[Step, ...]:
        """Which lever moved the velocity from the first point at which it is defined to today's."""
        defined = [point.velocity for point in self.points if point.velocity.value is not None]
        return decomposed(defined[0], defined[-1]) if len(defined) > 1 else ()

    @cached_property
    @quietly
    def journeys(self) -> tuple[Journey, ...]:
        """The ways of the deals of the choice through the stages."""
        if self.choice.is_everything:
            return tuple(self.past.journeys)
        return tuple(journey for journey in self.past.journeys if self.choice.has(journey.deal))

    @cached_property
    @quietly
    def entries(self) -> Entries:
        """Who came to each stage, and what became of them."""
        return Entries(self.journeys, self._stages)

    @cached_property
    @quietly
    def conversion(self) -> list[Conversion]:
        """Of the cohorts that entered each stage in the window."""
        return self.entries.conversion(self.window, self.enough)

    @cached_property
    @quietly
    def conversion_before(self) -> list[Conversion]:
        """The same of the window before."""
        return self.entries.conversion(self.window_before, self.enough)

    def conversion_by(self, key: Key) -> dict[str, list[Conversion]]:
        """By owner, source or segment."""
        with without_cycle_search():
            return self.entries.conversion_by(key, self.window, self.enough)

    @cached_property
    @quietly
    def conversion_over_time(self) -> tuple[tuple[Span, list[Conversion]], ...]:
        """Of the cohorts of each period of the window."""
        return tuple((span, self.entries.conversion(span, self.enough)) for span in self.periods)

    @cached_property
    @quietly
    def snapshot(self) -> list[Snapshot]:
        """Entries ÷ entries: other deals on both sides, so only on demand and by that name."""
        return snapshot(self.journeys, self._stages, self.window)

    @cached_property
    @quietly
    def stayed(self) -> dict[int, list[Stayed]]:
        """By stage id, how long each deal was there."""
        among = None if self.choice.is_everything else frozenset(deal.id for deal in self.deals)
        return summed(self.past.visits, among)

    @cached_property
    @quietly
    def stays(self) -> list[Stay]:
        """The time in each stage."""
        return stays(self.stayed, self._stages, self.window)

    @cached_property
    @quietly
    def periods(self) -> tuple[Span, ...]:
        """The months or fiscal quarters of the window, cut to it."""
        found = []
        its = self._period(self.window.start)
        while its.start <= self.window.end:
            cut = max(its.start, self.window.start), min(its.end, self.window.end)
            found.append(Span(its.name, *cut))
            its = after(its, self.pipeline.playbook.fiscal_year_start)
        return tuple(found)

    @cached_property
    @quietly
    def by_period(self) -> tuple[tuple[Span, Results], ...]:
        """What was closed in each of them."""
        return tuple((span, results(within(self.closings, span), self.enough)) for span in self.periods)

    @cached_property
    @quietly
    def cohorts(self) -> list[Cohort]:
        """The win rate by the period of creation."""
        return cohorts(self.deals, self.periods, self.pipeline.today, self.enough)

    @cached_property
    @quietly
    def by_owner(self) -> tuple[Part, ...]:
        """What was closed in the window, by owner."""
        return self.by(lambda deal: deal.owner)

    def by(self, key: Key) -> tuple[Part, ...]:
        """What was closed in the window, by owner, source, segment …, in the order of the names."""
        parts: dict[str, list[Closing]] = {}
        for closing in self.closed:
            parts.setdefault(key(closing.deal), []).append(closing)
        return tuple(
            Part(name, results(parts[name], self.enough), tuple(closing.deal.id for closing in parts[name]))
            for name in sorted(parts, key=lambda name: (not name, name.casefold()))
        )

    @cached_property
    @quietly
    def created(self) -> list[Week]:
        """New deals by week, of more than a year."""
        return created_by_week(self.deals, self._rates, self.pipeline.today, CREATED_WEEKS)

    @cached_property
    @quietly
    def losses(self) -> list[StageLosses]:
        """What was lost in the window, by stage."""
        died_in = {its.deal.id: its.ended for its in self.journeys if its.ended is not None}
        return losses(self.closed, died_in, self._stages, self.telling)

    @cached_property
    @quietly
    def loss_reasons(self) -> tuple[Reason, ...]:
        """Why it was lost."""
        return reasons(self.closed)

    @cached_property
    @quietly
    def telling(self) -> frozenset[str]:
        """The sources that tell how well deals are qualified."""
        sources = self.pipeline.context.sources
        return frozenset(name for name, facts in sources.items() if name and facts.qualification)

    @cached_property
    def _stages(self) -> list[Stage]:
        return list(self.pipeline.stages.values())

    def _period(self, day: date) -> Period:
        start = self.pipeline.playbook.fiscal_year_start
        return month(day) if self.choice.by == "month" else quarter(day, start)

    def _point(self, day: date, deals: Sequence[Deal]) -> Point:
        its = [deal for deal in deals if deal.counts]
        if not self.choice.is_everything:
            its = [deal for deal in its if self.choice.has(deal)]
        context = context_on(day, self.pipeline)
        if self.is_judged_by_moves:
            counted = tuple(
                deal.id for deal in its if stalled(deal, context) is None or _rests(deal, context)
            )
        else:
            counted = tuple(deal.id for deal in its if not _is_unsound(deal, context))
        closed = within(self.closings, trailing(day))
        speed = velocity(len(counted), closed, self.enough)
        return Point(day, speed, ages(day, its, self._rates), counted)


def _is_unsound(deal: Deal, context: Context) -> bool:
    for name, rule in (("stalled", stalled), ("idle", idle), ("weak", weak)):
        if rule(deal, context) is not None and not _rests(deal, context, name):
            return True
    return False


def _rests(deal: Deal, context: Context, flag: str = "stalled") -> bool:
    return deal.accepted != "" and flag in accepted_now(deal, context.today)


def window_between(start: date | None, end: date | None, today: date) -> Span:
    """The window of `--from` and `--to`; whichever is missing makes it 365 days, to today."""
    last = end or today
    return Span("", start or last - timedelta(days=364), last)
