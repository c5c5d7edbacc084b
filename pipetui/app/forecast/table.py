"""The period by team and owner."""

from collections.abc import Callable
from typing import NamedTuple

from pipetui.app.board.cells import width_of
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import MUTED, Row, left, right
from pipetui.forecast.figures import Figures
from pipetui.forecast.wording import scope_told
from pipetui.language import _, format, pgettext
from pipetui.pipeline.outlook import Outlook
from pipetui.pipeline.outlook import Part as Portion
from pipetui.pipeline.pipeline import Pipeline

_NAME = 20
"""Cells that a name would like to have at least."""
_WIDE = 100
"""Cells from which on gap and coverage have columns of their own."""


class _Column(NamedTuple):
    title: str
    value: Callable[[Figures], str]
    style: str

    @property
    def width(self) -> int:
        return max(width_of(self.title), 6)


def table(outlook: Outlook, pipeline: Pipeline, width: int) -> list[Row]:
    """A row for everybody, below it each team and its owners. Amounts are exclusive, but for the landing."""
    columns = _columns(pipeline.currency, wide=width >= _WIDE)
    taken = sum(column.width for column in columns)
    gap = 2 if taken + 2 * len(columns) + _NAME <= width else 1
    name = max(6, width - taken - gap * len(columns) - 1)
    header = [left(" " + _("By team and owner"), name, "bold")]
    header += [right(column.title, column.width + gap, MUTED) for column in columns]

    def row(figures: Figures, key: str, called: str, indent: int, style: str = "") -> Row:
        cells = [right(column.value(figures), column.width + gap, column.style) for column in columns]
        return Row((left(" " * (indent + 1) + called, name, style), *cells), key)

    scope = outlook.scope
    rows = [Row(tuple(header), stays=True), row(outlook.figures, "all", scope_told(scope), 0, "bold")]
    if scope.owner:
        return rows
    if scope.team or not outlook.by_team:
        return rows + [_owner(row, its, 1) for its in outlook.by_owner]
    for team in outlook.by_team:
        rows.append(row(team.figures, f"team:{team.name}", team.name or _("no team"), 1, "bold"))
        rows += [_owner(row, its, 2) for its in outlook.by_owner if its.team == team.name]
    return rows


def _owner(row: Callable[..., Row], its: Portion, indent: int) -> Row:
    return row(its.figures, f"owner:{its.name}", its.name or _("nobody (unassigned)"), indent)


def _columns(currency: str, *, wide: bool) -> list[_Column]:
    def money(amount: int | None) -> str:
        return "—" if amount is None else format.short_money(amount, currency) if amount else "·"

    columns = [
        _Column(phrases.figure("quota"), lambda its: money(its.quota), MUTED),
        _Column(phrases.figure("won"), lambda its: money(its.won.amount), "$money"),
        _Column(phrases.figure("commit"), lambda its: money(its.commit.amount), "$money"),
        _Column(phrases.figure("best_case"), lambda its: money(its.best_case.amount), "$money"),
        _Column(phrases.figure("upside"), lambda its: money(its.upside.amount), "$money"),
        _Column(pgettext("heading", "uncl."), lambda its: money(its.unclassified.amount), MUTED),
        _Column(pgettext("heading", "landing"), lambda its: money(its.landing), "$money bold"),
    ]
    if wide:
        columns += [
            _Column(_("gap"), lambda its: "—" if its.gap is None else money(its.gap), ""),
            _Column(phrases.figure("coverage"), _coverage, MUTED),
        ]
    return columns


def _coverage(its: Figures) -> str:
    coverage = its.coverage
    if coverage.is_met:
        return _("met")
    return "—" if coverage.value is None else phrases.times(coverage.value)
