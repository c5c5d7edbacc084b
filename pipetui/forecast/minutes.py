"""What the minutes of a forecast call hold, before they have a format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from pipetui.deals.category import Category
from pipetui.deals.promise import PromiseState
from pipetui.forecast.calls.drift import Change, Drift
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.figures import Coverage, Cumulative, coverage

Group = Literal["commit", "best_case", "upside", "unclassified", "omitted", "won"]
GROUPS: Final[tuple[Group, ...]] = ("commit", "best_case", "upside", "unclassified", "omitted", "won")
"""In the order in which they are read: what was decided comes before what is won."""


class Spoken(NamedTuple):
    """A deal of the call, with what its entry does not hold."""

    entry: CallEntry
    next_step: str
    next_step_date: date | None
    reached: bool
    """Whether its turn came."""
    external_id: str

    @property
    def group(self) -> Group:
        """The sum it is part of."""
        if self.entry.state == "won":
            return "won"
        its = self.entry.category
        return "unclassified" if its is None else _GROUP_OF[its]


class Deed(NamedTuple):
    """Something that is to be done after the call."""

    kind: Literal["condition", "next_step", "action", "commitment"]
    """The condition of a best case, a next step set in the call, one of our actions, the buyer's."""
    owner: str
    """Who sees to it: the owner of the deal; without a deal, who does it. "" is nobody."""
    who: str
    """Who does it; "" is the owner."""
    what: str
    due: date | None
    entry: CallEntry | None
    """The deal it is for."""
    state: PromiseState = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """A call as it was frozen, or as it stands while it goes on. Amounts are minor units of its currency."""

    snapshot: Snapshot
    """Of a draft its id is nothing to refer to."""
    is_draft: bool
    """Whether the call goes on and nothing is frozen."""
    replaced_by: str
    """The id of the revision that was frozen after the call was reopened; "" if it is the last."""
    last: Snapshot | None
    """The call before this one, on the same period and scope, as it was frozen last."""
    since: tuple[Change, ...]
    """What has changed from that one to this; the largest effect first."""
    deals: tuple[Spoken, ...]
    """By group, then the largest first."""
    deeds: tuple[Deed, ...]
    """By owner, then by date, the undated last."""
    drift: Drift | None
    """What no longer matches today; `None` of a draft, and of a period that is over."""
    today: date
    """The day on which they are written."""

    @property
    def groups(self) -> Mapping[Group, tuple[Spoken, ...]]:
        """The deals by the sum they are part of; all groups, in their order."""
        return {name: tuple(its for its in self.deals if its.group == name) for name in GROUPS}

    @property
    def not_reached(self) -> tuple[Spoken, ...]:
        """The deals whose turn should have come, and did not."""
        return tuple(its for its in self.deals if not its.reached and its.group not in ("won", "omitted"))

    @property
    def cumulative(self) -> Cumulative:
        """The nested bars: won ⊂ commit ⊂ best case ⊂ upside."""
        its = self.snapshot.totals
        best_case = its.landing + its.best_case
        return Cumulative(its.won, its.landing, best_case, best_case + its.upside)

    @property
    def gap(self) -> int | None:
        """Landing − quota; below 0 is lacking."""
        quota = self.snapshot.quota
        return None if quota is None else self.snapshot.totals.landing - quota

    @property
    def coverage(self) -> Coverage:
        """Open deals of the period ÷ what was still to be won."""
        its = self.snapshot.totals
        still_open = its.commit + its.best_case + its.upside + its.unclassified
        return coverage(still_open, its.won, self.snapshot.quota)


def in_reading_order(deals: Iterable[Spoken]) -> tuple[Spoken, ...]:
    """By group, then the largest first, the unpriced last."""
    return tuple(
        sorted(
            deals,
            key=lambda its: (
                GROUPS.index(its.group),
                its.entry.worth is None,
                -(its.entry.worth or 0),
                its.entry.close_date or date.max,
                its.entry.deal_id,
            ),
        )
    )


_GROUP_OF: Final[Mapping[Category, Group]] = {
    Category.COMMIT: "commit",
    Category.BEST_CASE: "best_case",
    Category.UPSIDE: "upside",
    Category.OMITTED: "omitted",
}
