"""A call as one sits in it: its deals in their order, what was said, where one is. Knows no screen."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple

from pipetui.app.call.outcomes import classified, line_after, with_condition_of
from pipetui.app.call.reading import CALLS, Background
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Classify, Say
from pipetui.deals.said import NOTHING_SAID, Said
from pipetui.forecast.calls.agenda import Part, Turn, put_off, queue
from pipetui.forecast.calls.carrying import carried
from pipetui.forecast.calls.entry import CallEntry
from pipetui.forecast.calls.gate import Answer, Asked, asked
from pipetui.forecast.calls.odds import Stakes, stakes
from pipetui.forecast.calls.snapshot import CallTotals, Snapshot, sum_up
from pipetui.forecast.categories import Side, category_of
from pipetui.pipeline.outlook_calls import entry
from pipetui.pipeline.outlook_past import Taught
from pipetui.pipeline.patching import with_deal
from pipetui.store.calls import Line


class Stop(NamedTuple):
    """Where one can be: at a deal, or on a page of the agenda."""

    part: Part
    deal_id: int = 0
    """0: a page."""


_BEFORE: Final[tuple[Part, ...]] = ("last_call", "changes")
_AFTER: Final[tuple[Part, ...]] = ("number", "freeze")


class Desk:
    """The state of a call on one screen. Others may sit in it, too: `renew` brings what they said."""

    def __init__(self, background: Background, side: Side = "rep") -> None:
        self.background = background
        self.side: Side = side
        self.chances: Mapping[int, float] = {}
        """By deal id, the in-period probability, once learned."""
        self.disputed: set[int] = set()
        """Deals whose classification met somebody else's: they come up again."""
        self.lines: dict[int, Line] = {}
        self._written: dict[int, Deal] = {}
        """Deals as they were written here; what is read may be older."""
        self._turns: tuple[Turn, ...] = ()
        self._entries: dict[int, CallEntry] = {}
        self._past: list[dict[int, CallEntry]] = []
        self._sums: dict[Side, CallTotals] = {}
        self._place_of: dict[int, int] = {}
        self.stakes_version = 0
        """Another one where the range may be another, too."""
        self.stops: tuple[Stop, ...] = ()
        self.at = 0
        self._hold(background)
        self._line_up()

    # What is known -----------------------------------------------------------------------------------

    def renew(self, background: Background) -> None:
        """What the store holds now; one stays where one is, and a deal keeps its turn."""
        here = self.stop
        self._hold(background)
        self._line_up()
        self._stay(here)

    def _hold(self, background: Background) -> None:
        pipeline = background.pipeline
        for deal_id, deal in list(self._written.items()):
            known = pipeline.deals.get(deal_id)
            if known is None or known.version >= deal.version:
                del self._written[deal_id]
            else:
                pipeline = with_deal(pipeline, deal, pipeline.revision)
        self.pipeline, self.lines = pipeline, dict(background.lines)
        self.background = background
        self._past = [its.by_deal for its in background.past]
        self._entries = dict(background.entries)
        for deal_id in {turn.deal_id for turn in self._turns} - self._entries.keys():
            if (its := pipeline.deals.get(deal_id)) is not None:  # out of the period by now
                self._entries[deal_id] = self._entry(its)
        for deal_id, deal in self._written.items():
            self._entries[deal_id] = self._entry(deal)
        self._sums = {}
        self.stakes_version += 1

    def _entry(self, deal: Deal) -> CallEntry:
        return entry(deal, self.pipeline, self.background.period, self.lines, self.chances)

    def _line_up(self) -> None:
        """The queue as the call began with it; what has come up since stands at its end."""
        waiting = [deal_id for deal_id, line in self.lines.items() if line.waiting]
        fresh = queue((self._as_begun(its) for its in self._entries.values() if self._has_turn(its)), waiting)
        if self._turns:
            kept = [turn for turn in self._turns if self._is_open(turn.deal_id)]
            known = {turn.deal_id for turn in kept}
            fresh = (*kept, *(turn for turn in fresh if turn.deal_id not in known))
        self._turns = fresh
        self._stop_at()

    def _stop_at(self) -> None:
        """Where one can be: the pages, the deals between them."""
        pages = _BEFORE if self.background.last is not None else _BEFORE[:1]
        self.stops = (
            *(Stop(page) for page in pages),
            *(Stop(turn.part, turn.deal_id) for turn in self._turns),
            *(Stop(page) for page in _AFTER),
        )
        self._place_of = {turn.deal_id: at for at, turn in enumerate(self._turns, start=1)}

    def place_of(self, deal_id: int) -> int | None:
        """Which deal of the queue it is, from 1 on."""
        return self._place_of.get(deal_id)

    def _is_open(self, deal_id: int) -> bool:
        its = self._entries.get(deal_id)
        return its is not None and its.state == "open"

    def _has_turn(self, its: CallEntry) -> bool:
        return its.state == "open" and (its.close_date in self.background.period or its.deal_id in self.lines)

    def _as_begun(self, its: CallEntry) -> CallEntry:
        before = self.background.before.get(its.deal_id)
        if before is None:
            return its
        return replace(its, crm=before.crm, rep=before.rep, manager=before.manager)

    @property
    def entries(self) -> tuple[CallEntry, ...]:
        """The open and won deals that belong to the period."""
        period = self.background.period
        return tuple(its for its in self._entries.values() if its.close_date in period)

    def totals(self, side: Side) -> CallTotals:
        """By one side's categories, in minor units."""
        if side not in self._sums:
            self._sums[side] = sum_up(self.entries, side)
        return self._sums[side]

    def _replace(self, now: CallEntry) -> None:
        """Another sight of a deal; the totals follow without all others being added up again."""
        before = self._entries.get(now.deal_id)
        self._entries[now.deal_id] = now
        for side, sums in self._sums.items():
            old, new = (
                sum_up([its] if its is not None and its.close_date in self.background.period else [], side)
                for its in (before, now)
            )
            changed = zip(sums, old, new, strict=True)
            self._sums[side] = CallTotals(*(total - less + more for total, less, more in changed))
        if before is None or (before.category is Category.OMITTED) != (now.category is Category.OMITTED):
            self.stakes_version += 1

    def odds_from(self, taught: Taught) -> Callable[[], tuple[Mapping[int, float], Stakes]]:
        """What works out, in a thread, each open deal's probability, and what the range hangs on.

        It is of the call as it stands now, whatever is said meanwhile.
        """
        pipeline, period = self.pipeline, self.background.period
        quota, known, its_entries = self.background.outlook.quota_amount, self._entries.copy(), self.entries

        def work_out() -> tuple[Mapping[int, float], Stakes]:
            chances = {
                deal.id: taught.chances.of(
                    deal, period, pipeline.today, pipeline.probability[deal.stage_id]
                ).p
                for its in known.values()
                if its.state == "open" and (deal := pipeline.deals.get(its.deal_id)) is not None
            }
            return chances, stakes(its_entries, chances, period, quota)

        return work_out

    # Where one is ------------------------------------------------------------------------------------

    @property
    def stop(self) -> Stop:
        """Where one is."""
        return self.stops[self.at]

    @property
    def deal(self) -> Deal | None:
        """The deal one is at; `None` on a page."""
        return self.pipeline.deals.get(self.stop.deal_id) if self.stop.deal_id else None

    @property
    def coming(self) -> Deal | None:
        """The deal of the next stop; `None` if it is a page, or there is none."""
        after = self.stops[self.at + 1 : self.at + 2]
        return self.pipeline.deals.get(after[0].deal_id) if after else None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The queue."""
        return self._turns

    @property
    def deal_ids(self) -> list[int]:
        """The deals of the queue, in their order."""
        return [turn.deal_id for turn in self._turns]

    def go(self, step: int) -> None:
        """The next stop or the one before."""
        self.at = max(0, min(len(self.stops) - 1, self.at + step))

    def go_to(self, stop: Stop | int) -> bool:
        """To a stop, or the deal of an id; an omitted one gets a turn. Whether it is in the call."""
        wanted = stop if isinstance(stop, Stop) else None
        deal_id = stop if isinstance(stop, int) else stop.deal_id
        for at, its in enumerate(self.stops):
            if its == wanted or (deal_id and its.deal_id == deal_id):
                self.at = at
                return True
        its_entry = self._entries.get(deal_id)
        if its_entry is None or its_entry.state != "open":
            return False
        self._turns = (*self._turns, Turn("unclassified", deal_id))
        self._stop_at()
        self.at = len(self.stops) - len(_AFTER) - 1
        return True

    def go_to_part(self, step: int) -> None:
        """The first stop of the next part, or of this one or the one before."""
        starts = [at for at, its in enumerate(self.stops) if not at or self.stops[at - 1].part != its.part]
        here = max(n for n, at in enumerate(starts) if at <= self.at)
        if step < 0 and self.at > starts[here]:
            step = 0
        self.at = starts[max(0, min(len(starts) - 1, here + step))]

    def _stay(self, stop: Stop) -> None:
        if stop in self.stops:
            self.at = self.stops.index(stop)
        elif not (stop.deal_id and self.go_to(stop.deal_id)):
            self.at = min(self.at, len(self.stops) - 1)

    def onward(self, *, was_reached: bool) -> None:
        """To the next deal whose turn has not come; who has gone back goes through them one by one."""
        if was_reached:
            self.go(1)
            return
        later = range(self.at + 1, len(self.stops))
        before = range(self.at)
        for at in (*later, *before):
            deal_id = self.stops[at].deal_id
            if deal_id and not self.is_reached(deal_id):
                self.at = at
                return
        self.at = len(self.stops) - len(_AFTER)

    def is_reached(self, deal_id: int) -> bool:
        """Whether its turn has come."""
        line = self.lines.get(deal_id)
        return line is not None and line.reached and deal_id not in self.disputed

    @property
    def reached(self) -> int:
        """Deals of the queue whose turn has come."""
        return sum(self.is_reached(turn.deal_id) for turn in self._turns)

    # What is said ------------------------------------------------------------------------------------

    def said(self, deal_id: int) -> Said:
        """What was said of a deal in this call."""
        line = self.lines.get(deal_id)
        return line.said if line else NOTHING_SAID

    def last(self, deal_id: int) -> CallEntry | None:
        """The deal in the last call that held it."""
        return next((its[deal_id] for its in self._past if deal_id in its), None)

    def last_call(self, deal_id: int) -> Snapshot | None:
        """The last call that held a deal."""
        calls = zip(self.background.past, self._past, strict=True)
        return next((call for call, its in calls if deal_id in its), None)

    def sight(self, deal: Deal) -> CallEntry:
        """The deal as this call sees it now."""
        return self._entries.get(deal.id) or self._entry(deal)

    def earlier(self, deal_id: int) -> list[Category | None]:
        """What it was in the last calls that held it, the newest first."""
        return [its[deal_id].category for its in self._past if deal_id in its][:CALLS]

    def asked(self, deal: Deal, category: Category) -> Asked:
        """What a category raises."""
        last = self.last(deal.id)
        return asked(
            deal,
            category,
            self.pipeline.context,
            self.background.period,
            side=self.side,
            last=last.category_of(self.side) if last else None,
        )

    def said_for(self, deal: Deal, category: Category) -> Said:
        """What is known to say for a category: of this call, else of the last as far as it is still true.

        A reason that was given for another category is none for this one.
        """
        said, line = self.said(deal.id), self.lines.get(deal.id)
        mine = None if line is None else line.rep if self.side == "rep" else line.manager
        if mine is category:
            return said
        facts = self.asked(deal, category).contradictions
        old = carried(self.last(deal.id), category, facts, self.pipeline.today, self.side)
        if category is Category.BEST_CASE and said.condition:
            old = with_condition_of(old, said)
        if self.side == "rep":
            return old._replace(override_reason=said.override_reason, note=said.note)
        if category is category_of(deal, "rep"):
            return said._replace(override_reason="")
        return with_condition_of(said, said if said.condition else old)._replace(
            override_reason=old.override_reason
        )

    def unanswered(self, deal: Deal, category: Category) -> tuple[Answer, ...]:
        """What has to be written before the deal can go into a category; nothing: one key does it."""
        return self.asked(deal, category).unanswered(self.said_for(deal, category), self.side)

    def classify(self, deal_id: int, side: Side, category: Category, said: Said) -> Classify | None:
        """The edit, on the deal as it stands by now; `None` if the deal is gone."""
        deal = self.pipeline.deals.get(deal_id)
        if deal is None:
            return None
        agrees = side == "manager" and category is category_of(deal, "rep")
        return Classify(
            deal.id,
            deal.version,
            self.background.call.id,
            self._seen(deal_id),
            side,
            None if agrees else category,
            said,
        )

    def say(
        self,
        deal_id: int,
        said: Said | None = None,
        *,
        waiting: bool | None = None,
        reached: bool | None = None,
    ) -> Say:
        """The edit that writes down what is said, or that a deal waits."""
        return Say(deal_id, self.background.call.id, self._seen(deal_id), said, waiting, reached)

    def _seen(self, deal_id: int) -> int:
        line = self.lines.get(deal_id)
        return line.id if line else 0

    def take(
        self, edit: Classify | Say, batch_id: int | None, line_id: int | None, at: datetime, by: str
    ) -> None:
        """What was written: it stands here as it does in the store, without reading it."""
        deal = self.pipeline.deals.get(edit.deal_id)
        if deal is None or batch_id is None:
            return
        if line_id is not None:
            self.lines[deal.id] = line_after(self.lines.get(deal.id), edit, line_id, at, by)
        revision = self.pipeline.revision
        if batch_id == revision + 1:
            revision = batch_id
        if isinstance(edit, Classify):
            self.disputed.discard(deal.id)
            now = classified(deal, edit)
            if now is not deal:
                deal = self._written[deal.id] = now
        self.pipeline = with_deal(self.pipeline, deal, revision)
        self._replace(self._entry(deal))

    def wait(self, deal_id: int) -> None:
        """Put a deal at the end of the queue; one stays at the place, which is the next deal's now."""
        after = self.stops[self.at + 1]
        self._turns = put_off(self._turns, deal_id)
        self._stop_at()
        self._stay(after)
