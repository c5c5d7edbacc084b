"""Deals as they stood at the end of days gone by, replayed from their events."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, cast

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.event import Clocks, Event, Origin, clocks
from pipetui.deals.fields import CREATED
from pipetui.deals.qualification import NOTHING_KNOWN
from pipetui.store.engine import Run, Store
from pipetui.store.reading import uncollected
from pipetui.store.rows import EFFECTIVE

_CATEGORIES: Final[Mapping[str, Category]] = {category.value: category for category in Category}
_TOLD: Final[Mapping[str, Callable[[str], Any]]] = {
    **dict.fromkeys(("owner", "currency", "next_step", "levels", "accepted", "status"), str),
    **dict.fromkeys(("stage_id", "amount"), int),
    **dict.fromkeys(
        (
            "created",
            "close_date",
            "closed_on",
            "next_step_date",
            "missing_since",
            "resume_on",
            "last_activity",
        ),
        date.fromisoformat,
    ),
    **dict.fromkeys(("crm_category", "rep_category", "manager_category"), _CATEGORIES.__getitem__),
}
"""The fields that figures rest on, and how their texts are read."""
_UNKNOWN: Final[Mapping[str, Any]] = {
    **dict.fromkeys(_TOLD),
    **dict.fromkeys(("owner", "currency", "next_step", "accepted"), ""),
    "levels": NOTHING_KNOWN,
    "status": "open",
}
"""What they are as long as nothing tells them."""
_CLOCKED: Final = frozenset({CREATED, "stage_id", "amount", "close_date", "last_stage_change"})
"""The fields that decide a deal's clocks."""
_CLOSED: Final = ("won", "lost")
_AT_ONCE: Final = 10_000
"""Deals whose events are in memory at one time."""

_EVENTS: Final = f"""
SELECT e.deal_id, CAST(e.at AS TEXT), e.field, e.old, e.new, e.origin, e.id
FROM deal_event e
WHERE e.deal_id BETWEEN :first AND :last AND {EFFECTIVE} AND %s
    AND e.deal_id IN (
        SELECT d.id FROM deal d WHERE NOT d.archived AND (d.status = 'open' OR %s d.id IN (
            SELECT o.deal_id FROM deal_event o WHERE o.field = 'status' AND o.at >= :since))
        AND (:first_due = '' OR d.close_date BETWEEN :first_due AND :last_due
            OR d.closed_on BETWEEN :first_due AND :last_due OR d.id IN (
                SELECT c.deal_id FROM deal_event c WHERE c.field = 'close_date'
                AND (c.old BETWEEN :first_due AND :last_due OR c.new BETWEEN :first_due AND :last_due))))
ORDER BY e.deal_id, e.at, e.id"""
"""Of the deals that may have been open at some time since, and due between two days."""
_SEEN: Final = _EVENTS % ("e.at < :until", "")
_TOLD_OF: Final = _EVENTS % (
    f"(e.at < :until OR e.origin = 'history' OR e.field = '{CREATED}')",
    "COALESCE(d.closed_on, d.close_date, :since) >= :since OR",
)
"""As well those that were closed before the first export that shows them, with all that leads there."""


def open_deals_on(
    store: Store,
    deals: Mapping[int, Deal],
    days: Sequence[date],
    *,
    told: bool = False,
    due: tuple[date, date] | None = None,
) -> dict[date, list[Deal]]:
    """By day, the deals that were known and open at its end, as they stood then.

    What no event tells stays as it is now: name, account, the source, and the teams of owners.

    Args:
        store: where the events are.
        deals: the deals as they are now, by id; others are left out.
        days: the days, in their order.
        told: whether deals count before the first export that shows them, too, if a history file tells of
            their stages. Of that time stage, amount and close date are known; owner and currency are those of
            the first export, everything else is unknown.
        due: first and last day; deals that were never due between them may be left out, which is faster.

    Raises:
        Problem: the store cannot be read.
    """
    found: dict[date, list[Deal]] = {day: [] for day in days}
    if not days:
        return found
    first_due, last_due = (day.isoformat() for day in due) if due else ("", "")
    values = {
        "since": days[0].isoformat(),
        "until": (days[-1] + timedelta(days=1)).isoformat(),
        "first_due": first_due,
        "last_due": last_due,
    }
    ends = [((day + timedelta(days=1)).isoformat(), found[day]) for day in days]
    with store.reading(much=True) as run, uncollected():
        teams = dict(run("SELECT name, team FROM owner", {}))
        kinds = dict(run("SELECT id, kind FROM stage", {}))
        for rows in _events(run, _TOLD_OF if told else _SEEN, values):
            for deal_id, its in groupby(rows, key=itemgetter(0)):
                if deal := deals.get(deal_id):
                    events = list(its)
                    past = _Past(deal, teams)
                    if told:
                        past.begin(events, kinds)
                    _follow(past, events, ends)
    return found


