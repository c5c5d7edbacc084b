"""What is wrong with a pipeline, deal by deal, in the order in which it is settled."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.pipeline.pipeline import Pipeline
from pipetui.query.sorting import ordered
from pipetui.signals.flag import SEVERITIES
from pipetui.signals.risk import risk

if TYPE_CHECKING:
    from pipetui.query.parsing import Query

MISSING: Final = "missing"
"""Deals that the newest export of their source does not hold any more."""
LATER: Final = "later"
"""Deals that somebody has put off to the end."""


class Wanted(NamedTuple):
    """Which part of the queue is asked for."""

    owner: str | None = None
    what: str | None = None
    """A flag, or `MISSING`."""
    query: "Query | None" = None


class Group(NamedTuple):
    """Deals of which the same is to be said first."""

    what: str
    """The worst flag of each, the flag asked for, `MISSING` or `LATER`."""
    deals: tuple[Deal, ...]
    """The riskiest first; those put off in the order in which they were."""
    amount: int
    """Of all of them, in minor units of the reporting currency; without what is unpriced or has no rate."""


class Queue:
    """The groups, the worst first. Each deal stands once."""

    def __init__(self, groups: Sequence[Group], reasons: dict[int, str]) -> None:
        self.groups = tuple(groups)
        self._reasons = reasons

    @cached_property
    def ids(self) -> tuple[int, ...]:
        """The deals in their order."""
        return tuple(deal.id for group in self.groups for deal in group.deals)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {deal_id: place for place, deal_id in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self._reasons)

    def __contains__(self, deal_id: int) -> bool:
        return deal_id in self._reasons

    def place(self, deal_id: int) -> int | None:
        """The place of a deal, counted from 0."""
        return self._places.get(deal_id)

    def why(self, deal_id: int) -> str:
        """For what a deal stands here, put off or not: a flag or `MISSING`; "" if it does not."""
        return self._reasons.get(deal_id, "")

    def after(self, deal_id: int, now: "Queue") -> int | None:
        """The deal to go on to from one of this queue, in the queue as it is now.

        That is the next one that is still there; after the last one the first. Another one than `deal_id`,
        unless it is the only one left.
        """
        place = self.place(deal_id)
        onward = self.ids[place + 1 :] if place is not None else ()
        found = next((other for other in onward if other in now and other != deal_id), None)
        if found is not None:
            return found
        return next((other for other in now.ids if other != deal_id), deal_id if deal_id in now else None)


EMPTY: Final = Queue((), {})


def find(pipeline: Pipeline, wanted: Wanted = Wanted(), later: Iterable[int] = ()) -> Queue:  # noqa: B008
    """The queue, or a part of it.

    Args:
        pipeline: what is known.
        wanted: the part.
        later: deals put off, which come last, in this order.
    """
    flags, owner, what = pipeline.flags, wanted.owner, wanted.what
    reasons: dict[int, str] = {}
    deals: list[Deal] = []
    for deal in pipeline.deals.values():
        if owner is not None and deal.owner != owner:
            continue
        reason = ""
        if its := flags.get(deal.id):
            reason = its[0].name if what is None else next((f.name for f in its if f.name == what), "")
        elif deal.missing_since is not None and deal.status == "open" and what in (None, MISSING):
            reason = MISSING
        if reason:
            reasons[deal.id] = reason
            deals.append(deal)
    if wanted.query is not None:
        rows = pipeline.rows
        deals = [row.deal for row in wanted.query.select(rows[deal.id] for deal in deals)]
        reasons = {deal.id: reasons[deal.id] for deal in deals}
    return Queue(_grouped(pipeline, deals, reasons, later), reasons)


def _grouped(
    pipeline: Pipeline, deals: Iterable[Deal], reasons: dict[int, str], later: Iterable[int]
) -> list[Group]:
    put_off = [deal_id for deal_id in dict.fromkeys(later) if deal_id in reasons]
    parts: dict[str, list[Deal]] = {what: [] for what in (*SEVERITIES, MISSING)}
    off = set(put_off)
    for deal in _worst_first(pipeline, deals):
        if deal.id not in off:
            parts[reasons[deal.id]].append(deal)
    parts[LATER] = [pipeline.deals[deal_id] for deal_id in put_off]
    return [Group(what, tuple(its), worth(pipeline, its)) for what, its in parts.items() if its]


def worth(pipeline: Pipeline, deals: Iterable[Deal]) -> int:
    """What some deals amount to, in minor units of the reporting currency; unpriced ones are left out."""
    rates = pipeline.playbook.conversion
    home = rates.currency
    return sum(
        deal.amount if deal.currency == home else rates.convert(deal.amount, deal.currency or home) or 0
        for deal in deals
        if deal.amount is not None
    )


def _worst_first(pipeline: Pipeline, deals: Iterable[Deal]) -> list[Deal]:
    """The deals in the order of "risk" (`query.sorting`), whose other keys are only asked for where it ties.

    Most of what a queue of ten thousand costs would be spent on keys that decide nothing.
    """
    known, flags = pipeline.known, pipeline.flags
    by_risk: dict[float, list[Deal]] = {}
    for deal in deals:
        at_risk = risk(deal, flags.get(deal.id, ()), known.today, known.typical, known.rates)
        by_risk.setdefault(at_risk, []).append(deal)
    found: list[Deal] = []
    for at_risk in sorted(by_risk, reverse=True):
        its = by_risk[at_risk]
        found += its if len(its) == 1 else ordered(its, "risk", known)
    return found
