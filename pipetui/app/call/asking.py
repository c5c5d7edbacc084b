"""What is asked and written in a call: one thing at a time, in the order of the keys."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, Final

from pipetui.app.call import closing, conflicts
from pipetui.app.call.anchored import AnchoredNote
from pipetui.app.call.desk import Desk
from pipetui.app.call.drafts import Draft
from pipetui.app.call.following import Follow, Followed
from pipetui.app.call.jumping import Jump
from pipetui.app.call.prompts import prompts
from pipetui.app.call.reading import read_background
from pipetui.app.call.why import Why
from pipetui.app.call.writing import Written, write
from pipetui.app.calls.minutes import Meant, write_minutes
from pipetui.app.dialogs.form import Answer, FormDialog, Line, Read
from pipetui.app.editing import name_of
from pipetui.app.messages import CanType
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Classify, Edit, Say
from pipetui.deals.errors import Problem
from pipetui.deals.said import Said
from pipetui.forecast.calls.snapshot import FrozenRange
from pipetui.forecast.categories import Side, category_of
from pipetui.forecast.wording import category_told
from pipetui.language import _, labelled

if TYPE_CHECKING:
    from pipetui.app.app import PipetuiApp
    from pipetui.app.call.screen import CallScreen

ASKED: Final = frozenset({"amount", "close_date", "next_step"})
"""What is asked as everywhere (`asking.QUESTIONS`)."""
GRACE: Final = 0.03
"""Seconds that a write is waited for before the next deal is shown without it; a local disk takes five of
a thousand. One picture of both is there sooner than two."""


class Asking:
    """The dialogs and the edits of one screen. Keys wait until what one of them led to is written."""

    def __init__(self, screen: "CallScreen") -> None:
        self.screen = screen

    @property
    def app(self) -> "PipetuiApp":
        """The app."""
        return self.screen.app

    @property
    def desk(self) -> Desk:
        """The call."""
        return self.screen.desk

    def _begin(self, doing: Coroutine[Any, Any, None], *, after_paint: bool = False) -> None:
        """Do something that takes a while. It belongs to the app: leaving the call does not stop it.

        `after_paint`: what is shown already is painted first; both at once would take as long as both.
        """
        self.app.ahead.hold()

        async def done() -> None:
            try:
                async with self.app.editor.turn:
                    await doing
            except Problem as problem:
                self.app.say(str(problem), severity="error")
            finally:
                self.app.post_message(CanType())

        if after_paint:
            self.screen.call_after_refresh(self.app.run_worker, done())
        else:
            self.app.run_worker(done())

    def _open_deal(self) -> Deal | None:
        """The deal one is at, if something can be said of it; else it is said why not."""
        deal = self.desk.deal
        if self.desk.background.call.is_frozen:
            self.app.say(_("This forecast call is frozen: R reopens it."), severity="warning")
        elif deal is None:
            self.app.say(_("No deal here: space goes on to the next one."))
        elif deal.status != "open":
            self.app.say(_("The deal is closed: that is asked of open ones."), severity="warning")
        else:
            return deal
        return None

    @property
    def range(self) -> FrozenRange | None:
        """The range, once it is worked out."""
        return self.screen.odds.range if self.screen.odds else None

    # Classifying -------------------------------------------------------------------------------------

    def classify(self, category: Category) -> None:
        """At once, and on to the next deal; what the gate asks is asked first."""
        deal, desk = self._open_deal(), self.desk
        if deal is None:
            return
        if desk.unanswered(deal, category):
            self._begin(self._why(deal.id, category))
            return
        self._begin(self._at_once(deal, desk.side, category, desk.said_for(deal, category)))

    def reason(self) -> None:
        """What was written for the category that the deal is in."""
        deal = self._open_deal()
        category = category_of(deal, self.desk.side) if deal else None
        if deal is not None and category is not None:
            self._begin(self._why(deal.id, category, stays=True))

    async def _at_once(self, deal: Deal, side: Side, category: Category, said: Said) -> None:
        """Nothing was asked: it is written, and the next deal shown; at a slow store the other way round."""
        desk, screen = self.desk, self.screen
        was_reached = desk.is_reached(deal.id)
        writing = asyncio.ensure_future(self._classify(deal.id, side, category, said))
        await asyncio.wait({writing}, timeout=GRACE)
        if not (is_written := writing.done()):
            desk.onward(was_reached=was_reached)
            screen.turned(writing=deal.id)
        try:
            await writing
        except Problem as problem:
            desk.disputed.add(deal.id)
            told = conflicts.told(problem, deal, desk)
            again = _("It is not written as %(category)s, and comes up again.")
            self.app.say(f"{told} {again % {'category': category_told(category)}}", severity="warning")
        if is_written:
            desk.onward(was_reached=was_reached)
            screen.turned()
        else:
            screen.ticked(deal.id)

    async def _why(
        self, deal_id: int, category: Category, typed: Answer | None = None, *, stays: bool = False
    ) -> None:
        """Ask why, which condition, until when; then write it."""
        screen, notice = self.screen, ""
        while (deal := self.desk.pipeline.deals.get(deal_id)) is not None:
            why = Why(self.desk, deal, category, is_wanted=stays)
            side = self.desk.side
            answer = await self.answer(why.dialog(typed, notice), f"classify:{category.value}", deal_id)
            if answer is None:
                return
            was_reached = self.desk.is_reached(deal_id)
            try:
                await self._classify(deal_id, side, category, why.said(answer))
            except Problem as problem:
                typed, notice = answer, conflicts.told(problem, deal, self.desk, again=True)
                continue
            screen.drafts.drop()
            if stays:
                screen.show()
            else:
                self.desk.onward(was_reached=was_reached)
                screen.turned()
            return

    async def _classify(self, deal_id: int, side: Side, category: Category, said: Said) -> None:
        """Write it; once more if what has changed meanwhile is nothing to the call."""
        desk = self.desk
        before, line = desk.pipeline.deals.get(deal_id), desk.lines.get(deal_id)
        try:
            await self._write_class(desk.classify(deal_id, side, category, said))
        except Problem as problem:
            if not conflicts.is_stale(problem):
                raise
            await self._look_again()
            if conflicts.is_said_already(desk, deal_id, side, category, said):
                return
            if not conflicts.is_harmless(desk, before, line):
                raise
            await self._write_class(desk.classify(deal_id, side, category, said))

    async def _write_class(self, edit: Classify | None) -> None:
        if edit is None:
            raise Problem(_("This deal is not in the store any more: the import that brought it was undone."))
        self._take(edit, await self.write([edit]))

    async def write(self, edits: Sequence[Edit]) -> Written:
        """Write edits as one step. Raises `Problem`."""
        session = self.app.session
        return await self.app.off_the_loop(lambda: write(session, edits))

    def _take(self, edit: Classify | Say, written: Written) -> None:
        """It is in the store, and known here."""
        applied = written.applied
        line_id = applied.line_ids[0] if applied.line_ids else None
        self.desk.take(edit, applied.batch_id, line_id, written.at, written.by)
        self.screen.written()

    async def _look_again(self) -> None:
        """The call as everybody has left it by now."""
        session, call_id = self.app.session, self.desk.background.call.id
        pipeline = await self.app.off_the_loop(session.load)
        background = await self.app.off_the_loop(lambda: read_background(session.store, pipeline, call_id))
        if background is not None:
            self.desk.renew(background)
            self.screen.written()

    async def renew(self) -> None:
        """The call as it stands in the store, after something that concerns no deal."""
        session, pipeline, call_id = self.app.session, self.desk.pipeline, self.desk.background.call.id
        background = await self.app.off_the_loop(lambda: read_background(session.store, pipeline, call_id))
        if background is not None:
            self.desk.renew(background)
        self.screen.show()

    # Other things that are said ----------------------------------------------------------------------

    def wait(self) -> None:
        """The deal comes up again at the end."""
        deal, desk = self._open_deal(), self.desk
        if deal is not None:
            desk.wait(deal.id)
            self.screen.turned(writing=deal.id)
            self._begin(self._say(deal.id, waiting=True), after_paint=True)

    async def _say(self, deal_id: int, said: Said | None = None, *, waiting: bool | None = None) -> None:
        """Write down what is said; on a line that somebody else has changed meanwhile it is said again."""
        try:
            edit = self.desk.say(deal_id, said, waiting=waiting)
            self._take(edit, await self.write([edit]))
        except Problem as problem:
            if not conflicts.is_stale(problem):
                raise
            await self._look_again()
            now = self.desk.said(deal_id)
            edit = self.desk.say(deal_id, said and now._replace(note=said.note), waiting=waiting)
            self._take(edit, await self.write([edit]))
        self.screen.ticked(deal_id)

    def note(self) -> None:
        """An answer, in a line below the others."""
        if (deal := self._open_deal()) is not None:
            self._begin(self._note(deal.id))

    async def _note(self, deal_id: int, typed: Answer | None = None) -> None:
        deal = self.desk.pipeline.deals.get(deal_id)
        if deal is None:
            return
        asked = "  ".join(prompts(category_of(deal, self.desk.side)))
        line = Line("", typed[0] if typed else "", _something)
        answer = await self.answer(AnchoredNote(labelled(name_of(deal), asked), [line]), "note", deal_id)
        if answer is None:
            return
        said = self.desk.said(deal_id)
        note = "\n".join(text for text in (said.note, answer[0]) if text)
        await self._say(deal_id, said._replace(note=note))
        self.screen.drafts.drop()

    def ask(self, what: str, typed: Answer | None = None) -> None:
        """Another amount, date or next step, as everywhere."""
        from pipetui.app.asking import QUESTIONS

        deal = self._open_deal()
        if deal is None:
            return
        follow = self._following(f"ask:{what}", deal.id)
        self.app.ahead.hold()

        async def done() -> None:
            try:
                await self.app.editor.ask(
                    [deal.id],
                    lambda deals, pipeline: Followed(QUESTIONS[what](deals, pipeline), follow),
                    typed=typed,
                )
                self.screen.drafts.drop()
            finally:
                self.app.post_message(CanType())

        self.app.run_worker(done())

    async def answer(self, dialog: FormDialog, what: str, deal_id: int) -> Answer | None:
        """What is answered in a dialog; every keystroke of it is kept."""
        dialog.holds = True
        self._following(what, deal_id)(dialog)
        answer = await self.app.push_screen_wait(dialog)
        if answer is None:
            self.screen.drafts.drop()
        return answer

    def _following(self, what: str, deal_id: int) -> Follow:
        drafts, side = self.screen.drafts, self.desk.side
        return lambda dialog: dialog.call_later(drafts.follow, dialog, what, deal_id, side)

    def jump(self) -> None:
        """To a deal, by typing."""
        self._begin(self._jump())

    async def _jump(self) -> None:
        chosen = await self.app.push_screen_wait(Jump(self.desk))
        if chosen is not None:
            self.screen.find(int(chosen), widen=True)

    # The number, and freezing ------------------------------------------------------------------------

    def number(self, typed: Answer | None = None) -> None:
        """The manager's own number, and the risks."""
        if not self.desk.background.call.is_frozen:
            self._begin(closing.number(self, typed))

    def freeze(self) -> None:
        """Keep the call for good; asks once."""
        if not self.desk.background.call.is_frozen:
            self._begin(closing.freeze(self))

    def reopen(self) -> None:
        """Go on with the frozen call."""
        if self.desk.background.call.is_frozen:
            self._begin(closing.reopen(self))

    def minutes(self) -> None:
        """Those of what was frozen last, into a file."""
        call = self.desk.background.call
        newest = call.revisions[-1]
        meant = Meant(call.id, newest.snapshot_id, call.period, newest.at.date())
        self._begin(write_minutes(self.app, meant))

    # After an interruption ---------------------------------------------------------------------------

    def resume(self, draft: Draft) -> None:
        """What was half answered when the app ended stands there again."""
        what, _colon, part = draft.what.partition(":")
        if draft.deal_id and not self.screen.find(draft.deal_id, widen=True):
            return
        self.desk.side = "manager" if draft.side == "manager" else "rep"
        if what == "classify" and part in {*Category}:
            self._begin(self._why(draft.deal_id, Category(part), draft.typed))
        elif what == "note":
            self._begin(self._note(draft.deal_id, draft.typed))
        elif what == "ask" and part in ASKED:
            self.ask(part, draft.typed)
        elif what == "number":
            self.number(draft.typed)


def _something(text: str) -> Read:
    return Read() if text.strip() else Read("", _("Write something, or leave with esc."))
