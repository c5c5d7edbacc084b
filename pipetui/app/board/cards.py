"""A deal as a card: one, three or five lines of a column, painted once and kept."""

from datetime import date
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pipetui.app import words
from pipetui.app.board.cells import cut, ends, pad, width_of
from pipetui.app.marks import letter, symbol, title
from pipetui.deals.category import LETTERS
from pipetui.deals.deal import Deal
from pipetui.deals.text import initials
from pipetui.language import _, format
from pipetui.signals.flag import Flag, Severity

ZOOMS = (1, 3, 5)
"""Lines of a card at each zoom level."""

BAR = "▌"
MARK = "◆"
"""Stands before the name of a marked deal."""
COMPACT_MARKS = 4
"""Cells for flags on a card of one line, so that the amounts stand in one column."""
LEAST_MARKS = 3
"""Cells that flags are given on a larger one: a shape, a letter and a "+"."""
SURE_DAYS = 330
"""Days ahead within which a day and its month are clear without the year."""
MORE = "+"
"""Stands for flags that a card has no room for."""
ROOM_FOR_WORDS = 24
"""Cells from which on a late date and a missing amount are told in words; below, the flags need the room."""


def height(zoom: int) -> int:
    """Rows that a card takes at a zoom level, the blank one below it included."""
    return 1 if zoom == 1 else zoom + 1


class Paint(NamedTuple):
    """The styles of a card, for one pipeline (under the cursor or not) in one theme."""

    name: Style
    text: Style
    muted: Style
    money: Style
    bar: Style
    late: Style
    flags: dict[Severity, Style]


