"""The close dates that a deal has had, drawn over time."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.content import Content

from pipetui.app.board.cells import width_of
from pipetui.app.deal.rows import paragraph
from pipetui.app.marks import has_unicode
from pipetui.app.sheet import Paragraph
from pipetui.deals.fields import CREATED, decode, decode_state
from pipetui.language import _, format, ngettext

if TYPE_CHECKING:
    from pipetui.store.reading import Story

MUTED: Final = "$muted"
LEAST: Final = 16
"""Cells of an axis below which it tells nothing."""
MOST: Final = 60
"""Cells of an axis beyond which it is no easier to read."""


class Signs(NamedTuple):
    """What the axis is drawn with."""

    line: str
    was: str
    now: str
    today: str
    arrow: str


UNICODE: Final = Signs("─", "○", "●", "│", "→")
ASCII: Final = Signs("-", "o", "*", "|", "->")


def close_dates(story: "Story") -> list[date]:
    """Every expected close that the deal has had, in the order in which they were given."""
    found: list[date] = []
    for entry in story.events:
        event = entry.event
        if not entry.effective or event.field not in ("close_date", CREATED):
            continue
        if event.field == CREATED:
            new = decode_state(event.new or "{}").get("close_date")
        else:
            new = decode(event.field, event.new)
            old = decode(event.field, event.old)
            if not found and isinstance(old, date):
                found.append(old)
        if isinstance(new, date) and found[-1:] != [new]:
            found.append(new)
    return found


def drawing(dates: Sequence[date], today: date, width: int) -> list[Paragraph]:
    """The dates one after the other, below that where they lie on an axis with today.

    Args:
        dates: at least two, in the order in which they were given.
        today: marked on the axis.
        width: cells there are.
    """
    signs = UNICODE if has_unicode() else ASCII
    first, last = min((*dates, today)), max((*dates, today))
    cells = min(width, MOST)
    lines = [paragraph(_told(dates, today, signs, width))]
    if cells < LEAST or first == last:
        return lines
    axis = [signs.line] * cells

    def place(day: date) -> int:
        return round((day - first) / timedelta(days=1) / (last - first).days * (cells - 1))

    axis[place(today)] = signs.today
    for day in dates[:-1]:
        axis[place(day)] = signs.was
    here = place(dates[-1])
    axis[here] = signs.now
    text = "".join(axis)
    late = dates[-1] < today
    lines.append(
        paragraph(
            Content.assemble(
                Content.styled(text[:here], MUTED),
                Content.styled(text[here], "bold $flag-high" if late else "bold $accent"),
                Content.styled(text[here + 1 :], MUTED),
            )
        )
    )
    lines.append(_legend(place(today), cells))
    return lines


def _told(dates: Sequence[date], today: date, signs: Signs, width: int) -> Content:
    """ "30 Sep → 31 Oct → 19 Nov  +50 d"; of many the first one and the last ones."""
    pushes = sum(later > earlier for earlier, later in pairwise(dates))
    days = (dates[-1] - dates[0]).days
    moved = f"{'+' if days > 0 else '−'}{format.days(abs(days))}" if days else ""
    times = ngettext("pushed %(n)d time", "pushed %(n)d times", pushes) % {"n": pushes} if pushes else ""
    behind = "  " + " · ".join(part for part in (moved, times) if part)
    texts = [format.short_date(day, today) for day in dates]
    arrow = f" {signs.arrow} "
    if width_of(arrow.join(texts) + behind) > width:
        behind = f"  {moved}" if moved else ""
    shown = texts
    left = len(texts)
    while left > 1 and width_of(arrow.join(shown) + behind) > width:
        left -= 1
        shown = [texts[0], "…", *texts[len(texts) - left + 1 :]]
    before, now = arrow.join(shown[:-1]), shown[-1]
    return Content.assemble(
        before, arrow if before else "", Content.styled(now, "bold"), Content.styled(behind, MUTED)
    )


def _legend(at: int, cells: int) -> Paragraph:
    """Where today is, below the axis."""
    word = _("today")
    start = max(0, min(cells - width_of(word), at - width_of(word) // 2))
    return paragraph(Content.styled(word, MUTED), start)
