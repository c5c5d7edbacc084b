"""When somebody else was quicker: what that means for what is said here, in a sentence."""

from pipetui.app.call.desk import Desk
from pipetui.app.editing import name_of
from pipetui.app.meanwhile import what_changed
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.errors import Problem
from pipetui.deals.said import NOTHING_SAID, Said
from pipetui.forecast.categories import Side, category_of
from pipetui.language import _
from pipetui.store.calls import Line

_TO_THE_CALL = ("status", "stage_id", "amount", "currency", "close_date", "crm_category", "rep_category")
"""What of a deal a category rests on, beside the manager's own."""


def is_stale(problem: Problem) -> bool:
    """Whether the deal, or what was said of it, is another than it was decided on."""
    from pipetui.store.changing import Stale

    return isinstance(problem, Stale)


def is_harmless(desk: Desk, before: Deal | None, line: Line | None) -> bool:
    """Whether what has changed is nothing to the call, such as a note or a next step."""
    now = desk.pipeline.deals.get(before.id) if before else None
    if before is None or now is None:
        return False
    fresh = desk.lines.get(before.id)
    if (fresh.id if fresh else 0) != (line.id if line else 0):
        return False
    return before.manager_category is now.manager_category and all(
        getattr(before, name) == getattr(now, name) for name in _TO_THE_CALL
    )


def is_said_already(desk: Desk, deal_id: int, side: Side, category: Category, said: Said) -> bool:
    """Whether somebody else has put it into the very category, and there is nothing to add."""
    deal = desk.pipeline.deals.get(deal_id)
    if deal is None or not desk.is_reached(deal_id) or category_of(deal, side) is not category:
        return False
    return said in (NOTHING_SAID, desk.said(deal_id))


def told(problem: Problem, before: Deal | None, desk: Desk, *, again: bool = False) -> str:
    """What has happened, in a sentence; `again`: in a dialog that comes back."""
    now = desk.pipeline.deals.get(before.id) if before else None
    if not is_stale(problem) or before is None or now is None:
        return str(problem)
    line = desk.lines.get(before.id)
    values = {
        "deal": name_of(now),
        "what": what_changed(before, now, desk.pipeline) or _("what was said of it"),
        "who": line.by if line else "",
    }
    if again:
        return _("Changed meanwhile: %(what)s. Enter does it all the same.") % values
    if values["who"]:
        return _("%(deal)s was changed meanwhile by %(who)s: %(what)s.") % values
    return _("%(deal)s was changed meanwhile: %(what)s.") % values
