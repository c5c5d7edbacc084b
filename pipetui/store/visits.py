"""How long deals stood in their stages, and how they left them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Final, Literal, NamedTuple

from pipetui.deals.deal import Stage
from pipetui.deals.event import Event
from pipetui.deals.fields import CREATED, Value, decode
from pipetui.store.engine import Run, Store
from pipetui.store.rows import read_events, read_stages

_TELLING: Final = ("stage_id", "status", "last_stage_change", "closed_on")

Left = Literal["forward", "back", "lost"]


class Visit(NamedTuple):
    """One stay of a deal in an open stage."""

    deal_id: int
    stage_id: int
    days: int
    left: Left | None
    """A skip and a win are forward, another pipeline is back; `None`: still there (until it went missing)."""


def stage_visits(store: Store, today: date, stages: Iterable[Stage] | None = None) -> list[Visit]:
    """All stays whose begin is known, of all deals, as of a day; what happened later has not happened yet.

    For "how long until a deal leaves this stage forward" (`statistics.survival.kaplan_meier`): completed are
    those left forward; still there, left back and lost are censored.

    Args:
        store: Where.
        today: The day.
        stages: The store's stages as a playbook has them; else as they stand in the store.
    """
    with store.reading() as run:
        by_id = {stage.id: stage for stage in (read_stages(run) if stages is None else stages)}
        missing = _missing(run)
        events = read_events(run, fields=(CREATED, "stage_id", "status", "last_stage_change"))
        visits: list[Visit] = []
        for deal_id, its in groupby(events, key=lambda event: event.deal_id):
            track = _Track(deal_id, by_id, visits)
            for event in its:
                if event.at.date() <= today:
                    track.follow(event)
            track.finish(min(today, missing.get(deal_id, today)))
    return visits


class _Track:
    """Follows one deal through its events, in order."""

    def __init__(self, deal_id: int, stages: Mapping[int, Stage], visits: list[Visit]) -> None:
        self.deal_id = deal_id
        self.stages = stages
        self.visits = visits
        self.stage: Stage | None = None
        self.status: Value = None
        self.since: date | None = None
        """When it came to where it is; `None` is unknown."""
        self.reported = True
        """Whether `since` is only the export's word, which no event confirms."""

    def follow(self, event: Event) -> None:
        day = event.at.date()
        match event.field:
            case "deal":
                self._appear(_state(event.new or "{}"), day)
            case "last_stage_change":
                if self.reported:
                    self.since = _day(decode(event.field, event.new))
            case "stage_id":
                if self.stage is None or self.stage.id != decode(event.field, event.old):
                    # The first thing heard of it, or events are lacking: since when it was there is unknown.
                    self.stage, self.since = self._stage(decode(event.field, event.old)), None
                self._go(self._stage(decode(event.field, event.new)), self.status, day)
            case _:
                self._go(self.stage, decode(event.field, event.new), day)

    def finish(self, end: date) -> None:
        """It is still there, if it is anywhere."""
        if self._closed(self.stage, self.status) is None:
            self._note(end, None)

    def _appear(self, state: Mapping[str, Value], day: date) -> None:
        """The first export that shows it. What was told of the time before leads here, or is incomplete."""
        stage, status = self._stage(state.get("stage_id")), state.get("status")
        if self.stage is None or stage is None or self.stage.id != stage.id:
            self.since, self.reported = _day(state.get("last_stage_change")), True
            self.stage = stage
        if self._closed(stage, None) is None and self._closed(stage, status):
            closed_on = _day(state.get("closed_on"))
            if closed_on is None:
                self.since = None
            self._go(stage, status, closed_on or day)
        self.status = status

    def _go(self, stage: Stage | None, status: Value, day: date) -> None:
        before, after = self._closed(self.stage, self.status), self._closed(stage, status)
        if before is None and self.stage is not None and (after or stage != self.stage):
            if after:
                self._note(day, "forward" if after == "won" else "lost")
            else:
                self._note(day, "forward" if _is_ahead(stage, self.stage) else "back")
        if (before, self.stage) != (after, stage):
            self.since, self.reported = day, False
        self.stage, self.status = stage, status

    def _note(self, day: date, left: Left | None) -> None:
        if self.stage is not None and self.since is not None and self.since <= day:
            self.visits.append(Visit(self.deal_id, self.stage.id, (day - self.since).days, left))

    def _stage(self, stage_id: Value) -> Stage | None:
        return self.stages.get(stage_id) if isinstance(stage_id, int) else None

    @staticmethod
    def _closed(stage: Stage | None, status: Value) -> Value:
        """ "won", "lost", or `None` for a deal that is open: its status counts, else its stage's kind."""
        if status in ("won", "lost"):
            return status
        return stage.kind if stage is not None and stage.kind != "open" else None


def _state(text: str) -> dict[str, Value]:
    """The few fields of a deal's first state that matter here; all of them would take most of the time."""
    known: dict[str, str] = json.loads(text)
    return {field: decode(field, known.get(field)) for field in _TELLING}


def _is_ahead(stage: Stage | None, of: Stage) -> bool:
    return stage is not None and stage.pipeline == of.pipeline and stage.position > of.position


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _missing(run: Run) -> dict[int, date]:
    rows = run("SELECT id, CAST(missing_since AS TEXT) FROM deal WHERE missing_since IS NOT NULL", {})
    return {deal_id: date.fromisoformat(day) for deal_id, day in rows}
