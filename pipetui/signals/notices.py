"""What the flags cannot know, said once instead of flagging everything on the first day."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from pipetui.deals.deal import Deal
from pipetui.language import N_, _, ngettext, quoted
from pipetui.language.builtin import shown
from pipetui.signals.context import QUALIFICATION_COLUMNS, Context
from pipetui.signals.flag import TITLES

_FACTS: Final = {
    "last_activity": ("idle", N_("last activity")),
    "close_date": ("overdue", N_("expected close date")),
    "next_step_date": ("late_action", N_("next step date")),
    "next_step": ("no_next_step", N_("next step")),
    "qualification": ("weak", N_("qualification")),
    "amount": ("unpriced", N_("amount")),
}
"""Fact → the flag that is silent without it, and what the fact is called."""


def notices(context: Context, deals: Iterable[Deal]) -> list[str]:
    """One sentence a source for the facts it does not tell, one for the stages without a measure of stalling.

    Only what concerns a deal that counts is said.
    """
    counted = [deal for deal in deals if deal.counts]
    return [*_unmapped(context, counted), *_unmeasured(context, counted), *_unknown_moves(context, counted)]


def _unmapped(context: Context, deals: list[Deal]) -> Iterable[str]:
    for source, count in sorted(Counter(deal.source for deal in deals if deal.source).items()):
        facts = context.sources[source]
        known = set(facts.mapped)
        if not QUALIFICATION_COLUMNS.isdisjoint(known):
            known.add("qualification")
        if facts.next_steps:
            known.add("next_step")
        silent = [fact for fact in _FACTS if fact not in known]
        if not silent:
            continue
        yield ngettext(
            "%(source)s (%(n)d open deal) has no column for %(facts)s: no %(flags)s until it is set here.",
            "%(source)s (%(n)d open deals) has no column for %(facts)s: no %(flags)s until it is set here.",
            count,
        ) % {
            "source": source,
            "n": count,
            "facts": ", ".join(_(_FACTS[fact][1]) for fact in silent),
            "flags": ", ".join(quoted(_(TITLES[_FACTS[fact][0]])) for fact in silent),
        }


def _unmeasured(context: Context, deals: list[Deal]) -> Iterable[str]:
    rules = [context.stages[stage_id] for stage_id in sorted({deal.stage_id for deal in deals})]
    unmeasured = [rule for rule in rules if rule.fixed is None and rule.learned is None]
    too_few = [rule for rule in unmeasured if rule.completed < context.min_sample]
    too_slow = [rule for rule in unmeasured if rule.completed >= context.min_sample]
    if too_few:
        yield _(
            "“%(flag)s” is not told in %(stages)s: the playbook gives no number of days there, "
            "and too few deals have moved on to learn one."
        ) % {
            "flag": _(TITLES["stalled"]),
            "stages": ", ".join(
                _("%(stage)s (%(n)d of %(needed)d)")
                % {"stage": shown(rule.name), "n": rule.completed, "needed": context.min_sample}
                for rule in too_few
            ),
        }
    if too_slow:
        yield _(
            "“%(flag)s” is not told in %(stages)s: the playbook gives no number of days there, "
            "and fewer than half of the deals have moved on."
        ) % {"flag": _(TITLES["stalled"]), "stages": ", ".join(shown(rule.name) for rule in too_slow)}


def _unknown_moves(context: Context, deals: list[Deal]) -> Iterable[str]:
    unknown = 0
    for deal in deals:
        rule = context.stages[deal.stage_id]
        since = deal.stage_since if rule.fixed is None else deal.moved_on
        unknown += since is None and rule.stale_since is not None
    if unknown:
        yield ngettext(
            "“%(flag)s” is not told of %(n)d deal: nobody knows yet when it last moved.",
            "“%(flag)s” is not told of %(n)d deals: nobody knows yet when they last moved.",
            unknown,
        ) % {"flag": _(TITLES["stalled"]), "n": unknown}
