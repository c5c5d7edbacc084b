"""How many deals of a stage go on: by stage, by owner, source, segment, and over time."""

from collections.abc import Callable, Sequence

from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Lines, Said, Shown, Spot, View
from pipetui.app.trends.table import Line, Stroke, Table
from pipetui.app.trends.telling import NOTHING, findings, named, short_rate, warns, was
from pipetui.charts.points import Series
from pipetui.deals.deal import Deal
from pipetui.language import _, format, labelled, pgettext
from pipetui.trends.conversion import Conversion, Snapshot
from pipetui.trends.spans import Span
from pipetui.trends.wording import refusal

RULES = ("demo", "discovery")
SNAPSHOT = "snapshot"
_MOST = 200
"""Owners, sources, segments that are listed."""


def conversion(facts: Facts) -> View:
    """The funnel, its parts, each stage over time, and the snapshot for who asks for it."""
    its = _used(facts, facts.trends.conversion)
    known = [one for one in its if one.rate.value is not None]
    worst = min(known, key=lambda one: one.rate.value or 0.0, default=None)
    short = NOTHING if worst is None else format.percent(worst.rate.value or 0.0)
    cuts = [_funnel(facts, its, worst)]
    parts: tuple[tuple[str, str, Callable[[Deal], str], str], ...] = (
        ("owner", _("by owner"), lambda deal: deal.owner, _("Nobody")),
        ("source", _("by source"), lambda deal: deal.lead_source, pgettext("segment", "unknown")),
        ("segment", _("by segment"), lambda deal: deal.segment, pgettext("segment", "unknown")),
    )
    for cut, title, key, nobody in parts:
        if any(key(deal) for deal in facts.trends.deals):
            cuts.append(_by(facts, cut, title, key, nobody))
    earlier = {one.stage.id: one for one in facts.trends.conversion_before}
    cuts += [_over_time(facts, one, earlier.get(one.stage.id)) for one in its]
    cuts.append(_snapshot(facts))
    return View("conversion", short, cuts, warns(facts, RULES))


def _used(facts: Facts, every: Sequence[Conversion]) -> list[Conversion]:
    used = facts.pipeline.used_stages
    return [one for one in every if one.entered or one.stage.id in used]


def _bars(one: Conversion) -> tuple[Stroke, ...]:
    """Moved on, still open, died."""
    open_from = one.moved_on + one.open
    return (
        Stroke(0, one.moved_on, "main"),
        Stroke(one.moved_on, open_from, "faint"),
        Stroke(open_from, one.entered, "bad"),
    )


def _funnel(facts: Facts, its: list[Conversion], worst: Conversion | None) -> Shown:
    enough = facts.trends.enough
    earlier = {one.stage.id: one for one in facts.trends.conversion_before}
    lines, spots = [], []
    for one in its:
        old = earlier.get(one.stage.id)
        cells = (
            short_rate(one.rate, enough),
            NOTHING if old is None or old.rate.value is None else format.percent(old.rate.value),
            format.number(one.entered),
            format.number(one.moved_on),
            format.number(one.died),
            format.number(one.open),
        )
        lines.append(Line(str(one.stage.id), one.stage.name, cells, _bars(one)))
        name = _("came to %(stage)s") % {"stage": one.stage.name}
        spots.append(Spot(str(one.stage.id), name, one.deals))
    heads = (
        _("rate"),
        pgettext("rate", "before"),
        pgettext("deals", "came"),
        pgettext("deals", "went on"),
        pgettext("deals", "died"),
        pgettext("deals", "open"),
    )
    legend = (
        ("main", _("moved on")),
        ("faint", pgettext("fate", "open")),
        ("bad", _("died there")),
    )
    figure, n, before = NOTHING, "", ""
    says = list(findings(facts, RULES))
    if worst is not None:
        figure = _("%(rate)s get beyond %(stage)s, the narrowest stage") % {
            "rate": format.percent(worst.rate.value or 0.0),
            "stage": worst.stage.name,
        }
        n = _("n = %(n)s of those that came in the window") % {"n": format.number(worst.rate.n)}
        old = earlier.get(worst.stage.id)
        if old is not None:
            before = _was(old, enough)
    else:
        best = max(its, key=lambda one: one.rate.n, default=None)
        why = None if best is None else refusal(best.rate, enough)
        says.append(Said(labelled(_("No rate"), why or _("no deal came to a stage in the window"))))
    return Shown(
        "stages",
        _("by stage"),
        figure,
        n=n,
        before=before,
        says=tuple(says),
        rows=Table(heads, lines, legend).rows,  # type: ignore[arg-type]
        spots=tuple(spots),
        at="" if worst is None else str(worst.stage.id),
    )


def _was(old: Conversion, enough: int) -> str:
    """The rate of the window before, or why there is none."""
    return was(refusal(old.rate, enough) or format.percent(old.rate.value or 0.0))


