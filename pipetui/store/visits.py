"""How long deals stood in their stages, and how they left them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, Literal, NamedTuple

from pipetui.deals.deal import Stage
from pipetui.store.engine import Run, Store
from pipetui.store.rows import EFFECTIVE, read_stages

FIELDS: Final = ("stage_id", "deal", "status", "last_stage_change")
"""The fields whose events decide where a deal stands; the commonest first."""
_EVENTS: Final = f"""
SELECT e.deal_id, CAST(e.at AS TEXT), e.field, e.old, e.new, e.origin
FROM deal_event e
WHERE e.deal_id BETWEEN :first AND :last
    AND e.field IN ({", ".join(f"'{field}'" for field in sorted(FIELDS))}) AND {EFFECTIVE}
ORDER BY e.deal_id, e.at, e.id"""
_AT_ONCE: Final = 500
"""Deals whose events are in memory at one time."""
_CLOSED: Final = ("won", "lost")

Left = Literal["forward", "back", "lost"]


class Visit(NamedTuple):
    """One stay of a deal in an open stage."""

    deal_id: int
    stage_id: int
    days: int
    left: Left | None
    """A skip and a win are forward, another pipeline is back; `None`: still there (until it went missing)."""
    since: int
    """Its first day, as `date.toordinal` counts."""
    first: bool
    """Whether the deal had never been in that stage before."""


class Path(NamedTuple):
    """What is known of a deal's way besides its stays."""

    deal_id: int
    begin: int | None
    """The stage in which it is first heard of, of whatever kind; `None`: its creation is told."""
    told: bool
    """Whether a history tells of it before the first export that shows it."""
    seen: int
    """The day on which it is first heard of, as `date.toordinal` counts."""
    ended: int | None
    """The open stage that it left last, whether or not it is known since when it was there."""
    cut: tuple[tuple[int, int], ...]
    """(stage, first day) of the stays whose end is not known, because events are lacking."""


def stage_visits(store: Store, today: date, stages: Iterable[Stage] | None = None) -> list[Visit]:
    """All stays whose begin is known, of all deals, as of a day; what happened later has not happened yet.

    For "how long until a deal leaves this stage forward" (`statistics.survival.kaplan_meier`): completed are
    those left forward; still there, left back and lost are censored. A deal's stays are in order of time.

    Args:
        store: Where.
        today: The day.
        stages: The store's stages as a playbook has them; else as they stand in the store.
    """
    with store.reading() as run:
        return list(visits_of(run, today, read_stages(run) if stages is None else stages))


def visits_of(run: Run, today: date, stages: Iterable[Stage]) -> Iterator[Visit]:
    """`stage_visits`, of a store that is being read, and never more of them in memory than of some deals."""
    followed = Followed(today, stages, missing_deals(run), has_paths=False)
    for rows in _events(run):
        for deal_id, its in groupby(rows, key=itemgetter(0)):
            followed.deal(deal_id, its)
        yield from followed.visits
        followed.visits.clear()


def _events(run: Run) -> Iterator[Sequence[tuple[Any, ...]]]:
    """What matters here, some deals at a time, each deal's events together and in order of (at, id)."""
    ((last,),) = run("SELECT COALESCE(max(id), 0) FROM deal", {})
    for first in range(1, last + 1, _AT_ONCE):
        yield run(_EVENTS, {"first": first, "last": first + _AT_ONCE - 1})


