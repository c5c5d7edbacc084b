"""The quotas that were set here, and those of the playbook they stand before."""

from typing import TYPE_CHECKING

from pipetui.deals.money import to_minor
from pipetui.forecast.quotas import Quota, Scope
from pipetui.store.engine import Run, Store

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook


def read_quotas(store: Store) -> dict[tuple[str, Scope], int]:
    """What was set here, in minor units, by name of the period and scope.

    Raises:
        Problem: the store cannot be read.
    """
    with store.reading() as run:
        return quotas_of(run)


def quotas_of(run: Run) -> dict[tuple[str, Scope], int]:
    """`read_quotas`, of a store that is being read."""
    rows = run(
        "SELECT q.period, q.team, q.owner, q.amount FROM quota q JOIN batch b ON b.id = q.batch_id "
        "WHERE b.undone_by IS NULL ORDER BY q.id",
        {},
    )
    newest = {(period, Scope(team, owner)): amount for period, team, owner, amount in rows}
    return {of: amount for of, amount in newest.items() if amount is not None}


def playbook_quotas(playbook: "Playbook") -> tuple[Quota, ...]:
    """Those of the playbook, in minor units."""
    return tuple(
        Quota(its.period.upper(), Scope(its.team, its.owner), to_minor(its.amount, playbook.currency))
        for its in playbook.quotas
    )


def quotas_in_force(store: Store, playbook: "Playbook") -> tuple[Quota, ...]:
    """Those of the playbook, then those that were set here: of the same period and scope the last counts.

    Raises:
        Problem: the store cannot be read.
    """
    here = (Quota(period, scope, amount) for (period, scope), amount in read_quotas(store).items())
    return (*playbook_quotas(playbook), *here)