def _by(facts: Facts, cut: str, title: str, key: Callable[[Deal], str], nobody: str) -> Shown:
    found = facts.trends.conversion_by(key)
    stages = [one.stage for one in _used(facts, facts.trends.conversion)]
    shown_stages = {stage.id for stage in stages}
    enough = facts.trends.enough
    lines, spots = [], []
    for name, every in list(found.items())[:_MOST]:
        its = [one for one in every if one.stage.id in shown_stages]
        if not any(one.entered for one in its):
            continue
        cells = tuple(short_rate(one.rate, enough) if one.entered else "·" for one in its)
        lines.append(Line(f"={name}", name or nobody, cells))
        ids = dict.fromkeys(deal_id for one in its for deal_id in one.deals)
        spots.append(Spot(f"={name}", name or nobody, tuple(ids)))
    says = [Said(_("The rate of each stage, of those that came to it in the window."), "$muted")]
    if not lines:
        says = [Said(_("No deal came to a stage in the window."))]
    return Shown(
        cut,
        title,
        "",
        says=tuple(says),
        rows=Table(tuple(stage.name for stage in stages), lines).rows,
        spots=tuple(spots),
    )


def _over_time(facts: Facts, now: Conversion, old: Conversion | None) -> Shown:
    stage, enough, today = now.stage, facts.trends.enough, facts.today
    periods: list[tuple[Span, Conversion]] = []
    for span, every in facts.trends.conversion_over_time:
        one = next(one for one in every if one.stage.id == stage.id)
        periods.append((span, one))
    points = [(float(at), one.rate.value) for at, (_span, one) in enumerate(periods)]
    lines = [
        Line(
            str(span.start),
            named(span, today),
            (
                short_rate(one.rate, enough),
                format.number(one.entered),
                format.number(one.moved_on),
                format.number(one.died),
                format.number(one.open),
            ),
            _bars(one),
        )
        for span, one in periods
    ]
    heads = (
        _("rate"),
        pgettext("deals", "came"),
        pgettext("deals", "went on"),
        pgettext("deals", "died"),
        pgettext("deals", "open"),
    )
    figure = NOTHING if now.rate.value is None else format.percent(now.rate.value)
    return Shown(
        f"time:{stage.id}",
        _("%(stage)s over time") % {"stage": stage.name},
        figure,
        n=refusal(now.rate, enough) or f"n = {format.number(now.rate.n)}",
        before="" if old is None else _was(old, enough),
        lines=rates_over_time(points, [span for span, _one in periods], facts),
        rows=Table(heads, lines).rows,
        spots=tuple(
            Spot(str(span.start), f"{stage.name}, {named(span, today)}", one.deals, float(at))
            for at, (span, one) in enumerate(periods)
        ),
        at=str(periods[-1][0].start) if periods else "",
    )


def rates_over_time(
    points: Sequence[tuple[float, float | None]], spans: Sequence[Span], facts: Facts
) -> Lines | None:
    """A line of rates by period; nothing to draw with fewer than two."""
    if sum(value is not None for _x, value in points) < 2:
        return None
    marks = tuple((float(at), named(span, facts.today)) for at, span in enumerate(spans))
    return Lines((Series(_("rate"), points),), ("$primary",), format.percent, marks)


def _snapshot(facts: Facts) -> Shown:
    used = {one.stage.id for one in _used(facts, facts.trends.conversion)}
    its = [one for one in facts.trends.snapshot if one.stage.id in used]
    cohort = {one.stage.id: one for one in facts.trends.conversion}
    earlier = {one.stage.id: one for one in facts.earlier.snapshot}
    lines = [
        _snapshot_line(one, earlier.get(one.stage.id), cohort[one.stage.id], facts.trends.enough)
        for one in its
    ]
    heads = (
        pgettext("rate", "snapshot"),
        pgettext("rate", "before"),
        _("entries"),
        _("of the next"),
        pgettext("rate", "cohort"),
    )
    note = _(
        "The snapshot rate: entries of the next stage ÷ entries of this one in the same days. "
        "Other deals stand on both sides; it answers sooner than the cohort and may be above 100%."
    )
    return Shown(
        SNAPSHOT,
        _("snapshot rate"),
        "",
        says=(Said(note, "$muted"),),
        rows=Table(heads, lines).rows,
        spots=tuple(
            Spot(
                str(one.stage.id),
                _("came to %(stage)s") % {"stage": one.stage.name},
                cohort[one.stage.id].deals,
            )
            for one in its
        ),
    )


def _snapshot_line(one: Snapshot, old: Snapshot | None, cohort: Conversion, enough: int) -> Line:
    return Line(
        str(one.stage.id),
        one.stage.name,
        (
            NOTHING if one.value is None else format.percent(one.value),
            NOTHING if old is None or old.value is None else format.percent(old.value),
            format.number(one.entries),
            format.number(one.next_entries),
            short_rate(cohort.rate, enough),
        ),
        () if one.value is None else (Stroke(0, one.value, "second"),),
        mark=1.0,
    )
