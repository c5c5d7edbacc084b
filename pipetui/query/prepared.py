"""Deals made ready to be searched on every typed character."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipetui.deals.deal import Deal, Stage
from pipetui.deals.money import Rates, digits
from pipetui.deals.text import fold
from pipetui.language.builtin import shown
from pipetui.signals.flag import Flag


class Prepared(NamedTuple):
    """A deal with everything that filters and orders compare."""

    deal: Deal
    text: str
    """Folded name, account and owner, one a line."""
    stage: str
    """Folded name of its stage; on a second line the one it is shown by, if that is another."""
    amount: float | None
    """See `comparable`."""
    flags: tuple[Flag, ...]
    """The worst first."""


def prepare(
    deals: Iterable[Deal],
    stages: Sequence[Stage],
    flags: Mapping[int, tuple[Flag, ...]],
    rates: Rates | None = None,
) -> list[Prepared]:
    """Ready every deal.

    Args:
        deals: open and closed ones.
        stages: the stages of the store.
        flags: by deal id (`signals.rules.flags_by_deal`).
        rates: the playbook's conversion; without it amounts are compared as they are.
    """
    names = {stage.id: _names(stage.name) for stage in stages}
    return [
        Prepared(
            deal,
            f"{fold(deal.name)}\n{fold(deal.account)}\n{fold(deal.owner)}",
            names.get(deal.stage_id, ""),
            comparable(deal, rates),
            flags.get(deal.id, ()),
        )
        for deal in deals
    ]


def _names(stage: str) -> str:
    return "\n".join(dict.fromkeys((fold(stage), fold(shown(stage)))))


def comparable(deal: Deal, rates: Rates | None = None) -> float | None:
    """Major units: of the reporting currency where there is a rate, else of its own; `None` is unpriced."""
    minor, currency = deal.amount, deal.currency
    if minor is None:
        return None
    if rates is not None and currency != rates.currency:
        converted = rates.convert(minor, currency or rates.currency)
        if converted is not None:
            minor, currency = converted, rates.currency
    unit: int = 10 ** digits(currency)
    return minor / unit
