"""Beginning a call, or going on with one that was begun, by whomever."""

from typing import TYPE_CHECKING

from pipetui.app.call.drafts import Drafts
from pipetui.app.call.reading import read_background
from pipetui.app.call.writing import write
from pipetui.app.forecast import phrases
from pipetui.deals.edits import BeginCall, Reopen
from pipetui.deals.errors import Problem
from pipetui.forecast.periods import Period
from pipetui.forecast.quotas import Scope
from pipetui.forecast.wording import scope_told
from pipetui.language import _, format

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.call.screen import CallScreen
    from pipetui.app.memory import Memory
    from pipetui.store.calls import Call

MINUTES = 45


async def start(app: "PipetuiApp", period: Period, scope: Scope) -> None:
    """Go on with the call of the period and the scope; if there is none, ask whose it is and for how long.

    In a worker; keys are held from before on.
    """
    from pipetui.app.call.begin import Begin, offers
    from pipetui.store.calls import open_call, read_calls

    session, pipeline = app.session, app.pipeline
    if pipeline is None:
        return
    try:
        calls = await app.off_the_loop(lambda: read_calls(session.store))
        if (going_on := open_call(calls, period.name, scope)) is not None:
            await _open(app, going_on.id, _resumed(going_on, app))
            return
        minutes = app.memory.number("call_minutes", MINUTES)
        dialog = Begin(offers(pipeline, period, calls), period, scope, minutes)
        dialog.holds = True
        chosen = await app.push_screen_wait(dialog)
        if chosen is None:
            return
        offer, minutes = chosen
        app.memory.note(call_minutes=minutes, call_seconds=0)
        edit = BeginCall(period.name, offer.scope.owner, offer.scope.team)
        if offer.reopens is not None:
            call = offer.reopens
            await app.off_the_loop(lambda: write(session, [Reopen(call.id, call.revisions[-1].revision)]))
            await _open(app, call.id, _("The call goes on. What was frozen stays."))
            return
        written = await app.off_the_loop(lambda: write(session, [edit]))
        going = offer.going_on
        await _open(app, written.applied.call_id or 0, _resumed(going, app) if going else "")
    except Problem as problem:
        app.say(str(problem), severity="error")


def resume(app: "PipetuiApp", call_id: int) -> None:
    """Back into the call in which the app ended, at the same deal, with what was half typed."""
    app.ahead.hold()

    async def work() -> None:
        from pipetui.app.messages import CanType

        try:
            await _open(app, call_id, "", again=True)
        except Problem as problem:
            app.say(str(problem), severity="error")
        finally:
            app.post_message(CanType())

    app.run_worker(work())


async def _open(app: "PipetuiApp", call_id: int, said: str, *, again: bool = False) -> None:
    from pipetui.app.call.screen import CallScreen

    session, pipeline, memory = app.session, app.pipeline, app.memory
    if pipeline is None:
        return
    background = await app.off_the_loop(lambda: read_background(session.store, pipeline, call_id))
    if background is None:
        memory.note(call=0, call_draft="")
        return
    drafts = Drafts(memory)
    draft = drafts.kept() if again else None
    is_mine = memory.number("call_last", 0) == call_id
    seconds = memory.number("call_seconds", 0) if is_mine else 0
    memory.note(call_last=call_id)
    minutes = memory.number("call_minutes", MINUTES)
    screen = CallScreen(background, memory, minutes, seconds=seconds, draft=draft)
    if is_mine:
        _place(screen, memory)
    else:
        _place_at_first(screen)
    app.push_screen(screen)
    if said:
        app.say(said)


def _place(screen: "CallScreen", memory: "Memory") -> None:
    """Where one was."""
    deal_id, part = memory.number("call_deal", 0), memory.text("call_part", "")
    for stop in screen.desk.stops:
        if stop.deal_id == deal_id and (deal_id or stop.part == part):
            screen.desk.go_to(stop)


def _place_at_first(screen: "CallScreen") -> None:
    """In a call that others have begun: the first deal whose turn has not come."""
    desk = screen.desk
    if desk.reached:
        desk.onward(was_reached=False)


def _resumed(call: "Call", app: "PipetuiApp") -> str:
    """ "Goes on: begun on 15 Nov 14:05 by nora, 7 deals said." """
    today = app.pipeline.today if app.pipeline else call.begun_at.date()
    return _("The call of %(scope)s goes on: begun on %(day)s by %(who)s · %(n)s so far") % {
        "day": format.moment(call.begun_at, today),
        "who": call.by,
        "n": phrases.deals(call.lines),
        "scope": scope_told(call.scope),
    }
