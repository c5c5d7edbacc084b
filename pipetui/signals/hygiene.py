"""How clean a pipeline is, and whose part of it."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.signals.context import Context
from pipetui.signals.flag import Flag, Severity
from pipetui.signals.stages import below

Group = Callable[[Deal], str]
"""What somebody's part is told apart by."""


class Hygiene(NamedTuple):
    """How many of the deals that count are in order."""

    score: float | None
    """0–1: the share with every required item at its level, a next step dated after today and no severe
    flag that nobody has settled; `None` without deals."""
    open: int
    flagged: int
    """Deals with any flag."""
    amount_score: float | None
    """0–1: the same share of their amount; `None` if none has one."""
    amount: int
    """Of all of them, in minor units of the reporting currency; without what is unpriced or has no rate."""


def hygiene(
    deals: Iterable[Deal], flags: Mapping[int, tuple[Flag, ...]], context: Context, rates: Rates
) -> Hygiene:
    """The hygiene of the deals that count among those given.

    Args:
        deals: open and closed ones.
        flags: by deal id (`signals.rules.flags_by_deal`).
        context: what the rules know.
        rates: the playbook's conversion into the reporting currency.
    """
    count = clean = flagged = amount = clean_amount = 0
    for deal in deals:
        if not deal.counts:
            continue
        its = flags.get(deal.id, ())
        is_severe = any(flag.severity is Severity.HIGH for flag in its)
        is_clean = not is_severe and is_ready(deal, context)
        its_worth = worth(deal, rates)
        count += 1
        flagged += bool(its)
        clean += is_clean
        amount += its_worth
        clean_amount += its_worth if is_clean else 0
    return Hygiene(
        clean / count if count else None,
        count,
        flagged,
        clean_amount / amount if amount else None,
        amount,
    )


def hygiene_by(
    group: Group,
    deals: Iterable[Deal],
    flags: Mapping[int, tuple[Flag, ...]],
    context: Context,
    rates: Rates,
) -> dict[str, Hygiene]:
    """The hygiene of each owner, team or pipeline, in the order of their names; "" is of nobody."""
    parts: dict[str, list[Deal]] = {}
    for deal in deals:
        if deal.counts:
            parts.setdefault(group(deal), []).append(deal)
    return {
        name: hygiene(parts[name], flags, context, rates)
        for name in sorted(parts, key=lambda name: (name.casefold(), name))
    }


def by_owner(deal: Deal) -> str:
    """Groups by owner."""
    return deal.owner


def by_team(deal: Deal) -> str:
    """Groups by team."""
    return deal.team


def by_pipeline(context: Context) -> Group:
    """Groups by the pipeline of a deal's stage."""
    return lambda deal: context.stages[deal.stage_id].pipeline


def worth(deal: Deal, rates: Rates) -> int:
    """Its amount in minor units of the reporting currency; 0 if it is unpriced or there is no rate."""
    return 0 if deal.amount is None else rates.convert(deal.amount, deal.currency or rates.currency) or 0


def is_ready(deal: Deal, context: Context) -> bool:
    """Whether a deal has a next step dated after today and every required item at its level."""
    if deal.next_step_date is None or deal.next_step_date <= context.today:
        return False
    return not below(deal.levels, context.stages[deal.stage_id].required)
