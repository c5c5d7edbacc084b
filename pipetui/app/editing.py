"""Edits from the app: asked for, written off the event loop, shown, told; one at a time, in order."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from pipetui.app import words
from pipetui.app.board.cells import cut
from pipetui.app.meanwhile import what_changed
from pipetui.app.session import Outcome
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.errors import Problem
from pipetui.language import _, labelled, ngettext
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.dialogs.dialog import Anchor
    from pipetui.app.questions import Question
    from pipetui.deals.edits import Edit

T = TypeVar("T")

PATIENCE = 1.0
"""Seconds that a write may take before it is said what it waits for."""
NAMED = 40
"""Cells that a toast spends on the name of a deal."""


class Editor:
    """What somebody does to deals. A quick hand waits for the store and acts on what it then holds.

    An answer that cannot be written is not lost: its dialog comes back with what was typed, and says why.
    """

    def __init__(self, app: "PipetuiApp") -> None:
        self.app = app
        self.turn = asyncio.Lock()
        """Held while an edit is asked for and written: the next one waits."""

    async def ask(
        self,
        deal_ids: Sequence[int],
        asked: "Callable[[Sequence[Deal], Pipeline], Question[T] | None]",
        at: "Callable[[], Anchor | None] | None" = None,
        *,
        typed: T | None = None,
    ) -> None:
        """Ask something of some deals and change all of them by the answer, in one step of undo.

        `at` tells where what is asked stands on the screen, to be edited there; `typed` is what was answered
        already, but not written.
        """
        async with self.turn:
            notice, deals = "", self.deals(deal_ids)
            while deals and self.app.pipeline is not None:
                question = asked(deals, self.app.pipeline)
                if question is None:
                    return
                dialog = question.dialog(typed, notice)
                dialog.holds = True
                if at is not None:
                    dialog.stands_at = at
                typed = await self.app.push_screen_wait(dialog)
                if typed is None:
                    return
                try:
                    edits = [edit for deal in deals for edit in question.edits(deal, typed)]
                    await self.write(edits, question.said(typed), question.because(typed))
                except Problem as problem:
                    deals, notice = await self.told(problem, deals, again=True)
                else:
                    return

    async def qualify(self, deal_id: int, item: str, level: int | None, text: str | None) -> None:
        """Say how well an item of a deal is known, and what is known."""
        from pipetui.deals.edits import Qualify

        async with self.turn:
            for deal in self.deals([deal_id]):
                edit = Qualify(deal.id, deal.version, item, level, text)
                try:
                    await self.write([edit], labelled(name_of(deal), self._item(deal, item)))
                except Problem as problem:
                    _deals, said = await self.told(problem, [deal])
                    self.app.say(said, severity="error")

    def _item(self, deal: Deal, key: str) -> str:
        """What the deal's profile calls an item of the qualification."""
        item = self.app.pipeline.profile_of(deal.stage_id).item(key) if self.app.pipeline else None
        return item.label if item else words.item(key)

    async def undo(self) -> None:
        """Take back one's own last step."""
        from pipetui.app.dialogs.confirm import undo_import_dialog

        async with self.turn:
            try:
                record = await self.app.off_the_loop(self.app.session.import_to_undo)
            except Problem as problem:
                self.app.say(str(problem), severity="error")
                return
            if record is None or await self.app.push_screen_wait(undo_import_dialog(record)) is not None:
                await self._step(self.app.session.undo, _("Undone: %(what)s · ctrl+y redoes"), back=True)

    async def redo(self) -> None:
        """Do again what was undone."""
        async with self.turn:
            await self._step(self.app.session.redo, _("Done again: %(what)s · ctrl+z undoes"), back=False)

    async def told(
        self, problem: Problem, deals: Sequence[Deal], *, again: bool = False
    ) -> tuple[list[Deal], str]:
        """The deals as they stand now, and what is said of a problem.

        `again`: in a dialog that comes back.
        """
        from pipetui.store.changing import Stale

        if not isinstance(problem, Stale) or self.app.pipeline is None:
            return list(deals), str(problem)
        try:
            now = await self.app.off_the_loop(self.app.session.load)
        except Problem as worse:
            return list(deals), str(worse)
        self.app.show_pipeline(now)
        for deal in deals:
            fresh = now.deals.get(deal.id)
            if fresh is not None and (what := what_changed(deal, fresh, now)):
                said = _("%(deal)s was changed meanwhile: %(what)s. Repeat if you still want it.")
                if again and len(deals) == 1:
                    said = _("Changed meanwhile: %(what)s. Enter does it all the same.")
                elif again:
                    said = _("%(deal)s was changed meanwhile: %(what)s. Enter does it all the same.")
                return self.deals([deal.id for deal in deals]), said % {"deal": name_of(deal), "what": what}
        return self.deals([deal.id for deal in deals]), str(problem)

    async def write(self, edits: "Sequence[Edit]", said: str, because: str = "") -> None:
        """Write edits as one step and show what it led to.

        Raises:
            Problem: such as `GateClosed` or `Stale`.
        """
        app = self.app
        waiting = app.set_timer(PATIENCE, lambda: app.say(_("The store is busy; waiting for it …")))
        try:
            outcome = await app.off_the_loop(lambda: app.session.apply(edits, because))
        finally:
            waiting.stop()
        app.show_outcome(outcome, _("%(what)s · ctrl+z undoes") % {"what": said})

    async def _step(self, job: Callable[[], Outcome], said: str, *, back: bool) -> None:
        before = self.app.pipeline
        try:
            outcome = await self.app.off_the_loop(job)
        except Problem as problem:
            self.app.say(str(problem), severity="error")
            return
        if before is not None:
            old, new = (outcome.pipeline, before) if back else (before, outcome.pipeline)
            what = _what_changed(outcome.deal_ids, old, new)
            if not outcome.deal_ids and outcome.because:  # a quota, a forecast call
                what = outcome.because
            self.app.show_outcome(outcome, said % {"what": what}, returns=True)

    def deals(self, deal_ids: Iterable[int]) -> list[Deal]:
        """The deals of these ids that are still there."""
        known = self.app.pipeline.deals if self.app.pipeline else {}
        return [known[deal_id] for deal_id in deal_ids if deal_id in known]


