"""Edits from the app: asked for, written off the event loop, shown, told; one at a time, in order."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from pipetui.app.session import Outcome
from pipetui.deals.deal import Deal, Stage
from pipetui.language import _, ngettext
from pipetui.language.builtin import shown

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
        async with self._turn:
            await self._step(self._app.session.undo, _("Undone: %(what)s · ctrl+y redoes"))

    async def redo(self) -> None:
        """Do again what was undone."""
        async with self._turn:
            await self._step(self._app.session.redo, _("Done again: %(what)s · ctrl+z undoes"))

    async def _move(self, deal: Deal, here: Stage, there: Stage) -> None:
        from pipetui.app.dialogs.move import GateDialog
        from pipetui.deals.edits import Move
        from pipetui.store.writing import GateClosed

        said = _("%(deal)s: %(from)s → %(to)s") % {
            "deal": deal.name,
            "from": shown(here.name),
            "to": shown(there.name),
        }
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
            said = _("%(deal)s is won") if there.kind == "won" else _("%(deal)s is lost")
            edit = Close(deal.id, deal.version, there.id, closing.on, closing.reason)
            await self._write(edit, said % {"deal": deal.name})

    async def _write(self, edit: "Edit", said: str) -> None:
        """Write an edit and show what it led to. Raises `GateClosed`; other problems are told."""
        outcome = await self._app.off_the_loop(lambda: self._app.session.apply([edit]))
        if outcome is not None:
            self._app.show_outcome(outcome, _("%(what)s · ctrl+z undoes") % {"what": said})

    async def _step(self, job: Callable[[], Outcome], said: str) -> None:
        before = self._app.pipeline
        outcome = await self._app.off_the_loop(job)
        if outcome is None:
            return
        known = {**(before.deals if before else {}), **outcome.pipeline.deals}
        names = [known[deal_id].name for deal_id in outcome.deal_ids if deal_id in known]
        deals = ngettext("%(n)d deal", "%(n)d deals", len(outcome.deal_ids)) % {"n": len(outcome.deal_ids)}
        self._app.show_outcome(
            outcome, said % {"what": names[0] if len(outcome.deal_ids) == 1 and names else deals}
        )

    def _deal(self, deal_id: int) -> Deal | None:
        return self._app.pipeline.deals.get(deal_id) if self._app.pipeline else None


def _asked(gate: "GateClosed") -> tuple[list[str], list[str]]:
    """The criteria that the facts do not meet, and those that only people can tell."""
    facts = [shown(criterion.text) for criterion in gate.criteria if criterion.item or criterion.field]
    asked = [shown(criterion.text) for criterion in gate.criteria if not (criterion.item or criterion.field)]
    return facts, asked
