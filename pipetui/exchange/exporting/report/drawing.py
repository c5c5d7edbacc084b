"""Charts as SVG, drawn with the classes of the page so that they are light, dark or printed as it is."""

from collections.abc import Iterator, Sequence
from functools import singledispatch
from math import isfinite
from typing import Final

from pipetui.charts.points import limits, segments, ticks, with_room
from pipetui.exchange.exporting.html import text as escape
from pipetui.exchange.exporting.report.page import Bars, Line, Lines, Stacks

WIDTH: Final = 880
_LEFT: Final = 78
"""Where the axis of a line chart stands."""
_RIGHT: Final = 864
_TOP: Final = 16
_HEIGHT: Final = 240
"""From the top of the axes to their foot."""
_ROW: Final = 28
_BAR: Final = 16
_NAMES: Final = 170
"""Room for the names of bars."""
_VALUES: Final = 700
"""Where the longest bar ends."""
_LEGEND: Final = 24
_CHAR: Final = 7.6
"""About the width of a character of 14 px."""
_SERIES: Final = 6
"""Lines and parts that have a colour of their own."""


@singledispatch
def drawing(chart: Lines | Bars | Stacks) -> str:
    """One `<svg>`; "" where there is nothing to draw."""
    raise TypeError(type(chart))


@drawing.register
def _lines(chart: Lines) -> str:
    parts = [(n, its) for n, line in enumerate(chart.lines) for its in segments(_stepped(line))]
    if not parts:
        return ""
    left, right = limits(x for _n, its in parts for x, _y in its)
    low, high = limits((y for _n, its in parts for _x, y in its), 0.0)
    high = max(high, chart.most or high)
    foot = _TOP + _HEIGHT

    def at_x(x: float) -> float:
        return round(_LEFT + (x - left) / (right - left) * (_RIGHT - _LEFT), 1)

    def at_y(y: float) -> float:
        return round(foot - (y - low) / (high - low) * _HEIGHT, 1)

    rows: list[str] = []
    for value in ticks(low, high, 6):
        y = at_y(value)
        rows.append(f'<path class="grid" d="M{_LEFT} {y}H{_RIGHT}"/>')
        rows.append(_text(_LEFT - 8, y + 4, chart.label(value), "end", "dim"))
    rows += _below([(at_x(x), label) for x, label in chart.ticks if left <= x <= right], foot)
    for n, its in parts:
        kind = f"s{n % _SERIES}"
        if len(its) == 1:
            rows.append(f'<circle class="dot {kind}" cx="{at_x(its[0][0])}" cy="{at_y(its[0][1])}" r="4"/>')
        else:
            path = " ".join(f"{at_x(x)},{at_y(y)}" for x, y in its)
            rows.append(f'<polyline class="line {kind}" points="{path}"/>')
    names = [line.name for line in chart.lines]
    legend, height = _legend(names, foot + 40) if len(names) > 1 else ([], foot + 28)
    return _svg(chart.told, height, [*rows, *legend])


def _stepped(line: Line) -> Sequence[tuple[float, float | None]]:
    if not line.steps:
        return line.points
    found: list[tuple[float, float | None]] = []
    for x, y in line.points:
        if found:
            found.append((x, found[-1][1]))
        found.append((x, y))
    return found


@drawing.register
def _bars(chart: Bars) -> str:
    values = [value for bar in chart.bars for value in (bar.begin, bar.end) if isfinite(value)]
    if chart.limit is not None and isfinite(chart.limit[0]):
        values.append(chart.limit[0])
    if not any(values):
        return ""
    low, high = min(0.0, *values), max(0.0, *values)
    scale = (_VALUES - _NAMES) / ((high - low) or 1)
    top = _TOP + (18 if chart.limit else 0)

    def at(value: float) -> float:
        return round(_NAMES + (value - low) * scale, 1)

    rows: list[str] = []
    for n, bar in enumerate(chart.bars):
        y = top + n * _ROW
        ends = (bar.begin, bar.end) if isfinite(bar.begin) and isfinite(bar.end) else (0.0, 0.0)
        begin, end = sorted(map(at, ends))
        rows.append(_text(0, y + _BAR - 3, _cut(bar.name, _NAMES), "start"))
        if end > begin:
            width = max(1.0, round(end - begin, 1))
            rows.append(f'<rect class="{bar.kind}" x="{begin}" y="{y}" width="{width}" height="{_BAR}"/>')
        rows.append(_text(WIDTH, y + _BAR - 3, bar.told, "end"))
    height = top + len(chart.bars) * _ROW
    if low < 0:
        rows.append(f'<path class="grid" d="M{at(0)} {top}V{height - 8}"/>')
    if chart.limit is not None and isfinite(chart.limit[0]):
        x = at(chart.limit[0])
        anchor = "end" if x > WIDTH / 2 else "start"
        rows.append(f'<path class="quota" d="M{x} {top - 6}V{height - 8}"/>')
        rows.append(
            f'<text class="quota-told" x="{x}" y="18" text-anchor="{anchor}">{escape(chart.limit[1])}</text>'
        )
    return _svg(chart.told, height, rows)


