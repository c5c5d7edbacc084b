"""How many deals of a stage go on to the next one."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipetui.deals.deal import Deal, Stage
from pipetui.trends.journeys import Journey
from pipetui.trends.rate import ENOUGH, Rate, rate
from pipetui.trends.spans import Span


class Conversion(NamedTuple):
    """What became of the deals that entered a stage in some days."""

    stage: Stage
    entered: int
    moved_on: int
    died: int
    open: int
    """Neither: excluded from the rate."""
    rate: Rate
    """Moved on ÷ (moved on + died)."""
    deals: tuple[int, ...]
    """Ids of those that entered, in no particular order."""
    died_deals: tuple[int, ...]

    @property
    def loss(self) -> float | None:
        """The share that died there; `None` if the rate is refused."""
        return None if self.rate.value is None else 1 - self.rate.value


class Snapshot(NamedTuple):
    """Entries of a stage ÷ entries of the one before, in the same days: other deals on both sides."""

    stage: Stage
    entries: int
    next_entries: int
    value: float | None
    """May be above 1. `None` without entries."""


def conversion(
    journeys: Iterable[Journey], stages: Sequence[Stage], window: Span, enough: int = ENOUGH
) -> list[Conversion]:
    """Stage by stage, the cohort that entered it in the window and what is known of it by now.

    Args:
        journeys: of the deals that are looked at (`journeys.journeys`).
        stages: in the order of the board; those that are not open are left out.
        window: the days of entry.
        enough: with fewer resolved deals the rate is refused.
    """
    start, end = window.start.toordinal(), window.end.toordinal()
    moved: dict[int, list[int]] = {stage.id: [] for stage in stages if stage.kind == "open"}
    died: dict[int, list[int]] = {stage_id: [] for stage_id in moved}
    still: dict[int, list[int]] = {stage_id: [] for stage_id in moved}
    for journey in journeys:
        is_past = True
        for stage_id, day in journey.entered.items():
            is_past = stage_id != journey.furthest and is_past
            if not start <= day <= end or stage_id not in moved:
                continue
            if is_past or journey.end == "won":
                moved[stage_id].append(journey.deal.id)
            else:
                (died if journey.end == "lost" else still)[stage_id].append(journey.deal.id)
    found = []
    for stage in stages:
        if stage.id in moved:
            on, dead, there = moved[stage.id], died[stage.id], still[stage.id]
            its = rate(len(on), len(on) + len(dead), enough, len(there))
            ids = (*on, *dead, *there)
            found.append(Conversion(stage, len(ids), len(on), len(dead), len(there), its, ids, tuple(dead)))
    return found


def conversion_by(
    key: Callable[[Deal], str],
    journeys: Iterable[Journey],
    stages: Sequence[Stage],
    window: Span,
    enough: int = ENOUGH,
) -> dict[str, list[Conversion]]:
    """`conversion` of each owner, source or segment, by name; "" where nobody knows."""
    parts: dict[str, list[Journey]] = {}
    for journey in journeys:
        parts.setdefault(key(journey.deal), []).append(journey)
    names = sorted(parts, key=lambda name: (not name, name.casefold()))
    return {name: conversion(parts[name], stages, window, enough) for name in names}


def snapshot(journeys: Iterable[Journey], stages: Sequence[Stage], window: Span) -> list[Snapshot]:
    """Entries(s + 1) ÷ entries(s) in the window; after a pipeline's last stage comes the win.

    It compares other deals with one another and answers faster than a cohort: show it only on demand, and
    by its name.
    """
    start, end = window.start.toordinal(), window.end.toordinal()
    entries: dict[int, int] = {}
    wins: dict[str, int] = {}
    pipelines = {stage.id: stage.pipeline for stage in stages}
    for journey in journeys:
        for stage_id, day in journey.entered.items():
            if start <= day <= end:
                entries[stage_id] = entries.get(stage_id, 0) + 1
        if journey.end == "won" and journey.deal.settled_on in window:
            name = pipelines[journey.furthest]
            wins[name] = wins.get(name, 0) + 1
    found = []
    its = [stage for stage in stages if stage.kind == "open"]
    for stage, after in zip(its, [*its[1:], None], strict=True):
        n = entries.get(stage.id, 0)
        is_last = after is None or after.pipeline != stage.pipeline
        on = wins.get(stage.pipeline, 0) if is_last or after is None else entries.get(after.id, 0)
        found.append(Snapshot(stage, n, on, on / n if n else None))
    return found
