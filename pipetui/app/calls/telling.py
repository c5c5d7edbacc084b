"""Figures beside each other, entries of calls as rows."""

from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from pipetui.app.board.cells import width_of
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import MUTED, Part, Row, left, right
from pipetui.deals.text import initials
from pipetui.forecast.calls.drift import Change
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.wording import (
    category_told,
    contradiction_told,
    difference_told,
    period_told,
    scope_told,
)
from pipetui.language import _, format, labelled, pgettext
from pipetui.pipeline.pipeline import Pipeline

_GAP = 2
_LATER: Final = {
    "later": 1,
    "earlier": 1,
    **dict.fromkeys(("raised", "lowered", "priced", "unpriced", "currency"), 2),
}
"""What is told after the rest."""
_AMOUNT, _DATE, _EFFECT, _INITIALS, _CATEGORY, _CHANCE = 8, 9, 8, 3, 12, 5
_WIDE_DATE = 12
SEPARATOR = " · "


class Pair(NamedTuple):
    """A figure with its name."""

    name: str
    value: str
    style: str = "$money bold"


def pairs(figures: Sequence[Pair], width: int) -> list[Row]:
    """Figures one after the other, on as many lines as they need."""
    rows: list[list[Part]] = [[]]
    taken = 0
    for name, value, style in figures:
        size = width_of(name) + 1 + width_of(value) + 3
        if taken and taken + size > width:
            rows.append([])
            taken = 0
        rows[-1] += [Part(f" {name} ", MUTED), Part(value, style), Part("  ")]
        taken += size
    return [Row(tuple(parts)) for parts in rows]


def call_told(its: Snapshot, pipeline: Pipeline) -> str:
    """ "Q4 2026 · everybody · 16 Nov 09:00"."""
    parts = [
        period_told(its.period),
        scope_told(its.scope),
        format.moment(its.frozen_at, pipeline.today),
    ]
    return SEPARATOR.join(parts)


def number_of(its: Snapshot) -> int:
    """What a call said: the manager's number, else the landing."""
    return its.totals.landing if its.number is None else its.number


def money(minor: int | None, currency: str, *, signed: bool = False) -> str:
    """An amount in a list; "—" for none, "·" for nothing."""
    if minor is None:
        return "—"
    return format.short_money(minor, currency, signed=signed) if minor else "·"


# Deals ---------------------------------------------------------------------------------------------------


