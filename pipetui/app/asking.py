"""Which question a key asks, and of which of the deals it can be asked."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from pipetui.app import questions
from pipetui.app.dialogs.dialog import Anchor
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.editing import Editor, name_of, name_of_all
from pipetui.app.facts import Forecast, Known, PastDay, Text
from pipetui.app.marks import title
from pipetui.app.questions import Question, Rest, flags_to_rest
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Raise
from pipetui.deals.errors import Problem
from pipetui.language import _
from pipetui.language.builtin import shown
from pipetui.pipeline.pipeline import Pipeline

Place = Callable[[], Anchor | None] | None
"""Tells on which line of the screen something is edited; `None`: in a dialog."""

_TEXTS: Final = ("name", "account", "close_reason", "segment", "lead_source", "kind")
QUESTIONS: Final[dict[str, Callable[[Sequence[Deal], Pipeline], Question[Any]]]] = {
    "amount": questions.Amount,
    "close_date": questions.CloseDate,
    "next_step": questions.NextStep,
    "owner": questions.Owner,
    "note": questions.Note,
    "nurture": questions.Aside,
    "category": Forecast,
    "created": PastDay.of("created"),
    "closed_on": PastDay.of("closed_on"),
    **{field: Text.of(field) for field in _TEXTS},
}
_OF_OPEN: Final = frozenset(
    {
        "close_date",
        "next_step",
        "nurture",
        "qualification",
        "commitment",
        "action",
        "keep",
        "still_open",
        "rest",
    }
)
"""What can be asked of open deals only."""
_ALONE: Final = frozenset(
    {"qualification", "level", "commitment", "action", "promise", "conflict", "missing"}
)
"""What is asked of one deal at a time."""


async def ask(editor: Editor, deal_ids: Sequence[int], what: str, at: Place = None) -> None:
    """Ask one of `QUESTIONS`, or what is asked otherwise, and change the deals by the answer.

    Args:
        editor: who writes it.
        deal_ids: of which deals.
        what: which question; behind a colon, about which part of a deal.
        at: where it stands on the screen, if it is to be edited there.
    """
    what, _colon, part = what.partition(":")
    deals = [deal for deal in editor.deals(deal_ids) if deal.status == "open" or what not in _OF_OPEN]
    if not deals:
        editor.app.say(_("The deal is closed: that is asked of open ones."), severity="warning")
    elif what in _ALONE:
        await _ask_of_one(editor, deals[0], what, part, at)
    elif what == "stage":
        await _stage(editor, deals, at)
    elif what == "keep":
        from pipetui.app.cleanup.keeping import Keep

        await editor.ask([deal.id for deal in deals], Keep)
    elif what == "still_open":
        from pipetui.app.cleanup.keeping import still_open

        await still_open(editor, deals)
    elif what == "rest":
        await _rest(editor, deals, part)
    elif what == "raise":
        await _raise(editor, deals, part)
    elif what == "note_outside":
        from pipetui.app.outside import write_note

        await write_note(editor, deals)
    else:
        await editor.ask([deal.id for deal in deals], QUESTIONS[what], at)


async def _ask_of_one(editor: Editor, deal: Deal, what: str, part: str, at: Place) -> None:
    from pipetui.app import undertaking

    match what:
        case "qualification":
            await _qualify(editor, deal, part)
        case "level":
            item, _dot, level = part.partition(".")
            await editor.ask([deal.id], lambda deals, pipeline: Known(deals, pipeline, item, int(level)), at)
        case "promise":
            await undertaking.settle(editor, deal, int(part))
        case "conflict":
            from pipetui.app.deal.conflicts import settle

            await settle(editor, deal, part)
        case "missing":
            await _missing(editor, deal)
        case _:
            await undertaking.undertake(editor, deal, "action" if what == "action" else "commitment")


async def _qualify(editor: Editor, deal: Deal, item: str) -> None:
    """The grid of what is known, at an item; it writes for itself."""
    from pipetui.app.dialogs.qualify import QualifyDialog

    await editor.app.push_screen_wait(QualifyDialog(deal.id, name_of(deal), item))


async def _stage(editor: Editor, deals: Sequence[Deal], at: Place) -> None:
    """Any stage of the deal's own pipeline; closing asks for date and reason, gates for theirs."""
    from pipetui.app.moving import Mover

    app, first = editor.app, deals[0]
    if app.pipeline is None:
        return
    stages = app.pipeline.stages
    its = [stage for stage in stages.values() if stage.pipeline == stages[first.stage_id].pipeline]
    pick = Pick(
        _("Stage"),
        [Choice(str(stage.id), shown(stage.name)) for stage in its],
        current=str(first.stage_id),
    )
    if at is not None:
        pick.stands_at = at
    pick.holds = True
    chosen = await app.push_screen_wait(pick)
    if chosen is not None:
        stage = stages[int(chosen)]
        await Mover(editor).move([deal.id for deal in deals], lambda _deal: stage)


async def _missing(editor: Editor, deal: Deal) -> None:
    """Won, lost, or still open, though the newest export does not hold it."""
    from pipetui.app.board.targets import closed_stage
    from pipetui.app.cleanup.keeping import still_open
    from pipetui.app.moving import Mover

    app = editor.app
    choices = [
        Choice("open", _("still open")),
        Choice("won", _("won")),
        Choice("lost", _("lost")),
    ]
    asked = _("%(deal)s is not in the newest export: what became of it?")
    pick = Pick(asked % {"deal": name_of(deal)}, choices, is_short=True)
    pick.holds = True
    chosen = await app.push_screen_wait(pick)
    if chosen == "open":
        await still_open(editor, [deal])
    elif chosen is not None and (pipeline := app.pipeline) is not None:
        await Mover(editor).move([deal.id], lambda its: closed_stage(pipeline, its, chosen))


async def _rest(editor: Editor, deals: Sequence[Deal], flag: str | None) -> None:
    """The flag first, if none is named and there are several; then until when or why."""
    pipeline = editor.app.pipeline
    pick = flags_to_rest(deals, pipeline) if pipeline else None
    if pick is None:
        editor.app.say(_("No flag here that could rest."))
        return
    if not flag:
        flag = pick.choices[0].value
        if len(pick.choices) > 1:
            flag = await editor.app.push_screen_wait(pick)
            editor.app.ahead.hold()
    if flag:
        flags = (flag,)
        await editor.ask([deal.id for deal in deals], lambda deals, pipeline: Rest(deals, pipeline, flags))


async def _raise(editor: Editor, deals: Sequence[Deal], flag: str) -> None:
    """Let a flag show again that rests."""
    async with editor.turn:
        edits = [Raise(deal.id, deal.version, (flag,)) for deal in editor.deals([deal.id for deal in deals])]
        said = _("%(deals)s: “%(flag)s” shows again") % {"deals": name_of_all(deals), "flag": title(flag)}
        try:
            await editor.write(edits, said)
        except Problem as problem:
            _deals, told = await editor.told(problem, deals)
            editor.app.say(told, severity="error")
