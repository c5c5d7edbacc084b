"""What is asked of the plain facts of a deal, one at a time, where each of them stands."""

from collections.abc import Callable, Sequence
from datetime import date

from pipetui.app import words
from pipetui.app.dates import doubt, in_words
from pipetui.app.deal.facts import LABELS
from pipetui.app.dialogs.form import Answer, FormDialog, Line, Read
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.questions import DAY, Question
from pipetui.deals.category import Category
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Change, Edit, Qualify
from pipetui.language import _, labelled
from pipetui.pipeline.pipeline import Pipeline
from pipetui.query.typed import read_day

Asked = Callable[[Sequence[Deal], Pipeline], Question[Answer]]


class Text(Question[Answer]):
    """A line of text."""

    def __init__(self, deals: Sequence[Deal], pipeline: Pipeline, field: str) -> None:
        super().__init__(deals, pipeline)
        self.field = field

    @classmethod
    def of(cls, field: str) -> Asked:
        """The question about one field."""
        return lambda deals, pipeline: cls(deals, pipeline, field)

    @property
    def label(self) -> str:
        """What the field is called."""
        return _(LABELS[self.field])

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """The line."""
        (text,) = typed or (self.common(self.now),)
        line = Line(self.label, text, self.read)
        return FormDialog(self.name, [line], notice=notice)

    def now(self, deal: Deal) -> str:
        """What stands there."""
        return str(getattr(deal, self.field))

    def read(self, text: str) -> Read:
        """A deal needs a name, a lost one a reason."""
        if self.field == "name" and not text.strip():
            return Read("", _("A deal needs a name."))
        if self.field == "close_reason" and not text.strip() and self.deals[0].status == "lost":
            return Read("", _("A lost deal needs a reason: it is what the team learns from."))
        return Read()

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """The text; none is unknown."""
        return [Change(deal.id, deal.version, self.field, answer[0] or None)]

    def said(self, answer: Answer) -> str:
        """What stands there now."""
        return f"{self.name} · {labelled(self.label, answer[0] or '–')}"


class PastDay(Text):
    """A day that has been: of the creation, of the closing."""

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """The day and how it is understood."""
        (text,) = typed or (self.common(self.now),)
        line = Line(self.label, text, self.read, width=DAY)
        return FormDialog(self.name, [line], notice=notice)

    def now(self, deal: Deal) -> str:
        """The day as it is typed; of a closed deal of which no other is known, the expected one."""
        day = deal.settled_on if self.field == "closed_on" else deal.created
        return day.isoformat() if day else ""

    def past(self, text: str) -> date | None:
        """A day up to today, as it was typed."""
        return read_day(text, self.pipeline.today, past=True)

    def read(self, text: str) -> Read:
        """Not in the future; the creation may be unknown."""
        example = _("such as mon, -3, 30/10")
        if not text.strip():
            return Read(example, _("Say on which day.") if self.field == "closed_on" else "")
        day = self.past(text)
        if day is None:
            return Read(example, _("This is no date: write it as 2026-10-30, 30/10, mon or -3."))
        said = in_words(day, self.pipeline.today)
        if day > self.pipeline.today:
            return Read(said, _("This day cannot lie ahead."))
        created = self.deals[0].created if self.field == "closed_on" else None
        return Read(" ".join(part for part in (said, doubt(day, self.pipeline.today, created)) if part))

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """The day."""
        return [Change(deal.id, deal.version, self.field, self.past(answer[0]) if answer[0] else None)]

    def said(self, answer: Answer) -> str:
        """The day, whole."""
        day = self.past(answer[0]) if answer[0] else None
        return f"{self.name} · {labelled(self.label, words.full_date(day) if day else '–')}"


class Forecast(Question[str]):
    """The rep's forecast category."""

    def dialog(self, typed: str | None, notice: str) -> Pick:  # noqa: ARG002 - a pick loses nothing typed
        """The four, or none."""
        choices = [Choice(category.value, words.category(category)) for category in Category]
        choices.append(Choice("", _("none"), _("what the CRM says is in force")))
        now = self.common(lambda deal: deal.rep_category.value if deal.rep_category else "")
        return Pick(_("Category of %(deals)s") % {"deals": self.name}, choices, current=now)

    def edits(self, deal: Deal, answer: str) -> list[Edit]:
        """The rep's word."""
        return [Change(deal.id, deal.version, "rep_category", answer or None)]

    def said(self, answer: str) -> str:
        """The category, and that a manager's stands above it."""
        now = words.category(Category(answer)) if answer else _("none")
        if any(deal.manager_category for deal in self.deals):
            now = _("%(category)s (the manager's stays in force)") % {"category": now}
        return f"{self.name} · {labelled(_(LABELS['category']), now)}"


class Known(Question[Answer]):
    """What the buyer confirmed or did, for a level that wants it."""

    def __init__(self, deals: Sequence[Deal], pipeline: Pipeline, item: str, level: int) -> None:
        super().__init__(deals, pipeline)
        self.item = item
        self.level = level

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """The words."""
        (text,) = typed or ("",)
        line = Line("", text, self._read, _("what the buyer confirmed or did"))
        return FormDialog(self.name, [line], notice=notice)

    @staticmethod
    def _read(text: str) -> Read:
        problem = _("Say what the buyer confirmed or did: without it the level is a claim.")
        return Read("", "" if text.strip() else problem)

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """Level and words."""
        return [Qualify(deal.id, deal.version, self.item, self.level, answer[0])]

    def said(self, answer: Answer) -> str:  # noqa: ARG002 - the words stand on the screen
        """The level."""
        return f"{self.name} · {words.level(self.level)}"
