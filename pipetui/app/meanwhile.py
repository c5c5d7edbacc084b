"""What somebody else has changed in a deal, in a few words."""

from datetime import date

from pipetui.app import words
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.language import N_, _, format
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline

_TOLD = {
    "stage_id": N_("stage"),
    "amount": N_("amount"),
    "close_date": N_("close date"),
    "owner": N_("owner"),
    "category": N_("category"),
    "next_step": N_("next step"),
    "next_step_date": N_("next step date"),
    "name": N_("name"),
    "account": N_("account"),
    "close_reason": N_("reason"),
    "resume_on": N_("resume on"),
}
"""Field or property of a deal → its name; from what to what is told, in this order."""
_NAMED = {"levels": N_("qualification"), "currency": N_("currency"), "accepted": N_("flags that rest")}
"""Those of which it is only told that they have changed."""


def what_changed(before: Deal, after: Deal, pipeline: Pipeline) -> str:
    """ "amount €46,000.00 → €40,000.00, owner Marc → Claire"; "" if nothing that a screen shows."""
    told = [
        f"{_(label)} {_value(field, before, pipeline)} → {_value(field, after, pipeline)}"
        for field, label in _TOLD.items()
        if getattr(before, field) != getattr(after, field)
    ]
    told += [_(label) for field, label in _NAMED.items() if getattr(before, field) != getattr(after, field)]
    return ", ".join(told)


def _value(field: str, deal: Deal, pipeline: Pipeline) -> str:
    value = getattr(deal, field)
    if field == "stage_id":
        return shown(pipeline.stages[value].name)
    if field == "amount":
        return _("unpriced") if value is None else format.money(value, deal.currency or pipeline.currency)
    if isinstance(value, date):
        return format.short_date(value, pipeline.today)
    if isinstance(value, Category):
        return words.category(value)
    return str(value or "–")
