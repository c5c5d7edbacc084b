"""The figures of a period as rows: bars, what follows from them, and what stands beside them."""

from pipetui.app.board.cells import width_of
from pipetui.app.forecast import bars, calls_line, phrases
from pipetui.app.forecast.behind import Look, called
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row, heading, left, right
from pipetui.app.sheet import wrapped
from pipetui.forecast.ranges import Doubt, Range
from pipetui.forecast.totals import Totals
from pipetui.forecast.wording import period_told, scope_told
from pipetui.language import _, format, ngettext, pgettext
from pipetui.pipeline.outlook import Outlook
from pipetui.pipeline.pipeline import Pipeline

BARS = ("won", "commit", "best_case", "upside")
FACTS = ("landing", "coverage", "weighted")
FIRST = 3
"""Deals to be called first."""
_WHY = 2
"""Lines that say why a probability is what it is."""
_ROOM_FOR_ACCOUNT = 60
"""Cells from which on an account stands behind a name."""
_AMOUNT = 9
"""Cells of an amount."""
_COUNT = 6
_SEPARATOR = " · "


def title(outlook: Outlook, pipeline: Pipeline, width: int) -> Row:
    """Which period, whose, and how much of it is left."""
    period, today = outlook.period, pipeline.today
    name = f" {period_told(period)}{_SEPARATOR}{scope_told(outlook.scope)}"
    days = f"{format.short_date(period.start, today)} – {format.short_date(period.end, today)}"
    if today > period.end:
        rest = _("over")
    elif today < period.start:
        rest = _("not yet begun")
    else:
        n = (period.end - today).days
        rest = ngettext("%(n)d day left", "%(n)d days left", n) % {"n": n} if n else _("last day")
    end = f"{days}{_SEPARATOR}{rest} "
    return Row((left(name, max(0, width - width_of(end)), "bold"), Part(end, MUTED)))


def answer(outlook: Outlook, pipeline: Pipeline, width: int, height: int, key: str) -> list[Row]:
    """The three-second answer; where there is room, in a band of three rows. `key` sets a quota."""
    figures, pace = outlook.figures, outlook.pace
    if figures.quota is None:
        return _no_quota(outlook, width, height, key)
    style, state = "bold reverse $muted", "…" if not outlook.is_learned else "—"
    if pace is not None:
        style, state = f"bold reverse {phrases.STATE_STYLES[pace.state]}", phrases.state(pace.state)
    gap = _to_quota(outlook, pipeline, width - width_of(state) - 6)
    if height >= _TALL and 2 * width_of(state) + width_of(gap) + 6 <= width:
        state = " ".join(state)  # read from the other end of the room
    said = f"  {state}    {gap}"
    band = Row((left(said, width, style),))
    rows = [band]
    if height >= _TALL:
        space = Row((left("", width, style),))
        rows = [space, band, space]
    if pace is None:
        return [*rows, BLANK]
    won = format.percent(figures.won.amount / figures.quota)
    share = format.percent(float(pace.share.value))
    values = {"won": won, "share": share, "n": pace.share.periods}
    if pipeline.today > outlook.period.end:
        told = _("%(won)s of the quota won") % values
    elif pace.share.source == "own":
        told = _("%(won)s of the quota won; %(share)s by now in your last %(n)d periods") % values
    else:
        told = _("%(won)s of the quota won; %(share)s of the time gone, too few periods to compare") % values
    return [*rows, Row((left(f"  {told}", width, MUTED),))]


_TALL = 36
"""Rows of a screen from which on the answer is a band of three."""


def _no_quota(outlook: Outlook, width: int, height: int, key: str) -> list[Row]:
    said = _("No quota for %(period)s: set one with %(key)s, or in the playbook.") % {
        "period": period_told(outlook.period),
        "key": key,
    }
    rows = [Row((left(f"  {said}", width, "bold"),)), BLANK]
    return [BLANK, *rows, BLANK] if height >= _TALL else rows


def _to_quota(outlook: Outlook, pipeline: Pipeline, width: int) -> str:
    """How far the landing is from the quota, in money and in deals of average size: that is not the pace."""
    gap, lacking = outlook.figures.gap, outlook.lacking
    if gap is None:
        return ""
    amount = format.short_money(abs(gap), pipeline.currency)
    if gap >= 0:
        return (
            _("landing %(amount)s above the quota") % {"amount": amount} if gap else _("landing on the quota")
        )
    said = _("landing %(amount)s short of the quota") % {"amount": amount}
    if not lacking:
        return said
    if outlook.lacks_less_than_a_deal:
        many = _("under one average deal")
    else:
        many = ngettext("about %(n)d average deal", "about %(n)d average deals", lacking) % {"n": lacking}
    whole = said + _SEPARATOR + many
    return whole if width_of(whole) <= width else said


