"""What somebody decided since a cleanup began, read from the history: nothing else has to be kept."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.fields import Value, decode
from pipetui.store.rows import EFFECTIVE

if TYPE_CHECKING:
    from pipetui.store.engine import Store

DECIDED: Final = frozenset(
    {
        *("stage_id", "status", "close_reason", "amount", "currency", "close_date", "owner", "levels"),
        *("next_step", "next_step_date", "resume_on", "accepted", "missing_since"),
    }
)
"""The fields of which a change is a decision."""


class Change(NamedTuple):
    """A field, from what it was before the cleanup to what it is now, and why."""

    old: Value
    new: Value
    because: str


class Decision(NamedTuple):
    """Everything that was decided about one deal."""

    deal_id: int
    changes: Mapping[str, Change]
    """By field."""

    @property
    def is_removal(self) -> bool:
        """Whether it takes the deal out of the pipeline: lost, or put aside."""
        status, rests = self.changes.get("status"), self.changes.get("resume_on")
        return (status is not None and status.new == "lost") or (rests is not None and rests.new is not None)


def read_decisions(store: "Store", since: int, by: str) -> list[Decision]:
    """What somebody decided and did not undo, in the order in which the deals were first decided about.

    Args:
        store: where.
        since: the store's revision when the cleanup began.
        by: who.

    Raises:
        Problem: the store cannot be read.
    """
    with store.reading() as run:
        rows = run(
            "SELECT e.deal_id, e.field, e.old, e.new, b.because FROM deal_event e "
            "JOIN batch b ON b.id = e.batch_id WHERE e.batch_id > :since AND b.kind = 'edit' "
            f"AND b.by = :by AND {EFFECTIVE} ORDER BY e.id",
            {"since": since, "by": by},
        )
        found: dict[int, dict[str, Change]] = {}
        for deal_id, field, old, new, because in rows:
            if field in DECIDED:
                its = found.setdefault(deal_id, {})
                first = its[field].old if field in its else decode(field, old)
                its[field] = Change(first, decode(field, new), because)
    decisions = (
        Decision(deal_id, {field: change for field, change in its.items() if change.old != change.new})
        for deal_id, its in found.items()
    )
    return [decision for decision in decisions if decision.changes]
