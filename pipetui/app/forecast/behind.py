"""The deals behind a figure."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.app.forecast import phrases
from pipetui.deals.deal import Deal
from pipetui.forecast.totals import Totals, totals_of_all
from pipetui.language import _
from pipetui.pipeline.outlook import Outlook
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.forecast.calls.snapshot import Snapshot

APART: Final = ("omitted", "nurture", "missing", "undated")
"""Groups of deals that are in no total."""


class Aside(NamedTuple):
    """Deals that are in no total, or in none with an amount."""

    key: str
    deals: int
    amount: int | None
    """Minor units; `None` of what has none."""
    currency: str


class Behind(NamedTuple):
    """The deals of a figure, and what the figure is called."""

    title: str
    deals: tuple[Deal, ...]
    totals: Totals


class Look:
    """A period as it was worked out, and what its figures are made of, sorted once."""

    def __init__(self, pipeline: Pipeline, outlook: Outlook) -> None:
        self.pipeline = pipeline
        self.outlook = outlook
        self._found: dict[str, Behind] = {}

    def behind(self, key: str) -> Behind:
        """What a figure is made of, the largest deals first."""
        found = self._found.get(key)
        if found is None:
            deals = _of(self.outlook, self.pipeline, key)
            found = self._found[key] = _behind(key, deals, self.pipeline)
        return found

    def call_of(self, key: str) -> "Snapshot | None":
        """The frozen call that a line is about."""
        kind, _colon, name = key.partition(":")
        return next((its for its in self.outlook.calls if kind == "call" and its.id == name), None)

    def why(self, deal_id: int) -> str:
        """Where the probability of a deal comes from."""
        deal = self.pipeline.deals.get(deal_id)
        if deal is None or deal.status == "lost":
            return ""
        if deal.status == "won":
            return _("Won: it counts as a whole.")
        if not self.outlook.is_learned:
            return _("The past is still being read …")
        return self.outlook.why(deal_id, self.pipeline) or _(
            "It is in no figure of the period, so it has no probability."
        )

    def outside(self) -> list[Aside]:
        """What stands beside the totals, as far as there is any; told without looking at the deals."""
        its, currency = self.outlook.figures, self.pipeline.currency
        both = its.won, its.open
        found = [Aside(key, getattr(its, key).count, getattr(its, key).amount, currency) for key in APART]
        found.append(Aside("unpriced", sum(total.unpriced for total in both), None, currency))
        for code in sorted({code for total in both for code in total.other_currencies}):
            parts = [total.other_currencies.get(code, (0, 0)) for total in both]
            count, amount = (sum(column) for column in zip(*parts, strict=True))
            found.append(Aside(f"currency:{code}", count, amount, code))
        return [its for its in found if its.deals]


def _behind(key: str, deals: Iterable[Deal], pipeline: Pipeline) -> Behind:
    its = tuple(sorted(deals, key=lambda deal: _order(deal, pipeline)))
    return Behind(called(key), its, totals_of_all(its, pipeline.probability, pipeline.playbook.conversion))


def _of(outlook: Outlook, pipeline: Pipeline, key: str) -> tuple[Deal, ...]:
    groups = outlook.groups
    kind, _colon, value = key.partition(":")
    everything = groups.won + groups.open
    if kind == "owner":
        return tuple(deal for deal in everything if deal.owner == value)
    if kind == "team":
        return tuple(deal for deal in everything if deal.team == value)
    if kind == "currency":
        return tuple(deal for deal in everything if deal.currency == value and deal.amount is not None)
    if kind == "deal":
        found = pipeline.deals.get(int(value))
        return () if found is None else (found,)
    if key == "all":
        return everything
    if key == "landing":
        return groups.won + groups.commit
    if key in ("coverage", "weighted", "range"):
        return groups.open
    if key == "unpriced":
        return tuple(deal for deal in everything if deal.amount is None)
    return getattr(groups, key, ())


def called(key: str) -> str:
    """What a figure is called, as a heading of its deals."""
    kind, _colon, value = key.partition(":")
    if kind == "currency":
        return _("in %(currency)s, without a rate") % {"currency": value}
    if kind == "owner":
        return value or _("nobody (unassigned)")
    if kind == "team":
        return value or _("no team")
    if kind == "deal":
        return ""
    if kind == "call":
        return _("a past call")
    return {"all": _("everybody"), "range": _("open deals")}.get(key) or phrases.figure(key)


def _order(deal: Deal, pipeline: Pipeline) -> tuple[bool, int, str]:
    if deal.amount is None:
        return (True, 0, deal.name.casefold())
    rates = pipeline.playbook.conversion
    minor = rates.convert(deal.amount, deal.currency or rates.currency)
    return (False, -(deal.amount if minor is None else minor), deal.name.casefold())
