"""What an export changes, before it is imported and after: how many, then deal by deal."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from pipetui.app import marks
from pipetui.app.commands import CHANGES, COMPARISON, bindings
from pipetui.app.importing.changed_rows import (
    DifferenceRow,
    counts_of,
    difference_rows,
    headline,
    reject_rows,
)
from pipetui.app.importing.differences import Differences, Kind
from pipetui.app.importing.lines import Lines, Row
from pipetui.app.importing.review import told_once
from pipetui.app.importing.rows import BLANK, Heading, Sentence
from pipetui.app.importing.step import Step, T
from pipetui.app.importing.work import Draft, Plan
from pipetui.deals.errors import Problem
from pipetui.deals.text import clean
from pipetui.language import _, format, ngettext
from pipetui.signals.flag import Severity

if TYPE_CHECKING:
    from pipetui.exchange.importing.report import ImportReport


class ListStep(Step[T]):
    """A headline, exceptions below it, a list, all of the row under the cursor."""

    def __init__(
        self, title: str, at: int | None, *, answer: str, exceptions: str, problem: str = ""
    ) -> None:
        super().__init__(title, at)
        self._answer = answer
        self._exceptions = exceptions
        self._problem = problem
        self._sections: list[int] = []

    def compose_body(self) -> ComposeResult:
        """The answer first, then the exceptions, then the rest."""
        yield Static(Content.styled(self._answer, "bold"), id="headline")
        yield Static(Content(self._exceptions), id="exceptions")
        yield Lines()
        yield Static("", id="detail")

    def on_mount(self) -> None:
        """The list has the keys."""
        self.query_one("#exceptions").display = bool(self._exceptions)
        lines = self.query_one(Lines)
        lines.focus()
        self.show(self.rows())

    def rows(self) -> list[Row]:
        """What is listed."""
        return []

    def show(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """List these rows."""
        self._sections = [at for at, row in enumerate(rows) if isinstance(row, Heading) and row.text]
        self.query_one(Lines).show(rows, cursor)

    @on(Lines.Moved)
    def _tell(self) -> None:
        detail = self.query_one("#detail", Static)
        if self._problem:
            detail.update(Content.styled(self._problem, "$flag-high"))
            self._problem = ""
        else:
            detail.update(Content(getattr(self.query_one(Lines).current, "detail", "")))

    @work
    async def action_write_rejects(self) -> None:
        """Write the rows that could not be read into a file, to be mended and imported."""
        from pipetui.app.importing.rejects import write_beside

        source = self.rejects
        if source is None:
            self.complain(_("There is no rejected row to write."))
            return
        try:
            path = await self.app.off_the_loop(lambda: write_beside(*source))
        except Problem as problem:
            self.complain(str(problem))
        else:
            said = _("Written to %(file)s: mend the rows there and import that file.")
            self.tell(said % {"file": clean(str(path), 400)})

    @property
    def rejects(self) -> "tuple[ImportReport, Path] | None":
        """The report with rejected rows, and the folder that they are written to."""
        return None

    def complain(self, problem: str) -> None:
        """Say what went wrong where the details stand."""
        self.query_one("#detail", Static).update(Content.styled(problem, "$flag-high"))

    def tell(self, said: str) -> None:
        """Say what was done where the details stand."""
        self.query_one("#detail", Static).update(Content.styled(said, "$good"))

    def action_section(self, step: int) -> None:
        """The next or previous heading; from the last one on to the first."""
        if not self._sections:
            return
        lines = self.query_one(Lines)
        mine = max((n for n, at in enumerate(self._sections) if at < lines.cursor), default=0)
        lines.go_to(self._sections[(mine + step) % len(self._sections)])


def exceptions_of(report: "ImportReport") -> str:
    """What is to be seen to, and what became of the other rows."""
    parts = []
    if n := report.conflicts:
        told = ngettext("%(n)s conflict", "%(n)s conflicts", n) % {"n": format.number(n)}
        parts.append(f"{marks.symbol(Severity.HIGH)} {told}")
    if n := report.rejected:
        told = ngettext("%(n)s row rejected", "%(n)s rows rejected", n) % {"n": format.number(n)}
        hint = _("w writes them into a file")
        parts.append(f"{marks.symbol(Severity.HIGH)} {told} ({hint})")
    if n := len(told_once(report.warnings)):
        told = ngettext("%(n)s warning", "%(n)s warnings", n) % {"n": format.number(n)}
        parts.append(f"{marks.symbol(Severity.MEDIUM)} {told}")
    if n := report.unchanged:
        parts.append(ngettext("%(n)s unchanged", "%(n)s unchanged", n) % {"n": format.number(n)})
    parts += [
        _("%(n)s skipped: %(why)s") % {"n": format.number(n), "why": why}
        for why, n in report.skipped.items()
        if n
    ]
    return " · ".join(parts)


def report_rows(
    differences: Differences, counts: Mapping[Kind, int], report: "ImportReport", today: date
) -> list[Row]:
    """The differences, then what could not be read, then what is doubtful."""
    rows = difference_rows(differences, counts, today)
    if not rows:
        rows.append(Sentence(_("No deal differs from what is known already."), can_rest=False))
    rows += reject_rows(report.rejects, report.rejected)
    if warnings := told_once(report.warnings):
        rows += [BLANK, Heading(_("Warnings")), *warnings]
    return rows


class ComparisonStep(ListStep[str]):
    """What the import would change; nothing is written yet."""

    PLACE = COMPARISON
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMPARISON)

    def __init__(self, title: str, draft: Draft, plan: Plan, today: date, *, problem: str = "") -> None:
        counts = counts_of(plan.report)
        super().__init__(
            title,
            2,
            answer=headline(counts, plan.differences.fields) or _("Nothing changes."),
            exceptions=" · ".join(filter(None, (exceptions_of(plan.report), _whence(draft, today)))),
            problem=problem,
        )
        self._plan = plan
        self._draft = draft
        self._today = today

    @property
    def rejects(self) -> "tuple[ImportReport, Path] | None":
        """What cannot be read of these files."""
        report = self._plan.report
        return (report, self._draft.paths[0].parent) if report.rejects else None

    def rows(self) -> list[Row]:
        """The differences, then what could not be read, then what is doubtful."""
        return report_rows(
            self._plan.differences, counts_of(self._plan.report), self._plan.report, self._today
        )

    def action_go_on(self) -> None:
        """Import."""
        self.finish("import")


def _whence(draft: Draft, today: date) -> str:
    as_of = draft.export.as_of
    return _("%(source)s, exported on %(day)s (%(why)s)") % {
        "source": draft.source,
        "day": format.short_date(as_of.at.date(), today),
        "why": as_of.reason,
    }


class ChangesStep(ListStep[str]):
    """What an import changed; opens its deals."""

    PLACE = CHANGES
    BINDINGS: ClassVar[list[BindingType]] = bindings(CHANGES)

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        *,
        answer: str,
        exceptions: str,
        at: int | None = None,
        rejects: "tuple[ImportReport, Path] | None" = None,
    ) -> None:
        super().__init__(title, at, answer=answer, exceptions=exceptions)
        self._listed = rows
        self._rejects = rejects

    @property
    def rejects(self) -> "tuple[ImportReport, Path] | None":
        """What could not be read of an import that was just made."""
        return self._rejects

    def rows(self) -> list[Row]:
        """The differences, then what could not be read."""
        return list(self._listed)

    @on(Lines.Chosen)
    def action_open(self) -> None:
        """The deal view; the list stays below it."""
        row = self.query_one(Lines).current
        pipeline = self.app.pipeline
        if not isinstance(row, DifferenceRow) or pipeline is None:
            return
        deal = pipeline.deals.get(row.difference.deal.id)
        if deal is None:
            self.complain(_("This deal is not here any more: its import was undone."))
            return
        among = [its.difference.deal.id for its in self._listed if isinstance(its, DifferenceRow)]
        self.app.open_deal(deal, [id_ for id_ in dict.fromkeys(among) if id_ in pipeline.deals])
