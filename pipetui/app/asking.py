"""Which question a key asks, and of which of the deals it can be asked."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from pipetui.app import questions
from pipetui.app.editing import Editor, name_of
from pipetui.app.questions import Question, Rest, flags_to_rest
from pipetui.deals.deal import Deal
from pipetui.language import _
from pipetui.pipeline.pipeline import Pipeline

QUESTIONS: Final[dict[str, Callable[[Sequence[Deal], Pipeline], Question[Any]]]] = {
    "amount": questions.Amount,
    "close_date": questions.CloseDate,
    "next_step": questions.NextStep,
    "owner": questions.Owner,
    "note": questions.Note,
    "nurture": questions.Aside,
}
_OF_ANY: Final = frozenset({"amount", "owner", "note"})
"""What can be asked of closed deals, too."""


async def ask(editor: Editor, deal_ids: Sequence[int], what: str) -> None:
    """Ask one of `QUESTIONS`, or what is asked otherwise, and change the deals by the answer."""
    deals = [deal for deal in editor.deals(deal_ids) if deal.status == "open" or what in _OF_ANY]
    if what == "qualification" and deals:
        await _qualify(editor, deals[0])
    elif what in ("commitment", "action") and deals:
        from pipetui.app.undertaking import undertake

        await undertake(editor, deals[0], "action" if what == "action" else "commitment")
    elif not deals:
        editor.app.say(_("The deal is closed: that is asked of open ones."), severity="warning")
    elif what == "keep":
        from pipetui.app.cleanup.keeping import Keep

        await editor.ask([deal.id for deal in deals], Keep)
    elif what == "still_open":
        from pipetui.app.cleanup.keeping import still_open

        await still_open(editor, deals)
    elif what == "rest":
        await _rest(editor, deals)
    else:
        await editor.ask([deal.id for deal in deals], QUESTIONS[what])


async def _qualify(editor: Editor, deal: Deal) -> None:
    """The grid of what is known; it writes for itself."""
    from pipetui.app.dialogs.qualify import QualifyDialog

    await editor.app.push_screen_wait(QualifyDialog(deal.id, name_of(deal)))


async def _rest(editor: Editor, deals: Sequence[Deal]) -> None:
    """The flag first, if there are several; then until when or why."""
    pipeline = editor.app.pipeline
    pick = flags_to_rest(deals, pipeline) if pipeline else None
    if pick is None:
        editor.app.say(_("No flag here that could rest."))
        return
    flag: str | None = pick.choices[0].value
    if len(pick.choices) > 1:
        flag = await editor.app.push_screen_wait(pick)
        editor.app.ahead.hold()
    if flag is not None:
        flags = (flag,)
        await editor.ask([deal.id for deal in deals], lambda deals, pipeline: Rest(deals, pipeline, flags))
