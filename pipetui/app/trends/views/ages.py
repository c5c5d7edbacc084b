"""The age of the open deals over time: what only waits to be lost becomes visible."""

from collections.abc import Callable

from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Said, Shown, Spot, View
from pipetui.app.trends.table import Line, Look, Stroke, Table
from pipetui.app.trends.telling import NOTHING, findings, warns
from pipetui.language import _, format, ngettext
from pipetui.trends.ages import Ages, Bucket

RULES = ("inflated",)
_LOOKS: tuple[Look, ...] = ("faint", "second", "warn", "worst")


def names() -> tuple[str, ...]:
    """What the buckets are called, the youngest first."""
    return _("< 90 days"), _("90–179"), _("180–365"), _("> 365")


def ages(facts: Facts) -> View:
    """The buckets by count, and by amount."""
    its = [point.ages for point in facts.now.points if point.ages.count]
    share = its[-1].older() if its else None
    short = NOTHING if share is None or its[-1].count < facts.trends.enough else format.percent(share)
    currency = facts.currency
    cuts = [
        _cut(facts, its, "count", lambda bucket: bucket.count, format.number),
        _cut(facts, its, "amount", lambda bucket: bucket.amount, lambda n: format.short_money(n, currency)),
    ]
    return View("ages", short, cuts, warns(facts, RULES))


def _cut(
    facts: Facts,
    every: list[Ages],
    cut: str,
    size: Callable[[Bucket], int],
    written: Callable[[int], str],
) -> Shown:
    named = _("by number of deals") if cut == "count" else _("by amount")
    if not every:
        nothing = Said(_("No open deal whose creation is known."))
        return Shown(cut, named, NOTHING, says=(nothing,))
    now, enough = every[-1], facts.trends.enough
    figure, before, n = NOTHING, "", _("not enough: %(n)d of %(of)d") % {"n": now.count, "of": enough}
    if (share := _share(now, size)) is not None and now.count >= enough:
        figure = _("%(share)s older than 90 days") % {"share": format.percent(share)}
        n = f"n = {format.number(now.count)}"
        past = next((its for its in every if its.count >= enough and its is not now), None)
        if past is not None and (then := _share(past, size)) is not None:
            before = _("%(figure)s on %(day)s") % {
                "figure": format.percent(then),
                "day": format.short_date(past.day, facts.today),
            }
    says = list(findings(facts, RULES)) if cut == "count" else []
    if now.unknown:
        told = ngettext(
            "%(n)d open deal has no known creation and is in no bucket.",
            "%(n)d open deals have no known creation and are in no bucket.",
            now.unknown,
        )
        says.append(Said(told % {"n": now.unknown}, "$muted"))
    lines = [_line(its, size, written, facts) for its in every]
    heads = (_("> 90 days"), *names())
    short = (_("> 90 d"), _("< 90 d"), *names()[1:])
    legend = tuple(zip(_LOOKS, names(), strict=True))
    return Shown(
        cut,
        named,
        figure,
        n=n,
        before=before,
        says=tuple(says),
        rows=Table(heads, lines, legend, short_heads=short).rows,
        spots=tuple(_spot(its, facts) for its in every),
        at=str(now.day),
    )


def _share(its: Ages, size: Callable[[Bucket], int]) -> float | None:
    whole = sum(map(size, its.buckets))
    return sum(map(size, its.buckets[1:])) / whole if whole else None


def _line(its: Ages, size: Callable[[Bucket], int], written: Callable[[int], str], facts: Facts) -> Line:
    strokes, at = [], 0
    for look, bucket in zip(_LOOKS, its.buckets, strict=True):
        strokes.append(Stroke(at, at + size(bucket), look))
        at += size(bucket)
    share = _share(its, size) if its.count >= facts.trends.enough else None
    cells = (
        NOTHING if share is None else format.percent(share),
        *(written(size(bucket)) for bucket in its.buckets),
    )
    return Line(str(its.day), format.short_date(its.day, facts.today), cells, tuple(strokes))


def _spot(its: Ages, facts: Facts) -> Spot:
    """The old ones: the young ones are no news."""
    old = tuple(deal_id for bucket in reversed(its.buckets[1:]) for deal_id in bucket.deals)
    name = _("older than 90 days on %(day)s") % {"day": format.short_date(its.day, facts.today)}
    return Spot(str(its.day), name, old)
