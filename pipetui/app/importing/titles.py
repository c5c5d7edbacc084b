"""What fields, presets and values are called on the screens of an import."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from pipetui.app import words
from pipetui.deals.category import Category
from pipetui.deals.event import is_push
from pipetui.deals.fields import Value
from pipetui.language import N_, _, format, pgettext
from pipetui.language.builtin import shown

FIELDS: Final[Mapping[str, str]] = {
    "id": N_("CRM id"),
    "name": N_("name"),
    "account": N_("account"),
    "owner": N_("owner"),
    "team": N_("team"),
    "pipeline": N_("pipeline"),
    "stage": N_("stage"),
    "status": N_("status"),
    "amount": N_("amount"),
    "currency": N_("currency"),
    "probability": N_("probability"),
    "created": N_("created"),
    "close_date": N_("close date"),
    "closed": N_("closed on"),
    "last_activity": N_("last activity"),
    "last_stage_change": N_("last stage change"),
    "next_step": N_("next step"),
    "next_step_date": N_("next step date"),
    "category": N_("CRM category"),
    "lead_source": N_("lead source"),
    "type": N_("type"),
    "segment": N_("segment"),
    "loss_reason": N_("reason"),
    "description": N_("description"),
    "need": N_("need"),
    "decision_makers": N_("decision makers"),
    "budget": N_("budget"),
    "timeline": N_("timeline"),
    "risk": N_("risk"),
    "sponsor": N_("sponsor"),
}
"""The fields that a column can be."""

_OF_EVENTS: Final[Mapping[str, str]] = {
    "stage_id": "stage",
    "closed_on": "closed",
    "close_reason": "loss_reason",
    "crm_category": "category",
    "kind": "type",
}
"""Field of a deal → the field of the mapping that brings it, where they are not called alike."""
_OTHERS: Final[Mapping[str, str]] = {
    "rep_category": N_("rep's category"),
    "manager_category": N_("manager's category"),
    "missing_since": N_("missing since"),
    "resume_on": N_("resume on"),
    "levels": N_("qualification"),
}


def field(name: str) -> str:
    """A field of the mapping, for narrow columns."""
    if name == "next_step_date":
        return pgettext("short", "next step date")
    return _(FIELDS.get(name, name))


def of_deal(name: str) -> str:
    """A field of a deal."""
    return _(_OTHERS[name]) if name in _OTHERS else field(_OF_EVENTS.get(name, name))


def value(name: str, told: Value, currency: str, stages: Mapping[int, str], today: date) -> str:
    """A value of a deal's field as people read it; "–" for none."""
    if told is None or told == "":
        return _("unpriced") if name == "amount" else "–"
    if name == "stage_id" and isinstance(told, int):
        return shown(stages.get(told, "–"))
    if name == "amount" and isinstance(told, int):
        return format.money(told, currency)
    if isinstance(told, datetime):
        return format.moment(told, today)
    if isinstance(told, date):
        return format.short_date(told, today)
    if isinstance(told, float):
        return format.percent(told)
    if name.endswith("_category"):
        return words.category(Category(str(told)))
    return status(str(told)) if name == "status" else str(told)


def status(told: str) -> str:
    """Open, won or lost."""
    names = {
        "open": pgettext("status", "open"),
        "won": pgettext("status", "won"),
        "lost": pgettext("status", "lost"),
    }
    return names.get(told, told)


def pushed(name: str, old: Value, new: Value) -> str:
    """By how long a close date was pushed: "+27 d"; "" if it was not."""
    if name != "close_date" or not isinstance(old, date) or not isinstance(new, date):
        return ""
    return f"+{format.days((new - old).days)}" if is_push(old, new) else ""
