"""What buyers and we undertook, with the deals it is for."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Final, NamedTuple

from pipetui.deals.deal import Deal
from pipetui.deals.promise import Promise
from pipetui.deals.text import fold
from pipetui.store.engine import Run
from pipetui.store.rows import read_promises

_WRITTEN: Final = """
SELECT f.thread, f.what, CAST(fb.at AS TEXT),
    CAST(max(CASE WHEN b.undone_by IS NULL THEN b.at END) AS TEXT)
FROM promise f JOIN batch fb ON fb.id = f.batch_id
    JOIN promise p ON p.thread = f.thread JOIN batch b ON b.id = p.batch_id
WHERE f.id = f.thread
GROUP BY f.thread, f.what, fb.at"""
"""Of each thread what it began with, which no later row changes, and when it was changed last."""


class Undertaking(NamedTuple):
    """A commitment of a buyer, or an action of ours."""

    promise: Promise
    deal: Deal | None
    """`None`: it concerns no single deal."""
    uid: str
    """Tells it from all others, in every store; the same whatever becomes of it."""
    changed: date
    """When it was written down, or when was last said what became of it."""

    @property
    def owner(self) -> str:
        """Who sees to it: the owner of its deal; without a deal, who does it."""
        return self.deal.owner if self.deal else self.promise.who


def undertakings(
    run: Run, deals: Iterable[Deal], *, with_loose: bool = False, since: date | None = None
) -> list[Undertaking]:
    """What counts of it: what is open first, then by date, the undated last.

    Args:
        run: reads the store.
        deals: whose.
        with_loose: also what concerns no single deal.
        since: only what was written down or settled on that day or later.
    """
    chosen: dict[int | None, Deal | None] = {deal.id: deal for deal in deals}
    if with_loose:
        chosen[None] = None
    written = {thread: (what, at, last) for thread, what, at, last in run(_WRITTEN, {})}
    found = []
    for promise in read_promises(run):
        if promise.deal_id in chosen:
            what, at, last = written[promise.thread]
            began_with = "\x1f".join((str(promise.thread), at, what))
            uid = f"p{sha256(began_with.encode()).hexdigest()[:24]}"
            changed = datetime.fromisoformat(last).date()
            found.append(Undertaking(promise, chosen[promise.deal_id], uid, changed))
    return sorted((item for item in found if since is None or item.changed >= since), key=_order)


def _order(item: Undertaking) -> tuple[bool, date, str, int]:
    promise = item.promise
    return promise.state != "open", promise.due or date.max, fold(item.owner), promise.thread
