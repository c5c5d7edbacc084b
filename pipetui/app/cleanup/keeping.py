"""Keeping a deal: with a dated next step, until whose day its silence is no alarm; or as still open."""

from collections.abc import Sequence

from pipetui.app.dialogs.form import Answer, FormDialog, Line, Read
from pipetui.app.editing import Editor, name_of_all
from pipetui.app.questions import DAY, NextStep
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Accept, Change, Edit
from pipetui.deals.errors import Problem
from pipetui.deals.text import is_placeholder
from pipetui.language import _, format, quoted

SILENCE = ("stalled", "idle")
"""The flags that a dated next step answers."""


class _DayFirst(FormDialog):
    """Begins at the day: mostly that is all that is missing."""

    AUTO_FOCUS = "#line-1"


class Keep(NextStep):
    """What happens next, and on which day to come; until then the deal may stand still."""

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """What and when, both needed."""
        known = self.common(lambda deal: "" if is_placeholder(deal.next_step) else deal.next_step)
        step, day = typed or (known, "")
        lines = [
            Line(_("Next step"), step, self._what),
            Line(_("On"), day, self._when, width=DAY),
        ]
        title = _("Keep %(deals)s: what happens next?") % {"deals": self.name}
        return (_DayFirst if step else FormDialog)(title, lines, notice=notice)

    @staticmethod
    def _what(text: str) -> Read:
        return Read("", _("Say what happens next.") if is_placeholder(text) else "")

    def _when(self, text: str) -> Read:
        return self.ahead(text, needed=_("Say on which day."), today=False)

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """The next step; then, on the facts as they are with it, the rest of the flags."""
        day = self.day(answer[1])
        edits: list[Edit] = [
            Change(deal.id, deal.version, "next_step", answer[0]),
            Change(deal.id, deal.version, "next_step_date", day),
        ]
        flags = tuple(flag.name for flag in self.pipeline.flags_of(deal) if flag.name in SILENCE)
        return [*edits, Accept(deal.id, deal.version, flags, day)] if flags else edits

    def said(self, answer: Answer) -> str:
        """The step and its day."""
        day = self.day(answer[1])
        assert day is not None
        return _("%(deals)s: kept, %(step)s · %(day)s") % {
            "deals": self.name,
            "step": quoted(answer[0]),
            "day": format.long_date(day),
        }


async def still_open(editor: Editor, deals: Sequence[Deal]) -> None:
    """Take deals for open that the newest export does not hold."""
    async with editor.turn:
        gone = [deal for deal in editor.deals([deal.id for deal in deals]) if deal.missing_since is not None]
        if not gone:
            return
        said = _("%(deals)s: still open") % {"deals": name_of_all(gone)}
        try:
            await editor.write([Change(deal.id, deal.version, "missing_since", None) for deal in gone], said)
        except Problem as problem:
            _deals, told = await editor.told(problem, gone)
            editor.app.say(told, severity="error")
