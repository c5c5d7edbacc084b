"""The end of a call: the manager's number, and freezing it."""

from typing import TYPE_CHECKING

from pipetui.app.call import pages
from pipetui.app.call.anchored import AnchoredForm
from pipetui.app.call.writing import write
from pipetui.app.dialogs.confirm import YES
from pipetui.app.dialogs.form import Answer, Line, Read
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.deals.edits import Freeze, Reopen, SetNumber
from pipetui.deals.errors import Problem
from pipetui.forecast.calls.snapshot import Snapshot
from pipetui.language import _, format
from pipetui.query.typed import read_amount

if TYPE_CHECKING:
    from pipetui.app.call.asking import Asking

_WIDTH = 24


async def number(asking: "Asking", typed: Answer | None) -> None:
    """Ask for the number and the risks, and write them; what is odd about it is told."""
    notice, desk = "", asking.desk
    currency = desk.pipeline.currency
    while True:
        call = desk.background.call
        shown = "" if call.number is None else format.money(call.number, currency)
        text, risks = typed or (shown, " · ".join(call.risks.split("\n")))
        lines = [
            Line(_("The number"), text, lambda told: _read(told, currency), _("such as 540k"), width=_WIDTH),
            Line(_("Risks"), risks, hint=_("what could make it miss")),
        ]
        dialog = AnchoredForm(
            _("The manager’s own number: what will the period end with?"), lines, notice=notice
        )
        answer = await asking.answer(dialog, "number", 0)
        if answer is None:
            return
        minor = _minor(answer[0], currency)
        try:
            await asking.write([SetNumber(call.id, call.number_id, minor, answer[1])])
        except Problem as problem:
            await asking.renew()
            typed, notice = answer, str(problem)
            continue
        asking.screen.drafts.drop()
        await asking.renew()
        odd = [] if minor is None else pages.told_warnings(minor, desk.totals("manager"), asking.range, desk)
        if odd:
            asking.app.say(odd[0], severity="warning")
        return


def _minor(text: str, currency: str) -> int | None:
    negative = text.strip().startswith(("-", "−"))
    money = read_amount(text.strip().lstrip("-−"), currency)
    if money is None or money.currency != currency:
        return None
    return -money.minor if negative else money.minor


def _read(text: str, currency: str) -> Read:
    if not text.strip():
        return Read(_("none of its own"))
    minor = _minor(text, currency)
    if minor is None:
        return Read("", _("This is no amount: write it as 12500, 12 500,50 or 250k."))
    return Read(format.money(minor, currency))


async def freeze(asking: "Asking") -> None:
    """Ask once, then keep the call as it is."""
    desk, app = asking.desk, asking.app
    question = _("Freeze the call? Nobody can change what is frozen; it can be reopened as another revision.")
    if await app.push_screen_wait(Pick(question, [Choice(YES, _("freeze it"))], is_short=True)) is None:
        return
    app.ahead.hold()
    session, taught, call_id = app.session, asking.screen.taught, desk.background.call.id

    def job() -> Snapshot:
        from pipetui.pipeline.outlook import begin, with_range
        from pipetui.pipeline.outlook_calls import packed, snapshot_of
        from pipetui.pipeline.outlook_past import teach
        from pipetui.store.calls import read_call

        pipeline = session.load()
        opened = read_call(session.store, call_id)
        if opened is None:
            raise Problem(_("This forecast call is not there any more: its beginning was undone."))
        period, scope = desk.background.period, opened.call.scope
        known = taught if taught is not None and taught.is_of(period, pipeline.today) else None
        found = begin(session.store, pipeline, period, scope)
        found = with_range(found, pipeline, known or teach(session.store, pipeline, period))
        snapshot = snapshot_of(opened, found, pipeline, at=session.launch.clock.now(), by=session.launch.user)
        write(session, [Freeze(call_id, packed(snapshot))])
        return snapshot

    snapshot = await app.off_the_loop(job)
    await asking.renew()
    told = _("Frozen as %(id)s, revision %(n)d · R reopens it") % {"id": snapshot.id, "n": snapshot.revision}
    app.say(told)


async def reopen(asking: "Asking") -> None:
    """Go on with it: the next freeze is another revision."""
    call = asking.desk.background.call
    await asking.write([Reopen(call.id, call.revisions[-1].revision)])
    await asking.renew()
    asking.app.say(_("The call goes on. What was frozen stays."))
