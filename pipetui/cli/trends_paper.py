"""What the text of the trends is written on: headings, tables, wrapped lines and the chart, of one width."""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from pipetui.language import _

if TYPE_CHECKING:
    from pipetui.pipeline.trends import Point, Trends

HEIGHT: Final = 12
"""Rows of a chart."""
WIDEST: Final = 110
"""Columns beyond which a line chart says nothing more."""


class Paper:
    """Lines of one width, about some trends."""

    def __init__(self, found: "Trends", width: int, *, plain: bool) -> None:
        self._found = found
        self._width = width
        self._plain = plain
        self._today = found.pipeline.today
        self._currency = found.pipeline.currency

    def _chart(self, values: "Sequence[tuple[Point, float | None]]") -> Iterator[str]:
        from pipetui.charts.lines import line_chart
        from pipetui.charts.points import Series
        from pipetui.language.format import short_date, short_money

        known = [value for _point, value in values if value is not None]
        if len(known) < 2:
            return
        its = [(float(point.day.toordinal()), value) for point, value in values]
        marks = [(float(point.day.toordinal()), short_date(point.day, self._today)) for point, _v in values]
        yield ""
        for row in line_chart(
            [Series(_("Velocity"), its)],
            width=min(WIDEST, self._width - 2),
            height=HEIGHT,
            label=lambda value: short_money(round(value), self._currency),
            marks=marks,
            plain=self._plain,
        ):
            yield f"  {row}"
        yield ""

    def _section(self, text: str) -> Iterator[str]:
        from pipetui.cli.output import paint

        yield ""
        yield paint(text, "1")

    def _table(self, rows: Sequence[Sequence[str]], columns: Sequence[Any]) -> list[str]:
        """Lines that fit; on a narrow page the last columns are left out."""
        from pipetui.cli.output import table

        for count in range(len(columns), 1, -1):
            lines = table([row[:count] for row in rows], columns[:count], "  ", self._width)
            if max(map(len, lines)) <= self._width:
                break
        return lines

    def _wrapped(self, text: str, begin: str, style: str = "0") -> Iterator[str]:
        from pipetui.cli.output import paint

        for n, line in enumerate(wrap(text, self._width - len(begin), break_on_hyphens=False)):
            yield paint((begin if n == 0 else " " * len(begin)) + line, style)
