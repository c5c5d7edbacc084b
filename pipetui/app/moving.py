"""Moving deals from stage to stage, one or several in one step: the playbook's gates, winning, losing."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pipetui.app import words
from pipetui.app.editing import Editor, moved, name_of, name_of_all
from pipetui.deals.deal import Deal, Stage
from pipetui.deals.errors import Problem
from pipetui.language import _, ngettext
from pipetui.language.builtin import shown
from pipetui.playbook.gates import in_the_way

if TYPE_CHECKING:
    from pipetui.app.dialogs.close import Closing
    from pipetui.app.dialogs.move import Unmet
    from pipetui.deals.edits import Edit


class Step(NamedTuple):
    """A deal and where it goes."""

    deal: Deal
    there: Stage


class Mover:
    """Moves deals in their turn."""

    def __init__(self, editor: Editor) -> None:
        self._editor = editor

    async def move(self, deal_ids: Sequence[int], where: Callable[[Deal], Stage | None]) -> None:
        """Move deals to the stages that `where` tells in their turn; closing asks for date and reason."""
        editor = self._editor
        async with editor.turn:
            steps = [
                Step(deal, there)
                for deal in editor.deals(deal_ids)
                if (there := where(deal)) is not None and there.id != deal.stage_id
            ]
            moves = [step for step in steps if step.there.kind == "open"]
            if steps and not moves:
                await self._close(steps)
            elif moves:  # of several, those that would be closed are left: that is asked for by its own key
                try:
                    await self._move(moves)
                except Problem as problem:
                    _deals, said = await editor.told(problem, [step.deal for step in moves])
                    editor.app.say(said, severity="error")

    async def _move(self, steps: list[Step]) -> None:
        from pipetui.deals.edits import Move

        assert self._editor.app.pipeline is not None
        stages = self._editor.app.pipeline.stages
        if len(steps) == 1:
            said = moved(steps[0].deal, stages[steps[0].deal.stage_id], steps[0].there)
        else:
            said = ngettext("%(n)d deal moved", "%(n)d deals moved", len(steps)) % {"n": len(steps)}
        await self._through_gates(
            steps, lambda step, reason: Move(step.deal.id, step.deal.version, step.there.id, reason), said
        )

    async def _close(self, steps: list[Step]) -> None:
        from pipetui.app.closing import closing_dialog
        from pipetui.deals.edits import Close

        def close(closing: "Closing") -> "Callable[[Step, str], Edit]":
            return lambda step, despite: Close(
                step.deal.id, step.deal.version, step.there.id, closing.on, closing.reason, despite
            )

        closing, notice = None, ""
        while steps and (pipeline := self._editor.app.pipeline) is not None:
            deals = [step.deal for step in steps]
            dialog = closing_dialog(pipeline, deals, steps[0].there, closing, notice)
            dialog.holds = True
            closing = await self._editor.app.push_screen_wait(dialog)
            if closing is None:
                return
            try:
                if await self._through_gates(steps, close(closing), _closed(steps, closing)):
                    return
                notice = ""
            except Problem as problem:
                steps, notice = await self._told(problem, steps)

    async def _through_gates(self, steps: list[Step], edit: "Callable[[Step, str], Edit]", said: str) -> bool:
        """Write an edit a deal, asking for the reason that a gate wants; `False` if none was given.

        Raises:
            Problem: they cannot be written, and nothing was typed here that could be lost.
        """
        from pipetui.app.dialogs.move import GateDialog
        from pipetui.store.writing import GateClosed

        reason, notice = "", ""
        while steps:
            try:
                await self._editor.write([edit(step, reason) for step in steps], said)
            except GateClosed:
                pass
            except Problem as problem:
                if not reason:
                    raise
                steps, notice = await self._told(problem, steps)
            else:
                return True
            dialog = GateDialog(self._unmet(steps), typed=reason, notice=notice)
            dialog.holds = True
            answer = await self._editor.app.push_screen_wait(dialog)
            if answer is None:
                return False
            reason = answer
        return True

    async def _told(self, problem: Problem, steps: list[Step]) -> tuple[list[Step], str]:
        """The steps from where the deals are now, and what is said of a problem."""
        deals, said = await self._editor.told(problem, [step.deal for step in steps], again=True)
        goals = {step.deal.id: step.there for step in steps}
        return [Step(deal, goals[deal.id]) for deal in deals], said

    def _unmet(self, steps: Sequence[Step]) -> "Unmet":
        """What keeps the deals from going on: everything that any of them lacks."""
        from pipetui.app.dialogs.move import Unmet

        pipeline = self._editor.app.pipeline
        assert pipeline is not None
        stages = list(pipeline.stages.values())
        lacking = {step: in_the_way(pipeline.playbook, stages, step.deal, step.there) for step in steps}
        stuck = [step for step, criteria in lacking.items() if criteria] or list(steps)
        first = stuck[0]
        if len(stuck) > 1:
            title = ngettext(
                "%(n)d deal is not ready to go on", "%(n)d deals are not ready to go on", len(stuck)
            ) % {"n": len(stuck)}
        elif first.there.kind == "won":
            title = _("%(deal)s is not ready to be won") % {"deal": first.deal.name}
        else:
            here = shown(pipeline.stages[first.deal.stage_id].name)
            title = _("%(deal)s is not ready to leave %(stage)s") % {"deal": first.deal.name, "stage": here}
        criteria = {criterion.text: criterion for step in stuck for criterion in lacking[step]}
        return Unmet.of(title, list(criteria.values()))


def _closed(steps: Sequence[Step], closing: "Closing") -> str:
    won = steps[0].there.kind == "won"
    day = words.full_date(closing.on)
    if len(steps) == 1:
        said = _("%(deal)s is won (%(day)s)") if won else _("%(deal)s is lost (%(day)s)")
        return said % {"deal": name_of(steps[0].deal), "day": day}
    said = _("%(deals)s are won (%(day)s)") if won else _("%(deals)s are lost (%(day)s)")
    return said % {"deals": name_of_all([step.deal for step in steps]), "day": day}
