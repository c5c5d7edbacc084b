"""The words of a commit that its own facts contradict."""

from collections.abc import Callable
from typing import Final

from pipetui.deals.deal import Deal
from pipetui.deals.text import is_placeholder
from pipetui.language import _, labelled, ngettext
from pipetui.signals.context import Context
from pipetui.signals.explanation import Explanation, names_of, on, title_of
from pipetui.signals.flag import Flag
from pipetui.signals.stages import below


def gate(flag: Flag, deal: Deal, context: Context) -> Explanation:
    """Everything that contradicts it."""
    reasons = names_of(flag)
    told = " · ".join(_REASONS[reason](deal, context) for reason in reasons)
    return Explanation(
        labelled(_("commit"), told),
        {"category": "commit", "reasons": reasons, "period": context.quarter.name},
        _(
            "a commit is qualified as its stage asks, priced, dated within %(period)s, "
            "pushed less often than the limit, and has a next step"
        )
        % {"period": context.quarter.name},
        {"period": context.quarter.name, "pushes": context.push_limit},
        _("Settle what is missing before the call, or take it out of commit."),
    )


def _overdue(deal: Deal, context: Context) -> str:
    return _("close date %(date)s is past") % {"date": on(deal.close_date, context)}


def _weak(deal: Deal, context: Context) -> str:
    rule = context.stages[deal.stage_id]
    missing = below(deal.levels, rule.required)
    return labelled(_("weakly qualified"), ", ".join(title_of(item, rule) for item in missing))


def _outside(deal: Deal, context: Context) -> str:
    if deal.close_date is None:
        return _("no close date")
    return _("closes on %(date)s, after the quarter") % {"date": on(deal.close_date, context)}


def _pushed(deal: Deal, _context: Context) -> str:
    times = deal.push_count
    return ngettext("pushed %(n)d time", "pushed %(n)d times", times) % {"n": times}


def _unpriced(_deal: Deal, _context: Context) -> str:
    return _("no amount")


def _no_next_step(deal: Deal, _context: Context) -> str:
    return _("no next step") if is_placeholder(deal.next_step) else _("next step without a date")


_REASONS: Final[dict[str, Callable[[Deal, Context], str]]] = {
    "overdue": _overdue,
    "weak": _weak,
    "outside_period": _outside,
    "pushed": _pushed,
    "unpriced": _unpriced,
    "no_next_step": _no_next_step,
}