@drawing.register
def _stacks(chart: Stacks) -> str:
    sizes = [[part if isfinite(part) and part > 0 else 0.0 for part in stack.parts] for stack in chart.stacks]
    most = max(map(sum, sizes), default=0.0)
    if most <= 0:
        return ""
    foot = _TOP + _HEIGHT
    wide = (_RIGHT - _LEFT) / len(chart.stacks)
    rows: list[str] = []
    for value in ticks(0.0, most, 6):
        y = round(foot - value / most * _HEIGHT, 1)
        rows.append(f'<path class="grid" d="M{_LEFT} {y}H{_RIGHT}"/>')
        rows.append(_text(_LEFT - 8, y + 4, chart.label(value), "end", "dim"))
    labels = []
    for n, stack in enumerate(chart.stacks):
        x, base = _LEFT + n * wide, float(foot)
        labels.append((round(x + wide / 2, 1), stack.name))
        for part, value in enumerate(sizes[n]):
            height = value / most * _HEIGHT
            if height > 0:
                base -= height
                rows.append(
                    f'<rect class="p{part % _SERIES}" x="{x + wide * 0.15:.1f}" y="{base:.1f}" '
                    f'width="{wide * 0.7:.1f}" height="{height:.1f}"/>'
                )
    rows += _below(labels, foot)
    legend, height_ = _legend(chart.parts, foot + 40, kind="p")
    return _svg(chart.told, height_, [*rows, *legend])


def _below(labels: Sequence[tuple[float, str]], foot: float) -> Iterator[str]:
    """The labels that find room beside one another at even steps, the last one among them."""
    its = []
    for x, label in sorted(labels):
        half = len(label) * _CHAR / 2
        its.append((min(x, WIDTH - half), half, label))
    for at in with_room([(middle - half, middle + half + 10) for middle, half, _label in its]):
        yield _text(its[at][0], foot + 20, its[at][2], "middle", "dim")


def _legend(names: Sequence[str], y: float, kind: str = "s") -> tuple[list[str], float]:
    """The names with their colours, and where they end."""
    rows: list[str] = []
    x = float(_LEFT)
    for n, name in enumerate(names):
        wide, of_kind = len(name) * _CHAR + 55, f"{kind}{n % _SERIES}"
        if x + wide > WIDTH and x > _LEFT:
            x, y = float(_LEFT), y + _LEGEND
        if kind == "s":
            rows.append(f'<path class="line {of_kind}" d="M{x:.1f} {y:g}h26"/>')
        else:
            rows.append(f'<rect class="{of_kind}" x="{x:.1f}" y="{y - 5:g}" width="26" height="10"/>')
        rows.append(_text(round(x + 33, 1), y + 5, name, "start"))
        x += wide
    return rows, y + 16


def _text(x: float, y: float, told: str, anchor: str, kind: str = "") -> str:
    of_kind = f' class="{kind}"' if kind else ""
    return f'<text{of_kind} x="{x}" y="{y}" text-anchor="{anchor}">{escape(told)}</text>'


def _cut(told: str, room: float) -> str:
    most = int(room / _CHAR)
    return told if len(told) <= most else f"{told[: most - 1]}…"


def _svg(told: str, height: float, rows: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escape(told)}">\n'
        + "\n".join(rows)
        + "\n</svg>"
    )
