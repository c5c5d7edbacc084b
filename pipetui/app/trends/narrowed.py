"""Which part of the deals is looked at: a segment, a lead source, a pipeline, a band of amounts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pipetui.app.forecast import phrases
from pipetui.app.memory import Memory
from pipetui.deals.deal import Deal
from pipetui.language import N_, _, format, labelled, pgettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.statistics.quantiles import quantile

FIELDS: Final[Mapping[str, str]] = {
    "segment": N_("segment"),
    "lead_source": N_("lead source"),
    "pipeline": N_("pipeline"),
}
"""What a value is picked of."""
_SHARES: Final = (0.25, 0.5, 0.75, 0.95)
"""Between bands there are about so many of the amounts."""


class Band(NamedTuple):
    """Amounts from one on and below another, in minor units of the reporting currency."""

    low: int | None = None
    high: int | None = None
    """`None`, both: what is unpriced."""

    def has(self, worth: int) -> bool:
        """Whether an amount lies in it."""
        return (self.low is None or worth >= self.low) and (self.high is None or worth < self.high)

    def told(self, currency: str) -> str:
        """In words: "below €10k", "€10–50k", "from €50k on", "unpriced"."""
        if self.low is not None and self.high is not None:
            return phrases.span(self.low, self.high, currency)
        if self.high is not None:
            return _("below %(amount)s") % {"amount": format.short_money(self.high, currency)}
        if self.low is not None:
            return _("from %(amount)s on") % {"amount": format.short_money(self.low, currency)}
        return pgettext("amount", "unpriced")

    @property
    def noted(self) -> str:
        """As it is remembered."""
        return f"{'' if self.low is None else self.low}:{'' if self.high is None else self.high}"

    @classmethod
    def of(cls, noted: str) -> "Band | None":
        """The band that was remembered; `None` for any other text."""
        low, colon, high = noted.partition(":")
        if not colon or not all(not end or end.isdecimal() for end in (low, high)):
            return None
        return cls(int(low) if low else None, int(high) if high else None)


UNPRICED: Final = Band()


class Narrowed(NamedTuple):
    """What is picked of each; `None` is everything, "" what has no value."""

    segment: str | None = None
    lead_source: str | None = None
    pipeline: str | None = None
    band: Band | None = None

    @property
    def noted(self) -> dict[str, str]:
        """As it is remembered."""
        values = {field: getattr(self, field) for field in FIELDS}
        texts = {f"trends_{field}": "" if its is None else f"={its}" for field, its in values.items()}
        return {**texts, "trends_band": "" if self.band is None else self.band.noted}

    @classmethod
    def of(cls, memory: Memory) -> "Narrowed":
        """What was remembered."""
        texts = {field: memory.text(f"trends_{field}", "") for field in FIELDS}
        picked = {field: text[1:] if text.startswith("=") else None for field, text in texts.items()}
        return cls(**picked, band=Band.of(memory.text("trends_band", "")))

    def but(self, field: str, value: str | None) -> "Narrowed":
        """The same with another value of a field."""
        return Narrowed(**{**self._asdict(), field: value})

    def told(self, currency: str, *, short: bool = False) -> list[str]:
        """What is picked, in words; `short`: without the names of the fields."""
        found = []
        for field, name in FIELDS.items():
            value = getattr(self, field)
            if value is not None:
                found.append(
                    value if short and value else labelled(_(name), value or pgettext("segment", "unknown"))
                )
        if self.band is not None:
            its = self.band.told(currency)
            found.append(its if short or self.band == UNPRICED else labelled(_("amount"), its))
        return found


EVERYTHING: Final = Narrowed()


def value_of(field: str, pipeline: Pipeline) -> Callable[[Deal], str]:
    """How a deal says what it has in a field."""
    if field == "pipeline":
        stages = pipeline.stages
        return lambda deal: stages[deal.stage_id].pipeline
    return (lambda deal: deal.segment) if field == "segment" else (lambda deal: deal.lead_source)


def worth_in(pipeline: Pipeline) -> Callable[[Deal], int | None]:
    """What a deal is worth in minor units of the reporting currency; unpriced, or without a rate, `None`."""
    rates = pipeline.playbook.conversion

    def worth(deal: Deal) -> int | None:
        return None if deal.amount is None else rates.convert(deal.amount, deal.currency or rates.currency)

    return worth


def matching(its: Narrowed, pipeline: Pipeline) -> Callable[[Deal], bool]:
    """Whether a deal is part of what was picked, as it stood on some day."""
    wanted = [
        (value_of(field, pipeline), getattr(its, field))
        for field in FIELDS
        if getattr(its, field) is not None
    ]
    band, worth = its.band, worth_in(pipeline)

    def has(deal: Deal) -> bool:
        if any(value(deal) != text for value, text in wanted):
            return False
        if band is None or band == UNPRICED:
            return band is None or deal.amount is None
        amount = worth(deal)
        return amount is not None and band.has(amount)

    return has


def bands(deals: Iterable[Deal], pipeline: Pipeline) -> Sequence[Band]:
    """Bands between round amounts that each hold a part of the deals; the last one is what is unpriced."""
    worth = worth_in(pipeline)
    known = [its for its in map(worth, deals) if its is not None and its > 0]
    if not known:
        return (UNPRICED,)
    edges = sorted({_round(quantile(known, share)) for share in _SHARES})
    ends = [None, *edges, None]
    return (*(Band(low, high) for low, high in pairwise(ends)), UNPRICED)


def _round(minor: float) -> int:
    """The nearest of 1, 2, 5, 10 … of major units; the same in every currency that has two digits."""
    power = 1
    while power * 10 <= minor:
        power *= 10
    return min((factor * power for factor in (1, 2, 5, 10)), key=lambda edge: abs(edge - minor))
