"""The choices of the board's pick lists."""

from collections import Counter

from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.language import N_, _, ngettext
from pipetui.pipeline.pipeline import Pipeline

ALL = "all"
"""The choice of everybody; an owner's choice is "=" and the name."""

_ORDERS = {
    "close": N_("close date, the nearest first"),
    "amount": N_("amount, the largest first"),
    "days": N_("days in stage, the longest first"),
    "risk": N_("risk, the worst first"),
    "name": N_("name"),
}


def orders(current: str) -> Pick:
    """By what the cards are sorted."""
    return Pick(
        _("Sort the columns by"), [Choice(key, _(text)) for key, text in _ORDERS.items()], current=current
    )


def owners(pipeline: Pipeline, current: str | None) -> Pick:
    """Whose deals are shown."""
    counts = Counter(deal.owner for deal in pipeline.deals.values() if deal.counts)
    everybody = Choice(ALL, _("everybody"), _deals(sum(counts.values())))
    people = [
        Choice(f"={owner}", owner or _("nobody (unassigned)"), _deals(count))
        for owner, count in sorted(counts.items(), key=lambda pair: pair[0].casefold())
    ]
    chosen = ALL if current is None else f"={current}"
    return Pick(_("Show the deals of"), [everybody, *people], current=chosen)


def _deals(count: int) -> str:
    return ngettext("%(n)d deal", "%(n)d deals", count) % {"n": count}
