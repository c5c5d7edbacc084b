"""What is created against what the quota needs, and how the next periods are covered."""

from pipetui.app.marks import has_unicode
from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Lines, Said, Shown, Spot, View
from pipetui.app.trends.table import Line, Stroke, Table
from pipetui.app.trends.telling import NOTHING, findings, warns
from pipetui.charts.points import Series
from pipetui.language import _, format, pgettext
from pipetui.pipeline.trends_ahead import creation_pace, next_periods
from pipetui.trends.creation import WEEKS, Pace, Week
from pipetui.trends.diagnosis.facts import Covered

CREATION, COVERAGE = ("creation",), ("fragile",)
_SHOWN = 53
"""Weeks of the curve: a year, and the same week of the year before."""
_RULE = 150
"""Points of a rule across the chart: more than it has cells."""


def ahead(facts: Facts) -> View:
    """Creation, by amount and by count; coverage."""
    pace = creation_pace(facts.now)
    share = None if pace is None else pace.share
    short = NOTHING if share is None else format.percent(share)
    cuts = [_coverage(facts), _creation(facts, pace, "amount"), _creation(facts, pace, "count")]
    return View("ahead", short, cuts, warns(facts, (*CREATION, *COVERAGE)))


def _creation(facts: Facts, pace: Pace | None, cut: str) -> Shown:
    by_amount = cut == "amount"
    named = _("new deals a week, by amount") if by_amount else _("new deals a week, by number")
    weeks = facts.now.created[-_SHOWN:]
    if pace is None or not any(week.count for week in weeks):
        return Shown(cut, named, NOTHING, says=(Said(_("No deal was created in the last year.")),))
    currency, need = facts.currency, pace.need
    wanted = None if need is None else need.amount if by_amount else need.count

    def written(value: float) -> str:
        return format.short_money(round(value), currency) if by_amount else format.number(value, 1)

    value = pace.amount if by_amount else pace.count
    said = list(findings(facts, CREATION)) if by_amount else []
    if need is not None and wanted is not None:
        told = _(
            "The quota of %(period)s needs %(need)s a week at today’s win rate: %(share)s of it is created."
        )
        values = {
            "period": format.period(need.span.name),
            "need": written(wanted),
            "share": format.percent(value / wanted) if wanted > 0 else NOTHING,
        }
        said.append(Said(told % values))
    elif facts.trends.choice.which is not None:
        said += _unquoted(facts)
    else:
        said.append(Said(_("Nothing to compare with: there is no quota, or no win rate yet."), "$muted"))
    before = facts.now.created[-WEEKS - 52 : -52]
    a_year_ago = ""
    if len(before) == WEEKS and any(week.count for week in before):
        sizes = [week.amount if by_amount else week.count for week in before]
        a_year_ago = _("a year earlier: %(figure)s") % {"figure": written(sum(sizes) / WEEKS)}
    return Shown(
        cut,
        named,
        _("%(figure)s a week") % {"figure": written(value)},
        n=_("mean of the last %(weeks)d weeks") % {"weeks": pace.weeks},
        before=a_year_ago,
        says=tuple(said),
        lines=_lines(facts, weeks, wanted, by_amount=by_amount),
        rows=_weeks(facts, weeks).rows,
        spots=tuple(_spot(week, facts) for week in weeks),
        at=str(weeks[-1].start),
    )


def _lines(facts: Facts, weeks: list[Week], wanted: float | None, *, by_amount: bool) -> Lines:
    """The weeks as dots, for they jump; their mean as a line, what the quota needs as a rule."""
    currency, every = facts.currency, facts.now.created

    def size(week: Week) -> float:
        return float(week.amount if by_amount else week.count)

    points = [(float(week.start.toordinal()), size(week)) for week in weeks]
    first = len(every) - len(weeks)
    means = [
        (x, sum(map(size, every[at + 1 - WEEKS : at + 1])) / WEEKS if at + 1 >= WEEKS else None)
        for at, (x, _y) in enumerate(points, start=first)
    ]
    marks = tuple((float(its.start.toordinal()), format.short_date(its.start, its.start)) for its in weeks)
    dot, dash = ("•", "┄") if has_unicode() else (".", "-")
    series = [Series(_("in the week"), points, dot), Series(_("mean of 13 weeks"), means)]
    styles = ["$muted", "$primary"]
    if wanted is not None:
        begin, end = points[0][0], points[-1][0]
        rule = [(begin + (end - begin) * at / _RULE, wanted) for at in range(_RULE + 1)]
        series.append(Series(_("what the quota needs"), rule, dash))
        styles.append("$accent")
    return Lines(
        tuple(series),
        tuple(styles),
        (lambda value: format.short_money(round(value), currency)) if by_amount else format.number,
        marks,
        legend=tuple(one.name for one in series),
    )


