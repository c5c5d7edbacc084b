"""The words of those flags that rest on what happened to this deal, and to all of them."""

from math import ceil, floor

from pipetui.deals.deal import Deal
from pipetui.language import _, ngettext
from pipetui.language.builtin import shown
from pipetui.language.format import money, percent
from pipetui.signals.context import Context
from pipetui.signals.explanation import Explanation, currency_of, major, number_of, on
from pipetui.signals.flag import Flag
from pipetui.signals.history import WINDOW, Push
from pipetui.signals.stages import StageRule


def stalled(flag: Flag, deal: Deal, context: Context) -> Explanation:
    """By the playbook's number of days, or by the team's rhythm."""
    rule = context.stages[deal.stage_id]
    days = number_of(flag)
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
        evidence % {"days": days, "stage": shown(rule.name), "since": on(deal.moved_on, context)},
        {"days": days, "stage": rule.name, "since": deal.moved_on},
        threshold % {"days": rule.fixed, "stage": shown(rule.name)},
        {"days": rule.fixed, "from": "playbook"},
        fix,
    )


def _stalled_by_rhythm(rule: StageRule, deal: Deal, days: int, fix: str) -> Explanation:
    pace, limit = rule.pace, rule.learned or 0
    if pace.nine_of_ten is None:
        evidence = ngettext(
            "%(days)d day in %(stage)s; half of your deals move on within %(median)d (n = %(n)d)",
            "%(days)d days in %(stage)s; half of your deals move on within %(median)d (n = %(n)d)",
            days,
        )
    else:
        evidence = ngettext(
            "%(days)d day in %(stage)s; half of your deals move on within %(median)d, "
            "nine of ten within %(nine)d (n = %(n)d)",
            "%(days)d days in %(stage)s; half of your deals move on within %(median)d, "
            "nine of ten within %(nine)d (n = %(n)d)",
            days,
        )
    threshold = ngettext(
        "from %(days)d day on: 1.5 times the median time in %(stage)s, learned from your history",
        "from %(days)d days on: 1.5 times the median time in %(stage)s, learned from your history",
        limit,
    )
    return Explanation(
        evidence
        % {
            "days": days,
            "stage": shown(rule.name),
            "median": pace.median,
            "nine": pace.nine_of_ten,
            "n": pace.completed,
        },
        {
            "days": days,
            "stage": rule.name,
            "since": deal.stage_since,
            "median_days": pace.median,
            "nine_of_ten_days": pace.nine_of_ten,
            "n": pace.completed,
        },
        threshold % {"days": limit, "stage": shown(rule.name)},
        {"days": limit, "from": "history"},
        fix,
    )


def pushed(flag: Flag, deal: Deal, context: Context) -> Explanation:
    """How often and from when to when; what went out of the current quarter is counted apart."""
    pushes = context.history.pushes.get(deal.id, ())
    end = context.quarter.end
    across = sum(push.old <= end < push.new for push in pushes)
    times = number_of(flag)
    text = ngettext("pushed %(n)d time", "pushed %(n)d times", times) % {"n": times}
    if pushes:
        text = _("%(pushed)s: %(dates)s") % {"pushed": text, "dates": _chain(pushes, context)}
    if across:
        apart = _("%(n)d of them out of the quarter") % {"n": across}
        text = f"{text} · {apart}"
    threshold = ngettext(
        "from %(n)d push on, by the playbook", "from %(n)d pushes on, by the playbook", context.push_limit
    )
    return Explanation(
        text,
        {
            "pushes": times,
            "dates": [{"on": push.on, "from": push.old, "to": push.new} for push in pushes],
            "across_period": across,
            "period": context.quarter.name,
        },
        threshold % {"n": context.push_limit},
        {"pushes": context.push_limit, "from": "playbook"},
        _("Ask the buyer what has to happen by which day, and date it by that; without an answer, nurture."),
    )


def _chain(pushes: tuple[Push, ...], context: Context) -> str:
    """ "30 Sep → 31 Oct → 30 Nov"; where the date was brought forward between two, a new chain."""
    chains: list[list[str]] = []
    last = None
    for push in pushes:
        if push.old != last:
            chains.append([on(push.old, context)])
        chains[-1].append(on(push.new, context))
        last = push.new
    return ", ".join(" → ".join(chain) for chain in chains)


def over_age(flag: Flag, deal: Deal, context: Context) -> Explanation:
    """Its age against that of the deals that were won."""
    rhythm, days = context.history.rhythm, number_of(flag)
    longest = floor(rhythm.cycle or 0)
    evidence = ngettext(
        "%(days)d day old, created on %(since)s; nine of ten won deals took at most %(most)d (n = %(n)d)",
        "%(days)d days old, created on %(since)s; nine of ten won deals took at most %(most)d (n = %(n)d)",
        days,
    )
    threshold = ngettext(
        "over %(days)d day: older than nine of ten deals that you have won, learned from your history",
        "over %(days)d days: older than nine of ten deals that you have won, learned from your history",
        longest,
    )
    return Explanation(
        evidence % {"days": days, "since": on(deal.created, context), "most": longest, "n": rhythm.won},
        {"days": days, "created": deal.created, "p90_days": rhythm.cycle, "n": rhythm.won},
        threshold % {"days": longest},
        {"days": longest, "from": "history"},
        _("Ask if there still is a decision to make, who makes it and when; if nobody can say, nurture."),
    )


def too_soon(flag: Flag, deal: Deal, context: Context) -> Explanation:
    """The time that is left against the time that won deals needed."""
    rule, days = context.stages[deal.stage_id], number_of(flag)
    least = ceil(rule.pace.remaining or 0)
    evidence = ngettext(
        "closes in %(days)d day, on %(date)s; from %(stage)s on, nine of ten won deals needed at least "
        "%(least)d (n = %(n)d)",
        "closes in %(days)d days, on %(date)s; from %(stage)s on, nine of ten won deals needed at least "
        "%(least)d (n = %(n)d)",
        days,
    )
    threshold = ngettext(
        "closer than %(days)d day, learned from the deals that you have won",
        "closer than %(days)d days, learned from the deals that you have won",
        least,
    )
    return Explanation(
        evidence
        % {
            "days": days,
            "date": on(deal.close_date, context),
            "stage": shown(rule.name),
            "least": least,
            "n": rule.pace.won,
        },
        {
            "days": days,
            "close_date": deal.close_date,
            "stage": rule.name,
            "p10_days": rule.pace.remaining,
            "n": rule.pace.won,
        },
        threshold % {"days": least},
        {"days": least, "from": "history"},
        _("List what the buyer still has to do until the signature, and date the close by that."),
    )


def shrunk(flag: Flag, deal: Deal, context: Context) -> Explanation:
    """What it was worth, until when, and what it is worth now."""
    was, now = number_of(flag), deal.amount or 0
    currency = currency_of(deal, context)
    until = max(step.until for step in context.history.steps[deal.id] if step.amount == was)
    gone = round((was - now) / was, 4)
    return Explanation(
        _("%(now)s instead of %(was)s until %(date)s: %(part)s less")
        % {
            "now": money(now, currency),
            "was": money(was, currency),
            "date": on(until, context),
            "part": percent(gone),
        },
        {"amount": major(now, currency), "was": major(was, currency), "until": until, "fell_by": gone},
        _("a fifth of the amount gone within %(days)d days") % {"days": WINDOW},
        {"fell_by": 0.2, "days": WINDOW},
        _("Find out what the buyer has given up and why, and whether the rest still meets the need."),
    )
