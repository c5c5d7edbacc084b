"""What an edit makes of a deal and of what is said of it: as it stands in the store (`store.calling`)."""

from datetime import datetime

from pipetui.deals.deal import Deal
from pipetui.deals.edits import Classify, Say
from pipetui.deals.said import NOTHING_SAID, Said
from pipetui.store.calls import Line


def with_condition_of(said: Said, other: Said) -> Said:
    """What is said, with the condition of something else that is."""
    return said._replace(
        condition=other.condition, condition_by=other.condition_by, condition_owner=other.condition_owner
    )


def classified(deal: Deal, edit: Classify) -> Deal:
    """The deal as the store holds it after an edit; the same if it is in that category already."""
    field = f"{edit.side}_category"
    if getattr(deal, field) is edit.category:
        return deal
    deal = deal._replace(version=deal.version + 1, set_here=deal.set_here | {field})
    if edit.side == "rep":
        return deal._replace(rep_category=edit.category)
    return deal._replace(manager_category=edit.category)


def line_after(before: Line | None, edit: Classify | Say, line_id: int, at: datetime, by: str) -> Line:
    """What stands in the store after an edit (`store.calling`)."""
    line = before or Line(
        0, edit.deal_id, None, None, NOTHING_SAID, waiting=False, reached=False, at=at, by=by
    )
    line = line._replace(id=line_id, at=at, by=by, said=line.said if edit.said is None else edit.said)
    if isinstance(edit, Say):
        return line._replace(
            waiting=line.waiting if edit.waiting is None else edit.waiting,
            reached=line.reached if edit.reached is None else edit.reached,
        )
    line = line._replace(waiting=False, reached=True)
    return line._replace(rep=edit.category) if edit.side == "rep" else line._replace(manager=edit.category)