def _events(run: Run, sql: str, values: Mapping[str, str]) -> Iterator[Sequence[tuple[Any, ...]]]:
    ((last,),) = run("SELECT COALESCE(max(id), 0) FROM deal", {})
    for first in range(1, last + 1, _AT_ONCE):
        yield run(sql, {**values, "first": first, "last": first + _AT_ONCE - 1})


def _follow(past: "_Past", events: list[tuple[Any, ...]], ends: Iterable[tuple[str, list[Deal]]]) -> None:
    """Add the deal, as it stood, to every day at whose end it was open."""
    begin = 0
    for end, found in ends:
        to = begin
        while to < len(events) and events[to][1] < end:
            to += 1
        if begin < to:
            past.take(events[begin:to])
            begin = to
        if (deal := past.open_deal(end)) is not None:
            found.append(deal)


class _Past:
    """One deal on its way through its events."""

    def __init__(self, deal: Deal, teams: Mapping[str, str]) -> None:
        self._deal = deal
        self._teams = teams
        self._is_known = False
        """Whether it has appeared: what a history tells of the time before is not the whole deal."""
        self._kinds: Mapping[int, str] = {}
        """Of the stages, where what a history tells counts."""
        self._span = ("", "")
        """First day on which a history knows it, and the day on which it was closed before it appeared."""
        self._state: dict[str, Any] = {}
        self._here: set[str] = set()
        self._clocked: list[Event] = []
        self._clocks: Clocks | None = None
        self._is_new = True

    def begin(self, events: Sequence[tuple[Any, ...]], kinds: Mapping[int, str]) -> None:
        """Let what history files tell of the time before its first appearance count."""
        before: dict[str, tuple[Any, ...]] = {}
        for event in events:
            if event[2] == CREATED:
                appeared = json.loads(event[4] or "{}")
                break
            before.setdefault(event[2], event)
        else:
            return
        if "stage_id" not in before:
            return
        closed = appeared.get("closed_on") or appeared.get("close_date") or ""
        is_open = appeared.get("status", "open") == "open"
        self._span = (
            appeared.get("created") or min(event[1] for event in before.values())[:10],
            "" if is_open else closed,
        )
        self._kinds = kinds
        first = {"stage_id": appeared.get("stage_id"), "amount": appeared.get("amount"), "close_date": closed}
        # What a field was before it changed for the first time; what never changed is what it was later.
        known = {name: before[name][3] if name in before else value for name, value in first.items()}
        known |= {name: appeared[name] for name in ("owner", "currency", "created") if name in appeared}
        self._state = {name: _TOLD[name](text) for name, text in known.items() if text}
        self._state["status"] = kinds.get(self._state.get("stage_id", 0), "open")

    def take(self, events: Iterable[tuple[Any, ...]]) -> None:
        """Follow it through some events."""
        self._is_new = True
        for deal_id, at, field, old, new, origin, id_ in events:
            if field == CREATED:
                told = json.loads(new or "{}")
                self._is_known = True
                self._state = {name: read(told[name]) for name, read in _TOLD.items() if name in told}
                # All that the clocks ask of a first appearance, so that it is not read again and again.
                change = told.get("last_stage_change")
                clocked = change and json.dumps({"last_stage_change": change})
            else:
                if read := _TOLD.get(field):
                    self._state[field] = None if new is None else read(new)
                if field == "stage_id" and not self._is_known and new is not None:
                    self._state["status"] = self._kinds.get(int(new), "open")
                if origin == "person":
                    self._here.add(field)
                clocked = new
            if field in _CLOCKED:
                moment = datetime.fromisoformat(at)
                self._clocked.append(
                    Event(id_, deal_id, moment, field, old, clocked, cast("Origin", origin), 0)
                )
                self._clocks = None

    def open_deal(self, end: str) -> Deal | None:
        """The deal as it stands before a moment; `None` if it is closed, or nobody knows it yet."""
        state = self._state
        if state.get("status") in _CLOSED or not (self._is_known or self._is_told(end)):
            return None
        if self._is_new:
            self._is_new = False
            its = self._clocks = self._clocks or clocks(self._clocked)
            facts = {**_UNKNOWN, **{name: value for name, value in state.items() if value is not None}}
            self._deal = self._deal._replace(
                **facts,
                team=self._teams.get(facts["owner"], ""),
                set_here=frozenset(self._here),
                stage_since=its.stage_entered_at and its.stage_entered_at.date(),
                moved_on=its.last_move_at and its.last_move_at.date(),
                push_count=its.push_count,
            )
        return self._deal

    def _is_told(self, end: str) -> bool:
        """Whether a history tells that it was open before a moment, in a stage that is known."""
        first, closed = self._span
        return bool(first) and first < end and (not closed or closed >= end) and "stage_id" in self._state
