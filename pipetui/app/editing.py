"""Edits from the app: asked for, written off the event loop, shown, told; one at a time, in order."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipetui.app import words
from pipetui.app.board.cells import cut
from pipetui.app.meanwhile import what_changed
from pipetui.app.session import Outcome
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.errors import Problem
from pipetui.language import _, ngettext
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline
from pipetui.playbook.gates import in_the_way

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.dialogs.close import Closing
    from pipetui.app.dialogs.move import Unmet
    from pipetui.deals.edits import Edit
    from pipetui.playbook.models import Criterion

PATIENCE = 1.0
"""Seconds that a write may take before it is said what it waits for."""
NAMED = 40
"""Cells that a toast spends on the name of a deal."""


class Editor:
    """What somebody does to deals. A quick hand waits for the store and acts on what it then holds.

    An answer that cannot be written is not lost: its dialog comes back with what was typed, and says why.
    """

    def __init__(self, app: "PipetuiApp") -> None:
        self._app = app
        self._turn = asyncio.Lock()

    async def move(self, deal_id: int, where: Callable[[Deal], Stage | None]) -> None:
        """Move a deal to the stage that `where` tells in its turn; closing asks for date and reason."""
        async with self._turn:
            deal, pipeline = self._deal(deal_id), self._app.pipeline
            there = where(deal) if deal else None
            if deal is None or pipeline is None or there is None or there.id == deal.stage_id:
                return
            if there.kind != "open":
                await self._close(deal, there)
                return
            try:
                await self._move(deal, pipeline.stages[deal.stage_id], there)
            except Problem as problem:
                _deal, said = await self._told(problem, deal)
                self._app.say(said, severity="error")

    async def undo(self) -> None:
        """Take back one's own last step."""
        from pipetui.app.dialogs.confirm import undo_import_dialog

        async with self._turn:
            try:
                record = await self._app.off_the_loop(self._app.session.import_to_undo)
            except Problem as problem:
                self._app.say(str(problem), severity="error")
                return
            if record is None or await self._app.push_screen_wait(undo_import_dialog(record)) is not None:
                await self._step(self._app.session.undo, _("Undone: %(what)s · ctrl+y redoes"), back=True)

    async def redo(self) -> None:
        """Do again what was undone."""
        async with self._turn:
            await self._step(self._app.session.redo, _("Done again: %(what)s · ctrl+z undoes"), back=False)

    async def _move(self, deal: Deal, here: Stage, there: Stage) -> None:
        from pipetui.deals.edits import Move

        await self._through_gates(
            deal,
            there,
            lambda deal, reason: Move(deal.id, deal.version, there.id, reason),
            _moved(deal, here, there),
        )

    async def _close(self, deal: Deal, there: Stage) -> None:
        from pipetui.app.closing import closing_dialog
        from pipetui.deals.edits import Close

        def close(closing: "Closing") -> "Callable[[Deal, str], Edit]":
            return lambda deal, despite: Close(
                deal.id, deal.version, there.id, closing.on, closing.reason, despite
            )

        closing, notice = None, ""
        while self._app.pipeline is not None:
            dialog = closing_dialog(self._app.pipeline, deal, there, closing, notice)
            closing = await self._app.push_screen_wait(dialog)
            if closing is None:
                return
            said = _("%(deal)s is won (%(day)s)") if there.kind == "won" else _("%(deal)s is lost (%(day)s)")
            said %= {"deal": _name(deal), "day": words.full_date(closing.on)}
            try:
                if await self._through_gates(deal, there, close(closing), said):
                    return
                notice = ""
            except Problem as problem:
                deal, notice = await self._told(problem, deal, again=True)

    async def _through_gates(
        self, deal: Deal, there: Stage, edit: "Callable[[Deal, str], Edit]", said: str
    ) -> bool:
        """Write an edit, asking for the reason that a gate wants; `False` if none was given.

        Raises:
            Problem: the edit cannot be written, and nothing was typed here that could be lost.
        """
        from pipetui.app.dialogs.move import GateDialog
        from pipetui.store.writing import GateClosed

        reason, notice = "", ""
        while True:
            try:
                await self._write(edit(deal, reason), said)
            except GateClosed as gate:
                unmet = self._unmet(deal, there, gate.criteria)
            except Problem as problem:
                if not reason:
                    raise
                deal, notice = await self._told(problem, deal, again=True)
                unmet = self._unmet(deal, there, self._criteria(deal, there))
            else:
                return True
            answer = await self._app.push_screen_wait(GateDialog(unmet, typed=reason, notice=notice))
            if answer is None:
                return False
            reason = answer

    def _criteria(self, deal: Deal, there: Stage) -> "Sequence[Criterion]":
        assert self._app.pipeline is not None
        return in_the_way(self._app.pipeline.playbook, self._app.pipeline.stages.values(), deal, there)

    def _unmet(self, deal: Deal, there: Stage, criteria: "Sequence[Criterion]") -> "Unmet":
        from pipetui.app.dialogs.move import Unmet

        assert self._app.pipeline is not None
        if there.kind == "won":
            title = _("%(deal)s is not ready to be won") % {"deal": deal.name}
        else:
            here = shown(self._app.pipeline.stages[deal.stage_id].name)
            title = _("%(deal)s is not ready to leave %(stage)s") % {"deal": deal.name, "stage": here}
        return Unmet.of(title, criteria)

    async def _told(self, problem: Problem, deal: Deal, *, again: bool = False) -> tuple[Deal, str]:
        """The deal as it stands now, and what is said of a problem; `again`: in a dialog that comes back."""
        from pipetui.store.changing import Stale

        before = self._app.pipeline
        if isinstance(problem, Stale) and before is not None:
            try:
                now = await self._app.off_the_loop(self._app.session.load)
            except Problem as worse:
                return deal, str(worse)
            self._app.show_pipeline(now)
            fresh = now.deals.get(deal.id)
            if fresh is not None and (what := what_changed(deal, fresh, now)):
                if again:
                    said = _("Changed meanwhile: %(what)s. Enter does it all the same.") % {"what": what}
                else:
                    said = _("%(deal)s was changed meanwhile: %(what)s. Repeat if you still want it.")
                    said %= {"deal": _name(deal), "what": what}
                return fresh, said
            deal = fresh or deal
        return deal, str(problem)

    async def _write(self, edit: "Edit", said: str) -> None:
        """Write an edit and show what it led to. Raises `Problem`, such as `GateClosed` or `Stale`."""
        app = self._app
        waiting = app.set_timer(PATIENCE, lambda: app.say(_("The store is busy; waiting for it …")))
        try:
            outcome = await app.off_the_loop(lambda: app.session.apply([edit]))
        finally:
            waiting.stop()
        app.show_outcome(outcome, _("%(what)s · ctrl+z undoes") % {"what": said})

    async def _step(self, job: Callable[[], Outcome], said: str, *, back: bool) -> None:
        before = self._app.pipeline
        try:
            outcome = await self._app.off_the_loop(job)
        except Problem as problem:
            self._app.say(str(problem), severity="error")
            return
        if before is not None:
            old, new = (outcome.pipeline, before) if back else (before, outcome.pipeline)
            self._app.show_outcome(outcome, said % {"what": _what_changed(outcome.deal_ids, old, new)})

    def _deal(self, deal_id: int) -> Deal | None:
        return self._app.pipeline.deals.get(deal_id) if self._app.pipeline else None


def _name(deal: Deal) -> str:
    return cut(deal.name, NAMED)


def _moved(deal: Deal, here: Stage, there: Stage) -> str:
    return _("%(deal)s: %(from)s → %(to)s") % {
        "deal": _name(deal),
        "from": shown(here.name),
        "to": shown(there.name),
    }


def _what_changed(deal_ids: Sequence[int], old: Pipeline, new: Pipeline) -> str:
    """A step in a few words: the move of a deal, its name, or how many deals it concerns."""
    if len(deal_ids) != 1:
        return ngettext("%(n)d deal", "%(n)d deals", len(deal_ids)) % {"n": len(deal_ids)}
    before, after = old.deals.get(deal_ids[0]), new.deals.get(deal_ids[0])
    if before and after and before.stage_id != after.stage_id:
        return _moved(after, new.stages[before.stage_id], new.stages[after.stage_id])
    known = after or before
    return _name(known) if known else ngettext("%(n)d deal", "%(n)d deals", 1) % {"n": 1}
