"""What can be asked of one deal or of several at once, and what the answer changes."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

from pipetui.app.dates import in_words
from pipetui.app.dialogs.dialog import Dialog
from pipetui.app.dialogs.form import Answer, FormDialog, Line, Read
from pipetui.app.dialogs.notes import NoteForm
from pipetui.app.dialogs.pick import Choice, Pick
from pipetui.app.editing import name_of_all
from pipetui.app.marks import symbol, title
from pipetui.deals.deal import Deal
from pipetui.deals.edits import Accept, AddNote, Change, Edit, Nurture
from pipetui.deals.event import is_push
from pipetui.deals.money import Money
from pipetui.language import _, format, labelled, quoted
from pipetui.pipeline.pipeline import Pipeline
from pipetui.query.typed import read_amount, read_day

T = TypeVar("T")

DAY = 18
"""Cells of a line that a day is typed into."""


class Question(ABC, Generic[T]):
    """Something asked of deals; `T` is what its dialog answers."""

    def __init__(self, deals: Sequence[Deal], pipeline: Pipeline) -> None:
        self.deals = deals
        self.pipeline = pipeline
        self.name = name_of_all(deals)

    @abstractmethod
    def dialog(self, typed: T | None, notice: str) -> Dialog[T]:
        """What asks; `typed` was answered before, `notice` says why it is asked once more."""

    @abstractmethod
    def edits(self, deal: Deal, answer: T) -> list[Edit]:
        """What the answer changes in one of the deals."""

    @abstractmethod
    def said(self, answer: T) -> str:
        """What has been done, in a few words."""

    def because(self, answer: T) -> str:  # noqa: ARG002 - for those that ask why
        """The reason given."""
        return ""

    def common(self, value: Callable[[Deal], str]) -> str:
        """What all the deals have in common; "" if they differ."""
        values = {value(deal) for deal in self.deals}
        return values.pop() if len(values) == 1 else ""

    def day(self, text: str) -> date | None:
        """A day to come, as it was typed."""
        return read_day(text, self.pipeline.today, fiscal_year_start=self.pipeline.playbook.fiscal_year_start)

    def ahead(self, text: str, *, needed: str = "", today: bool = True) -> Read:
        """How a day that lies ahead is understood; `needed` is said where nothing is typed."""
        if not text.strip():
            return Read(_("such as fri, +2w, 30/11"), needed)
        day = self.day(text)
        if day is None:
            problem = _("This is no date: write it as 2026-11-30, 30/11, fri or +2w.")
            return Read(_("such as fri, +2w, 30/11"), problem)
        if day < self.pipeline.today or (day == self.pipeline.today and not today):
            return Read(in_words(day, self.pipeline.today), _("This day has to lie ahead."))
        return Read(in_words(day, self.pipeline.today))


class Amount(Question[Answer]):
    """What a deal is worth."""

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """A line."""
        (text,) = typed or (self.common(_priced),)
        line = Line("", text, self._read, _("such as 12 500 or 250k"), width=24)
        return FormDialog(_("Amount of %(deals)s") % {"deals": self.name}, [line], notice=notice)

    def _money(self, text: str, deal: Deal) -> Money | None:
        return read_amount(text, deal.currency or self.pipeline.currency)

    def _read(self, text: str) -> Read:
        if not text.strip():
            return Read(_("unpriced"))
        money = self._money(text, self.deals[0])
        if money is None:
            return Read("", _("This is no amount: write it as 12500, 12 500,50 or 250k."))
        return Read(format.money(*money))

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """The amount, and the currency where another one is named."""
        money = self._money(answer[0], deal)
        if money is None:
            return [Change(deal.id, deal.version, "amount", None)]
        return [
            Change(deal.id, deal.version, "amount", money.minor),
            Change(deal.id, deal.version, "currency", money.currency),
        ]

    def said(self, answer: Answer) -> str:
        """The new amount."""
        money = self._money(answer[0], self.deals[0])
        now = _("unpriced") if money is None else format.money(*money)
        return labelled(self.name, now)


class CloseDate(Question[Answer]):
    """When a deal is expected to close; the second push wants a reason."""

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """The day, and why."""
        now = self.common(lambda deal: deal.close_date.isoformat() if deal.close_date else "")
        day, reason = typed or (now, "")
        pushed = any(deal.push_count for deal in self.deals)
        hint = _("wanted for the second push") if pushed else _("if you like")
        lines = [
            Line(_("Expected close"), day, self._read, width=DAY),
            Line(_("Why"), reason, hint=hint),
        ]
        title = _("New date for %(deals)s") % {"deals": self.name}
        return FormDialog(title, lines, check=self._check, notice=notice)

    def _read(self, text: str) -> Read:
        return self.ahead(text, needed=_("Say when it is expected to close."))

    def _check(self, answer: Answer) -> tuple[int, str] | None:
        day = self.day(answer[0])
        again = any(deal.push_count and is_push(deal.close_date, day) for deal in self.deals)
        if again and not answer[1]:
            return 1, _("It was pushed before: say what is different this time.")
        return None

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """The date."""
        return [Change(deal.id, deal.version, "close_date", self.day(answer[0]))]

    def said(self, answer: Answer) -> str:
        """The new date."""
        return _("%(deals)s: expected on %(day)s") % {"deals": self.name, "day": _on(self.day(answer[0]))}

    def because(self, answer: Answer) -> str:
        """Why it was moved."""
        return answer[1]


class NextStep(Question[Answer]):
    """What happens next, and when."""

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """What and when."""
        step = self.common(lambda deal: deal.next_step)
        date_now = self.common(lambda deal: deal.next_step_date.isoformat() if deal.next_step_date else "")
        step, day = typed or (step, date_now)
        lines = [Line(_("Next step"), step), Line(_("On"), day, self.ahead, width=DAY)]
        return FormDialog(_("What happens next in %(deals)s?") % {"deals": self.name}, lines, notice=notice)

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """Text and date."""
        return [
            Change(deal.id, deal.version, "next_step", answer[0] or None),
            Change(deal.id, deal.version, "next_step_date", self.day(answer[1]) if answer[1] else None),
        ]

    def said(self, answer: Answer) -> str:
        """Step and date."""
        step = quoted(answer[0]) if answer[0] else _("no next step")
        day = self.day(answer[1])
        return labelled(self.name, step) + (f" · {_on(day)}" if day else "")


class Owner(Question[str]):
    """Whose deal it is."""

    def dialog(self, typed: str | None, notice: str) -> Pick:  # noqa: ARG002 - a pick loses nothing typed
        """Everybody who owns a deal."""
        owners = sorted({deal.owner for deal in self.pipeline.deals.values() if deal.owner}, key=str.casefold)
        choices = [Choice(f"={owner}", owner) for owner in owners]
        choices.append(Choice("=", _("nobody (unassigned)")))
        now = self.common(lambda deal: deal.owner)
        return Pick(_("Who takes %(deals)s?") % {"deals": self.name}, choices, current=f"={now}")

    def edits(self, deal: Deal, answer: str) -> list[Edit]:
        """The owner."""
        return [Change(deal.id, deal.version, "owner", answer[1:] or None)]

    def said(self, answer: str) -> str:
        """The new owner."""
        return labelled(self.name, answer[1:] or _("nobody (unassigned)"))


class Note(Question[Answer]):
    """Something worth writing down."""

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """A line; for more there is the user's own editor."""
        line = Line("", (typed or ("",))[0], self._read)
        return NoteForm(_("Note on %(deals)s") % {"deals": self.name}, [line], notice=notice)

    def _read(self, text: str) -> Read:
        return Read() if text.strip() else Read("", _("Write something, or leave with esc."))

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """The note."""
        return [AddNote(deal.id, answer[0])]

    def said(self, answer: Answer) -> str:  # noqa: ARG002 - the note may be long
        """That it is kept."""
        return _("%(deals)s: note kept") % {"deals": self.name}