def _weeks(facts: Facts, weeks: list[Week]) -> Table:
    lines = [
        Line(
            str(week.start),
            _("week of %(day)s") % {"day": format.short_date(week.start, facts.today)},
            (format.short_money(week.amount, facts.currency), format.number(week.count)),
            (Stroke(0, week.count, "main"),),
        )
        for week in weeks
    ]
    return Table((_("amount"), pgettext("deals", "created")), lines)


def _spot(week: Week, facts: Facts) -> Spot:
    day = format.short_date(week.start, facts.today)
    name = _("created in the week of %(day)s") % {"day": day}
    return Spot(str(week.start), name, week.deals, float(week.start.toordinal()))


def _coverage(facts: Facts) -> Shown:
    its = next_periods(facts.trends)
    lines = [_covered(one, facts) for one in its]
    heads = (
        _("coverage"),
        _("without stale"),
        pgettext("figure", "open"),
        pgettext("figure", "won"),
        _("quota"),
    )
    short = (_("cover"), _("moving"), *heads[2:])
    figure, n = NOTHING, _("no quota")
    coming = next((one for one in its if one.coverage is not None), None)
    if coming is not None:
        figure = _("%(times)s in %(period)s") % {
            "times": _times(coming, coming.coverage),
            "period": format.period(coming.period.name),
        }
        n = _("%(open)s open for the %(rest)s that lack") % {
            "open": format.short_money(coming.open, facts.currency),
            "rest": format.short_money((coming.quota or 0) - coming.won, facts.currency),
        }
    legend = (
        ("main", pgettext("figure", "won")),
        ("second", _("open, without stale")),
        ("warn", _("open but stale")),
    )
    return Shown(
        "coverage",
        _("coverage of the next periods"),
        figure,
        n=n,
        says=(*_unquoted(facts), *findings(facts, COVERAGE)),
        rows=Table(heads, lines, legend, short_heads=short).rows,  # type: ignore[arg-type]
        spots=tuple(
            Spot(
                one.period.name,
                _("open, closing in %(period)s") % {"period": format.period(one.period.name)},
                one.deals,
            )
            for one in its
        ),
    )


def _unquoted(facts: Facts) -> tuple[Said, ...]:
    """Why there is no quota although there are some."""
    if facts.trends.choice.which is None:
        return ()
    return (
        Said(_("A quota is everybody’s, a team’s or an owner’s: what a filter leaves has none."), "$muted"),
    )


def _covered(its: Covered, facts: Facts) -> Line:
    """Won, open and stale against the quota, which is the rule across the bar."""
    stale = 0
    if its.coverage and its.without_stale is not None:
        stale = round(its.open * (1 - its.without_stale / its.coverage))
    sound = its.won + its.open - stale
    strokes = (
        Stroke(0, its.won, "main"),
        Stroke(its.won, sound, "second"),
        Stroke(sound, its.won + its.open, "warn"),
    )
    cells = (
        _times(its, its.coverage),
        _times(its, its.without_stale),
        format.short_money(its.open, facts.currency),
        format.short_money(its.won, facts.currency),
        NOTHING if its.quota is None else format.short_money(its.quota, facts.currency),
    )
    mark = None if its.quota is None else float(its.quota)
    return Line(its.period.name, format.period(its.period.name), cells, strokes, mark)


def _times(its: Covered, value: float | None) -> str:
    if value is None:
        return NOTHING if its.quota is None or its.won < its.quota else _("target met")
    return _("%(n)s×") % {"n": format.number(value, 1)}
