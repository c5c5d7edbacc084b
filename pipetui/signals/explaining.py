"""The words of a flag: its evidence, its threshold and what to do, in the language in use."""

from collections.abc import Mapping
from typing import Final

from pipetui.deals import qualification
from pipetui.deals.deal import Deal
from pipetui.deals.text import is_placeholder
from pipetui.language import _, labelled, ngettext
from pipetui.language.builtin import shown
from pipetui.signals.context import Context
from pipetui.signals.explaining_commits import gate
from pipetui.signals.explaining_history import over_age, pushed, shrunk, stalled, too_soon
from pipetui.signals.explanation import (
    ITEM_TITLES,
    LEVEL_TITLES,
    Explanation,
    names_of,
    number_of,
    on,
    title_of,
)
from pipetui.signals.flag import Flag
from pipetui.signals.stages import StageRule

__all__ = ["ITEM_TITLES", "LEVEL_TITLES", "Explanation", "explain", "title_of"]


def explain(flag: Flag, deal: Deal, context: Context) -> Explanation:
    """The evidence, threshold and fix of a flag that `flags_of` raised for this deal in this context."""
    return _EXPLAIN[flag.name](flag, deal, context)


def _overdue(flag: Flag, deal: Deal, context: Context) -> Explanation:
    days = number_of(flag)
    evidence = ngettext(
        "expected to close on %(date)s, %(days)d day ago",
        "expected to close on %(date)s, %(days)d days ago",
        days,
    )
    return Explanation(
        evidence % {"date": on(deal.close_date, context), "days": days},
        {"close_date": deal.close_date, "days": days},
        _("the close date of an open deal is today or later"),
        {"today": context.today},
        _("Close it, or re-date it with evidence from the buyer."),
    )


def _idle(flag: Flag, deal: Deal, context: Context) -> Explanation:
    days = number_of(flag)
    evidence = ngettext(
        "no activity for %(days)d day, since %(since)s",
        "no activity for %(days)d days, since %(since)s",
        days,
    )
    threshold = ngettext(
        "idle from %(days)d day without activity on",
        "idle from %(days)d days without activity on",
        context.idle_days,
    )
    return Explanation(
        evidence % {"days": days, "since": on(deal.last_activity, context)},
        {"days": days, "last_activity": deal.last_activity},
        threshold % {"days": context.idle_days},
        {"days": context.idle_days, "from": "playbook"},
        _("Contact the buyer, or agree on a next step with a date."),
    )


def _late_action(flag: Flag, deal: Deal, context: Context) -> Explanation:
    days = number_of(flag)
    if is_placeholder(deal.next_step):
        evidence = ngettext(
            "the next step was due on %(date)s, %(days)d day ago",
            "the next step was due on %(date)s, %(days)d days ago",
            days,
        )
    else:
        evidence = ngettext(
            "“%(step)s” was due on %(date)s, %(days)d day ago",
            "“%(step)s” was due on %(date)s, %(days)d days ago",
            days,
        )
    return Explanation(
        evidence % {"step": deal.next_step, "date": on(deal.next_step_date, context), "days": days},
        {"next_step": deal.next_step, "next_step_date": deal.next_step_date, "days": days},
        _("a next step is due today or later"),
        {"today": context.today},
        _("Do it, or say what comes next and when."),
    )


def _no_next_step(flag: Flag, deal: Deal, _context: Context) -> Explanation:
    if not is_placeholder(deal.next_step):
        evidence = _("“%(step)s” has no date") % {"step": deal.next_step}
    elif deal.next_step:
        evidence = _("“%(step)s” is no next step, and there is no date") % {"step": deal.next_step}
    else:
        evidence = _("no next step and no date")
    return Explanation(
        evidence,
        {"next_step": deal.next_step, "missing": names_of(flag)},
        _("an open deal has a next step with a date"),
        {},
        _("Agree with the buyer on what happens next, and when."),
    )


def _weak(flag: Flag, deal: Deal, context: Context) -> Explanation:
    rule = context.stages[deal.stage_id]
    missing = names_of(flag)
    asked = {item: int(lowest) for _index, lowest, item in rule.required}
    levels = {item: qualification.level(deal.levels, item) for item in missing}
    wanted = {item: asked[item] for item in missing}
    return Explanation(
        _by_level(levels, rule),
        {"missing": missing, "levels": levels},
        _("%(stage)s requires %(levels)s") % {"stage": shown(rule.name), "levels": _by_level(wanted, rule)},
        {"stage": rule.name, "levels": wanted},
        _("Find out with the buyer: %(items)s.")
        % {"items": ", ".join(title_of(item, rule) for item in missing)},
    )


def _by_level(levels: Mapping[str, int], rule: StageRule) -> str:
    """Items with their levels, each level said once: "need, budget: stated by us · timeline: unknown"."""
    titles: dict[int, list[str]] = {}
    for item, level in levels.items():
        titles.setdefault(level, []).append(title_of(item, rule))
    return " · ".join(labelled(", ".join(items), _(LEVEL_TITLES[level])) for level, items in titles.items())


def _no_sponsor(_flag: Flag, deal: Deal, context: Context) -> Explanation:
    rule = context.stages[deal.stage_id]
    return Explanation(
        _("nobody is known to speak for us at the buyer's, in %(stage)s") % {"stage": shown(rule.name)},
        {"level": qualification.UNKNOWN, "stage": rule.name},
        _("the playbook asks for a sponsor from here on, or from an earlier stage on"),
        {"stage": rule.name, "level": qualification.STATED},
        _("Find the person who gains most from it, and ask them what they would do for it inside."),
    )


def _unpriced(_flag: Flag, deal: Deal, context: Context) -> Explanation:
    rule = context.stages[deal.stage_id]
    return Explanation(
        _("no amount in %(stage)s") % {"stage": shown(rule.name)},
        {"amount": None, "stage": rule.name},
        _("the playbook asks for an amount here"),
        {"stage": rule.name},
        _("Put an amount on it, even a rough one."),
    )


_EXPLAIN: Final = {
    "stalled": stalled,
    "overdue": _overdue,
    "gate": gate,
    "idle": _idle,
    "late_action": _late_action,
    "no_next_step": _no_next_step,
    "weak": _weak,
    "pushed": pushed,
    "over_age": over_age,
    "too_soon": too_soon,
    "shrunk": shrunk,
    "no_sponsor": _no_sponsor,
    "unpriced": _unpriced,
}
