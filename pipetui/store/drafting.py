"""What edits amount to, checked one after the other, before anything is written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from pipetui.deals import acceptance, qualification
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.edits import (
    Accept,
    AddNote,
    Apart,
    Change,
    Classify,
    Close,
    Decision,
    Edit,
    Move,
    Nurture,
    Qualify,
    Raise,
    Say,
    Settle,
    Undertake,
)
from pipetui.deals.errors import Problem
from pipetui.deals.fields import Value, decode, encode
from pipetui.deals.text import NAME_LIMIT, TEXT_LIMIT, clean, clean_lines, is_placeholder
from pipetui.language import _
from pipetui.language.builtin import shown
from pipetui.playbook.gates import in_the_way
from pipetui.playbook.models import Criterion, Playbook
from pipetui.store.bulk import Bulk
from pipetui.store.calling import CallDraft
from pipetui.store.changing import FieldChange, Stale
from pipetui.store.conflicts import TOGETHER, open_conflicts
from pipetui.store.rows import read_current, read_deals, read_stages, read_texts
from pipetui.store.stages import bring_in_line

_BY_OTHERS: Final = ("stage_id", "status", "accepted")
"""What only edits of their own set."""
_LIMITS: Final = {"next_step": TEXT_LIMIT, "close_reason": TEXT_LIMIT}
_PROVEN: Final = qualification.CONFIRMED
"""From this level on somebody has to say what is known."""


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


class Draft:
    """What edits amount to, one after the other, before anything is written."""

    def __init__(self, bulk: Bulk, edits: Sequence[Edit], playbook: Playbook, at: datetime) -> None:
        run = bulk.run
        ids = list({edit.deal_id for edit in edits if not isinstance(edit, Apart)})
        self._playbook = playbook
        self._at = at
        self._placed = bring_in_line(bulk, playbook)
        self._stages = read_stages(run)
        self._deals = {deal.id: deal for deal in read_deals(run, ids)}
        self._before = read_current(run, ids)
        self._values: dict[tuple[int, str], Value] = {}
        self.notes: list[tuple[int, str]] = []
        self.settled: list[tuple[int, str]] = []
        self.texts: dict[tuple[int, str], str] = {}
        self.promises: list[Undertake] = []
        self.calls = CallDraft(run, playbook)
        self._texts = read_texts(run, ids) if any(isinstance(edit, Qualify) for edit in edits) else {}
        self._conflicts = open_conflicts(run, ids) if any(isinstance(edit, Settle) for edit in edits) else []
        self.reasons: list[str] = []

    def take(self, edit: Edit) -> None:
        """Check one edit and add what it amounts to."""
        if isinstance(edit, Apart):
            self.calls.take(edit)
            return
        deal = self._deals.get(edit.deal_id)
        if deal is None:
            raise Problem(_("This deal is not in the store any more: the import that brought it was undone."))
        match edit:
            case AddNote():
                if text := clean_lines(edit.text):
                    self.notes.append((deal.id, text))
            case Undertake():
                self._undertake(edit)
            case Settle():
                self._settle(edit)
            case Say():
                self.calls.say(deal, edit)
            case _:
                if edit.version != deal.version:
                    raise Stale(deal.name)
                self._decide(deal, edit)

    def _decide(self, deal: Deal, edit: Decision) -> None:
        match edit:
            case Move():
                self._move(deal, edit)
            case Close():
                self._close(deal, edit)
            case Change():
                self._set(deal.id, **{edit.field: _checked(edit.field, edit.value)})
            case Nurture():
                self._put_aside(deal, edit)
            case Qualify():
                self._qualify(deal, edit)
            case Accept():
                self._accept(deal, edit)
            case Classify():
                self._classify(deal, edit)
            case Raise():
                self._set(deal.id, accepted=acceptance.raised(deal, edit.flags))

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

    def _put_aside(self, deal: Deal, nurture: Nurture) -> None:
        if nurture.until <= self._at.date():
            raise Problem(_("Choose a day after today."))
        # What a manager decided is in force before what the rep did.
        whose = "manager_category" if deal.manager_category else "rep_category"
        self._set(deal.id, resume_on=nurture.until, **{whose: Category.OMITTED.value})

    def _qualify(self, deal: Deal, edit: Qualify) -> None:
        known = self._texts.get(deal.id, {}).get(edit.item, "")
        text = known if edit.text is None else clean_lines(edit.text)
        level = qualification.level(deal.levels, edit.item) if edit.level is None else edit.level
        if text and is_placeholder(text):
            level = qualification.UNKNOWN
        if level >= _PROVEN and not text:
            raise Problem(_("Say what the buyer confirmed or did: without it the level is a claim."))
        self._set(deal.id, levels=qualification.with_level(deal.levels, edit.item, level))
        if text != known:
            self.texts[deal.id, edit.item] = text

    def _accept(self, deal: Deal, edit: Accept) -> None:
        reason = clean(edit.reason)
        if edit.until is None and not reason:
            raise Problem(_("Say why the flag may rest, or until when."))
        if edit.until is not None and edit.until <= self._at.date():
            raise Problem(_("Choose a day after today."))
        self._set(deal.id, accepted=acceptance.settled(deal, edit.flags, edit.until, reason))
        if reason:
            self.reasons.append(reason)

    def _classify(self, deal: Deal, edit: Classify) -> None:
        if deal.status != "open":
            raise Problem(_("“%(name)s” is closed: it has no category any more.") % {"name": deal.name})
        self._set(deal.id, **{f"{edit.side}_category": edit.category and edit.category.value})
        self.calls.say(deal, edit)

    def _undertake(self, edit: Undertake) -> None:
        what = clean(edit.what, TEXT_LIMIT)
        if not what:
            raise Problem(_("Say what is to be done."))
        self.promises.append(replace(edit, what=what, who=clean(edit.who)))

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
    if field in _BY_OTHERS or decode(field, encode(value)) != (None if value == "" else value):
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
        return value or qualification.NOTHING_KNOWN
    return value


def _of_deal(field: str, value: Value) -> Any:
    if field.endswith("_category"):
        return None if value is None else Category(str(value))
    if value is None and Deal.__annotations__[field] is str:
        return ""
    return value
