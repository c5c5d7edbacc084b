"""The whole history of all deals in one reading: their stays in stages, and how they stood on some days."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from pipetui.deals.deal import Deal, Stage
from pipetui.store.cycles import without_cycle_search
from pipetui.store.engine import Store
from pipetui.store.past import Past, follow
from pipetui.store.rows import EFFECTIVE
from pipetui.store.visits import Followed, Path, Visit, missing_deals

_EVENTS: Final = f"""
SELECT e.deal_id, CAST(e.at AS TEXT), e.field, e.old, e.new, e.origin
FROM deal_event e
WHERE e.deal_id BETWEEN :first AND :last AND {EFFECTIVE}
ORDER BY e.deal_id, e.at, e.id"""
_AT_ONCE: Final = 10_000
"""Deals whose events are in memory at one time."""


class Told(NamedTuple):
    """What the events tell."""

    visits: list[Visit]
    paths: list[Path]
    """Of every deal that is heard of, how it began and where it ended."""
    open_on: dict[date, list[Deal]]
    """By day, the deals that were open at its end as they stood then (`past.open_deals_on`, with what history
    files tell of the time before the first export)."""


def read_told(
    store: Store,
    deals: Mapping[int, Deal],
    stages: Iterable[Stage],
    today: date,
    days: Sequence[date],
    *,
    team_of: Callable[[str], str] | None = None,
) -> Told:
    """Read all events once: `visits.stage_visits` and `past.open_deals_on` would each do it again.

    Args:
        store: where they are.
        deals: as they are now, by id; of others there are stays only.
        stages: the store's stages as the playbook has them.
        today: what happened later has not happened yet.
        days: in their order, none after today.
        team_of: the team of an owner of whom the store knows none.

    Raises:
        Problem: the store cannot be read.
    """
    open_on: dict[date, list[Deal]] = {day: [] for day in days}
    # What stands in the rows is what all events amount to: today needs no replay.
    past_days = [day for day in days if day < today]
    open_on |= {day: [its for its in deals.values() if its.status == "open"] for day in days if day >= today}
    ends = [((day + timedelta(days=1)).isoformat(), open_on[day]) for day in past_days]
    with store.reading(much=True) as run, without_cycle_search():
        teams = dict(run("SELECT name, team FROM owner", {}))
        if team_of is not None:
            teams = {owner: team or team_of(owner) for owner, team in teams.items()}
        kinds = dict(run("SELECT id, kind FROM stage", {}))
        followed = Followed(today, stages, missing_deals(run))
        ((last,),) = run("SELECT COALESCE(max(id), 0) FROM deal", {})
        for first in range(1, last + 1, _AT_ONCE):
            rows = run(_EVENTS, {"first": first, "last": first + _AT_ONCE - 1})
            for deal_id, its in groupby(rows, key=itemgetter(0)):
                events = list(its)
                followed.deal(deal_id, events)
                deal = deals.get(deal_id)
                if deal is not None and ends and not _was_over(deal, events, days[0]):
                    past = Past(deal, teams)
                    past.begin(events, kinds)
                    follow(past, events, ends, closed=False)
    return Told(followed.visits, followed.paths, open_on)


def _was_over(deal: Deal, events: Iterable[tuple[object, ...]], day: date) -> bool:
    """Whether it was closed before a day, for good."""
    on = deal.closed_on or deal.close_date
    if deal.status == "open" or on is None or on >= day:
        return False
    return all(event[2] != "status" for event in events)
