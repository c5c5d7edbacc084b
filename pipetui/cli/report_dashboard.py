"""The dashboard as a page."""

from typing import Final

from pipetui.exchange.exporting.report.page import Bar, Bars, Card, Lines, Mark, Page, Saying, Section
from pipetui.exchange.exporting.report.page import Line as Curve
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import _, format, labelled, pgettext
from pipetui.pipeline.dashboard import Dashboard
from pipetui.pipeline.dashboard_tiles import Tile, tiles, title
from pipetui.pipeline.dashboard_told import answer, sayings
from pipetui.signals.flag import Severity

ROWS: Final = 5
"""Deals that a card names."""
_MARKS: Final[dict[Severity | None, Mark]] = {
    None: "",
    Severity.HIGH: "high",
    Severity.MEDIUM: "medium",
    Severity.LOW: "",
}
_STATES: Final[dict[str | None, Mark]] = {None: "", "ahead": "good", "on_track": "", "behind": "high"}


def dashboard_page(its: Dashboard) -> Page:
    """Everything that the dashboard shows."""
    outlook, today = its.outlook, its.pipeline.today
    name = " · ".join((_("Dashboard"), period_told(outlook.period), scope_told(outlook.scope)))
    lines = [
        f"{format.long_date(outlook.period.start)} – {format.long_date(outlook.period.end)}",
        _("as of %(day)s") % {"day": f"{format.long_date(today)} {today.year}"},
    ]
    if not its.pipeline.deals:
        return Page(title=name, lines=lines, sections=[Section(title=_("No deals yet."))])
    told = answer(its, "")
    number_mark: Mark = "" if told.is_enough is None else "good" if told.is_enough else "high"
    sections = [Section(title=title("landing"), chart=_landing(its))]
    sections.append(
        Section(
            title=title("diagnosis"),
            sayings=[Saying(*said) for said in sayings(its)],
        )
    )
    if (chart := _hygiene(its)) is not None:
        sections.append(Section(title=title("hygiene"), chart=chart))
    return Page(
        title=name,
        lines=lines,
        answer=(told.word, told.number, _STATES[told.state], number_mark),
        answer_lines=told.lines,
        cards=[_card(tile) for tile in tiles(its)],
        sections=sections,
    )


def _card(its: Tile) -> Card:
    heading = (its.heading,) if its.heading else ()
    return Card(its.title, its.figure, _MARKS[its.mark], its.parts, (*heading, *its.rows[:ROWS]))


def _landing(its: Dashboard) -> Bars:
    figures, range_, currency = its.outlook.figures, its.outlook.range, its.pipeline.currency
    names = (pgettext("figure", "won"), _("commit"), _("best case"), _("upside"))
    kinds = ("won", "commit", "best_case", "upside")
    bars = [
        Bar(name, 0, amount, format.whole_money(amount, currency), kind)
        for name, kind, amount in zip(names, kinds, figures.cumulative, strict=True)
    ]
    if range_ is not None and its.outlook.groups.open:
        ends = " – ".join(format.short_money(end, currency) for end in (range_.p10, range_.p90))
        bars.append(Bar("P10–P90", range_.p10, range_.p90, ends, "range"))
    limit = None
    if figures.quota is not None:
        limit = (float(figures.quota), labelled(_("quota"), format.whole_money(figures.quota, currency)))
    return Bars(_("Categories and range against the quota"), bars, limit)


def _hygiene(its: Dashboard) -> Lines | None:
    known = [week for week in its.weeks if week.score is not None]
    if len(known) < 2:
        return None
    today = its.pipeline.today
    points = [(float(week.week_end.toordinal()), week.score) for week in its.weeks]
    points.append((float(today.toordinal()), its.hygiene.score))
    return Lines(
        _("Hygiene by week"),
        [Curve(_("Hygiene"), points)],
        [(float(week.week_end.toordinal()), format.short_date(week.week_end, today)) for week in its.weeks],
        format.percent,
        1.0,
    )
