"""What the events of open deals tell that their rows do not: amounts lately in force, and pushes."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from pipetui.deals.event import is_push
from pipetui.signals.history import WINDOW, Push, Step
from pipetui.signals.rhythm import Won
from pipetui.store.engine import Run
from pipetui.store.rows import EFFECTIVE, listed

_EVENTS: Final = (
    "SELECT e.deal_id, CAST(e.at AS TEXT), e.field, e.old, e.new "
    f"FROM deal_event e WHERE {EFFECTIVE} AND %(events)s "
    "AND e.deal_id IN (SELECT d.id FROM deal d WHERE d.status = 'open' AND NOT d.archived AND %(deals)s) "
    "ORDER BY e.deal_id, e.at, e.id"
)
"""Of some open deals, some events; each deal's together and in order of (at, id)."""


def wins(run: Run, today: date) -> list[Won]:
    """The deals that are won by the end of a day and belong to a known one."""
    rows = run(
        "SELECT id, CAST(created AS TEXT), CAST(COALESCE(closed_on, close_date) AS TEXT) FROM deal "
        "WHERE status = 'won' AND NOT archived AND COALESCE(closed_on, close_date) IS NOT NULL",
        {},
    )
    found = (Won(id_, _day(created), date.fromisoformat(on[:10])) for id_, created, on in rows)
    return [win for win in found if win.on <= today]


def steps(run: Run, today: date, deals: Iterable[int] | None = None) -> dict[int, tuple[Step, ...]]:
    """By open deal (of some, or of all), the amounts that gave way to others in the last 30 days.

    What was in force when the deal had another currency cannot be compared and is left out.
    """
    first = today - timedelta(days=WINDOW)
    since, tomorrow = first.isoformat(), (today + timedelta(days=1)).isoformat()
    # An amount that changes is a move, and the deal's row knows its last one.
    lately = f"e.field IN ('amount', 'currency') AND e.at >= '{since}' AND e.at < '{tomorrow}'"
    rows = _events(run, lately, f"d.last_move_at >= '{since}'", deals)
    found: dict[int, tuple[Step, ...]] = {}
    for deal_id, its in groupby(rows, key=itemgetter(0)):
        told: list[Step] = []
        converted = ""
        for _deal, at, field, old, _new in its:
            if field == "currency":
                told, converted = [], at
            elif old is not None and at != converted:
                told.append(Step(date.fromisoformat(at[:10]), int(old)))
        if told:
            found[deal_id] = tuple(told)
    return found


def pushes(
    run: Run, today: date, limit: int, deals: Iterable[int] | None = None
) -> dict[int, tuple[Push, ...]]:
    """By open deal (of some, or of all) that was pushed at least so often, its pushes, oldest first."""
    later = "e.field = 'close_date' AND e.new > e.old"  # days compare as ISO text
    rows = _events(run, later, f"d.push_count >= {int(limit)}", deals)
    last = today.isoformat()
    found: dict[int, tuple[Push, ...]] = {}
    for deal_id, its in groupby(rows, key=itemgetter(0)):
        told = []
        for _deal, at, _field, before, after in its:
            old, new = _day(before), _day(after)
            if at[:10] <= last and is_push(old, new) and old and new:
                told.append(Push(date.fromisoformat(at[:10]), old, new))
        if told:
            found[deal_id] = tuple(told)
    return found


def _events(run: Run, events: str, which: str, deals: Iterable[int] | None) -> Iterable[tuple[Any, ...]]:
    some = "" if deals is None else f" AND d.id IN ({listed(deals)})"
    return run(_EVENTS % {"events": events, "deals": which + some}, {})


@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
