"""Where people here and the CRM disagree about a field: read, and settled for one side."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from pipetui.deals.fields import Value, decode
from pipetui.store.engine import Run, Store
from pipetui.store.rows import read_current

if TYPE_CHECKING:
    from pipetui.store.ledger import Ledger

TOGETHER: Final = ("stage_id", "status", "closed_on")
"""Fields that only make sense together: they are disputed and settled as one."""

_OPEN: Final = (
    "(c.settled_by IS NULL OR EXISTS "
    "(SELECT 1 FROM batch sb WHERE sb.id = c.settled_by AND sb.undone_by IS NOT NULL))"
)
"""Which conflicts `c` nobody settled."""


class Conflict(NamedTuple):
    """A field that was set here and changed in the CRM since; what is set here is in force until settled."""

    deal_id: int
    field: str
    ours: Value
    """What is in force."""
    theirs: Value
    """What the CRM says."""
    as_of: datetime
    """The moment of the export that says so."""


def read_conflicts(store: Store) -> list[Conflict]:
    """All conflicts that wait to be settled, by deal and field.

    Raises:
        Problem: the store cannot be read.
    """
    with store.reading() as run:
        return open_conflicts(run)


def open_conflicts(run: Run, deal_ids: Iterable[int] | None = None) -> list[Conflict]:
    """The conflicts (of some deals) that wait: the newest of each field whose sides still differ."""
    newest: dict[tuple[int, str], tuple[str | None, str]] = {}
    for deal_id, field, theirs, as_of, is_open in run(
        f"SELECT c.deal_id, c.field, c.theirs, CAST(c.as_of AS TEXT), {_OPEN} FROM conflict c "
        "JOIN batch b ON b.id = c.batch_id JOIN deal d ON d.id = c.deal_id "
        "WHERE b.undone_by IS NULL AND NOT d.archived ORDER BY c.deal_id, c.field, c.as_of, c.id",
        {},
    ):
        newest.pop((deal_id, field), None)
        if is_open:
            newest[deal_id, field] = theirs, as_of
    wanted = None if deal_ids is None else set(deal_ids)
    current = read_current(run, sorted({deal_id for deal_id, _field in newest}))
    return [
        Conflict(deal_id, field, ours, decode(field, theirs), datetime.fromisoformat(as_of))
        for (deal_id, field), (theirs, as_of) in newest.items()
        if (wanted is None or deal_id in wanted)
        and (ours := current[deal_id].values[field]) != decode(field, theirs)
    ]


def settle(ledger: "Ledger", settled: Iterable[tuple[int, str]]) -> None:
    """Mark the conflicts of these fields of deals, (deal id, field), as settled by the ledger's batch."""
    for deal_id, field in settled:
        ledger.execute(
            "UPDATE conflict SET settled_by = :batch WHERE deal_id = :deal AND field = :field AND id IN ("
            f"SELECT c.id FROM conflict c JOIN batch b ON b.id = c.batch_id "
            f"WHERE c.deal_id = :deal AND b.undone_by IS NULL AND {_OPEN})",
            batch=ledger.batch_id,
            deal=deal_id,
            field=field,
        )
