"""What trends rest on, read from the store once: the ways of all deals, and the open ones on some days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from pipetui.deals.deal import Deal
from pipetui.forecast.periods import before, month, quarter
from pipetui.forecast.quotas import Quota
from pipetui.pipeline.looking import resumed
from pipetui.pipeline.pipeline import Pipeline
from pipetui.store.cycles import without_cycle_search
from pipetui.store.history import read_told
from pipetui.store.quotas import quotas_in_force
from pipetui.trends.journeys import Journey, journeys, waiting

if TYPE_CHECKING:
    from pipetui.playbook.models import Playbook
    from pipetui.store.engine import Run, Store

MONTHS: Final = 12
"""Month ends before today at which the open pipeline is looked at."""
FLOWS: Final = (7, 30)
"""Days before today from which a flow to today is wanted at once."""
SLIPPAGES: Final = 8
"""Past months and quarters of which it is wanted at once what slipped out of them."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Past:
    """What was read; it holds until the store or the day is another."""

    revision: int
    """Of the pipeline that it was read for."""
    today: date
    visits: Sequence[tuple[int, int, int, str | None, int, bool]]
    """All stays (`store.visits.Visit`), and those of deals that never left their first stage."""
    journeys: Sequence[Journey]
    points: tuple[date, ...]
    """The month ends and today, oldest first; only days from `known_from` on."""
    open_on: Mapping[date, list[Deal]]
    """By day, the deals that were open at its end as they stood then: of the points, of `FLOWS`, and of the
    evenings before the periods of `SLIPPAGES`."""
    known_from: date | None
    """The first day of which the open deals are known: that of the first export, or, where a history tells of
    the time before, the one from which on closings are known, too."""
    exported_from: date | None
    """The day of the first export; of the time before nobody knows how deals were qualified."""
    first_exports: Mapping[str, date]
    """By source."""
    quotas: tuple[Quota, ...]

    def is_of(self, pipeline: Pipeline) -> bool:
        """Whether it holds for a pipeline."""
        return self.revision == pipeline.revision and self.today == pipeline.today


def month_ends(today: date, months: int = MONTHS) -> list[date]:
    """The last days of the months before today's, oldest first, then today."""
    found = [today]
    day = today
    for _ in range(months):
        day = month(day).start - timedelta(days=1)
        found.append(day)
    return found[::-1]


_KEPT: "WeakKeyDictionary[Store, tuple[Playbook, Past]]" = WeakKeyDictionary()
_READING: Final = Lock()


def read_past(store: "Store", pipeline: Pipeline) -> Past:
    """Read all events, or take what was read of them for the same state of the store; not on the event loop.

    Args:
        store: where they are.
        pipeline: the same store as it is now.

    Raises:
        Problem: the store cannot be read.
    """
    with _READING:  # the dashboard reads while somebody goes on to the trends: once is enough
        kept = kept_past(store, pipeline)
        if kept is None:
            _KEPT.pop(store, None)
            with without_cycle_search(stays=True):
                kept = _read(store, pipeline)
            _KEPT[store] = pipeline.playbook, kept
        return kept


def kept_past(store: "Store", pipeline: Pipeline) -> Past | None:
    """What was read for the same state of the store, if anything was."""
    playbook, kept = _KEPT.get(store, (None, None))
    return kept if kept is not None and playbook is pipeline.playbook and kept.is_of(pipeline) else None


def _read(store: "Store", pipeline: Pipeline) -> Past:
    stages = list(pipeline.stages.values())
    with store.reading() as run:
        first, history_from = _first_exports(run), _history_from(run)
    exported_from = min(first.values(), default=None)
    known_from = _known_from(pipeline, exported_from, history_from)
    points = [] if known_from is None else [day for day in month_ends(pipeline.today) if day >= known_from]
    wanted = set(points)
    if known_from is not None:
        wanted.update(pipeline.today - timedelta(days=back) for back in FLOWS)
        wanted.update(_evenings(pipeline))
    told = read_told(
        store, pipeline.deals, stages, pipeline.today, sorted(wanted), team_of=pipeline.playbook.team
    )
    ways = journeys(
        pipeline.deals, stages, told.visits, told.paths, watched_since=first, today=pipeline.today
    )
    return Past(
        revision=pipeline.revision,
        today=pipeline.today,
        visits=[*told.visits, *waiting(ways, told.visits, pipeline.today)],
        journeys=ways,
        points=tuple(points),
        open_on={day: _as_judged(deals, day) for day, deals in told.open_on.items()},
        known_from=known_from,
        exported_from=exported_from,
        first_exports=first,
        quotas=quotas_in_force(store, pipeline.playbook),
    )


def _evenings(pipeline: Pipeline) -> list[date]:
    """The evenings before the last months and quarters that are over."""
    start = pipeline.playbook.fiscal_year_start
    found = []
    for now in (month(pipeline.today), quarter(pipeline.today, start)):
        its = now
        for _ in range(SLIPPAGES):
            its = before(its, start)
            found.append(its.start - timedelta(days=1))
    return found


def _as_judged(deals: list[Deal], day: date) -> list[Deal]:
    return [deal if deal.resume_on is None else resumed(deal, day) for deal in deals]


def first_exports(store: "Store") -> dict[str, date]:
    """By source, the day of its first export. Raises `Problem`."""
    with store.reading() as run:
        return _first_exports(run)


def _first_exports(run: "Run") -> dict[str, date]:
    """By source, the day of the first export that counts; a batch without a moment counts by its own."""
    rows = run(
        "SELECT i.name, CAST(min(seen.at) AS TEXT) FROM import_source i JOIN ("
        "SELECT e.source_id, e.as_of AS at FROM export e JOIN batch b ON b.id = e.batch_id "
        "WHERE b.undone_by IS NULL "
        "UNION ALL SELECT b.source_id, COALESCE(b.as_of, b.at) FROM batch b WHERE b.undone_by IS NULL"
        ") seen ON seen.source_id = i.id GROUP BY i.name",
        {},
    )
    return {name: date.fromisoformat(at[:10]) for name, at in rows}


def _history_from(run: "Run") -> date | None:
    """The first day of which a history file tells."""
    rows = run("SELECT CAST(min(at) AS TEXT) FROM deal_event WHERE origin = 'history'", {})
    return date.fromisoformat(rows[0][0][:10]) if rows and rows[0][0] else None


def _known_from(pipeline: Pipeline, exported_from: date | None, history_from: date | None) -> date | None:
    closed = [its.settled_on for its in pipeline.deals.values() if its.status != "open" and its.settled_on]
    if history_from is None or not closed:
        return exported_from
    told_from = max(history_from, min(closed))
    return told_from if exported_from is None else min(told_from, exported_from)
