"""What edits of quotas and forecast calls amount to, checked one after the other, and written."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlmodel import SQLModel

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Apart, BeginCall, Classify, Freeze, Reopen, Say, SetNumber, SetQuota
from pipetui.deals.errors import Problem
from pipetui.deals.said import NOTHING_SAID, Said
from pipetui.deals.text import TEXT_LIMIT, clean, clean_lines
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.snapshot import Snapshot, thaw
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.language import _, labelled
from pipetui.language.format import money
from pipetui.store.bulk import moment
from pipetui.store.calls import Call, calls_of, is_frozen, lines_of, open_call
from pipetui.store.changing import Stale
from pipetui.store.engine import Run
from pipetui.store.ledger import Ledger
from pipetui.store.quotas import quotas_of
from pipetui.store.rows import read_deals
from pipetui.store.tables import CallLine, CallNumber, CallRevision, ForecastCall, Quota

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook

_LARGEST: Final = 2**63 - 1
"""Minor units: what a column holds."""
_LINE: Final = (
    *("call_id", "deal_id", "rep", "manager", "reason", "override_reason", "condition"),
    *("condition_by", "condition_owner", "note", "waiting", "reached"),
)
_REVISION: Final = ("call_id", "revision", "snapshot_id", "snapshot", "entries")


@dataclass(frozen=True, slots=True)
class _Words:
    """All that is said of a deal in a call."""

    rep: Category | None = None
    manager: Category | None = None
    said: Said = NOTHING_SAID
    waiting: bool = False
    reached: bool = False

    @property
    def columns(self) -> tuple[Any, ...]:
        """As their columns hold them."""
        day = self.said.condition_by
        said = self.said._replace(condition_by=day and day.isoformat())  # type: ignore[arg-type]
        return (
            self.rep and self.rep.value,
            self.manager and self.manager.value,
            *said,
            self.waiting,
            self.reached,
        )


class CallDraft:
    """What edits of quotas and calls amount to, before anything is written."""

    def __init__(self, run: Run, playbook: "Playbook") -> None:
        self._run = run
        self._playbook = playbook
        self._quotas: dict[tuple[str, Scope], int | None] = {}
        self._begun: list[tuple[str, Scope]] = []
        self._lines: dict[tuple[int, int], _Words] = {}
        """By call and deal, what is said now, and different from before."""
        self._numbers: dict[int, tuple[int | None, str]] = {}
        self._revisions: list[tuple[int, int, str, str, str]] = []
        self._resumed: int | None = None
        """The call that was to be begun and is going on already."""
        self._open: set[int] = set()
        """Calls that go on."""
        self.written_lines: tuple[int, ...] = ()
        """The ids of the lines that `write` has written, in the order of the edits."""
        self.reasons: list[str] = []
        """What the audit trail says of it."""

    @cached_property
    def _calls(self) -> tuple[Call, ...]:
        return calls_of(self._run)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self._quotas or self._begun or self._lines or self._numbers or self._revisions)

    @property
    def deal_ids(self) -> set[int]:
        """The deals of which something is said."""
        return {deal_id for _call, deal_id in self._lines}

    @property
    def resumed(self) -> int | None:
        """The id of a call that was to be begun and is going on already."""
        return self._resumed

    def take(self, edit: Apart) -> None:
        """Check an edit that concerns no single deal and add what it amounts to."""
        match edit:
            case SetQuota():
                self._set_quota(edit)
            case BeginCall():
                self._begin(edit)
            case SetNumber():
                self._set_number(edit)
            case Freeze():
                self._freeze(edit)
            case Reopen():
                self._reopen(edit)

    def say(self, deal: Deal, edit: Classify | Say) -> None:
        """Check what is said of a deal in a call; its category itself is a field of the deal."""
        self._still_open(edit.call_id)
        before = self._lines.get((edit.call_id, deal.id))
        if before is None:
            line = lines_of(self._run, edit.call_id, deal.id).get(deal.id)
            if edit.seen != (line.id if line else 0):
                raise Stale(deal.name)
            before = (
                _Words(line.rep, line.manager, line.said, line.waiting, line.reached) if line else _Words()
            )
        now = _after(before, edit)
        if now != before:
            self._lines[edit.call_id, deal.id] = now
            if now.said != before.said:
                self.reasons += [text for text in (now.said.reason, now.said.override_reason) if text]

    def write(self, ledger: Ledger, by: str) -> int | None:
        """Write all of it into a batch; the id of the call that it begins, if it does."""
        quotas = [(period, *scope, amount) for (period, scope), amount in self._quotas.items()]
        _insert(ledger, Quota, ("period", "team", "owner", "amount"), quotas)
        calls = [(period, *scope, moment(ledger.at), by) for period, scope in self._begun]
        begun = _insert(ledger, ForecastCall, ("period", "team", "owner", "at", "by"), calls)
        lines = [(*of, *words.columns) for of, words in self._lines.items()]
        self.written_lines = tuple(_insert(ledger, CallLine, _LINE, lines))
        numbers = [(call_id, *its) for call_id, its in self._numbers.items()]
        _insert(ledger, CallNumber, ("call_id", "number", "risks"), numbers)
        _insert(ledger, CallRevision, _REVISION, self._revisions)
        return begun[-1] if begun else None

    def _set_quota(self, edit: SetQuota) -> None:
        period = self._period(edit.period)
        scope = _scope(edit.team, edit.owner)
        if edit.amount is not None and not 0 <= edit.amount <= _LARGEST:
            raise Problem(_("A quota is 0 or more."))
        if self._quotas.get((period, scope), quotas_of(self._run).get((period, scope))) == edit.amount:
            return
        self._quotas[period, scope] = edit.amount
        currency = self._playbook.currency
        told = _("as in the playbook") if edit.amount is None else money(edit.amount, currency)
        self.reasons.append(labelled(_("quota %(whose)s") % {"whose": _whose(period, scope)}, told))

    def _begin(self, edit: BeginCall) -> None:
        period = self._period(edit.period)
        scope = _scope(edit.team, edit.owner)
        if call := open_call(self._calls, period, scope):
            self._resumed = call.id
        elif (period, scope) not in self._begun:
            self._begun.append((period, scope))
            self.reasons.append(_("forecast call %(whose)s") % {"whose": _whose(period, scope)})

    def _set_number(self, edit: SetNumber) -> None:
        call = self._going_on(edit.call_id)
        if edit.seen != call.number_id:
            raise _changed(call)
        if edit.number is not None and abs(edit.number) > _LARGEST:
            raise Problem(_("This number is too large."))
        now = edit.number, clean_lines(edit.risks)
        if now != (call.number, call.risks):
            self._numbers[call.id] = now
            currency = self._playbook.currency
            told = "—" if edit.number is None else money(edit.number, currency)
            head = _("number of the forecast call %(whose)s") % {"whose": _whose(call.period, call.scope)}
            self.reasons.append(labelled(head, told))

    def _freeze(self, edit: Freeze) -> None:
        call = self._going_on(edit.call_id)
        plain = json.loads(edit.snapshot)
        snapshot = thaw(plain)
        its = snapshot.period.name, snapshot.scope
        if not snapshot.is_whole or its != (call.period, call.scope):
            raise ValueError("the snapshot is not of this call, or is not whole")
        if (snapshot.number, snapshot.risks) != self._numbers.get(call.id, (call.number, call.risks)):
            raise _changed(call)
        if snapshot.revision != len(call.revisions) + 1:
            raise _changed(call)
        self._compare(snapshot)
        entries = plain.pop("entries")
        self._revisions.append((call.id, snapshot.revision, snapshot.id, _packed(plain), _packed(entries)))
        self.reasons.append(
            _("forecast call %(whose)s frozen, revision %(n)d")
            % {"whose": _whose(call.period, call.scope), "n": snapshot.revision}
        )

    def _compare(self, snapshot: Snapshot) -> None:
        """Refuse a snapshot whose deals are not what they are in the store: somebody was quicker."""
        deals = {deal.id: deal for deal in read_deals(self._run, list(snapshot.by_deal))}
        for entry in snapshot.entries:
            deal = deals.get(entry.deal_id)
            if deal is None or _facts(entry) != _facts_of(deal):
                raise Stale(entry.name)

    def _reopen(self, edit: Reopen) -> None:
        call = self._call(edit.call_id)
        if not call.is_frozen or call.revisions[-1].revision != edit.revision:
            raise _changed(call)
        same = [its.id for its in self._calls if (its.period, its.scope) == (call.period, call.scope)]
        if same[-1] != call.id:
            raise Problem(_("A later call on this period was begun: go on with that one."))
        self._revisions.append((call.id, edit.revision, "", "", ""))
        self.reasons.append(
            _("forecast call %(whose)s reopened") % {"whose": _whose(call.period, call.scope)}
        )

    def _still_open(self, call_id: int) -> None:
        """Refuse a call that is frozen or gone; asked at every classification, so it reads no other call."""
        if call_id not in self._open:
            if is_frozen(self._run, call_id) is not False:
                self._going_on(call_id)  # which says why
            self._open.add(call_id)

    def _call(self, call_id: int) -> Call:
        for call in self._calls:
            if call.id == call_id:
                return call
        raise Problem(_("This forecast call is not there any more: its beginning was undone."))

    def _going_on(self, call_id: int) -> Call:
        call = self._call(call_id)
        if call.is_frozen:
            raise Problem(_("This forecast call is frozen: reopen it to go on."))
        return call

    def _period(self, name: str) -> str:
        try:
            return Period.parse(name, self._playbook.fiscal_year_start).name
        except ValueError:
            raise Problem(
                _("“%(name)s” is no period; write 2026-Q4 (a fiscal quarter), 2026-11 (a month) or 2026.")
                % {"name": name}
            ) from None


def _after(before: _Words, edit: Classify | Say) -> _Words:
    """What is said of a deal after an edit."""
    now = before if edit.said is None else replace(before, said=_cleaned(edit.said))
    match edit:
        case Classify():
            now = replace(now, waiting=False, reached=True)
            if edit.side == "rep":
                return replace(now, rep=edit.category)
            return replace(now, manager=edit.category)
        case Say():
            return replace(
                now,
                waiting=before.waiting if edit.waiting is None else edit.waiting,
                reached=before.reached if edit.reached is None else edit.reached,
            )


def _cleaned(said: Said) -> Said:
    return Said(
        clean(said.reason, TEXT_LIMIT),
        clean(said.override_reason, TEXT_LIMIT),
        clean(said.condition, TEXT_LIMIT),
        said.condition_by,
        clean(said.condition_owner),
        clean_lines(said.note),
    )


def _packed(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _facts(entry: CallEntry) -> tuple[object, ...]:
    return (
        entry.state,
        entry.amount,
        entry.close_date,
        entry.crm,
        entry.rep,
        entry.manager,
    )


def _facts_of(deal: Deal) -> tuple[object, ...]:
    return (
        "missing" if deal.status == "open" and deal.missing_since else deal.status,
        deal.amount,
        deal.close_date if deal.status == "open" else deal.settled_on,
        deal.crm_category,
        deal.rep_category,
        deal.manager_category,
    )


def _changed(call: Call) -> Problem:
    whose = _whose(call.period, call.scope)
    return Problem(
        _("The forecast call %(whose)s was changed meanwhile; look at it again and repeat.")
        % {"whose": whose}
    )


def _scope(team: str, owner: str) -> Scope:
    scope = Scope(clean(team), clean(owner))
    if scope.team and scope.owner:
        raise Problem(_("Give an owner or a team, not both."))
    return scope


def _whose(period: str, scope: Scope) -> str:
    """ "2026-Q4 · Claire Dubois"."""
    return " · ".join(part for part in (period, scope.owner or scope.team) if part)


def _insert(
    ledger: Ledger, model: type[SQLModel], columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> Sequence[int]:
    """Insert rows of a batch; their ids."""
    if not rows:
        return ()
    ids = ledger.take(model, len(rows))
    ledger.insert(
        model,
        ("id", *columns, "batch_id"),
        [(id_, *row, ledger.batch_id) for id_, row in zip(ids, rows, strict=True)],
    )
    return ids