def _gap(outlook: Outlook, pipeline: Pipeline) -> str:
    """What lacks to the quota, in money and in deals of average size."""
    gap, lacking, average = outlook.figures.gap, outlook.lacking, outlook.average_deal
    if gap is None:
        return ""
    said = _("gap %(gap)s") % {"gap": format.short_money(gap, pipeline.currency, signed=True)}
    if not lacking or average is None:
        return said
    values = {"n": lacking, "amount": format.short_money(average, pipeline.currency)}
    if outlook.lacks_less_than_a_deal:
        return said + _SEPARATOR + _("under one deal of %(amount)s") % values
    return f"{said} ≈ " + ngettext("%(n)d deal of %(amount)s", "%(n)d deals of %(amount)s", lacking) % values


# The bars ------------------------------------------------------------------------------------------------


def figures(outlook: Outlook, pipeline: Pipeline, width: int) -> list[Row]:
    """Bars, quota and range, and what follows from them."""
    its, currency = outlook.figures, pipeline.currency
    names = [phrases.figure(key) for key in (*BARS, *FACTS, "unclassified")]
    names += [phrases.figure("quota"), _("P50, P10–P90"), _("P(≥ quota)")]
    label = max(map(width_of, names)) + 2
    room = max(10, width - label - 2 * _AMOUNT - _COUNT - 4)
    most = max(its.cumulative.upside, its.quota or 0, outlook.range.p90 if outlook.range else 0)
    scale = bars.Scale(most, room)
    rows = [_header(label, room)]
    parts: list[tuple[str, int]] = []
    for key, amount in zip(BARS, its.cumulative, strict=True):
        parts.append((key, amount))
        own: Totals = getattr(its, key)
        rows.append(
            Row(
                (
                    left(phrases.figure(key), label),
                    right(format.short_money(amount, currency), _AMOUNT, "$money bold"),
                    right("" if key == "won" else _more(own.amount, currency), _AMOUNT, MUTED),
                    right(format.number(own.count), _COUNT, MUTED),
                    Part("   "),
                    *bars.bar(list(parts), scale, its.quota),
                ),
                key,
            )
        )
    rows.append(_range(outlook, pipeline, scale, label))
    rows.append(_quota(outlook, pipeline, scale, label))
    rows.append(_chance(outlook, pipeline, label))
    rows.append(BLANK)
    rows += _facts(outlook, pipeline, label, width)
    return rows


def _header(label: int, room: int) -> Row:
    return Row(
        (
            left("", label),
            right(_("in all"), _AMOUNT, MUTED),
            right(_("of which"), _AMOUNT, MUTED),
            right(pgettext("heading", "deals"), _COUNT, MUTED),
            Part(" " * room),
        )
    )


def _more(amount: int, currency: str) -> str:
    return format.short_money(amount, currency, signed=True) if amount else "·"


def _range(outlook: Outlook, pipeline: Pipeline, scale: bars.Scale, label: int) -> Row:
    name, its = left(_("P50, P10–P90"), label), outlook.range
    if its is None or not outlook.groups.open:
        return Row((name, right("…" if its is None else "—", _AMOUNT, MUTED)))
    middle = format.short_money(its.p50, pipeline.currency)
    ends = phrases.span(its.p10, its.p90, pipeline.currency)
    return Row(
        (
            name,
            right(middle, _AMOUNT, "$money bold"),
            right(ends, _AMOUNT + _COUNT, MUTED),
            Part("   "),
            *bars.line(its.p10, its.p50, its.p90, scale, outlook.figures.quota),
        ),
        "range",
    )


def _quota(outlook: Outlook, pipeline: Pipeline, scale: bars.Scale, label: int) -> Row:
    quota = outlook.figures.quota
    if quota is None:
        return Row((left(phrases.figure("quota"), label, MUTED), right("—", _AMOUNT, MUTED)))
    return Row(
        (
            left(phrases.figure("quota"), label),
            right(format.short_money(quota, pipeline.currency), _AMOUNT, "$money bold"),
            Part(" " * (_AMOUNT + _COUNT + 3)),
            *bars.ruler(scale, quota),
        )
    )


def _chance(outlook: Outlook, pipeline: Pipeline, label: int) -> Row:
    its = outlook.range
    name = left(_("P(≥ quota)") if outlook.figures.quota is not None else "", label)
    p = "…" if its is None else "" if its.p_quota is None else format.percent(its.p_quota)
    said = ""
    if not (outlook.groups.won or outlook.groups.open):
        said = _("no deal was won in this period, none is due in it")
    elif its is not None and outlook.groups.open and pipeline.today <= outlook.period.end:
        said = _simulated(outlook, its) if its.doubt else _("as if deals were independent: too narrow")
    return Row((name, right(p, _AMOUNT, "$money bold"), Part(f"   {said}", MUTED)))


