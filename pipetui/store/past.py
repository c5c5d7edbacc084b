"""Deals as they stood at the end of days gone by, replayed from their events."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.fields import CREATED
from pipetui.deals.qualification import NOTHING_KNOWN
from pipetui.store.cycles import without_cycle_search
from pipetui.store.engine import Run, Store
from pipetui.store.rows import EFFECTIVE


class _Days(dict[str, date]):
    """ISO text → day; a few thousand days, however many deals name them."""

    def __missing__(self, text: str) -> date:
        day = self[text] = date.fromisoformat(text)
        return day


_DAYS: Final = _Days()
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
        _DAYS.__getitem__,
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
_HOW: Final[Mapping[str, tuple[int, Callable[[str], Any], Any]]] = {
    name: (Deal._fields.index(name), read, _UNKNOWN[name]) for name, read in _TOLD.items()
}
"""Field → its place in a deal, how its text is read, and what it is as long as nothing tells it."""
_BLANK: Final[Sequence[Any]] = [_UNKNOWN.get(name) for name in Deal._fields]
"""A deal of which nothing is told."""
_RUNS: Final = [
    [place for place, _name in run]
    for told, run in groupby(enumerate(Deal._fields), key=lambda its: its[1] in _TOLD)
    if not told
]
_STAYS: Final = [slice(run[0], run[-1] + 1) for run in _RUNS]
"""The places of what no event tells here, one after the other: it stays as it is now."""
_STATUS, _STAGE, _OWNER = map(Deal._fields.index, ("status", "stage_id", "owner"))
_TEAM, _SET_HERE, _STAGE_SINCE, _MOVED_ON, _PUSH_COUNT = map(
    Deal._fields.index, ("team", "set_here", "stage_since", "moved_on", "push_count")
)
_state_of: Final = json.JSONDecoder().raw_decode
"""A deal's first state, and its length."""
_NOTHING_HERE: Final[frozenset[str]] = frozenset()
_CLOSED: Final = ("won", "lost")
_ALWAYS: Final = ("", "")
_AT_ONCE: Final = 10_000
"""Deals whose events are in memory at one time."""

