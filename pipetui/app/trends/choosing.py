"""Which days, by what, whose and which deals: as it was left, and one step on or back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from pipetui.app.forecast.choosing import ALL
from pipetui.app.memory import Memory
from pipetui.app.trends.narrowed import EVERYTHING, Narrowed, matching
from pipetui.deals.deal import Deal
from pipetui.forecast.periods import Period, after, before, month, quarter
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.pipeline import Pipeline
from pipetui.trends.spans import TRAILING, Span, trailing

if TYPE_CHECKING:
    from pipetui.pipeline.trends import Choice
    from pipetui.query.parsing import Query

LENGTHS: Final = (91, 182, TRAILING, 2 * TRAILING)
"""Days of the windows that end with today, or with a period."""
Which = Callable[[Deal], bool]


class Choosing:
    """Window, grain, scope and filters; all but the end of a trailing window are remembered."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._by: Literal["month", "quarter"] = (
            "month" if memory.text("trends_by", "quarter") == "month" else "quarter"
        )
        days = memory.number("trends_days", TRAILING)
        self.days = days if days in LENGTHS else TRAILING
        self.window = memory.text("trends_window", "")
        """A fiscal period ("2026-Q4"), or two days ("2026-01-01..2026-03-15"); "": so many days."""
        self._end: date | None = None
        """Of those; `None`: today."""
        self._scope = Scope(memory.text("trends_team", ""), memory.text("trends_owner", ""))
        self._there: tuple[Scope, Pipeline] | None = None
        """A scope that has deals in a pipeline: looking for them in many thousands takes time."""
        self.narrowed = Narrowed.of(memory)
        self.typed = memory.text("trends_filter", "")
        """The filter as it was typed, whether it can be understood or not."""
        self.query: Query | None = None
        self._known: tuple[Narrowed, Query | None, Pipeline, Which | None] | None = None

    @property
    def habits(self) -> dict[str, str | int]:
        """What is worth remembering until the next start."""
        return {
            "trends_by": self._by,
            "trends_days": self.days,
            "trends_window": self.window,
            "trends_team": self._scope.team,
            "trends_owner": self._scope.owner,
            "trends_filter": self.typed,
            **self.narrowed.noted,
        }

    @property
    def is_plain(self) -> bool:
        """Whether it is everybody's window to today, of all deals."""
        is_to_today = self._end is None and not self.window
        return is_to_today and self._scope == Scope() and self.narrowed == EVERYTHING and self.query is None

    def wanted(self, pipeline: Pipeline) -> "Choice":
        """What is to be worked out; a team or an owner without any deal is none."""
        from pipetui.pipeline.trends import Choice

        if self._scope != Scope() and (self._scope, pipeline) != self._there:
            if not any(_is_in(deal, self._scope) for deal in pipeline.deals.values()):
                self._scope = Scope()
            self._there = self._scope, pipeline
        return Choice(self._span(pipeline), self._by, self._scope, self._which(pipeline))

    # Which deals -------------------------------------------------------------------------------------

    def _which(self, pipeline: Pipeline) -> Which | None:
        """The same one as long as it means the same, so that figures that are known can be found again."""
        known = self._known
        if known is None or known[:2] != (self.narrowed, self.query) or known[2] is not pipeline:
            found = _both(
                None if self.narrowed == EVERYTHING else matching(self.narrowed, pipeline),
                None if self.query is None else finding(self.query, pipeline),
            )
            self._known = known = (self.narrowed, self.query, pipeline, found)
        return known[3]

    def take_scope(self, choice: str) -> None:
        """A scope that was picked."""
        kind, _colon, name = choice.partition(":")
        self._scope = (
            Scope(team=name) if kind == "team" else Scope(owner=name) if kind == "owner" else Scope()
        )
        self._note()

    def take(self, narrowed: Narrowed) -> None:
        """What was picked."""
        self.narrowed = narrowed
        self._note()

    def take_typed(self, text: str, query: "Query | None") -> None:
        """A filter that is typed, and as what it is understood."""
        self.typed, self.query = text, query
        self._note()

    def to_everything(self) -> None:
        """The window to today, everybody, all deals but those that a typed filter leaves out."""
        self._end, self.window, self.narrowed = None, "", EVERYTHING
        self.take_scope(ALL)

    # Which days --------------------------------------------------------------------------------------

    def _span(self, pipeline: Pipeline) -> Span:
        """The days; what is still to come is no part of them."""
        its = span_of(self.window, pipeline)
        if its is None or its.start > pipeline.today:
            return trailing(self._end or pipeline.today, self.days)
        return its._replace(end=min(its.end, pipeline.today))

    def _period(self, day: date, pipeline: Pipeline) -> Period:
        return month(day) if self._by == "month" else quarter(day, pipeline.playbook.fiscal_year_start)

    def step(self, pipeline: Pipeline, step: int) -> None:
        """The period before or after, or as many days; a window of a length ends with another period."""
        try:
            if span_of(self.window, pipeline) is not None:
                self._step_window(pipeline, step)
            else:
                self._step_end(pipeline, step)
        except (ValueError, OverflowError):
            return

    def _step_window(self, pipeline: Pipeline, step: int) -> None:
        start = pipeline.playbook.fiscal_year_start
        if ".." in self.window:
            its = self._span(pipeline)
            by = timedelta(days=step * its.days)
            there = Span("", its.start + by, its.end + by)
            name = written(there.start, there.end)
        else:
            here = Period.parse(self.window, start)
            there = Span(*(after(here, start) if step > 0 else before(here, start)))
            name = there.name
        if there.start <= pipeline.today:
            self.window = name
            self._note()

    def _step_end(self, pipeline: Pipeline, step: int) -> None:
        end, start = self._end or pipeline.today, pipeline.playbook.fiscal_year_start
        if step < 0:
            there = self._period(end, pipeline).start - timedelta(days=1)
            trailing(there, 2 * self.days)
        else:
            here = self._period(end + timedelta(days=1), pipeline)
            there = here.end if here.end > end else after(here, start).end
        self._end = None if there >= pipeline.today else there

    def toggle(self) -> None:
        """Months for quarters, and back."""
        self._by = "quarter" if self._by == "month" else "month"
        self._note()

    def take_window(self, chosen: str) -> None:
        """A length, a period or two days that were picked."""
        if chosen in map(str, LENGTHS):
            self.days, self.window = int(chosen), ""
        else:
            self.window, self._end = chosen, None
        self._note()

    def _note(self) -> None:
        self._memory.note(**self.habits)