class Aside(Question[Answer]):
    """Until when a deal rests in nurture."""

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """The day, and why."""
        day, reason = typed or ("", "")
        lines = [Line(_("Until"), day, self._read, width=DAY), Line(_("Why"), reason, hint=_("if you like"))]
        return FormDialog(_("Put %(deals)s aside (nurture)") % {"deals": self.name}, lines, notice=notice)

    def _read(self, text: str) -> Read:
        return self.ahead(text, needed=_("Say when to take it up again."), today=False)

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """Nurture."""
        day = self.day(answer[0])
        assert day is not None
        return [Nurture(deal.id, deal.version, day)]

    def said(self, answer: Answer) -> str:
        """Until when."""
        said = _("%(deals)s: in nurture until %(day)s")
        return said % {"deals": self.name, "day": _on(self.day(answer[0]))}

    def because(self, answer: Answer) -> str:
        """Why it rests."""
        return answer[1]


class Rest(Question[Answer]):
    """Flags that may rest: until a day, or for a reason."""

    def __init__(self, deals: Sequence[Deal], pipeline: Pipeline, flags: Iterable[str]) -> None:
        super().__init__(deals, pipeline)
        self.flags = tuple(flags)

    def dialog(self, typed: Answer | None, notice: str) -> FormDialog:
        """Until when, and why."""
        until, reason = typed or ("", "")
        lines = [
            Line(_("Until"), until, lambda text: self.ahead(text, today=False), width=DAY),
            Line(_("Why"), reason, hint=_("without a day it rests until the facts change")),
        ]
        names = ", ".join(title(flag) for flag in self.flags)
        heading = _("Let “%(flags)s” rest: %(deals)s") % {"flags": names, "deals": self.name}
        return FormDialog(heading, lines, check=self._check, notice=notice)

    @staticmethod
    def _check(answer: Answer) -> tuple[int, str] | None:
        return None if any(answer) else (1, _("Say why the flag may rest, or until when."))

    def edits(self, deal: Deal, answer: Answer) -> list[Edit]:
        """Those of the flags that this deal has."""
        flags = tuple(flag.name for flag in self.pipeline.flags_of(deal) if flag.name in self.flags)
        until = self.day(answer[0]) if answer[0] else None
        return [Accept(deal.id, deal.version, flags, until, answer[1])] if flags else []

    def said(self, answer: Answer) -> str:
        """Which, and until when."""
        names = ", ".join(title(flag) for flag in self.flags)
        until = self.day(answer[0]) if answer[0] else None
        if until is None:
            return _("%(deals)s: “%(flags)s” rests") % {"deals": self.name, "flags": names}
        said = _("%(deals)s: “%(flags)s” rests until %(day)s")
        return said % {"deals": self.name, "flags": names, "day": _on(until)}


def flags_to_rest(deals: Sequence[Deal], pipeline: Pipeline) -> Pick | None:
    """Which of the flags that the deals have; `None` if they have none."""
    flags = {flag.name: flag for deal in deals for flag in pipeline.flags_of(deal)}
    if not flags:
        return None
    choices = [Choice(name, f"{symbol(flag.severity)} {title(name)}") for name, flag in flags.items()]
    return Pick(_("Which flag may rest?"), choices, is_short=True)


def _priced(deal: Deal) -> str:
    return "" if deal.amount is None else format.money(deal.amount, deal.currency)


def _on(day: date | None) -> str:
    return "" if day is None else format.long_date(day)
