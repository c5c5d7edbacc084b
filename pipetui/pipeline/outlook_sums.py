"""Figures of everybody, of teams and of owners from one pass over the deals of a period."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.money import Rates
from pipetui.forecast.categories import Groups, by
from pipetui.forecast.figures import Figures, figures
from pipetui.forecast.totals import together

Cell = tuple[str, str]
"""Team and owner: whatever is shown is a sum of such cells."""


class Sums(NamedTuple):
    """The figures of every owner within every team, without a quota."""

    cells: Mapping[Cell, Figures]

    def of(self, quota: int | None, is_in: Callable[[Cell], bool] = lambda _cell: True) -> Figures:
        """The figures of some cells, of all if nothing else is said; `quota` in minor units."""
        mine = [its for cell, its in self.cells.items() if is_in(cell)]
        return Figures(
            **{name: together(getattr(its, name) for its in mine) for name in Groups._fields},
            stale=sum(its.stale for its in mine),
            quota=quota,
        )


def sums(
    groups: Groups,
    probability: Mapping[int, float],
    rates: Rates,
    stale: Collection[int],
    chances: Mapping[int, float] | None = None,
) -> Sums:
    """Sum up the deals of a period.

    Args:
        groups: the deals (`categories.group`).
        probability: by stage id.
        rates: the playbook's conversion.
        stale: ids of deals with the flag `stalled` or `idle`.
        chances: by deal id, the in-period probability.
    """
    cells: dict[Cell, dict[str, tuple[Deal, ...]]] = {}
    for name, deals in groups._asdict().items():
        for cell, its in by(deals, _cell).items():
            cells.setdefault(cell, {})[name] = tuple(its)
    return Sums(
        {
            cell: figures(Groups(**its), probability, rates, chances=chances, stale=stale)
            for cell, its in cells.items()
        }
    )


def _cell(deal: Deal) -> Cell:
    return deal.team, deal.owner