def _simulated(outlook: Outlook, its: Range) -> str:
    """How a range was drawn. Chances learned from past periods hold the slipping already."""
    doubt = its.doubt or Doubt()
    values = {
        "runs": format.number(its.runs),
        "seed": doubt.seed,
        "rho": format.number(doubt.correlation, 1),
        "slip": format.percent(doubt.slip),
    }
    if any(chance.source == "playbook" for chance in outlook.chances.values()):
        return _("simulated: %(runs)s runs, seed %(seed)d, ρ %(rho)s, %(slip)s slip") % values
    return _("simulated: %(runs)s runs, seed %(seed)d, ρ %(rho)s") % values


def _facts(outlook: Outlook, pipeline: Pipeline, label: int, width: int) -> list[Row]:
    its, currency = outlook.figures, pipeline.currency
    landing = _("won + commit") if its.gap is None else _gap(outlook, pipeline)
    coverage, without = its.coverage, its.coverage_without_stale
    covered = (
        _("met") if coverage.is_met else "—" if coverage.value is None else phrases.times(coverage.value)
    )
    detail = _("no quota") if its.quota is None else ""
    if without.value is not None:
        detail = _("%(times)s without stale deals") % {"times": phrases.times(without.value)}
    weighted = _("%(amount)s open × each deal’s chance") % {
        "amount": format.short_money(its.open.amount, currency)
    }
    unclassified = its.unclassified
    return [
        _fact("landing", format.short_money(its.landing, currency), landing, label, width),
        _fact("coverage", covered, detail, label, width),
        _fact("weighted", format.short_money(its.weighted, currency), weighted, label, width),
        _fact(
            "unclassified",
            format.short_money(unclassified.amount, currency),
            phrases.deals(unclassified.count),
            label,
            width,
        ),
    ]


def _fact(key: str, value: str, detail: str, label: int, width: int) -> Row:
    return Row(
        (
            left(phrases.figure(key), label),
            right(value, _AMOUNT, "$money bold"),
            left(f"   {detail}", width - label - _AMOUNT, MUTED),
        ),
        key,
    )


# Beside --------------------------------------------------------------------------------------------------


def beside(look: Look, width: int, *, roomy: bool = False) -> list[Row]:
    """Which deals to call first, what was said before, and what is in no total."""
    outlook, pipeline = look.outlook, look.pipeline
    return [
        *_first(outlook, pipeline, width, roomy=roomy),
        *calls_line.rows(outlook, pipeline, width),
        *_outside(look, width),
    ]


def _first(outlook: Outlook, pipeline: Pipeline, width: int, *, roomy: bool) -> list[Row]:
    """What moves P(≥ quota) most; with room, why its own probability is what it is."""
    its = outlook.range
    if outlook.figures.quota is None or pipeline.today > outlook.period.end:
        return []
    rows = [heading(_("Call these three first"))]
    for deal, points in outlook.call_first:
        name = f"{deal.name} — {deal.account}" if deal.account and width >= _ROOM_FOR_ACCOUNT else deal.name
        moves = "±" + pgettext("percentage points", "%(n)s pts") % {"n": format.number(abs(points) * 100)}
        amount = format.short_money(deal.amount or 0, deal.currency or pipeline.currency)
        parts = (
            left(f" {name}", width - 1 - _AMOUNT - 9),
            right(amount, _AMOUNT, "$money"),
            right(moves, 9, MUTED),
        )
        rows.append(Row(parts, f"deal:{deal.id}"))
        if roomy:
            lines = [*wrapped(outlook.why(deal.id, pipeline), width - 4), "", ""][:_WHY]
            rows += [Row((Part(f"   {line}", MUTED),)) for line in lines]
    if its is None:
        rows.append(Row((Part(" …", MUTED),)))
    elif not its.decisive:
        rows.append(Row((Part(" " + _("No open deal decides whether the quota is met."), MUTED),)))
    most = 1 + FIRST * (1 + _WHY if roomy else 1)
    return rows + [BLANK] * (most + 1 - len(rows))


def _outside(look: Look, width: int) -> list[Row]:
    rows: list[Row] = []
    room = max(4, width - 1 - _AMOUNT - 9)
    for key, count, minor, currency in look.outside():
        amount = "" if minor is None else format.short_money(minor, currency)
        rows.append(
            Row(
                (
                    left(f" {called(key)}", room, MUTED),
                    right(amount, _AMOUNT, MUTED),
                    right(format.number(count), 9, MUTED),
                ),
                key,
            )
        )
    return [heading(_("In no total")), *rows] if rows else []
