"""What an export changes, before it is imported and after: how many, then deal by deal."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from pipetui.app import marks
from pipetui.app.commands import CHANGES, COMPARISON, bindings
from pipetui.app.flow import SEPARATOR
from pipetui.app.importing.changed_rows import (
    DifferenceRow,
    counts_of,
    difference_rows,
    headline,
    parted,
    reject_rows,
)
from pipetui.app.importing.lines import Lines, Row
from pipetui.app.importing.listing import ListStep
from pipetui.app.importing.rejects import Leftover, of_report
from pipetui.app.importing.review import told_once
from pipetui.app.importing.rows import Heading, Sentence
from pipetui.app.importing.work import Draft, Plan
from pipetui.deals.errors import Problem
from pipetui.language import _, format, ngettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import Severity

if TYPE_CHECKING:
    from pipetui.exchange.importing.report import ImportReport

FEW: Final = 5
"""Missing deals that are nothing to wonder at."""


def exceptions_of(report: "ImportReport", *, is_done: bool) -> list[Content]:
    """What is to be seen to, and what became of the other rows."""
    parts = []
    if report.missing >= FEW and report.missing > report.changed + report.unchanged:
        told = _("more deals are missing than found: is this the whole export?")
        parts.append(_signed(Severity.HIGH, told))
    if n := report.conflicts:
        told = ngettext("%(n)s conflict", "%(n)s conflicts", n) % {"n": format.number(n)}
        hint = _("C settles them") if is_done else ""
        parts.append(_signed(Severity.HIGH, told, hint))
    if n := report.rejected:
        parts.append(rejected_part(n))
    if n := len(told_once(report.warnings)):
        told = ngettext("%(n)s warning", "%(n)s warnings", n) % {"n": format.number(n)}
        parts.append(_signed(Severity.MEDIUM, told))
    if n := report.unchanged:
        parts.append(Content(ngettext("%(n)s unchanged", "%(n)s unchanged", n) % {"n": format.number(n)}))
    parts += [
        Content(
            ngettext("%(n)s skipped: %(why)s", "%(n)s skipped: %(why)s", n)
            % {"n": format.number(n), "why": why}
        )
        for why, n in report.skipped.items()
        if n
    ]
    return parts


def rejected_part(n: int, *, can_write: bool = True) -> Content:
    """How many rows could not be read, and what to do about it."""
    told = ngettext("%(n)s row rejected", "%(n)s rows rejected", n) % {"n": format.number(n)}
    return _signed(Severity.HIGH, told, _("w writes them into a file") if can_write else "")


def _signed(severity: Severity, told: str, hint: str = "") -> Content:
    style = f"$flag-{severity}"
    sign = f"{marks.symbol(severity)} "
    parts = [Content.styled(sign, style), Content.styled(told, "$foreground")]
    return Content.assemble(*parts, f" ({hint})" if hint else "")


def _warnings(report: "ImportReport") -> list[Row]:
    found = told_once(report.warnings)
    return [Heading(_("Warnings")), *found] if found else []


class ComparisonStep(ListStep[str]):
    """What the import would change; nothing is written yet."""

    PLACE = COMPARISON
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMPARISON)

    def __init__(self, title: str, draft: Draft, plan: Plan, today: date, *, problem: str = "") -> None:
        counts = counts_of(plan.report)
        super().__init__(
            title,
            2,
            answer=headline(counts, plan.differences) or _("Nothing changes."),
            exceptions=[*exceptions_of(plan.report, is_done=False), Content(_whence(draft, today))],
            problem=problem,
        )
        self._plan = plan
        self._draft = draft
        self._today = today

    @property
    def rejects(self) -> Leftover | None:
        """What cannot be read of these files."""
        return of_report(self._plan.report, self._draft.paths[0].parent)

    def rows(self) -> list[Row]:
        """What is doubtful and what could not be read, as long as it can be mended; then the differences."""
        report = self._plan.report
        differences = difference_rows(self._plan.differences, counts_of(report), self._today)
        if not differences:
            differences.append(Sentence(_("No deal differs from what is known already."), can_rest=False))
        return parted(_warnings(report), reject_rows(report.rejects, report.rejected), differences)

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


def imported_rows(plan: Plan, today: date) -> list[Row]:
    """The differences that an import made, then what could not be read, then what is doubtful."""
    report = plan.report
    return parted(
        difference_rows(plan.differences, counts_of(report), today),
        reject_rows(report.rejects, report.rejected),
        _warnings(report),
    )


class ChangesStep(ListStep[str]):
    """What an import changed; opens its deals, and says when it was undone meanwhile.

    Ends with "conflicts" to settle them first, and come back.
    """

    PLACE = CHANGES
    BINDINGS: ClassVar[list[BindingType]] = bindings(CHANGES)

    def __init__(
        self,
        title: str,
        rows: Sequence[Row],
        *,
        answer: str,
        exceptions: Sequence[Content],
        is_undone: Callable[[], bool],
        rejects: Leftover | None = None,
        at: int | None = None,
    ) -> None:
        super().__init__(title, at, answer=answer, exceptions=exceptions, is_done=at is not None)
        self._listed = rows
        self._rejects = rejects
        self._is_undone = is_undone

    def on_mount(self) -> None:
        """Look whether it still counts, whenever the store changes."""
        super().on_mount()
        self.app.pipeline_changed.subscribe(self, self._changed)
        self._look()

    def _changed(self, _pipeline: Pipeline) -> None:
        self._look()

    @work(exclusive=True, group="undone")
    async def _look(self) -> None:
        try:
            undone = await self.app.off_the_loop(self._is_undone)
        except Problem:
            return  # it is said elsewhere that the store cannot be read
        said = SEPARATOR.join((_("Undone"), self._answer)) if undone else self._answer
        headline = self.query_one("#headline", Static)
        headline.update(self._headline(said, is_done=self._is_done and not undone))
        self.query_one(Lines).set_class(undone, "-undone")

    @property
    def rejects(self) -> Leftover | None:
        """What could not be read of the import."""
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
