"""Which deal to talk about first: risk = amount × severity × nearness of the close.

Amount is that in the reporting currency. A deal without one, or in a currency without a rate, is taken for a
typical one: it gets the median amount of the open deals that count.

Severity is the sum over its flags: 4 for a severe one, 2 for a warning, 1 for a notice. No flag, no risk.

Nearness is 30 ÷ (30 + days to the close date): 1 for today and for what is overdue, a half in 30 days, a
quarter in 90, which is also what a deal without a close date gets.

€100,000 with one severe flag that closes in 30 days weighs 100,000 × 4 × ½ = 200,000; it comes before €80,000
with one warning that closes today, 80,000 × 2 × 1 = 160,000.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.signals.flag import Flag, Severity
from pipetui.statistics.quantiles import quantile

WEIGHTS: Final = {Severity.HIGH: 4, Severity.MEDIUM: 2, Severity.LOW: 1}
HALF_AS_NEAR: Final = 30
"""Days in which nearness falls to a half."""
UNDATED: Final = 90
"""Days after which a deal without a close date is taken to close."""


def risk(deal: Deal, flags: Sequence[Flag], today: date, typical: float, rates: Rates | None = None) -> float:
    """How much is at risk, in minor units of the reporting currency; 0 without a flag.

    Args:
        deal: an open deal.
        flags: its flags.
        today: the day that nearness is counted from.
        typical: what a deal is taken for that has no amount in the reporting currency (`typical_amount`).
        rates: the playbook's conversion; without it amounts are compared as they are.
    """
    if not flags:
        return 0.0
    worth = _worth(deal, rates)
    severity = sum(WEIGHTS[flag.severity] for flag in flags)
    days = UNDATED if deal.close_date is None else max(0, deal.close_date.toordinal() - today.toordinal())
    return (typical if worth is None else worth) * severity * HALF_AS_NEAR / (HALF_AS_NEAR + days)


def typical_amount(deals: Iterable[Deal], rates: Rates | None = None) -> float:
    """The median amount of the open deals that count, in minor units of the reporting currency, or 0."""
    amounts = [worth for deal in deals if deal.counts and (worth := _worth(deal, rates)) is not None]
    return quantile(amounts, 0.5) if amounts else 0.0


def _worth(deal: Deal, rates: Rates | None) -> int | None:
    if deal.amount is None or rates is None:
        return deal.amount
    return rates.convert(deal.amount, deal.currency or rates.currency)
