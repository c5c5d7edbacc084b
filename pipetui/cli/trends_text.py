"""The trends as text: what they say in words, then each figure with its n, its chart and its refusals."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from pipetui.cli.trends_paper import Paper
from pipetui.language import _, labelled, ngettext, pgettext
from pipetui.trends.wording import lever, refusal, undefined

if TYPE_CHECKING:
    from pipetui.pipeline.trends import Point, Trends
    from pipetui.trends.diagnosis.rules import Diagnosis
    from pipetui.trends.winning import Results

LONGEST: Final = 40
"""Cells of the longest bar beside a table."""
REASONS: Final = 3
"""Reasons of a loss that are named."""


def trends_text(found: "Trends", diagnosis: "Diagnosis", width: int | None) -> Iterator[str]:
    """Everything, section by section."""
    from pipetui.cli import output
    from pipetui.cli.forecast import is_plain

    page = Page(found, width or output.width(), plain=is_plain())
    yield from page.heading()
    yield from page.diagnosis(diagnosis)
    yield from page.velocity()
    yield from page.results()
    yield from page.conversion()
    yield from page.stays()
    yield from page.by_owner()
    yield from page.ages()
    yield from page.ahead()
    yield from page.losses()


class Page(Paper):
    """The sections, all as wide as one another."""

    def heading(self) -> Iterator[str]:
        """Window and scope."""
        from pipetui.cli.output import paint
        from pipetui.deals.text import clean
        from pipetui.language.format import short_date

        window, scope = self._found.window, self._found.choice.scope
        days = f"{short_date(window.start, self._today)} – {short_date(window.end, self._today)}"
        whose = clean(scope.owner or scope.team) or _("everybody")
        yield paint(" · ".join((_("Trends"), days, whose)), "1")

    def diagnosis(self, its: "Diagnosis") -> Iterator[str]:
        """What the figures say, and what there is too little of to say more."""
        from pipetui.trends.diagnosis.wording import lacking, told

        for finding in its.findings:
            words = told(finding, self._currency, self._today)
            yield ""
            yield from self._wrapped(words.text, "! " if self._plain else "▲ ", "1")
            yield from self._wrapped(words.evidence, "  ")
            yield from self._wrapped(labelled(_("Try"), words.attempt), "  ")
        if its.findings or not its.lacking:
            return
        yield ""
        yield from self._wrapped(_("There is too little data for a diagnosis:"), "")
        for thin in its.lacking:
            yield from self._wrapped(lacking(thin), "- " if self._plain else "· ")

    def velocity(self) -> Iterator[str]:
        """Euros a day, the four levers, the curve, and which lever moved it."""
        from pipetui.language.format import number, percent, short_money

        its = self._found.velocity
        yield from self._section(_("Velocity"))
        if its.value is None:
            why = undefined(its, self._found.enough)
            yield from self._wrapped(why or "", "  ")
        elif its.win_rate is not None and its.average_won is not None and its.cycle_days is not None:
            yield from self._wrapped(
                _("%(value)s a day = %(n)d deals × %(rate)s win rate × %(average)s ÷ %(days)s days")
                % {
                    "value": short_money(round(its.value), self._currency),
                    "n": its.n,
                    "rate": percent(its.win_rate),
                    "average": short_money(its.average_won, self._currency),
                    "days": number(its.cycle_days),
                },
                "  ",
            )
        points = self._found.points
        yield from self._chart([(point, point.velocity.value) for point in points])
        yield from self._steps()
        if self._found.is_judged_by_moves and any(point.velocity.value is not None for point in points):
            note = _(
                "The curve counts all open deals that are not stalled: how they were qualified is not known."
            )
            yield from self._wrapped(note, "  ", "2")

    def _steps(self) -> Iterator[str]:
        from pipetui.language.format import short_date, short_money

        steps = self._found.steps
        if not steps:
            return
        defined = [point for point in self._found.points if point.velocity.value is not None]
        whole = sum(step.amount for step in steps)
        parts = [
            f"{lever(step.lever)} {short_money(round(step.amount), self._currency, signed=True)}"
            for step in steps
        ]
        since = _("%(change)s a day since %(day)s") % {
            "change": short_money(round(whole), self._currency, signed=True),
            "day": short_date(defined[0].day, self._today),
        }
        yield from self._wrapped(labelled(since, " · ".join(parts)), "  ")

    def results(self) -> Iterator[str]:
        """Win rate, average deal and cycle, of the window and of its periods."""
        from pipetui.cli.output import Column
        from pipetui.language.format import days, percent, period, short_money
        from pipetui.pipeline.trends_told import in_part

        found, its = self._found, self._found.results
        yield from self._section(_("Win rate, average deal, cycle"))
        yield from self._wrapped(" · ".join(self._summary(its)), "  ")
        left_out = its.won_cycle.left_out + its.lost_cycle.left_out
        if left_out:
            told = ngettext(
                "%(n)d deal was closed before it was created and has no cycle.",
                "%(n)d deals were closed before they were created and have no cycle.",
                left_out,
            )
            yield from self._wrapped(told % {"n": left_out}, "  ", "2")
        head = (
            *("", pgettext("deals", "won"), pgettext("deals", "lost"), _("rate"), _("amount")),
            *(_("average"), _("cycle"), pgettext("deals", "created"), _("in 180 d")),
        )
        rows = [
            (
                period(span.name),
                *(str(part.won), str(part.lost)),
                percent(part.win_rate.value) if part.win_rate.value is not None else "—",
                short_money(part.won_amount, self._currency),
                "—" if part.average.mean is None else short_money(part.average.mean, self._currency),
                "—" if part.won_cycle.median is None else days(round(part.won_cycle.median)),
                str(cohort.created),
                "—" if cohort.won.value is None else percent(cohort.won.value),
            )
            for (span, part), cohort in zip(found.by_period, found.cohorts, strict=True)
        ]
        yield from self._table([head, *rows], (Column(), *[Column(right=True)] * 8))
        if cut := in_part(found):
            yield from self._wrapped(labelled(_("Only in part"), cut), "  ", "2")

    def _summary(self, its: "Results") -> Iterator[str]:
        from pipetui.language.format import number, percent, short_money

        if its.win_rate.value is None:
            yield labelled(_("win rate"), refusal(its.win_rate, self._found.enough) or "")
        else:
            yield _("%(rate)s win rate (%(won)d of %(n)d)") % {
                "rate": percent(its.win_rate.value),
                "won": its.won,
                "n": its.win_rate.n,
            }
        then = self._found.results_before.win_rate
        told = refusal(then, self._found.enough) or percent(then.value or 0)
        yield _("the window before: %(figure)s") % {"figure": told}
        if its.average.mean is not None and its.average.median is not None:
            yield _("%(mean)s on average, median %(median)s (n = %(n)d)") % {
                "mean": short_money(its.average.mean, self._currency),
                "median": short_money(its.average.median, self._currency),
                "n": its.average.n,
            }
        cycle = its.won_cycle
        if cycle.median is not None and cycle.p75 is not None:
            yield _("%(median)s days to the win, P75 %(p75)s (n = %(n)d)") % {
                "median": number(cycle.median),
                "p75": number(cycle.p75),
                "n": cycle.n,
            }
        if its.lost_cycle.median is not None:
            yield _("%(median)s days to the loss (n = %(n)d)") % {
                "median": number(its.lost_cycle.median),
                "n": its.lost_cycle.n,
            }

    def conversion(self) -> Iterator[str]:
        """The funnel of the cohorts of the window."""
        from pipetui.charts.bars import bar
        from pipetui.cli.output import Column
        from pipetui.language.format import percent

        its = [one for one in self._found.conversion if one.entered]
        yield from self._section(_("Conversion by stage (cohort by entry)"))
        if not its:
            yield from self._wrapped(_("No deal is known to have entered a stage in this window."), "  ")
            return
        most = max(one.entered for one in its)
        room = max(8, min(LONGEST, self._width - 82))
        head = (
            *("", pgettext("deals", "entered"), pgettext("deals", "moved on"), pgettext("deals", "died")),
            *(pgettext("deals", "open"), _("rate"), pgettext("rate", "before"), ""),
        )
        before = {one.stage.id: one.rate.value for one in self._found.conversion_before}
        rows = []
        for one in its:
            drawn = bar(one.entered, most, room, plain=self._plain)
            why = refusal(one.rate, self._found.enough)
            rate = "—" if one.rate.value is None else percent(one.rate.value)
            counts = (one.entered, one.moved_on, one.died, one.open)
            then = before.get(one.stage.id)
            old = "—" if then is None else percent(then)
            rows.append((one.stage.name, *map(str, counts), rate, old, why or drawn))
        columns = (Column(flexible=True), *[Column(right=True)] * 6, Column(flexible=True))
        yield from self._table([head, *rows], columns)

    def stays(self) -> Iterator[str]:
        """How long deals stay in each stage."""
        from pipetui.cli.output import Column

        its = [one for one in self._found.stays if one.curve.completed + one.curve.censored]
        if not its:
            return
        yield from self._section(_("Days in stage (Kaplan–Meier, open deals censored)"))
        head = (
            *("", _("median"), _("9 of 10")),
            *(pgettext("deals", "have left"), pgettext("deals", "still there")),
        )
        rows = [
            (
                one.stage.name,
                *("—" if days is None else str(days) for days in (one.median, one.nine_of_ten)),
                *(str(one.curve.completed), str(one.curve.censored)),
            )
            for one in its
        ]
        yield from self._table([head, *rows], (Column(flexible=True), *[Column(right=True)] * 4))

    def by_owner(self) -> Iterator[str]:
        """What everybody closed; rates only where there is enough."""
        from pipetui.cli.output import Column
        from pipetui.language.format import percent, short_money

        its = self._found.by_owner
        if not its or self._found.choice.scope.owner:
            return
        yield from self._section(_("By owner"))
        head = (
            *("", pgettext("deals", "won"), pgettext("deals", "lost")),
            *(_("win rate"), _("amount won")),
        )
        rows = [
            (
                part.name or _("Nobody"),
                *(str(part.results.won), str(part.results.lost)),
                refusal(part.results.win_rate, self._found.enough)
                or percent(part.results.win_rate.value or 0),
                short_money(part.results.won_amount, self._currency),
            )
            for part in its
        ]
        yield from self._table([head, *rows], (Column(flexible=True), *[Column(right=True)] * 4))

    def ages(self) -> Iterator[str]:
        """The age of the open deals, and the share of old ones over time."""
        from pipetui.cli.output import Column
        from pipetui.language.format import percent, short_date, short_money

        points = [point for point in self._found.points if point.ages.count]
        if not points:
            return
        yield from self._section(_("Age of the open deals"))
        head = ("", *_age_names(), _("above 90 days"))
        shown = _spread(points, 5)
        rows = [
            (
                short_date(point.day, self._today),
                *(str(bucket.count) for bucket in point.ages.buckets),
                percent(point.ages.older() or 0) if point.ages.count >= self._found.enough else "—",
            )
            for point in shown
        ]
        last = points[-1].ages
        amounts = (short_money(bucket.amount, self._currency) for bucket in last.buckets)
        old = short_money(sum(bucket.amount for bucket in last.buckets[1:]), self._currency)
        rows.append((_("amount"), *amounts, old))
        yield from self._table([head, *rows], (Column(), *[Column(right=True)] * 5))

    def ahead(self) -> Iterator[str]:
        """Creation against the need, and the coverage of the next periods."""
        from pipetui.cli.output import Column
        from pipetui.language.format import number, percent, period, short_money
        from pipetui.pipeline.trends_ahead import creation_pace, next_periods

        pace = creation_pace(self._found)
        if pace is not None and pace.count:
            yield from self._section(_("Creation pace"))
            told = _("%(n)s new deals and %(amount)s a week over %(weeks)d weeks") % {
                "n": number(pace.count, 1),
                "amount": short_money(round(pace.amount), self._currency),
                "weeks": pace.weeks,
            }
            if pace.need is not None and pace.share is not None:
                need = _("the quota needs %(amount)s a week: %(share)s of it is created") % {
                    "amount": short_money(round(pace.need.amount), self._currency),
                    "share": percent(pace.share),
                }
                told = f"{told} · {need}"
            yield from self._wrapped(told, "  ")
        coming = next_periods(self._found)
        if not any(its.open or its.quota for its in coming):
            return
        yield from self._section(_("Coverage of the next periods"))
        head = (
            "",
            _("quota"),
            pgettext("figure", "won"),
            pgettext("figure", "open"),
            _("coverage"),
            _("without stale"),
        )
        rows = [
            (
                period(its.period.name),
                "—" if its.quota is None else short_money(its.quota, self._currency),
                short_money(its.won, self._currency),
                short_money(its.open, self._currency),
                *(self._times(its.quota, its.won, value) for value in (its.coverage, its.without_stale)),
            )
            for its in coming
        ]
        yield from self._table([head, *rows], (Column(), *[Column(right=True)] * 5))

    def _times(self, quota: int | None, won: int, value: float | None) -> str:
        from pipetui.language.format import number

        if value is None:
            return "—" if quota is None or won < quota else _("target met")
        return _("%(n)s×") % {"n": number(value, 1)}

    def losses(self) -> Iterator[str]:
        """Where deals were lost, why, and what was not known."""
        from pipetui.cli.output import Column
        from pipetui.language.format import short_money

        its = self._found.losses
        if not its:
            return
        yield from self._section(_("Losses by stage"))
        head = (
            *("", pgettext("deals", "lost"), _("amount")),
            *(_("reasons"), _("unknown at the loss")),
        )
        rows = [
            (
                one.stage.name if one.stage else _("stage unknown"),
                str(one.count),
                short_money(one.amount, self._currency),
                ", ".join(
                    f"{reason.text} ({len(reason.deals)})" for reason in one.reasons[:REASONS] if reason.text
                ),
                self._unknown(one),
            )
            for one in its
        ]
        columns = (
            Column(flexible=True),
            *[Column(right=True)] * 2,
            *[Column(flexible=True, least=16)] * 2,
        )
        yield from self._table([head, *rows], columns)

    def _unknown(self, one: Any) -> str:
        from pipetui.deals.qualification import ITEMS
        from pipetui.language.builtin import shown

        if not one.told:
            return ""
        most = sorted(one.unknown, key=lambda item: (-one.unknown[item], ITEMS.index(item)))[:2]
        return ", ".join(
            f"{shown(item.replace('_', ' '))} ({one.unknown[item]})" for item in most if one.unknown[item]
        )


def _age_names() -> tuple[str, ...]:
    return _("< 90 days"), _("90–179"), _("180–365"), _("> 365")


def _spread(points: "Sequence[Point]", n: int) -> "list[Point]":
    """The first, the last and some between."""
    if len(points) <= n:
        return list(points)
    return [points[round(place * (len(points) - 1) / (n - 1))] for place in range(n)]
