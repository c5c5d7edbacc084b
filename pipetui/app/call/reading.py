"""What a call is made of besides the pipeline, read in threads."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.message import Message

from pipetui.forecast.calls.drift import Change, changes_since
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.odds import Odds
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.pipeline.outlook import Outlook
from pipetui.pipeline.outlook_calls import entry
from pipetui.pipeline.outlook_people import in_scope
from pipetui.pipeline.pipeline import Pipeline
from pipetui.store.calls import Call, Categories, Line

if TYPE_CHECKING:
    from pipetui.pipeline.outlook_past import Taught
    from pipetui.store.engine import Store
    from pipetui.store.reading import Story

CALLS: Final = 3
"""Calls before this one that a deal's categories are shown of."""


class Background(NamedTuple):
    """A call as it stands in the store, and what it is compared with."""

    pipeline: Pipeline
    call: Call
    lines: Mapping[int, Line]
    before: Mapping[int, Categories]
    """What deals were when the call began, where they are something else by now."""
    last: Snapshot | None
    """The last call on the same period and scope."""
    past: tuple[Snapshot, ...]
    """The last calls on the period, whatever their scope, the newest first: a deal may stand in any."""
    changes: tuple[Change, ...]
    """What has changed since the last call, the largest effect first."""
    entries: Mapping[int, CallEntry]
    """By deal id: of the scope, what is open or won in the period, and of what something was said."""
    outlook: Outlook
    """Of its period and scope, without what rests on the past."""

    @property
    def period(self) -> Period:
        """The one of the call."""
        return self.outlook.period


class Renewed(Message):
    """A call was read; `number` tells which reading."""

    def __init__(self, number: int, background: Background | None) -> None:
        super().__init__()
        self.number = number
        self.background = background
        """`None`: the call is not there any more, its beginning was undone."""


class Learned(Message):
    """What past periods teach of this one."""

    def __init__(self, taught: "Taught") -> None:
        super().__init__()
        self.taught = taught


class OddsFound(Message):
    """The range was worked out."""

    def __init__(self, version: int, chances: Mapping[int, float], odds: Odds) -> None:
        super().__init__()
        self.version = version
        """Of the stakes that it was asked for."""
        self.chances = chances
        """By deal id, the in-period probability."""
        self.odds = odds


class StoryRead(Message):
    """The notes and the history of a deal were read."""

    def __init__(self, deal_id: int, story: "Story") -> None:
        super().__init__()
        self.deal_id = deal_id
        self.story = story


def read_background(store: "Store", pipeline: Pipeline, call_id: int) -> Background | None:
    """A call as it stands; `None` if there is none of that id, or it was undone.

    Raises:
        Problem: the store cannot be read.
    """
    from pipetui.pipeline.outlook import begin_with
    from pipetui.pipeline.outlook_calls import entries
    from pipetui.store.calls import calls_of, categories_before, lines_of
    from pipetui.store.quotas import quotas_in_force

    with store.reading() as run:
        call = next((its for its in calls_of(run) if its.id == call_id), None)
        if call is None:
            return None
        lines = lines_of(run, call_id)
        before = categories_before(run, call_id, pipeline.deals)
    period = Period.parse(call.period, pipeline.playbook.fiscal_year_start)
    last, past = _past(store, call)
    quotas = quotas_in_force(store, pipeline.playbook)
    outlook = begin_with(quotas, pipeline, period, call.scope)
    changes = () if last is None else changes_since(last, entries(pipeline, call.scope, period))
    return Background(
        pipeline,
        call,
        lines,
        before,
        last,
        past,
        changes,
        _entries(pipeline, call.scope, period, lines),
        outlook,
    )


def _entries(
    pipeline: Pipeline, scope: Scope, period: Period, lines: Mapping[int, Line]
) -> dict[int, CallEntry]:
    return {
        deal.id: entry(deal, pipeline, period, lines)
        for deal in in_scope(pipeline.deals.values(), scope)
        if deal.id in lines
        or (deal.status == "open" and deal.close_date in period)
        or (deal.status == "won" and deal.settled_on in period)
    }


def _past(store: "Store", call: Call) -> tuple[Snapshot | None, tuple[Snapshot, ...]]:
    """The last call like this one, and the last ones on the period; of each what was frozen last."""
    from pipetui.store.calls import read_frozen

    heads = {its.call_id: its.snapshot for its in read_frozen(store, call.period, entries=False)}
    heads.pop(call.id, None)
    newest = sorted(heads.values(), key=lambda its: its.frozen_at, reverse=True)
    same = [its.id for its in newest if its.scope == call.scope][:CALLS]
    wanted = [*same, *(its.id for its in newest[:CALLS] if its.id not in same)]
    if not wanted:
        return None, ()
    found = {its.snapshot.id: its.snapshot for its in read_frozen(store, call.period, only=wanted)}
    past = sorted(found.values(), key=lambda its: its.frozen_at, reverse=True)
    return (found[same[0]] if same else None), tuple(past)
