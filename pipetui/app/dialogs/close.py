"""Winning or losing a deal: on what day, and why."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pipetui.app.dialogs.dialog import Dialog
from pipetui.deals.text import fold
from pipetui.language import _


class Closing(NamedTuple):
    """The result: day and reason."""

    on: date
    reason: str


class CloseDialog(Dialog[Closing]):
    """The reason (offered or one's own words), then the day, which is today unless changed."""

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
        read_date: Callable[[str], date | None],
        *,
        reason_needed: bool,
    ) -> None:
        super().__init__(title, _("↑ ↓ take a reason · tab the date · enter close the deal · esc never mind"))
        self._reasons = reasons
        self._today = today
        self._read_date = read_date
        self._reason_needed = reason_needed
        self._found: list[str] = []

    def compose_body(self) -> ComposeResult:
        """Reason with its offers, then the date."""
        yield Static(_("Reason"), classes="label", markup=False)
        yield Input(id="reason", placeholder=_("choose one below or write your own"))
        yield OptionList(markup=False)
        yield Static(_("Date"), classes="label", markup=False)
        yield Input(self._today.isoformat(), id="date")
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
        day = self._read_date(self.query_one("#date", Input).value)
        problem = self.query_one(".problem", Static)
        if self._reason_needed and not reason:
            problem.update(_("Say why: next month's review will ask."))
            self.query_one("#reason", Input).focus()
        elif day is None:
            problem.update(_("This is no date: write it as 2026-11-30, 30/11 or -2 for two days ago."))
            self.query_one("#date", Input).focus()
        elif day > self._today:
            problem.update(_("A deal cannot be closed in the future."))
            self.query_one("#date", Input).focus()
        else:
            self.dismiss(Closing(day, reason))
