"""The list of views, the head of the one that is looked at, the row above: as rows and totals."""

from collections.abc import Mapping, Sequence
from typing import Final

from textual.content import Content

from pipetui.app.board.cells import cut, width_of
from pipetui.app.forecast import phrases
from pipetui.app.forecast.rows import BLANK, MUTED, Part, Row, left, right
from pipetui.app.marks import symbol
from pipetui.app.sheet import wrapped
from pipetui.app.trends import telling
from pipetui.app.trends.choosing import Choosing
from pipetui.app.trends.shown import Said, Shown, View, ViewName
from pipetui.forecast.quotas import Scope
from pipetui.language import _, format, ngettext
from pipetui.pipeline.pipeline import Pipeline
from pipetui.signals.flag import Severity
from pipetui.trends.spans import TRAILING, Span, trailing

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
_LEAST, _MOST = 8, 24
"""Rows of a chart."""
_SAID: Final = 9
"""Rows of sentences on a screen with room."""
_OF_TODAY: Final = frozenset({"diagnosis", "velocity", "ages", "ahead", "accuracy"})
"""Views that the window is not about."""


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
    """What the view is, its figure, what it says: whole sentences, as far as `most` rows hold them."""
    several = ""
    if view is not None and its is not None and len(view.cuts) > 1:
        at = next(n for n, one in enumerate(view.cuts, start=1) if one.cut == its.cut)
        several = f" {at}/{len(view.cuts)} "
    space = width - width_of(several) - 1
    rows = [Row((left(_title(name, its, space), space, "bold"), Part(several, MUTED)))]
    if its is None:
        return [*rows, Row((Part(_("The past is still being read …"), MUTED),))]
    if its.figure:
        rows += _figure(its, width - 1)
    rows_left = most
    for number, one in enumerate(its.says):
        said = _said(one, min(width - 1, _WIDEST))
        if len(said) > rows_left and number:
            break
        rows += said[:rows_left]
        rows_left -= len(said)
    return rows


def _title(name: ViewName, its: Shown | None, room: int) -> str:
    """The view and its cut; where both are too long, the cut alone."""
    named = "" if its is None else its.named
    title = f"{called(name)} · {named}" if named else called(name)
    return title if not named or width_of(title) <= room else named[:1].upper() + named[1:]


def _figure(its: Shown, width: int) -> list[Row]:
    """The figure, how many cases it rests on, and what it was before; on as few rows as that takes."""
    rows, parts, room = [], [Part(its.figure, "bold $primary")], width - width_of(its.figure)
    for text in filter(None, (its.n, its.before)):
        if width_of(text) + 3 > room:
            rows.append(Row(tuple(parts)))
            parts, room = [Part(text, MUTED)], width - width_of(text)
        else:
            parts.append(Part(f"   {text}", MUTED))
            room -= width_of(text) + 3
    return [*rows, Row(tuple(parts))]


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


def sentences(height: int, points: int, *, tight: bool) -> int:
    """Rows for what is said: on a small screen what points, or a chart, leave."""
    if not tight:
        return _SAID
    return max(2, min(5, height - frame(tight=tight) - 3 - points)) if points else 4


def chart_height(height: int, room: int, points: int) -> int:
    """Rows of a chart on a screen of so many: what points leave of a room, if they leave enough."""
    rest = room - points
    return max(_LEAST, min(_MOST, rest if rest >= _LEAST else height * 9 // 20))


def noted(its: Shown, name: ViewName, window: Span, pipeline: Pipeline) -> Shown:
    """A view, with a note where it is of today whatever the window is."""
    if name not in _OF_TODAY or window == trailing(pipeline.today):
        return its
    note = Said(_("As of today: the window above does not change this."), "$muted")
    return its._replace(says=(*its.says, note))


def nothing(choosing: Choosing, pipeline: Pipeline, change: str, clear: str) -> Said:
    """Why no deal is left; `change` and `clear` are the keys for the filters."""
    if not pipeline.deals:
        return Said(_("No deals yet."))
    picked = choosing.narrowed.told(pipeline.currency)
    told = _("No deal matches %(filters)s. %(change)s picks others, %(clear)s takes them away.")
    filters = " · ".join([*picked, choosing.typed] if choosing.query is not None else picked)
    return Said(told % {"filters": filters, "change": change, "clear": clear})


def status(choosing: Choosing, pipeline: Pipeline, n: int, room: int) -> list[Content]:
    """Which days, whose, which, by what, in so many cells; `n` deals if they are filtered."""
    choice, today = choosing.wanted(pipeline), pipeline.today
    window = choice.window
    days = telling.named(window, today)
    by = Content(_("by month") if choice.by == "month" else _("by quarter"))
    whose = Content(phrases.scope(choice.scope))
    if choice.which is None:
        found = [Content.styled(days, "bold"), whose, by]
        if not window.name and window.days != TRAILING:
            told = ngettext("%(n)d day", "%(n)d days", window.days) % {"n": window.days}
            found.append(Content(told))
        return found
    told = ngettext("%(n)s deal found", "%(n)s deals found", n) % {"n": format.number(n)}
    count = Content.styled(told, "$match")
    kept = [] if choice.scope == Scope() else [whose]
    picked = _picked(choosing, pipeline, room - width_of(days) - sum(3 + one.cell_length for one in kept) - 3)
    match = [Content.styled(picked, "$match")] if picked else []
    return [Content.styled(days, "bold"), *kept, *match, count, *([] if kept else [whose]), by]


def _picked(choosing: Choosing, pipeline: Pipeline, room: int) -> str:
    """What is picked, as long as there is room for; on a narrow screen its beginning."""
    every = [" · ".join(choosing.narrowed.told(pipeline.currency, short=short)) for short in (False, True)]
    return next((told for told in every if width_of(told) <= room), cut(every[-1], max(room, 12)))
