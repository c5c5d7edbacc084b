"""Which days, by what, whose and which deals: as it was left, and one step on or back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from pipetui.app.dialogs.pick import Choice as Option
from pipetui.app.dialogs.pick import Pick
from pipetui.app.forecast.choosing import ALL
from pipetui.app.memory import Memory
from pipetui.deals.deal import Deal
from pipetui.forecast.periods import Period, after, month, quarter
from pipetui.forecast.quotas import Scope
from pipetui.language import _, ngettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.trends.spans import TRAILING, trailing

if TYPE_CHECKING:
    from pipetui.pipeline.trends import Choice
    from pipetui.query.parsing import Query

LENGTHS: Final = (91, 182, TRAILING, 2 * TRAILING)
"""Days of the windows there are."""


class Choosing:
    """Window, grain, scope and filter; all but the end of the window and the filter are remembered."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._by: Literal["month", "quarter"] = (
            "month" if memory.text("trends_by", "quarter") == "month" else "quarter"
        )
        days = memory.number("trends_days", TRAILING)
        self.days = days if days in LENGTHS else TRAILING
        self._end: date | None = None
        """`None`: today."""
        self._scope = Scope(memory.text("trends_team", ""), memory.text("trends_owner", ""))
        self.query: Query | None = None

    @property
    def habits(self) -> dict[str, str | int]:
        """What is worth remembering until the next start."""
        return {
            "trends_by": self._by,
            "trends_days": self.days,
            "trends_team": self._scope.team,
            "trends_owner": self._scope.owner,
        }

    @property
    def is_plain(self) -> bool:
        """Whether it is everybody's window to today, without a filter."""
        return self._end is None and self._scope == Scope() and self.query is None

    def wanted(self, pipeline: Pipeline) -> "Choice":
        """What is to be worked out; a team or an owner without any deal is none."""
        from pipetui.pipeline.trends import Choice

        if self._scope != Scope() and not any(_is_in(deal, self._scope) for deal in pipeline.deals.values()):
            self._scope = Scope()
        end = self._end or pipeline.today
        which = None if self.query is None else matching(self.query, pipeline)
        return Choice(trailing(end, self.days), self._by, self._scope, which)

    def _period(self, day: date, pipeline: Pipeline) -> Period:
        return month(day) if self._by == "month" else quarter(day, pipeline.playbook.fiscal_year_start)

    def step(self, pipeline: Pipeline, step: int) -> None:
        """The window that ends with the period before, or with the one after; today is the last day."""
        end, start = self._end or pipeline.today, pipeline.playbook.fiscal_year_start
        try:
            if step < 0:
                there = self._period(end, pipeline).start - timedelta(days=1)
                trailing(there, 2 * self.days)
            else:
                here = self._period(end + timedelta(days=1), pipeline)
                there = here.end if here.end > end else after(here, start).end
        except (ValueError, OverflowError):
            return
        self._end = None if there >= pipeline.today else there

    def toggle(self) -> None:
        """Months for quarters, and back."""
        self._by = "quarter" if self._by == "month" else "month"
        self._memory.note(**self.habits)

    def to_now(self) -> None:
        """The window to today, everybody."""
        self._end = None
        self.take_scope(ALL)

    def take_scope(self, choice: str) -> None:
        """A scope that was picked."""
        kind, _colon, name = choice.partition(":")
        self._scope = (
            Scope(team=name) if kind == "team" else Scope(owner=name) if kind == "owner" else Scope()
        )
        self._memory.note(**self.habits)

    def take_length(self, days: int) -> None:
        """A length that was picked."""
        self.days = days
        self._memory.note(**self.habits)


def lengths(current: int) -> Pick:
    """How long the window is."""
    return Pick(
        _("The window"),
        [Option(str(days), length(days)) for days in LENGTHS],
        current=str(current),
        is_short=True,
    )


def length(days: int) -> str:
    """A window in words."""
    months = round(days / 30.4)
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}


def matching(query: "Query", pipeline: Pipeline) -> Callable[[Deal], bool]:
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
