"""In what two sights of the same deal differ."""

from datetime import date
from typing import Literal, NamedTuple

from pipetui.deals.category import Category
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.categories import RANKS
from pipetui.forecast.periods import Period

State = Literal["won", "lost", "missing", "nurture", "reopened", "gone"]
"""Reopened: it had another state and is open. Gone: nothing is known of it any more."""
Date = Literal["new", "pulled_in", "pushed_out", "undated", "later", "earlier", "pushed"]
"""New and pulled in: it was not in the sight before. Pushed: how often, also if the date was moved back."""
Amount = Literal["raised", "lowered", "priced", "unpriced", "currency"]
Class = Literal["up", "down", "classified", "unclassified"]
Move = Literal["forward", "back"]
Kind = State | Date | Amount | Class | Move

Value = int | str | date | None


class Difference(NamedTuple):
    """One fact that is another now."""

    kind: Kind
    old: Value = None
    new: Value = None


def differences(
    old: CallEntry | None, new: CallEntry | None, period: Period, since: date | None = None
) -> tuple[Difference, ...]:
    """Everything that has changed with a deal from one sight to another; first what weighs most.

    Args:
        old: `None`: it was not there.
        new: `None`: it is not there any more.
        period: a close date that leaves it is `pushed_out` (or `undated`), one that enters it `pulled_in`.
        since: the day of the old sight: what was created before was pulled in, and is not new.
    """
    if old is None:
        if new is None:
            return ()
        is_new = new.created is None or since is None or new.created > since
        return (Difference("new" if is_new else "pulled_in", None, new.close_date),)
    if new is None:
        return (Difference("gone", old.state, None),)
    return (
        *_state(old, new),
        *_date(old, new, period),
        *_amount(old, new),
        *_class(old, new),
        *_move(old, new),
    )


def _state(old: CallEntry, new: CallEntry) -> tuple[Difference, ...]:
    if old.state == new.state:
        return ()
    return (Difference("reopened" if new.state == "open" else new.state, old.state, new.state),)


def _date(old: CallEntry, new: CallEntry, period: Period) -> tuple[Difference, ...]:
    if new.state in ("won", "lost"):
        return ()  # the day it was closed is no date that was moved
    before, after = old.close_date, new.close_date
    pushes = new.push_count - old.push_count
    found = [Difference("pushed", old.push_count, new.push_count)] if pushes > 0 else []
    if before == after or old.state in ("won", "lost"):
        return tuple(found)
    if after is None:
        kind: Kind = "undated"
    elif before in period and after not in period:
        kind = "pushed_out" if after > period.end else "earlier"
    elif before not in period and after in period:
        kind = "pulled_in"
    else:
        kind = "later" if before is None or after > before else "earlier"
    return (Difference(kind, before, after), *found)


def _amount(old: CallEntry, new: CallEntry) -> tuple[Difference, ...]:
    if old.amount == new.amount and (old.amount is None or old.currency == new.currency):
        return ()
    if old.amount is None:
        kind: Kind = "priced"
    elif new.amount is None:
        kind = "unpriced"
    elif old.currency != new.currency:
        return (Difference("currency", old.currency, new.currency),)
    else:
        kind = "raised" if new.amount > old.amount else "lowered"
    return (Difference(kind, old.amount, new.amount),)


def _class(old: CallEntry, new: CallEntry) -> tuple[Difference, ...]:
    if new.state in ("won", "lost"):
        return ()  # it has left the categories for good
    return between(old.category, new.category)


def between(old: Category | None, new: Category | None) -> tuple[Difference, ...]:
    """How a category has changed."""
    if old is new:
        return ()
    if old is None or new is None:
        return (Difference("classified" if old is None else "unclassified", old, new),)
    return (Difference("up" if RANKS[new] > RANKS[old] else "down", old, new),)


def _move(old: CallEntry, new: CallEntry) -> tuple[Difference, ...]:
    if old.stage_id == new.stage_id or new.state in ("won", "lost"):
        return ()
    is_ahead = new.stage_position > old.stage_position
    return (Difference("forward" if is_ahead else "back", old.stage, new.stage),)
