"""What became of a frozen call: which deals have left it, what came in, what changed since."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from pipetui.forecast.calls.differing import Difference, differences
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.periods import Period

_FROZEN: Final = frozenset(
    {"won", "lost", "missing", "nurture", "reopened", "gone"}
    | {"pulled_in", "pushed_out", "undated", "later", "earlier"}
    | {"raised", "lowered", "priced", "unpriced", "currency"}
    | {"up", "down", "classified", "unclassified"}
)
"""What a call freezes of a deal: state, close date, amount and category. A stage may move on."""


class Change(NamedTuple):
    """One deal, then and now."""

    deal_id: int
    old: CallEntry | None
    new: CallEntry | None
    differences: tuple[Difference, ...]
    landing: int
    """By how much won + commit has changed with it, in minor units."""
    pipeline: int
    """By how much everything that counts in the period has."""
    unfit: tuple[str, ...] = ()
    """The facts that contradict its category now."""

    @property
    def entry(self) -> CallEntry:
        """The newest sight of it."""
        if found := self.new or self.old:
            return found
        raise ValueError("a change of no deal")


class Drift(NamedTuple):
    """Whether a frozen call still is what its deals say."""

    left: tuple[Change, ...]
    """The deals whose state, date, amount or category is not the frozen one any more; the largest first."""
    joined: tuple[Change, ...]
    """Deals that belong to the period now and were not in the call."""

    @property
    def matches(self) -> bool:
        """Whether no deal has left it."""
        return not self.left

    @property
    def landing(self) -> int:
        """By how much the landing differs from the frozen one, in minor units."""
        return sum(change.landing for change in (*self.left, *self.joined))


def drift(snapshot: Snapshot, now: Iterable[CallEntry]) -> Drift:
    """What of a frozen call no longer matches.

    Args:
        snapshot: the call.
        now: all deals of the call's scope as they stand now, whatever their state and close date.
    """
    changes = changes_since(snapshot, now)
    left = (_of_what_is_frozen(change) for change in changes if change.old is not None)
    joined = (change for change in changes if change.old is None)
    return Drift(tuple(change for change in left if change.differences), tuple(joined))


def changes_since(snapshot: Snapshot, now: Iterable[CallEntry]) -> tuple[Change, ...]:
    """What is to be told of each deal since a call; the largest effect first.

    Moves, pushes, amounts, new, lost, won, and categories that no longer fit: these, too, where nothing else
    has changed, unless the same facts spoke against the same category then.

    Args:
        snapshot: the last call.
        now: all deals of its scope as they stand now, whatever their state and close date.
    """
    sights = {entry.deal_id: entry for entry in now}
    joined = {deal_id: entry for deal_id, entry in sights.items() if _is_of(entry, snapshot.period)}
    return _changes(snapshot.by_deal, {**joined, **_only(sights, snapshot.by_deal)}, snapshot)


def compare(first: Snapshot, second: Snapshot) -> tuple[Change, ...]:
    """Two calls deal by deal: in (`old` is `None`), out (`new` is), up, down, other date or amount, won.

    The effects are those on the period of the first.
    """
    changes = (_of_what_is_frozen(its) for its in _changes(first.by_deal, second.by_deal, first))
    return tuple(change for change in changes if change.differences)


def _changes(
    before: Mapping[int, CallEntry], after: Mapping[int, CallEntry], snapshot: Snapshot
) -> tuple[Change, ...]:
    found = []
    for deal_id in before.keys() | after.keys():
        old, new = before.get(deal_id), after.get(deal_id)
        found.append(
            Change(
                deal_id,
                old,
                new,
                differences(old, new, snapshot.period, snapshot.frozen_at.date()),
                _effect(old, new, lambda entry: entry.lands(snapshot.period)),
                _effect(old, new, lambda entry: entry.counts(snapshot.period)),
                _unfit(old, new),
            )
        )
    return tuple(sorted((change for change in found if change.differences or change.unfit), key=_weight))


def _effect(old: CallEntry | None, new: CallEntry | None, of: Callable[[CallEntry], int]) -> int:
    return (of(new) if new else 0) - (of(old) if old else 0)


def _unfit(old: CallEntry | None, new: CallEntry | None) -> tuple[str, ...]:
    if new is None or new.state != "open":
        return ()
    if old is not None and (old.category, old.contradictions) == (new.category, new.contradictions):
        return ()
    return new.contradictions


def _of_what_is_frozen(change: Change) -> Change:
    kept = (its for its in change.differences if its.kind in _FROZEN or change.old is None)
    return change._replace(differences=tuple(kept), unfit=())


def _is_of(entry: CallEntry, period: Period) -> bool:
    return entry.state in ("open", "won") and entry.close_date in period


def _only(entries: Mapping[int, CallEntry], ids: Iterable[int]) -> dict[int, CallEntry]:
    return {deal_id: entries[deal_id] for deal_id in ids if deal_id in entries}


def _weight(change: Change) -> tuple[int, int, int]:
    return (-abs(change.landing), -abs(change.pipeline), change.deal_id)
