"""Where deals were lost, why, and what was not known of them."""

from pipetui.app.trends.facts import Facts
from pipetui.app.trends.shown import Said, Shown, Spot, View
from pipetui.app.trends.table import Line, Stroke, Table
from pipetui.app.trends.telling import NOTHING, findings, warns, was
from pipetui.deals.qualification import ITEMS
from pipetui.language import _, format, ngettext, pgettext
from pipetui.language.builtin import shown as item_named
from pipetui.trends.losses import Reason, StageLosses

RULES = ("demo",)


def losses(facts: Facts) -> View:
    """By stage, by reason, by what was unknown."""
    count = sum(one.count for one in facts.trends.losses)
    cuts = [_stages(facts), _reasons(facts), _unknown(facts)]
    return View("losses", format.number(count), cuts, warns(facts, RULES))


def _figure(facts: Facts) -> tuple[str, str, str]:
    """How much was lost, of how much that was closed, and what it was before."""
    its, old = facts.trends.results, facts.trends.results_before
    count = ngettext("%(n)s deal lost", "%(n)s deals lost", its.lost) % {"n": format.number(its.lost)}
    figure = f"{count} · {format.short_money(its.lost_amount, facts.currency)}"
    n = _("of %(n)s that were closed") % {"n": format.number(its.won + its.lost)}
    then = f"{format.number(old.lost)} · {format.short_money(old.lost_amount, facts.currency)}"
    return figure, n, was(then)


def _stages(facts: Facts) -> Shown:
    currency, its = facts.currency, facts.trends.losses
    old = {one.stage.id if one.stage else 0: one.count for one in facts.earlier.losses}
    figure, n, before = _figure(facts)
    lines, spots = [], []
    for one in its:
        key = str(one.stage.id if one.stage else 0)
        name = one.stage.name if one.stage else _("stage unknown")
        cells = (
            format.number(one.count),
            format.short_money(one.amount, currency),
            format.number(old.get(int(key), 0)),
            _first(one.reasons),
        )
        lines.append(Line(key, name, cells, (Stroke(0, one.count, "bad"),)))
        spots.append(Spot(key, _("lost in %(stage)s") % {"stage": name}, one.deals))
    most = max(its, key=lambda one: one.count, default=None)
    heads = (pgettext("deals", "lost"), _("amount"), pgettext("rate", "before"), _("most often because"))
    return Shown(
        "stages",
        _("by stage"),
        figure,
        n=n,
        before=before,
        says=findings(facts, RULES) or _where(most, facts),
        rows=Table(heads, lines, texts=frozenset({3})).rows,
        spots=tuple(spots),
        at="" if most is None else str(most.stage.id if most.stage else 0),
    )


def _where(most: StageLosses | None, facts: Facts) -> tuple[Said, ...]:
    if most is None:
        return (Said(_("Nothing was lost in the window.")),)
    if most.stage is None or most.count < facts.trends.enough:
        return ()
    told = _("Most are lost in %(stage)s: %(n)s.")
    return (Said(told % {"stage": most.stage.name, "n": format.number(most.count)}),)


def _first(reasons: tuple[Reason, ...]) -> str:
    its = next((reason for reason in reasons if reason.text), None)
    return NOTHING if its is None else f"{its.text} ({len(its.deals)})"


def _reasons(facts: Facts) -> Shown:
    its = facts.trends.loss_reasons
    old = {reason.text: len(reason.deals) for reason in facts.earlier.loss_reasons}
    figure, n, before = _figure(facts)
    lines = [
        Line(
            f"={reason.text}",
            reason.text or _("nobody said why"),
            (format.number(len(reason.deals)), format.number(old.get(reason.text, 0))),
            (Stroke(0, len(reason.deals), "bad" if reason.text else "faint"),),
        )
        for reason in its
    ]
    silent = next((len(reason.deals) for reason in its if not reason.text), 0)
    says: tuple[Said, ...] = ()
    if silent:
        told = ngettext("Of %(n)s lost deal nobody said why.", "Of %(n)s lost deals nobody said why.", silent)
        says = (Said(told % {"n": format.number(silent)}, "$muted"),)
    return Shown(
        "reasons",
        _("by reason"),
        figure,
        n=n,
        before=before,
        says=says,
        rows=Table((pgettext("deals", "lost"), pgettext("rate", "before")), lines).rows,
        spots=tuple(
            Spot(f"={reason.text}", reason.text or _("nobody said why"), reason.deals) for reason in its
        ),
    )


def _unknown(facts: Facts) -> Shown:
    """Of how many lost deals an item was unknown, all stages together."""
    told = sum(one.told for one in facts.trends.losses)
    figure, n, before = _figure(facts)
    if not told:
        note = _("No source tells how well these deals were qualified.")
        return Shown("unknown", _("what was unknown at the loss"), figure, n, before, (Said(note),))
    counts = {
        item: sum(one.unknown.get(item, 0) for one in facts.trends.losses)
        for item in ITEMS
        if any(item in one.unknown for one in facts.trends.losses)
    }
    deals = {item: _lacking(facts, item) for item in counts}
    order = sorted(counts, key=lambda item: (-counts[item], ITEMS.index(item)))
    lines = [
        Line(
            item,
            _item(item),
            (format.percent(counts[item] / told), _("%(n)d of %(of)d") % {"n": counts[item], "of": told}),
            (Stroke(0, counts[item], "warn"), Stroke(counts[item], told, "faint")),
        )
        for item in order
    ]
    return Shown(
        "unknown",
        _("what was unknown at the loss"),
        figure,
        n=n,
        before=before,
        rows=Table((pgettext("share", "unknown"), _("deals")), lines).rows,
        spots=tuple(
            Spot(item, _("lost, unknown: %(item)s") % {"item": _item(item)}, deals[item]) for item in order
        ),
    )


def _item(item: str) -> str:
    """What an item of the qualification is called."""
    return item_named(item.replace("_", " "))


def _lacking(facts: Facts, item: str) -> tuple[int, ...]:
    place, tells = ITEMS.index(item), facts.trends.telling
    return tuple(
        deal.id
        for deal in (its.deal for its in facts.trends.closed if not its.won)
        if (deal.source in tells or "levels" in deal.set_here or not deal.source)
        and deal.levels[place] == "0"
    )
