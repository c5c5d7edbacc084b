"""The trends as a page: each figure with its n, its chart, its sentence and its refusals."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from pipetui.charts.points import ticks
from pipetui.cli.report_flow import flow_section
from pipetui.exchange.exporting.report.page import (
    Bar,
    Bars,
    Lines,
    Page,
    Saying,
    Section,
    Stack,
    Stacks,
    Table,
)
from pipetui.exchange.exporting.report.page import Line as Curve
from pipetui.forecast.wording import scope_told
from pipetui.language import _, format, labelled, pgettext
from pipetui.pipeline.dashboard_tiles import times
from pipetui.pipeline.trends import Trends
from pipetui.pipeline.trends_ahead import creation_pace, next_periods
from pipetui.pipeline.trends_told import period_told
from pipetui.trends.diagnosis.facts import Covered
from pipetui.trends.diagnosis.rules import Diagnosis
from pipetui.trends.diagnosis.wording import lacking, told
from pipetui.trends.flow import Flow
from pipetui.trends.rate import Rate
from pipetui.trends.wording import lever, refusal, undefined

STAGES: Final = 6
"""Curves in one chart: more cannot be told apart."""
WEEKS: Final = 26
"""Weeks of new deals that are drawn."""
_SEEN: Final = 0.95
"""Curves end where so many deals have left the slowest stage: the few last ones would squeeze them."""
_NONE: Final = "—"


def trends_page(found: Trends, diagnosis: Diagnosis, flow: Flow) -> Page:
    """Everything that `pipetui trends` shows, drawn."""
    its = _Trends(found)
    window, today = found.window, found.pipeline.today
    name = " · ".join((_("Trends"), scope_told(found.choice.scope)))
    days = f"{format.short_date(window.start, today)} – {format.short_date(window.end, today)}"
    sections = [
        its.diagnosis(diagnosis),
        its.velocity(),
        its.results(),
        its.conversion(),
        its.stays(),
        flow_section(flow, today, found.pipeline.currency),
        its.ages(),
        its.creation(),
        its.coverage(),
        its.losses(),
        its.by_owner(),
    ]
    as_of = _("as of %(day)s") % {"day": f"{format.long_date(today)} {today.year}"}
    return Page(title=name, lines=(days, as_of), sections=[section for section in sections if section])


class _Trends:
    """The sections; one of which there is nothing to say is `None`."""

    def __init__(self, found: Trends) -> None:
        self._found = found
        self._today = found.pipeline.today
        self._currency = found.pipeline.currency

    def diagnosis(self, its: Diagnosis) -> Section:
        """What the figures say, or what there is too little of."""
        said = [Saying(*told(finding, self._currency, self._today)) for finding in its.findings]
        if not said and its.lacking:
            said = [Saying(_("There is too little data for a diagnosis:"))]
            said += [Saying(lacking(thin)) for thin in its.lacking]
        elif not said:
            said = [Saying(_("Nothing stands out: no rule has found anything."))]
        return Section(title=pgettext("tile", "Diagnosis"), sayings=said)

    def velocity(self) -> Section:
        """Euros a day, its levers, and which of them moved it."""
        found, its = self._found, self._found.velocity
        texts = []
        if its.value is None or its.win_rate is None or its.average_won is None or its.cycle_days is None:
            texts.append(undefined(its, found.enough) or "")
        else:
            texts.append(
                _("%(value)s a day = %(n)d deals × %(rate)s win rate × %(average)s ÷ %(days)s days")
                % {
                    "value": self._short(its.value),
                    "n": its.n,
                    "rate": format.percent(its.win_rate),
                    "average": self._short(its.average_won),
                    "days": format.number(its.cycle_days),
                }
            )
        texts += self._steps()
        points = [(self._x(point.day), point.velocity.value) for point in found.points]
        chart = None
        if sum(value is not None for _x, value in points) > 1:
            days = [(self._x(point.day), self._day(point.day)) for point in found.points]
            chart = Lines(_("Velocity"), [Curve(_("Velocity"), points)], days, self._short)
        notes = []
        if chart is not None and found.is_judged_by_moves:
            notes.append(
                _(
                    "The curve counts all open deals that are not stalled: how they were qualified is not "
                    "known."
                )
            )
        return Section(title=_("Velocity"), texts=[text for text in texts if text], chart=chart, notes=notes)

    def _steps(self) -> Iterator[str]:
        steps = self._found.steps
        if not steps:
            return
        first = next(point for point in self._found.points if point.velocity.value is not None)
        since = _("%(change)s a day since %(day)s") % {
            "change": self._short(sum(step.amount for step in steps), signed=True),
            "day": self._day(first.day),
        }
        parts = (f"{lever(step.lever)} {self._short(step.amount, signed=True)}" for step in steps)
        yield labelled(since, " · ".join(parts))

    def results(self) -> Section:
        """Win rate, average deal and cycle, of the window and of its periods."""
        found, its = self._found, self._found.results
        texts = [labelled(_("win rate"), refusal(its.win_rate, found.enough) or "")]
        if its.win_rate.value is not None:
            texts = [
                _("%(rate)s win rate (%(won)d of %(n)d)")
                % {"rate": format.percent(its.win_rate.value), "won": its.won, "n": its.win_rate.n}
            ]
        if its.won_cycle.median is not None and its.won_cycle.p75 is not None:
            then = found.results_before.win_rate
            texts.append(_("the window before: %(figure)s") % {"figure": self._known(then)})
            texts.append(
                _("%(median)s days to the win, P75 %(p75)s (n = %(n)d)")
                % {
                    "median": format.number(its.won_cycle.median),
                    "p75": format.number(its.won_cycle.p75),
                    "n": its.won_cycle.n,
                }
            )
        head = (
            *("", pgettext("deals", "won"), pgettext("deals", "lost"), _("rate"), _("amount")),
            *(_("average"), _("cycle"), pgettext("deals", "created"), _("in 180 d")),
        )
        rows = [
            (
                period_told(span, found),
                *(str(part.won), str(part.lost), self._rate(part.win_rate.value)),
                self._short(part.won_amount),
                _NONE if part.average.mean is None else self._short(part.average.mean),
                _NONE if part.won_cycle.median is None else format.days(round(part.won_cycle.median)),
                *(str(cohort.created), self._rate(cohort.won.value)),
            )
            for (span, part), cohort in zip(found.by_period, found.cohorts, strict=True)
        ]
        bars = [
            Bar(format.period(span.name), 0, part.won_amount, self._short(part.won_amount), "won")
            for span, part in found.by_period
        ]
        return Section(
            title=_("Win rate, average deal, cycle"),
            texts=[" · ".join(filter(None, texts))],
            chart=Bars(_("Amount won by period"), bars),
            table=Table(head, rows),
        )

    def conversion(self) -> Section:
        """The funnel of the cohorts of the window."""
        its = [one for one in self._found.conversion if one.entered]
        name = _("Conversion by stage (cohort by entry)")
        if not its:
            return Section(title=name, texts=[_("No deal is known to have entered a stage in this window.")])
        head = (
            *("", pgettext("deals", "entered"), pgettext("deals", "moved on"), pgettext("deals", "died")),
            *(pgettext("deals", "open"), _("rate"), pgettext("rate", "before")),
        )
        before = {one.stage.id: one.rate.value for one in self._found.conversion_before}
        rows = [
            (
                one.stage.name,
                *map(str, (one.entered, one.moved_on, one.died, one.open)),
                self._known(one.rate),
                self._rate(before.get(one.stage.id)),
            )
            for one in its
        ]
        bars = [
            Bar(
                one.stage.name,
                0,
                one.entered,
                f"{one.entered} → {self._rate(one.rate.value)}",
                "best_case",
            )
            for one in its
        ]
        return Section(title=name, chart=Bars(name, bars), table=Table(head, rows))

    def stays(self) -> Section | None:
        """How long deals stay in each stage, as curves."""
        its = [one for one in self._found.stays if one.curve.completed + one.curve.censored]
        if not its:
            return None
        drawn = sorted(its, key=lambda one: -one.curve.completed)[:STAGES]
        ends = [one.curve.quantile(_SEEN) or one.curve.times[-1] for one in drawn if one.curve.times]
        end = max(ends, default=0)
        curves = []
        for one in its:
            if one in drawn and one.curve.times:
                steps = zip(map(float, one.curve.times), one.curve.share, strict=True)
                points = [(0.0, 1.0), *((days, share) for days, share in steps if days <= end)]
                curves.append(Curve(one.stage.name, points, steps=True))
        labels = [(days, format.days(round(days))) for days in ticks(0.0, float(end), 10)]
        head = (
            *("", _("median"), _("9 of 10")),
            *(pgettext("deals", "have left"), pgettext("deals", "still there")),
        )
        rows = [
            (
                one.stage.name,
                *(_NONE if days is None else format.days(days) for days in (one.median, one.nine_of_ten)),
                *(str(one.curve.completed), str(one.curve.censored)),
            )
            for one in its
        ]
        return Section(
            title=_("Days in stage (Kaplan–Meier, open deals censored)"),
            chart=Lines(_("Share of the deals that are still there"), curves, labels, format.percent, 1.0),
            table=Table(head, rows),
        )

    def ages(self) -> Section | None:
        """The age of the open deals over time."""
        points = [point for point in self._found.points if point.ages.count]
        if not points:
            return None
        name = _("Age of the open deals")
        parts = (_("< 90 days"), _("90–179"), _("180–365"), _("> 365"))
        stacks = [
            Stack(self._day(point.day), [float(bucket.count) for bucket in point.ages.buckets])
            for point in points
        ]
        texts = []
        share = points[-1].ages.older()
        if share is not None and points[-1].ages.count >= self._found.enough:
            texts.append(labelled(_("above 90 days"), format.percent(share)))
        rows = [
            (
                self._day(point.day),
                *(str(bucket.count) for bucket in point.ages.buckets),
                format.percent(point.ages.older() or 0) if point.ages.count >= self._found.enough else _NONE,
            )
            for point in points
        ]
        head = ("", *parts, _("above 90 days"))
        return Section(
            title=name,
            texts=texts,
            chart=Stacks(name, parts, stacks, format.number),
            table=Table(head, rows),
        )

    def creation(self) -> Section | None:
        """New deals a week against what the quota needs."""
        pace = creation_pace(self._found)
        if pace is None or not pace.count:
            return None
        text = _("%(n)s new deals and %(amount)s a week over %(weeks)d weeks") % {
            "n": format.number(pace.count, 1),
            "amount": self._short(pace.amount),
            "weeks": pace.weeks,
        }
        texts = [text]
        weeks = self._found.created[-WEEKS:]
        points = [(self._x(week.start), float(week.amount)) for week in weeks]
        lines = [Curve(_("created a week"), points)]
        if pace.need is not None and pace.share is not None:
            texts.append(
                _("the quota needs %(amount)s a week: %(share)s of it is created")
                % {"amount": self._short(pace.need.amount), "share": format.percent(pace.share)}
            )
            needed = pace.need.amount
            lines.append(Curve(_("needed for the quota"), [(points[0][0], needed), (points[-1][0], needed)]))
        days = [(self._x(week.start), self._day(week.start)) for week in weeks]
        return Section(
            title=_("Creation pace"),
            texts=[" · ".join(texts)],
            chart=Lines(_("Creation pace"), lines, days, self._short),
        )

    def coverage(self) -> Section | None:
        """The next periods against their quotas."""
        coming = next_periods(self._found)
        if not any(its.open or its.quota for its in coming):
            return None
        head = (
            *("", _("quota"), pgettext("figure", "won"), pgettext("figure", "open")),
            *(_("coverage"), _("without stale")),
        )

        def covered(its: Covered, value: float | None) -> str:
            if value is not None:
                return times(value)
            return _NONE if its.quota is None or its.won < its.quota else _("target met")

        rows = [
            (
                format.period(its.period.name),
                _NONE if its.quota is None else self._short(its.quota),
                *(self._short(its.won), self._short(its.open)),
                covered(its, its.coverage),
                covered(its, its.without_stale),
            )
            for its in coming
        ]
        bars = [
            Bar(format.period(its.period.name), 0, its.coverage, times(its.coverage), "commit")
            for its in coming
            if its.coverage is not None
        ]
        rate = self._found.results.win_rate.value
        limit = (1 / rate, _("needed %(times)s") % {"times": times(1 / rate)}) if rate and bars else None
        name = _("Coverage of the next periods")
        return Section(title=name, chart=Bars(name, bars, limit) if bars else None, table=Table(head, rows))

    def losses(self) -> Section | None:
        """Where deals were lost, and why."""
        its = self._found.losses
        if not its:
            return None
        head = ("", pgettext("deals", "lost"), _("amount"), _("reasons"))
        rows = [
            (
                one.stage.name if one.stage else _("stage unknown"),
                *(str(one.count), self._short(one.amount)),
                ", ".join(f"{why.text} ({len(why.deals)})" for why in one.reasons[:3] if why.text),
            )
            for one in its
        ]
        bars = [Bar(row[0], 0, one.count, row[1], "bad") for one, row in zip(its, rows, strict=True)]
        name = _("Losses by stage")
        return Section(title=name, chart=Bars(name, bars), table=Table(head, rows, frozenset({3})))

    def by_owner(self) -> Section | None:
        """What everybody closed; rates only where there is enough."""
        its = self._found.by_owner
        if not its or self._found.choice.scope.owner:
            return None
        head = ("", pgettext("deals", "won"), pgettext("deals", "lost"), _("win rate"), _("amount won"))
        rows = [
            (
                part.name or _("Nobody"),
                *(str(part.results.won), str(part.results.lost)),
                self._known(part.results.win_rate),
                self._short(part.results.won_amount),
            )
            for part in its
        ]
        return Section(title=_("By owner"), table=Table(head, rows))

    def _short(self, minor: float, *, signed: bool = False) -> str:
        return format.short_money(round(minor), self._currency, signed=signed)

    def _day(self, day: date) -> str:
        return format.short_date(day, self._today)

    def _known(self, its: Rate) -> str:
        return refusal(its, self._found.enough) or self._rate(its.value)

    @staticmethod
    def _x(day: date) -> float:
        return float(day.toordinal())

    @staticmethod
    def _rate(value: float | None) -> str:
        return _NONE if value is None else format.percent(value)
