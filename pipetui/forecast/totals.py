"""Count, amount and weighted amount of a set of deals."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.money import Rates
from pipetui.statistics.rounding import half_up

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook


_NONE: Final[Mapping[int, float]] = {}


@dataclass(frozen=True, slots=True)
class Totals:
    """What a set of deals amounts to, in minor units of the reporting currency."""

    count: int = 0
    amount: int = 0
    weighted: int = 0
    """Σ half-up(amount × p), rounded deal by deal; omitted deals count in no forecast figure."""
    unpriced: int = 0
    flagged: int = 0
    other_currencies: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Currency without a rate → (deals, minor units of it); in none of the amounts above."""


def probabilities(stages: Iterable[Stage], playbook: "Playbook") -> dict[int, float]:
    """By stage id, the probability (0–1) that a deal in it is won: the playbook's if it names the stage.

    A won stage is 1 and a lost one 0, whatever anybody wrote.
    """
    return {stage.id: _probability(stage, playbook) for stage in stages}


def _probability(stage: Stage, playbook: "Playbook") -> float:
    if stage.kind != "open":
        return 1.0 if stage.kind == "won" else 0.0
    named = playbook.stage(stage.name, stage.pipeline)
    return stage.probability if named is None else named.probability


def totals(
    deals: Iterable[Deal],
    probability: Mapping[int, float],
    rates: Rates,
    flagged: Collection[int] = (),
    chances: Mapping[int, float] = _NONE,
) -> Totals:
    """The totals of those deals that count, and of the closed ones among them.

    An open deal that is missing or in nurture is left out; a closed one is the caller's choice.

    Args:
        deals: open and closed deals.
        probability: by stage id (`probabilities`).
        rates: the playbook's conversion; a deal without a currency is in the reporting one.
        flagged: ids of deals with a flag.
        chances: by deal id, a probability that is better known than that of its stage.
    """
    counting = (deal for deal in deals if deal.status != "open" or deal.counts)
    return totals_of_all(counting, probability, rates, flagged, chances)


def totals_of_all(
    deals: Iterable[Deal],
    probability: Mapping[int, float],
    rates: Rates,
    flagged: Collection[int] = (),
    chances: Mapping[int, float] = _NONE,
) -> Totals:
    """`totals` of all of the deals, whether they count or not: what is missing, what rests in nurture."""
    count = amount = weighted = unpriced = with_flag = 0
    others: dict[str, tuple[int, int]] = {}
    for deal in deals:
        count += 1
        with_flag += deal.id in flagged
        if deal.amount is None:
            unpriced += 1
            continue
        minor: int | None = deal.amount
        if deal.currency and deal.currency != rates.currency:
            minor = rates.convert(deal.amount, deal.currency)
        if minor is None:
            number, total = others.get(deal.currency, (0, 0))
            others[deal.currency] = (number + 1, total + deal.amount)
            continue
        amount += minor
        if deal.category is not Category.OMITTED:
            weighted += half_up(minor, chances.get(deal.id, probability[deal.stage_id]))
    return Totals(count, amount, weighted, unpriced, with_flag, others)


def together(parts: Iterable[Totals]) -> Totals:
    """The totals of several sets of deals that share none."""
    count = amount = weighted = unpriced = flagged = 0
    others: dict[str, tuple[int, int]] = {}
    for part in parts:
        count += part.count
        amount += part.amount
        weighted += part.weighted
        unpriced += part.unpriced
        flagged += part.flagged
        for currency, (deals, minor) in part.other_currencies.items():
            number, total = others.get(currency, (0, 0))
            others[currency] = (number + deals, total + minor)
    return Totals(count, amount, weighted, unpriced, flagged, others)
