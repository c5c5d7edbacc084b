"""What was said of a deal last time, as far as it still holds."""

from collections.abc import Collection
from datetime import date

from pipetui.deals.category import Category
from pipetui.forecast.calls.entry import NOTHING_SAID, CallEntry, Said
from pipetui.forecast.categories import Side


def carried(
    last: CallEntry | None,
    category: Category,
    contradictions: Collection[str],
    today: date,
    side: Side = "rep",
) -> Said:
    """What of the last call need not be typed anew: a reason and a condition that are still true.

    They are if the same side put the deal into the same category then, and if no fact contradicts it now
    that did not then. A condition whose day is over has to be said anew. Notes stay where they were made.

    Args:
        last: the deal in the last call that held it.
        category: the one it is put into now.
        contradictions: the facts that speak against that (`gate.contradictions`).
        today: the day of the call.
        side: whose call.
    """
    if last is None or last.category_of(side) is not category:
        return NOTHING_SAID
    said = last.said._replace(note="")
    if not set(contradictions) <= set(last.contradictions):
        said = said._replace(reason="", override_reason="")
    if category is not Category.BEST_CASE:
        return said._replace(condition="", condition_by=None, condition_owner="")
    if said.condition_by is None or said.condition_by < today:
        return said._replace(condition_by=None)
    return said
