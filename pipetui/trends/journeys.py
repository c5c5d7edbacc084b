"""The way of each deal through the stages of its pipeline, by its high-water mark.

A deal that reaches a stage has passed all before it, skipped or not, and going back and coming again changes
nothing. How far it got and when is all that conversion asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Literal, NamedTuple

from pipetui.deals.deal import Deal, Stage

End = Literal["won", "lost", "open"]


class Journey(NamedTuple):
    """How far a deal got."""

    deal: Deal
    entered: Mapping[int, int]
    """By stage id, the day (`date.toordinal`) on which the deal had got that far, in order of the stages.
    Stages that it had reached on an unknown day are not in it."""
    furthest: int
    """The id of the stage of its high-water mark."""
    end: End
    """Open: still open, missing, or closed later."""
    ended: int | None
    """The id of the open stage in which it was closed; `None` if it is open or that is not known."""


def journeys(
    deals: Mapping[int, Deal],
    stages: Iterable[Stage],
    visits: Iterable[tuple[int, int, int, str | None, int, bool]],
    paths: Iterable[tuple[int, int | None, bool, int, int | None, tuple[tuple[int, int], ...]]],
    *,
    watched_since: Mapping[str, date],
    today: date,
) -> list[Journey]:
    """The journeys of all deals of which an open stage is known.

    A deal is known from the start if a history tells of it, if it was created while its source was watched,
    or if it stands in the first stage of a source that has a history. It was then in its first stage since
    its creation. Of any other deal only those stages count that it came to under our eyes: what it had
    passed before, it passed because the others were not seen failing.

    Args:
        deals: by id; those of others are left out.
        stages: all.
        visits: (deal id, stage id, days, how it left, first day, first time there), in order of time.
        paths: (deal id, first stage, told by a history, day, open stage that it left last, (stage, first day)
            of stays whose end is unknown).
        watched_since: by source, the day of its first export.
        today: the day.
    """
    stays: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    gone: dict[int, str | None] = {}
    for deal_id, stage_id, _days, left, since, _first in visits:
        stays[deal_id].append((stage_id, since))
        gone[deal_id] = left
    every = list(paths)
    used = {stage_id for its in stays.values() for stage_id, _since in its}
    used.update(deal.stage_id for deal in deals.values())
    used.update(path[1] for path in every if path[1] is not None)
    ladders = _Ladders(stage for stage in stages if stage.id in used)
    with_history = {deals[path[0]].source for path in every if path[2] and path[0] in deals}
    found = []
    for deal_id, begin, told, seen, ended, cut in every:
        deal = deals.get(deal_id)
        if deal is None:
            continue
        its: Sequence[tuple[int, int]] = stays.get(deal_id, ())
        if cut:
            its = sorted((*its, *cut), key=itemgetter(1))
        known = begin if begin in ladders.place else None
        whole = (
            told
            or (deal.created is not None and deal.created >= watched_since.get(deal.source, date.max))
            or (known is not None and ladders.place[known][1] == 0 and deal.source in with_history)
        )
        here = deal.stage_id if deal.stage_id in ladders.place else None
        last = here if here is not None and (deal.status == "open" or ended is None) else ended
        journey = _journey(
            ladders,
            deal,
            its,
            begin=known,
            seen=seen,
            last=last,
            whole=whole,
            over=_is_over(deal, today, gone=gone.get(deal_id) is not None),
        )
        if journey is not None:
            found.append(journey)
    return found


def waiting(
    found: Iterable[Journey], visits: Iterable[tuple[int, int, int, str | None, int, bool]], today: date
) -> list[tuple[int, int, int, str | None, int, bool]]:
    """As `visits`, the stays of open deals that stand in their first stage and of which no event tells."""
    candidates = {
        (journey.deal.id, journey.furthest): journey
        for journey in found
        if journey.end == "open" and journey.deal.stage_id == journey.furthest in journey.entered
    }
    for deal_id, stage_id, *_rest in visits:
        candidates.pop((deal_id, stage_id), None)
    stays: list[tuple[int, int, int, str | None, int, bool]] = []
    for (deal_id, stage_id), journey in candidates.items():
        since = journey.entered[stage_id]
        until = min(today, journey.deal.missing_since or today).toordinal()
        if since <= until:
            stays.append((deal_id, stage_id, until - since, None, since, True))
    return stays


class _Ladders:
    """The open stages of each pipeline that any deal has ever stood in, in order."""

    def __init__(self, stages: Iterable[Stage]) -> None:
        rungs: dict[str, list[Stage]] = {}
        for stage in stages:
            if stage.kind == "open":
                rungs.setdefault(stage.pipeline, []).append(stage)
        self.rungs = {
            name: [stage.id for stage in sorted(its, key=lambda its: (its.position, its.id))]
            for name, its in rungs.items()
        }
        self.heights = {
            name: {id_: index for index, id_ in enumerate(its)} for name, its in self.rungs.items()
        }
        """By pipeline, stage id → its place."""
        self.place = {
            stage_id: (name, index) for name, its in self.rungs.items() for index, stage_id in enumerate(its)
        }


def _journey(
    ladders: _Ladders,
    deal: Deal,
    stays: Sequence[tuple[int, int]],
    *,
    begin: int | None,
    seen: int,
    last: int | None,
    whole: bool,
    over: bool,
) -> Journey | None:
    newest = last if last is not None else stays[-1][0] if stays else begin
    if newest is None:
        return None
    pipeline = ladders.place[newest][0]
    rungs, heights = ladders.rungs[pipeline], ladders.heights[pipeline]
    entered: dict[int, int] = {}
    mark = -1
    if begin in heights:
        mark = heights[begin]
        if whole:
            first = stays[0][1] if stays else seen
            day = min(seen, first) if deal.created is None else min(deal.created.toordinal(), seen, first)
            for rung in rungs[: mark + 1]:
                entered[rung] = day
    for stage_id, since in stays:
        height = heights.get(stage_id, -1)
        while mark < height:
            mark += 1
            entered[rungs[mark]] = since
    if last is not None:
        mark = max(mark, heights.get(last, -1))
    furthest = rungs[mark]
    if over and deal.status == "won" and entered:
        on = deal.settled_on
        day = max([*entered.values(), *([] if on is None else [on.toordinal()])])
        entered.update((rung, day) for rung in rungs[mark + 1 :])
    end: End = "open"
    if over:
        end = "won" if deal.status == "won" else "lost"
    return Journey(deal, entered, furthest, end, last if over else None)


def _is_over(deal: Deal, today: date, *, gone: bool) -> bool:
    """Whether it was closed by a day. A CRM may give a lost deal the date that had been planned."""
    on = deal.settled_on
    return deal.status != "open" and (gone or (on is not None and on <= today))
