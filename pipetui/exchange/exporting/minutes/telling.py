"""What the minutes say, in words and in order, whatever they are written as."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from pipetui.exchange.exporting.wording import day_told, state_told
from pipetui.forecast.calls.differing import Difference
from pipetui.forecast.calls.drift import Change
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.minutes import Deed, Group, Minutes, Spoken
from pipetui.forecast.wording import (
    category_told,
    contradiction_told,
    difference_told,
    period_told,
    scope_told,
)
from pipetui.language import _, labelled, ngettext, pgettext
from pipetui.language.builtin import shown
from pipetui.language.format import long_date, money, number, percent, short_date

NONE = "—"


class Figure(NamedTuple):
    """A row of the figures, in minor units; `None` is unknown."""

    key: str
    name: str
    now: int | None
    reps: int | None
    last: int | None
    is_sum: bool = False

    @property
    def change(self) -> int | None:
        """Against the last call."""
        return None if self.now is None or self.last is None else self.now - self.last


class Line(NamedTuple):
    """Something that has changed with a deal."""

    landing: str
    """What it means for the landing; "" for nothing."""
    deal: str
    owner: str
    what: str


class ToldDeal(NamedTuple):
    """A deal, in words."""

    name: str
    account: str
    owner: str
    amount: str
    closes: str
    stage: str
    rep: str
    manager: str
    """The category in force."""
    is_overridden: bool
    is_reached: bool
    words: tuple[tuple[str, str], ...]
    """Label and text: reasons, condition, note, next step."""


class ToldDeed(NamedTuple):
    """Something to be done, in words."""

    due: str
    what: str
    who: str
    """Who does it, if it is not the one under whose name it stands; "" otherwise."""
    deal: str
    state: str
    """ "" as long as it is open."""


def title(its: Minutes) -> str:
    """Which call it is: "Forecast call · Q4 2026 · West"."""
    call = its.snapshot
    return " · ".join([_("Forecast call"), period_told(call.period), scope_told(call.scope)])


def days_told(its: Minutes) -> str:
    """From when to when the period goes."""
    period = its.snapshot.period
    return f"{full_date(period.start)} – {full_date(period.end)}"


def status(its: Minutes) -> str:
    """When and by whom it was frozen; of a call that goes on, that this is a draft."""
    call = its.snapshot
    values = {"day": full_date(call.frozen_at.date()), "time": f"{call.frozen_at:%H:%M}", "who": call.by}
    if its.is_draft:
        return (
            _("Draft: the call begun by %(who)s goes on, and nothing is frozen yet (%(day)s, %(time)s)")
            % values
        )
    return _("Frozen on %(day)s at %(time)s by %(who)s") % values


def reference(its: Minutes) -> str:
    """What the frozen call is known by; "" of a draft."""
    if its.is_draft:
        return ""
    call = its.snapshot
    told = _("call %(id)s, revision %(n)d") % {"id": call.id, "n": call.revision}
    if its.replaced_by:
        by = _("replaced by %(id)s") % {"id": its.replaced_by}
        told = f"{told}, {by}"
    return told


def full_date(day: date) -> str:
    """A day with weekday and year."""
    return f"{long_date(day)} {day.year}"


def figure_heads() -> list[str]:
    """Above the columns of the figures: name, now, by the reps, last, change."""
    return ["", _("this call"), _("by the reps"), _("last call"), pgettext("figure", "change")]


def figures(its: Minutes) -> list[Figure]:
    """What it amounts to: each sum stands below its parts."""
    now, last = its.snapshot, its.last
    rows = [
        ("won", pgettext("figure", "won"), False),
        ("commit", _("+ commit"), False),
        ("landing", _("= landing"), True),
        ("best_case", _("+ best case"), False),
        ("upside", _("+ upside"), False),
        ("unclassified", pgettext("figure", "unclassified"), False),
        ("omitted", pgettext("figure", "omitted"), False),
    ]
    found = [
        Figure(
            key,
            name,
            getattr(now.totals, key),
            getattr(now.rep_totals, key),
            getattr(last.totals, key) if last else None,
            is_sum,
        )
        for key, name, is_sum in rows
    ]
    found = [row for row in found if row.key != "omitted" or row.now or row.reps or row.last]
    gap = None if last is None or last.quota is None else last.totals.landing - last.quota
    reps_gap = None if now.quota is None else now.rep_totals.landing - now.quota
    return [
        *found,
        Figure("quota", _("quota"), now.quota, None, last.quota if last else None),
        Figure("gap", _("gap of the landing"), its.gap, reps_gap, gap, is_sum=True),
        Figure("number", _("the manager's number"), now.number, None, last.number if last else None),
    ]


def amount(minor: int | None, call: Snapshot, *, signed: bool = False) -> str:
    """An exact amount in the currency of the call."""
    return NONE if minor is None else money(minor, call.currency, signed=signed)


def odds(its: Minutes) -> list[str]:
    """Range, chance of the quota, coverage, and deals without an amount."""
    call, told = its.snapshot, []
    if call.range:
        p10, p50, p90, p_quota = call.range
        ends = {"p10": p10, "p50": p50, "p90": p90}
        values = {name: money(minor, call.currency, whole=True) for name, minor in ends.items()}
        told.append(_("range %(p10)s – %(p50)s – %(p90)s (P10, P50, P90)") % values)
        if p_quota is not None:
            told.append(_("%(share)s chance of the quota") % {"share": percent(p_quota)})
    cover = its.coverage
    if cover.is_met:
        told.append(_("quota met"))
    elif cover.value is not None:
        told.append(_("coverage %(times)s×") % {"times": number(cover.value, 1)})
    if n := call.totals.unpriced:
        told.append(
            ngettext(
                "%(n)d open deal without an amount in %(currency)s",
                "%(n)d open deals without an amount in %(currency)s",
                n,
            )
            % {"n": n, "currency": call.currency}
        )
    return told


def group_title(name: Group, deals: Iterable[Spoken], call: Snapshot) -> str:
    """What a group is called, its sum and how many deals it has: "Commit · €518,000.00 · 7 deals"."""
    return " · ".join(group_parts(name, deals, call))


def group_parts(name: Group, deals: Iterable[Spoken], call: Snapshot) -> tuple[str, str, str]:
    """What a group is called, its sum and how many deals it has."""
    n = len(tuple(deals))
    count = ngettext("%(n)d deal", "%(n)d deals", n) % {"n": n}
    return group_name(name), amount(getattr(call.totals, name), call), count


def group_name(name: Group) -> str:
    """What a group is called."""
    return {
        "won": lambda: pgettext("deals", "Won"),
        "commit": lambda: _("Commit"),
        "best_case": lambda: _("Best case"),
        "upside": lambda: _("Upside"),
        "unclassified": lambda: pgettext("deals", "Not classified"),
        "omitted": lambda: pgettext("deals", "Omitted"),
    }[name]()


def called(entry: CallEntry) -> str:
    """A deal and its account."""
    return f"{entry.name} ({entry.account})" if entry.account else entry.name


def deal_told(its: Spoken, call: Snapshot) -> ToldDeal:
    """A deal of the call."""
    entry = its.entry
    return ToldDeal(
        entry.name,
        entry.account,
        entry.owner or _("Nobody"),
        _worth(entry, call),
        NONE if entry.close_date is None else _short(entry.close_date, call),
        shown(entry.stage),
        category_told(entry.category_of("rep")),
        category_told(entry.category),
        is_overridden=entry.category is not entry.category_of("rep"),
        is_reached=its.reached or its.group in ("won", "omitted"),
        words=tuple(_words(its, call)),
    )


def _worth(entry: CallEntry, call: Snapshot) -> str:
    """The amount; in another currency with what it is worth."""
    if entry.amount is None:
        return pgettext("figure", "unpriced")
    told = money(entry.amount, entry.currency)
    if entry.currency == call.currency:
        return told
    worth = _("no rate") if entry.worth is None else amount(entry.worth, call)
    return f"{told} ({worth})"


def _words(its: Spoken, call: Snapshot) -> Iterator[tuple[str, str]]:
    said, entry = its.entry.said, its.entry
    if said.reason:
        yield _("Rep's reason"), said.reason
    if said.override_reason:
        yield _("Manager's reason"), said.override_reason
    if said.condition or said.condition_by:
        parts = [said.condition]
        if said.condition_by:
            parts.append(_("by %(day)s") % {"day": _short(said.condition_by, call)})
        if said.condition_owner:
            parts.append(said.condition_owner)
        yield _("Condition"), " · ".join(filter(None, parts))
    if entry.contradictions:
        yield _("Against it"), " · ".join(map(contradiction_told, entry.contradictions))
    if said.note:
        yield _("Note"), said.note
    if its.next_step or its.next_step_date:
        day = _short(its.next_step_date, call) if its.next_step_date else _("no date")
        yield _("Next step"), " · ".join(filter(None, (its.next_step, day)))


def deed_told(deed: Deed, call: Snapshot) -> ToldDeed:
    """Something to be done."""
    # Translators: what stands for a next step that only has a date.
    what = deed.what or _("next step")
    if deed.kind == "condition":
        what = labelled(_("condition"), what)
    elif deed.kind == "commitment":
        what = labelled(_("the buyer"), what)
    return ToldDeed(
        day_told(deed.due, call.frozen_at.date()),
        what,
        "" if deed.who == deed.owner else deed.who,
        called(deed.entry) if deed.entry else "",
        "" if deed.state == "open" else _state(deed),
    )


def _state(deed: Deed) -> str:
    from pipetui.deals.promise import Promise

    kind = "action" if deed.kind == "action" else "commitment"
    return state_told(Promise(0, None, kind, deed.who, deed.what, deed.due, deed.state))  # type: ignore[arg-type]


def changes_told(changes: Iterable[Change], call: Snapshot, today: date) -> list[Line]:
    """What has changed, deal by deal; days of other years than today's with their year."""
    return [
        Line(
            amount(change.landing, call, signed=True) if change.landing else "",
            called(change.entry),
            change.entry.owner or _("Nobody"),
            " · ".join(difference_told(its, change.entry.currency, today) for its in _telling(change)),
        )
        for change in changes
    ]