class CardPainter:
    """Paints cards for one width, zoom and theme; every card once until it changes."""

    def __init__(self, width: int, zoom: int, today: date, paints: tuple[Paint, Paint], blank: Strip) -> None:
        """`paints`: not under the cursor, and under it."""
        self.width = width
        self.zoom = zoom
        self.today = today
        self.blank = blank
        self._paints = paints
        self._kept: dict[tuple[object, ...], list[Strip]] = {}

    def lines(
        self, deal: Deal, flags: tuple[Flag, ...], *, selected: bool, marked: bool = False
    ) -> list[Strip]:
        """The card's lines, each exactly as wide as the column."""
        key = (deal.id, deal.version, flags, selected, marked)
        lines = self._kept.get(key)
        if lines is None:
            if len(self._kept) > 4096:
                self._kept.clear()
            lines = self._kept[key] = self._draw(deal, flags, selected=selected, marked=marked)
        return lines

    def _draw(self, deal: Deal, flags: tuple[Flag, ...], *, selected: bool, marked: bool) -> list[Strip]:
        paint = self._paints[selected]
        if self.zoom == 1:
            rows = [self._compact(deal, flags, paint)]
        elif self.zoom == 3:
            rows = self._normal(deal, flags, paint)
        else:
            rows = self._large(deal, flags, paint)
        return [
            self._framed(row, paint, MARK if marked and not number else BAR if selected else "")
            for number, row in enumerate(rows)
        ]

    def _framed(self, row: list[Segment], paint: Paint, sign: str) -> Strip:
        """The row between its sign and a blank cell; the fewer segments, the fewer bytes over a slow line."""
        first, last = row[0], row[-1]
        row = [Segment(sign, paint.bar), *row] if sign else [Segment(" " + first.text, first.style), *row[1:]]
        if last is first and not sign:
            last = row[-1]
        row[-1] = Segment(last.text + " ", last.style)
        return Strip(row, self.width).simplify()

    @property
    def _room(self) -> int:
        return self.width - 2

    def _compact(self, deal: Deal, flags: tuple[Flag, ...], paint: Paint) -> list[Segment]:
        marks = self._flags(flags, paint, COMPACT_MARKS)
        marks.append(Segment(" " * (COMPACT_MARKS - sum(width_of(mark.text) for mark in marks)), paint.text))
        left, right = ends(deal.name, self._amount(deal), self._room - COMPACT_MARKS - 1)
        money = paint.money if deal.amount is not None else paint.muted
        return [Segment(left, paint.text), Segment(right + " ", money), *marks]

    def _normal(self, deal: Deal, flags: tuple[Flag, ...], paint: Paint) -> list[list[Segment]]:
        return [
            [Segment("".join(ends(deal.name, self._category(deal), self._room)), paint.name)],
            [Segment("".join(ends(deal.account, self._who_and_days(deal), self._room)), paint.muted)],
            self._facts(deal, flags, paint),
        ]

    def _large(self, deal: Deal, flags: tuple[Flag, ...], paint: Paint) -> list[list[Segment]]:
        category = words.category(deal.category)
        amount = format.money(deal.amount, deal.currency) if deal.amount is not None else _("unpriced")
        left, right = ends(deal.account, cut(deal.owner, self._room // 2), self._room)
        when, style = self._when(deal, paint)
        stay = self._days(deal)
        return [
            [Segment(pad(deal.name, self._room), paint.name)],
            [Segment(left + right, paint.muted)],
            [
                Segment(
                    ends(amount, category, self._room)[0],
                    paint.money if deal.amount is not None else paint.muted,
                ),
                Segment(ends(amount, category, self._room)[1], paint.muted),
            ],
            [
                Segment(ends(when, stay, self._room)[0], style),
                Segment(ends(when, stay, self._room)[1], paint.muted),
            ],
            self._last_line(deal, flags, paint),
        ]

    def _last_line(self, deal: Deal, flags: tuple[Flag, ...], paint: Paint) -> list[Segment]:
        if flags:
            words = " ".join(f"{symbol(flag.severity)} {title(flag.name)}" for flag in flags)
            return [Segment(pad(words, self._room), paint.flags[flags[0].severity])]
        return [Segment(pad(f"→ {deal.next_step}" if deal.next_step else "", self._room), paint.muted)]

    def _facts(self, deal: Deal, flags: tuple[Flag, ...], paint: Paint) -> list[Segment]:
        amount = self._amount(deal)
        when, style = self._when(deal, paint)
        if width_of(amount) + 1 + width_of(when) > self._room - (LEAST_MARKS + 1 if flags else 0):
            when = self._without_year(deal, when)
        marks = self._flags(
            flags, paint, max(LEAST_MARKS, self._room - width_of(amount) - width_of(when) - 3)
        )
        room = self._room - sum(width_of(segment.text) for segment in marks)
        facts = room - 1 if marks else room
        left = cut(amount, facts)
        gap = "  " if width_of(left) + 2 + width_of(when) <= facts else " "
        rest = pad(cut(gap + when, facts - width_of(left)), room - width_of(left))
        return [
            Segment(left, paint.money if deal.amount is not None else paint.muted),
            Segment(rest, style),
            *marks,
        ]

    def _flags(self, flags: tuple[Flag, ...], paint: Paint, room: int) -> list[Segment]:
        """Shape and letters of the flags by severity, the worst first; a "+" stands for what does not fit.

        There is always room for the worst one and a "+".
        """
        segments: list[Segment] = []
        last: Severity | None = None
        for number, flag in enumerate(flags, start=1):
            text = letter(flag.name) if flag.severity is last else symbol(flag.severity) + letter(flag.name)
            style = paint.flags[flag.severity]
            if width_of(text) + (number < len(flags)) > room:
                segments.append(Segment(MORE, style))
                break
            room -= width_of(text)
            segments.append(Segment(text, style))
            last = flag.severity
        return segments

    def _amount(self, deal: Deal) -> str:
        if deal.amount is not None:
            return format.short_money(deal.amount, deal.currency)
        return _("unpriced") if self._room >= ROOM_FOR_WORDS else "—"

    def _category(self, deal: Deal) -> str:
        return LETTERS[deal.category] if deal.category else ""

    def _days(self, deal: Deal) -> str:
        return "" if deal.stage_since is None else format.days((self.today - deal.stage_since).days)

    def _who_and_days(self, deal: Deal) -> str:
        return "  ".join(part for part in (initials(deal.owner), self._days(deal)) if part)

    def _without_year(self, deal: Deal, when: str) -> str:
        """A close date of next year that is not far, where it would be cut otherwise; others as they are."""
        day = deal.close_date
        if deal.status != "open" or day is None or day.year == self.today.year:
            return when
        return format.short_date(day, day) if 0 <= (day - self.today).days < SURE_DAYS else when

    def _when(self, deal: Deal, paint: Paint) -> tuple[str, Style]:
        if deal.status != "open":
            day = deal.settled_on
            return ("" if day is None else format.short_date(day, self.today)), paint.muted
        if deal.close_date is None:
            return _("no date"), paint.muted
        if deal.close_date >= self.today:
            return format.due(deal.close_date, self.today), paint.text
        if self._room >= ROOM_FOR_WORDS:
            return format.due(deal.close_date, self.today), paint.late
        return "−" + format.days((self.today - deal.close_date).days), paint.late
