"""How many deals of a stage go on to the next one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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


class Entries:
    """Who came to each open stage and what became of them: whatever the window, journeys are asked once."""

    def __init__(self, journeys: Iterable[Journey], stages: Sequence[Stage]) -> None:
        """Sort the entries of some journeys (`journeys.journeys`) by stage and fate.

        Args:
            journeys: of the deals that are looked at.
            stages: in the order of the board; those that are not open are left out.
        """
        self._fates: dict[int, _Fates] = {
            stage.id: _Fates(stage, (([], []), ([], []), ([], [])))
            for stage in stages
            if stage.kind == "open"
        }
        self._deals: list[Deal] = []
        fates = self._fates
        for journey in journeys:
            deal, furthest = journey.deal, journey.furthest
            self._deals.append(deal)
            # Of an end that is no win, what came before the high-water mark was passed nevertheless.
            last = 0 if journey.end == "won" else 1 if journey.end == "lost" else 2
            fate = 0
            for stage_id, day in journey.entered.items():
                if stage_id == furthest:
                    fate = last
                if stage_id in fates:
                    days, deals = fates[stage_id].came[fate]
                    days.append(day)
                    deals.append(deal)

    def conversion(self, window: Span, enough: int = ENOUGH) -> list[Conversion]:
        """Stage by stage, the cohort that entered it in the window and what is known of it by now.

        Args:
            window: the days of entry.
            enough: with fewer resolved deals the rate is refused.
        """
        found = []
        for fates in self._fates.values():
            ids = ([deal.id for deal in its] for its in fates.within(window))
            found.append(_conversion(fates.stage, enough, *ids))
        return found

    def conversion_by(
        self, key: Callable[[Deal], str], window: Span, enough: int = ENOUGH
    ) -> dict[str, list[Conversion]]:
        """`conversion` of each owner, source or segment, by name; "" where nobody knows."""
        names = sorted(set(map(key, self._deals)), key=lambda name: (not name, name.casefold()))
        found: dict[str, list[Conversion]] = {name: [] for name in names}
        for fates in self._fates.values():
            parts: dict[str, tuple[list[int], list[int], list[int]]] = {name: ([], [], []) for name in names}
            for fate, its in enumerate(fates.within(window)):
                for deal in its:
                    parts[key(deal)][fate].append(deal.id)
            for name, ids in parts.items():
                found[name].append(_conversion(fates.stage, enough, *ids))
        return found


_Came = tuple[list[int], list[Deal]]
"""The days on which deals came to a stage, and the deals."""


class _Fates(NamedTuple):
    """Those that came to a stage, by what became of them."""

    stage: Stage
    came: tuple[_Came, _Came, _Came]
    """Moved on, died, neither."""

    def within(self, window: Span) -> Iterator[list[Deal]]:
        """The same of those that came in a window."""
        start, end = window.start.toordinal(), window.end.toordinal()
        for days, deals in self.came:
            yield [deal for day, deal in zip(days, deals, strict=True) if start <= day <= end]


def _conversion(stage: Stage, enough: int, moved: list[int], died: list[int], still: list[int]) -> Conversion:
    its = rate(len(moved), len(moved) + len(died), enough, len(still))
    ids = (*moved, *died, *still)
    return Conversion(stage, len(ids), len(moved), len(died), len(still), its, ids, tuple(died))


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
