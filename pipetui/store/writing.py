"""Edits: what somebody decides about deals, checked and written as one batch."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.edits import AddNote, Change, Close, Edit, Move, Settle
from pipetui.deals.errors import Problem
from pipetui.deals.fields import Value, decode, encode
from pipetui.deals.qualification import NOTHING_KNOWN
from pipetui.deals.text import NAME_LIMIT, TEXT_LIMIT, clean, clean_lines
from pipetui.language import _
from pipetui.language.builtin import shown
from pipetui.playbook.gates import in_the_way
from pipetui.playbook.models import Criterion, Playbook
from pipetui.store.batches import BatchWriter
from pipetui.store.bulk import Bulk
from pipetui.store.changing import FieldChange, Stale
from pipetui.store.conflicts import TOGETHER, open_conflicts
from pipetui.store.engine import Store
from pipetui.store.ledger import Ledger
from pipetui.store.rows import read_current, read_deals, read_stages
from pipetui.store.stages import bring_in_line

_BY_MOVES: Final = ("stage_id", "status")
"""What only `Move` and `Close` set."""
_LIMITS: Final = {"next_step": TEXT_LIMIT, "close_reason": TEXT_LIMIT}


class Applied(NamedTuple):
    """What an edit brought about."""

    batch_id: int | None
    """`None` if nothing was different."""
    deal_ids: tuple[int, ...]


class GateClosed(Problem):
    """A deal does not meet what the playbook asks before it moves on, and no reason was given."""

    def __init__(self, deal: Deal, criteria: Sequence[Criterion]) -> None:
        wanted = " · ".join(shown(criterion.text) for criterion in criteria)
        super().__init__(
            _("“%(name)s” lacks what the playbook asks of it: %(criteria)s. Give a reason to move it on.")
            % {"name": deal.name, "criteria": wanted}
        )
        self.deal_id = deal.id
        self.criteria = tuple(criteria)


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
        draft = _Draft(Bulk(connection), edits, playbook, at)
        for edit in edits:
            draft.take(edit)
        changes = draft.changes()
        touched = {change.deal_id for change in changes} | {deal_id for deal_id, _text in draft.notes}
        touched |= {deal_id for deal_id, _field in draft.settled}
        if not touched:
            return Applied(None, ())
        because = because or "; ".join(dict.fromkeys(draft.reasons))
        ledger = Ledger(connection, kind="edit", by=by, at=at, because=clean(because, TEXT_LIMIT))
        writer = BatchWriter(ledger, by)
        writer.change(changes)
        for deal_id, text in draft.notes:
            writer.note(deal_id, text)
        writer.agree(draft.settled)
        ledger.finish()
        return Applied(writer.id, tuple(sorted(touched)))


class _Draft:
    """What edits amount to, one after the other, before anything is written."""

    def __init__(self, bulk: Bulk, edits: Sequence[Edit], playbook: Playbook, at: datetime) -> None:
        ids, run = list({edit.deal_id for edit in edits}), bulk.run
        self._playbook = playbook
        self._at = at
        self._placed = bring_in_line(bulk, playbook)
        self._stages = read_stages(run)
        self._deals = {deal.id: deal for deal in read_deals(run, ids)}
        self._before = read_current(run, ids)
        self._values: dict[tuple[int, str], Value] = {}
        self.notes: list[tuple[int, str]] = []
        self.settled: list[tuple[int, str]] = []
        self._conflicts = open_conflicts(run, ids) if any(isinstance(edit, Settle) for edit in edits) else []
        self.reasons: list[str] = []

    def take(self, edit: Edit) -> None:
        deal = self._deals.get(edit.deal_id)
        if deal is None:
            raise Problem(_("This deal is not in the store any more: the import that brought it was undone."))
        if not isinstance(edit, AddNote | Settle) and edit.version != deal.version:
            raise Stale(deal.name)
        match edit:
            case Move():
                self._move(deal, edit)
            case Close():
                self._close(deal, edit)
            case Change():
                self._set(deal.id, **{edit.field: _checked(edit.field, edit.value)})
            case AddNote():
                if text := clean_lines(edit.text):
                    self.notes.append((deal.id, text))
            case Settle():
                self._settle(edit)

    def changes(self) -> list[FieldChange]:
        """What is different from before."""
        return [
            FieldChange(deal_id, field, old, new, self._at, "person")
            for (deal_id, field), new in self._values.items()
            if (old := self._before[deal_id].values[field]) != new
        ]

    def _move(self, deal: Deal, move: Move) -> None:
        stage = self._stage(move.stage_id)
        if stage.kind != "open":
            raise ValueError(f"{stage.name} closes a deal: that wants a date")
        self._pass(deal, stage, move.reason)
        self._set(deal.id, stage_id=stage.id)
        if deal.status != "open":
            self._set(deal.id, status="open", closed_on=None, close_reason=None)

    def _close(self, deal: Deal, close: Close) -> None:
        stage = self._stage(close.stage_id)
        if stage.kind == "open":
            raise ValueError(f"{stage.name} is no stage to close a deal in")
        if close.on > self._at.date():
            raise Problem(_("A deal cannot be closed in the future."))
        self._pass(deal, stage, close.despite)
        self._set(deal.id, stage_id=stage.id, status=stage.kind)
        self._set(deal.id, closed_on=close.on, close_reason=clean(close.reason))

    def _settle(self, edit: Settle) -> None:
        fields = TOGETHER if edit.field in TOGETHER else (edit.field,)
        for conflict in self._conflicts:
            if conflict.deal_id == edit.deal_id and conflict.field in fields:
                self.settled.append((conflict.deal_id, conflict.field))
                if edit.keep == "theirs":
                    self._set(conflict.deal_id, **{conflict.field: conflict.theirs})

    def _pass(self, deal: Deal, target: Stage, reason: str) -> None:
        """Pass the gates on the way to a stage; unmet criteria want a reason."""
        criteria = in_the_way(self._playbook, self._stages, deal, target)
        if criteria and not reason.strip():
            raise GateClosed(deal, criteria)
        if reason.strip():
            self.reasons.append(reason)

    def _stage(self, stage_id: int) -> Stage:
        wanted = self._placed.get(stage_id, stage_id)
        return next(stage for stage in self._stages if stage.id == wanted)

    def _set(self, deal_id: int, **values: Value) -> None:
        for field, value in values.items():
            known = None if value == "" else value
            self._values[deal_id, field] = known
            if field in Deal._fields:
                # The gates that later edits meet judge the deal as the earlier ones leave it.
                self._deals[deal_id] = self._deals[deal_id]._replace(**{field: _of_deal(field, known)})


def _checked(field: str, value: Value) -> Value:
    """A value as the store may hold it; `ValueError` for a field or type that only a mistake explains."""
    if field in _BY_MOVES or decode(field, encode(value)) != (None if value == "" else value):
        raise ValueError(f"{field} cannot be set to {value!r}")
    if isinstance(value, str):
        value = (
            clean_lines(value)
            if field == "description"
            else clean(str(value), _LIMITS.get(field, NAME_LIMIT))
        )
    if field == "name" and not value:
        raise Problem(_("A deal needs a name."))
    if field == "levels":
        return value or NOTHING_KNOWN
    return value


def _of_deal(field: str, value: Value) -> Any:
    if field.endswith("_category"):
        return None if value is None else Category(str(value))
    if value is None and Deal.__annotations__[field] is str:
        return ""
    return value
