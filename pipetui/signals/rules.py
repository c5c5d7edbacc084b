"""The rules. Each looks at one deal that counts and answers with what it found, or `None`.

A rule runs for every deal of the pipeline before a board is painted, so it does no more than compare;
words and dates are made on demand (`pipetui.signals.explaining`).
"""

from collections.abc import Callable, Iterable
from typing import Final

from pipetui.deals.acceptance import accepted_now
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.text import is_placeholder
from pipetui.signals.context import QUALIFICATION_COLUMNS, Context
from pipetui.signals.flag import SEVERITIES, Flag, Severity, Values
from pipetui.signals.history import WINDOW
from pipetui.signals.stages import SPONSOR, below

_QUALIFICATION_HERE: Final = QUALIFICATION_COLUMNS | {"levels"}
_NEXT_STEP_HERE: Final = frozenset({"next_step", "next_step_date"})
_SPONSOR_HERE: Final = frozenset({"sponsor", "levels"})


def stalled(deal: Deal, context: Context) -> int | None:
    """Days without a move, as many as the stage allows; learned from the team's rhythm where none are fixed.

    A fixed number counts from the last move, a learned one from the day the deal entered its stage,
    since that is what was learned.
    """
    rule = context.stages[deal.stage_id]
    since = deal.stage_since if rule.fixed is None else deal.moved_on
    if since is None or rule.stale_since is None or since > rule.stale_since:
        return None
    return context.today.toordinal() - since.toordinal()


def overdue(deal: Deal, context: Context) -> int | None:
    """Days since the expected close date, if that is before today."""
    if deal.close_date is None or deal.close_date >= context.today:
        return None
    return context.today.toordinal() - deal.close_date.toordinal()


def idle(deal: Deal, context: Context) -> int | None:
    """Days without activity, from the idle limit on.

    A next step dated after today silences it for 30 days, counted from the day the flag would have been
    raised: with a limit of 14, a deal without activity for 44 days is flagged whatever is planned. An
    unknown last activity is not an old one: silent.
    """
    last = deal.last_activity
    if last is None or last > context.idle_since:
        return None
    if (
        deal.next_step_date is not None
        and deal.next_step_date > context.today
        and last > context.silent_since
    ):
        return None
    return context.today.toordinal() - last.toordinal()


def late_action(deal: Deal, context: Context) -> int | None:
    """Days since the next step's date, if that is before today."""
    if deal.next_step_date is None or deal.next_step_date >= context.today:
        return None
    return context.today.toordinal() - deal.next_step_date.toordinal()


def no_next_step(deal: Deal, context: Context) -> tuple[str, ...] | None:
    """What is missing: the next step and its date, or the date alone where dates can be known.

    They can if the source has a column for them, or the date was set here, or the deal was made here.
    A date without a text is enough. Silent where the source knows neither and neither was set here.
    """
    if deal.next_step_date is not None:
        return None
    facts = context.sources[deal.source]
    if is_placeholder(deal.next_step):
        known = facts.next_steps or not deal.set_here.isdisjoint(_NEXT_STEP_HERE)
        return ("next_step", "next_step_date") if known else None
    return ("next_step_date",) if facts.next_step_date or "next_step_date" in deal.set_here else None


def weak(deal: Deal, context: Context) -> tuple[str, ...] | None:
    """The qualification items below the level that this stage requires, however high the sum.

    Silent where the source has no qualification column at all and no level was set here.
    """
    required = context.stages[deal.stage_id].required
    known = context.sources[deal.source].qualification or not deal.set_here.isdisjoint(_QUALIFICATION_HERE)
    if not known or not required:
        return None
    return tuple(below(deal.levels, required)) or None


def no_sponsor(deal: Deal, context: Context) -> tuple[str, ...] | None:
    """Nobody on the buyer's side is known to speak for us, in or after the first stage that asks for one.

    How well a sponsor is known is for `weak` to say. Silent where the source has no column for it and no
    level was set here.
    """
    if deal.levels[SPONSOR] != "0" or not context.stages[deal.stage_id].sponsor:
        return None
    known = context.sources[deal.source].sponsor or not deal.set_here.isdisjoint(_SPONSOR_HERE)
    return ("sponsor",) if known else None


def unpriced(deal: Deal, context: Context) -> tuple[str, ...] | None:
    """No amount, in or after the first stage that requires one."""
    if deal.amount is not None or not context.stages[deal.stage_id].amount:
        return None
    return ("amount",) if _knows_amounts(deal, context) else None


def pushed(deal: Deal, context: Context) -> int | None:
    """How often its close date was moved later, from the push limit on; moving it back undoes no push."""
    return deal.push_count if deal.push_count >= context.push_limit else None


def over_age(deal: Deal, context: Context) -> int | None:
    """Days since its creation, if nine of ten won deals were won in fewer."""
    if deal.created is None or context.old_since is None or deal.created > context.old_since:
        return None
    return context.today.toordinal() - deal.created.toordinal()