_EVENTS: Final = f"""
SELECT e.deal_id, CAST(e.at AS TEXT), e.field, e.old, e.new, e.origin
FROM deal_event e
WHERE e.deal_id BETWEEN :first AND :last AND {EFFECTIVE} AND %s
    AND e.deal_id IN (
        SELECT d.id FROM deal d WHERE NOT d.archived AND (d.status = 'open' OR %s d.id IN (
            SELECT o.deal_id FROM deal_event o WHERE o.deal_id BETWEEN :first AND :last
            AND o.field = 'status' AND o.at >= :since))
        AND (:first_due = '' OR d.close_date BETWEEN :first_due AND :last_due
            OR d.closed_on BETWEEN :first_due AND :last_due OR d.id IN (
                SELECT c.deal_id FROM deal_event c WHERE c.deal_id BETWEEN :first AND :last
                AND c.field = 'close_date'
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
    closed: bool = False,
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
        closed: whether those are given, too, that were closed by then, if they may have been open since the
            first of the days.

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
    with store.reading(much=True) as run, without_cycle_search():
        teams = dict(run("SELECT name, team FROM owner", {}))
        kinds = dict(run("SELECT id, kind FROM stage", {}))
        for rows in _events(run, _TOLD_OF if told else _SEEN, values):
            for deal_id, its in groupby(rows, key=itemgetter(0)):
                if deal := deals.get(deal_id):
                    events = list(its)
                    past = Past(deal, teams)
                    if told:
                        past.begin(events, kinds)
                    follow(past, events, ends, closed=closed)
    return found


def _events(run: Run, sql: str, values: Mapping[str, str]) -> Iterator[Sequence[tuple[Any, ...]]]:
    ((last,),) = run("SELECT COALESCE(max(id), 0) FROM deal", {})
    for first in range(1, last + 1, _AT_ONCE):
        yield run(sql, {**values, "first": first, "last": first + _AT_ONCE - 1})


def follow(
    past: "Past", events: list[tuple[Any, ...]], ends: Iterable[tuple[str, list[Deal]]], *, closed: bool
) -> None:
    """Add the deal, as it stood, to every day at whose end it was open, or known."""
    begin, last = 0, len(events)
    deal, known = None, past.known(closed=closed)
    for end, found in ends:
        to = begin
        while to < last and events[to][1] < end:
            to += 1
        if begin < to:  # else nothing has happened to it, and time alone changes nothing
            past.take(events[begin:to])
            begin, deal, known = to, None, past.known(closed=closed)
        if known is not None and known[0] < end and (not known[1] or known[1] >= end):
            deal = deal or past.deal()
            found.append(deal)


class Past:
    """One deal on its way through its events.

    Hundreds of thousands of events pass here: moments stay texts, which compare as moments do, the state is
    a list with a place for each field of a deal, and the clocks are kept as `deals.event.clocks` tells them.
    """

    def __init__(self, deal: Deal, teams: Mapping[str, str]) -> None:
        self._teams = teams
        self.is_known = False
        """Whether it has appeared: what a history tells of the time before is not the whole deal."""
        self._kinds: Mapping[int, str] = {}
        """Of the stages, where what a history tells counts."""
        self._span = ("", "")
        """First day on which a history knows it, and the day on which it was closed before it appeared."""
        self._appeared: dict[str, str] | None = None
        self._blank: list[Any] = [*_BLANK]
        known: tuple[Any, ...] = deal
        for places in _STAYS:
            self._blank[places] = known[places]
        self._state: list[Any] = self._blank.copy()
        self._has_stage = False
        self._here: set[str] = set()
        self._entered: str | None = None
        self._moved: str | None = None
        self._reported: str | None = None
        self._pushes = 0

    def begin(self, events: Sequence[tuple[Any, ...]], kinds: Mapping[int, str]) -> None:
        """Let what history files tell of the time before its first appearance count."""
        before: dict[str, tuple[Any, ...]] = {}
        for event in events:
            if event[2] == CREATED:
                appeared = self._appeared = _state_of(event[4] or "{}")[0]
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
        self._set(known)
        self._has_stage = bool(known["stage_id"])
        self._state[_STATUS] = kinds.get(self._state[_STAGE] if self._has_stage else 0, "open")

    def take(self, events: Iterable[tuple[Any, ...]]) -> None:
        """Follow it through some events."""
        for _deal, at, field, old, new, origin in events:
            if field == CREATED:
                told = self._appeared if self._appeared is not None else _state_of(new or "{}")[0]
                self.is_known = True
                self._state = self._blank.copy()
                self._set(told)
                self._reported = told.get("last_stage_change") or self._reported
                continue
            if how := _HOW.get(field):
                place, read, unknown = how
                self._state[place] = unknown if new is None else read(new)
            if origin == "person":
                self._here.add(field)
            if field == "stage_id":
                self._entered = self._moved = at
                self._has_stage = new is not None
                if not self.is_known and new is not None:
                    self._state[_STATUS] = self._kinds.get(int(new), "open")
            elif field == "amount":
                self._moved = at
            elif field == "close_date":
                if old is not None and new is not None:  # days compare as ISO text
                    self._pushes += new > old
                    self._moved = at if new < old else self._moved
            elif field == "last_stage_change":
                self._reported = new

    def known(self, *, closed: bool) -> tuple[str, str] | None:
        """The first day of which the deal is known as it stands, and the last one; "" for no end.

        `None` if nobody knows it yet, or it is closed and those are not wanted.
        """
        if self._state[_STATUS] in _CLOSED:
            return _ALWAYS if closed else None
        if self.is_known:
            return _ALWAYS
        return self._span if self._span[0] and self._has_stage else None

    def deal(self) -> Deal:
        """The deal as it stands."""
        entered, moved = self._entered or self._reported, self._moved or self._reported
        facts = self._state.copy()
        facts[_TEAM] = self._teams.get(facts[_OWNER], "")
        facts[_SET_HERE] = frozenset(self._here) if self._here else _NOTHING_HERE
        facts[_STAGE_SINCE] = _DAYS[entered[:10]] if entered else None
        facts[_MOVED_ON] = _DAYS[moved[:10]] if moved else None
        facts[_PUSH_COUNT] = self._pushes
        return tuple.__new__(Deal, facts)

    def _set(self, told: Mapping[str, str | None]) -> None:
        state = self._state
        for name, text in told.items():
            if text and (how := _HOW.get(name)):
                state[how[0]] = how[1](text)
