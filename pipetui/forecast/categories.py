"""The deals of a period by forecast category, each deal in one group."""

from collections.abc import Callable, Hashable, Iterable
from typing import Literal, NamedTuple, TypeVar

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.forecast.periods import Period

K = TypeVar("K", bound=Hashable)
Side = Literal["manager", "rep"]
"""Whose call: the manager's is the category in force, since an override counts and no override agrees."""

RANKS = {Category.COMMIT: 3, Category.BEST_CASE: 2, Category.UPSIDE: 1, Category.OMITTED: 0}
"""The higher, the surer."""


def category_of(deal: Deal, side: Side = "manager") -> Category | None:
    """In force: the manager's, else the rep's, else the CRM's. The rep's starts from the CRM's."""
    return deal.category if side == "manager" else deal.rep_category or deal.crm_category


class Groups(NamedTuple):
    """The deals of a period, each in one group. Lost ones are in none."""

    won: tuple[Deal, ...] = ()
    """By the day they were closed."""
    commit: tuple[Deal, ...] = ()
    """Open and due in the period, as the next ones."""
    best_case: tuple[Deal, ...] = ()
    upside: tuple[Deal, ...] = ()
    unclassified: tuple[Deal, ...] = ()
    omitted: tuple[Deal, ...] = ()
    """Not those in nurture."""
    missing: tuple[Deal, ...] = ()
    nurture: tuple[Deal, ...] = ()
    undated: tuple[Deal, ...] = ()
    """Open and counting, but without a close date: in no period's figures, and easily forgotten."""

    @property
    def open(self) -> tuple[Deal, ...]:
        """What counts in weighted, range and coverage: classified or not, but not omitted."""
        return self.commit + self.best_case + self.upside + self.unclassified


_OPEN = {
    Category.COMMIT: "commit",
    Category.BEST_CASE: "best_case",
    Category.UPSIDE: "upside",
    Category.OMITTED: "omitted",
    None: "unclassified",
}


def group(deals: Iterable[Deal], period: Period, side: Side = "manager") -> Groups:
    """Sort deals by what they are to the forecast of a period; those that are nothing to it are left out."""
    found: dict[str, list[Deal]] = {name: [] for name in Groups._fields}
    for deal in deals:
        name = _group_of(deal, period, side)
        if name:
            found[name].append(deal)
    return Groups(**{name: tuple(its) for name, its in found.items()})


def by(deals: Iterable[Deal], key: Callable[[Deal], K]) -> dict[K, list[Deal]]:
    """The deals of each owner, or of whatever else."""
    found: dict[K, list[Deal]] = {}
    for deal in deals:
        found.setdefault(key(deal), []).append(deal)
    return found


def _group_of(deal: Deal, period: Period, side: Side) -> str:
    if deal.status == "won":
        return "won" if deal.settled_on in period else ""
    if deal.status != "open":
        return ""
    if deal.close_date is None and deal.counts:
        return "undated"
    if deal.close_date not in period:
        return ""
    if deal.missing_since is not None:
        return "missing"
    if not deal.counts:
        return "nurture"
    return _OPEN[category_of(deal, side)]