def too_soon(deal: Deal, context: Context) -> int | None:
    """Days until its close date, if nine of ten won deals needed more from this stage on.

    A close date before today is `overdue` and nothing else.
    """
    earliest = context.stages[deal.stage_id].earliest
    if earliest is None or deal.close_date is None or not context.today <= deal.close_date < earliest:
        return None
    return deal.close_date.toordinal() - context.today.toordinal()


def shrunk(deal: Deal, context: Context) -> int | None:
    """The highest amount in force in the last 30 days, if a fifth of it or more is gone."""
    steps = context.history.steps.get(deal.id)
    if steps is None or deal.amount is None:
        return None
    first = context.today.toordinal() - WINDOW
    highest = max((step.amount for step in steps if step.until.toordinal() >= first), default=0)
    return highest if highest > 0 and 5 * (highest - deal.amount) >= highest else None


def gate(deal: Deal, context: Context) -> tuple[str, ...] | None:
    """What contradicts a commit: the names of `overdue`, `weak`, `pushed`, `unpriced`, `no_next_step`,
    and "outside_period" for a close date after the current fiscal quarter, or none.

    A commit is in doubt without an amount in whatever stage, where amounts can be known.
    """
    if (deal.manager_category or deal.rep_category or deal.crm_category) is not Category.COMMIT:
        return None
    found = []
    if overdue(deal, context) is not None:
        found.append("overdue")
    if weak(deal, context) is not None:
        found.append("weak")
    if _is_outside(deal, context):
        found.append("outside_period")
    if pushed(deal, context) is not None:
        found.append("pushed")
    if deal.amount is None and _knows_amounts(deal, context):
        found.append("unpriced")
    if no_next_step(deal, context) is not None:
        found.append("no_next_step")
    return tuple(found) or None


def _is_outside(deal: Deal, context: Context) -> bool:
    if deal.close_date is not None:
        return deal.close_date > context.quarter.end
    return context.sources[deal.source].close_date or "close_date" in deal.set_here


def _knows_amounts(deal: Deal, context: Context) -> bool:
    return context.sources[deal.source].amount or "amount" in deal.set_here


RULES: Final[dict[str, Callable[[Deal, Context], Values | None]]] = {
    "stalled": stalled,
    "overdue": overdue,
    "gate": gate,
    "idle": idle,
    "late_action": late_action,
    "no_next_step": no_next_step,
    "weak": weak,
    "pushed": pushed,
    "over_age": over_age,
    "too_soon": too_soon,
    "shrunk": shrunk,
    "no_sponsor": no_sponsor,
    "unpriced": unpriced,
}


class _Made(dict[Values, Flag]):
    """What a rule found → its flag: one object for all deals of which the same is to be said."""

    def __init__(self, name: str, severity: Severity) -> None:
        super().__init__()
        self.name = name
        self.severity = severity

    def __missing__(self, values: Values) -> Flag:
        flag = self[values] = Flag(self.name, self.severity, values)
        return flag


_SEVERE: Final = tuple(name for name, severity in SEVERITIES.items() if severity is Severity.HIGH)
_IN_ORDER: Final = tuple((RULES[name], _Made(name, severity)) for name, severity in SEVERITIES.items())


def flags_of(deal: Deal, context: Context) -> tuple[Flag, ...]:
    """The flags of a deal, the worst first; none if it does not count (closed, missing, in nurture).

    Those that somebody has settled for now are left out.
    """
    if not deal.counts:
        return ()
    found = _raised(deal, context)
    if deal.accepted and found:
        settled = accepted_now(deal, context.today)
        return tuple([flag for flag in found if flag.name not in settled])
    return tuple(found)


def is_severe(deal: Deal, context: Context) -> bool:
    """Whether a deal that counts has a severe flag that nobody has settled; cheaper than `flags_of`."""
    found = [name for name in _SEVERE if RULES[name](deal, context) is not None]
    return bool(found) and not (deal.accepted and accepted_now(deal, context.today).keys() >= {*found})


def settled_flags_of(deal: Deal, context: Context) -> tuple[Flag, ...]:
    """The flags that a deal would have if somebody had not settled them for now, the worst first."""
    if not deal.accepted or not deal.counts:
        return ()
    settled = accepted_now(deal, context.today)
    return tuple([flag for flag in _raised(deal, context) if flag.name in settled])


def _raised(deal: Deal, context: Context) -> list[Flag]:
    found = []
    for rule, flags in _IN_ORDER:
        values = rule(deal, context)
        if values is not None:
            found.append(flags[values])
    return found


def flags_by_deal(deals: Iterable[Deal], context: Context) -> dict[int, tuple[Flag, ...]]:
    """The flags of every deal that has any, by deal id."""
    return {deal.id: flags for deal in deals if (flags := flags_of(deal, context))}
