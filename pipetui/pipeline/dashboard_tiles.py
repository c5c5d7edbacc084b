"""What is to be acted on, in words: a tile each, for the app and for a page that is mailed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.promise import Promise
from pipetui.language import _, format, labelled, ngettext, pgettext
from pipetui.pipeline.dashboard import Dashboard, Movement, Pile
from pipetui.signals.flag import SEVERITIES, SYMBOLS, TITLES, Severity
from pipetui.signals.trend import rise
from pipetui.trends.diagnosis.facts import Covered
from pipetui.trends.flow import BARS, EXITS
from pipetui.trends.wording import bar as bar_told

ROWS: Final = 12
"""Deals that a tile names at most."""
UNKNOWN: Final = "…"
"""What is still being read."""


class Tile(NamedTuple):
    """One thing to be acted on."""

    key: str
    title: str
    figure: str
    mark: Severity | None = None
    parts: tuple[str, ...] = ()
    """Said below it, the weightiest first; they may stand on one line."""
    rows: tuple[tuple[str, str], ...] = ()
    """What it is made of, as far as there is room: a name and a value."""
    heading: tuple[str, str] | None = None
    """What the two columns of the rows are, if they do not say so themselves."""
    course: tuple[float | None, ...] = ()
    """How the figure came about, 0–1."""


def tiles(its: Dashboard) -> list[Tile]:
    """Everything below the answer but the diagnosis, in the order in which it is read."""
    return [make(its) for make in _TILES.values()]


def title(key: str) -> str:
    """What a tile is called."""
    return {
        "landing": lambda: pgettext("tile", "Landing"),
        "coverage": lambda: pgettext("tile", "Coverage"),
        "movement": lambda: pgettext("tile", "Last 7 days"),
        "blocked": lambda: pgettext("tile", "Blocked"),
        "late": lambda: pgettext("tile", "Late actions"),
        "slipping": lambda: pgettext("tile", "Slipping"),
        "hygiene": lambda: pgettext("tile", "Hygiene"),
        "agenda": lambda: pgettext("tile", "Today"),
        "diagnosis": lambda: pgettext("tile", "Diagnosis"),
    }[key]()


def _landing(its: Dashboard) -> Tile:
    outlook, currency = its.outlook, its.pipeline.currency
    figures, range_ = outlook.figures, outlook.range
    parts = [_("no quota")]
    if figures.quota is not None:
        parts = [_("of %(quota)s") % {"quota": format.short_money(figures.quota, currency)}]
    if range_ is None:
        parts.append(UNKNOWN)
    elif outlook.groups.open:
        if range_.p_quota is not None:
            parts.append(f"{_('P(≥ quota)')} {format.percent(range_.p_quota)}")
        parts += [
            f"P10\u00a0{format.short_money(range_.p10, currency)}",
            f"P90\u00a0{format.short_money(range_.p90, currency)}",
        ]
    rows = [
        (deal.name, "±" + pgettext("percentage points", "%(n)s pts") % {"n": format.number(abs(moved) * 100)})
        for deal, moved in outlook.call_first
    ]
    heading = (_("Call these three first"), _("P(≥ quota)")) if rows else None
    figure = format.short_money(figures.landing, currency)
    return Tile("landing", title("landing"), figure, None, tuple(parts), tuple(rows), heading=heading)


def _coverage(its: Dashboard) -> Tile:
    now, *following = its.coverage
    name = title("coverage")
    rows = tuple((format.period(one.period.name), _covered(one, its, whole=True)) for one in its.coverage)
    if all(one.quota is None for one in its.coverage):
        return Tile("coverage", name, "—", None, (_("no quota"),), rows)
    parts = [
        f"{short_period(one.period.name)} {_covered(one, its)}" for one in following if one.quota is not None
    ]
    if its.needed is not None:
        parts.append(_("needed %(times)s") % {"times": times(its.needed)})
    figure = times(now.coverage) if now.coverage is not None else _covered(now, its)
    return Tile("coverage", name, figure, thin(now, its.needed), tuple(parts), rows)


def _covered(its: Covered, found: Dashboard, *, whole: bool = False) -> str:
    if its.coverage is None:
        if its.quota is None:
            return format.short_money(its.open, found.pipeline.currency) if whole and its.open else "—"
        return "—" if its.won < its.quota else _("met")
    said = times(its.coverage)
    if whole and its.without_stale is not None and its.without_stale != its.coverage:
        values = {"times": said, "without": times(its.without_stale)}
        said = _("%(times)s, %(without)s without stale") % values
    severity = thin(its, found.needed)
    return said if whole or severity is None else f"{said} {SYMBOLS[severity]}"


def thin(its: Covered, needed: float | None) -> Severity | None:
    """How bad a coverage is: below what the win rate asks for, below half of it."""
    if its.coverage is None or needed is None or its.coverage >= needed:
        return None
    return Severity.HIGH if 2 * its.coverage < needed else Severity.MEDIUM


def times(value: float) -> str:
    """A coverage: "1.4×"."""
    return _("%(n)s×") % {"n": format.number(value, 1)}


def short_period(name: str) -> str:
    """A period without its year: "Q4", "Nov"."""
    _year, _dash, part = name.partition("-")
    if part.isdigit():
        return pgettext("date", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()[int(part) - 1]
    return format.period(name).split()[0]


def _movement(its: Dashboard) -> Tile:
    name, found = title("movement"), its.movement
    if found is None:
        return Tile("movement", name, UNKNOWN)
    flow, currency = found.flow, its.pipeline.currency
    if found.known_from is None or found.known_from > flow.since:
        since = found.known_from or its.pipeline.today
        day = format.short_date(since, its.pipeline.today)
        name = _("Since %(day)s") % {"day": day}
    figure = format.short_money(flow.end - flow.start, currency, signed=True)
    rows = [
        (
            f"{bar_told(bar)} ({len(flow.deals(bar))})",
            format.short_money(flow.amount(bar) * (-1 if bar in EXITS else 1), currency, signed=True),
        )
        for bar in sorted(BARS, key=lambda bar: (bar == "other", -abs(flow.amount(bar))))
        if flow.deals(bar)
    ]
    return Tile("movement", name, figure, None, tuple(moved(found, currency)), tuple(rows))


def moved(found: Movement, currency: str) -> Iterator[str]:
    """The movement in parts: new, won, lost, pushed, other; only what there is."""
    flow = found.flow
    new, won, lost = (len(flow.deals(bar)) for bar in ("new", "won", "lost"))
    parts = (
        (new, flow.amount("new"), ngettext("%(n)s new", "%(n)s new", new)),
        (won, flow.amount("won"), ngettext("%(n)s won", "%(n)s won", won)),
        (lost, flow.amount("lost"), ngettext("%(n)s lost", "%(n)s lost", lost)),
    )
    is_still = True
    for n, amount, form in parts:
        if n:
            is_still = False
            told = form % {"n": format.number(n)}
            yield f"{told} {format.short_money(amount, currency)}" if amount else told
    if n := len(found.pushed):
        is_still = False
        yield ngettext("%(n)s pushed", "%(n)s pushed", n) % {"n": format.number(n)}
    if other := flow.amount("other"):
        is_still = False
        yield f"{bar_told('other')} {format.short_money(other, currency, signed=True)}"
    if is_still:
        yield _("nothing came, nothing left")


def _blocked(its: Dashboard) -> Tile:
    return _pile(its, Tile("blocked", title("blocked"), "", Severity.HIGH), its.blocked)


def _late(its: Dashboard) -> Tile:
    today, pile = its.pipeline.today, its.late
    owners = Counter(deal.owner or _("nobody (unassigned)") for deal in pile.deals)
    parts = [f"{owner} {format.number(n)}" for owner, n in owners.most_common(3)]
    oldest = sorted(pile.deals, key=lambda deal: deal.next_step_date or today)
    rows = [(deal.name, format.due(deal.next_step_date or today, today)) for deal in oldest[:ROWS]]
    name = title("late")
    if not pile.deals:
        return _pile(its, Tile("late", name, ""), pile)
    return Tile("late", name, format.number(len(pile.deals)), Severity.MEDIUM, tuple(parts), tuple(rows))


def _slipping(its: Dashboard) -> Tile:
    flags = Counter(flag.name for deal in its.slipping.deals for flag in its.pipeline.flags_of(deal))
    parts = []
    if n := flags["overdue"]:
        parts.append(ngettext("%(n)s overdue", "%(n)s overdue", n) % {"n": format.number(n)})
    if n := flags["pushed"]:
        parts.append(ngettext("%(n)s pushed", "%(n)s pushed", n) % {"n": format.number(n)})
    name = title("slipping")
    return _pile(its, Tile("slipping", name, "", Severity.MEDIUM, tuple(parts)), its.slipping)


def _pile(its: Dashboard, tile: Tile, pile: Pile) -> Tile:
    """A tile with the deals it counts."""
    currency = its.pipeline.currency
    if not pile.deals:
        return Tile(tile.key, tile.title, "0", None, (_("none"),))
    return tile._replace(
        figure=format.number(len(pile.deals)),
        parts=(format.short_money(pile.amount, currency), *tile.parts),
        rows=tuple((deal.name, _amount(deal, currency)) for deal in pile.deals[:ROWS]),
    )


def _amount(deal: Deal, currency: str) -> str:
    return "—" if deal.amount is None else format.short_money(deal.amount, deal.currency or currency)


def _hygiene(its: Dashboard) -> Tile:
    found, name = its.hygiene, title("hygiene")
    if found.score is None:
        return Tile("hygiene", name, "—", None, (_("no open deal"),))
    parts = []
    if (risen := rise(its.weeks, found.score)) is not None:
        points = pgettext("percentage points", "%(n)s pts") % {
            "n": format.number(risen.points * 100, signed=True)
        }
        values = {"points": points, "weeks": risen.weeks}
        parts.append(
            ngettext("%(points)s in %(weeks)d week", "%(points)s in %(weeks)d weeks", risen.weeks) % values
        )
    elif not its.weeks:
        parts.append(UNKNOWN)
    parts.append(
        _("%(n)s of %(all)s flagged") % {"n": format.number(found.flagged), "all": format.number(found.open)}
    )
    flags: dict[str, int] = {}
    for deal_id, raised in its.pipeline.flags.items():
        deal = its.pipeline.deals[deal_id]
        if deal.counts and its.has(deal):
            for flag in raised:
                flags[flag.name] = flags.get(flag.name, 0) + 1
    order = list(SEVERITIES)
    rows = sorted(flags.items(), key=lambda pair: (-pair[1], order.index(pair[0])))
    return Tile(
        "hygiene",
        name,
        format.percent(found.score),
        None,
        tuple(parts),
        tuple((_(TITLES[name]), format.number(n)) for name, n in rows),
        course=tuple(week.score for week in its.weeks),
    )


def _agenda(its: Dashboard) -> Tile:
    found, today = its.agenda, its.pipeline.today
    n_actions, n_promised, n_steps = len(found.actions), len(found.commitments), len(found.steps)
    parts = []
    if found.call is not None:
        parts.append(_("the forecast call goes on"))
    if n_actions:
        parts.append(ngettext("%(n)d action", "%(n)d actions", n_actions) % {"n": n_actions})
    if n_promised:
        parts.append(
            ngettext("%(n)d commitment of a buyer", "%(n)d commitments of buyers", n_promised)
            % {"n": n_promised}
        )
    if n_steps:
        parts.append(ngettext("%(n)d next step", "%(n)d next steps", n_steps) % {"n": n_steps})
    if not parts:
        parts.append(_("nothing is due"))
    if found.call is None and (calls := its.outlook.calls):
        day = format.short_date(calls[-1].frozen_at.date(), today)
        parts.append(_("last forecast call %(day)s") % {"day": day})
    rows = [
        (_promised(promise, its), format.due(promise.due or today, today))
        for promise in (*found.actions, *found.commitments)
    ]
    rows += [(labelled(deal.name, deal.next_step or "—"), format.due(today, today)) for deal in found.steps]
    is_late = any(promise.is_late(today) for promise in (*found.actions, *found.commitments))
    return Tile(
        "agenda",
        title("agenda"),
        format.number(found.total),
        Severity.MEDIUM if is_late else None,
        tuple(parts),
        tuple(rows[:ROWS]),
    )


def _promised(promise: Promise, its: Dashboard) -> str:
    deal = its.pipeline.deals.get(promise.deal_id or 0)
    return " · ".join(filter(None, (promise.what, promise.who, deal.name if deal else "")))


_TILES: Final[Mapping[str, Callable[[Dashboard], Tile]]] = {
    "landing": _landing,
    "coverage": _coverage,
    "movement": _movement,
    "blocked": _blocked,
    "late": _late,
    "slipping": _slipping,
    "hygiene": _hygiene,
    "agenda": _agenda,
}
