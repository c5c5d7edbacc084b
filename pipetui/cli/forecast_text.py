"""The forecast as text: the answer, a chart against the quota, the range, and who stands where."""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from pipetui.cli.forecast import is_plain
from pipetui.language import _, labelled, ngettext, pgettext

if TYPE_CHECKING:
    from pipetui.pipeline.outlook import Outlook, Part
    from pipetui.pipeline.pipeline import Pipeline

LONGEST: Final = 60
"""Cells of the longest bar."""
_DOT: Final = " · "
_NAME: Final = 14
"""Cells that the name of an owner keeps before a column gives way."""
_FELT: Final = 0.005
"""A deal that moves the chance of the quota by less is not worth to be called first."""


def forecast_text(found: "Outlook", pipeline: "Pipeline", width: int | None = None) -> Iterator[str]:
    """The answer, the chart, what else counts, the range, and who stands where.

    Args:
        found: the period against its quota.
        pipeline: the same store as it is now.
        width: cells of the longest line; by default the terminal's.
    """
    from pipetui.cli import output

    page = _Page(found, pipeline, width or output.width())
    yield from page.heading()
    yield from page.answer()
    yield ""
    yield from page.chart()
    yield ""
    yield from page.beside()
    yield from page.range()
    yield from page.call_first()
    yield from page.parts(_("By team"), found.by_team)
    if not found.scope.owner:
        yield from page.parts(_("By owner"), found.by_owner)