class Columns(NamedTuple):
    """How many cells each fact of a deal has; 0 where it is left out."""

    name: int
    what: int
    account: int = 0
    owner: int = _INITIALS
    category: int = 0
    chance: int = 0
    date: int = _DATE

    @classmethod
    def of(cls, width: int) -> Self:
        """For a row of so many cells."""
        account = category = chance = 0
        owner, date = _INITIALS, _DATE
        if width >= 100:
            owner, category, date = 16, _CATEGORY, _WIDE_DATE
        if width >= 150:
            account, chance = 24, _CHANCE
        taken = 1 + owner + _AMOUNT + date + _EFFECT + category + account + chance
        gaps = 5 + bool(category) + bool(account) + bool(chance)
        rest = max(12, width - taken - gaps * _GAP)
        name = max(8, rest * 9 // 20)
        return cls(name, max(0, rest - name), account, owner, category, chance, date)


def deal_header(width: int, effect: str, what: str) -> Row:
    """What the columns hold."""
    its = Columns.of(width)
    parts = [left(" " + pgettext("heading", "deal"), its.name + 1, MUTED)]
    if its.account:
        parts.append(_next(_("account"), its.account))
    parts.append(_next(_("owner") if its.owner > _INITIALS else "", its.owner))
    parts.append(right(_("amount"), _AMOUNT + _GAP, MUTED))
    parts.append(_next(pgettext("heading", "close date") if its.date > _DATE else _("closes"), its.date))
    if its.category:
        parts.append(_next(_("category"), its.category))
    if its.chance:
        parts.append(right("%", its.chance + _GAP, MUTED))
    parts.append(right(effect, _EFFECT + _GAP, MUTED))
    parts.append(_next(what, its.what))
    return Row(tuple(parts), stays=True)


def deal_row(
    entry: CallEntry,
    pipeline: Pipeline,
    currency: str,
    key: str,
    width: int,
    *,
    effect: str = "",
    what: str = "",
) -> Row:
    """A deal as a call saw it."""
    its = Columns.of(width)
    parts = [left(f" {entry.name}", its.name + 1)]
    if its.account:
        parts.append(_next(entry.account, its.account))
    owner = initials(entry.owner) if its.owner <= _INITIALS else entry.owner
    parts.append(_next(owner, its.owner))
    amount = "—" if entry.amount is None else format.short_money(entry.amount, entry.currency or currency)
    parts.append(right(amount, _AMOUNT + _GAP, "$money" if entry.amount is not None else MUTED))
    day = "—" if entry.close_date is None else format.short_date(entry.close_date, pipeline.today)
    parts.append(_next(day, its.date))
    if its.category:
        told = phrases.figure("won") if entry.state == "won" else category_told(entry.category)
        parts.append(_next(told, its.category))
    if its.chance:
        parts.append(right("" if entry.p is None else format.percent(entry.p), its.chance + _GAP, MUTED))
    parts.append(right(effect, _EFFECT + _GAP, "bold"))
    parts.append(_next(what, its.what, ""))
    return Row(tuple(parts), key)


def _next(text: str, size: int, style: str = MUTED) -> Part:
    return left(" " * _GAP + text, size + _GAP, style)


def differences(change: Change, pipeline: Pipeline) -> str:
    """Everything that is another now, in a line: first what moves the landing, then dates and amounts."""
    currency = change.entry.currency
    its = sorted(change.differences, key=lambda one: _LATER.get(one.kind, 0))
    return SEPARATOR.join(difference_told(one, currency, pipeline.today) for one in its)


def in_all(title: str, count: int, effect: int, currency: str) -> str:
    """A heading of deals: how many there are, and what they do to the landing."""
    parts = [title, phrases.deals(count)]
    if effect:
        parts.append(_("landing %(effect)s") % {"effect": format.short_money(effect, currency, signed=True)})
    return SEPARATOR.join(parts)


def effect(minor: int, currency: str) -> str:
    """What a deal did to the landing; nothing is left blank."""
    return format.short_money(minor, currency, signed=True) if minor else ""


def said_of(entry: CallEntry, pipeline: Pipeline) -> list[str]:
    """Who says what of a deal, why, on which condition, what was answered, what speaks against it."""
    parts = [entry.name, entry.account, entry.owner or _("nobody (unassigned)")]
    if entry.amount is not None:
        parts.append(format.money(entry.amount, entry.currency))
    parts.append(entry.stage)
    if entry.p is not None:
        parts.append(format.percent(entry.p))
    found = [SEPARATOR.join(part for part in parts if part)]
    if entry.state != "won":
        sides = ((_("rep"), entry.rep), (_("manager"), entry.manager), (_("CRM"), entry.crm))
        told = [labelled(name, category_told(its)) for name, its in sides if its is not None]
        found.append(SEPARATOR.join(told) or _("in no category"))
    said = entry.said
    if said.reason:
        found.append(labelled(_("reason"), said.reason))
    if said.override_reason:
        found.append(labelled(_("the manager’s reason"), said.override_reason))
    if said.condition:
        day = "" if said.condition_by is None else format.short_date(said.condition_by, pipeline.today)
        told_ = [said.condition, day, said.condition_owner]
        found.append(labelled(_("condition"), SEPARATOR.join(part for part in told_ if part)))
    if said.note:
        found.append(labelled(_("answers"), said.note))
    if entry.contradictions:
        against = ", ".join(contradiction_told(name) for name in entry.contradictions)
        found.append(labelled(_("spoke against it"), against))
    return found
