"""Two frozen calls deal by deal: what came in, went out, went up or down, and what it did to the landing."""

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from pipetui.deals.category import Category
from pipetui.forecast.calls.differing import Difference, differences
from pipetui.forecast.calls.drift import Change
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.periods import Period
from pipetui.pipeline.outlook_calls import entry
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.store.calls import Frozen
    from pipetui.store.engine import Store

Way = Literal["won", "in", "out", "up", "down", "date", "amount"]
WAYS: Final[tuple[Way, ...]] = ("won", "in", "out", "up", "down", "date", "amount")
"""Each deal goes one way: the first of these that is true of it."""
_MOVES_ON: Final = frozenset({"forward", "back", "pushed"})
"""What no call freezes."""


class Compared(NamedTuple):
    """An older and a newer call. Amounts are minor units of the newer one's currency."""

    first: Snapshot
    second: Snapshot
    ways: dict[Way, tuple[Change, ...]]
    """All ways, each with its deals; the largest effect on the landing first."""

    @property
    def landing(self) -> int:
        """By how much won + commit differs."""
        return self.second.totals.landing - self.first.totals.landing

    @property
    def rest(self) -> int:
        """What of that no deal accounts for: other rates of exchange."""
        return self.landing - sum(change.landing for its in self.ways.values() for change in its)


def compared(store: "Store", pipeline: Pipeline, one: "Frozen", other: "Frozen") -> Compared:
    """Compare two calls, the older one first; not on the event loop.

    A deal that is not in the newer one any more is told as it stood when that was frozen: lost, pushed out.
    Its effect is what it adds to the landing of the newer call less what it added to that of the older one,
    each by its own period, so that all effects sum to the difference of the landings.

    Args:
        store: where the calls are.
        pipeline: the same store as it is now.
        one: a frozen call with its entries.
        other: another one.

    Raises:
        Problem: the store cannot be read.
    """
    from pipetui.store.minutes import deals_then, span_of

    older, newer = sorted((one, other), key=lambda its: (its.snapshot.frozen_at, its.snapshot.revision))
    first, second = older.snapshot, newer.snapshot
    sights = second.by_deal
    gone = {id_: pipeline.deals[id_] for id_ in first.by_deal if id_ not in sights and id_ in pipeline.deals}
    with store.reading() as run:
        then = deals_then(run, gone, span_of(run, newer.call_id, second.id))
    told = {**sights, **{id_: entry(deal, pipeline, first.period) for id_, deal in then.items()}}
    ways: dict[Way, list[Change]] = {way: [] for way in WAYS}
    before = first.by_deal
    for deal_id in before.keys() | told.keys():
        old, new, here = before.get(deal_id), told.get(deal_id), sights.get(deal_id)
        found = differences(old, new, first.period, first.frozen_at.date())
        found = tuple(its for its in found if its.kind not in _MOVES_ON)
        effect = _lands(here, second.period) - _lands(old, first.period)
        if found or effect or here is None:
            counted = _counts(here, second.period) - _counts(old, first.period)
            change = Change(deal_id, old, new, found, effect, counted)
            ways[_way(change, here)].append(change)
    return Compared(first, second, {way: _sorted(its) for way, its in ways.items()})


def _lands(its: CallEntry | None, period: Period) -> int:
    return its.lands(period) if its else 0


def _counts(its: CallEntry | None, period: Period) -> int:
    return its.counts(period) if its else 0


def _sorted(changes: list[Change]) -> tuple[Change, ...]:
    return tuple(
        sorted(changes, key=lambda its: (-abs(its.landing), -(its.entry.worth or 0), its.entry.name))
    )


def _way(change: Change, here: CallEntry | None) -> Way:
    kinds = {its.kind for its in change.differences}
    if here is None:
        return "out"
    if "won" in kinds:
        return "won"
    if change.old is None:
        return "in"
    for its in change.differences:
        if (way := _turn(its)) is not None:
            return way
    if kinds & {"later", "earlier", "pulled_in", "pushed_out", "undated"}:
        return "date"
    return "amount"


def _turn(its: Difference) -> Way | None:
    """To be classified is up, unless as omitted; a won deal that is open again went down."""
    if its.kind in ("up", "down"):
        return "up" if its.kind == "up" else "down"
    if its.kind == "classified":
        return "down" if its.new == Category.OMITTED else "up"
    if its.kind == "unclassified":
        return "up" if its.old == Category.OMITTED else "down"
    return "down" if its.kind == "reopened" else None
