"""The list of views, the head of the one that is looked at, the row above: as rows and totals."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from pipetui.app.board.cells import cut, width_of
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row, left, right
from pipetui.app.marks import symbol
from pipetui.app.sheet import wrapped
from pipetui.app.trends import telling
from pipetui.app.trends.shown import Said, Shown, View, ViewName
from pipetui.language import _, ngettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import Severity
from pipetui.trends.spans import TRAILING

if TYPE_CHECKING:
    from pipetui.pipeline.trends import Choice

ROOMY: Final = 110
"""Columns from which on the list of views has their figures."""
WIDE: Final = 170
"""Columns from which on the deals behind a point stand beside it."""
_WIDEST: Final = 110
"""Cells of a sentence."""
_FIGURES: Final = 28
"""Cells of the list from which on it holds figures."""
LEAST_BELOW: Final = 6
"""Rows from which on the deals of a point stand below all points."""
_LEAST, _MOST = 8, 20
"""Rows of a chart."""


def called(name: ViewName) -> str:
    """What a view is called."""
    return {
        "diagnosis": lambda: _("Diagnosis"),
        "velocity": lambda: _("Velocity"),
        "conversion": lambda: _("Conversion"),
        "stays": lambda: _("Time in stage"),
        "results": lambda: _("Win rate, cycle"),
        "flow": lambda: _("Flow"),
        "ages": lambda: _("Age"),
        "ahead": lambda: _("Creation, coverage"),
        "losses": lambda: _("Losses"),
        "accuracy": lambda: _("Accuracy"),
    }[name]()


def views(names: Sequence[ViewName], known: Mapping[ViewName, View], width: int, *, tight: bool) -> list[Row]:
    """A view a row: its name, whether something stands out in it, its figure where there is room."""
    rows: list[Row] = []
    for name in names:
        view = known.get(name)
        parts = [_warning(view), *_named(name, view, width - 2)]
        rows.append(Row(tuple(parts), name))
        if not tight and name == "diagnosis":
            rows.append(BLANK)
    return rows


def _warning(view: View | None) -> Part:
    if view is None or not view.warns:
        return Part("  ")
    return Part(f"{symbol(Severity.HIGH)} ", "$flag-high")


def _named(name: ViewName, view: View | None, room: int) -> list[Part]:
    short = "…" if view is None else view.short
    if room < _FIGURES:
        return [left(called(name), room)]
    figure = cut(short, 11)
    return [left(called(name), room - width_of(figure) - 1), right(figure, width_of(figure) + 1, "$money")]


def head(name: ViewName, view: View | None, its: Shown | None, width: int, *, most: int) -> list[Row]:
    """What the view is, its figure, what it says; `most` rows of sentences."""
    title = called(name) + (f" · {its.named}" if its is not None and its.named else "")
    several = ""
    if view is not None and its is not None and len(view.cuts) > 1:
        at = next(n for n, one in enumerate(view.cuts, start=1) if one.cut == its.cut)
        several = f"{at}/{len(view.cuts)} "
    rows = [Row((left(title, width - width_of(several) - 1, "bold"), Part(several, MUTED)))]
    if its is None:
        return [*rows, Row((Part(_("The past is still being read …"), MUTED),))]
    if its.figure:
        rows.append(_figure(its, width))
    said = [row for one in its.says for row in _said(one, min(width - 1, _WIDEST))]
    return [*rows, *said[:most]]


def _figure(its: Shown, width: int) -> Row:
    parts, room = [Part(its.figure, "bold $primary")], width - width_of(its.figure)
    for text in (its.n, its.before):
        if text and width_of(text) + 3 <= room:
            parts.append(Part(f"   {text}", MUTED))
            room -= width_of(text) + 3
    return Row(tuple(parts))


def _said(one: Said, width: int) -> list[Row]:
    indent = width_of(one.lead)
    style = MUTED if one.style == "$muted" else one.style
    return [
        Row((Part(one.lead if not at else " " * indent, style), Part(line, style)))
        for at, line in enumerate(wrapped(one.text, max(10, width - indent)))
    ]


def room(width: int) -> int:
    """Cells of the view on a screen of so many, as `trends.tcss` lays it out."""
    views, deals = (34 + 3 if width >= ROOMY else 23 + 1), (66 + 3 if width >= WIDE else 0)
    return width - views - deals


def frame(*, tight: bool) -> int:
    """Rows that are neither the head's nor the points'."""
    return 3 if tight else 6


def chart_height(height: int) -> int:
    """Rows of a chart, the points below it."""
    return max(_LEAST, min(_MOST, height * 9 // 20))


def status(choice: "Choice", pipeline: Pipeline, n: int) -> list[Content]:
    """Which days, whose, by what; `n` deals if they are filtered."""
    window = choice.window
    days = telling.days(window.start, window.end, pipeline.today)
    found = [Content.styled(days, "bold"), Content(phrases.scope(choice.scope))]
    found.append(Content(_("by month") if choice.by == "month" else _("by quarter")))
    if choice.which is not None:
        told = ngettext("%(n)s deal found", "%(n)s deals found", n) % {"n": n}
        found.append(Content.styled(told, "$match"))
    elif window.days != TRAILING:
        told = ngettext("%(n)d day", "%(n)d days", window.days) % {"n": window.days}
        found.append(Content(told))
    return found
