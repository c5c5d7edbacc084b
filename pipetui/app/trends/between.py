"""Which days a flow goes between, typed into a form; a day on which a call was frozen is told as that."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipetui.app.dates import in_words
from pipetui.app.dialogs.form import Answer, FormDialog, Line, Read
from pipetui.app.questions import DAY
from pipetui.app.trends.views.flow import Between
from pipetui.deals.errors import Problem
from pipetui.language import _, format, pgettext
from pipetui.pipeline.outlook import period_of_name
from pipetui.pipeline.pipeline import Pipeline
from pipetui.query.typed import read_day

if TYPE_CHECKING:
    from datetime import date

    from pipetui.app.app import PipetuiApp
    from pipetui.forecast.calls.snapshot import Snapshot


class _Days:
    """How the lines of the form are read."""

    def __init__(self, pipeline: Pipeline, calls: "Sequence[Snapshot]") -> None:
        self._pipeline = pipeline
        self._calls = {call.frozen_at.date(): call for call in calls}

    def day(self, text: str) -> "date | None":
        """A day that has come."""
        start = self._pipeline.playbook.fiscal_year_start
        return read_day(text, self._pipeline.today, past=True, fiscal_year_start=start)

    def read(self, text: str) -> Read:
        """What was understood."""
        day, hint = self.day(text), _("such as -7, mon, 30/09")
        if not text.strip() or day is None:
            return Read(hint, _("This is no date: write it as 2026-11-30, 30/11, mon or -7."))
        if day > self._pipeline.today:
            return Read(in_words(day, self._pipeline.today), _("This day is still to come."))
        if (call := self._calls.get(day)) is not None:
            return Read(_("the call on %(period)s") % {"period": format.period(call.period.name)})
        return Read(in_words(day, self._pipeline.today))

    def period(self, text: str) -> Read:
        """The close dates that are looked at."""
        if not text.strip():
            return Read(_("all close dates"))
        try:
            its = period_of_name(text.strip(), self._pipeline)
        except Problem as problem:
            return Read("", str(problem))
        return Read(format.period(its.name))

    def check(self, answer: Answer) -> tuple[int, str] | None:
        """Whether the days follow each other."""
        since, until = self.day(answer[0]), self.day(answer[1])
        if since is not None and until is not None and since > until:
            return 1, _("The last day lies before the first.")
        return None


async def ask_between(app: "PipetuiApp", calls: "Sequence[Snapshot]", now: Between | None) -> Between | None:
    """Ask for two days and a period; `None` if somebody thought better of it."""
    pipeline = app.pipeline
    if pipeline is None:
        return None
    days = _Days(pipeline, calls)
    last = max(calls, key=lambda call: call.frozen_at, default=None)
    since = "-7" if last is None else last.frozen_at.date().isoformat()
    period = "" if last is None else last.period.name
    until = "0"
    if now is not None:
        since, until = now.since.isoformat(), now.until.isoformat()
        period = "" if now.period is None else now.period.name
    lines = [
        Line(_("From the end of"), since, days.read, width=DAY),
        Line(_("To the end of"), pipeline.today.isoformat() if until == "0" else until, days.read, width=DAY),
        Line(_("Closing in"), period, days.period, hint=pgettext("close dates", "all"), width=DAY),
    ]
    answer = await app.push_screen_wait(FormDialog(_("The flow between two days"), lines, check=days.check))
    if answer is None:
        return None
    first, second = days.day(answer[0]), days.day(answer[1])
    if first is None or second is None:
        return None
    return Between(first, second, period_of_name(answer[2], pipeline) if answer[2] else None)
