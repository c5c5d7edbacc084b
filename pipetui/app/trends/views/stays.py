"""How long deals stay in each stage: the curve, its median and P90, and the open deals as marks on it."""

from bisect import bisect_right

from pipetui.app.marks import has_unicode
from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Lines, Said, Shown, Spot, View
from pipetui.app.trends.table import Line, Stroke, Table
from pipetui.app.trends.telling import NOTHING, was
from pipetui.charts.points import Series
from pipetui.language import _, format, ngettext, pgettext
from pipetui.statistics.survival import Survival
from pipetui.trends.stays import Stay

_TICKS = 6
_TAIL = 3
"""How many times P90 the curve goes on for."""


def stays(facts: Facts) -> View:
    """All stages, then the curve of each."""
    used = facts.pipeline.used_stages
    its = [
        one for one in facts.trends.stays if one.curve.completed or one.curve.censored or one.stage.id in used
    ]
    earlier = {one.stage.id: one for one in facts.earlier.stays}
    known = [one for one in its if one.median is not None and one.curve.completed >= facts.trends.enough]
    slowest = max(known, key=lambda one: one.median or 0, default=None)
    short = NOTHING if slowest is None else format.days(slowest.median or 0)
    cuts = [_all(facts, its, earlier, slowest)]
    cuts += [_one(facts, one, earlier.get(one.stage.id)) for one in its if one.curve.times or one.here]
    return View("stays", short, cuts)


def _reached(value: int | None) -> str:
    return _("not reached") if value is None else format.days(value)


def _median(one: Stay | None, enough: int) -> str:
    """The median, or why there is none."""
    if one is None or not one.curve.completed:
        return NOTHING
    if one.curve.completed < enough:
        return _("%(n)d of %(of)d") % {"n": one.curve.completed, "of": enough}
    return _reached(one.median)


def _all(facts: Facts, its: list[Stay], earlier: dict[int, Stay], slowest: Stay | None) -> Shown:
    enough = facts.trends.enough
    lines = []
    for one in its:
        is_known = one.curve.completed >= enough
        median, most = (one.median, one.nine_of_ten) if is_known else (None, None)
        strokes = [] if median is None else [Stroke(0, median, "main")]
        if median is not None and most is not None:
            strokes.append(Stroke(median, most, "faint"))
        cells = (
            _median(one, enough),
            _reached(most) if is_known else NOTHING,
            _median(earlier.get(one.stage.id), enough),
            format.number(one.curve.completed),
            format.number(one.curve.censored),
        )
        lines.append(Line(str(one.stage.id), one.stage.name, cells, tuple(strokes)))
    heads = (
        _("median"),
        "P90",
        pgettext("rate", "before"),
        pgettext("stays", "left"),
        pgettext("stays", "still there"),
    )
    figure, n, before = NOTHING, "", ""
    if slowest is not None:
        figure = _("%(days)s in %(stage)s, the slowest stage") % {
            "days": format.days(slowest.median or 0),
            "stage": slowest.stage.name,
        }
        n = f"n = {format.number(slowest.curve.completed)}"
        before = was(_median(earlier.get(slowest.stage.id), enough))
    note = _("Of those that came to it in the window; deals that are still there count until today.")
    return Shown(
        "all",
        _("all stages"),
        figure,
        n=n,
        before=before,
        says=(Said(note, "$muted"),),
        rows=Table(heads, lines, (("main", _("median")), ("faint", "P90"))).rows,
        spots=tuple(
            Spot(
                str(one.stage.id),
                _("still in %(stage)s") % {"stage": one.stage.name},
                tuple(deal_id for _days, deal_id in one.here),
            )
            for one in its
        ),
        at="" if slowest is None else str(slowest.stage.id),
    )


