"""What became of the open pipeline between two moments: a waterfall that balances to the cent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Final, Literal, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.trends.closings import worth, worths
from pipetui.trends.spans import Span

Bar = Literal["new", "pulled_in", "increased", "decreased", "pushed", "lost", "won", "other"]
ENTRIES: Final[tuple[Bar, ...]] = ("new", "pulled_in", "increased")
EXITS: Final[tuple[Bar, ...]] = ("decreased", "pushed", "lost", "won")
BARS: Final[tuple[Bar, ...]] = (*ENTRIES, *EXITS, "other")


class Part(NamedTuple):
    """What one deal adds to a bar."""

    deal_id: int
    bar: Bar
    amount: int
    """Minor units of the reporting currency; above 0 whatever the bar, but for `other`, which has a sign."""


@dataclass(frozen=True)
class Flow:
    """The open deals of a period at two moments, and everything in between."""

    since: date
    until: date
    """The ends of these days."""
    period: Span | None
    """The close dates that are looked at; `None`: all, and none at all."""
    start: int
    end: int
    """Minor units of the reporting currency, each summed over the open deals of its own moment."""
    start_deals: tuple[int, ...]
    end_deals: tuple[int, ...]
    parts: tuple[Part, ...]
    unpriced: tuple[int, int]
    """Open deals without an amount, at the start and at the end."""
    other_currencies: Mapping[str, tuple[int, int]]
    """Currency without a rate → (deals, minor units of it) at the end; in none of the amounts above."""

    @cached_property
    def _bars(self) -> dict[Bar, list[Part]]:
        found: dict[Bar, list[Part]] = {bar: [] for bar in BARS}
        for part in self.parts:
            found[part.bar].append(part)
        return found

    def amount(self, bar: Bar) -> int:
        """The sum of a bar."""
        return sum(part.amount for part in self._bars[bar])

    def deals(self, bar: Bar) -> tuple[int, ...]:
        """The ids of the deals of a bar."""
        return tuple(part.deal_id for part in self._bars[bar])

    @property
    def balanced(self) -> bool:
        """Whether start, entries, exits and other add up to the end."""
        entries = sum(self.amount(bar) for bar in ENTRIES)
        exits = sum(self.amount(bar) for bar in EXITS)
        return self.start + entries - exits + self.amount("other") == self.end


def flow(
    before: Mapping[int, Deal],
    after: Mapping[int, Deal],
    rates: Rates,
    *,
    since: date,
    until: date,
    period: Span | None = None,
) -> Flow:
    """Compare the deals at the ends of two days; each has one entry or exit.

    Won and lost come before new, new before pulled in and pushed, these before amounts. A deal that was open
    at the start leaves with what it was worth then. One that came and was won in between is new, or pulled
    in, and then won, with what it is worth at the end; it belongs to the day of its win. What goes missing,
    rests in nurture, comes back from there or changes its currency is `other`.

    Args:
        before: by id, the deals known at the first moment, closed ones too.
        after: the same at the second.
        rates: the playbook's conversion.
        since: the first day.
        until: the last day.
        period: the close dates that are looked at.
    """
    first, last = _in(before, period), _in(after, period)
    parts: list[Part] = []
    for id_, then in first.items():
        now = last.get(id_)
        if now is None or now.amount != then.amount or now.currency != then.currency:
            parts += _kept_or_left(id_, then, after.get(id_), rates, is_in=now is not None)
    for id_, now in after.items():
        if id_ in first:
            continue
        if id_ in last:
            parts.append(_came(id_, _entry(before.get(id_)), worth(now, rates)))
        elif now.status != "open" and _came_and_went(before.get(id_), now, since, until, period):
            bar: Bar = "won" if now.status == "won" else "lost"
            its = worth(now, rates) or 0
            parts += [_came(id_, _entry(before.get(id_)), its), _went(id_, bar, its)]
    parts.sort(key=attrgetter("deal_id"))
    return Flow(
        since,
        until,
        period,
        sum(filter(None, worths(first.values(), rates))),
        sum(filter(None, worths(last.values(), rates))),
        tuple(first),
        tuple(last),
        tuple(parts),
        (_unpriced(first.values()), _unpriced(last.values())),
        _others(last.values(), rates),
    )


def _in(deals: Mapping[int, Deal], period: Span | None) -> dict[int, Deal]:
    """Those that count and are due in the period."""
    start, end = (date.min, date.max) if period is None else period[1:]
    return {
        id_: deal
        for id_, deal in deals.items()
        if deal.status == "open"
        and (period is None or (deal.close_date is not None and start <= deal.close_date <= end))
        and deal.counts
    }


def _came(deal_id: int, bar: Bar, amount: int | None) -> Part:
    """An entry, even if it is worth nothing: who looks at a bar wants to see unpriced deals, too."""
    amount = amount or 0
    return Part(deal_id, bar if amount >= 0 else "other", amount)


def _went(deal_id: int, bar: Bar, amount: int) -> Part:
    """An exit. What is worth less than nothing, such as a credit note, would turn a bar's sign."""
    return Part(deal_id, bar, amount) if amount >= 0 and bar != "other" else Part(deal_id, "other", -amount)


def _kept_or_left(deal_id: int, then: Deal, now: Deal | None, rates: Rates, *, is_in: bool) -> list[Part]:
    old = worth(then, rates) or 0
    if now is not None and is_in:
        change = (worth(now, rates) or 0) - old
        if not change:
            return []
        if now.currency != then.currency and then.amount is not None and now.amount is not None:
            return [Part(deal_id, "other", change)]
        return [Part(deal_id, "increased" if change > 0 else "decreased", abs(change))]
    bar: Bar = "other"
    if now is not None and now.status != "open":
        bar = "won" if now.status == "won" else "lost"
    elif now is not None and now.counts:
        bar = "pushed"
    return [_went(deal_id, bar, old)]


def _entry(then: Deal | None) -> Bar:
    """How a deal comes in that was not in at the start."""
    if then is None or then.status != "open":
        return "new"
    return "pulled_in" if then.counts else "other"


def _came_and_went(then: Deal | None, now: Deal, since: date, until: date, period: Span | None) -> bool:
    """Whether a deal that was not in at the start came in and was closed in between.

    One that was open and due in another period has come in only if it was won in this one.
    """
    on = now.settled_on
    if on is None or not since < on <= until:
        return False
    if period is not None and on not in period:
        return False
    return then is None or (then.status == "open" and now.status == "won")


def _unpriced(deals: Iterable[Deal]) -> int:
    return [deal.amount for deal in deals].count(None)


def _others(deals: Iterable[Deal], rates: Rates) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for deal in deals:
        if deal.currency != rates.currency and deal.amount is not None and worth(deal, rates) is None:
            n, total = found.get(deal.currency, (0, 0))
            found[deal.currency] = n + 1, total + deal.amount
    return found
