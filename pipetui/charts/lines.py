"""Line charts through plotext, which has one figure for the whole process and aborts it at a NaN."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, Final

from pipetui.charts.points import Series, limits, segments, ticks, with_room

LEAST_WIDTH: Final = 20
LEAST_HEIGHT: Final = 5
MARKERS: Final = ("*", "o", "+", "x", "#")
"""For terminals without Unicode, a series each."""

_lock = Lock()
_PLAIN: Final = str.maketrans("│─┌┐└┘├┤┬┴┼", "|-+++++++++")


def line_chart(
    series: Sequence[Series],
    *,
    width: int,
    height: int,
    label: Callable[[float], str],
    marks: Sequence[tuple[float, str]] = (),
    floor: float | None = 0.0,
    plain: bool = False,
    colors: Sequence[Any] = (),
) -> list[str]:
    """Lines on axes, as rows of text; none if there is nothing to draw.

    Args:
        series: drawn one over the other.
        width: cells, at least 20.
        height: rows, at least 5.
        label: writes a value of the y axis.
        marks: (x, text) below the x axis; those that find no room are left out.
        floor: a value that the y axis shows in any case; `None`: it may begin anywhere.
        plain: whether the terminal has no Unicode.
        colors: plotext colours, one a series, and then the rows hold escape sequences; none: no colours.
    """
    parts = [(index, its) for index, one in enumerate(series) for its in segments(one.points)]
    if not parts:
        return []
    width, height = max(width, LEAST_WIDTH), max(height, LEAST_HEIGHT)
    low, high = limits((y for _index, its in parts for _x, y in its), floor)
    left, right = limits(x for _index, its in parts for x, _y in its)
    at = ticks(low, high, max(3, height // 3))
    labels = [label(value) for value in at]
    room = width - max(map(len, labels), default=0) - 3
    shown = _fitting(marks, left, right, room)
    import plotext

    with _lock:
        plotext.terminal.limit(width=False, height=False)
        figure = plotext.figure
        figure.clear()
        try:
            figure.theme("colorless")
            figure.plot_size(width, height)
            figure.axes(active=False, side=[1])
            for index, its in parts:
                mark = series[index].mark
                marker = mark or (MARKERS[index % len(MARKERS)] if plain else "braille")
                if colors:
                    marker = plotext.marker(marker, colors[index % len(colors)])
                signal = figure.signal([x for x, _y in its], [y for _x, y in its], marker=marker)
                if len(its) > 1 and not mark:
                    signal.lines()
                figure.draw(signal)
            y_axis, x_axis = figure.ruler("y"), figure.ruler("x")
            y_axis.lim(low, high)
            y_axis.ticks(at, labels)
            x_axis.lim(left, right)
            x_axis.ticks([x for x, _text in shown], [text for _x, text in shown])
            text = figure.build().string()
        finally:
            figure.clear()
        if not colors:
            text = plotext.uncolorize(text)
    rows = [row.rstrip() for row in text.splitlines()]
    return [row.translate(_PLAIN) for row in rows] if plain else rows


def _fitting(
    marks: Sequence[tuple[float, str]], left: float, right: float, room: int
) -> list[tuple[float, str]]:
    """The marks that find room beside one another at even steps, the last one among them."""
    its = sorted((x, text) for x, text in marks if left <= x <= right)
    places = []
    for x, text in its:
        center, size = (x - left) / (right - left) * room, len(text)
        begin = max(0.0, min(center - size / 2, room - size))  # it is moved inside at the ends
        places.append((begin, begin + size + 1))
    return [its[at] for at in with_room(places)]
