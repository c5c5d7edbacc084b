"""Winning or losing a deal: on what day, and why."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pipetui.app.dates import doubt, in_words
from pipetui.app.dialogs.box import Box
from pipetui.app.dialogs.dialog import Dialog
from pipetui.deals.text import fold
from pipetui.language import _
from pipetui.query.typed import read_day


class Closing(NamedTuple):
    """The result: day and reason."""

    on: date
    reason: str


class CloseDialog(Dialog[Closing]):
    """The reason (offered or one's own words), then the day, which is today unless changed.

    The day is read back in words as it is typed. One in the future is refused, one that looks like a slip of
    the hand wants enter twice.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]
    AUTO_FOCUS = "#reason"

    def __init__(
        self,
        title: str,
        reasons: Sequence[str],
        today: date,
        *,
        created: date | None,
        reason_needed: bool,
        typed: Closing | None = None,
        notice: str = "",
    ) -> None:
        super().__init__(
            title,
            _("↑ ↓ take a reason · tab the date · enter close the deal · esc never mind"),
            notice=notice,
        )
        self._reasons = reasons
        self._today = today
        self._created = created
        self._reason_needed = reason_needed
        self._typed = typed or Closing(today, "")
        self._sure: date | None = typed and typed.on
        """The doubtful day that was confirmed."""
        self._found: list[str] = []

    def compose_body(self) -> ComposeResult:
        """Reason with its offers, then the date."""
        yield Static(_("Reason"), classes="label", markup=False)
        yield Box(self._typed.reason, id="reason", placeholder=_("choose one below or write your own"))
        yield OptionList(markup=False)
        yield Static(_("Date"), classes="label", markup=False)
        with Horizontal(id="day"):
            yield Box(self._typed.on.isoformat(), id="date")
            yield Static(self._read_back(self._typed.on), id="in-words", markup=False)
        yield Static("", classes="problem", markup=False)

    def on_mount(self) -> None:
        """The reasons of the playbook."""
        self.query_one(OptionList).can_focus = False
        self._offer("")

    @on(Input.Changed, "#reason")
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        if event.value not in self._reasons:
            self._offer(event.value)

    def _offer(self, text: str) -> None:
        wanted = fold(text)
        self._found = [reason for reason in self._reasons if wanted in fold(reason)]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(reason) for reason in self._found])

    def action_move(self, step: int) -> None:
        """Take the next or previous offered reason."""
        options = self.query_one(OptionList)
        if self._found:
            now = options.highlighted
            options.highlighted = 0 if now is None else max(0, min(len(self._found) - 1, now + step))
            self._put(self._found[options.highlighted])

    @on(Input.Changed, "#date")
    def _dated(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one("#in-words", Static).update(self._read_back(self._read(event.value)))
        self._complain("")

    def _read(self, text: str) -> date | None:
        """The day that is typed; none typed is today."""
        return read_day(text, self._today, past=True) if text.strip() else self._today

    def _read_back(self, day: date | None) -> Content:
        """The day in words, coloured by whether it can be taken; or how to write one."""
        if day is None:
            return Content.styled(_("such as 2026-11-30, 30/11 or -2"), "$muted")
        said = in_words(day, self._today)
        if day > self._today:
            return Content.styled(f"✗ {said}", "$flag-high")
        if doubt(day, self._today, self._created):
            return Content.styled(f"? {said}", "$flag-medium")
        return Content(said)

    def _complain(self, problem: str, box: str = "") -> None:
        """Say what is missing below the boxes, and go to the one it is about."""
        self.query_one(".problem", Static).update(problem)
        if box:
            self.query_one(box, Input).focus()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._put(self._found[event.option_index])

    def _put(self, reason: str) -> None:
        box = self.query_one("#reason", Input)
        box.value = reason
        box.cursor_position = len(reason)

    @on(Input.Submitted)
    def _decide(self, event: Input.Submitted) -> None:
        event.stop()
        reason = self.query_one("#reason", Input).value.strip()
        day = self._read(self.query_one("#date", Input).value)
        if self._reason_needed and not reason:
            self._complain(_("Say why: next month's review will ask."), "#reason")
        elif day is None:
            self._complain(
                _("This is no date: write it as 2026-11-30, 30/11 or -2 for two days ago."), "#date"
            )
        elif day > self._today:
            self._complain(_("A deal cannot be closed in the future."), "#date")
        elif day != self._sure and (why := doubt(day, self._today, self._created)):
            self._sure = day
            self._complain(_("%(why)s Enter once more if the date is right.") % {"why": why}, "#date")
        else:
            self.dismiss(Closing(day, reason))
