"""What the screens about past calls read; all of it in threads."""

from typing import TYPE_CHECKING, NamedTuple

from pipetui.deals.errors import Problem
from pipetui.forecast.calls.drift import Drift
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.language import _
from pipetui.pipeline.outlook_calls import drift_of
from pipetui.pipeline.outlook_compared import Compared, compared
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.store.calls import Frozen
    from pipetui.store.engine import Store


class Held(NamedTuple):
    """The calls that were frozen, without their deals."""

    calls: "tuple[Frozen, ...]"
    """Of all periods and scopes, with every revision, oldest first."""

    def of(self, period: Period, scope: Scope) -> "tuple[Frozen, ...]":
        """Those on one period of one scope."""
        return tuple(
            its for its in self.calls if (its.snapshot.period, its.snapshot.scope) == (period, scope)
        )

    def replaced(self) -> frozenset[str]:
        """The ids of those that were frozen anew after they were reopened."""
        newest = {its.call_id: its.snapshot.id for its in self.calls}
        return frozenset(its.snapshot.id for its in self.calls if newest[its.call_id] != its.snapshot.id)


class Past(NamedTuple):
    """One frozen call, what became of it, and those before and after it on the same period and scope."""

    call: "Frozen"
    drift: Drift
    is_over: bool
    """Whether its period is: then nobody asks any more whether it matches."""
    line: "tuple[Frozen, ...]"
    """All calls on that period and scope, without their deals, oldest first."""

    @property
    def snapshot(self) -> Snapshot:
        """What was frozen."""
        return self.call.snapshot

    def beside(self, step: int) -> "Frozen | None":
        """The call before, or after."""
        ids = [its.snapshot.id for its in self.line]
        at = ids.index(self.snapshot.id) + step
        return self.line[at] if 0 <= at < len(ids) else None


def read_held(store: "Store") -> Held:
    """All that was frozen. Raises `Problem`."""
    from pipetui.store.calls import read_frozen

    return Held(read_frozen(store, entries=False))


def read_past(store: "Store", pipeline: Pipeline, snapshot_id: str) -> Past:
    """A frozen call with its deals. Raises `Problem`."""
    from pipetui.store.calls import read_frozen

    call = _one(read_frozen(store, only=[snapshot_id]), snapshot_id)
    its = call.snapshot
    line = read_frozen(store, its.period.name, its.scope, entries=False)
    return Past(call, drift_of(its, pipeline), its.period.end < pipeline.today, line)


def read_compared(store: "Store", pipeline: Pipeline, one: str, other: str) -> Compared:
    """Two frozen calls, deal by deal. Raises `Problem`."""
    from pipetui.store.calls import read_frozen

    found = read_frozen(store, only={one, other})
    return compared(store, pipeline, _one(found, one), _one(found, other))


def _one(found: "tuple[Frozen, ...]", snapshot_id: str) -> "Frozen":
    for its in reversed(found):
        if its.snapshot.id == snapshot_id:
            return its
    raise Problem(_("This forecast call is not there any more: it was undone."))