def _one(facts: Facts, its: Stay, old: Stay | None) -> Shown:
    curve, enough = its.curve, facts.trends.enough
    is_known = curve.completed >= enough
    figure = _("median %(median)s · P90 %(most)s") % {
        "median": _reached(its.median) if is_known else NOTHING,
        "most": _reached(its.nine_of_ten) if is_known else NOTHING,
    }
    n = _("%(n)d left, %(open)d still there") % {"n": curve.completed, "open": curve.censored}
    says = [_told(its)] if is_known else [Said(_median(its, enough), "$muted")]
    if not is_known:
        says = [Said(_("not enough: %(n)d of %(of)d") % {"n": curve.completed, "of": enough})]
    elif (stuck := _stuck(its)) is not None:
        says.append(stuck)
    names, lines, spots, end = facts.pipeline.deals, [], [], _end(its)
    for days, deal_id in its.here:
        share = _share(curve, days)
        deal = names[deal_id]
        told = format.percent(share) if is_known else NOTHING
        amount = (
            "" if deal.amount is None else format.short_money(deal.amount, deal.currency or facts.currency)
        )
        name = f"{deal.name} — {deal.account}" if deal.account else deal.name
        lines.append(Line(str(deal_id), name, (format.days(days), told, amount)))
        spots.append(Spot(str(deal_id), deal.name, (deal_id,), min(float(days), end)))
    heads = (_("days there"), _("stay longer"), _("amount"))
    return Shown(
        f"stage:{its.stage.id}",
        its.stage.name,
        figure,
        n=n,
        before=was(_median(old, enough)) if old is not None else "",
        says=tuple(says),
        lines=_lines(its) if is_known else None,
        rows=Table(heads, lines, title=_("still there")).rows,
        spots=tuple(spots),
    )


def _share(curve: Survival, days: float) -> float:
    """S(t)."""
    at = bisect_right(curve.times, days)
    return curve.share[at - 1] if at else 1.0


def _told(its: Stay) -> Said:
    median, most = its.median, its.nine_of_ten
    if median is None:
        return Said(_("Fewer than half of the deals have left %(stage)s.") % {"stage": its.stage.name})
    if most is None:
        told = _("Half of the deals leave %(stage)s within %(median)s; nine of ten have not yet.")
        return Said(told % {"stage": its.stage.name, "median": format.days(median)})
    told = _("Half of the deals leave %(stage)s within %(median)s, nine of ten within %(most)s.")
    values = {"stage": its.stage.name, "median": format.days(median), "most": format.days(most)}
    return Said(told % values)


def _stuck(its: Stay) -> Said | None:
    """How many stay longer than nine of ten do."""
    limit = its.nine_of_ten
    if limit is None:
        return None
    n = sum(days > limit for days, _deal in its.here)
    if not n:
        return None
    told = ngettext(
        "%(n)d open deal has been there longer than that.",
        "%(n)d open deals have been there longer than that.",
        n,
    )
    return Said(told % {"n": n}, "$flag-medium")


def _end(its: Stay) -> float:
    """The last day of the curve that is drawn: the few that stay for ever would flatten it."""
    last = max([*its.curve.times[-1:], *(days for days, _deal in its.here)], default=0)
    limit = its.nine_of_ten
    return float(last if limit is None else min(last, max(_TICKS, _TAIL * limit)))


def _lines(its: Stay) -> Lines:
    """The curve falls at each time; the open deals stand on it."""
    points: list[tuple[float, float | None]] = [(0.0, 1.0)]
    share = 1.0
    for day, then in zip(its.curve.times, its.curve.share, strict=True):
        points += [(float(day), share), (float(day), then)]
        share = then
    last = _end(its)
    points = [*(point for point in points if point[0] <= last), (last, _share(its.curve, last))]
    here: list[tuple[float, float | None]] = [
        (min(float(days), last), _share(its.curve, days)) for days, _deal in reversed(its.here)
    ]
    sign = "●" if has_unicode() else "o"
    step = max(1, round(last / _TICKS / 5) * 5) if last > _TICKS * 5 else max(1, round(last / _TICKS))
    marks = tuple((float(day), format.days(day)) for day in range(0, int(last) + 1, step))
    return Lines(
        (Series(_("still there after so many days"), points), Series(_("open deals"), here, sign)),
        ("$primary", "$accent"),
        format.percent,
        marks,
        legend=(_("still there after so many days"), _("open deals")),
    )
