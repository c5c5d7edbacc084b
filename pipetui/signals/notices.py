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
    "last_activity": (("idle",), N_("last activity")),
    "close_date": (("overdue", "pushed", "too_soon"), N_("expected close date")),
    "next_step_date": (("late_action",), N_("next step date")),
    "next_step": (("no_next_step",), N_("next step")),
    "qualification": (("weak",), N_("qualification")),
    "sponsor": (("no_sponsor",), N_("sponsor")),
    "amount": (("unpriced", "shrunk"), N_("amount")),
    "created": (("over_age",), N_("creation date")),
}
"""Fact → the flags that are silent without it, and what the fact is called."""


def notices(context: Context, deals: Iterable[Deal]) -> list[str]:
    """One sentence a source for the facts it does not tell, and one for each measure that is not learned yet.

    Only what concerns a deal that counts is said.
    """
    counted = [deal for deal in deals if deal.counts]
    found = [*_unmapped(context, counted)]
    if context.is_learned:
        found += [*_unmeasured(context, counted), *_few_wins(context, counted)]
    return [*found, *_unknown_moves(context, counted)]


def _unmapped(context: Context, deals: list[Deal]) -> Iterable[str]:
    for source, count in sorted(Counter(deal.source for deal in deals if deal.source).items()):
        facts = context.sources[source]
        known = set(facts.mapped)
        if not QUALIFICATION_COLUMNS.isdisjoint(known):
            known.add("qualification")
        if facts.next_steps:
            known.add("next_step")
        if not any(rule.sponsor for rule in context.stages.values()):
            known.add("sponsor")
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
            "flags": ", ".join(quoted(_(TITLES[flag])) for fact in silent for flag in _FACTS[fact][0]),
        }


def _unmeasured(context: Context, deals: list[Deal]) -> Iterable[str]:
    rules = [context.stages[stage_id] for stage_id in sorted({deal.stage_id for deal in deals})]
    unmeasured = [rule for rule in rules if rule.fixed is None and rule.learned is None]
    too_few = [rule for rule in unmeasured if rule.pace.completed < context.min_sample]
    too_slow = [rule for rule in unmeasured if rule.pace.completed >= context.min_sample]
    if too_few:
        yield _(
            "“%(flag)s” is not told in %(stages)s: the playbook gives no number of days there, "
            "and too few deals have moved on to learn one."
        ) % {
            "flag": _(TITLES["stalled"]),
            "stages": ", ".join(
                _("%(stage)s (%(n)d of %(needed)d)")
                % {"stage": shown(rule.name), "n": rule.pace.completed, "needed": context.min_sample}
                for rule in too_few
            ),
        }
    if too_slow:
        yield _(
            "“%(flag)s” is not told in %(stages)s: the playbook gives no number of days there, "
            "and fewer than half of the deals have moved on."
        ) % {"flag": _(TITLES["stalled"]), "stages": ", ".join(shown(rule.name) for rule in too_slow)}


def _few_wins(context: Context, deals: list[Deal]) -> Iterable[str]:
    won, needed = context.history.rhythm.won, context.min_sample
    if deals and won < needed:
        yield _(
            "“%(flag)s” is learned from won deals whose creation is known: %(n)d of %(needed)d so far."
        ) % {"flag": _(TITLES["over_age"]), "n": won, "needed": needed}
    rules = [context.stages[stage_id] for stage_id in sorted({deal.stage_id for deal in deals})]
    too_few = [rule for rule in rules if rule.pace.won < needed]
    if too_few:
        yield _(
            "“%(flag)s” is learned from won deals whose day of entry into the stage is known; "
            "too few so far in %(stages)s."
        ) % {
            "flag": _(TITLES["too_soon"]),
            "stages": ", ".join(
                _("%(stage)s (%(n)d of %(needed)d)")
                % {"stage": shown(rule.name), "n": rule.pace.won, "needed": needed}
                for rule in too_few
            ),
        }


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