class _Page:
    """The parts of the text, all as wide as one another."""

    def __init__(self, found: "Outlook", pipeline: "Pipeline", width: int) -> None:
        self._found = found
        self._pipeline = pipeline
        self._width = width
        self._is_over = found.period.end < pipeline.today

    def heading(self) -> Iterator[str]:
        """Period and scope."""
        from pipetui.deals.text import clean
        from pipetui.forecast.wording import period_told
        from pipetui.language.format import short_date

        found, today = self._found, self._pipeline.today
        begin, end = (short_date(day, today) for day in (found.period.start, found.period.end))
        whose = found.scope.owner or found.scope.team or _("everybody")
        heading = [
            _("Forecast %(period)s") % {"period": period_told(found.period)},
            f"{begin} – {end}",
            clean(whose),
        ]
        yield from self._wrapped(" · ".join(heading), style="1")

    def answer(self) -> Iterator[str]:
        """ "ON TRACK · €775k won of €1.4M · 58% of it were expected by today, as in 7 past periods"."""
        from pipetui.cli.output import paint
        from pipetui.language.format import short_money

        found, currency, pace = self._found, self._found.currency, self._found.pace
        won = short_money(found.figures.won.amount, currency)
        if found.quota is None:
            yield from self._wrapped(_("%(won)s won · no quota is set") % {"won": won})
        else:
            told = _("%(won)s won of %(quota)s") % {
                "won": won,
                "quota": short_money(found.quota.amount, currency),
            }
            if pace is None:
                yield from self._wrapped(told)
            else:
                states = {"ahead": _("ahead"), "on_track": _("on track"), "behind": _("behind")}
                colors = {"ahead": "32", "on_track": "36", "behind": "31"}
                word = states[pace.state].upper()
                first, *rest = self._wrapped(f"{word} · {told} · {self._expected()}")
                yield first.replace(word, paint(word, colors[pace.state]), 1)
                yield from rest
        yield from self._wrapped(self._landing())

    def _expected(self) -> str:
        """What share of the quota is won by this day in other periods."""
        from pipetui.language.format import percent

        pace = self._found.pace
        if pace is None or self._is_over:
            return _("the period is over")
        if pace.share.source == "own":
            share = ngettext(
                "%(share)s of it were expected by today, as in %(n)d past period",
                "%(share)s of it were expected by today, as in %(n)d past periods",
                pace.share.periods,
            )
        else:
            share = _("%(share)s of it were expected by today, by the days that are over")
        return share % {"share": percent(float(pace.share.value)), "n": pace.share.periods}

    def _landing(self) -> str:
        """Where the period ends if the commits come, and how far that is from the quota."""
        from pipetui.language.format import short_money

        found, currency = self._found, self._found.currency
        landing = _("landing %(amount)s") % {"amount": short_money(found.figures.landing, currency)}
        gap = found.figures.gap
        if gap is not None:
            said = _("gap %(amount)s") % {"amount": short_money(gap, currency, signed=True)}
            landing = f"{landing} · {said}"
        if found.lacking and found.average_deal and not self._is_over:
            of_size = ngettext(
                "%(n)d deal of average size (%(amount)s)",
                "%(n)d deals of average size (%(amount)s)",
                found.lacking,
            ) % {"n": found.lacking, "amount": short_money(found.average_deal, currency)}
            landing = f"{landing}, {of_size}"
        return landing

    def chart(self) -> Iterator[str]:
        """Won, commit, best case and upside, each with all before it; the range; the quota across them."""
        from pipetui.cli.output import Column, table
        from pipetui.language.format import short_money

        found, its = self._found, self._found.figures.cumulative
        names = (pgettext("figure", "won"), _("commit"), _("best case"), _("upside"))
        quota, between = found.quota_amount, found.range if found.groups.open else None
        most = max(1, *its, quota or 0, between.p90 if between else 0)
        heads = [(name, short_money(amount, found.currency)) for name, amount in zip(names, its, strict=True)]
        if between is not None:
            heads.append((_("P50, P10–P90"), short_money(between.p50, found.currency)))
        lines = table(heads, (Column(), Column(right=True)), "  ")
        longest = max(map(len, lines))
        room = max(10, min(LONGEST, self._width - longest - 4))
        fill, line = ("#", "|") if is_plain() else ("█", "│")
        rows = [list(fill * _cells(amount, most, room)) for amount in its]
        if between is not None:
            rows.append(_span(*(_cells(its, most, room) for its in (between.p10, between.p50, between.p90))))
        mark = None if quota is None else min(room, _cells(quota, most, room))
        for head, cells in zip(lines, rows, strict=True):
            drawn = "".join(cells)
            if mark is not None and mark >= len(cells):
                drawn = f"{drawn:<{mark}}{line}"
            yield f"{head:<{longest}}  {drawn}".rstrip()
        if quota is not None and mark is not None:
            told = labelled(_("quota"), short_money(quota, found.currency))
            yield " " * (longest + 2 + max(0, mark + 1 - len(told))) + told

    def beside(self) -> Iterator[str]:
        """What is in no bar, what is weighted, the coverage."""
        from pipetui.language.format import money, number, short_money

        its, currency = self._found.figures, self._found.currency
        parts = []
        for name, totals in (
            (pgettext("figure", "unclassified"), its.unclassified),
            (pgettext("figure", "omitted"), its.omitted),
            (pgettext("figure", "not in the export"), its.missing),
            (pgettext("figure", "in nurture"), its.nurture),
            (pgettext("figure", "without a close date"), its.undated),
        ):
            if totals.count:
                count = ngettext("%(n)d deal", "%(n)d deals", totals.count) % {"n": totals.count}
                parts.append(f"{name} {short_money(totals.amount, currency)} ({count})")
        unpriced = its.open.unpriced
        if unpriced:
            parts.append(ngettext("%(n)d unpriced", "%(n)d unpriced", unpriced) % {"n": unpriced})
        others = sorted(its.open.other_currencies.items())
        parts += [money(minor, name) for name, (_n, minor) in others]
        if parts:
            yield from self._wrapped(" · ".join(parts))
        told = _("weighted %(amount)s") % {"amount": short_money(its.weighted, currency)}
        cover, moving = its.coverage, its.coverage_without_stale.value
        if cover.is_met:
            said = _("quota met")
            told = f"{told} · {said}"
        elif its.open.count and cover.value is not None and moving is not None:
            coverage = _("coverage %(all)s×, %(moving)s× without stale deals") % {
                "all": number(cover.value, 1),
                "moving": number(moving, 1),
            }
            told = f"{told} · {coverage}"
        yield from self._wrapped(told)

    def range(self) -> Iterator[str]:
        """P10, P50, P90, and how likely the quota is."""
        from pipetui.language.format import percent, short_money

        found, its = self._found, self._found.range
        if its is None or not found.groups.open:
            return
        p10, p50, p90 = (short_money(minor, found.currency) for minor in (its.p10, its.p50, its.p90))
        values = {"p10": p10, "p50": p50, "p90": p90}
        told = _("range %(p10)s – %(p50)s – %(p90)s (P10, P50, P90)") % values
        if its.p_quota is not None:
            chance = _("%(share)s chance of the quota") % {"share": percent(its.p_quota)}
            told = f"{told} · {chance}"
        yield from self._wrapped(told)
        if its.exact:
            note = _("Deals are taken for independent, which makes the range too narrow.")
            yield from self._wrapped(note, style="2")

    def call_first(self) -> Iterator[str]:
        """The deals that move the chance of the quota most, and why theirs is what it is."""
        from pipetui.cli.output import Column, paint, table
        from pipetui.language.format import number, short_money

        found = self._found
        first = [(deal, moved) for deal, moved in found.call_first if abs(moved) >= _FELT]
        if not first:
            return
        yield ""
        heading = _("Call these first: they move the chance to reach the quota most")
        yield from self._wrapped(heading, style="1")
        rows = [
            (
                _("%(points)s pts") % {"points": number(100 * moved, signed=True)},
                deal.name,
                deal.owner,
                "" if deal.amount is None else short_money(deal.amount, deal.currency or found.currency),
            )
            for deal, moved in first
        ]
        columns = (Column(right=True), Column(flexible=True, least=16), Column(flexible=True))
        lines = table(rows, (*columns, Column(right=True)), "  ", self._width)
        for line, (deal, _moved) in zip(lines, first, strict=True):
            yield line
            why = found.why(deal.id, self._pipeline)
            for part in wrap(why, self._width - 6, break_on_hyphens=False):
                yield paint(f"      {part}", "2")

    def parts(self, heading: str, parts: "Sequence[Part]") -> Iterator[str]:
        """Teams or owners; on a narrow page the landing and what it is made of."""
        from pipetui.cli.output import Column, table

        if not parts:
            return
        figures = [part.figures for part in parts]
        columns = [
            (_("quota"), ["—" if part.quota is None else self._short(part.quota.amount) for part in parts]),
            (pgettext("figure", "won"), [self._short(its.won.amount) for its in figures]),
            (_("commit"), [self._short(its.commit.amount) for its in figures]),
            (_("best case"), [self._short(its.best_case.amount) for its in figures]),
            (_("upside"), [self._short(its.upside.amount) for its in figures]),
            (pgettext("figure", "unclassified"), [self._short(its.unclassified.amount) for its in figures]),
            (_("landing"), [self._short(its.landing) for its in figures]),
        ]
        names = ["", *(part.name or _("Nobody") for part in parts)]
        lines: list[str] = []
        for gone in (None, -2, -2, -2):  # what is least sure gives way first
            if gone is not None:
                columns.pop(gone)
            rows = zip(names, *([head, *cells] for head, cells in columns), strict=True)
            shape = (Column(flexible=True, least=_NAME), *[Column(right=True)] * len(columns))
            lines = table(list(rows), shape, "  ", self._width)
            if max(map(len, lines)) <= self._width:
                break
        yield ""
        yield from self._wrapped(heading, style="1")
        yield from lines

    def _short(self, minor: int) -> str:
        from pipetui.language.format import short_money

        return short_money(minor, self._found.currency)

    def _wrapped(self, text: str, style: str = "") -> Iterator[str]:
        from pipetui.cli.output import paint

        for line in _flowed(text, self._width):
            yield paint(line, style) if style else line


def _flowed(text: str, width: int) -> Iterator[str]:
    """Text on as few lines as it takes, broken between its parts if they are short."""
    found = ""
    for part in text.split(_DOT):
        longer = f"{found}{_DOT}{part}" if found else part
        if not found or len(longer) <= width or len(part) > width // 2:
            found = longer
        else:
            yield from wrap(found, width, break_on_hyphens=False)
            found = part
    yield from wrap(found, width, break_on_hyphens=False)


def _span(low: int, middle: int, high: int) -> list[str]:
    """From P10 to P90, P50 between them."""
    begin, rule, cross, end = "[-+]" if is_plain() else "├─┼┤"
    low, high = max(0, low - 1), max(1, high)
    cells = [" "] * low + [rule] * (high - low)
    cells[low], cells[-1] = begin, end
    if low < middle - 1 < len(cells) - 1:
        cells[middle - 1] = cross
    return cells


def _cells(amount: int, most: int, room: int) -> int:
    return max(0, (2 * amount * room + most) // (2 * most))
