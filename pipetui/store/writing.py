"""Edits: what somebody decides about deals, checked and written as one batch."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from pipetui.deals.edits import Edit
from pipetui.deals.text import TEXT_LIMIT, clean
from pipetui.playbook.models import Playbook
from pipetui.store.batches import BatchWriter
from pipetui.store.bulk import Bulk
from pipetui.store.drafting import Draft, GateClosed
from pipetui.store.engine import Store
from pipetui.store.ledger import Ledger

__all__ = ["Applied", "GateClosed", "apply"]


class Applied(NamedTuple):
    """What an edit brought about."""

    batch_id: int | None
    """`None` if nothing was different."""
    deal_ids: tuple[int, ...]
    call_id: int | None = None
    """The forecast call that was begun or resumed."""
    line_ids: tuple[int, ...] = ()
    """Of what was said in calls, in the order of the edits: what `Classify.seen` and `Say.seen` name next."""


def apply(
    store: Store, edits: Sequence[Edit], *, by: str, at: datetime, playbook: Playbook, because: str = ""
) -> Applied:
    """Write edits as one batch and one step of undo; all of them, or none.

    Stages that only the playbook has come into the store with the first edit: a look at a board writes none.

    Args:
        store: Where.
        edits: What is decided; an edit of a deal names the version it was decided on.
        by: Who decides.
        at: Now, wall time of the team.
        playbook: Whose gates a move forward has to pass, won included.
        because: Why; without it the reasons of the moves.

    Raises:
        GateClosed: a move forward with unmet criteria and without a reason; `criteria` names them.
        Stale: a deal has changed since the version that an edit names.
        Problem: a deal that is not there any more, a name emptied, a close date in the future, a store that
            cannot be written.
    """
    with store.writing() as connection:
        draft = Draft(Bulk(connection), edits, playbook, at)
        for edit in edits:
            draft.take(edit)
        changes = draft.changes()
        touched = {change.deal_id for change in changes} | {deal_id for deal_id, _text in draft.notes}
        touched |= {deal_id for deal_id, _field in (*draft.settled, *draft.texts)}
        touched |= {promise.deal_id for promise in draft.promises}
        touched |= draft.calls.deal_ids
        if not touched and draft.calls.is_empty:
            return Applied(None, (), draft.calls.resumed)
        because = because or "; ".join(dict.fromkeys((*draft.reasons, *draft.calls.reasons)))
        ledger = Ledger(connection, kind="edit", by=by, at=at, because=clean(because, TEXT_LIMIT))
        writer = BatchWriter(ledger, by)
        writer.change(changes)
        for deal_id, text in draft.notes:
            writer.note(deal_id, text)
        writer.qualify([(*of, text) for of, text in draft.texts.items()])
        writer.undertake(draft.promises)
        writer.agree(draft.settled)
        begun = draft.calls.write(ledger, by)
        ledger.finish()
        return Applied(
            writer.id, tuple(sorted(touched)), begun or draft.calls.resumed, draft.calls.written_lines
        )
