"""A deal as a call sees it: its facts, its categories, and what was said."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.money import Rates
from pipetui.deals.said import NOTHING_SAID, Said
from pipetui.forecast.categories import Side
from pipetui.forecast.periods import Period

__all__ = ["NOTHING_SAID", "CallEntry", "Said", "State", "entry_of"]

State = Literal["open", "won", "lost", "missing", "nurture"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry:
    """One deal in a call. It stays true whatever becomes of the deal, the rates or the stages."""

    deal_id: int
    name: str
    account: str = ""
    owner: str = ""
    team: str = ""
    state: State = "open"
    stage_id: int = 0
    stage: str = ""
    stage_position: int = 0
    amount: int | None = None
    """Minor units of `currency`."""
    currency: str = ""
    worth: int | None = None
    """Minor units of the reporting currency; `None`: unpriced, or no rate."""
    close_date: date | None = None
    """Of a closed deal the day it belongs to."""
    push_count: int = 0
    created: date | None = None
    crm: Category | None = None
    rep: Category | None = None
    manager: Category | None = None
    p: float | None = None
    """The in-period probability; `None` for a closed deal."""
    contradictions: tuple[str, ...] = ()
    """The facts that speak against its category (`gate.contradictions`)."""
    said: Said = NOTHING_SAID

    @property
    def category(self) -> Category | None:
        """In force."""
        return self.manager or self.rep or self.crm

    def category_of(self, side: Side) -> Category | None:
        """The manager's (in force) or the rep's."""
        return self.category if side == "manager" else self.rep or self.crm

    def lands(self, period: Period, side: Side = "manager") -> int:
        """What it adds to the landing (won + open commit) of a period, in minor units."""
        if self.state != "won" and (self.state != "open" or self.category_of(side) is not Category.COMMIT):
            return 0
        return (self.worth or 0) if self.close_date in period else 0

    def counts(self, period: Period) -> int:
        """What it adds to everything that may still be won in a period: all but omitted."""
        if self.state != "won" and (self.state != "open" or self.category is Category.OMITTED):
            return 0
        return (self.worth or 0) if self.close_date in period else 0


def entry_of(
    deal: Deal,
    stage: Stage,
    rates: Rates,
    *,
    p: float | None = None,
    contradictions: tuple[str, ...] = (),
    said: Said = NOTHING_SAID,
) -> CallEntry:
    """The entry of a deal as it stands now."""
    state: State = deal.status
    if state == "open" and not deal.counts:
        state = "nurture" if deal.missing_since is None else "missing"
    worth = None if deal.amount is None else rates.convert(deal.amount, deal.currency or rates.currency)
    return CallEntry(
        deal_id=deal.id,
        name=deal.name,
        account=deal.account,
        owner=deal.owner,
        team=deal.team,
        state=state,
        stage_id=stage.id,
        stage=stage.name,
        stage_position=stage.position,
        amount=deal.amount,
        currency=deal.currency or rates.currency,
        worth=worth,
        close_date=deal.close_date if deal.status == "open" else deal.settled_on,
        push_count=deal.push_count,
        created=deal.created,
        crm=deal.crm_category,
        rep=deal.rep_category,
        manager=deal.manager_category,
        p=p if deal.status == "open" else None,
        contradictions=contradictions,
        said=said,
    )
