"""Edits from the app: asked for, written off the event loop, shown, told; one at a time, in order."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipetui.app import words
from pipetui.app.session import Outcome
from pipetui.deals.deal import Deal, Stage
from pipetui.language import _, ngettext
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.deals.edits import Edit
    from pipetui.store.writing import GateClosed


class Editor:
    """What somebody does to deals. A quick hand waits for the store and acts on what it then holds."""

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
            if there.kind == "open":
                await self._move(deal, pipeline.stages[deal.stage_id], there)
            else:
                await self._close(deal, there)

    async def undo(self) -> None:
        """Take back one's own last step."""
        from pipetui.app.dialogs.confirm import undo_import_dialog

        async with self._turn:
            record = await self._app.off_the_loop(self._app.session.import_to_undo)
            agreed = (
                record is None or await self._app.push_screen_wait(undo_import_dialog(record)) is not None
            )
            if agreed:
                await self._step(self._app.session.undo, _("Undone: %(what)s · ctrl+y redoes"), back=True)

    async def redo(self) -> None:
        """Do again what was undone."""
        async with self._turn:
            await self._step(self._app.session.redo, _("Done again: %(what)s · ctrl+z undoes"), back=False)

    async def _move(self, deal: Deal, here: Stage, there: Stage) -> None:
        from pipetui.app.dialogs.move import GateDialog
        from pipetui.deals.edits import Move
        from pipetui.store.writing import GateClosed

        said = _moved(deal, here, there)
        try:
            await self._write(Move(deal.id, deal.version, there.id), said)
        except GateClosed as gate:
            reason = await self._app.push_screen_wait(GateDialog(deal.name, shown(here.name), *_asked(gate)))
            if reason is not None:
                await self._write(Move(deal.id, deal.version, there.id, reason), said)

    async def _close(self, deal: Deal, there: Stage) -> None:
        from pipetui.app.closing import closing_dialog
        from pipetui.deals.edits import Close

        assert self._app.pipeline is not None
        closing = await self._app.push_screen_wait(closing_dialog(self._app.pipeline, deal, there))
        if closing is not None:
            said = _("%(deal)s is won (%(day)s)") if there.kind == "won" else _("%(deal)s is lost (%(day)s)")
            edit = Close(deal.id, deal.version, there.id, closing.on, closing.reason)
            await self._write(edit, said % {"deal": deal.name, "day": words.full_date(closing.on)})

    async def _write(self, edit: "Edit", said: str) -> None:
        """Write an edit and show what it led to. Raises `GateClosed`; other problems are told."""
        outcome = await self._app.off_the_loop(lambda: self._app.session.apply([edit]))
        if outcome is not None:
            self._app.show_outcome(outcome, _("%(what)s · ctrl+z undoes") % {"what": said})

    async def _step(self, job: Callable[[], Outcome], said: str, *, back: bool) -> None:
        before = self._app.pipeline
        outcome = await self._app.off_the_loop(job)
        if outcome is None or before is None:
            return
        old, new = (outcome.pipeline, before) if back else (before, outcome.pipeline)
        self._app.show_outcome(outcome, said % {"what": _what_changed(outcome.deal_ids, old, new)})

    def _deal(self, deal_id: int) -> Deal | None:
        return self._app.pipeline.deals.get(deal_id) if self._app.pipeline else None


def _moved(deal: Deal, here: Stage, there: Stage) -> str:
    return _("%(deal)s: %(from)s → %(to)s") % {
        "deal": deal.name,
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
    return known.name if known else ngettext("%(n)d deal", "%(n)d deals", 1) % {"n": 1}


def _asked(gate: "GateClosed") -> tuple[list[str], list[str]]:
    """The criteria that the facts do not meet, and those that only people can tell."""
    facts = [shown(criterion.text) for criterion in gate.criteria if criterion.item or criterion.field]
    asked = [shown(criterion.text) for criterion in gate.criteria if not (criterion.item or criterion.field)]
    return facts, asked