def _telling(change: Change) -> Iterator[Difference]:
    """Its differences; a date that is told as moved later need not be told as pushed once."""
    is_later = any(its.kind in ("later", "pushed_out") for its in change.differences)
    for its in change.differences:
        if its.kind != "pushed" or not is_later or its != Difference("pushed", its.old, _next(its.old)):
            yield its


def _next(count: object) -> int:
    return count + 1 if isinstance(count, int) else 1


def since_title(last: Snapshot) -> str:
    """Since when."""
    return _("Since the last call, of %(day)s") % {"day": full_date(last.frozen_at.date())}


def drift_title(its: Minutes) -> str:
    """Whether the call still is what its deals say, on the day this is written."""
    drift, day = its.drift, full_date(its.today)
    if drift is None:
        return ""
    if drift.matches:
        return _("On %(day)s every deal was still as frozen") % {"day": day}
    values = {"day": day, "amount": amount(drift.landing, its.snapshot, signed=True)}
    return _("What no longer matches on %(day)s, landing %(amount)s") % values


def by_owner(deeds: Iterable[Deed]) -> dict[str, list[Deed]]:
    """Deeds by the name they stand under."""
    found: dict[str, list[Deed]] = {}
    for deed in deeds:
        found.setdefault(deed.owner or _("Nobody"), []).append(deed)
    return found


def _short(day: date, call: Snapshot) -> str:
    return short_date(day, call.frozen_at.date())