def name_of(deal: Deal) -> str:
    """A deal's name, short enough for a toast."""
    return cut(deal.name, NAMED)


def name_of_all(deals: Sequence[Deal]) -> str:
    """The name of one deal, or how many there are."""
    if len(deals) == 1:
        return name_of(deals[0])
    return ngettext("%(n)d deal", "%(n)d deals", len(deals)) % {"n": len(deals)}


def moved(deal: Deal, here: Stage, there: Stage) -> str:
    """ "Refonte intranet: Qualification → Discovery"."""
    return _("%(deal)s: %(from)s → %(to)s") % {
        "deal": name_of(deal),
        "from": shown(here.name),
        "to": shown(there.name),
    }


def _what_changed(deal_ids: Sequence[int], old: Pipeline, new: Pipeline) -> str:
    """A step in a few words: the move of a deal, its name, or how many deals it concerns."""
    if len(deal_ids) != 1:
        return ngettext("%(n)d deal", "%(n)d deals", len(deal_ids)) % {"n": len(deal_ids)}
    before, after = old.deals.get(deal_ids[0]), new.deals.get(deal_ids[0])
    if before and after and before.stage_id != after.stage_id:
        return moved(after, new.stages[before.stage_id], new.stages[after.stage_id])
    if before and after and (what := what_changed(before, after, new)):
        return labelled(name_of(after), what)
    known = after or before
    return name_of(known) if known else ngettext("%(n)d deal", "%(n)d deals", 1) % {"n": 1}