class Followed:
    """Follows one deal after the other through its events.

    Six hundred thousand events pass here: days stay texts, which compare as days do, until a stay is noted.
    """

    def __init__(
        self, today: date, stages: Iterable[Stage], missing: dict[int, str], *, has_paths: bool = True
    ) -> None:
        """`has_paths`: whether anybody asks for them, which is a fifth of the work."""
        stages = list(stages)
        self.visits: list[Visit] = []
        self.paths: list[Path] = []
        self._has_paths = has_paths
        self._today = today.isoformat()
        self._missing = missing
        self._ids: dict[str | None, int] = {str(stage.id): stage.id for stage in stages}
        self._kinds: dict[int | None, str | None] = {
            stage.id: None if stage.kind == "open" else stage.kind for stage in stages
        }
        self._ways = _Ways(stages)
        self._ordinals = _Ordinals()
        self._deal_id = 0
        self._been: set[int | None] = set()
        """The stages that it has left, or that it was closed in."""
        self._stage: int | None = None
        self._status: str | None = None
        self._since: str | None = None
        """The day it came to where it is; `None` is unknown."""
        self._reported = True
        """Whether `since` is only the export's word, which no event confirms."""
        self._ended: int | None = None
        self._cut: list[tuple[int, int]] = []

    def deal(self, deal_id: int, events: Iterable[tuple[Any, ...]]) -> None:
        """The stays of one deal; `events` can be gone through again where paths are asked for."""
        ids, today = self._ids, self._today
        self._deal_id, self._been = deal_id, set()
        self._stage = self._status = self._since = None
        self._reported = True
        self._ended = None
        self._cut = []
        begin = self._begin(events) if self._has_paths else None
        for _deal, at, field, old, new, _origin in events:
            day = at[:10]
            if day > today:
                break
            if field == "stage_id":
                here, there = ids.get(old), ids.get(new)
                if self._stage is None or self._stage != here:
                    # The first thing heard of it, or events are lacking: since when it was there is unknown.
                    self._lose_sight()
                    self._stand(here, None)
                if self._status in _CLOSED:
                    self._go(there, self._status, day)
                elif here != there:  # as `_go` does: nearly all events are of this kind
                    if left := self._ways[here, there]:
                        self._note(day, left)
                    self._been.add(here)
                    self._stage, self._since, self._reported = there, day, False
            elif field == "deal":
                self._appear(new or "", day)
            elif field == "status":
                self._go(self._stage, new, day)
            elif self._reported and field == "last_stage_change":
                self._since = new
        if self._since is not None and self._closed(self._stage, self._status) is None:
            self._note(min(today, self._missing.get(deal_id, today)), None)
        if begin is not None:
            stage, is_told, day = begin
            self.paths.append(
                Path(deal_id, stage, is_told, self._ordinals[day], self._ended, tuple(self._cut))
            )

    def _begin(self, events: Iterable[tuple[Any, ...]]) -> tuple[int | None, bool, str] | None:
        """Stage, whether a history tells, and day of the first thing heard of where a deal stands."""
        for _deal, at, field, old, new, _origin in events:
            if at[:10] > self._today:
                break
            if field in FIELDS:
                is_told = field != "deal"
                stage = old if is_told else _told(new or "", "stage_id")
                return self._ids.get(stage), is_told, at[:10]
        return None

    def _appear(self, state: str, day: str) -> None:
        """The first export that shows it. What was told of the time before leads here, or is incomplete."""
        is_open = '"status":"open"' in state  # as nearly all are, and told sooner
        stage, status = self._ids.get(_told(state, "stage_id")), None if is_open else _told(state, "status")
        if self._stage is None or self._stage != stage:
            self._lose_sight()
            self._stand(stage, _told(state, "last_stage_change"))
            self._reported = True
        if status in _CLOSED and self._kinds.get(stage) is None:
            closed_on = _told(state, "closed_on")
            if closed_on is None:
                self._since = None
            self._go(stage, status, closed_on or day)
        self._status = status

    def _lose_sight(self) -> None:
        """When it left where it was, nobody knows."""
        if self._stage is not None and self._since is not None and self._kinds.get(self._stage) is None:
            self._cut.append((self._stage, self._ordinals[self._since]))

    def _stand(self, stage: int | None, since: str | None) -> None:
        """It is in a stage, however it came there."""
        self._been.add(self._stage)
        self._stage, self._since = stage, since

    def _go(self, stage: int | None, status: str | None, day: str) -> None:
        """It is in a stage and has a status from a day on, and stays where it was end."""
        here = self._stage
        before, after = self._closed(here, self._status), self._closed(stage, status)
        if before is None and here is not None:
            if after:
                self._note(day, "forward" if after == "won" else "lost")
            elif left := self._ways[here, stage]:
                self._note(day, left)
        if before != after or here != stage:
            self._stand(stage, day)
            self._reported = False
        self._status = status

    def _note(self, day: str, left: Left | None) -> None:
        stage, since = self._stage, self._since
        if left is not None:
            self._ended = stage
        if stage is not None and since is not None and since <= day:
            begin = self._ordinals[since]
            stay = (self._deal_id, stage, self._ordinals[day] - begin, left, begin, stage not in self._been)
            self.visits.append(tuple.__new__(Visit, stay))

    def _closed(self, stage: int | None, status: str | None) -> str | None:
        """ "won", "lost", or `None` for a deal that is open: its status counts, else its stage's kind."""
        return status if status in _CLOSED else self._kinds.get(stage)


class _Ways(dict[tuple[int | None, int | None], Left | None]):
    """From one stage to another → how an open deal leaves the first; `None` if it does not."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        super().__init__()
        self._stages: dict[int | None, Stage] = {stage.id: stage for stage in stages}

    def __missing__(self, way: tuple[int | None, int | None]) -> Left | None:
        here, there = map(self._stages.get, way)
        left: Left | None = None
        if here is not None and here.kind == "open" and here is not there:
            if there is not None and there.kind != "open":
                left = "forward" if there.kind == "won" else "lost"
            else:
                is_ahead = (
                    there is not None and there.pipeline == here.pipeline and there.position > here.position
                )
                left = "forward" if is_ahead else "back"
        self[way] = left
        return left


class _Ordinals(dict[str, int]):
    def __missing__(self, day: str) -> int:
        ordinal = self[day] = date.fromisoformat(day).toordinal()
        return ordinal


def _told(state: str, field: str) -> str | None:
    """A field of a deal's first state, which holds no escapes in those fields that matter here.

    Reading the JSON of a hundred thousand states would take most of the time. Inside of another field's text
    the quotes are escaped, so that this finds none there.
    """
    at = state.find(f'"{field}":"')
    if at < 0:
        return None
    begin = at + len(field) + 4
    return state[begin : state.index('"', begin)]


def missing_deals(run: Run) -> dict[int, str]:
    """By deal id, the day since which it is missing."""
    rows = run("SELECT id, CAST(missing_since AS TEXT) FROM deal WHERE missing_since IS NOT NULL", {})
    return {deal_id: day[:10] for deal_id, day in rows}