def written(start: date, end: date) -> str:
    """Two days as a window is remembered."""
    return f"{start.isoformat()}..{end.isoformat()}"


def span_of(window: str, pipeline: Pipeline) -> Span | None:
    """The days of a window that was remembered; `None` for any other text."""
    first, dots, last = window.partition("..")
    try:
        if dots:
            start, end = date.fromisoformat(first), date.fromisoformat(last)
            return Span("", start, end) if start <= end else None
        return Span(*Period.parse(window, pipeline.playbook.fiscal_year_start))
    except ValueError:
        return None


def _both(one: Which | None, other: Which | None) -> Which | None:
    if one is None or other is None:
        return one or other
    return lambda deal: one(deal) and other(deal)


def finding(query: "Query", pipeline: Pipeline) -> Which:
    """Whether a filter finds a deal as it stood on some day; its flags are those of today."""
    from pipetui.query.prepared import comparable, prepare

    rates, stages = pipeline.playbook.conversion, list(pipeline.stages.values())

    def finds(deal: Deal) -> bool:
        row = pipeline.rows.get(deal.id)  # made ready when it is first asked for: not here, on the event loop
        if row is not None and row.deal is not deal:
            now = row.deal
            if (now.name, now.account, now.owner, now.stage_id) == (
                deal.name,
                deal.account,
                deal.owner,
                deal.stage_id,
            ):
                row = row._replace(deal=deal, amount=comparable(deal, rates))
            else:
                row = prepare([deal], stages, pipeline.flags, rates)[0]
        return row is not None and query.matches(row)

    return finds


def _is_in(deal: Deal, scope: Scope) -> bool:
    return (not scope.team or deal.team == scope.team) and (not scope.owner or deal.owner == scope.owner)
