"""What is said of a flag, and the words for it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import to_major
from pipetui.language import N_, _
from pipetui.language.builtin import shown
from pipetui.language.format import short_date
from pipetui.signals.context import Context
from pipetui.signals.flag import Flag
from pipetui.signals.stages import StageRule

Figures = Mapping[str, object]
"""Figures by English name: numbers, days, lists of names; amounts as `Decimal`s of major units."""

ITEM_TITLES: Final = {
    "need": N_("need"),
    "decision_makers": N_("decision makers"),
    "budget": N_("budget"),
    "timeline": N_("timeline"),
    "risk": N_("risk"),
    "next_step": N_("next step"),
    "sponsor": N_("sponsor"),
}
"""What a qualification item is called; translate it where it is shown."""

LEVEL_TITLES: Final = (
    N_("unknown"),
    N_("stated by us"),
    N_("confirmed by the buyer"),
    N_("evidenced by the buyer"),
)
"""What a qualification level is called, 0–3; translate it where it is shown."""


def title_of(item: str, rule: StageRule) -> str:
    """What a qualification item is called, within a sentence, by the profile of a stage."""
    title = (rule.titles or {}).get(item)
    return shown(title) if title else _(ITEM_TITLES[item])


class Explanation(NamedTuple):
    """Why a deal is flagged."""

    evidence_text: str
    evidence_values: Figures
    threshold_text: str
    threshold_values: Figures
    fix: str


def number_of(flag: Flag) -> int:
    """What a rule found, if that is a number."""
    return flag.values if isinstance(flag.values, int) else 0


def names_of(flag: Flag) -> tuple[str, ...]:
    """What a rule found, if that is names."""
    return flag.values if isinstance(flag.values, tuple) else ()


def on(day: date | None, context: Context) -> str:
    """A day as it is told today; "" for none."""
    return "" if day is None else short_date(day, context.today)


def currency_of(deal: Deal, context: Context) -> str:
    """The currency of its amount: its own, else the reporting one."""
    return deal.currency or context.currency


def major(minor: int, currency: str) -> Decimal:
    """An exact amount in major units, without trailing zeros."""
    exact = to_major(minor, currency)
    whole = exact.to_integral_value()
    return whole if exact == whole else exact.normalize()
