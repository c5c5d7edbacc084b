"""The words of a flag: its evidence, its threshold and what to do, in the language in use."""

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from pipetui.deals import qualification
from pipetui.deals.deal import Deal
from pipetui.deals.text import is_placeholder
from pipetui.language import N_, _, labelled, ngettext
from pipetui.language.builtin import shown
from pipetui.language.format import short_date
from pipetui.signals.context import Context, StageRule
from pipetui.signals.flag import Flag

Figures = Mapping[str, object]
"""Figures by English name: numbers, days, lists of names."""

ITEM_TITLES: Final = {
    "need": N_("need"),
    "decision_makers": N_("decision makers"),
    "budget": N_("budget"),
    "timeline": N_("timeline"),
    "risk": N_("risk"),
    "next_step": N_("next step"),
    "sponsor": N_("sponsor"),
}
"""What a qualification item is called; translate it where it is shown."""

LEVEL_TITLES: Final = (
    N_("unknown"),
    N_("stated by us"),
    N_("confirmed by the buyer"),
    N_("evidenced by the buyer"),
)
"""What a qualification level is called, 0–3; translate it where it is shown."""


class Explanation(NamedTuple):
    """Why a deal is flagged."""

    evidence_text: str
    evidence_values: Figures
    threshold_text: str
    threshold_values: Figures
    fix: str


def explain(flag: Flag, deal: Deal, context: Context) -> Explanation:
    """The evidence, threshold and fix of a flag that `flags_of` raised for this deal in this context."""
    return _EXPLAIN[flag.name](flag, deal, context)


def _stalled(flag: Flag, deal: Deal, context: Context) -> Explanation:
    rule = context.stages[deal.stage_id]
    days = _days(flag)
    fix = _(
        "Decide: lost, nurture, a stage back, a new date with evidence, or keep it with a dated next step."
    )
    if rule.fixed is None:
        return _stalled_by_rhythm(rule, deal, days, fix)
    evidence = ngettext(
        "%(days)d day in %(stage)s without a move, since %(since)s",
        "%(days)d days in %(stage)s without a move, since %(since)s",
        days,
    )
    threshold = ngettext(
        "the playbook allows %(days)d day without a move in %(stage)s",
        "the playbook allows %(days)d days without a move in %(stage)s",
        rule.fixed,
    )
    return Explanation(
        evidence % {"days": days, "stage": shown(rule.name), "since": _on(deal.moved_on, context)},
        {"days": days, "stage": rule.name, "since": deal.moved_on},
        threshold % {"days": rule.fixed, "stage": shown(rule.name)},
        {"days": rule.fixed, "from": "playbook"},
        fix,
    )


def _stalled_by_rhythm(rule: StageRule, deal: Deal, days: int, fix: str) -> Explanation:
    median, limit = rule.median or 0, rule.learned or 0
    evidence = ngettext(
        "%(days)d day in %(stage)s; half of your deals move on within %(median)d (n = %(n)d)",
        "%(days)d days in %(stage)s; half of your deals move on within %(median)d (n = %(n)d)",
        days,
    )
    threshold = ngettext(
        "from %(days)d day on: 1.5 times the median time in %(stage)s, learned from your history",
        "from %(days)d days on: 1.5 times the median time in %(stage)s, learned from your history",
        limit,
    )
    return Explanation(
        evidence % {"days": days, "stage": shown(rule.name), "median": median, "n": rule.completed},
        {
            "days": days,
            "stage": rule.name,
            "since": deal.stage_since,
            "median_days": median,
            "n": rule.completed,
        },
        threshold % {"days": limit, "stage": shown(rule.name)},
        {"days": limit, "from": "history"},
        fix,
    )


def _overdue(flag: Flag, deal: Deal, context: Context) -> Explanation:
    days = _days(flag)
    evidence = ngettext(
        "expected to close on %(date)s, %(days)d day ago",
        "expected to close on %(date)s, %(days)d days ago",
        days,
    )
    return Explanation(
        evidence % {"date": _on(deal.close_date, context), "days": days},
        {"close_date": deal.close_date, "days": days},
        _("the close date of an open deal is today or later"),
        {"today": context.today},
        _("Close it, or re-date it with evidence from the buyer."),
    )


def _idle(flag: Flag, deal: Deal, context: Context) -> Explanation:
    days = _days(flag)
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
        evidence % {"days": days, "since": _on(deal.last_activity, context)},
        {"days": days, "last_activity": deal.last_activity},
        threshold % {"days": context.idle_days},
        {"days": context.idle_days, "from": "playbook"},
        _("Contact the buyer, or agree on a next step with a date."),
    )


def _late_action(flag: Flag, deal: Deal, context: Context) -> Explanation:
    days = _days(flag)
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
        evidence % {"step": deal.next_step, "date": _on(deal.next_step_date, context), "days": days},
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
        {"next_step": deal.next_step, "missing": _missing(flag)},
        _("an open deal has a next step with a date"),
        {},
        _("Agree with the buyer on what happens next, and when."),
    )


def _weak(flag: Flag, deal: Deal, context: Context) -> Explanation:
    rule = context.stages[deal.stage_id]
    missing = _missing(flag)
    asked = {item: int(lowest) for _index, lowest, item in rule.required}
    levels = {item: qualification.level(deal.levels, item) for item in missing}
    parts = [labelled(_(ITEM_TITLES[item]), _(LEVEL_TITLES[levels[item]])) for item in missing]
    wanted = [labelled(_(ITEM_TITLES[item]), _(LEVEL_TITLES[asked[item]])) for item in missing]
    return Explanation(
        " · ".join(parts),
        {"missing": missing, "levels": levels},
        _("%(stage)s requires %(levels)s") % {"stage": shown(rule.name), "levels": " · ".join(wanted)},
        {"stage": rule.name, "levels": {item: asked[item] for item in missing}},
        _("Find out with the buyer: %(items)s.")
        % {"items": ", ".join(_(ITEM_TITLES[item]) for item in missing)},
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
    "stalled": _stalled,
    "overdue": _overdue,
    "idle": _idle,
    "late_action": _late_action,
    "no_next_step": _no_next_step,
    "weak": _weak,
    "unpriced": _unpriced,
}


def _days(flag: Flag) -> int:
    return flag.values if isinstance(flag.values, int) else 0


def _missing(flag: Flag) -> tuple[str, ...]:
    return flag.values if isinstance(flag.values, tuple) else ()


def _on(day: date | None, context: Context) -> str:
    return "" if day is None else short_date(day, context.today)
