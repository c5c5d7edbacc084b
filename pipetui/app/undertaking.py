"""What buyers and we undertook: written down, and followed until it is kept or broken."""

from collections.abc import Sequence

from pipetui.app.dialogs.form import Answer, FormDialog, Line, Read
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.editing import Editor, name_of
from pipetui.app.questions import DAY, Question
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Edit, Undertake
from pipetui.deals.errors import Problem
from pipetui.deals.promise import Promise, PromiseKind, PromiseState
from pipetui.language import _, format, labelled
from pipetui.pipeline.pipeline import Pipeline

NEW = "new"


class NewPromise(Question[Answer]):
    """Who does what until when."""

    def __init__(self, deals: Sequence[Deal], pipeline: Pipeline, kind: PromiseKind) -> None:
        super().__init__(deals, pipeline)
        self.kind = kind

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """Who, what, until when."""
        is_action = self.kind == "action"
        what, who, due = typed or ("", self.common(lambda deal: deal.owner) if is_action else "", "")
        lines = [
            Line(_("What"), what, self._what),
            Line(_("Who"), who, hint="" if is_action else _("on the buyer's side")),
            Line(_("Until"), due, self._due, width=DAY),
        ]
        title = (
            _("What do we do in %(deals)s?") if is_action else _("What did the buyer of %(deals)s promise?")
        )
        return FormDialog(title % {"deals": self.name}, lines, notice=notice)

    @staticmethod
    def _what(text: str) -> Read:
        return Read() if text.strip() else Read("", _("Say what is to be done."))

    def _due(self, text: str) -> Read:
        return self.ahead(text, needed=_("Nothing leaves a meeting without a date: until when?"))

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """The promise."""
        what, who, due = answer
        return [Undertake(deal.id, self.kind, what, who, self.day(due))]

    def said(self, answer: Answer) -> str:
        """What is kept an eye on."""
        what, who, due = answer
        return told(Promise(0, None, self.kind, who, what, self.day(due), "open"), self.pipeline)


async def undertake(editor: Editor, deal: Deal, kind: PromiseKind) -> None:
    """Write down a promise, or say what became of one."""
    app = editor.app
    try:
        story = await app.off_the_loop(lambda: app.session.story(deal.id))
    except Problem as problem:
        app.say(str(problem), severity="error")
        return
    pending = {str(its.thread): its for its in story.promises if its.kind == kind and its.state == "open"}
    chosen: str | None = NEW
    if pending and app.pipeline is not None:
        is_action = kind == "action"
        new = Choice(NEW, _("a new action …") if is_action else _("a new commitment …"))
        known = [Choice(key, told(its, app.pipeline)) for key, its in pending.items()]
        title = _("Actions in %(deal)s") if is_action else _("What the buyer of %(deal)s promised")
        chosen = await app.push_screen_wait(
            Pick(title % {"deal": name_of(deal)}, [new, *known], is_short=True)
        )
        app.ahead.hold()
    if chosen == NEW:
        await editor.ask([deal.id], lambda deals, pipeline: NewPromise(deals, pipeline, kind))
    elif chosen is not None:
        await _settle(editor, pending[chosen])


async def settle(editor: Editor, deal: Deal, thread: int) -> None:
    """Say what became of one promise of a deal."""
    app = editor.app
    try:
        story = await app.off_the_loop(lambda: app.session.story(deal.id))
    except Problem as problem:
        app.say(str(problem), severity="error")
        return
    for promise in story.promises:
        if promise.thread == thread:
            await _settle(editor, promise)


async def _settle(editor: Editor, promise: Promise) -> None:
    """Kept, broken, open again, or a mistake."""
    states: dict[str, tuple[PromiseState, str]] = {
        "open": ("open", _("open again")),
        "kept": ("kept", _("done") if promise.kind == "action" else _("kept")),
        "broken": ("broken", _("not done") if promise.kind == "action" else _("broken")),
        "dropped": ("dropped", _("written by mistake: take it away")),
    }
    choices = [Choice(key, words) for key, (_state, words) in states.items() if key != promise.state]
    chosen = await editor.app.push_screen_wait(Pick(promise.what, choices, is_short=True))
    if chosen is None or promise.deal_id is None:
        return
    state, words = states[chosen]
    edit = Undertake(
        promise.deal_id, promise.kind, promise.what, promise.who, promise.due, state, promise.thread
    )
    async with editor.turn:
        try:
            await editor.write([edit], labelled(promise.what, words))
        except Problem as problem:
            editor.app.say(str(problem), severity="error")


def told(promise: Promise, pipeline: Pipeline) -> str:
    """Who does what until when, in a line."""
    due = "" if promise.due is None else format.due(promise.due, pipeline.today)
    return " · ".join(part for part in (promise.what, promise.who, due) if part)
