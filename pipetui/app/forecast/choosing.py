"""Which period and whose: as it was left, and one step on or back."""

from datetime import date
from typing import NamedTuple

from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.memory import Memory
from pipetui.forecast.periods import Period, after, before, month, quarter
from pipetui.forecast.quotas import Scope
from pipetui.language import _, format, ngettext
from pipetui.pipeline.pipeline import Pipeline

ALL = "all"


class Wanted(NamedTuple):
    """What the place shows."""

    period: Period
    scope: Scope


class Choosing:
    """The period and the scope, kept in the memory of the store."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._monthly = memory.text("forecast_by", "quarter") == "month"
        self._period: Period | None = None
        """`None`: the one that today lies in."""
        self._scope = Scope(memory.text("forecast_team", ""), memory.text("forecast_owner", ""))

    def wanted(self, pipeline: Pipeline) -> Wanted:
        """What is to be shown on a day; a team or an owner without any deal is none."""
        if self._scope != Scope() and not any(
            _is_in(self._scope, deal.team, deal.owner) for deal in pipeline.deals.values()
        ):
            self._scope = Scope()
        return Wanted(self._period or self._current(pipeline), self._scope)

    def _current(self, pipeline: Pipeline) -> Period:
        return self._around(pipeline.today, pipeline)

    def _around(self, day: date, pipeline: Pipeline) -> Period:
        return month(day) if self._monthly else quarter(day, pipeline.playbook.fiscal_year_start)

    def step(self, pipeline: Pipeline, step: int) -> None:
        """The next period, or the one before; not beyond the calendar."""
        here, start = self.wanted(pipeline).period, pipeline.playbook.fiscal_year_start
        try:
            there = after(here, start) if step > 0 else before(here, start)
        except (ValueError, OverflowError):
            return
        self._period = None if there == self._current(pipeline) else there

    def toggle(self, pipeline: Pipeline) -> None:
        """Months for quarters: today's, if it lies in the period, else the first; and back."""
        here = self.wanted(pipeline).period
        self._monthly = not self._monthly
        day = pipeline.today if pipeline.today in here else here.start
        there = self._around(day, pipeline)
        self._period = None if there == self._current(pipeline) else there
        self._memory.note(forecast_by="month" if self._monthly else "quarter")

    def to_now(self) -> None:
        """The period that today lies in, everybody."""
        self._period = None
        self.take(ALL)

    def take(self, choice: str) -> None:
        """A scope that was picked."""
        kind, _colon, name = choice.partition(":")
        self._scope = (
            Scope(team=name) if kind == "team" else Scope(owner=name) if kind == "owner" else Scope()
        )
        self._memory.note(forecast_team=self._scope.team, forecast_owner=self._scope.owner)

    @property
    def habits(self) -> dict[str, str | int]:
        """What is worth remembering until the next start."""
        by = "month" if self._monthly else "quarter"
        return {"forecast_by": by, "forecast_team": self._scope.team, "forecast_owner": self._scope.owner}


def scopes(pipeline: Pipeline, current: Scope, title: str) -> Pick:
    """A question with a title: everybody's, a team's, an owner's."""
    owners: dict[str, int] = {}
    teams: dict[str, int] = {}
    for deal in pipeline.deals.values():
        if deal.counts or deal.status == "won":
            owners[deal.owner] = owners.get(deal.owner, 0) + deal.counts
            teams[deal.team] = teams.get(deal.team, 0) + deal.counts
    choices = [Choice(ALL, _("everybody"), _open(sum(owners.values())))]
    choices += [
        Choice(f"team:{name}", _("team %(name)s") % {"name": name}, _open(count))
        for name, count in sorted(teams.items(), key=lambda pair: pair[0].casefold())
        if name
    ]
    choices += [
        Choice(f"owner:{name}", name, _open(count))
        for name, count in sorted(owners.items(), key=lambda pair: pair[0].casefold())
        if name
    ]
    chosen = f"owner:{current.owner}" if current.owner else f"team:{current.team}" if current.team else ALL
    return Pick(title, choices, current=chosen)


def _open(count: int) -> str:
    return ngettext("%(n)s open deal", "%(n)s open deals", count) % {"n": format.number(count)}


def _is_in(scope: Scope, team: str, owner: str) -> bool:
    return (not scope.team or team == scope.team) and (not scope.owner or owner == scope.owner)
